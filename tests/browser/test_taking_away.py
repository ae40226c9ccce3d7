"""Years, evidence, long facets; and the filtered list taken away as data or as a link."""

import csv
import io
import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from reading import counts, fitting, open_list, option, query, shown, true_counts

import built


def spans(row: dict) -> tuple[int, int] | None:
    """The years of a record as its data file gives them; open sides are far away."""
    if row.get("years"):
        start, end = row["years"].split("/")
        return (int(start) if start != ".." else 0, int(end) if end != ".." else 9999)
    return (row["year"], row["year"]) if row.get("year") else None


def during(records: dict[str, dict], since: int = 0, until: int = 9999) -> set[str]:
    known = {name: spans(row) for name, row in records.items()}
    return {name for name, span in known.items() if span and span[0] <= until and span[1] >= since}


@pytest.mark.parametrize("section", ["tools", "casestudies"])
def test_a_range_of_years_leaves_what_was_under_way_in_it(page: Page, site: Path, section: str) -> None:
    records = built.records(site, section)
    open_list(page, (site / section / "index.html").as_uri())
    page.get_by_label("from", exact=True).fill("2003")
    page.get_by_label("from", exact=True).press("Tab")
    assert set(shown(page)) == during(records, 2003) != set(records)
    page.get_by_label("to", exact=True).fill("2006")
    page.get_by_label("to", exact=True).press("Tab")
    wanted = during(records, 2003, 2006)
    assert wanted
    assert set(shown(page)) == wanted
    assert query(page) == [("since", "2003"), ("until", "2006")]
    left = counts(page)
    assert left == true_counts({name: records[name] for name in wanted}, {}, left)
    expect(page.locator("[data-chips] button")).to_have_text(["2003–2006 × (remove)"])
    page.reload()
    expect(page.locator("[data-results] [data-record]:visible")).to_have_count(len(wanted))
    page.locator("[data-chips] button").click()
    assert len(shown(page)) == len(records)
    assert query(page) == []
    expect(page.get_by_label("from", exact=True)).to_be_focused()


@pytest.mark.parametrize("asked", ["since=newsletter", "since=&until=", "since=-3", "until=1e3"])
def test_years_that_are_none_change_nothing(page: Page, site: Path, asked: str) -> None:
    open_list(page, (site / "tools" / "index.html").as_uri() + f"?{asked}")
    assert len(shown(page)) == len(built.records(site))
    expect(page.locator("[data-chips]")).to_be_hidden()


def test_case_studies_can_be_filtered_by_what_their_results_rest_on(page: Page, site: Path) -> None:
    records = built.records(site, "casestudies")
    open_list(page, (site / "casestudies" / "index.html").as_uri())
    values = sorted({row["evidence"] for row in records.values()})
    assert len(values) > 1
    for value in values:
        option(page, "evidence", value).check()
        assert set(shown(page)) == fitting(records, {"evidence": [value]})
        option(page, "evidence", value).uncheck()


def test_options_that_would_give_nothing_stay_and_say_so(page: Page, site: Path) -> None:
    open_list(page, (site / "casestudies" / "index.html").as_uri() + "?country=GT")
    empty = [pair for pair, number in counts(page).items() if not number]
    assert empty
    for facet, value in empty[:5]:
        expect(option(page, facet, value)).to_be_visible()
        expect(option(page, facet, value)).to_be_enabled()


def test_a_long_facet_can_be_searched(page: Page, site: Path) -> None:
    open_list(page, (site / "tools" / "index.html").as_uri())
    option(page, "country", "CA").check()
    find = page.get_by_label("Find in: Country")
    find.press_sequentially("FRANç")
    visible = page.locator("[data-facet=country] li:visible input")
    assert set(visible.evaluate_all("inputs => inputs.map((input) => input.value)")) == {"CA", "FR"}
    find.press("Enter")
    option(page, "country", "FR").check()
    assert sorted(query(page)) == [("country", "CA"), ("country", "FR")]
    find.fill("")
    assert visible.count() > 10
    expect(page.get_by_label("Find in: Evidence")).to_have_count(0)


def taken(page: Page, name: str) -> str:
    with page.expect_download() as started:
        page.get_by_role("button", name=name, exact=True).click()
    path = started.value.path()
    assert started.value.suggested_filename.startswith("tools.")
    return path.read_bytes().decode("utf-8")


def check_taken(page: Page, site: Path) -> None:
    wanted = shown(page)
    assert 0 < len(wanted) < 40
    everything = {row["id"]: row for row in json.loads((site / "data" / "tools.json").read_text(encoding="utf-8"))}
    assert json.loads(taken(page, "JSON")) == [everything[name] for name in wanted]
    found = list(csv.reader(io.StringIO(taken(page, "CSV"), newline="")))
    whole = list(csv.reader(io.StringIO((site / "data" / "tools.csv").read_text(encoding="utf-8"), newline="")))
    rows = {row[0]: row for row in whole}
    assert found == [whole[0], *(rows[name] for name in wanted)]


def test_the_filtered_records_can_be_taken_away_as_data(page: Page, site: Path) -> None:
    open_list(page, (site / "tools" / "index.html").as_uri() + "?country=FR&country=ES&sort=year")
    check_taken(page, site)


def test_the_filtered_records_can_be_taken_away_over_http_in_another_language(
        page: Page, site: Path, served: str) -> None:
    open_list(page, served + "es/tools/index.html?category=observatory")
    check_taken(page, site)


def test_data_that_cannot_be_read_is_said_to_be_missing(new_context, site: Path, watch) -> None:
    context = new_context()
    context.route("**/takeaway/**", lambda route: route.abort())
    page = context.new_page()
    open_list(page, (site / "tools" / "index.html").as_uri())
    page.get_by_role("button", name="CSV").click()
    expect(page.locator("[data-take-status]")).to_contain_text("could not be read")
    context.close()
    watch.complaints = [said for said in watch.complaints if "ERR_FAILED" not in said]


def test_a_link_to_the_filtered_list_is_copied_where_that_is_allowed(new_context, served: str) -> None:
    context = new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    open_list(page, served + "tools/index.html")
    option(page, "category", "observatory").check()
    page.get_by_role("button", name="Copy link").click()
    expect(page.locator("[data-take-status]")).to_have_text("The link is copied.")
    assert page.evaluate("navigator.clipboard.readText()") == served + "tools/index.html?category=observatory"


def test_a_link_can_be_copied_by_hand_where_it_is_not_allowed(page: Page, site: Path) -> None:
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    open_list(page, (site / "tools" / "index.html").as_uri() + "?country=FR")
    page.get_by_role("button", name="Copy link").click()
    field = page.get_by_label("Link to this list")
    expect(field).to_be_focused()
    expect(field).to_have_value(page.url)
    assert page.evaluate("getSelection().toString()") == page.url
    expect(page.locator("[data-take-status]")).to_have_text("Copy the link from the field.")
