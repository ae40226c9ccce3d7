"""Each record's piece in each format of data, from which a browser puts together the selection that a reader made.

In: a kind and the pieces of its records. Out: parts as plain data: ``takeaway/<section>/meta`` says
how each format begins, goes on and ends, ``takeaway/<section>/<format>-<n>`` holds the pieces of :data:`CHUNK` records,
in the order of :mod:`~safecities.search.columns`. All records' pieces together are the file in ``data/``.
"""

from collections.abc import Iterator

from safecities.exports import FORMS, Pieces
from safecities.site import ADDRESS_FOLDERS

CHUNK = 128
"""How many records' pieces come in one file."""


def parts(kind: str, made: Pieces) -> Iterator[tuple[str, object]]:
    """The parts of a kind, by name."""
    name = f"takeaway/{ADDRESS_FOLDERS[kind]}"
    formats = {key: {"head": form.head(kind), "between": form.between, "tail": form.tail, "type": form.type,
                     "ending": form.ending} for key, form in FORMS.items()}
    yield f"{name}/meta", {"chunk": CHUNK, "formats": formats}
    for key, found in made.items():
        for number, at in enumerate(range(0, len(found), CHUNK)):
            yield f"{name}/{key}-{number}", found[at : at + CHUNK]
