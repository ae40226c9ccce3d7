"""A guidance page: its two tabs, the records in its text, and the way to the pages before and after it."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

import built

GUIDANCE = "guidance/local-policy/gender-approach"


def open_guidance(page: Page, site: Path, lang: str = "en", fragment: str = "") -> None:
    page.goto((site / ("" if lang == "en" else lang) / f"{GUIDANCE}.html").as_uri() + fragment)


def panels(page: Page) -> tuple[bool, bool]:
    return page.locator("#general-guidance").is_visible(), page.locator("#related-tools").is_visible()


def test_the_text_shows_first_and_a_click_shows_the_related_tools(page: Page, site: Path) -> None:
    open_guidance(page, site)
    text, tools = page.get_by_role("tab", name="General guidance"), page.get_by_role("tab", name="Related tools")
    expect(text).to_have_attribute("aria-selected", "true")
    assert panels(page) == (True, False)
    tools.click()
    expect(tools).to_have_attribute("aria-selected", "true")
    expect(text).to_have_attribute("aria-selected", "false")
    assert panels(page) == (False, True)
    expect(page.get_by_role("tabpanel", name="Related tools")).to_be_visible()
    text.click()
    assert panels(page) == (True, False)


@pytest.mark.parametrize(
    ("lang", "forward", "back"), [("en", "ArrowRight", "ArrowLeft"), ("ar", "ArrowLeft", "ArrowRight")]
)
def test_arrow_keys_move_between_tabs_in_the_direction_of_reading(
    page: Page, site: Path, lang: str, forward: str, back: str
) -> None:
    open_guidance(page, site, lang)
    tabs = page.get_by_role("tab")
    tabs.first.focus()
    page.keyboard.press(forward)
    expect(tabs.nth(1)).to_be_focused()
    assert panels(page) == (False, True)
    page.keyboard.press(back)
    expect(tabs.first).to_be_focused()
    assert panels(page) == (True, False)
    page.keyboard.press(back)
    expect(tabs.nth(1)).to_be_focused()  # round the end
    page.keyboard.press("Home")
    expect(tabs.first).to_be_focused()
    page.keyboard.press("End")
    expect(tabs.nth(1)).to_be_focused()
    assert panels(page) == (False, True)
    assert [tab.get_attribute("tabindex") for tab in tabs.all()] == ["-1", "0"]


def test_in_arabic_the_first_tab_stands_on_the_right(page: Page, site: Path) -> None:
    open_guidance(page, site, "ar")
    first, second = (tab.bounding_box() for tab in page.get_by_role("tab").all())
    assert first
    assert second
    assert first["x"] > second["x"]


def test_an_address_may_name_a_tab_or_a_heading(page: Page, site: Path) -> None:
    open_guidance(page, site, fragment="#related-tools")
    assert panels(page) == (False, True)
    heading = page.locator("#general-guidance h2[id]").first.get_attribute("id")
    page.goto(page.url.partition("#")[0] + f"#{heading}")
    assert panels(page) == (True, False)
    page.go_back()
    expect(page.locator("#related-tools")).to_be_visible()


def test_an_address_with_a_heading_opens_at_that_heading_and_a_reload_stays_there(page: Page, site: Path) -> None:
    open_guidance(page, site)
    heading = page.locator("#general-guidance .text > h2[id]").last
    target = heading.get_attribute("id")
    page.goto("about:blank")
    open_guidance(page, site, fragment=f"#{target}")
    expect(heading).to_be_in_viewport()
    page.mouse.wheel(0, -300)
    page.wait_for_timeout(200)
    before = page.evaluate("scrollY")
    page.reload()
    page.wait_for_function("before => Math.abs(scrollY - before) < 40", arg=before)


def test_related_tools_holds_first_what_the_page_names_then_what_it_embeds_then_the_nearest(
    page: Page, site: Path
) -> None:
    source = (built.PROJECT / "docs" / f"{GUIDANCE}.md").read_text(encoding="utf-8")
    related = re.findall(r"[\w-]+", re.search(r"^related: \[(.*)\]$", source, re.MULTILINE)[1])
    named = list(dict.fromkeys([*related, *re.findall(r"^\[\[([\w-]+)\]\]$", source, re.MULTILINE)]))
    assert len(named) > len(related) > 3
    open_guidance(page, site)
    page.get_by_role("tab", name="Related tools").click()
    rows = page.locator("[data-related] [data-record]")
    listed = rows.evaluate_all("rows => rows.map((row) => row.dataset.record)")
    assert len(listed) == len(set(listed))
    for kind in ("tools", "casestudies"):
        of_kind = built.records(site, kind).keys()
        first = [name for name in named if name in of_kind]
        assert [name for name in listed if name in of_kind][: len(first)] == first, kind
    expect(page.get_by_role("tab", name="Related tools")).to_have_text(f"Related tools {len(listed)}")
    rows.first.get_by_role("link").click()
    page.wait_for_url(f"**/{named[0]}.html")


def test_embedded_records_show_in_place_and_lead_to_their_pages(page: Page, site: Path) -> None:
    open_guidance(page, site)
    boxes = page.locator("#general-guidance aside[data-record]")
    names = boxes.evaluate_all("boxes => boxes.map((box) => box.dataset.record)")
    assert {"rosario-gender-violence-programme", "observatoire-seine-saint-denis"} <= set(names)
    assert "[[" not in page.locator("main").inner_text()
    box = page.locator("aside[data-record=observatoire-seine-saint-denis]")
    row = built.records(site)["observatoire-seine-saint-denis"]
    expect(box).to_contain_text(row["title"])
    expect(box).to_contain_text(row["summary"])
    expect(box).to_contain_text("2002")
    box.get_by_role("link").first.click()
    page.wait_for_url((site / "tools" / "observatoire-seine-saint-denis.html").as_uri())


def test_a_link_in_the_text_opens_the_list_with_its_filter_on(page: Page, site: Path) -> None:
    open_guidance(page, site, "ar")
    page.locator("#general-guidance a[href*='category=observatory']").click()
    page.wait_for_url("**/ar/tools/index.html?category=observatory")
    expect(page.locator("[data-facet] input:checked")).to_have_count(1)


def test_the_contents_list_leads_to_the_headings(page: Page, site: Path) -> None:
    open_guidance(page, site)
    links = page.get_by_role("navigation", name="On this page").get_by_role("link")
    headings = page.locator("#general-guidance .text > h2").all_inner_texts()
    assert links.all_inner_texts() == headings
    links.last.click()
    expect(page.locator("#general-guidance .text > h2").last).to_be_in_viewport()


def test_previous_and_next_lead_through_the_pages_and_back(page: Page, site: Path) -> None:
    page.goto((site / "index.html").as_uri())
    way = [page.url]
    while True:
        following = page.locator("nav.pager a[rel=next]")
        if way[-1].endswith("/index.html") and not following.count():
            page.goto((site / f"{GUIDANCE}.html").as_uri())  # the first page has doors instead
            way.append(page.url)
            continue
        if not following.count():
            break
        following.click()
        page.wait_for_url(lambda address: address != way[-1])
        expect(page.locator("h1")).to_be_visible()
        way.append(page.url)
    assert len(way) == len(set(way)) > 3
    page.locator("nav.pager a[rel=prev]").click()
    page.wait_for_url(way[-2])


def test_the_page_says_when_it_was_edited_and_who_is_quoted_from_outside(page: Page, site: Path) -> None:
    open_guidance(page, site)
    expect(page.locator("[data-last-edited]")).to_have_attribute("datetime", "2010-10-30")
    expect(page.locator("[data-last-edited]")).to_contain_text("2010")
