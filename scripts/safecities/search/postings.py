"""Postings as compact text: which documents hold a group, and how much it says about each.

In: increasing numbers; or the postings of many groups, a number and an impact each. Out: text, each character of which
stands for six bits (:data:`ALPHABET`). Numbers are written as their differences, less one, in Rice's code: the first
character says how many low bits a difference has; then come, bit by bit, a character's highest first, as many noughts
as its higher bits say, a one, and its low bits. Noughts fill the last character. Documents with a word lie as if by
chance, so that this is within a tenth of what any code would need. The impacts of a group come after its numbers, less
one, each in as many characters as :func:`width` says, the lowest six bits first: so what packs files for the way (gzip)
sees which impacts are frequent. ``overrides/assets/js/parts.js`` reads it.
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

_BITS = 6
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
    starts = np.flatnonzero(new)
    data, bounds = _coded(differences, starts, width)
    ends = np.append(starts[1:], len(numbers))
    last = np.repeat(bounds[1:] - width * ends, np.diff(starts, append=len(numbers))) + width * np.arange(len(numbers))
    for at in range(width):
        data[last + at] = impacts - 1 >> _BITS * at & 63
    held = _LETTERS[data].tobytes().decode("ascii")
    return [held[start:end] for start, end in itertools.pairwise(bounds.tolist())]


def decode(text: str, width: int) -> list[tuple[int, int]]:
    """The numbers and impacts of one group's postings."""
    numbers, at = _numbers(text, width)
    values = [_VALUES[letter] for letter in text[at:]]
    impacts = [1 + sum(values[place + more] << _BITS * more for more in range(width))
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
    data, _ = _coded(differences, np.zeros(1, dtype=np.int64), 0)
    return _LETTERS[data].tobytes().decode("ascii")


def decode_numbers(text: str) -> list[int]:
    """The inverse of :func:`encode_numbers`."""
    return _numbers(text, 0)[0]


def _coded(differences: Numbers, starts: Numbers, width: int) -> tuple[NDArray[np.uint8], Numbers]:
    """The characters of groups that begin at ``starts``, with room for impacts; and where each group's begin."""
    lengths = np.diff(starts, append=len(differences))
    costs = [np.add.reduceat(differences >> bits, starts) + bits * lengths
             for bits in range(int(differences.max()).bit_length() + 1)]
    low: Numbers = np.argmin(costs, axis=0)
    each = np.repeat(low, lengths)
    high = differences >> each
    ends = np.cumsum(high + 1 + each)
    begins = np.append(0, ends[starts[1:] - 1])
    characters = 1 - (begins - ends[starts + lengths - 1]) // _BITS
    bounds: Numbers = np.append(0, np.cumsum(characters + width * lengths))
    # Where the ones stand that end the noughts.
    ones = ends - each - 1 + np.repeat(_BITS * (bounds[:-1] + 1) - begins, lengths)
    bits = np.zeros(_BITS * bounds[-1], dtype=np.uint8)
    bits[ones] = 1
    for place in range(int(low.max())):
        more = each > place
        bits[(ones + each)[more] - place] = differences[more] >> place & 1
    data: NDArray[np.uint8] = bits.reshape(-1, _BITS) @ (1 << np.arange(_BITS, dtype=np.uint8)[::-1])
    data[bounds[:-1]] = low
    return data, bounds


def _numbers(text: str, width: int) -> tuple[list[int], int]:
    """The numbers at the beginning of a text, and where they end: where as many impacts as numbers follow."""
    values = [_VALUES[letter] for letter in text]
    low = values[0] if values else 0
    bits = [value >> place & 1 for value in values for place in reversed(range(_BITS))]
    numbers: list[int] = []
    at, last = _BITS, -1
    while 1 in bits[at : _BITS * (len(text) - width * len(numbers))]:
        one = bits.index(1, at)
        difference = one - at
        for bit in bits[one + 1 : one + 1 + low]:
            difference = 2 * difference + bit
        at, last = one + 1 + low, last + 1 + difference
        numbers.append(last)
    return numbers, len(text) - width * len(numbers)
