"""Postings as compact text: which documents hold a term, and how much it says about each.

In: increasing numbers, or postings, each a number and an impact packed into one integer. Out: base64 of the
numbers' differences as variable-length integers (seven bits a byte, the lowest first, the eighth bit set while
more follow), an impact being one byte after its number. ``overrides/assets/js/parts.js`` reads it.
"""

import base64
import functools
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from operator import sub

MOST = 255
"""The highest impact that is told apart."""

_BYTES = tuple(bytes((impact,)) for impact in range(MOST + 1))


def quantise(share: float) -> int:
    """A share from 0 to 1 as an impact from 1 to :data:`MOST`; what is there at all never becomes nothing."""
    return max(1, min(MOST, round(share * MOST)))


def pack(number: int, impact: int) -> int:
    """A posting: a document's number with an impact from 1 to :data:`MOST`, in the order of numbers."""
    if not 1 <= impact <= MOST:
        raise ValueError(f"an impact is 1 to {MOST}, not {impact}")
    return number << 8 | impact


def encode_numbers(numbers: Iterable[int]) -> str:
    """Strictly increasing numbers from 0 as text; raises ValueError for others."""
    return _text(_varints(tuple(numbers)))


def decode_numbers(text: str) -> list[int]:
    """The inverse of :func:`encode_numbers`."""
    data = iter(base64.b64decode(text, validate=True))
    numbers: list[int] = []
    last = -1
    for first in data:
        last += _number(first, data)
        numbers.append(last)
    return numbers


def encode(postings: Sequence[int]) -> str:
    """Postings, packed, with strictly increasing numbers from 0, as text; raises ValueError for others."""
    found = [b""] * (2 * len(postings))
    found[::2] = _varints([posting >> 8 for posting in postings])
    found[1::2] = [_BYTES[posting & 0xFF] for posting in postings]
    return _text(found)


def decode(text: str) -> list[int]:
    """The inverse of :func:`encode`."""
    data = iter(base64.b64decode(text, validate=True))
    postings: list[int] = []
    last = -1
    for first in data:
        last += _number(first, data)
        postings.append(pack(last, next(data)))
    return postings


def _varints(numbers: Sequence[int]) -> Iterator[bytes]:
    """The differences between numbers, the first one's from -1, each as its bytes."""
    return map(_varint, map(sub, numbers, chain((-1,), numbers)))


@functools.lru_cache(maxsize=1 << 16)
def _varint(difference: int) -> bytes:
    if difference < 1:
        raise ValueError(f"numbers must increase, not by {difference}")
    found = bytearray()
    while difference > 0x7F:
        found.append(difference & 0x7F | 0x80)
        difference >>= 7
    found.append(difference)
    return bytes(found)


def _number(first: int, data: Iterator[int]) -> int:
    number, shift, byte = first & 0x7F, 7, first
    while byte & 0x80:
        byte = next(data)
        number |= (byte & 0x7F) << shift
        shift += 7
    return number


def _text(data: Iterable[bytes]) -> str:
    return base64.b64encode(b"".join(data)).decode("ascii")
