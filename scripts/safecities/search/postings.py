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

Numbers = NDArray[np.signedinteger[Any]]


def quantise(shares: NDArray[np.float64]) -> Numbers:
    """Shares from 0 to 1 as impacts from 1 to :data:`MOST`; what is there at all never becomes nothing."""
    return np.clip(np.rint(shares * MOST), 1, MOST).astype(np.int16)


def encode(groups: Numbers, numbers: Numbers, impacts: Numbers) -> list[str]:
    """The postings of each group as text, in the order of the groups.

    The arrays belong together by place: postings stand group by group, and in each with strictly increasing numbers
    from 0. Raises ValueError for others, and for impacts that are not 1 to :data:`MOST`.
    """
    if not len(groups):
        return []
    new = np.diff(groups, prepend=groups[0] - 1) != 0
    differences = np.diff(numbers, prepend=-1)
    differences[new] = numbers[new] + 1
    if differences.min() < 1 or impacts.min() < 1 or impacts.max() > MOST:
        raise ValueError("numbers must increase within a group, and impacts be 1 to 255")
    sizes = _sizes(differences)
    places = np.cumsum(sizes + 1) - sizes - 1
    data = np.zeros(places[-1] + sizes[-1] + 1, dtype=np.uint8)
    _put(data, places, differences, sizes)
    data[places + sizes] = impacts
    held = data.tobytes()
    bounds = [*places[new].tolist(), len(held)]
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
    sizes = np.ones(len(numbers), dtype=np.int8)
    bits = 7
    while (more := numbers >> bits > 0).any():
        sizes += more
        bits += 7
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
