"""Whoever uses no mouse gets everywhere and out again, and always sees where they are."""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from kinds import PREFIXES, THIN, pages
from playwright.sync_api import Page, expect
from reading import open_list, shown

FOCUSED = """() => {
  const rgb = (colour) => {
    const parts = colour.match(/[\\d.]+/g).map(Number);
    return colour.startsWith("color(") ? parts.map((part, at) => (at < 3 ? part * 255 : part)) : parts;
  };
  const light = (colour) => {
    const [r, g, b] = rgb(colour).slice(0, 3).map((part) => part / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (one, other) => {
    const [dark, bright] = [light(one), light(other)].sort((a, b) => a - b);
    return (bright + 0.05) / (dark + 0.05);
  };
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const { backgroundColor } = getComputedStyle(at);
      if ((rgb(backgroundColor)[3] ?? 1) > 0.99) return backgroundColor;
    }
    return "rgb(255, 255, 255)";
  };
  const element = document.activeElement;
  if (element === document.body) return null;
  const style = getComputedStyle(element);
  const boxes = Array.from(element.getClientRects()).filter(({ width, height }) => width && height);
  const shows = ({ left, top, width, height }) => {
    const over = document.elementFromPoint(left + width / 2, top + height / 2);
    return over && (element.contains(over) || over.contains(element));
  };
  const along = (at) => (at ? at.scrollLeft + along(at.parentElement) : 0); // of what scrolls sideways by itself
  const by = along(element.parentElement);
  return {
    name: element.outerHTML.slice(0, 110),
    outlined: style.outlineStyle === "solid" && parseFloat(style.outlineWidth) >= 2,
    contrast: contrast(style.outlineColor, ground(element.parentElement)),
    shows: boxes.some(shows),
    within: Array.from(document.querySelectorAll("nav, ul, ol, form, header, main, footer")).findLastIndex(
      (holder) => holder.contains(element)),
    lines: boxes.map(({ left, right, top, bottom }) => ({
      left: left + by, right: right + by, top: top + scrollY, bottom: bottom + scrollY })),
    last: element.id === "last-of-all",
  };
}"""
LAST = """() => { const last = document.createElement("a"); last.href = "#"; last.id = "last-of-all";
  last.textContent = "last"; document.body.append(last); }"""


def walk(page: Page) -> list[dict[str, Any]]:
    """Press Tab from the beginning of a page to its end; what has the focus at each stop."""
    page.evaluate(THIN, 3)
    page.evaluate(LAST)
    stops: list[dict[str, Any]] = []
    while len(stops) < 400:
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        assert stop, stops[-1:]
        if stop["last"]:
            return stops
        stops.append(stop)
    raise AssertionError(f"no way out: {[stop['name'] for stop in stops[-3:]]}")


def backwards(stops: list[dict[str, Any]], *, rtl: bool) -> list[tuple[str, str]]:
    """Neighbours within one list, form or menu of which the second stands before the first in the order of reading.

    The way out comes first wherever it stands.
    """
    found = []
    for stop, following in pairwise(stops):
        one, other = stop["lines"][-1], following["lines"][0]
        ahead = other["right"] <= one["left"] + 1 if rtl else other["left"] >= one["right"] - 1
        below = other["bottom"] > one["bottom"] + 1
        inside = other["top"] >= one["top"] - 1 and other["bottom"] <= one["bottom"] + 1
        passed_over = (inside and "<table" in stop["name"]) or "data-exit" in stop["name"]
        if stop["within"] == following["within"] and not (ahead or below or passed_over):
            found.append((stop["name"], following["name"]))
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("lang", PREFIXES)
def test_tab_leads_through_every_kind_of_page_in_order_and_the_focus_is_always_seen(
    new_context: Callable[..., Any], site: Path, lang: str, scheme: str
) -> None:
    width = 1280 if scheme == "light" else 390
    page = new_context(viewport={"width": width, "height": 900}, color_scheme=scheme).new_page()
    wrong: dict[str, Any] = {}
    for kind, address in pages(site, lang):
        page.goto(address)
        if kind == "results":
            expect(page.locator("main [data-search-results] a").first).to_be_visible()
        stops = walk(page)
        assert len(stops) > 12, kind
        wrong[kind] = [stop for stop in stops if not stop["outlined"] or stop["contrast"] < 3 or not stop["shows"]]
        wrong[kind] += backwards(stops, rtl=lang == "ar")
    assert {kind: said for kind, said in wrong.items() if said} == {}


def test_the_skip_link_is_first_and_leads_past_the_head(page: Page, site: Path) -> None:
    page.goto((site / "guidance" / "local-policy" / "gender-approach.html").as_uri())
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the text")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


@pytest.mark.parametrize("lang", PREFIXES)
def test_the_language_can_be_changed_and_its_menu_closed(page: Page, site: Path, lang: str) -> None:
    page.goto(f"{site.as_uri()}/{PREFIXES[lang]}about.html")
    summary = page.locator(".languages summary")
    summary.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator(".languages a").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(summary).to_be_focused()
    expect(page.locator(".languages a").first).to_be_hidden()
    page.keyboard.press("Space")
    for _ in range(3):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/fr/about.html")


def test_a_menu_left_by_tab_closes(page: Page, site: Path) -> None:
    page.goto((site / "about.html").as_uri())
    page.locator(".languages summary").focus()
    page.keyboard.press("Enter")
    for _ in range(5):
        page.keyboard.press("Tab")
    expect(page.locator(".header__nav a").first).to_be_focused()
    expect(page.locator(".languages a").first).to_be_hidden()


@pytest.mark.parametrize("lang", PREFIXES)
def test_the_sheet_of_filters_opens_keeps_the_focus_in_view_and_closes(
    new_context: Callable[..., Any], site: Path, lang: str
) -> None:
    page = new_context(viewport={"width": 390, "height": 844}).new_page()
    open_list(page, f"{site.as_uri()}/{PREFIXES[lang]}tools/index.html")
    summary, done = page.locator("[data-sheet] summary"), page.locator("[data-sheet-done]")
    every = len(shown(page))
    summary.focus()
    page.keyboard.press("Enter")
    expect(done).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.locator("[data-facet=category] input:checked")).to_have_count(1)
    for _ in range(200):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        assert stop["shows"] and stop["outlined"], stop
        if done.evaluate("(button) => button === document.activeElement"):
            break
    expect(done).to_be_focused()
    page.keyboard.press("Enter")
    expect(summary).to_be_focused()
    expect(done).to_be_hidden()
    assert 0 < len(shown(page)) < every

    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(summary).to_be_focused()
    expect(done).to_be_hidden()

    page.keyboard.press("Enter")
    done.focus()
    page.keyboard.press("Tab")
    expect(done).to_be_hidden()
    assert page.evaluate(FOCUSED)["shows"], "what has the focus must not lie below the sheet"


def test_the_way_out_is_two_keys_away(page: Page, site: Path) -> None:
    page.goto((site / "tools" / "index.html").as_uri())
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.locator("[data-exit]")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("body")).to_be_empty()


@pytest.mark.parametrize("lang", PREFIXES)
def test_a_wide_table_scrolls_by_keyboard(new_context: Callable[..., Any], site: Path, lang: str) -> None:
    page = new_context(viewport={"width": 390, "height": 844}).new_page()
    page.goto(f"{site.as_uri()}/{PREFIXES[lang]}coverage.html")
    table = page.locator(".coverage__scroll").first
    table.focus()
    page.keyboard.press("ArrowRight" if lang == "en" else "ArrowLeft")
    page.wait_for_timeout(400)
    assert abs(table.evaluate("(box) => box.scrollLeft")) > 0
