"""Postings as compact text: which documents hold a term, and how much it says about each.

In: increasing numbers, or numbers with an impact. Out: base64 of their differences as variable-length
integers (seven bits a byte, the lowest first, the eighth bit set while more follow), an impact being one
byte after its number. ``overrides/assets/js/parts.js`` reads it.
"""

import base64
from collections.abc import Iterable, Iterator

MOST = 255
"""The highest impact that is told apart."""


def quantise(share: float) -> int:
    """A share from 0 to 1 as an impact from 1 to :data:`MOST`; what is there at all never becomes nothing."""
    return max(1, min(MOST, round(share * MOST)))


def encode_numbers(numbers: Iterable[int]) -> str:
    """Strictly increasing numbers from 0 as text; raises ValueError for others."""
    found = bytearray()
    last = -1
    for number in numbers:
        found += _varint(number, last)
        last = number
    return _text(found)


def decode_numbers(text: str) -> list[int]:
    """The inverse of :func:`encode_numbers`."""
    data = iter(base64.b64decode(text, validate=True))
    numbers: list[int] = []
    last = -1
    for first in data:
        last += _number(first, data)
        numbers.append(last)
    return numbers


def encode(postings: Iterable[tuple[int, int]]) -> str:
    """Strictly increasing numbers, each with an impact from 1 to :data:`MOST`, as text."""
    found = bytearray()
    last = -1
    for number, impact in postings:
        if not 1 <= impact <= MOST:
            raise ValueError(f"an impact is 1 to {MOST}, not {impact}")
        found += _varint(number, last)
        found.append(impact)
        last = number
    return _text(found)


def decode(text: str) -> list[tuple[int, int]]:
    """The inverse of :func:`encode`."""
    data = iter(base64.b64decode(text, validate=True))
    postings: list[tuple[int, int]] = []
    last = -1
    for first in data:
        last += _number(first, data)
        postings.append((last, next(data)))
    return postings


def _varint(number: int, last: int) -> bytes:
    if number <= last:
        raise ValueError(f"numbers must increase: {number} after {last}")
    rest = number - last
    found = bytearray()
    while rest > 0x7F:
        found.append(rest & 0x7F | 0x80)
        rest >>= 7
    found.append(rest)
    return bytes(found)


def _number(first: int, data: Iterator[int]) -> int:
    number, shift, byte = first & 0x7F, 7, first
    while byte & 0x80:
        byte = next(data)
        number |= (byte & 0x7F) << shift
        shift += 7
    return number


def _text(data: bytearray) -> str:
    return base64.b64encode(data).decode("ascii")
