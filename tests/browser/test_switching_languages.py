"""The same page in another language, from the switcher of every page and from a guidance page's own list."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from reading import fitting, open_list, option, query, shown, ticked

import built
from built import LANGUAGES

NAMES = {"en": "English", "es": "Español", "fr": "Français", "ar": "العربية"}
GUIDANCE = "guidance/local-policy/gender-approach.html"


def in_language(site: Path, lang: str, address: str) -> str:
    return (site / ("" if lang == "en" else lang) / address).as_uri()


def switch(page: Page, lang: str) -> None:
    page.locator(".languages summary").click()
    page.locator(".languages").get_by_role("link", name=NAMES[lang], exact=True).click()


def test_a_record_can_be_read_in_each_language_in_turn(page: Page, site: Path) -> None:
    row = built.records(site)["montreal-charter"]
    titles = {"en": row["title"], **{lang: text["title"] for lang, text in row["translations"].items()}}
    address = "tools/montreal-charter.html"
    page.goto(in_language(site, "en", address))
    for lang in ("ar", "es", "fr", "en"):
        switch(page, lang)
        page.wait_for_url(in_language(site, lang, address))
        html = page.locator("html")
        expect(html).to_have_attribute("lang", lang)
        expect(html).to_have_attribute("dir", LANGUAGES[lang])
        article = page.locator("article")
        expect(article).to_have_attribute("lang", lang)
        expect(article).to_have_attribute("dir", LANGUAGES[lang])
        expect(page.locator("h1")).to_have_text(titles[lang])
        assert page.title().startswith(titles[lang])
        assert page.evaluate("getComputedStyle(document.body).direction") == LANGUAGES[lang]


def test_an_arabic_page_is_laid_out_from_right_to_left_and_a_spanish_one_from_left_to_right(
    page: Page, site: Path
) -> None:
    def name_before_search() -> bool:
        name = page.locator(".header__name").bounding_box()
        box = page.locator("header input[type=search]").bounding_box()
        assert name
        assert box
        return name["x"] < box["x"]

    page.goto(in_language(site, "es", "tools/index.html"))
    assert name_before_search()
    page.goto(in_language(site, "ar", "tools/index.html"))
    assert not name_before_search()


def test_titles_and_names_of_works_in_another_language_say_which(page: Page, site: Path) -> None:
    page.goto(in_language(site, "ar", "tools/montreal-charter.html"))
    original = page.locator(".record__original bdi")
    expect(original).to_have_attribute("lang", "fr")
    assert original.evaluate("element => getComputedStyle(element).unicodeBidi").startswith("isolate")


def test_the_menu_of_languages_opens_and_closes_by_keyboard(page: Page, site: Path) -> None:
    page.goto(in_language(site, "en", "tools/index.html"))
    summary = page.locator(".languages summary")
    summary.focus()
    page.keyboard.press("Enter")
    spanish = page.locator(".languages a[hreflang=es]")
    expect(spanish).to_be_visible()
    page.keyboard.press("Escape")
    expect(spanish).to_be_hidden()
    expect(summary).to_be_focused()
    page.keyboard.press("Enter")
    spanish.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(in_language(site, "es", "tools/index.html"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_guidance_page_names_the_languages_that_it_can_be_read_in(page: Page, site: Path, lang: str) -> None:
    page.goto(in_language(site, lang, GUIDANCE))
    available = page.locator("[data-available]")
    expect(available.locator("[lang]")).to_have_text(list(NAMES.values()))
    expect(available.locator(f"span[lang={lang}]")).to_have_text(NAMES[lang])
    other = "fr" if lang != "fr" else "en"
    available.locator(f"a[hreflang={other}]").click()
    page.wait_for_url(in_language(site, other, GUIDANCE))
    expect(page.locator("html")).to_have_attribute("lang", other)


def test_a_filtered_list_keeps_its_filters_in_another_language(page: Page, site: Path) -> None:
    open_list(page, in_language(site, "en", "tools/index.html"))
    option(page, "category", "observatory").check()
    option(page, "country", "FR").check()
    wanted = fitting(built.records(site), {"category": ["observatory"], "country": ["FR"]})
    switch(page, "ar")
    page.wait_for_url("**/ar/tools/index.html*")
    expect(page.locator("[data-facet] input:checked")).to_have_count(2)
    assert sorted(ticked(page)) == [("category", "observatory"), ("country", "FR")]
    assert set(shown(page)) == wanted
    assert sorted(query(page)) == [("category", "observatory"), ("country", "FR")]


def test_words_of_one_language_are_not_carried_into_another(page: Page, site: Path) -> None:
    open_list(page, in_language(site, "en", "tools/index.html") + "?q=charter&sort=year")
    switch(page, "es")
    page.wait_for_url("**/es/tools/index.html?sort=year")


def test_filters_are_named_in_the_readers_language(page: Page, site: Path) -> None:
    open_list(page, in_language(site, "ar", "tools/index.html"))
    expect(option(page, "category", "observatory").locator("..")).to_contain_text("مرصد")
    open_list(page, in_language(site, "es", "tools/index.html"))
    expect(option(page, "country", "FR").locator("..")).to_contain_text("Francia")
