"""Chromium as a reader of a slow machine: what a search, a further key and a filter take in a page.

In: engines, queries. Out: figures. Processors are slowed through CDP (`Emulation.setCPUThrottlingRate`), lines by
:mod:`shaping`. Every opening of a page has a context of its own: no cache, nothing kept. What a page computes is told
by its main thread's own clock, which stands still while others use the processor; the wall's clock runs on.
"""

import contextlib
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Browser, CDPSession, Error, Page
from shaping import Answer, Line, Server, slow

PAGES = Path(__file__).parent / "pages"
SLOWER = 4
"""By how much the processor is slowed."""

LOOKED_AFTER = 8
"""After so many clicks it is also waited for what comes after a click has been answered."""

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
    """A list with filters: milliseconds of each click, until all rows are in place after it, of a screen scrolled."""

    clicks: Sequence[float]
    settled: Sequence[float]
    ready: float
    screens: float
    longest: float
    nodes: int
    packed: int


@dataclass(frozen=True)
class Clock:
    """The clock of a page's main thread."""

    session: CDPSession

    @classmethod
    def of(cls, page: Page) -> "Clock":
        """Start it."""
        session = page.context.new_cdp_session(page)
        session.send("Performance.enable", {"timeDomain": "threadTicks"})
        return cls(session)

    def now(self) -> float:
        """Milliseconds that the thread has spent on scripts, styles and layout."""
        held = {row["name"]: row["value"] for row in self.session.send("Performance.getMetrics")["metrics"]}
        return 1000 * sum(held[f"{name}Duration"] for name in ("Script", "RecalcStyle", "Layout"))


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
    def page(self, hit: str | None = None, slower: int = SLOWER) -> Iterator[Page]:
        """A page, which watches for results if it is told what one is."""
        context = self.browser.new_context(viewport={"width": 1280, "height": 800})
        try:
            if hit:
                watch = (PAGES / "watch.js").read_text(encoding="utf-8")
                context.add_init_script(f"window.benchHit = {hit!r};\n{watch}")
            page = context.new_page()
            page.set_default_timeout(self.patience * 1000)
            context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slower})
            yield page
        finally:
            context.close()

    def opened(self, engine: Engine, base: str, query: str) -> tuple[float, float] | None:
        """Seconds from opening the page of results to the first one, and the main thread's; None if none in time."""
        with self.page(engine.hit) as page:
            clock = Clock.of(page)
            seconds = self._opened(page, engine, base, query)
            return None if seconds is None else (seconds, clock.now() / 1000)

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
        """Milliseconds of the last key of each query: of the main thread; on the wall until results are laid out."""
        for query in queries:
            with self.page(engine.typed_hit) as page:
                page.goto(base + engine.typed_in)
                clock = Clock.of(page)
                box = page.locator(engine.box)
                box.focus()
                box.fill(query[:-1])
                if until(page, "bench.first", 15) is None:
                    continue
                box.evaluate("box => box.setSelectionRange(box.value.length, box.value.length)")
                page.wait_for_timeout(1_000)
                before = clock.now()
                page.keyboard.insert_text(query[-1])
                page.wait_for_timeout(1_500)
                spent = clock.now() - before
                if until(page, "bench.shown > bench.key && bench.shown", 5) is not None:
                    key, shown = page.evaluate("[bench.key, bench.shown]")
                    yield spent, shown - key

    def listed(self, address: str, packed: int) -> Listed:
        """Click through the filters of a list, and scroll through all of it."""
        with self.page() as page:
            clock = Clock.of(page)
            page.goto(address)
            until(page, "document.querySelector('[data-filters] button[type=submit]')?.hidden", self.patience)
            ready = float(page.evaluate("performance.now()")) / 1000
            page.wait_for_timeout(1_500)
            nodes = int(page.evaluate("document.querySelectorAll('*').length"))
            before = clock.now()
            steps, longest = page.evaluate((PAGES / "scroll.js").read_text(encoding="utf-8"))
            screens = (clock.now() - before) / steps
            page.evaluate("scrollTo(0, 0)")
            number = int(page.evaluate((PAGES / "options.js").read_text(encoding="utf-8")))
            click = (PAGES / "click.js").read_text(encoding="utf-8")
            clicks, settled = [], []
            for at in (at for pair in range(0, number, 2) for at in (pair, pair + 1, pair, pair + 1)):
                page.wait_for_timeout(300)
                before = clock.now()
                page.evaluate(click, at)
                clicks.append(clock.now() - before)
                page.evaluate("benchGo()")
                page.wait_for_timeout(1_500 if len(clicks) < LOOKED_AFTER else 0)
                settled += [clock.now() - before] if len(clicks) < LOOKED_AFTER else []
        return Listed(clicks, settled, ready, screens, longest, nodes, packed)
