"""Pages stay readable and whole when readers change how they look: zoomed, spaced out, in colours of their own."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from kinds import PREFIXES, pages
from playwright.sync_api import Page, expect

ZOOMED = {"width": 320, "height": 256}
"""A window of 1280 by 1024 at 400 % (WCAG 1.4.10)."""

SPACING = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-block-end: 2em !important; }"""
"""What a page must bear (WCAG 1.4.12)."""

STICKING_OUT = """() => {
  const scrolls = (element) => element && (/auto|scroll/.test(getComputedStyle(element).overflowX) ||
    getComputedStyle(element).position === "fixed" || scrolls(element.parentElement));
  const wide = document.documentElement.scrollWidth > window.innerWidth ? ["the page itself"] : [];
  for (const element of document.body.querySelectorAll("*")) {
    const { left, right, width, height } = element.getBoundingClientRect();
    const hidden = element.closest(".visually-hidden, .skip, .tabs__title") || !element.checkVisibility();
    if (width && height && !hidden && (right > window.innerWidth + 1 || left < -1) && !scrolls(element.parentElement))
      wide.push(element.outerHTML.slice(0, 120));
  }
  return wide.slice(0, 5);
}"""

CUT_OFF = """() => Array.from(document.body.querySelectorAll("*")).filter((element) => {
  const { overflowX, overflowY } = getComputedStyle(element);
  if (element.closest(".visually-hidden, .skip, .tabs__title, svg, input")) return false;
  if (!element.getClientRects().length) return false;
  return (overflowX === "hidden" || overflowX === "clip") && element.scrollWidth > element.clientWidth + 1 ||
    (overflowY === "hidden" || overflowY === "clip") && element.scrollHeight > element.clientHeight + 1;
}).map((element) => element.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("lang", PREFIXES)
def test_nothing_sticks_out_sideways_at_400_percent(new_context, site: Path, lang: str) -> None:
    page = new_context(viewport=ZOOMED, bypass_csp=True).new_page()
    found: dict[str, Any] = {}
    for kind, address in pages(site, lang):
        page.goto(address)
        found[kind] = page.evaluate(STICKING_OUT)
        page.add_style_tag(content=SPACING)
        found[f"{kind}, spaced out"] = page.evaluate(STICKING_OUT) + page.evaluate(CUT_OFF)
    assert {kind: said for kind, said in found.items() if said} == {}


@pytest.mark.parametrize("lang", PREFIXES)
def test_text_spaced_out_is_neither_cut_off_nor_sticking_out(new_context, site: Path, lang: str) -> None:
    page = new_context(viewport={"width": 1280, "height": 900}, bypass_csp=True).new_page()
    found: dict[str, Any] = {}
    for kind, address in pages(site, lang):
        page.goto(address)
        page.add_style_tag(content=SPACING)
        found[kind] = page.evaluate(STICKING_OUT) + page.evaluate(CUT_OFF)
    assert {kind: said for kind, said in found.items() if said} == {}


def test_the_filters_can_be_used_at_400_percent(new_context, site: Path) -> None:
    page = new_context(viewport=ZOOMED).new_page()
    page.goto((site / "tools" / "index.html").as_uri())
    page.locator("[data-sheet] summary").click()
    page.get_by_label("Observatory").check()
    page.locator("[data-sheet-done]").click()
    expect(page.locator("[data-filters-on]").first).to_have_text("1")
    assert page.evaluate(STICKING_OUT) == []


def colours(page: Page, selector: str, before: str = "") -> dict[str, str]:
    """The colours with which an element, or what stands before its text, is drawn."""
    return dict(
        page.locator(selector).first.evaluate(
            """(element, before) => {
              const { backgroundColor, borderBlockEndColor, fill, fillOpacity, forcedColorAdjust, outlineStyle } =
                getComputedStyle(element, before);
              return { backgroundColor, borderBlockEndColor, fill, fillOpacity, forcedColorAdjust, outlineStyle };
            }""",
            before,
        )
    )


def assert_glyph(page: Page, selector: str, paper: str) -> None:
    """A shape that is nothing but its background is drawn: the system would take the background away."""
    drawn = colours(page, selector, "::before")
    assert drawn["forcedColorAdjust"] == "none", selector
    assert drawn["backgroundColor"] != paper, selector


@pytest.fixture
def forced(new_context: Callable[..., Any]) -> Page:
    """A page in colours that the reader's system forces on it."""
    return new_context(forced_colors="active", color_scheme="dark").new_page()


