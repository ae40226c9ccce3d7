"""Postings survive being written and read, in Python and in the browser."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from javascript import run

from safecities.search import postings

NUMBERS = st.lists(st.integers(0, 2**36), unique=True).map(sorted)
WIDTH = st.sampled_from([1, 2])
POSTINGS = st.dictionaries(st.integers(0, 2**36), st.integers(1, 64), min_size=1).map(
    lambda found: sorted(found.items()))


def encoded(groups: list[list[tuple[int, int]]], width: int) -> list[str]:
    """The postings of groups, as the encoder wants them: three long arrays."""
    rows = [(group, *posting) for group, found in enumerate(groups) for posting in found]
    columns = np.array(rows, dtype=np.int64).reshape(-1, 3).T
    return postings.encode(*columns, width)


def rice(differences: list[int], low: int) -> str:
    """Numbers with so many low bits, as one would write them down."""
    bits = "".join("0" * (number >> low) + f"{1 << low | number & (1 << low) - 1:b}" for number in differences)
    return "".join(postings.ALPHABET[int(bits[at : at + 6].ljust(6, "0"), 2)] for at in range(0, len(bits), 6))


@given(NUMBERS)
def test_numbers_are_read_as_they_were_written(numbers: list[int]) -> None:
    assert postings.decode_numbers(postings.encode_numbers(numbers)) == numbers


@given(NUMBERS)
def test_numbers_are_written_as_the_format_says(numbers: list[int]) -> None:
    differences = [number - before - 1 for before, number in zip([-1, *numbers], numbers, strict=False)]
    shortest = min(range(37), key=lambda low: sum(number >> low for number in differences) + low * len(differences))
    expected = postings.ALPHABET[shortest] + rice(differences, shortest) if numbers else ""
    assert postings.encode_numbers(numbers) == expected


@given(st.lists(POSTINGS), WIDTH)
def test_postings_are_read_as_they_were_written(groups: list[list[tuple[int, int]]], width: int) -> None:
    groups = [[(number, impact * postings.most(width) // 64) for number, impact in found] for found in groups]
    assert [postings.decode(text, width) for text in encoded(groups, width)] == groups


@pytest.mark.parametrize("numbers", [[1, 1], [2, 1], [-1]])
def test_numbers_that_do_not_increase_are_refused(numbers: list[int]) -> None:
    with pytest.raises(ValueError, match="increase"):
        postings.encode_numbers(numbers)
    with pytest.raises(ValueError, match="increase"):
        encoded([[(0, 1)], [(number, 1) for number in numbers]], 1)


@pytest.mark.parametrize(("impact", "width"), [(0, 1), (65, 1), (0, 2), (256, 2)])
def test_an_impact_out_of_range_is_refused(impact: int, width: int) -> None:
    with pytest.raises(ValueError, match="impact"):
        encoded([[(0, impact)]], width)


@given(st.floats(0, 1), st.integers(1, 20_000), st.integers(1, 20_000))
def test_what_is_there_has_an_impact_that_is_near_its_share(share: float, held: int, documents: int) -> None:
    width, told = postings.width(documents), postings.levels(np.array([held]), documents)
    impact = postings.quantise(np.array([share]), told, width)[0]
    assert 1 <= impact <= postings.most(width)
    assert abs(impact / postings.most(width) - share) <= 1 / told[0]


def test_the_rarer_a_group_in_a_large_index_the_more_finely_its_impacts_are_told() -> None:
    told = postings.levels(np.array([1, 100, 500, 1_000, 9_000]), 10_000).tolist()
    assert told == sorted(told, reverse=True)
    assert (told[0], told[-1]) == (64, 4)
    assert set(postings.levels(np.array([1, 100, 200]), 200).tolist()) == {255}


@pytest.mark.parametrize("width", [1, 2])
def test_the_browser_reads_what_was_written(width: int) -> None:
    numbers = [0, 1, 31, 32, 33, 1_023, 1_024, 32_768, 99_999, 2_097_152]
    impacts = [number % postings.most(width) + 1 for number in numbers]
    plain, with_impacts = run(
        ["parts"], "([a, b, width]) => [safecities.decode(a), safecities.decode(b, width)]",
        [postings.encode_numbers(numbers), *encoded([list(zip(numbers, impacts, strict=True))], width), width])
    assert plain["numbers"] == numbers
    assert with_impacts["numbers"] == numbers
    assert with_impacts["impacts"] == [impact / postings.most(width) for impact in impacts]
