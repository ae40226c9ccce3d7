"""The site in a browser that runs no scripts: everything can still be reached and read."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

import built

GUIDANCE = "guidance/local-policy/gender-approach.html"


def test_a_list_shows_all_its_records(scriptless: Page, site: Path) -> None:
    for folder in ("tools", "casestudies"):
        scriptless.goto((site / folder / "index.html").as_uri())
        rows = scriptless.locator("[data-results] [data-record]")
        names = rows.evaluate_all("rows => rows.filter((row) => row.offsetParent).map((row) => row.dataset.record)")
        assert set(names) == set(built.records(site, folder))
        assert len(names) == len(set(names))
        expect(scriptless.locator("[data-count]")).to_contain_text(str(len(names)))


def test_the_observatories_can_be_reached_by_links_alone(scriptless: Page, site: Path) -> None:
    scriptless.goto((site / "index.html").as_uri())
    scriptless.get_by_role("navigation", name="Main menu").get_by_role("link", name="Tools database").click()
    scriptless.get_by_role("navigation", name="Ready-made lists").get_by_role(
        "link", name="Observatory", exact=True
    ).click()
    scriptless.wait_for_url("**/tools/category/observatory.html")
    wanted = {name for name, row in built.records(site).items() if "observatory" in row["categories"]}
    rows = scriptless.locator("[data-record]")
    assert set(rows.evaluate_all("rows => rows.map((row) => row.dataset.record)")) == wanted
    rows.first.get_by_role("link").click()
    expect(scriptless.locator("article h1")).to_be_visible()


def test_search_leads_to_a_page_that_says_what_works_instead(scriptless: Page, site: Path) -> None:
    scriptless.goto((site / "es" / "tools" / "montreal-charter.html").as_uri())
    expect(scriptless.locator("[data-search-panel]")).to_be_hidden()
    scriptless.locator("header input[type=search]").fill("observatorio")
    scriptless.keyboard.press("Enter")
    scriptless.wait_for_url("**/es/search.html?q=observatorio")
    notice = scriptless.locator("noscript .notice")
    expect(notice).to_be_visible()
    notice.get_by_role("link").first.click()
    scriptless.wait_for_url("**/es/tools/index.html")


@pytest.mark.parametrize("lang", ["", "ar"])
def test_both_parts_of_a_guidance_page_stand_below_each_other_with_headings(
    scriptless: Page, site: Path, lang: str
) -> None:
    scriptless.goto((site / lang / GUIDANCE).as_uri())
    text, tools = scriptless.locator("#general-guidance"), scriptless.locator("#related-tools")
    for part in (text, tools):
        expect(part).to_be_visible()
        expect(part.locator("h2.tabs__title")).to_be_visible()
        expect(part.locator("h2.tabs__title")).not_to_be_empty()
    above, below = text.bounding_box(), tools.bounding_box()
    assert above
    assert below
    assert above["y"] + above["height"] <= below["y"]
    expect(scriptless.get_by_role("tab")).to_have_count(0)
    expect(tools.locator("[data-record]").first).to_be_visible()


def test_the_language_can_be_changed(scriptless: Page, site: Path) -> None:
    scriptless.goto((site / "tools" / "montreal-charter.html").as_uri())
    scriptless.locator(".languages summary").click()
    scriptless.locator(".languages a[hreflang=fr]").click()
    scriptless.wait_for_url((site / "fr" / "tools" / "montreal-charter.html").as_uri())


@pytest.mark.parametrize(
    "address", ["index.html", GUIDANCE, "tools/index.html", "tools/montreal-charter.html", "ar/tools/index.html"]
)
def test_the_way_out_is_a_link(scriptless: Page, site: Path, address: str) -> None:
    scriptless.goto((site / address).as_uri())
    way_out = scriptless.locator("[data-exit]")
    expect(way_out).to_be_in_viewport()
    expect(way_out).to_have_attribute("href", "https://www.wikipedia.org/")


def test_no_control_is_offered_that_would_do_nothing(scriptless: Page, site: Path) -> None:
    """Filters need the script; ticking one and pressing the button would reload the same whole list."""
    scriptless.goto((site / "tools" / "index.html").as_uri())
    expect(scriptless.locator("[data-filters]")).to_be_hidden()
    expect(scriptless.get_by_role("navigation", name="Ready-made lists")).to_be_visible()
