"""Chromium as a reader of a slow machine: what a search, a further key and a filter take in a page.

In: engines, queries. Out: figures. Processors are slowed through CDP (`Emulation.setCPUThrottlingRate`), lines by
:mod:`shaping`. Every opening of a page has a context of its own: no cache, nothing kept.
"""

import contextlib
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Browser, Error, Page
from shaping import Answer, Line, Server, slow

PAGES = Path(__file__).parent / "pages"
SLOWER = 4
"""By how much the processor is slowed."""

CLIENT = (".js", ".json", ".mjs", ".wasm")
"""Endings of what a page needs for searching; styles, pictures and the page itself are counted apart."""


@dataclass(frozen=True)
class Engine:
    """A search in a built site: the page that answers its address, where one types, what a result is."""

    name: str
    folder: Path
    page: str
    hit: str
    typed_in: str
    box: str
    typed_hit: str


def ours(site: Path, prefix: str) -> Engine:
    """The search of this project: the page of results, and the box in a record's header."""
    return Engine("safecities", site, f"{prefix}search.html", "main [data-search-results] a",
                  f"{prefix}tools/record-00000.html", "header [name=q]", "header [data-search-results] a")


def pagefind(folder: Path) -> Engine:
    """Pagefind's own client in the least page that it allows."""
    return Engine("Pagefind", folder, "index.html", "#results a", "index.html", "#q", "#results a")


def material(folder: Path) -> Engine:
    """Material's search, whose index lunr reads in a worker."""
    hit = ".md-search-result__item a"
    return Engine("Material", folder, "index.html", hit, "index.html", ".md-search__input", hit)


@dataclass(frozen=True)
class First:
    """From opening a page by its address to the first result: seconds; bytes so far of client and index, of all."""

    seconds: float
    client: int
    bytes: int
    requests: int


@dataclass(frozen=True)
class Listed:
    """A list with filters: milliseconds of each click; the longest task while scrolling; its weight."""

    clicks: Sequence[float]
    ready: float
    scrolling: float
    nodes: int
    packed: int


def until(page: Page, expression: str, patience: float) -> float | None:
    """Ask a page again and again until an expression has a value; None if it takes too long.

    Playwright's own waiting evaluates text in the page, which our pages' policy forbids.
    """
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        with contextlib.suppress(Error):  # the page is on its way
            if found := page.evaluate(expression):
                return float(found)
        time.sleep(0.03)
    return None


@dataclass(frozen=True)
class Reader:
    """A browser, and how patient its reader is (seconds)."""

    browser: Browser
    patience: float = 30

    @contextlib.contextmanager
    def page(self, hit: str = "[data-record]", slower: int = SLOWER) -> Iterator[Page]:
        """A page that watches for results."""
        context = self.browser.new_context(viewport={"width": 1280, "height": 800})
        try:
            context.add_init_script(f"window.benchHit = {hit!r};\n" + (PAGES / "watch.js").read_text(encoding="utf-8"))
            page = context.new_page()
            page.set_default_timeout(self.patience * 1000)
            context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slower})
            yield page
        finally:
            context.close()

    def opened(self, engine: Engine, base: str, query: str) -> float | None:
        """Seconds from opening the page of results to the first one; None if there is none in time."""
        with self.page(engine.hit) as page:
            return self._opened(page, engine, base, query)

    def _opened(self, page: Page, engine: Engine, base: str, query: str) -> float | None:
        page.goto(f"{base}{engine.page}?q={quote(query)}", wait_until="commit")
        found = until(page, "window.bench && bench.first", self.patience)
        return None if found is None else found / 1000

    def first(self, engine: Engine, server: Server, query: str, line: Line | None = None) -> First | None:
        """The first result over a line, from nothing."""
        server.reset(line or slow())
        with self.page(engine.hit) as page:
            seconds = self._opened(page, engine, server.address, query)
            sent = [Answer(answer.path, answer.sent) for answer in server.answers]
        if seconds is None:
            return None
        client = sum(answer.sent for answer in sent if answer.path.endswith(CLIENT) or "/pagefind/" in answer.path)
        return First(seconds, client, sum(answer.sent for answer in sent), len(sent))

    def keys(self, engine: Engine, base: str, queries: Sequence[str]) -> Iterator[tuple[float, float]]:
        """Milliseconds of the last key of each query until results and their layout: of work alone, with the wait."""
        for query in queries:
            with self.page(engine.typed_hit) as page:
                page.goto(base + engine.typed_in)
                box = page.locator(engine.box)
                box.focus()
                box.fill(query[:-1])
                if until(page, "bench.first", 15) is None:
                    continue
                page.wait_for_timeout(500)
                box.evaluate("box => box.setSelectionRange(box.value.length, box.value.length)")
                page.keyboard.insert_text(query[-1])
                if until(page, "bench.shown > bench.key && bench.shown", 5) is not None:
                    key, work, shown = page.evaluate("[bench.key, bench.work, bench.shown]")
                    yield shown - work, shown - key

    def listed(self, address: str, packed: int) -> Listed:
        """Click through the filters of a list and scroll through all of it."""
        with self.page() as page:
            page.goto(address)
            until(page, "document.querySelector('[data-filters] button[type=submit]')?.hidden", self.patience)
            ready = float(page.evaluate("performance.now()"))
            page.wait_for_timeout(1500)
            clicks = page.evaluate((PAGES / "click.js").read_text(encoding="utf-8"))
            nodes = int(page.evaluate("document.querySelectorAll('*').length"))
            scrolling = float(page.evaluate((PAGES / "scroll.js").read_text(encoding="utf-8")))
        return Listed(clicks, ready / 1000, scrolling, nodes, packed)
