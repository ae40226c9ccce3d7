"""Each record's piece in each format of data, from which a browser puts together the selection that a reader made.

In: the records of a kind. Out: files (:mod:`safecities.parts`): ``takeaway/<section>/<format>-<n>`` holds the pieces
of :data:`CHUNK` records, in the order of :mod:`~safecities.search.columns`; ``takeaway/<section>/meta`` says how each
format begins, goes on and ends, and which version each of its parts has. The files with all
records, in ``data/``, are joined from the pieces.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain

from safecities import exports, parts
from safecities.catalogue import Catalogue, Entry
from safecities.site import ADDRESS_FOLDERS

CHUNK = 128
"""How many records' pieces come in one file."""


def chunks(catalogue: Catalogue, kind: str) -> Iterator[tuple[int, Sequence[Entry]]]:
    """The records of a kind as they come together, with the numbers of the files."""
    entries = catalogue.of_kind(kind)
    return enumerate(entries[at : at + CHUNK] for at in range(0, len(entries), CHUNK))


def piece_files(catalogue: Catalogue, kind: str, number: int, entries: Iterable[Entry]) -> Iterator[tuple[str, str]]:
    """The files with the pieces of records that come together.

    Each has a version of its own: a file whose records haven't changed is as it was.
    """
    for form, found in exports.pieces(catalogue, entries).items():
        yield from parts.files([(_name(kind, form, number), found)])


def joined_files(catalogue: Catalogue, kind: str, read: Callable[[str], str]) -> Iterator[tuple[str, str]]:
    """The files with all records of a kind, put together from their pieces, and at last that on the pieces.

    ``read`` gives the text of a file with pieces by its address.
    """
    numbers = [number for number, _ in chunks(catalogue, kind)]
    formats = {}
    for key, form in exports.FORMS.items():
        found = [parts.read(read(parts.address(_name(kind, key, number)))) for number in numbers]
        yield exports.data_file(kind, key, chain.from_iterable(pieces for _, pieces in found))
        formats[key] = {"head": form.head(kind), "between": form.between, "tail": form.tail, "type": form.type,
                        "ending": form.ending, "versions": [version for version, _ in found]}
    yield from parts.files([(f"takeaway/{ADDRESS_FOLDERS[kind]}/meta", {"chunk": CHUNK, "formats": formats})])


def files(catalogue: Catalogue, kind: str) -> Iterator[tuple[str, str]]:
    """All files with pieces of a kind's records, and that on them."""
    made = dict(chain.from_iterable(piece_files(catalogue, kind, *some) for some in chunks(catalogue, kind)))
    yield from made.items()
    *_, meta = joined_files(catalogue, kind, made.__getitem__)
    yield meta


def _name(kind: str, form: str, number: int) -> str:
    return f"takeaway/{ADDRESS_FOLDERS[kind]}/{form}-{number}"
