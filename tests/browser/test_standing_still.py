"""Pages can be read before their scripts have come, and nothing moves when they come."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from kinds import PREFIXES, pages
from playwright.sync_api import Page, expect
from reading import shown

OBSERVE = """window.shifts = [];
new PerformanceObserver((list) => window.shifts.push(...list.getEntries().filter((shift) => !shift.hadRecentInput).map(
  ({ value, sources }) => value.toFixed(5) + " " + sources.map(({ node }) => node && (node.className || node.nodeName)))
)).observe({ type: "layout-shift", buffered: true });"""
TWO_FRAMES = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
SIZES = {"wide": (1280, 900), "narrow": (390, 844)}


class Slow:
    """Opens pages over a network on which scripts are slow: they come when they are let come."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.waiting: list[Any] = []
        page.add_init_script(OBSERVE)
        page.route(re.compile(r"/assets/js/(?!start\.js)|/search/.*\.js"), self._hold)
        self.held = True

    def _hold(self, route: Any) -> None:
        if self.held:
            self.waiting.append(route)
        else:
            route.continue_()

    def open(self, address: str) -> None:
        self.held = True
        self.page.goto(address, wait_until="commit")
        expect(self.page.locator("footer")).to_be_attached()
        self.page.evaluate(TWO_FRAMES)
        self.page.evaluate("window.shifts.length = 0")  # a machine under load may draw a head half read

    def let_come(self) -> None:
        self.held = False
        while self.waiting:
            self.waiting.pop(0).continue_()
        self.page.wait_for_load_state("load")
        self.page.evaluate(TWO_FRAMES)

    def shifts(self) -> list[str]:
        """What has moved since the page was read, if anyone can see it: tenths of a pixel are no shift."""
        self.page.evaluate(TWO_FRAMES)
        moved = list(self.page.evaluate("window.shifts"))
        return moved if sum(float(shift.split()[0]) for shift in moved) >= 0.0005 else []


@pytest.fixture(params=SIZES)
def slow(request: pytest.FixtureRequest, new_context: Callable[..., Any]) -> Iterator[Slow]:
    width, height = SIZES[request.param]
    context = new_context(viewport={"width": width, "height": height})
    opened = Slow(context.new_page())
    yield opened
    opened.let_come()


@pytest.mark.parametrize("lang", PREFIXES)
def test_nothing_moves_when_scripts_come(slow: Slow, site: Path, lang: str) -> None:
    moved = {}
    for kind, address in pages(site, lang):
        slow.open(address)
        assert slow.page.locator("h1").is_visible(), kind
        slow.let_come()
        if kind == "results":
            expect(slow.page.locator("main [data-search-results] a").first).to_be_visible()
        moved[kind] = slow.shifts()
    assert {kind: said for kind, said in moved.items() if said} == {}


@pytest.mark.parametrize(
    "asked", ["category=observatory", "q=transport&sort=year", "country=FR&country=ES", "theme=none-of-ours"]
)
def test_nothing_moves_when_filters_in_the_address_are_put_on(slow: Slow, site: Path, asked: str) -> None:
    slow.open(f"{(site / 'tools' / 'index.html').as_uri()}?{asked}")
    assert slow.page.locator("h1").is_visible()
    slow.let_come()
    expect(slow.page.locator("html")).not_to_have_class(re.compile("is-asked"))
    assert slow.shifts() == []
    assert len(shown(slow.page)) > 0


def test_the_list_asked_for_shows_even_if_its_script_never_comes(slow: Slow, site: Path) -> None:
    slow.open((site / "tools" / "index.html").as_uri() + "?category=observatory")
    rows = slow.page.locator("[data-record]")
    expect(rows.first).to_be_visible(timeout=8_000)
    assert rows.count() == len(shown(slow.page))


def test_related_tools_are_reached_by_a_link_before_their_script_comes(slow: Slow, site: Path) -> None:
    slow.open((site / "guidance/local-policy/gender-approach.html").as_uri())
    expect(slow.page.locator("#general-guidance")).to_be_visible()
    expect(slow.page.locator("#related-tools")).to_be_hidden()
    slow.page.get_by_role("link", name="Related tools").click()
    expect(slow.page.locator("#related-tools")).to_be_visible()
    slow.let_come()
    expect(slow.page.get_by_role("tab", name="Related tools")).to_have_attribute("aria-selected", "true")
    assert slow.page.locator("[data-tabs] a.tabs__tab").count() == 0


def test_a_phone_shows_the_list_and_not_the_filters_before_scripts_come(slow: Slow, site: Path) -> None:
    slow.open((site / "tools" / "index.html").as_uri())
    if slow.page.viewport_size != {"width": 390, "height": 844}:
        pytest.skip("on a wide screen the filters stand beside the list")
    assert slow.page.locator("[data-sheet] summary").is_visible()
    assert slow.page.locator("[data-record]").first.is_visible()
    assert not slow.page.locator("[data-facet]").first.is_visible()


def test_a_shift_would_be_seen(slow: Slow, site: Path) -> None:
    slow.open((site / "about.html").as_uri())
    slow.let_come()
    slow.page.evaluate("document.querySelector('main').prepend(...Array(9).fill('some text, ').map((words) => {"
                       " const line = document.createElement('p'); line.textContent = words; return line; }))")
    slow.page.evaluate(TWO_FRAMES)
    assert slow.shifts()
