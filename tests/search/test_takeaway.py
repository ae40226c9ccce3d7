"""Each record's pieces are those of the files with all records, so that all pieces together are such a file."""

from pathlib import Path

import pytest

from safecities import catalogue, exports, parts, takeaway
from safecities.content import read_content
from safecities.site import ADDRESS_FOLDERS, load_site

TINY = Path(__file__).parents[1] / "fixtures" / "tiny"


@pytest.mark.parametrize("kind", ["tool", "case-study"])
@pytest.mark.parametrize("chunk", [1, 128])
@pytest.mark.parametrize("name", exports.FORMS)
def test_all_pieces_together_are_the_file(name: str, chunk: int, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(takeaway, "CHUNK", chunk)
    made = catalogue.build(read_content(load_site(TINY))[0])
    written = {address: parts.read(text) for address, text in takeaway.files(made, kind)}
    section = ADDRESS_FOLDERS[kind]
    form = written[f"search/takeaway/{section}/meta.js"][1]["formats"][name]
    found = [written[f"search/takeaway/{section}/{name}-{number}.js"] for number, _ in takeaway.chunks(made, kind)]
    pieces = [piece for _, held in found for piece in held]
    assert form["head"] + form["between"].join(pieces) + form["tail"] == exports.FORMATS[name](made, kind, None)
    assert form["versions"] == [version for version, _ in found]
    assert len(found) == -(-len(made.of_kind(kind)) // chunk)
