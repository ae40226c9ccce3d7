"""The lists with filters, used as someone would who looks for a kind of tool."""

import random
import re
import unicodedata
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from reading import FACETS, counts, fitting, open_list, option, query, shown, ticked, true_counts

import built


def test_ticking_observatory_in_the_tools_database_leaves_the_observatories(
    page: Page, site: Path, tools: dict
) -> None:
    page.goto((site / "index.html").as_uri())
    page.get_by_role("navigation", name="Main menu").get_by_role("link", name="Tools database").click()
    expect(page.locator("[data-results] [data-record]:visible")).to_have_count(len(tools))
    page.get_by_role("checkbox", name="Observatory").check()
    wanted = fitting(tools, {"category": ["observatory"]})
    assert wanted
    assert set(shown(page)) == wanted
    assert query(page) == [("category", "observatory")]
    announced = page.locator("[data-count]")
    expect(announced).to_have_text(f"{len(wanted)} tool" if len(wanted) == 1 else f"{len(wanted)} tools")
    assert announced.get_attribute("aria-live") == "polite"


def test_a_reload_keeps_the_filters_and_back_takes_them_away(listing: Page, tools: dict) -> None:
    option(listing, "category", "observatory").check()
    wanted = set(shown(listing))
    listing.reload()
    expect(option(listing, "category", "observatory")).to_be_checked()
    assert set(shown(listing)) == wanted
    listing.go_back()
    expect(option(listing, "category", "observatory")).not_to_be_checked()
    assert len(shown(listing)) == len(tools)
    assert query(listing) == []
    listing.go_forward()
    expect(option(listing, "category", "observatory")).to_be_checked()
    assert set(shown(listing)) == wanted


def test_back_from_a_record_returns_to_the_filtered_list(listing: Page) -> None:
    option(listing, "category", "guide").check()
    wanted = shown(listing)
    listing.locator("[data-results] [data-record]:visible a").first.click()
    listing.wait_for_url("**/tools/*.html")
    listing.go_back()
    expect(option(listing, "category", "guide")).to_be_checked()
    expect(listing.locator("[data-results] [data-record]:visible")).to_have_count(len(wanted))
    assert shown(listing) == wanted


def test_back_from_a_record_returns_to_the_place_in_the_list(page: Page, site: Path) -> None:
    open_list(page, (site / "tools" / "index.html").as_uri())
    last = page.locator("[data-results] [data-record]").last
    last.scroll_into_view_if_needed()
    before = page.evaluate("scrollY")
    assert before > 500
    last.get_by_role("link").first.click()
    page.wait_for_url("**/tools/*-*.html")
    page.go_back()
    page.wait_for_function("before => Math.abs(scrollY - before) < 40", arg=before)


def test_every_option_of_the_list_counts_what_it_holds(listing: Page, tools: dict) -> None:
    found = counts(listing)
    assert {facet for facet, _ in found} == set(FACETS) - {"evidence"}
    assert found == true_counts(tools, {}, found)
    assert all(found.values()), "an option that nothing has is not worth a place"


@pytest.mark.parametrize("seed", range(6))
def test_any_combination_of_filters_shows_and_counts_what_the_data_say(page: Page, site: Path, seed: int) -> None:
    chance = random.Random(seed)
    section = chance.choice(["tools", "tools", "casestudies"])
    records = built.records(site, section)
    start = (site / section / "index.html").as_uri()
    open_list(page, start)
    everything = list(counts(page))
    # From a record that exists, so that something is left; then a few more of the same facets and another one.
    row = records[chance.choice(sorted(records))]
    facets = chance.sample(
        [name for name, values in FACETS.items() if values(row) and any(f == name for f, _ in everything)], 2
    )
    picked = [(facet, chance.choice(FACETS[facet](row))) for facet in facets]
    picked += chance.sample([pair for pair in everything if pair[0] in facets and pair not in picked], 2)
    if seed % 2:
        picked.append(chance.choice([pair for pair in everything if pair[0] not in facets]))
    chosen: dict[str, list[str]] = {}
    for facet, value in picked:
        chosen.setdefault(facet, []).append(value)
        option(page, facet, value).check()
        assert set(shown(page)) == fitting(records, chosen)
        assert counts(page) == true_counts(records, chosen, everything)
    wanted = fitting(records, chosen)
    assert sorted(query(page)) == sorted(picked)
    assert page.locator("[data-count]").inner_text().split()[0] == str(len(wanted))
    assert page.locator("[data-empty]").is_visible() == (not wanted)
    # The same address says the same to someone else.
    open_list(page, page.url)
    expect(page.locator("[data-facet] input:checked")).to_have_count(len(picked))
    assert set(shown(page)) == wanted
    assert counts(page) == true_counts(records, chosen, everything)


