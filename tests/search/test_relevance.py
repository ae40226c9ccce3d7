"""What readers look for stands as high among the results as it did, in each language (relevance/README.md)."""

import csv
import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from javascript import hits

from safecities import catalogue, index, search
from safecities.content import read_content
from safecities.site import load_site

PROJECT = Path(__file__).parents[2]
SET = Path(__file__).parent / "relevance"
LANGUAGES = ("en", "es", "fr", "ar")
ALLOWED = 0.03
DEPTH = 10

Queries = Sequence[tuple[str, str, frozenset[str]]]


def read(lang: str) -> Queries:
    with (SET / f"{lang}.tsv").open(encoding="utf-8", newline="") as rows:
        return [(kind, query, frozenset(ids.split())) for kind, query, ids in csv.reader(
            rows, delimiter="\t", quoting=csv.QUOTE_NONE)]


@pytest.fixture(scope="module")
def made() -> catalogue.Catalogue:
    return catalogue.build(read_content(load_site(PROJECT))[0])


@pytest.fixture(scope="module")
def folder(made: catalogue.Catalogue, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("cache") / "index"
    index.build(made, path)
    return path


def by_browser(made: catalogue.Catalogue, lang: str, queries: Queries) -> list[list[str]]:
    files = (text for _, text in search.language_files(made, lang))
    return hits(files, [(query, {"lang": lang, "limit": DEPTH}) for _, query, _ in queries])


def ranks(queries: Queries, found: Sequence[Sequence[str]]) -> Mapping[str, list[float]]:
    """The reciprocal rank of each query, 0 where nothing right is among the first ten, by type."""
    rows: dict[str, list[float]] = defaultdict(list)
    for (kind, _, wanted), ids in zip(queries, found, strict=True):
        at = next((rank for rank, name in enumerate(ids[:DEPTH], 1) if name in wanted), None)
        rows[kind].append(1 / at if at else 0.0)
    return rows


def mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def interval(values: Sequence[float], times: int = 1000) -> tuple[float, float]:
    """The 95 % bootstrap interval of the mean."""
    chance = random.Random(1)
    means = sorted(mean(chance.choices(values, k=len(values))) for _ in range(times))
    return means[int(0.025 * times)], means[int(0.975 * times)]


def frozen() -> dict[tuple[str, str, str], float]:
    with (SET / "frozen.tsv").open(encoding="utf-8", newline="") as rows:
        return {(engine, lang, kind): float(value) for engine, lang, kind, value in csv.reader(rows, delimiter="\t")}


def check(engine: str, lang: str, rows: Mapping[str, list[float]], rewrite: bool) -> None:
    for kind, values in rows.items():
        low, high = interval(values)
        print(f"{engine:8} {lang} {kind:12} MRR@{DEPTH} {mean(values):.3f}  [{low:.3f}, {high:.3f}]  n={len(values)}")
    reached = {(engine, lang, kind): round(mean(values), 3) for kind, values in rows.items()}
    if rewrite:
        kept = {key: value for key, value in (frozen() if (SET / "frozen.tsv").is_file() else {}).items()
                if key[:2] != (engine, lang)}
        lines = ["\t".join([*key, f"{value:.3f}\n"]) for key, value in sorted({**kept, **reached}.items())]
        (SET / "frozen.tsv").write_text("".join(lines), encoding="utf-8")
    before = {key: value for key, value in frozen().items() if key[:2] == (engine, lang)}
    assert before.keys() == reached.keys()
    fallen = {key: (value, reached[key]) for key, value in before.items() if reached[key] < value - ALLOWED}
    assert fallen == {}, "MRR@10 has fallen: frozen, now"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_set_asks_for_records_that_there_are(made: catalogue.Catalogue, lang: str) -> None:
    queries = read(lang)
    assert set().union(*(ids for _, _, ids in queries)) <= made.entries.keys(), "see relevance/README.md"
    assert len(queries) >= 50 * 5


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_browser_finds_as_well_as_it_did(
        made: catalogue.Catalogue, lang: str, request: pytest.FixtureRequest) -> None:
    queries = read(lang)
    check("browser", lang, ranks(queries, by_browser(made, lang, queries)),
          request.config.getoption("--rewrite-golden"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_terminal_finds_as_well_as_it_did(folder: Path, lang: str, request: pytest.FixtureRequest) -> None:
    queries = read(lang)
    found = [[hit.id for hit in index.search(folder, query, lang, limit=DEPTH)] for _, query, _ in queries]
    check("terminal", lang, ranks(queries, found), request.config.getoption("--rewrite-golden"))


def test_a_fall_is_noticed() -> None:
    lang = "en"
    rows = {key[2]: [value - 2 * ALLOWED] for key, value in frozen().items() if key[:2] == ("browser", lang)}
    with pytest.raises(AssertionError, match="has fallen"):
        check("browser", lang, rows, rewrite=False)
