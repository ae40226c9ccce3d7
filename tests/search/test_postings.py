"""Postings survive being written and read, in Python and in the browser."""

import base64

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from javascript import run

from safecities.search import postings

NUMBERS = st.lists(st.integers(0, 2**36), unique=True).map(sorted)
POSTINGS = st.dictionaries(st.integers(0, 2**36), st.integers(1, postings.MOST), min_size=1).map(
    lambda found: sorted(found.items()))


def encoded(groups: list[list[tuple[int, int]]]) -> list[str]:
    """The postings of groups, as the encoder wants them: three long arrays."""
    rows = [(group, *posting) for group, found in enumerate(groups) for posting in found]
    columns = np.array(rows, dtype=np.int64).reshape(-1, 3).T
    return postings.encode(*columns)


def varint(number: int) -> bytes:
    """A number in seven bits a byte, as one would write it down."""
    return bytes([number]) if number < 128 else bytes([number & 127 | 128]) + varint(number >> 7)


@given(NUMBERS)
def test_numbers_are_read_as_they_were_written(numbers: list[int]) -> None:
    assert postings.decode_numbers(postings.encode_numbers(numbers)) == numbers


@given(NUMBERS)
def test_numbers_are_written_as_the_format_says(numbers: list[int]) -> None:
    differences = [number - before for before, number in zip([-1, *numbers], numbers, strict=False)]
    assert base64.b64decode(postings.encode_numbers(numbers)) == b"".join(map(varint, differences))


@given(st.lists(POSTINGS))
def test_postings_are_read_as_they_were_written(groups: list[list[tuple[int, int]]]) -> None:
    assert [postings.decode(text) for text in encoded(groups)] == groups


@pytest.mark.parametrize("numbers", [[1, 1], [2, 1], [-1]])
def test_numbers_that_do_not_increase_are_refused(numbers: list[int]) -> None:
    with pytest.raises(ValueError, match="increase"):
        postings.encode_numbers(numbers)
    with pytest.raises(ValueError, match="increase"):
        encoded([[(0, 1)], [(number, 1) for number in numbers]])


@pytest.mark.parametrize("impact", [0, 256])
def test_an_impact_out_of_range_is_refused(impact: int) -> None:
    with pytest.raises(ValueError, match="impact"):
        encoded([[(0, impact)]])


@given(st.floats(0, 1))
def test_what_is_there_has_an_impact_that_is_near_its_share(share: float) -> None:
    impact = postings.quantise(np.array([share]))[0]
    assert 1 <= impact <= postings.MOST
    assert abs(impact / postings.MOST - share) <= 1 / postings.MOST


def test_the_browser_reads_what_was_written() -> None:
    numbers = [0, 1, 127, 128, 129, 16_383, 16_384, 99_999, 2_097_152]
    impacts = [number % postings.MOST + 1 for number in numbers]
    plain, with_impacts = run(
        ["parts"], "([a, b]) => [safecities.decode(a), safecities.decode(b, true)]",
        [postings.encode_numbers(numbers), *encoded([list(zip(numbers, impacts, strict=True))])])
    assert plain["numbers"] == numbers
    assert (with_impacts["numbers"], with_impacts["impacts"]) == (numbers, impacts)
