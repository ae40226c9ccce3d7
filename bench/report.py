"""What was measured, as one table with the goals beside it.

In: results per number of records. Out: Markdown. A ratio is the median of the ratios of each round, whose runs stand
close together in time: on a machine that others use too, they hold where seconds don't.
"""

import itertools
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median

from measure import Cost, Extent

GOAL_SIZE = 4000
"""The number of records that the goals are for."""

MEMORY_GOALS = {4000: 500, 10_000: 1500}
"""Number of records -> megabytes."""


@dataclass
class Result:
    """What was measured with a number of records; empty is what wasn't."""

    records: int
    whole: list[Cost] = field(default_factory=list)
    pages: list[Cost] = field(default_factory=list)
    hugo: list[Cost] = field(default_factory=list)
    with_search: list[Cost] = field(default_factory=list)
    edited: list[Cost] = field(default_factory=list)
    differing: list[str] | None = None
    fresh: list[float] = field(default_factory=list)
    extents: dict[str, Extent] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Goal:
    """The greatest value wished for, and the one aimed at if that is another."""

    most: float
    aim: float | None = None
    unit: str = ""

    def __str__(self) -> str:
        aim = f", aim {self.aim:g}" if self.aim else ""
        return f"≤ {self.most:g}{self.unit and ' ' + self.unit}{aim}"


Row = tuple[str, ...]
HEAD: Row = ("records × 4", "measured", "safecities", "Hugo", "Hugo + Pagefind", "ratio", "goal", "")
NONE = "–"


def cpu(cost: Cost) -> float:
    """Seconds of processors."""
    return cost.cpu


def wall(cost: Cost) -> float:
    """Seconds of the clock."""
    return cost.wall


def megabytes(cost: Cost) -> float:
    """Peak memory."""
    return cost.memory / 1e6


def ratio(ours: Sequence[Cost], theirs: Sequence[Cost], value: Callable[[Cost], float]) -> float | None:
    """The median over the rounds of ours ÷ theirs."""
    found = [value(one) / value(other) for one, other in zip(ours, theirs, strict=False) if value(other)]
    return median(found) if found else None


def middle(costs: Sequence[Cost], value: Callable[[Cost], float]) -> str:
    """The median, and the least and the greatest where there are several."""
    if not costs:
        return NONE
    values = sorted(value(cost) for cost in costs)
    return _number(median(values)) + (f" ({_number(values[0])}–{_number(values[-1])})" if len(values) > 1 else "")


def _number(value: float | None) -> str:
    if value is None:
        return NONE
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def verdict(value: float | None, goal: Goal, records: int = GOAL_SIZE) -> str:
    """Whether a goal is met; in parentheses where the goal is for another number of records."""
    if value is None:
        return "not measured"
    word = "met" if value <= goal.most else "not met"
    return word if records == GOAL_SIZE else f"({word})"


