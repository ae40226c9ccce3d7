"""Each record's pieces are those of the files with all records, so that all pieces together are such a file."""

from pathlib import Path

import pytest

from safecities import catalogue, exports
from safecities.content import read_content
from safecities.search import takeaway
from safecities.site import load_site

TINY = Path(__file__).parents[1] / "fixtures" / "tiny"


@pytest.mark.parametrize("kind", ["tool", "case-study"])
@pytest.mark.parametrize("chunk", [1, 128])
@pytest.mark.parametrize("name", exports.FORMS)
def test_all_pieces_together_are_the_file(name: str, chunk: int, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(takeaway, "CHUNK", chunk)
    made = catalogue.build(read_content(load_site(TINY))[0])
    parts = dict(takeaway.parts(kind, exports.pieces(made, kind)))
    meta = next(data for address, data in parts.items() if address.endswith("/meta"))
    form = meta["formats"][name]
    pieces = [piece for address, data in parts.items() if f"/{name}-" in address for piece in data]
    assert form["head"] + form["between"].join(pieces) + form["tail"] == exports.FORMATS[name](made, kind, None)