def test_two_countries_in_the_address_widen_the_list_when_it_opens(page: Page, site: Path, tools: dict) -> None:
    open_list(page, (site / "tools" / "index.html").as_uri() + "?country=FR&country=CA")
    expect(page.locator("[data-facet] input:checked")).to_have_count(2)
    assert set(shown(page)) == fitting(tools, {"country": ["FR", "CA"]})
    assert sorted(ticked(page)) == [("country", "CA"), ("country", "FR")]


@pytest.mark.parametrize(
    "asked", ["category=nonsense", "nonsense=1&category=", "sort=sideways", "country=%3Cb%3E&q=", "category=%E0%A4"]
)
def test_what_an_address_says_that_there_is_not_does_no_harm(page: Page, site: Path, tools: dict, asked: str) -> None:
    open_list(page, f"{(site / 'tools' / 'index.html').as_uri()}?{asked}")
    assert len(shown(page)) == len(tools)
    assert ticked(page) == []
    option(page, "category", "observatory").check()
    assert set(shown(page)) == fitting(tools, {"category": ["observatory"]})


def test_an_unknown_value_beside_a_known_one_changes_nothing(page: Page, site: Path, tools: dict) -> None:
    open_list(page, (site / "tools" / "index.html").as_uri() + "?category=nonsense&category=observatory")
    assert set(shown(page)) == fitting(tools, {"category": ["observatory"]})


def test_the_list_stands_in_the_order_asked_for(listing: Page, tools: dict) -> None:
    def year(name: str) -> int:
        row = tools[name]
        ends = [int(part) for part in (row.get("years") or "").split("/") if part.isdigit()]
        return row.get("year") or max(ends, default=0)

    by_title = shown(listing)
    titles = [unicodedata.normalize("NFKD", tools[name]["title"]).casefold().lstrip("\"'“‘«") for name in by_title]
    assert titles == sorted(titles)
    order = listing.get_by_label("Order")
    order.select_option("year")
    assert query(listing) == [("sort", "year")]
    known = [year(name) for name in shown(listing)]
    assert len(known) == len(tools)
    assert all(known[: sum(map(bool, known))]), "unknown years come last"
    order.select_option("added")
    days = [tools[name]["added"] for name in shown(listing)]
    assert days == sorted(days, reverse=True)
    order.select_option("title")
    assert shown(listing) == by_title


def test_newest_work_comes_first_when_sorted_by_year(page: Page, site: Path, tools: dict) -> None:
    open_list(page, (site / "tools" / "index.html").as_uri() + "?sort=year")
    expect(page.get_by_label("Order")).to_have_value("year")
    single = [tools[name]["year"] for name in shown(page) if tools[name].get("year")]
    assert single == sorted(single, reverse=True)
    assert len(single) > 3


def test_words_narrow_the_list_and_stay_in_the_address(listing: Page, tools: dict) -> None:
    listing.get_by_label("Words in this list").press_sequentially("charter rights")
    expect(listing).to_have_url(re.compile(r"charter\+rights"))
    expect(listing.locator("[data-results] [data-record]:visible").first).to_contain_text(re.compile("charter", re.I))
    names = shown(listing)
    assert "charter" in tools[names[0]]["title"].lower()
    assert query(listing) == [("q", "charter rights")]
    left = counts(listing)
    assert left == true_counts({name: tools[name] for name in names}, {}, left)
    listing.reload()
    expect(listing.locator("[data-results] [data-record]:visible")).to_have_count(len(names))
    assert shown(listing) == names
    expect(listing.get_by_label("Words in this list")).to_have_value("charter rights")


