"""What readers look for stands as high among the results as it did, in each language (relevance/README.md)."""

import csv
import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest
from javascript import hits

from safecities import catalogue, index, search
from safecities.content import read_content
from safecities.site import load_site

sys.path.append(str(Path(__file__).parent / "relevance"))
from mrr import DEPTH, EACH, LANGUAGES, Queries, interval, mean, ranks, read

SET = Path(__file__).parent / "relevance"
PROJECT = Path(__file__).parents[2]
ALLOWED = 0.03


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


def frozen() -> dict[tuple[str, str, str], float]:
    with (SET / "frozen.tsv").open(encoding="utf-8", newline="") as rows:
        return {(engine, lang, kind): float(value) for engine, lang, kind, value in csv.reader(rows, delimiter="\t")}


def check(engine: str, lang: str, rows: Mapping[str, list[float]], rewrite: bool) -> None:
    for kind, values in rows.items():
        low, high = interval(values)
        print(f"{engine:8} {lang} {kind:12} MRR@{DEPTH} {mean(values):.3f}  [{low:.3f}, {high:.3f}]  n={len(values)}")
    reached = {(engine, lang, kind): round(mean(values), 3) for kind, values in rows.items()}
    if rewrite:
        held = frozen() if (SET / "frozen.tsv").is_file() else {}
        kept = {key: value for key, value in held.items() if key[:2] != (engine, lang)}
        best = {key: max(value, held.get(key, 0.0)) for key, value in reached.items()}  # never downward
        lines = ["\t".join([*key, f"{value:.3f}\n"]) for key, value in sorted({**kept, **best}.items())]
        (SET / "frozen.tsv").write_text("".join(lines), encoding="utf-8")
    before = {key: value for key, value in frozen().items() if key[:2] == (engine, lang)}
    assert before.keys() == reached.keys()
    fallen = {key: (value, reached[key]) for key, value in before.items() if reached[key] < value - ALLOWED}
    assert fallen == {}, "MRR@10 has fallen: frozen, now"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_set_asks_for_records_that_there_are(made: catalogue.Catalogue, lang: str) -> None:
    queries = read(lang)
    assert set().union(*(ids for _, _, ids in queries)) <= made.entries.keys(), "see relevance/README.md"
    counts = Counter(kind for kind, _, _ in queries)
    assert len(counts) == (9 if lang == "ar" else 8)
    assert set(counts.values()) == {EACH}


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
