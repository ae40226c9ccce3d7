"""What was measured of the search engines, as one table with SEARCH.md's goals beside it.

In: results per number of records and language. Out: Markdown. Of several queries the median and the worst.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from statistics import median

from driving import First, Listed

ENGINES = ("safecities", "Pagefind", "Material")
NONE = "–"


@dataclass
class Measured:
    """What was measured of one engine; empty is what wasn't or cannot be."""

    cold: list[First | None] = field(default_factory=list)
    slipped: list[First | None] = field(default_factory=list)
    local: list[tuple[float, float] | None] = field(default_factory=list)
    keys: list[tuple[float, float]] = field(default_factory=list)
    index: int = 0
    files: int = 0
    cpu: float | None = None
    listed: Listed | None = None


@dataclass
class Result:
    """All engines with one number of records in one language."""

    records: int
    lang: str
    engines: dict[str, Measured] = field(default_factory=lambda: {name: Measured() for name in ENGINES})
    notes: list[str] = field(default_factory=list)


Goals = dict[int, float]
"""Number of records -> the greatest value wished for."""

Row = tuple[str, ...]
HEAD: Row = ("records", "lang", "measured: median (worst)", *ENGINES, "ours ÷ Pagefind", "÷ Material", "goal", "")


def _number(value: float | None) -> str:
    if value is None:
        return NONE
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def spread(values: Sequence[float | None]) -> str:
    """The median and the worst; how often there was none."""
    held = [value for value in values if value is not None]
    if not held:
        return "none" if values else NONE
    worst = f" ({_number(max(held))})" if len(held) > 1 else ""
    return _number(median(held)) + worst + (f", none {len(values) - len(held)}×" if len(held) < len(values) else "")


def middle(values: Sequence[float | None]) -> float | None:
    """The median of those that there are."""
    held = [value for value in values if value is not None]
    return median(held) if held else None


def verdict(value: float | None, goal: float | None) -> str:
    """Whether a goal is met."""
    if goal is None:
        return ""
    return "not measured" if value is None else "met" if value <= goal else "not met"


Take = Callable[[Measured], Sequence[float | None]]


def rows(result: Result) -> list[Row]:
    """The rows of one result."""
    found: list[Row] = []

    def add(name: str, take: Take, goals: Goals | None = None, unit: str = "", *, worst: bool = False) -> None:
        values = [take(result.engines[engine]) for engine in ENGINES]
        middles = [middle(one) for one in values]
        shares = [_number(middles[0] / other) if middles[0] is not None and other else NONE for other in middles[1:]]
        goal = (goals or {}).get(result.records)
        held = max((value for value in values[0] if value is not None), default=None) if worst else middles[0]
        said = f"≤ {goal:g}{unit and ' ' + unit}{' at worst' if worst else ''}" if goal is not None else ""
        found.append((name, *map(spread, values), *shares, said, verdict(held, goal)))

    add("client and index to the first result, KB", lambda one: _of(one.cold, "client"), {1000: 50, 10_000: 80}, "KB")
    add("the same with page and styles, KB", lambda one: _of(one.cold, "bytes"))
    add("requests to the first result", lambda one: _of(one.cold, "requests"))
    add("first result on a slow line, s", lambda one: _of(one.cold, "seconds"), {1000: 4, 10_000: 5}, "s")
    add("a word with a slip: client and index, KB", lambda one: _of(one.slipped, "client"))
    add("a word with a slip: first result, slow line, s", lambda one: _of(one.slipped, "seconds"))
    add("first result from file://, s", lambda one: [row and row[0] for row in one.local], {1000: 0.7, 10_000: 1}, "s")
    add("of that, the main thread's own time, s", lambda one: [row and row[1] for row in one.local])
    add("a further key, ms *", lambda one: [own for own, _ in one.keys], {1000: 16, 10_000: 20}, "ms")
    add("the same", lambda one: [own for own, _ in one.keys], {10_000: 100}, "ms", worst=True)
    add("from key to results on the wall, with the engine's wait, ms", lambda one: [wall for _, wall in one.keys])
    add("a click on a filter with DOM and layout, ms *", lambda one: one.listed.clicks if one.listed else [],
        {1000: 16, 10_000: 25}, "ms")
    add("the same with all that follows, ms *", lambda one: one.listed.settled if one.listed else [])
    add("until the filters work, s", lambda one: [one.listed.ready] if one.listed else [])
    add("a screen scrolled in the list, ms *", lambda one: [one.listed.screens] if one.listed else [])
    add("longest frame meanwhile on the wall, ms", lambda one: [one.listed.longest] if one.listed else [])
    add("elements of the list's page", lambda one: [one.listed.nodes] if one.listed else [])
    add("the list's page, gzipped, KB", lambda one: [one.listed.packed / 1000] if one.listed else [])
    add("index, gzipped, MB", lambda one: [one.index / 1e6] if one.index else [], {1000: 0.6, 10_000: 4}, "MB")
    add("files of the index", lambda one: [one.files] if one.files else [], {10_000: 800})
    add("CPU of making the index, s", lambda one: [one.cpu] if one.cpu is not None else [])
    return found


def _of(firsts: Sequence[First | None], name: str) -> list[float | None]:
    scale = 1000 if name in ("client", "bytes") else 1
    return [None if first is None else getattr(first, name) / scale for first in firsts]


def table(results: Sequence[Result]) -> str:
    """All results as one Markdown table."""
    lines: list[Row] = [HEAD]
    for result in results:
        for at, row in enumerate(rows(result)):
            lines.append(((f"{result.records:,}", result.lang) if not at else ("", "")) + row)
    widths = [max(len(line[at]) for line in lines) for at in range(len(HEAD))]
    rule: Row = tuple("-" * width for width in widths)
    return "\n".join("| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |"
                     for line in (HEAD, rule, *lines[1:]))
