"""axe finds no barrier on any kind of page: light and dark, from left to right and from right to left, wide and narrow.

Light, all rules of WCAG 2.2 AA and axe's best practices are tried; in the dark those again that look at colours, for no
other can tell the difference. Rows that repeat themselves are thinned out; `make check-pages` looks at all of them.
"""

from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from kinds import PREFIXES, THIN, pages
from playwright.sync_api import Page, expect
from reading import ask

AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
ALL = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
RUN = """async (runOnly) => {
  const { violations } = await axe.run({ runOnly, resultTypes: ["violations"], preload: false });
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => id + ": " + node.html.slice(0, 150)));
}"""
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


@pytest.fixture
def looked_at(new_context) -> Page:
    """A page into which axe may be put in spite of the site's policy; that page is then only looked at."""
    return new_context(bypass_csp=True, reduced_motion="reduce").new_page()


def barriers(page: Page, *, sizes: tuple[dict[str, int], ...] = (WIDE, NARROW), most: int = 3) -> list[str]:
    """What axe finds on the page as it is, light and dark, at these sizes."""
    page.evaluate(THIN, most)
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found: list[str] = []
    for scheme, rules in (("light", ALL), ("dark", COLOURS)):
        for size in sizes:
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size(size)
            found += [f"{scheme}, {size['width']}: {said}" for said in page.evaluate(RUN, rules)]
    return found


@pytest.mark.parametrize("lang", PREFIXES)
def test_no_kind_of_page_has_a_barrier(looked_at: Page, site: Path, lang: str) -> None:
    found: dict[str, Any] = {}
    for kind, address in pages(site, lang):
        looked_at.set_viewport_size(WIDE)
        looked_at.goto(address)
        if kind == "results":
            expect(looked_at.locator("main [data-search-results] a").first).to_be_visible()
        found[kind] = barriers(looked_at)
    assert {kind: said for kind, said in found.items() if said} == {}


@pytest.mark.parametrize("lang", PREFIXES)
def test_what_opens_over_a_page_has_no_barrier(looked_at: Page, site: Path, lang: str) -> None:
    start = f"{site.as_uri()}/{PREFIXES[lang]}"
    looked_at.goto(start + "about.html")
    ask(looked_at, "2010")
    expect(looked_at.locator("header [data-search-panel]")).to_be_visible()
    assert barriers(looked_at) == []
    looked_at.keyboard.press("Escape")
    looked_at.locator(".languages summary").click()
    expect(looked_at.locator(".languages a").first).to_be_visible()
    assert barriers(looked_at) == []

    looked_at.set_viewport_size(NARROW)
    looked_at.goto(start + "tools/index.html")
    looked_at.locator("[data-sheet] summary").click()
    expect(looked_at.locator("[data-sheet-done]")).to_be_visible()
    assert barriers(looked_at, sizes=(NARROW,), most=12) == []


@pytest.mark.parametrize("lang", PREFIXES)
def test_the_page_for_what_is_not_there_has_no_barrier(looked_at: Page, served: str, lang: str) -> None:
    looked_at.goto(f"{served}{PREFIXES[lang]}404.html")
    assert barriers(looked_at) == []


def test_axe_would_find_a_barrier(looked_at: Page, site: Path) -> None:
    looked_at.goto((site / "about.html").as_uri())
    looked_at.evaluate("document.querySelector('header form label').remove()")
    looked_at.evaluate("document.querySelector('header form input').placeholder = ''")
    looked_at.evaluate("document.querySelector('main p').style.color = '#888'")
    found = barriers(looked_at, sizes=(WIDE,))
    assert {said.split(": ")[1] for said in found} >= {"label", "color-contrast"}, found
