"""Rice's code (Rice and Plaunt 1971): numbers most of which are small as text.

In: numbers from 0 in groups, in one column or more. Out: a text a group, each character of which stands for six bits
(:data:`ALPHABET`). A number is as many noughts as its higher bits say, a one, and its low bits. How many these are in
each column, the first character says, which columns share evenly, the first one having the highest bits. Then come the
bits of the numbers, row by row, a character's highest first; noughts fill the last character.
``overrides/assets/js/postings.js`` reads it.
"""

import itertools
from typing import Any

import numpy as np
from numpy.typing import NDArray

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
"""The characters for 0 to 63: none that JSON escapes, and no space."""

BITS = 6
"""How many of them a character stands for."""

_LETTERS = np.frombuffer(ALPHABET.encode("ascii"), dtype=np.uint8)
_VALUES = {letter: value for value, letter in enumerate(ALPHABET)}

Numbers = NDArray[np.signedinteger[Any]]


def letters(values: Numbers | NDArray[np.uint8]) -> str:
    """The characters of values from 0 to 63."""
    return _LETTERS[values].tobytes().decode("ascii")


def encode(rows: Numbers, starts: Numbers) -> list[str]:
    """The text of each group; ``rows``, rows × columns, stand group by group, and ``starts`` are where these begin."""
    if not len(rows):
        return []
    columns = rows.shape[1]
    lengths = np.diff(starts, append=len(rows))
    lows = np.column_stack([_low(column, starts, lengths, BITS // columns) for column in rows.T])
    each = np.repeat(lows, lengths, axis=0).reshape(-1)
    numbers = rows.reshape(-1)
    firsts = columns * starts
    ends = np.cumsum((numbers >> each) + 1 + each)
    begins = np.append(0, ends[firsts[1:] - 1])
    bounds = np.append(0, np.cumsum(1 - (begins - ends[np.append(firsts[1:], len(numbers)) - 1]) // BITS))
    # Where the ones stand that end the noughts.
    ones = ends - each - 1 + np.repeat(BITS * (bounds[:-1] + 1) - begins, columns * lengths)
    bits = np.zeros(BITS * bounds[-1], dtype=np.uint8)
    bits[ones] = 1
    for place in range(int(each.max())):
        more = each > place
        bits[(ones + each)[more] - place] = numbers[more] >> place & 1
    values: NDArray[np.uint8] = bits.reshape(-1, BITS) @ (1 << np.arange(BITS, dtype=np.uint8)[::-1])
    values[bounds[:-1]] = lows @ (1 << BITS // columns * np.arange(columns)[::-1])
    held = letters(values)
    return [held[start:end] for start, end in itertools.pairwise(bounds.tolist())]


def _low(column: Numbers, starts: Numbers, lengths: Numbers, bits: int) -> Numbers:
    """How many low bits make each group of a column shortest; they are told in so many bits."""
    lows = range(1 + min(int(column.max()).bit_length(), (1 << bits) - 1))
    found: Numbers = np.argmin([np.add.reduceat(column >> low, starts) + low * lengths for low in lows], axis=0)
    return found


def decode(text: str, columns: int = 1) -> list[tuple[int, ...]]:
    """The rows of a group."""
    values = [_VALUES[letter] for letter in text]
    share = BITS // columns
    lows = [values[0] >> share * column & (1 << share) - 1 for column in reversed(range(columns))] if values else []
    bits = [value >> place & 1 for value in values for place in reversed(range(BITS))]
    numbers: list[int] = []
    at = BITS
    while 1 in bits[at:]:
        one = bits.index(1, at)
        number, at = one - at, one + 1 + lows[len(numbers) % columns]
        for bit in bits[one + 1 : at]:
            number = 2 * number + bit
        numbers.append(number)
    return list(zip(*[iter(numbers)] * columns, strict=True))
