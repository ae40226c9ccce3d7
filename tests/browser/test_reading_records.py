"""The page of a record: its facts, versions, sources, and the ways from it."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

import built

CHARTER = "montreal-charter"
GUIDANCE = "guidance/local-policy/gender-approach"


def facts(page: Page) -> dict[str, str]:
    rows = page.locator("table.facts > tbody > tr").evaluate_all(
        "rows => rows.map((row) => ['th', 'td'].map((cell) => row.querySelector(cell).innerText.trim()))"
    )
    return {name: " ".join(value.split()) for name, value in rows}


def test_the_facts_of_a_tool_stand_in_a_table_and_what_is_not_known_says_so(page: Page, site: Path) -> None:
    page.goto((site / "tools" / f"{CHARTER}.html").as_uri())
    told = facts(page)
    assert told["Category"] == "Charter"
    assert told["Made or run by"] == "Ville de Montréal"
    assert (told["Country"], told["Region"], told["Year"]) == ("Canada", "Northern America", "2005")
    assert told["Themes"] == "Rights, Gender mainstreaming, Local policy"
    assert (told["Licence"], told["Access"]) == ("unknown", "unknown")
    expect(page.locator("h1")).to_have_text("Montreal Charter of Rights and Responsibilities")
    expect(page.locator(".record__original")).to_have_text("Charte montréalaise des droits et responsabilités")


def test_each_version_says_its_language_and_whether_there_is_a_link(page: Page, site: Path) -> None:
    page.goto((site / "tools" / f"{CHARTER}.html").as_uri())
    english, french = page.locator("[data-version=en]"), page.locator("[data-version=fr]")
    expect(english).to_have_text(re.compile(r"^\s*English\s.*\b12\b.*no link known\s*$"))
    expect(french).to_have_text("French no link known")
    expect(page.locator("[data-version] a")).to_have_count(0)


def test_a_version_with_a_link_leads_to_it_and_names_its_language(page: Page, four: Path) -> None:
    page.goto((four / "tools" / "street-audit.html").as_uri())
    spanish = page.locator("[data-version=es]")
    expect(spanish.get_by_role("link", name="Spanish")).to_have_attribute(
        "href", "https://villachica.example/ficha.pdf"
    )
    expect(spanish.get_by_role("link")).to_have_attribute("hreflang", "es")
    expect(spanish).to_have_text(re.compile(r"^\s*Spanish\s+PDF\s.*\b2\b"))
    expect(page.locator("[data-version=en]")).to_have_text("English no link known")


def test_the_facts_of_a_case_study_say_what_is_known_of_results_and_cost(page: Page, four: Path, site: Path) -> None:
    page.goto((four / "casestudies" / "night-bus.html").as_uri())
    told = facts(page)
    assert told["Years"] == "2012–2015"
    assert told["Partners"].startswith("Night Walkers")
    assert told["Partners"].endswith("rode along and counted stops")
    assert told["Funders"] == "Town of Petiteville"
    assert told["Evidence"] == "results reported by those who ran it"
    assert "1,200.50" in told["Cost"]
    assert "(2012)" in told["Cost"]
    assert "Results" not in told
    page.goto((site / "casestudies" / "rosario-gender-violence-programme.html").as_uri())
    assert facts(page)["Cost"] == "not reported"


def test_sources_are_cited_in_full_and_lead_to_where_they_are_known_to_be(page: Page, site: Path, four: Path) -> None:
    sources = built.records(site)[CHARTER]["sources"]
    page.goto((site / "tools" / f"{CHARTER}.html").as_uri())
    items = page.locator("ul.sources > li")
    expect(items).to_have_count(len(sources))
    for item, source in zip(items.all(), sources, strict=True):
        expect(item).to_contain_text(source["title"])
        if source.get("language"):
            expect(item.locator("cite")).to_have_attribute("lang", source["language"])
        if source.get("url"):
            expect(item.get_by_role("link")).to_have_attribute("href", source["url"])
        else:
            expect(item).to_contain_text("(no link known)")
        if source.get("year"):
            expect(item).to_contain_text(str(source["year"]))
    page.goto((four / "casestudies" / "night-bus.html").as_uri())
    expect(page.locator("ul.sources > li")).to_have_text(
        re.compile(r"^\s*Report on the night line, 2015, pages:? 3.9\s*$")
    )
    page.goto((site / "casestudies" / "solidaridad-womens-value.html").as_uri())
    expect(page.locator("ul.sources > li").first).to_contain_text("(no link known)")


def test_a_record_leads_to_the_guidance_that_cites_it(page: Page, site: Path) -> None:
    page.goto((site / "es" / "tools" / f"{CHARTER}.html").as_uri())
    page.locator("section[aria-labelledby=cited]").get_by_role("link").click()
    page.wait_for_url((site / "es" / f"{GUIDANCE}.html").as_uri())


def test_related_records_name_each_other(page: Page, site: Path) -> None:
    every = {**built.records(site), **built.records(site, "casestudies")}
    one_way = [
        (name, other) for name, row in every.items() for other in row["related"] if name not in every[other]["related"]
    ]
    assert one_way == []
    page.goto((site / "tools" / f"{CHARTER}.html").as_uri())
    page.locator("[data-related] [data-record=montreal-charter-rights-responsibilities]").get_by_role("link").click()
    page.wait_for_url((site / "casestudies" / "montreal-charter-rights-responsibilities.html").as_uri())
    page.locator(f"[data-related] [data-record={CHARTER}]").get_by_role("link").click()
    page.wait_for_url((site / "tools" / f"{CHARTER}.html").as_uri())


@pytest.mark.parametrize(
    ("address", "names"),
    [
        (f"tools/{CHARTER}.html", ["Home", "Tools database", "Charter"]),
        ("casestudies/rosario-gender-violence-programme.html", ["Home", "Case studies", "Argentina"]),
    ],
)
def test_the_crumbs_lead_up_from_a_record(page: Page, site: Path, address: str, names: list[str]) -> None:
    page.goto((site / address).as_uri())
    crumbs = page.get_by_role("navigation", name="You are here").get_by_role("link")
    expect(crumbs).to_have_text(names)
    crumbs.last.click()
    expect(page.locator("h1")).to_have_text(names[-1])
    expect(page.locator(f"[data-record={Path(address).stem}]")).to_be_visible()


def test_the_facts_lead_to_lists_of_what_else_has_them(page: Page, site: Path) -> None:
    page.goto((site / "fr" / "tools" / f"{CHARTER}.html").as_uri())
    page.locator("table.facts a[href$='country/CA.html']").click()
    expect(page.locator("h1")).to_have_text("Canada")
    canadian = {name for name, row in built.records(site).items() if "CA" in (row.get("countries") or ())}
    rows = page.locator("[data-results] [data-record]")
    assert set(rows.evaluate_all("rows => rows.map((row) => row.dataset.record)")) == canadian
    page.locator(".list__bar a").click()
    page.wait_for_url("**/fr/tools/index.html?country=CA")
    expect(page.locator("[data-results] [data-record]:visible")).to_have_count(len(canadian))


def test_a_content_note_stands_above_the_text(page: Page, site: Path) -> None:
    page.goto((site / "casestudies" / "guatemala-mobile-clinic.html").as_uri())
    note, text = page.locator(".notice--content"), page.locator(".record__text")
    expect(note).to_contain_text("Mentions sexual violence.")
    above, below = note.bounding_box(), text.bounding_box()
    assert above
    assert below
    assert above["y"] + above["height"] <= below["y"]


def test_a_phone_shows_a_record_without_anything_sticking_out_sideways(new_context, site: Path) -> None:
    page = new_context(viewport={"width": 390, "height": 844}).new_page()
    for lang in ("", "ar"):
        for address in (
            f"tools/{CHARTER}.html",
            "casestudies/solidaridad-womens-value.html",
            f"{GUIDANCE}.html",
            "index.html",
        ):
            page.goto((site / lang / address).as_uri())
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (lang, address)
