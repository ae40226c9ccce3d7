"""Each record's piece in each format of data, from which a browser puts together the selection that a reader made.

In: a :class:`~safecities.catalogue.Catalogue` and a kind. Out: parts as plain data: ``takeaway/<section>/meta`` says
how each format begins, goes on and ends, ``takeaway/<section>/<format>-<n>`` holds the pieces of :data:`CHUNK` records,
in the order of :mod:`~safecities.search.columns`. All records' pieces together are the file in ``data/``.
"""

from collections.abc import Iterator

from safecities.catalogue import Catalogue
from safecities.exports import PIECES
from safecities.site import ADDRESS_FOLDERS

CHUNK = 128
"""How many records' pieces come in one file."""


def pieces(catalogue: Catalogue, kind: str) -> Iterator[tuple[str, object]]:
    """The parts of a kind, by name."""
    entries, name = catalogue.of_kind(kind), f"takeaway/{ADDRESS_FOLDERS[kind]}"
    formats = {key: {"head": form.head(kind), "between": form.between, "tail": form.tail, "type": form.type,
                     "ending": form.ending} for key, form in PIECES.items()}
    yield f"{name}/meta", {"chunk": CHUNK, "formats": formats}
    for key, form in PIECES.items():
        for number, at in enumerate(range(0, len(entries), CHUNK)):
            yield f"{name}/{key}-{number}", [form.piece(catalogue, entry) for entry in entries[at : at + CHUNK]]
