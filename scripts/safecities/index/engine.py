"""Whoosh as we use it: terms come ready-made, and an empty index is filled at once.

Out: ``whoosh`` itself, a field of counted terms, a writer. What else this package needs of Whoosh, it takes from here.
"""

import functools
import warnings
from collections.abc import Iterator, Mapping
from typing import Any

with warnings.catch_warnings():
    # Whoosh 2.7.4 has invalid escapes in strings; its codec would else be imported, and warn, at first use.
    warnings.simplefilter("ignore")
    import whoosh.classify
    import whoosh.codec.whoosh3
    import whoosh.fields
    import whoosh.filedb.filestore
    import whoosh.formats
    import whoosh.index
    import whoosh.query
    import whoosh.scoring
    import whoosh.searching
    import whoosh.writing
    from whoosh.support.levenshtein import damerau_levenshtein


class Terms(whoosh.fields.FieldType):  # type: ignore[misc]  # Whoosh has no types
    """A field whose terms come ready-made and counted, and don't go through Whoosh's analysis a second time."""

    def __init__(self) -> None:
        # The format of what is kept with each count, which is nothing.
        super().__init__(whoosh.formats.Existence(), None, scorable=True)

    def index(self, value: Mapping[str, int], **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        """What Whoosh's writer asks for: each term in bytes, its count, its weight, and what to keep with it."""
        for term, number in value.items():
            yield term.encode(), number, float(number), b""


def writer(index: Any) -> Any:
    """A writer for an empty index. Blocks of a few numbers aren't worth compressing."""
    made = whoosh.writing.SegmentWriter(index, limitmb=512, codec=whoosh.codec.whoosh3.W3Codec(compression=0))
    reader_of = made.per_document_reader

    def remembering() -> Any:
        reader = reader_of()
        # Asked for each term of a field; otherwise reads the field's length from the file each time.
        reader.doc_field_length = functools.cache(reader.doc_field_length)
        return reader

    made.per_document_reader = remembering
    return made


__all__ = ["Terms", "damerau_levenshtein", "whoosh", "writer"]
