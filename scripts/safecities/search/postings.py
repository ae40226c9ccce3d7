"""Postings as compact text: which documents hold a group, and how much it says about each.

In: increasing numbers; or the postings of many groups, a number and an impact each. Out: base64 of the numbers'
differences as variable-length integers (seven bits a byte, the lowest first, the eighth bit set while more follow), an
impact being one byte after its number. ``overrides/assets/js/parts.js`` reads it.
"""

import base64
import itertools
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

MOST = 255
"""The highest impact that is told apart."""

Numbers = NDArray[np.int64]


def quantise(shares: NDArray[np.float64]) -> Numbers:
    """Shares from 0 to 1 as impacts from 1 to :data:`MOST`; what is there at all never becomes nothing."""
    return np.clip(np.rint(shares * MOST), 1, MOST).astype(np.int64)


def encode(groups: Numbers, numbers: Numbers, impacts: Numbers) -> list[str]:
    """The postings of each group as text, in the order of the groups.

    The arrays belong together by place: postings stand group by group, and in each with strictly increasing numbers
    from 0. Raises ValueError for others, and for impacts that are not 1 to :data:`MOST`.
    """
    if not len(groups):
        return []
    new = np.concatenate(([True], groups[1:] != groups[:-1]))
    differences = numbers - np.where(new, -1, np.concatenate(([0], numbers[:-1])))
    if differences.min() < 1 or impacts.min() < 1 or impacts.max() > MOST:
        raise ValueError("numbers must increase within a group, and impacts be 1 to 255")
    sizes = _sizes(differences)
    ends = np.cumsum(sizes + 1)
    places = ends - sizes - 1
    data = np.zeros(ends[-1], dtype=np.uint8)
    _put(data, places, differences, sizes)
    data[ends - 1] = impacts
    held, starts = data.tobytes(), np.flatnonzero(new)
    bounds = [*places[starts].tolist(), len(held)]
    return [_text(held[start:end]) for start, end in itertools.pairwise(bounds)]


def decode(text: str) -> list[tuple[int, int]]:
    """The numbers and impacts of one group's postings."""
    data = iter(base64.b64decode(text, validate=True))
    postings: list[tuple[int, int]] = []
    last = -1
    for first in data:
        last += _number(first, data)
        postings.append((last, next(data)))
    return postings


def encode_numbers(numbers: Iterable[int]) -> str:
    """Strictly increasing numbers from 0 as text; raises ValueError for others."""
    found = np.fromiter(numbers, dtype=np.int64)
    if not len(found):
        return ""
    differences = np.diff(found, prepend=-1)
    if differences.min() < 1:
        raise ValueError("numbers must increase")
    sizes = _sizes(differences)
    ends = np.cumsum(sizes)
    data = np.zeros(ends[-1], dtype=np.uint8)
    _put(data, ends - sizes, differences, sizes)
    return _text(data.tobytes())


def decode_numbers(text: str) -> list[int]:
    """The inverse of :func:`encode_numbers`."""
    data = iter(base64.b64decode(text, validate=True))
    numbers: list[int] = []
    last = -1
    for first in data:
        last += _number(first, data)
        numbers.append(last)
    return numbers


def _sizes(numbers: Numbers) -> Numbers:
    """How many bytes each number needs."""
    sizes = np.ones(len(numbers), dtype=np.int64)
    for bits in range(7, 63, 7):
        sizes += numbers >> bits > 0
    return sizes


def _put(data: NDArray[np.uint8], places: Numbers, numbers: Numbers, sizes: Numbers) -> None:
    """Write numbers at their places: first the lowest seven bits of all, then the next of those that have more."""
    at = 0
    while len(places):
        more = sizes > at + 1
        data[places + at] = numbers >> 7 * at & 0x7F | np.where(more, 0x80, 0)
        places, numbers, sizes, at = places[more], numbers[more], sizes[more], at + 1


def _number(first: int, data: Iterator[int]) -> int:
    number, shift, byte = first & 0x7F, 7, first
    while byte & 0x80:
        byte = next(data)
        number |= (byte & 0x7F) << shift
        shift += 7
    return number


def _text(data: Any) -> str:
    return base64.b64encode(data).decode("ascii")
