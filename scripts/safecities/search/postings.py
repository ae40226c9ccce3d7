"""Postings as compact text: which documents hold a group, and how much it counts in each.

In: increasing numbers; or the postings of many groups, a number and a weight each. Out: text in Rice's code
(:mod:`safecities.search.rice`), for documents with a word lie as if by chance, so that this is within a tenth of what
any code would need. ``overrides/assets/js/postings.js`` reads it.

- Numbers are written as their differences, less one.
- Weights are told in steps, of which an octave has the more, the fewer documents hold the group: a score is impact
  times rarity, so that what is frequent needs no fine weights; and it is most of a large index. Most weights are 1,
  step 0, and are left out. Of each other one there is how many were left out since the last such, and its step, counted
  from that of the weight ½ and without step 0.
"""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from safecities.search import rice
from safecities.search.rice import Numbers

FINEST = 16
"""Into how many steps an octave is divided at most: neighbours differ by a twenty-fifth."""

SHARED = 1_000
"""Where this many documents hold a group, an octave is one step, in half as many two, and so on."""

Floats = NDArray[np.float64]


class Postings(NamedTuple):
    """The postings of a group as text: its documents' numbers, and its weights in them."""

    numbers: str
    weights: str


def fineness(held: Numbers) -> Floats:
    """How many steps an octave has where so many documents hold a group: a half to :data:`FINEST`."""
    # frexp is exact, as logarithms aren't everywhere.
    found: Floats = np.minimum(2.0 ** (np.frexp(SHARED // held)[1] - 1), FINEST)
    return found


def encode(groups: Numbers, numbers: Numbers, weights: Floats) -> list[Postings]:
    """The postings of each group as text, in the order of the groups.

    The arrays belong together by place: postings stand group by group, and in each with strictly increasing numbers
    from 0; weights are above 0, and what is below ½ becomes that. Raises ValueError for others.
    """
    if (weights <= 0).any():
        raise ValueError("weights must be above 0")
    starts = _starts(groups)
    lengths = np.diff(starts, append=len(groups))
    told = fineness(lengths)
    lowest = -told.astype(np.int64)
    group = np.repeat(np.arange(len(starts)), lengths)
    steps = np.maximum(np.rint(np.log2(weights) * told[group]).astype(np.int64), lowest[group])
    others = np.flatnonzero(steps)
    group, steps = group[others], steps[others]
    firsts = _starts(group)
    rows = np.column_stack([_gaps(others - starts[group], firsts), steps - (steps > 0) - lowest[group]])
    written = dict(zip(group[firsts].tolist(), rice.encode(rows, firsts), strict=True))
    found = rice.encode(_gaps(numbers, starts)[:, None], starts)
    return [Postings(text, written.get(at, "")) for at, text in enumerate(found)]


def decode(postings: Postings) -> list[tuple[int, float]]:
    """The numbers and weights of one group's postings."""
    numbers = decode_numbers(postings.numbers)
    weights = [1.0] * len(numbers)
    told = float(fineness(np.array([len(numbers) or 1]))[0])
    at = -1
    for gap, step in rice.decode(postings.weights, 2):
        at += gap + 1
        low = step - int(told)
        weights[at] = 2 ** ((low + (low >= 0)) / told)
    return list(zip(numbers, weights, strict=True))


def encode_numbers(numbers: Iterable[int]) -> str:
    """Strictly increasing numbers from 0 as text; raises ValueError for others."""
    found = np.fromiter(numbers, dtype=np.int64)
    starts = np.zeros(min(1, len(found)), dtype=np.int64)
    return "".join(rice.encode(_gaps(found, starts)[:, None], starts))


def decode_numbers(text: str) -> list[int]:
    """The inverse of :func:`encode_numbers`."""
    numbers: list[int] = []
    last = -1
    for (gap,) in rice.decode(text):
        last += gap + 1
        numbers.append(last)
    return numbers


def _starts(groups: Numbers) -> Numbers:
    """Where each group begins."""
    return np.flatnonzero(np.diff(groups, prepend=groups[:1] - 1))


def _gaps(numbers: Numbers, starts: Numbers) -> Numbers:
    """How many numbers are left out before each; raises ValueError where they don't increase within a group."""
    gaps: Numbers = np.diff(numbers, prepend=-1) - 1
    gaps[starts] = numbers[starts]
    if (gaps < 0).any():
        raise ValueError("numbers must increase within a group, from 0")
    return gaps
