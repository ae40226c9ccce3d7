"""Pages whose text isn't in the reader's language, or may be wrong: they say so, to readers and to engines."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

import built

ROOT = "https://tiny.example/"


def alternates(page: Page) -> list[str]:
    return page.locator("head link[rel=alternate][hreflang]").evaluate_all(
        "links => links.map((link) => link.hreflang)"
    )


@pytest.mark.parametrize(
    ("address", "origin", "direction"),
    [
        ("es/tools/lamp-map.html", "tools/lamp-map.html", "ltr"),
        ("ar/tools/lamp-map.html", "tools/lamp-map.html", "rtl"),
        ("ar/casestudies/night-bus.html", "casestudies/night-bus.html", "rtl"),
        ("fr/guidance/one.html", "guidance/one.html", "ltr"),
        ("ar/index.html", "index.html", "rtl"),
    ],
)
def test_a_page_without_a_translation_shows_the_original_and_says_so(
    page: Page, four: Path, address: str, origin: str, direction: str
) -> None:
    page.goto((four / address).as_uri())
    lang = address.partition("/")[0]
    html = page.locator("html")
    expect(html).to_have_attribute("lang", lang)
    expect(html).to_have_attribute("dir", direction)
    expect(page.locator("[data-fallback]")).to_have_count(1)
    expect(page.locator("[data-fallback]")).to_be_visible()
    expect(page.locator("[data-fallback]")).not_to_be_empty()
    expect(page.locator("[data-translation]")).to_have_count(0)
    text = page.locator("article, .home__hero").first
    expect(text).to_have_attribute("lang", "en")
    expect(text).to_have_attribute("dir", "ltr")
    assert page.locator("h1").evaluate("heading => heading.closest('[lang]').lang") == "en"
    assert page.locator("h1").evaluate("heading => getComputedStyle(heading).direction") == "ltr"
    assert alternates(page) == []
    expect(page.locator("head link[rel=canonical]")).to_have_attribute("href", ROOT + origin)


def test_the_words_of_the_interface_keep_their_own_language_within_a_foreign_text(page: Page, four: Path) -> None:
    page.goto((four / "ar" / "casestudies" / "night-bus.html").as_uri())
    for selector in (".record__facts", ".record__kind", "#sources", "#related"):
        assert page.locator(selector).first.evaluate("element => element.closest('[lang]').lang") == "ar", selector
        assert page.locator(selector).first.evaluate("element => getComputedStyle(element).direction") == "rtl", (
            selector
        )


def test_languages_without_a_text_are_not_claimed_by_those_that_have_one(page: Page, four: Path) -> None:
    page.goto((four / "tools" / "street-audit.html").as_uri())
    assert alternates(page) == ["en", "es", "fr", "x-default"]
    page.goto((four / "es" / "guidance" / "one.html").as_uri())
    assert alternates(page) == ["en", "es", "ar", "x-default"]
    expect(page.locator("[data-available] [lang]")).to_have_text(["English", "Español", "العربية"])
    page.goto((four / "tools" / "lamp-map.html").as_uri())
    assert alternates(page) == ["en", "x-default"]
    sitemap = (four / "sitemap.xml").read_text(encoding="utf-8")
    assert f"<loc>{ROOT}fr/tools/street-audit.html</loc>" in sitemap
    assert f"{ROOT}es/tools/lamp-map.html" not in sitemap


def test_a_machine_translation_and_a_draft_say_so(page: Page, four: Path) -> None:
    page.goto((four / "es" / "casestudies" / "night-bus.html").as_uri())
    expect(page.locator("[data-translation=machine]")).to_be_visible()
    page.goto((four / "es" / "guidance" / "one.html").as_uri())
    expect(page.locator("[data-translation=draft]")).to_be_visible()
    page.goto((four / "fr" / "tools" / "street-audit.html").as_uri())
    expect(page.locator("[data-translation], [data-fallback]")).to_have_count(0)


def test_a_translation_of_an_older_original_says_so_and_keeps_its_claims(page: Page, watch, tmp_path: Path) -> None:
    root = built.copied(built.TINY, tmp_path / "tiny")
    for name in ("tools_db/street-audit.md", "docs/guidance/one.md"):
        path = root / name
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("\nsummary: ", "\nsummary: Newly. ", 1), encoding="utf-8")
    site = built.build(root, tmp_path / "site")
    watch.allowed.append(site.as_uri() + "/")
    for address in ("es/tools/street-audit.html", "es/guidance/one.html"):
        page.goto((site / address).as_uri())
        expect(page.locator("[data-translation=stale]")).to_be_visible()
        expect(page.locator("[data-translation=stale] time")).to_have_count(2)
        expect(page.locator("[data-fallback]")).to_have_count(0)
        assert alternates(page) == ["en", "es", "x-default"]
        expect(page.locator("head link[rel=canonical]")).to_have_attribute("href", ROOT + address)
    page.goto((site / "tools" / "street-audit.html").as_uri())
    expect(page.locator("[data-translation]")).to_have_count(0)


def test_rows_and_boxes_of_untranslated_records_state_their_language(page: Page, four: Path) -> None:
    page.goto((four / "ar" / "tools" / "index.html").as_uri())
    row = page.locator("[data-record=lamp-map]")
    for selector in (".row__title a", ".row__summary"):
        expect(row.locator(selector)).to_have_attribute("lang", "en")
        expect(row.locator(selector)).to_have_attribute("dir", "ltr")
    page.goto((four / "ar" / "guidance" / "one.html").as_uri())
    box = page.locator("aside[data-record=street-audit]")
    assert box.locator(".box__title").evaluate("title => title.closest('[lang]').lang") == "en"


def test_search_shows_untranslated_records_and_names_their_language(page: Page, four: Path) -> None:
    page.goto((four / "es" / "index.html").as_uri())
    page.locator("header input[type=search]").press_sequentially("lamp")
    hit = page.locator("header [data-search-results] a[href$='es/tools/lamp-map.html']")
    expect(hit).to_be_visible()
    expect(hit.locator("[data-hit-lang]")).to_have_text("inglés")
    expect(hit.locator("[data-hit-title]")).to_have_attribute("lang", "en")
