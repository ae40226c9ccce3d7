"""On paper a page is a handout: its text, boxes and facts with the addresses of links, and nothing to click on."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

GUIDANCE = "guidance/key-strategies/public-awareness.html"
CHECKLIST = "guidance/programme-implementation/safety-audit-checklist.html"
RECORD = "tools/montreal-charter.html"
TO_CLICK = (".header__nav, .header .menu, .search, [data-exit], .skip, .crumbs, .toc, .chapter, .pager, .tabs__list, "
            ".cite, .footer ul")

ADDRESSES = """links => links.map(link => [
  link.getAttribute("href"),
  ...["content", "direction", "unicodeBidi"].map(name => getComputedStyle(link, "::after")[name]),
])"""


@pytest.fixture
def paper(page: Page) -> Page:
    page.set_viewport_size({"width": 670, "height": 980})  # A4 within its margins
    page.emulate_media(media="print", color_scheme="light")
    return page


@pytest.mark.parametrize("lang", ["", "ar/"])
@pytest.mark.parametrize("address", [GUIDANCE, CHECKLIST, RECORD])
def test_what_is_for_clicking_is_left_out_and_the_address_of_the_page_is_named(
        paper: Page, site: Path, lang: str, address: str) -> None:
    paper.goto((site / lang / address).as_uri())
    assert paper.locator(TO_CLICK).count() > 6
    assert paper.locator(TO_CLICK).evaluate_all("all => all.filter(one => one.checkVisibility()).length") == 0
    expect(paper.locator("h1")).to_be_visible()
    expect(paper.locator(".paper")).to_be_visible()
    expect(paper.locator(".paper")).to_have_text(f"https://safe-cities-knowledge-base.example/{lang}{address}")


@pytest.mark.parametrize("address", [GUIDANCE, f"ar/{GUIDANCE}", RECORD, f"ar/{RECORD}"])
def test_links_that_lead_out_show_their_address_from_left_to_right(paper: Page, site: Path, address: str) -> None:
    paper.goto((site / address).as_uri())
    shown = paper.locator("main .text a[href^=http], main .facts a[href^=http]").evaluate_all(ADDRESSES)
    assert shown
    assert shown == [[href, f'" <{href}>"', "ltr", "isolate"] for href, *_ in shown]


def test_related_tools_are_printed_below_the_text_though_they_are_a_tab(paper: Page, site: Path) -> None:
    paper.goto((site / GUIDANCE).as_uri())
    expect(paper.locator("#general-guidance")).to_be_visible()
    expect(paper.locator("#related-tools")).to_be_visible()


def test_boxes_rows_and_lines_of_tables_stay_whole_and_paper_is_white(paper: Page, site: Path) -> None:
    for address, selector in ((GUIDANCE, ".box, .row"), (CHECKLIST, ".text tr"), (RECORD, ".facts tr")):
        paper.goto((site / address).as_uri())
        broken = paper.locator(selector).evaluate_all("all => all.map(one => getComputedStyle(one).breakInside)")
        assert broken
        assert set(broken) == {"avoid"}, selector
    assert paper.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--paper').trim()") == "#fff"


def test_a_handout_has_no_empty_page(paper: Page, site: Path) -> None:
    """Where the frame is stretched to the window's height, a page that ends near a sheet's end spills over."""
    paper.set_viewport_size({"width": 670, "height": 4000})
    paper.goto((site / RECORD).as_uri())
    assert paper.evaluate("document.body.getBoundingClientRect().height") < 3900


def test_nothing_is_cut_off_at_the_edge_of_the_sheet(paper: Page, site: Path) -> None:
    for address in (GUIDANCE, f"ar/{GUIDANCE}", CHECKLIST, RECORD, f"ar/{RECORD}"):
        paper.goto((site / address).as_uri())
        wide = paper.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, address
