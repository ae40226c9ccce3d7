"""Postings survive being written and read, in Python and in the browser."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from javascript import run

from safecities.search import postings

NUMBERS = st.lists(st.integers(0, 2**21), unique=True).map(sorted)
IMPACTS = st.integers(1, postings.MOST)
POSTINGS = st.dictionaries(st.integers(0, 2**21), IMPACTS).map(
    lambda found: [postings.pack(number, impact) for number, impact in sorted(found.items())])


@given(NUMBERS)
def test_numbers_are_read_as_they_were_written(numbers: list[int]) -> None:
    assert postings.decode_numbers(postings.encode_numbers(numbers)) == numbers


@given(POSTINGS)
def test_postings_are_read_as_they_were_written(found: list[int]) -> None:
    assert postings.decode(postings.encode(found)) == found


@pytest.mark.parametrize("numbers", [[1, 1], [2, 1], [-1]])
def test_numbers_that_do_not_increase_are_refused(numbers: list[int]) -> None:
    with pytest.raises(ValueError, match="increase"):
        postings.encode_numbers(numbers)


@pytest.mark.parametrize("impact", [0, 256])
def test_an_impact_out_of_range_is_refused(impact: int) -> None:
    with pytest.raises(ValueError, match="impact"):
        postings.pack(0, impact)


def test_postings_that_do_not_increase_are_refused() -> None:
    with pytest.raises(ValueError, match="increase"):
        postings.encode([postings.pack(1, 1), postings.pack(1, 2)])


@given(st.floats(0, 1))
def test_what_is_there_has_an_impact_that_is_near_its_share(share: float) -> None:
    impact = postings.quantise(share)
    assert 1 <= impact <= postings.MOST
    assert abs(impact / postings.MOST - share) <= 1 / postings.MOST


def test_the_browser_reads_what_was_written() -> None:
    numbers = [0, 1, 127, 128, 129, 16_383, 16_384, 99_999, 2_097_152]
    impacts = [number % postings.MOST + 1 for number in numbers]
    found = list(map(postings.pack, numbers, impacts))
    plain, with_impacts = run(
        ["parts"], "([a, b]) => [safecities.decode(a), safecities.decode(b, true)]",
        [postings.encode_numbers(numbers), postings.encode(found)])
    assert plain["numbers"] == numbers
    assert (with_impacts["numbers"], with_impacts["impacts"]) == (numbers, impacts)
