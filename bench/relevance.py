"""Relevance beside Whoosh and Pagefind: the queries of ``tests/search/relevance`` on the project's own site.

In: the project. Out: one table on standard output, progress on standard error. ``make bench-relevance`` runs it with
the environment of the tests (Node.js or Chromium, Playwright) and with Pagefind from the benchmark's own. How, and what
came of it: ``tests/search/relevance/README.md``.
"""

import argparse
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
TESTS = PROJECT / "tests"
sys.path += map(str, (TESTS, TESTS / "search", TESTS / "search" / "relevance", TESTS / "browser"))
import javascript  # noqa: E402
import mrr  # noqa: E402
from find_browsers import chromium  # noqa: E402

import built  # noqa: E402 - of the tests
from safecities import catalogue, index, search  # noqa: E402
from safecities.content import read_content  # noqa: E402
from safecities.site import load_site  # noqa: E402

ENGINES = ("ours", "Whoosh", "Pagefind")

PAGES = "**/{tools,casestudies,guidance}/**/*.html"
"""What Pagefind indexes: records and guidance, as our indexes do."""

FRAME = "nav, form, [data-related], [data-fallback], [data-translation]"
"""What stands in articles and is said of others, or of all."""

LISTS = frozenset({"index", "map", "timeline"})
"""Pages among the records that are none."""

Found = Sequence[Sequence[str]]


def pagefind(program: Path, site: Path, asked: Mapping[str, Sequence[str]]) -> Mapping[str, Found]:
    """The ids that Pagefind finds for the queries of each language, over HTTP in Chromium as on a site."""
    from playwright.sync_api import sync_playwright

    subprocess.run([program, "--site", site, "--glob", PAGES, "--root-selector", "article",  # noqa: S603 - our own
                    "--exclude-selectors", FRAME], check=True, stdout=sys.stderr)
    for lang in asked:
        # A page of its own, for the site's allow no script but their own; Pagefind takes the page's language.
        (site / f"ask-{lang}.html").write_text(f'<!doctype html><html lang="{lang}"><title>Ask</title></html>')
    found: dict[str, Found] = {}
    with built.serve(site) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        for lang, queries in asked.items():
            page = browser.new_page()
            page.goto(f"{address}ask-{lang}.html")
            urls: list[list[str]] = page.evaluate(
                (Path(__file__).parent / "pages" / "pagefind-ask.js").read_text(encoding="utf-8"),
                [list(queries), mrr.DEPTH + len(LISTS)])
            found[lang] = [[held for held in map(name, row) if held not in LISTS] for row in urls]
            page.close()
        browser.close()
    return found


def name(url: str) -> str:
    """The id of the record or guidance page at an address."""
    path = url.partition("#")[0].removesuffix(".html")
    _, guidance, page = path.partition("/guidance/")
    return f"guidance/{page}" if guidance else path.rpartition("/")[2]


def table(rows: Mapping[tuple[str, str], Mapping[str, Sequence[float]]]) -> str:
    """The table in Markdown: ``rows`` are reciprocal ranks by language and type, then by engine."""
    lines = [f"| language | queries | n | {' | '.join(ENGINES)} |", "| --- | --- | ---: |" + " --- |" * len(ENGINES)]
    for (lang, kind), engines in rows.items():
        means = {engine: f"{mrr.mean(engines[engine]):.3f}" for engine in ENGINES}
        cells = []
        for engine, shown in means.items():
            low, high = mrr.interval(engines[engine])
            cells.append(f"{f'**{shown}**' if shown == max(means.values()) else shown} [{low:.2f}, {high:.2f}]")
        lines.append(f"| {lang} | {kind} | {len(engines[ENGINES[0]])} | {' | '.join(cells)} |")
    return "\n".join(lines)


def say(text: str) -> None:
    """Progress."""
    print(text, file=sys.stderr, flush=True)


def main() -> None:
    """Ask all engines and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--tools", type=Path, default=PROJECT / ".cache" / "bench-venv", help="where Pagefind is")
    parser.add_argument("--work", type=Path, default=PROJECT / ".cache" / "bench-relevance", help="for site and index")
    options = parser.parse_args()
    programs = sorted(options.tools.glob("lib/python*/site-packages/pagefind_bin/pagefind"))
    if not programs:
        parser.error(f"no Pagefind in {options.tools}; `make bench-relevance` makes this environment")
    queries = {lang: mrr.read(lang) for lang in mrr.LANGUAGES}
    asked = {lang: [query for _, query, _ in rows] for lang, rows in queries.items()}
    made = catalogue.build(read_content(load_site(PROJECT))[0])
    found: dict[str, dict[str, Found]] = {engine: {} for engine in ENGINES}
    say("Whoosh")
    options.work.mkdir(parents=True, exist_ok=True)
    index.build(made, options.work / "index")
    for lang, words in asked.items():
        found["Whoosh"][lang] = [[hit.id for hit in index.search(options.work / "index", query, lang, limit=mrr.DEPTH)]
                                 for query in words]
    say("ours")
    for lang, words in asked.items():
        files = [text for _, text in search.language_files(made, lang)]
        found["ours"][lang] = javascript.hits(files, [(query, {"lang": lang, "limit": mrr.DEPTH}) for query in words])
    say("the site, for Pagefind")
    site = options.work / "site"
    subprocess.run([sys.executable, "-m", "safecities.cli", "build", "--root", PROJECT, "--site-dir", site],  # noqa: S603
                   check=True, stdout=sys.stderr)
    say("Pagefind")
    found["Pagefind"] = dict(pagefind(programs[0], site, asked))
    rows: dict[tuple[str, str], dict[str, Sequence[float]]] = {}
    for lang in mrr.LANGUAGES:
        by_engine = {engine: mrr.ranks(queries[lang], found[engine][lang]) for engine in ENGINES}
        for kind in by_engine["ours"]:
            rows[lang, kind] = {engine: by_engine[engine][kind] for engine in ENGINES}
    print(f"MRR@{mrr.DEPTH} with 95 % bootstrap intervals; the best mean of a row in bold.\n\n{table(rows)}")


if __name__ == "__main__":
    main()