def test_the_best_match_comes_first_among_words_unless_another_order_is_asked_for(listing: Page) -> None:
    order, words = listing.get_by_label("Order"), listing.get_by_label("Words in this list")
    assert order.locator("option:not([hidden])").all_inner_texts() == [
        "by title", "newest work first", "last added first"]
    words.press_sequentially("charter")
    expect(order).to_have_value("words")
    best = shown(listing)
    order.select_option("title")
    assert sorted(shown(listing)) == sorted(best) != shown(listing)
    order.select_option("words")
    assert shown(listing) == best
    assert query(listing) == [("q", "charter"), ("sort", "words")]
    words.fill("")
    expect(order).to_have_value("title")


def test_a_list_leaves_out_what_stands_after_a_minus(listing: Page, tools: dict) -> None:
    words, order = listing.get_by_label("Words in this list"), listing.get_by_label("Order")
    by_title = shown(listing)
    words.press_sequentially("charter")
    expect(order).to_have_value("words")
    with_it = shown(listing)
    words.fill("-charter")
    expect(listing.locator("[data-count]")).to_have_text(f"{len(tools) - len(with_it)} tools")
    assert shown(listing) == [name for name in by_title if name not in with_it]
    expect(order).to_have_value("title")
    for nothing in ("!?", "-"):
        words.fill(nothing)
        expect(listing.locator("[data-count]")).to_have_text(f"{len(tools)} tools")


def test_a_first_letter_says_nothing_yet(listing: Page, tools: dict) -> None:
    words = listing.get_by_label("Words in this list")
    words.press_sequentially("x")
    expect(listing).to_have_url(re.compile("q=x"))
    assert len(shown(listing)) == len(tools)
    expect(listing.locator("[data-empty]")).to_be_hidden()


def test_years_in_the_wrong_order_mean_the_same(page: Page, site: Path) -> None:
    address = (site / "tools" / "index.html").as_uri()
    open_list(page, f"{address}?since=2005&until=2012")
    wanted = shown(page)
    open_list(page, f"{address}?since=2012&until=2005")
    assert shown(page) == wanted != []
    expect(page.locator("[data-chips] button")).to_contain_text("2005–2012")


def test_words_and_filters_narrow_together(listing: Page, tools: dict) -> None:
    option(listing, "country", "FR").check()
    listing.get_by_label("Words in this list").press_sequentially("forced marriage")
    wanted = "protocol-forced-marriage-seine-saint-denis"
    expect(listing.locator("[data-results] [data-record]:visible").first).to_have_attribute("data-record", wanted)
    assert set(shown(listing)) <= fitting(tools, {"country": ["FR"]})
    assert sorted(query(listing)) == [("country", "FR"), ("q", "forced marriage")]


def test_words_that_nothing_has_say_so_and_can_be_taken_back(listing: Page, tools: dict) -> None:
    words = listing.get_by_label("Words in this list")
    words.press_sequentially("zzzzqqqq")
    expect(listing.locator("[data-empty]")).to_be_visible()
    expect(listing.locator("[data-count]")).to_have_text("0 tools")
    words.fill("")
    expect(listing.locator("[data-results] [data-record]:visible")).to_have_count(len(tools))
    expect(listing.locator("[data-empty]")).to_be_hidden()


def test_a_chip_lifts_its_filter_and_leaves_the_others(listing: Page, tools: dict) -> None:
    option(listing, "category", "observatory").check()
    option(listing, "country", "FR").check()
    chips = listing.locator("[data-chips] button")
    expect(chips).to_have_text(["Observatory × (remove)", "France × (remove)"])
    chips.first.press("Enter")
    expect(chips).to_have_count(1)
    expect(chips.first).to_be_focused()
    expect(option(listing, "category", "observatory")).not_to_be_checked()
    assert set(shown(listing)) == fitting(tools, {"country": ["FR"]})
    assert query(listing) == [("country", "FR")]
    chips.first.click()
    expect(option(listing, "country", "FR")).to_be_focused()
    assert len(shown(listing)) == len(tools)


