"""Documents turned inside out: from the forms of words to their groups, from groups to documents.

In: the words of documents. Out: :class:`Inverted`. A group's impact on a document is the saturating part of
BM25F (Robertson, Zaragoza, Taylor 2004): s ÷ (s + :data:`SATURATION`), where s is what the group's occurrences count,
by their fields and by how long these are. What is written is s against that of a single occurrence in the document's
body, the group's weight: 1 for two postings of three. The reader's side works out the impact from it and from the norm
of the body, and how rare a group is from the number of its documents.
"""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from safecities.documents import WEIGHTS
from safecities.search import postings, rice
from safecities.search.postings import Floats, Postings
from safecities.search.rice import Numbers
from safecities.search.words import Small, Words

SATURATION = 5.0
"""BM25's k1: how slowly repetition stops to count. Above the usual 1.2, since the fields' weights add up."""

LENGTH_COUNTS = 0.6
"""BM25's b: how much the length of a field, against the average, takes from each occurrence."""

NORMS = 16
"""How many characters an octave of norms has; the first one is ½, and none of a document is less than 0.4."""

_ONE = 1 << 20
"""What stands for 1 in sums of weights: of whole numbers, the sum is the same in whatever order they are added."""


_AT_ONCE = 200_000
"""About how many words are looked at, or sorted, at once: all of them would need much memory."""


@dataclass(frozen=True)
class Inverted:
    """``forms``: form -> its groups, sorted; ``postings``: group -> its postings as text, by document number.

    ``norms``: a character a document, by which what an occurrence in its body counts is divided (:data:`NORMS`).
    """

    forms: Mapping[str, tuple[str, ...]]
    postings: Mapping[str, Postings]
    norms: str = ""


def invert(words: Words) -> Inverted:
    """Turn documents inside out; a document's number is its place among those whose words these are."""
    forms: dict[str, set[str]] = {}
    names: dict[str, int] = {}
    of_piece: list[list[int]] = [[]] * len(words.leads)
    pieces = words.pieces()
    for piece in words.used().tolist():
        found: list[str] = []
        for shown, groups in words.leads[piece]:
            found += dict.fromkeys(groups)
            for form, group in zip(shown, groups, strict=True):
                forms.setdefault(form, set()).add(group)
        of_piece[piece] = [names.setdefault(name, len(names)) for name in found]
    if not names:
        return Inverted({}, {}, "")
    made, norms = _postings(pieces, words.ends(), of_piece)
    # Groups are numbered as they come; none is numbered that no document holds.
    return Inverted({form: tuple(sorted(groups)) for form, groups in forms.items()},
                    dict(zip(names, made, strict=True)), norms)


def _postings(pieces: Small, ends: Small, of_piece: Sequence[Sequence[int]]) -> tuple[list[Postings], str]:
    """The postings of each group, and the norms: ``pieces`` are the numbers of all pieces, ``ends`` where each field's
    end."""
    several = np.fromiter(map(len, of_piece), dtype=np.int32, count=len(of_piece))
    flat = np.fromiter(chain.from_iterable(of_piece), dtype=np.int32)
    first = np.cumsum(several, dtype=np.int32) - several
    of_field = np.repeat(np.arange(len(ends), dtype=np.int32), np.diff(ends, prepend=0))
    # Each piece as many times as it has groups: its group and its field.
    groups = np.empty(int(several[pieces].sum()), dtype=np.int32)
    fields = np.empty_like(groups)
    at = 0
    for low in range(0, len(pieces), _AT_ONCE):
        some = pieces[low : low + _AT_ONCE]
        times = several[some]
        end = at + int(times.sum())
        groups[at:end] = flat[np.repeat(first[some] - np.cumsum(times) + times, times) + np.arange(end - at)]
        fields[at:end] = np.repeat(of_field[low : low + _AT_ONCE], times)
        at = end
    del of_field
    documents = len(ends) // len(WEIGHTS)
    norms = _norms(np.bincount(fields, minlength=len(ends)))
    each: Numbers = np.rint(np.array(list(WEIGHTS.values())) / norms * _ONE).astype(np.int64).reshape(-1)
    body = norms[:, -1]
    # A part of the groups after the other, about as many words each time.
    parts = np.cumsum(np.bincount(groups)) // _AT_ONCE
    found: list[Postings] = []
    for low, high in itertools.pairwise([*np.unique(parts, return_index=True)[1].tolist(), len(parts)]):
        chosen = np.flatnonzero((groups >= low) & (groups < high))
        # To sort whole numbers takes a fifth of the time that sorting places by them takes; small ones half of that.
        whole = np.int32 if (high - low) * len(ends) <= np.iinfo(np.int32).max else np.int64
        order = (groups[chosen] - low).astype(whole) * whole(len(ends)) + fields[chosen]
        order.sort()
        held = order // len(WEIGHTS)  # a group in a document
        new = np.flatnonzero(np.diff(held, prepend=-1))
        sums = np.add.reduceat(each[order % len(ends)], new) / _ONE
        group, document = np.divmod(held[new], documents)
        found += postings.encode(group.astype(np.int64), document.astype(np.int64), sums * body[document])
    return found, rice.letters(_places(body))


def _places(norms: Floats) -> Numbers:
    """The places of norms among characters, :data:`NORMS` an octave."""
    found: Numbers = np.clip(np.rint((np.log2(norms) + 1) * NORMS), 0, len(rice.ALPHABET) - 1).astype(np.int64)
    return found


def _norms(lengths: Numbers) -> Floats:
    """By what each occurrence in a field of a document is divided, documents × fields; ``lengths`` are in words."""
    columns = lengths.reshape(-1, len(WEIGHTS))
    filled = np.maximum(1, (columns > 0).sum(axis=0))
    # Rounded to two digits, so that a change in one document doesn't move the impacts in all others.
    averages = np.array([float(f"{average:.2g}") or 1.0 for average in columns.sum(axis=0) / filled])
    norms: Floats = 1 - LENGTH_COUNTS + LENGTH_COUNTS * columns / averages
    return norms