def test_forced_colours_leave_marks_of_kinds_and_states_visible(forced: Page, site: Path) -> None:
    forced.goto((site / "guidance/local-policy/gender-approach.html").as_uri())
    paper = colours(forced, "body")["backgroundColor"]
    assert forced.evaluate("matchMedia('(forced-colors: active)').matches")
    chosen, other = (colours(forced, f"[role=tab][aria-selected={state}]") for state in ("true", "false"))
    assert chosen["backgroundColor"] != other["backgroundColor"]
    assert_glyph(forced, ".box .badge", paper)
    current, another = ".header__nav a[aria-current]", ".header__nav a:not([aria-current])"
    assert colours(forced, current)["borderBlockEndColor"] != colours(forced, another)["borderBlockEndColor"]

    forced.goto((site / "index.html").as_uri())
    assert_glyph(forced, ".door strong", paper)

    forced.goto((site / "search.html").as_uri() + "?q=audit")
    expect(forced.locator("main [data-search-results] mark").first).to_be_visible()
    assert_glyph(forced, "main .hit__kind", paper)
    assert colours(forced, "main .hit mark")["backgroundColor"] != paper


def test_forced_colours_leave_controls_and_focus_visible(forced: Page, site: Path) -> None:
    forced.goto((site / "tools" / "index.html").as_uri() + "?category=observatory")
    box = forced.locator("[name=category][value=observatory]")
    expect(box).to_be_checked()
    assert box.evaluate("(box) => getComputedStyle(box).appearance") == "auto", "a box that the system draws"
    for selector in (".chip", ".leave", "[data-clear]", ".filters input[name=q]"):
        control = forced.locator(selector).first
        style = control.evaluate("(element) => [getComputedStyle(element).borderBlockEndStyle,"
                                 " parseFloat(getComputedStyle(element).borderBlockEndWidth)]")
        assert style[0] == "solid" and style[1] >= 1, selector
        control.focus()
        forced.keyboard.press("Shift+Tab")
        forced.keyboard.press("Tab")
        assert control.evaluate("(element) => getComputedStyle(element).outlineStyle") == "solid", selector


def test_forced_colours_leave_the_shades_of_map_and_table_apart(forced: Page, site: Path) -> None:
    forced.goto((site / "casestudies" / "map.html").as_uri())
    shades = [colours(forced, f".atlas .map__land--{level}") for level in (1, 2, 3, 4)]
    assert len({(shade["fill"], shade["fillOpacity"]) for shade in shades}) == 4
    sea = colours(forced, ".atlas .map")["backgroundColor"]
    assert all(shade["fill"] != sea for shade in shades)
    assert colours(forced, ".map__spot")["fill"] not in (sea, shades[0]["fill"])

    forced.goto((site / "coverage.html").as_uri())
    assert colours(forced, ".heat td:has(a)")["outlineStyle"] == "solid"
    assert colours(forced, "td.heat--0")["outlineStyle"] == "none"


def test_nothing_moves_for_those_who_ask_for_less_motion(new_context, site: Path) -> None:
    for wish, moving in (("reduce", False), ("no-preference", True)):
        page = new_context(reduced_motion=wish).new_page()
        page.goto((site / "index.html").as_uri())
        lasting = page.evaluate(
            "Array.from(document.querySelectorAll('*')).some((element) => ['transitionDuration', 'animationDuration']"
            ".some((name) => getComputedStyle(element)[name].split(',').some((time) => parseFloat(time) > 0)))"
        )
        assert lasting is moving
        assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
        page.close()
