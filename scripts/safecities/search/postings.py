"""Postings as compact text: which documents hold a group, and how much it says about each.

In: increasing numbers; or the postings of many groups, a number and an impact each. Out: text, each character of which
stands for six bits (:data:`ALPHABET`). Numbers are written as their differences, less one, as variable-length integers:
five bits a character, the lowest first, the sixth bit set while more follow. The impacts of a group come after its
numbers, less one, each in as many characters as :func:`width` says, the lowest six bits first. So every character
begins where a value begins, and what packs files for the way (gzip) sees which values are frequent: two thirds of the
bytes that base64 would need. ``overrides/assets/js/parts.js`` reads it.
"""

import itertools
from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
"""The characters for 0 to 63: none that JSON escapes, and no space."""

FEW = 500
"""Up to so many documents, every impact is told as finely as can be: an index of these is small anyway."""

_FINEST, _FINE, _COARSE = 255, 64, 4
_SHARED = 1 << 13

_BITS = 5
_REST = (1 << _BITS) - 1
_MORE = 1 << _BITS
_LETTERS = np.frombuffer(ALPHABET.encode("ascii"), dtype=np.uint8)
_VALUES = {letter: value for value, letter in enumerate(ALPHABET)}

Numbers = NDArray[np.signedinteger[Any]]
Shares = NDArray[np.float64]


def width(documents: int) -> int:
    """How many characters an impact has in an index of so many documents."""
    return 2 if documents <= FEW else 1


def most(width: int) -> int:
    """The highest impact that is written in so many characters."""
    return _FINEST if width > 1 else _FINE


def levels(held: Numbers, documents: int) -> Numbers:
    """How many impacts are told apart in groups that so many of all documents hold.

    A score is impact times rarity, so that what is frequent needs no fine impacts; and it is most of a large index.
    """
    if documents <= FEW:
        return np.full(len(held), _FINEST)
    found: Numbers = np.clip(2 ** np.rint(np.log2(_SHARED / held)), _COARSE, _FINE).astype(np.int64)
    return found


def quantise(shares: Shares, levels: Numbers, width: int) -> Numbers:
    """Shares from 0 to 1 as impacts up to :func:`most`, in so many even steps; what is there never becomes nothing."""
    found: Numbers = np.clip(np.rint(shares * levels), 1, levels).astype(np.int64) * (most(width) // levels)
    return found


def encode(groups: Numbers, numbers: Numbers, impacts: Numbers, width: int) -> list[str]:
    """The postings of each group as text, in the order of the groups.

    The arrays belong together by place: postings stand group by group, and in each with strictly increasing numbers
    from 0. Raises ValueError for others, and for impacts that are not 1 to :func:`most`.
    """
    if not len(groups):
        return []
    new = np.diff(groups, prepend=groups[0] - 1) != 0
    differences = np.diff(numbers, prepend=-1) - 1
    differences[new] = numbers[new]
    if differences.min() < 0 or impacts.min() < 1 or impacts.max() > most(width):
        raise ValueError(f"numbers must increase within a group, and impacts be 1 to {most(width)}")
    sizes = _sizes(differences)
    ends = np.cumsum(sizes)
    starts = np.flatnonzero(new)
    lengths = np.diff(starts, append=len(numbers))
    # Before a number stand all numbers and impacts of earlier groups, before an impact also all numbers of its own.
    data = np.zeros(ends[-1] + width * len(numbers), dtype=np.uint8)
    _put(data, ends - sizes + width * np.repeat(starts, lengths), differences, sizes)
    last = np.repeat(ends[starts + lengths - 1], lengths) + width * np.arange(len(numbers))
    for at in range(width):
        data[last + at] = impacts - 1 >> 6 * at & 63
    held = _LETTERS[data].tobytes().decode("ascii")
    bounds = [*((ends - sizes)[starts] + width * starts).tolist(), len(held)]
    return [held[start:end] for start, end in itertools.pairwise(bounds)]


def decode(text: str, width: int) -> list[tuple[int, int]]:
    """The numbers and impacts of one group's postings."""
    numbers, at = _numbers(text, width)
    values = [_VALUES[letter] for letter in text[at:]]
    impacts = [1 + sum(values[place + more] << 6 * more for more in range(width))
               for place in range(0, len(values), width)]
    return list(zip(numbers, impacts, strict=True))


def encode_numbers(numbers: Iterable[int]) -> str:
    """Strictly increasing numbers from 0 as text; raises ValueError for others."""
    found = np.fromiter(numbers, dtype=np.int64)
    if not len(found):
        return ""
    differences = np.diff(found, prepend=-1) - 1
    if differences.min() < 0:
        raise ValueError("numbers must increase")
    sizes = _sizes(differences)
    ends = np.cumsum(sizes)
    data = np.zeros(ends[-1], dtype=np.uint8)
    _put(data, ends - sizes, differences, sizes)
    return _LETTERS[data].tobytes().decode("ascii")


def decode_numbers(text: str) -> list[int]:
    """The inverse of :func:`encode_numbers`."""
    return _numbers(text, 0)[0]


def _sizes(numbers: Numbers) -> Numbers:
    """How many characters each number needs."""
    sizes = np.ones(len(numbers), dtype=np.int64)
    bits = _BITS
    while (more := numbers >> bits > 0).any():
        sizes += more
        bits += _BITS
    return sizes


def _put(data: NDArray[np.uint8], places: Numbers, numbers: Numbers, sizes: Numbers) -> None:
    """Write numbers at their places: first the lowest five bits of all, then the next of those that have more."""
    at = 0
    while len(places):
        more = sizes > at + 1
        data[places + at] = numbers >> _BITS * at & _REST | np.where(more, _MORE, 0)
        places, numbers, sizes, at = places[more], numbers[more], sizes[more], at + 1


def _numbers(text: str, width: int) -> tuple[list[int], int]:
    """The numbers at the beginning of a text, and where they end: where as many impacts as numbers follow."""
    numbers: list[int] = []
    at, last = 0, -1
    while at < len(text) - width * len(numbers):
        number, shift, value = 0, 0, _MORE
        while value & _MORE:
            value = _VALUES[text[at]]
            number |= (value & _REST) << shift
            shift, at = shift + _BITS, at + 1
        last += number + 1
        numbers.append(last)
    return numbers, at
