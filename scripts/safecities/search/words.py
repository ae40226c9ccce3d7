"""The words of documents as numbers of pieces of text, as they stand between white space.

In: documents. Out: :class:`Words`: every piece in its order with where each field ends, and what each different piece
leads to. To split and number texts is most of the work of an index, so that what an earlier build found can be given
again: a document whose key it knows isn't even made.
"""

import base64
from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from safecities import analysis
from safecities.documents import WEIGHTS, Document

Small = NDArray[np.int32]

Leads = Sequence[Sequence[Sequence[str]]]
"""What a piece leads to: of each of its words the forms and, at the same places, their groups."""


class _Numbers(dict[str, int]):
    """The number of each piece in one language; a new one gets the next."""

    def __init__(self, lang: str, leads: list[Leads]) -> None:
        super().__init__()
        self._lang = lang
        self._leads = leads

    def __missing__(self, piece: str) -> int:
        bare = analysis.bare(piece)
        if bare != piece:
            self[piece] = self[bare]
        else:
            self[piece] = len(self._leads)
            self._leads.append(analysis.read(piece, self._lang))
        return self[piece]


_AT_ONCE = 64
"""How many documents are made, and then taken apart, at once."""

_FEW = 50
"""One new document in so many is not worth keeping."""

_TYPES = {16: "<u2", 32: "<i4"}
"""Whole numbers as they are kept, by their bits."""


class Words:
    """The words of documents that are added one after the other; ``kept`` is the :meth:`data` of an earlier one."""

    def __init__(self, kept: Mapping[str, Any] | None = None) -> None:
        self.leads: list[Leads] = []
        self._numbers: dict[str, _Numbers] = {}
        self._pieces = array("i")
        self._ends = array("i")
        self._keys: list[str] = []
        self._made = 0
        self._known: Mapping[str, str] = kept["documents"] if kept else {}
        self._type = _TYPES[kept["bits"] if kept else 32]
        for lang, piece, leads in kept["pieces"] if kept else ():
            self._of(lang)[piece] = len(self.leads)
            self.leads.append(leads)

    def extend(self, documents: Iterable[tuple[str, Callable[[], Document]]]) -> None:
        """Add documents, each a key, which tells all that it says, and its making; where the key is known, nobody is
        asked to make it.

        Some are made and then taken apart together: a processor's own memory holds one of both, not both.
        """
        rows = iter(documents)
        while some := [(key, None if key in self._known else make()) for key, make in islice(rows, _AT_ONCE)]:
            for key, document in some:
                self._add(key, document)

    def _add(self, key: str, document: Document | None) -> None:
        self._keys.append(key)
        start = len(self._pieces)
        if document is None:
            held = np.frombuffer(base64.b64decode(self._known[key]), self._type).astype(np.int32)
            self._pieces.frombytes(held[len(WEIGHTS) :].tobytes())
            self._ends.extend((held[: len(WEIGHTS)] + start).tolist())
            return
        self._made += 1
        for field in WEIGHTS:
            self._pieces.extend(map(self._of(document.field_lang(field)).__getitem__, document.fields[field].split()))
            self._ends.append(len(self._pieces))

    @property
    def outdated(self) -> bool:
        """Whether what was kept is worth replacing: to make a few documents again costs less than to write all."""
        return self._made * _FEW > len(self._keys)

    def pieces(self) -> Small:
        """The numbers of all pieces, document by document and field by field."""
        return np.frombuffer(self._pieces, np.int32) if self._pieces else np.empty(0, np.int32)

    def ends(self) -> Small:
        """Where each field of each document ends."""
        return np.frombuffer(self._ends, np.int32) if self._ends else np.empty(0, np.int32)

    def used(self) -> Small:
        """The numbers of the pieces that there are, each once."""
        return np.flatnonzero(np.bincount(self.pieces())).astype(np.int32)

    def data(self) -> Mapping[str, Any]:
        """What to keep for the next time: plain data, of these documents and of no others."""
        used = self.used()
        ends = self.ends().reshape(-1, len(WEIGHTS))
        starts = np.append(0, ends[:-1, -1]) if len(ends) else ends[:, -1]
        ends = ends - starts[:, None]  # from where each document begins
        bits = 16 if max(len(used), *ends[:, -1].tolist(), 0) < 1 << 16 else 32
        places = np.zeros(len(self.leads), _TYPES[bits])
        places[used] = np.arange(len(used))
        pieces, fields = places[self.pieces()], ends.astype(_TYPES[bits])
        named = {number: (lang, piece) for lang, numbers in self._numbers.items() for piece, number in numbers.items()
                 if analysis.bare(piece) == piece}
        documents = {key: base64.b64encode(own.tobytes() + pieces[start : start + length].tobytes()).decode("ascii")
                     for key, own, start, length in zip(self._keys, fields, starts.tolist(), ends[:, -1].tolist(),
                                                        strict=True)}
        return {"bits": bits, "documents": documents,
                "pieces": [(*named[number], self.leads[number]) for number in used.tolist()]}

    def _of(self, lang: str) -> _Numbers:
        if lang not in self._numbers:
            self._numbers[lang] = _Numbers(lang, self.leads)
        return self._numbers[lang]
