"""A list's words, chips and places; what it offers when nothing is left; its address, and what paper shows of it."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from reading import counts, fitting, open_list, option, query, shown

CHIPS = "[data-chips] button"
LIFTS = "[data-lifts] button"


def type_words(page: Page, words: str) -> None:
    page.get_by_label("Words in this list").press_sequentially(words, delay=60)
    page.wait_for_function("words => new URLSearchParams(location.search).get('q') === words", arg=words)


def test_countries_stand_under_their_regions(listing: Page, tools: dict) -> None:
    rows = listing.locator("fieldset[data-facet=region] input[name=country]").evaluate_all(
        "inputs => inputs.map((input) => [input.value,"
        " input.closest('ul').closest('li').querySelector('input').value])")
    held = {(code, region) for row in tools.values() for code in row["countries"] for region in row["regions"]}
    assert set(map(tuple, rows)) <= held, "a country's region is one of its records'"
    assert {code for code, _ in rows} == {code for row in tools.values() for code in row["countries"]}
    assert len({region for _, region in rows}) > 5
    option(listing, "region", "155").check()
    assert set(shown(listing)) == fitting(tools, {"region": ["155"]})
    option(listing, "country", "FR").check()
    assert set(shown(listing)) == fitting(tools, {"region": ["155"], "country": ["FR"]})
    left = counts(listing)
    assert left["country", "AR"] == 0
    expect(option(listing, "country", "AR")).to_be_visible()


def test_a_region_is_found_with_its_countries_and_a_country_with_its_region(listing: Page) -> None:
    find = listing.get_by_label("Find in: Country")
    find.fill("western europe")
    shown_now = listing.locator("fieldset[data-facet=region] li:visible > label input")
    values = set(shown_now.evaluate_all("inputs => inputs.map((input) => input.value)"))
    assert {"155", "FR"} <= values
    assert "CA" not in values
    find.fill("canada")
    assert set(shown_now.evaluate_all("inputs => inputs.map((input) => input.value)")) == {"CA", "021"}


def test_what_is_called_nothing_in_a_facet_says_so_until_all_is_cleared(listing: Page) -> None:
    find, none = listing.get_by_label("Find in: Country"), listing.locator("[data-facet=region] [data-facet-none]")
    options = listing.locator("fieldset[data-facet=region] li:visible")
    every = options.count()
    option(listing, "category", "guide").check()
    left = counts(listing)
    find.fill(str(max(left[pair] for pair in left if pair[0] == "country")))  # a count is no name
    expect(none).to_have_text("Nothing here is called that.")
    find.fill("france")
    expect(none).to_be_empty()
    find.fill("zzzz")
    listing.get_by_role("button", name="Clear all filters").click()
    expect(find).to_have_value("")
    expect(none).to_be_empty()
    expect(options).to_have_count(every)


def test_the_words_have_a_chip_of_their_own(listing: Page, tools: dict) -> None:
    type_words(listing, "charter")
    expect(listing.locator(CHIPS)).to_have_text(["“charter” × (remove)"])
    option(listing, "category", "charter").check()
    expect(listing.locator(CHIPS)).to_have_count(2)
    listing.locator(CHIPS, has_text="“charter”").click()
    assert query(listing) == [("category", "charter")]
    assert set(shown(listing)) == fitting(tools, {"category": ["charter"]})
    expect(listing.locator(CHIPS)).to_be_focused()


def test_where_nothing_is_left_each_filter_says_what_there_would_be_without_it(page: Page, site: Path,
                                                                               tools: dict) -> None:
    chosen = {"category": ["charter"], "country": ["JO"], "theme": ["rights"]}
    assert not fitting(tools, chosen)
    asked = "&".join(f"{facet}={value}" for facet, values in chosen.items() for value in values)
    open_list(page, (site / "tools" / "index.html").as_uri() + f"?{asked}")
    wanted = {facet: len(fitting(tools, {**chosen, facet: []})) for facet in chosen}
    helpful = [number for number in wanted.values() if number]
    assert helpful
    said = page.locator(LIFTS).all_inner_texts()
    assert sorted(int(words.rpartition(": ")[2].split()[0]) for words in said) == sorted(helpful)
    best = page.locator(LIFTS, has_text="Without “Jordan”")
    best.press("Enter")
    assert set(shown(page)) == fitting(tools, {**chosen, "country": []})
    expect(page.locator("[data-count]")).to_be_focused()
    expect(page.locator(LIFTS)).to_have_count(0)
    assert sorted(query(page)) == [("category", "charter"), ("theme", "rights")]
    page.go_back()
    assert shown(page) == []


def test_years_and_words_are_offered_too_and_a_slip_is_named(page: Page, site: Path) -> None:
    open_list(page, (site / "tools" / "index.html").as_uri() + "?q=obsevatory&since=1901&until=1902")
    expect(page.locator(LIFTS)).to_have_count(1)
    expect(page.locator(LIFTS)).to_contain_text("Without “1901–1902”: ")
    note = page.locator("[data-search-notes]:visible li")
    expect(note).to_contain_text("No page has “obsevatory”.")
    page.locator(LIFTS).click()
    assert shown(page)
    note.get_by_role("button", name="Found instead: “observatory”").click()
    page.wait_for_url("**?q=observatory")
    expect(note).to_have_count(0)
    expect(page.get_by_label("Words in this list")).to_have_value("observatory")


def test_typing_takes_one_step_back_and_no_more(listing: Page, tools: dict) -> None:
    option(listing, "category", "guide").check()
    steps = listing.evaluate("history.length")
    type_words(listing, "safety audit")
    listing.keyboard.press("Enter")
    assert listing.evaluate("history.length") == steps + 1
    rows = listing.locator("[data-results] [data-record]:visible")
    expect(rows.first).to_contain_text(re.compile("audit", re.IGNORECASE))
    found = shown(listing)
    assert found
    listing.go_back()
    assert query(listing) == [("category", "guide")]
    expect(listing.get_by_label("Words in this list")).to_have_value("")
    expect(rows).to_have_count(len(fitting(tools, {"category": ["guide"]})))
    assert set(shown(listing)) == fitting(tools, {"category": ["guide"]})
    listing.go_forward()
    expect(listing.get_by_label("Words in this list")).to_have_value("safety audit")
    expect(listing.locator("[data-results] [data-record]:visible")).to_have_count(len(found))
    assert shown(listing) == found


@pytest.mark.parametrize("asked", [
    "category=guide&category=guide&category=guide", "category=guide&CATEGORY=charter&category[]=charter",
    "category=guide&q=%FF%FE&q=second", "category=guide&since=9999999&until=0x10&since=2000",
    "category=guide&sort=title&sort=year&__proto__=1&constructor=2", "category=guide&" + "country=ZZ&" * 400,
    "category=guide&theme=%3Cscript%3Ealert(1)%3C%2Fscript%3E", "category=guide&language=%00&kind=%F0%9F%92%A9",
])
def test_odd_addresses_are_harmless_and_keep_what_is_good_in_them(page: Page, site: Path, tools: dict,
                                                                  asked: str) -> None:
    open_list(page, (site / "tools" / "index.html").as_uri() + "?" + asked)
    expect(option(page, "category", "guide")).to_be_checked()
    expect(page.locator("[data-facet] input:checked")).to_have_count(1)
    if "q=" not in asked and "since=9999999" not in asked:
        assert set(shown(page)) == fitting(tools, {"category": ["guide"]})
    option(page, "category", "guide").uncheck()
    assert not [pair for pair in query(page) if pair[0] in ("category", "country", "theme")]
    assert page.locator("main script:not([type], [src$='/js/list.js'])").count() == 0


def test_a_very_long_question_in_the_address_breaks_nothing(page: Page, site: Path) -> None:
    open_list(page, (site / "tools" / "index.html").as_uri() + "?q=" + "x" * 6000)
    expect(page.locator("[data-empty]")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    said = page.locator(f"{CHIPS}, {LIFTS}, [data-search-notes] li").all_inner_texts()
    assert all(len(words) < 250 for words in said)


def test_paper_shows_the_filtered_rows_and_which_filters_are_on(page: Page, site: Path, tools: dict) -> None:
    page.add_init_script("window.print = () => { window.printed = (window.printed || 0) + 1; }")
    open_list(page, (site / "tools" / "index.html").as_uri() + "?country=FR&category=observatory")
    page.get_by_role("button", name="Print").click()
    assert page.evaluate("window.printed") == 1
    page.emulate_media(media="print")
    assert set(shown(page)) == fitting(tools, {"country": ["FR"], "category": ["observatory"]})
    expect(page.locator("[data-count]")).to_be_visible()
    assert page.locator("[data-chip-label]:visible").all_inner_texts() == ["Observatory", "France"]
    for hidden in ("[data-filters]", "[data-clear]", "[data-take]", ".browse"):
        expect(page.locator(hidden)).to_be_hidden()
