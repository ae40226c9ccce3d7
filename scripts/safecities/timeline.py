"""What the timeline of case studies shows: when each began and ended, on one scale, and how many began in each year.

In: the catalogue. Out: plain values for a template; places on the scale are percentages of its width from its
beginning, whichever side that is in the reader's language.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from safecities.catalogue import Catalogue, Entry
from safecities.values import Years

_MARKS = 9
"""How many years are named along the scale at most."""


@dataclass(frozen=True)
class Bar:
    """A case study on the scale: where its bar begins and how long it is, and on which sides its time is open."""

    entry: Entry
    at: float
    length: float
    open_start: bool
    open_end: bool


@dataclass(frozen=True)
class Mark:
    """A year on the scale."""

    year: int
    at: float


@dataclass(frozen=True)
class Column:
    """A year of the overview: how many case studies began in it, and how high that is in percent of the highest."""

    year: int
    number: int
    at: float
    width: float
    height: float


@dataclass(frozen=True)
class Timeline:
    """The whole timeline; ``undated`` are the case studies of which no year is known."""

    bars: tuple[Bar, ...]
    marks: tuple[Mark, ...]
    columns: tuple[Column, ...]
    undated: tuple[Entry, ...]


def timeline(catalogue: Catalogue) -> Timeline:
    """The timeline of all case studies: those that began first stand first."""
    entries = catalogue.of_kind("case-study")
    undated = tuple(entry for entry in entries if entry.years is None)
    dated = sorted(((entry, entry.years) for entry in entries if entry.years is not None), key=_order)
    if not dated:
        return Timeline((), (), (), undated)
    scale = _Scale([span for _, span in dated], max(entry.fields.added.year for entry in entries))
    begun = Counter(span.start for _, span in dated if span.start is not None)
    most = max(begun.values(), default=1)
    columns = tuple(Column(year, begun[year], scale.at(year), scale.at(year + 1) - scale.at(year),
                           100 * begun[year] / most) for year in sorted(begun))
    return Timeline(tuple(scale.bar(entry, span) for entry, span in dated), scale.marks(), columns, undated)


def _order(row: tuple[Entry, Years]) -> tuple[int, int, str]:
    entry, span = row
    start = span.start or span.end or 0
    return start, span.end or 9999, entry.id


class _Scale:
    """The years from the first to the end of the last one; what still goes on does so until records were last added."""

    def __init__(self, spans: Sequence[Years], now: int) -> None:
        years = [year for span in spans for year in span if year is not None]
        self._first = min(years)
        self._after = max(*years, now) + 1

    def at(self, year: int) -> float:
        """Where a year begins."""
        return round(100 * (year - self._first) / (self._after - self._first), 2)

    def bar(self, entry: Entry, span: Years) -> Bar:
        start = self.at(span.start) if span.start is not None else 0.0
        end = self.at(span.end + 1) if span.end is not None else 100.0
        return Bar(entry, start, round(end - start, 2), span.start is None, span.end is None)

    def marks(self) -> tuple[Mark, ...]:
        """Round years, as many as have room."""
        step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 10000)
                    if (self._after - self._first) / step <= _MARKS)
        first = -(-self._first // step) * step
        return tuple(Mark(year, self.at(year)) for year in range(first, self._after, step))
