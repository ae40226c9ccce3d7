"""The search's benchmark: ours beside Pagefind and Material's lunr, over the same made-up records, in a real browser.

In: numbers of records, languages. Out: one table on standard output, progress on standard error. Run by the project's
own Python, which has Playwright once `make test` has been run; ``make bench-search`` does. What is compared: README.md.
"""

import argparse
import gzip
import importlib
import json
import os
import platform
import sys
import types
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from driving import SLOWER, Engine, Reader, material, ours, pagefind
from measure import FailedError
from playwright.sync_api import sync_playwright
from run import PROJECT, Bench, say, version
from scenario import queries, slipped
from search_report import Measured, Result, table
from shaping import Line, serving

DEFAULT = "en"
ARGUMENTS = ("--disable-background-networking", "--disable-component-update", "--no-first-run",
             "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1")


@dataclass(frozen=True)
class Corpus:
    """The records of one size, as tools alone: so that one list holds them all."""

    bench: Bench
    records: int

    @property
    def root(self) -> Path:
        """The root of its project."""
        return self.bench.work / f"search-{self.records}" / "ours"

    @property
    def site(self) -> Path:
        """Its built site."""
        return self.root / "site"

    def language(self, lang: str) -> Path:
        """Where the other engines' files of a language go."""
        return self.bench.work / f"search-{self.records}" / lang

    def make(self) -> None:
        """Write the records and build the whole site."""
        bench = self.bench
        bench.command("corpus", PROJECT, "env", f"PYTHONPATH={PROJECT / 'scripts'}", "PYTHONDONTWRITEBYTECODE=1",
                      bench.tools / "bin" / "python", Path(__file__).with_name("corpus.py"), "--project", PROJECT,
                      "--ours", self.root, "--records", str(self.records), "--tools-only").measure()
        bench.command("safecities", self.root, sys.executable, "-m", "safecities.cli", "build", "--root", self.root,
                      "--site-dir", self.site).measure()

    def index(self, lang: str, result: Result) -> None:
        """Make all engines' indexes of a language, and take their size and cost."""
        folder = self.language(lang)
        self.bench.command("indexing", PROJECT, sys.executable, Path(__file__).with_name("indexing.py"),
                           "--root", self.root, "--lang", lang, "--into", folder).measure()
        cost = json.loads((folder / "cost.json").read_text(encoding="utf-8"))
        records = folder / "records"
        packing = self.bench.command("pagefind", records, self.bench.pagefind, "--site", ".").measure()
        held = {"safecities": (cost["ours"], _files(self.site / "search" / lang)),
                "Pagefind": (packing.cpu, _files(records / "pagefind")),
                "Material": (cost["material"], [folder / "material" / "site" / "search" / "search_index.json"])}
        for name, (cpu, files) in held.items():
            measured = result.engines[name]
            found = list(files)
            measured.cpu, measured.files, measured.index = cpu, len(found), sum(map(_packed, found))

    def queries(self, lang: str, number: int) -> list[str]:
        """Queries drawn from the records of a language."""
        rows = json.loads((self.language(lang) / "documents.json").read_text(encoding="utf-8"))
        held = [types.SimpleNamespace(title=title, body=body) for title, body in rows]
        return queries(held, number, f"{lang}-1")

    def engines(self, lang: str) -> list[Engine]:
        """The three engines of a language."""
        prefix = "" if lang == DEFAULT else f"{lang}/"
        folder = self.language(lang)
        return [ours(self.site, prefix), pagefind(folder / "records"), material(folder / "material" / "site")]


def finder() -> types.ModuleType:
    """The module that finds the browsers of the tests."""
    sys.path.append(str(PROJECT / "tests" / "browser"))
    return importlib.import_module("find_browsers")


def _files(folder: Path) -> Iterable[Path]:
    """The files of an index; of Pagefind's without the interfaces that come with it."""
    return (path for path in folder.rglob("*") if path.is_file() and "-ui." not in path.name
            and "component" not in path.name and "highlight" not in path.name and "playground" not in path.parts)


def _packed(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), 6, mtime=0))


