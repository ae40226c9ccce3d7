"""Rice's code is what its definition says, and is read as it was written."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from safecities.search import rice

NUMBER = st.integers(0, 2_000) | st.integers(0, 3)
ROWS = st.lists(st.lists(NUMBER, min_size=1, max_size=30), min_size=1, max_size=6)


def encoded(groups: list[list[tuple[int, ...]]]) -> list[str]:
    """Groups of rows, as the encoder wants them: one long array."""
    rows = np.array([row for group in groups for row in group], dtype=np.int64)
    return rice.encode(rows, np.cumsum([0, *map(len, groups[:-1])]))


def written(numbers: list[int], low: int) -> str:
    """The bits of numbers with so many low ones, as one would write them down."""
    return "".join("0" * (number >> low) + f"{1 << low | number & (1 << low) - 1:b}" for number in numbers)


def text(bits: str) -> str:
    return "".join(rice.ALPHABET[int(bits[at : at + 6].ljust(6, "0"), 2)] for at in range(0, len(bits), 6))


@given(ROWS)
def test_a_column_is_written_as_the_format_says(groups: list[list[int]]) -> None:
    expected = []
    for group in groups:
        low = min(range(12), key=lambda low: len(written(group, low)))
        expected.append(rice.ALPHABET[low] + text(written(group, low)))
    assert encoded([[(number,) for number in group] for group in groups]) == expected


@given(ROWS)
def test_columns_share_the_first_character(groups: list[list[int]]) -> None:
    paired = [[(number, number // 7) for number in group] for group in groups]
    for group, found in zip(paired, encoded(paired), strict=True):
        lows = [min(range(8), key=lambda low: len(written([row[at] for row in group], low))) for at in (0, 1)]
        bits = "".join(written([number], low) for row in group for number, low in zip(row, lows, strict=True))
        assert found == rice.ALPHABET[8 * lows[0] + lows[1]] + text(bits)


@given(ROWS, st.sampled_from([1, 2, 3]))
def test_rows_are_read_as_they_were_written(groups: list[list[int]], columns: int) -> None:
    rows = [[tuple(number + at for at in range(columns)) for number in group] for group in groups]
    assert [rice.decode(found, columns) for found in encoded(rows)] == rows