def rows(result: Result) -> Iterable[Row]:
    """The rows of one number of records."""
    def judged(name: str, cells: Sequence[str], value: float | None, goal: Goal) -> Row:
        return name, *cells, _number(value), str(goal), verdict(value, goal, result.records)

    ours, hugo, both = result.whole, result.hugo, result.with_search
    first, second, third = [middle(costs, cpu) for costs in (ours, hugo, both)]
    yield judged("CPU of the whole build, s; ÷ Hugo", (first, second, third), ratio(ours, hugo, cpu), Goal(1.0, 0.7))
    yield judged("the same; ÷ (Hugo + Pagefind)", (first, "", third), ratio(ours, both, cpu), Goal(0.35, 0.25))
    yield judged("CPU of pages alone, s; ÷ Hugo", (middle(result.pages, cpu), second, ""),
                 ratio(result.pages, hugo, cpu), Goal(0.45))
    yield ("wall, s; ÷ Hugo", *(middle(costs, wall) for costs in (ours, hugo, both)),
           _number(ratio(ours, hugo, wall)), "", "")
    used = [ratio(costs, [Cost(0, cost.cpu, 0) for cost in costs], wall) for costs in (ours, hugo, both)]
    yield judged("wall ÷ CPU", [_number(value) for value in used], used[0], Goal(0.65))
    yield _memory(result)
    yield from _extents(result)
    edited = median(cost.cpu for cost in result.edited) if result.edited else None
    yield ("CPU after one body changed, s", middle(result.edited, cpu), "", "", "", str(Goal(3, unit="s")),
           verdict(edited, Goal(3), result.records))
    share = edited / median(cost.cpu for cost in ours) if edited is not None and ours else None
    yield judged("the same ÷ the whole build", ("", "", ""), share, Goal(0.15))
    same = result.differing
    yield ("files unlike a clean build's then", NONE if same is None else f"{len(same):,}", "", "", "", "0",
           "not measured" if same is None else "not met" if same else "met")
    fresh = median(result.fresh) if result.fresh else None
    yield ("`mkdocs serve`: edit to fresh page, s", _number(fresh), "", "", "", str(Goal(4, unit="s")),
           verdict(fresh, Goal(4), result.records))


def _memory(result: Result) -> Row:
    costs = (result.whole, result.hugo, result.with_search)
    limit = MEMORY_GOALS.get(result.records)
    most = max((megabytes(cost) for cost in result.whole), default=None)
    goal = Goal(limit or MEMORY_GOALS[GOAL_SIZE], unit="MB")
    word = verdict(most, goal)
    return ("peak memory, MB; ÷ Hugo", *(middle(found, megabytes) for found in costs),
            _number(ratio(result.whole, result.hugo, megabytes)), str(goal), word if limit else f"({word})")


def _extents(result: Result) -> Iterable[Row]:
    found = [result.extents.get(name) for name in ("ours", "hugo", "with_search")]
    ours, hugo, _ = found
    if ours and hugo:
        apart = len(ours.pages ^ hugo.pages)
        said = "the same addresses" if not apart else f"{apart} addresses differ"
    else:
        said = ""
    yield "pages (HTML files)", *(f"{len(one.pages):,}" if one else NONE for one in found), said, "", ""
    yield "files", *(f"{one.files:,}" if one else NONE for one in found), "", "", ""
    size = _number(ours.size / hugo.size) if ours and hugo and hugo.size else ""
    yield "size, MB; ÷ Hugo", *(_number(one.size / 1e6) if one else NONE for one in found), size, "", ""


def growth(smaller: Result, greater: Result) -> Row:
    """How CPU grows with the number of records, as the exponent e of CPU ~ records^e."""
    def exponent(before: Sequence[Cost], after: Sequence[Cost]) -> float | None:
        if not before or not after:
            return None
        more = median(map(cpu, after)) / median(map(cpu, before))
        return math.log(more) / math.log(greater.records / smaller.records)

    found = [exponent(smaller.whole, greater.whole), exponent(smaller.hugo, greater.hugo),
             exponent(smaller.with_search, greater.with_search)]
    goal = Goal(1.05)
    return (f"{smaller.records:,} → {greater.records:,}", "CPU's growth, exponent", *map(_number, found), "", str(goal),
            verdict(found[0], goal))


def table(results: Sequence[Result]) -> str:
    """All results as one Markdown table."""
    lines: list[Row] = [HEAD]
    for result in results:
        for at, (name, *cells) in enumerate(rows(result)):
            lines.append(("" if at else f"{result.records:,}", name, *cells))
    by_size = sorted(results, key=lambda result: result.records)
    lines += [growth(one, next_one) for one, next_one in itertools.pairwise(by_size)]
    widths = [max(len(line[at]) for line in lines) for at in range(len(HEAD))]
    rule: Row = tuple("-" * width for width in widths)
    return "\n".join("| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |"
                     for line in (HEAD, rule, *lines[1:]))