def driven(reader: Reader, engine: Engine, measured: Measured, asked: Sequence[str], heavy: bool) -> None:
    """Everything that is measured of one engine with a browser; of a heavy one only the first query comes over the
    slow line, for its index is the same for all."""
    with serving(engine.folder) as server:
        for query in asked[:1] if heavy else asked:
            measured.cold.append(reader.first(engine, server, query))
        if not heavy:
            measured.slipped = [reader.first(engine, server, slipped(query)) for query in asked[:3]]
        server.reset(Line())
        measured.keys = list(reader.keys(engine, server.address, asked[:3] if heavy else asked))
    local = engine.folder.as_uri() + "/"
    impatient = Reader(reader.browser, 10)
    once = [impatient.opened(engine, local, asked[0])]
    measured.local = once + [reader.opened(engine, local, query) for query in asked[1:] if once[0] is not None]


def listed(reader: Reader, corpus: Corpus, lang: str, measured: Measured) -> None:
    """The list of all tools."""
    page = corpus.site / ("" if lang == DEFAULT else lang) / "tools" / "index.html"
    with serving(corpus.site) as server:
        measured.listed = reader.listed(server.address + page.relative_to(corpus.site).as_posix(), _packed(page))


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 10_000], help="numbers of records")
    parser.add_argument("--languages", nargs="+", default=["en", "es", "fr", "ar"])
    parser.add_argument("--queries", type=int, default=20, help="how many queries a language")
    parser.add_argument("--engines", nargs="+", default=["safecities", "Pagefind", "Material"],
                        help="whom to drive; the indexes of all are made")
    parser.add_argument("--keep", action="store_true", help="use the corpora and indexes of the last run")
    parser.add_argument("--timeout", type=float, default=1800, help="seconds that a command may take")
    parser.add_argument("--tools", type=Path, default=PROJECT / ".cache" / "bench-venv",
                        help="the environment with Pagefind and wordfreq")
    parser.add_argument("--work", type=Path, default=PROJECT / ".cache" / "bench", help="where corpora and logs go")
    options = parser.parse_args()
    bench = Bench(options.work.resolve(), options.tools.absolute(), options.timeout)
    path = finder().chromium()
    if path is None:
        sys.exit("There is no Chromium; `make test` or tests/browser/find_browsers.py brings it.")
    results: list[Result] = []
    with sync_playwright() as playwright:
        root = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=path, args=[*ARGUMENTS, *root])
        print(f"Pagefind {version(bench.pagefind, '--version')} · Chromium {browser.version} · Python "
              f"{platform.python_version()} · {len(os.sched_getaffinity(0))} cores · load before "
              f"{os.getloadavg()[0]:.1f}\nSlow line: 400 kbit/s, 400 ms before each answer. Processor ÷ {SLOWER}. "
              f"{options.queries} queries a language.\n", flush=True)
        for size in sorted(set(options.sizes)):
            corpus = Corpus(bench, size)
            try:
                if not (options.keep and corpus.site.is_dir()):
                    say(f"{size:,} records: corpus and site")
                    corpus.make()
            except FailedError as error:
                sys.exit(f"{size:,} records: {error}")
            for lang in options.languages:
                result = Result(size, lang)
                results.append(result)
                measure(corpus, lang, result, browser, options)
        browser.close()
    print(table(results))
    print("\n* of the page's main thread alone (scripts, styles, layout), by its own clock")
    for result in results:
        for note in result.notes:
            print(f"\n{result.records:,} {result.lang}: {note}")


def measure(corpus: Corpus, lang: str, result: Result, browser: object, options: argparse.Namespace) -> None:
    """One language of one corpus."""
    try:
        say(f"{corpus.records:,} records, {lang}: indexes")
        corpus.index(lang, result)
    except FailedError as error:
        result.notes.append(str(error))
        return
    asked = corpus.queries(lang, options.queries)
    for engine in corpus.engines(lang):
        if engine.name not in options.engines:
            continue
        say(f"{corpus.records:,} records, {lang}: {engine.name}")
        heavy = engine.name == "Material"
        driven(Reader(browser, 600 if heavy else 60), engine, result.engines[engine.name], asked, heavy)
    say(f"{corpus.records:,} records, {lang}: the list")
    listed(Reader(browser, 120), corpus, lang, result.engines["safecities"])


if __name__ == "__main__":
    main()
