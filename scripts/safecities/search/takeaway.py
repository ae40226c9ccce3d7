"""Each record's piece in each format of data, from which a browser puts together the selection that a reader made.

In: a kind and the pieces of its records. Out: parts as plain data: ``takeaway/<section>/<format>-<n>`` holds the pieces
of :data:`CHUNK` records, in the order of :mod:`~safecities.search.columns`; ``takeaway/<section>/meta`` says how each
format begins, goes on and ends, and which version each of its parts has. All pieces together are the file in ``data/``.
"""

from collections.abc import Iterator, Mapping, Sequence

from safecities.catalogue import Catalogue, Entry
from safecities.exports import FORMS, Pieces
from safecities.site import ADDRESS_FOLDERS

CHUNK = 128
"""How many records' pieces come in one file."""


def chunks(catalogue: Catalogue, kind: str) -> Iterator[tuple[int, Sequence[Entry]]]:
    """The records of a kind as they come together, with the numbers of the files."""
    entries = catalogue.of_kind(kind)
    return enumerate(entries[at : at + CHUNK] for at in range(0, len(entries), CHUNK))


def name(kind: str, form: str, number: int) -> str:
    """The name of a part with pieces."""
    return f"takeaway/{ADDRESS_FOLDERS[kind]}/{form}-{number}"


def parts(kind: str, number: int, made: Pieces) -> Iterator[tuple[str, object]]:
    """The parts with the pieces of records that come together, by name."""
    return ((name(kind, form, number), found) for form, found in made.items())


def meta(kind: str, versions: Mapping[str, Sequence[str]]) -> tuple[str, object]:
    """The part on these parts: ``versions`` are those of each format's, in their order."""
    formats = {key: {"head": form.head(kind), "between": form.between, "tail": form.tail, "type": form.type,
                     "ending": form.ending, "versions": versions[key]} for key, form in FORMS.items()}
    return f"takeaway/{ADDRESS_FOLDERS[kind]}/meta", {"chunk": CHUNK, "formats": formats}
