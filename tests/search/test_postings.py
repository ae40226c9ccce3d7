"""Postings survive being written and read, in Python and in the browser."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from javascript import run

from safecities.search import postings
from safecities.search.postings import Postings

NUMBERS = st.lists(st.integers(0, 2**36), unique=True).map(sorted)
POSTINGS = st.dictionaries(st.integers(0, 50_000), st.floats(0.01, 200), min_size=1).map(
    lambda found: sorted(found.items()))


def encoded(groups: list[list[tuple[int, float]]]) -> list[Postings]:
    """The postings of groups, as the encoder wants them: three long arrays."""
    rows = [(group, number) for group, found in enumerate(groups) for number, _ in found]
    columns = np.array(rows, dtype=np.int64).reshape(-1, 2).T
    return postings.encode(*columns, np.array([weight for found in groups for _, weight in found]))


def told(weight: float, held: int) -> float:
    """The nearest weight that is told apart where so many documents hold a group."""
    fineness = min(16, max(0.5, 2 ** math.floor(math.log2(1_000 / held))))
    return float(2 ** (max(round(math.log2(weight) * fineness), -math.floor(fineness)) / fineness))


@given(NUMBERS)
def test_numbers_are_read_as_they_were_written(numbers: list[int]) -> None:
    assert postings.decode_numbers(postings.encode_numbers(numbers)) == numbers


@given(st.lists(POSTINGS))
def test_postings_are_read_as_they_were_written(groups: list[list[tuple[int, float]]]) -> None:
    expected = [[(number, told(weight, len(found))) for number, weight in found] for found in groups]
    assert [postings.decode(found) for found in encoded(groups)] == expected


@pytest.mark.parametrize("numbers", [[1, 1], [2, 1], [-1]])
def test_numbers_that_do_not_increase_are_refused(numbers: list[int]) -> None:
    with pytest.raises(ValueError, match="increase"):
        postings.encode_numbers(numbers)
    with pytest.raises(ValueError, match="increase"):
        encoded([[(0, 1)], [(number, 1) for number in numbers]])


@pytest.mark.parametrize("weight", [0, -1])
def test_a_weight_that_is_none_is_refused(weight: float) -> None:
    with pytest.raises(ValueError, match="weight"):
        encoded([[(0, weight)]])


@pytest.mark.parametrize(("held", "expected"), [
    (1, 16), (62, 16), (63, 8), (125, 8), (126, 4), (500, 2), (501, 1), (1_000, 1), (1_001, 0.5), (10**6, 0.5)])
def test_the_rarer_a_group_the_more_finely_its_weights_are_told(held: int, expected: float) -> None:
    assert postings.fineness(np.array([held])).tolist() == [expected]


def test_weights_of_1_are_left_out() -> None:
    # None is left out before the other one, 31 steps above the lowest, with four low bits: 1, 011111.
    assert [found.weights for found in encoded([[(0, 1), (7, 1)], [(0, 2)], [(3, 1)]])] == ["", "Evg", ""]


@pytest.mark.parametrize("held", [10, 400, 2_500])
def test_the_browser_reads_what_was_written(held: int) -> None:
    numbers = [number * number * 3 for number in range(held)]
    rows = list(zip(numbers, np.geomspace(0.3, 90, held).round(3).tolist(), strict=True))
    (written,) = encoded([rows])
    plain, weights = run(
        ["postings"], """([text, weights, held]) =>
          [safecities.numbers(text), Array.from(safecities.weights(weights, held))]""", [*written, held])
    assert plain == numbers
    assert weights == pytest.approx([weight for _, weight in postings.decode(written)])