def test_clearing_takes_all_filters_and_words_away(listing: Page, tools: dict) -> None:
    clear = listing.get_by_role("button", name="Clear all filters")
    expect(clear).to_be_hidden()
    option(listing, "category", "guide").check()
    option(listing, "language", "fr").check()
    listing.get_by_label("Words in this list").press_sequentially("safety")
    listing.wait_for_url("**q=safety*")
    clear.click()
    expect(listing.locator("[data-results] [data-record]:visible")).to_have_count(len(tools))
    assert (query(listing), ticked(listing)) == ([], [])
    expect(clear).to_be_hidden()
    listing.go_back()
    expect(option(listing, "category", "guide")).to_be_checked()


def test_what_others_put_into_the_address_stays_there(page: Page, site: Path) -> None:
    open_list(page, (site / "tools" / "index.html").as_uri() + "?from=newsletter#browse")
    option(page, "category", "guide").check()
    assert sorted(query(page)) == [("category", "guide"), ("from", "newsletter")]
    assert page.url.endswith("#browse")


def test_filters_work_by_keyboard_alone(listing: Page, tools: dict) -> None:
    box = option(listing, "category", "observatory")
    box.focus()
    listing.keyboard.press("Space")
    assert set(shown(listing)) == fitting(tools, {"category": ["observatory"]})
    listing.keyboard.press("Tab")
    expect(box).not_to_be_focused()


def test_on_a_phone_the_filters_begin_closed_and_say_how_many_are_on(new_context, site: Path, tools: dict) -> None:
    page = new_context(viewport={"width": 390, "height": 844}, has_touch=True).new_page()
    open_list(page, (site / "tools" / "index.html").as_uri())
    sheet = page.locator("[data-sheet] > summary")
    expect(option(page, "category", "observatory")).to_be_hidden()
    sheet.tap()
    option(page, "category", "observatory").tap()
    assert set(shown(page)) == fitting(tools, {"category": ["observatory"]})
    expect(sheet).to_have_text("Filters 1")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing sticks out sideways"


def test_counts_are_worded_in_the_readers_language(page: Page, site: Path, tools: dict) -> None:
    """Arabic has six forms for numbers; two of something is a form without the number."""
    open_list(page, (site / "ar" / "tools" / "index.html").as_uri())
    told = {page.locator("[data-count]").inner_text()}
    for category in ("observatory", "award", "guide"):
        open_list(page, (site / "ar" / "tools" / "index.html").as_uri() + f"?category={category}")
        told.add(page.locator("[data-count]").inner_text())
    assert not any("%(" in words or "tool" in words for words in told)
    assert len(told) > 2


def test_without_the_files_that_filters_need_the_whole_list_stays(new_context, site: Path, tools: dict, watch) -> None:
    context = new_context()
    context.route("**/facets-*.js", lambda route: route.abort())
    page = context.new_page()
    page.goto((site / "tools" / "index.html").as_uri() + "?category=observatory")
    expect(page.locator("[data-filters]")).to_be_hidden()
    assert len(shown(page)) == len(tools)
    expect(page.get_by_role("navigation", name="Ready-made lists")).to_be_visible()
    context.close()
    watch.complaints = [said for said in watch.complaints if "ERR_FAILED" not in said]


def test_without_the_search_index_words_still_narrow_the_list_by_what_its_rows_say(
    new_context, site: Path, watch
) -> None:
    context = new_context()
    context.route("**/search/en/**", lambda route: route.abort())
    page = context.new_page()
    open_list(page, (site / "tools" / "index.html").as_uri())
    page.get_by_label("Words in this list").press_sequentially("montreal charter")
    expect(page.locator("[data-results] [data-record]:visible")).to_have_count(1)
    assert shown(page) == ["montreal-charter"]
    page.get_by_label("Words in this list").fill("montreal -charter")
    expect(page.locator("[data-record=montreal-charter]")).to_have_count(0)
    assert len(shown(page)) > 1
    context.close()
    watch.complaints = [said for said in watch.complaints if "ERR_FAILED" not in said]


def test_the_list_works_the_same_over_http(page: Page, served: str, tools: dict) -> None:
    open_list(page, served + "tools/index.html?country=FR")
    option(page, "category", "observatory").check()
    assert set(shown(page)) == fitting(tools, {"category": ["observatory"], "country": ["FR"]})
    page.go_back()
    expect(option(page, "category", "observatory")).not_to_be_checked()
    assert set(shown(page)) == fitting(tools, {"country": ["FR"]})
