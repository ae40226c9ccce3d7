"""How high what a reader looks for stands among the results: MRR@10 with its interval, by language and type of query.

In: the queries of this folder, and for each the ids that an engine found. Out: reciprocal ranks, means, intervals.
Used by the tests and by ``make bench-relevance``; knows no engine.
"""

import csv
import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

HERE = Path(__file__).parent
LANGUAGES = ("en", "es", "fr", "ar")
DEPTH = 10
"""How many results are looked at."""

EACH = 50
"""How many queries there are of each type in each language."""

Queries = Sequence[tuple[str, str, frozenset[str]]]
"""Type, words, and the ids of the records that should be found."""


def read(lang: str) -> Queries:
    """The queries of a language."""
    with (HERE / f"{lang}.tsv").open(encoding="utf-8", newline="") as rows:
        return [(kind, query, frozenset(ids.split())) for kind, query, ids in csv.reader(
            rows, delimiter="\t", quoting=csv.QUOTE_NONE)]


def ranks(queries: Queries, found: Sequence[Sequence[str]]) -> Mapping[str, list[float]]:
    """The reciprocal rank of each query, 0 where nothing right is among the first ten, by type."""
    rows: dict[str, list[float]] = defaultdict(list)
    for (kind, _, wanted), ids in zip(queries, found, strict=True):
        at = next((rank for rank, name in enumerate(ids[:DEPTH], 1) if name in wanted), None)
        rows[kind].append(1 / at if at else 0.0)
    return rows


def mean(values: Sequence[float]) -> float:
    """The mean of at least one value."""
    return sum(values) / len(values)


def interval(values: Sequence[float], times: int = 1000) -> tuple[float, float]:
    """The 95 % bootstrap interval of the mean (percentiles of resampled means, with a fixed seed)."""
    chance = random.Random(1)
    means = sorted(mean(chance.choices(values, k=len(values))) for _ in range(times))
    return means[int(0.025 * times)], means[int(0.975 * times)]
