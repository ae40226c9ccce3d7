"""A site of nothing but hostile records, in Chromium: no script of theirs runs, nothing is asked for or stopped."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Dialog, Page, expect
from reading import ask

import built
import hostile

WATCHED = """
  window.ran = [];
  for (const name of ["alert", "confirm", "prompt", "print", "open", "fetch", "importScripts"]) {
    window[name] = () => { window.ran.push(name); };
  }
  addEventListener("securitypolicyviolation", (event) => window.ran.push("policy: " + event.violatedDirective));
  addEventListener("error", (event) => window.ran.push("error: " + event.message));
"""
STRANGE = """() => [
  ...Array.from(document.querySelectorAll(
    "iframe, object, embed, base, style, main img, main svg:not([class]), math, " +
    "script:not([src]):not([type='application/ld+json']), " +
    "main form:not([action], [data-filters])"
  ), (element) => element.outerHTML.slice(0, 100)),
  ...Array.from(document.querySelectorAll("*")).flatMap((element) => Array.from(element.attributes))
    .filter(({ name, value }) => /^on|^style$|^srcdoc$/.test(name) || /^\\s*(javascript|data|vbscript):/i.test(value) &&
      /href|src|action|formaction/.test(name)).map(({ name, value }) => name + "=" + value),
  ...window.ran,
]"""
MOST = 160


@pytest.fixture(scope="session")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    return built.build(hostile.repository(folder / "repository"), folder / "site")


@pytest.fixture
def opened(page: Page, hostile_site: Path, watch) -> Iterator[tuple[Page, str]]:
    """A page that is watched in every way, and the address of the hostile site."""
    dialogs: list[str] = []

    def seen(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", seen)
    page.on("popup", lambda other: dialogs.append(other.url))
    page.add_init_script(WATCHED)
    with built.serve(hostile_site) as address:
        watch.allowed.append(address)
        yield page, address
    assert dialogs == []


def test_the_lists_of_all_hostile_records_are_inert(opened: tuple[Page, str]) -> None:
    page, address = opened
    for name in ("tools/index.html", "es/casestudies/index.html", "index.html", "es/index.html"):
        page.goto(address + name)
        assert page.evaluate(STRANGE) == []
        assert page.url == address + name
    page.goto(address + "tools/index.html")
    assert page.locator("[data-record]").count() > 500
    expect(page.locator("[data-filters] button[type=submit]")).to_be_hidden()
    page.locator("input[name=theme]").first.check()
    page.get_by_label("Order").select_option("year")
    assert page.evaluate(STRANGE) == []


def test_the_pages_of_hostile_records_are_inert(opened: tuple[Page, str], hostile_site: Path) -> None:
    page, address = opened
    names = [path.relative_to(hostile_site).as_posix() for path in sorted(hostile_site.glob("*/r[0-9]*.html"))]
    assert len(names) > 1_000
    found = {}
    for name in names[:: len(names) // MOST]:
        page.goto(address + name)
        strange = page.evaluate(STRANGE)
        if strange or page.url != address + name:
            found[name] = (strange, page.url)
    assert found == {}


def test_hostile_guidance_and_lists_of_hostile_terms_are_inert(
    opened: tuple[Page, str], hostile_site: Path, watch
) -> None:
    page, address = opened
    names = [path.relative_to(hostile_site).as_posix() for folder in ("guidance", "tools/theme", "es/tools/category")
             for path in sorted((hostile_site / folder).glob("*.html"))[:30]]
    assert len(names) > 50
    for name in names:
        page.goto(address + name)
        pictures = page.locator("main img").evaluate_all("all => all.map((picture) => picture.outerHTML)")
        strange = [line for line in page.evaluate(STRANGE) if line not in pictures]
        assert strange == [], name
        assert page.url == address + name
    # Pictures of a guidance page lie beside it, or nowhere, as these do.
    watch.complaints[:] = [line for line in watch.complaints if "404" not in line]


@pytest.mark.parametrize("words", ["alert", "script", "onerror img", "javascript", "<script>alert(1)</script>"])
def test_hostile_results_of_a_search_are_inert(opened: tuple[Page, str], words: str) -> None:
    page, address = opened
    page.goto(address + "tools/r1.html")
    ask(page, words)
    expect(page.locator("header [data-search-results] a").first).to_be_visible()
    assert page.evaluate(STRANGE) == []
    page.goto(address + "search.html?q=" + re.sub("[<>]", "", words))
    expect(page.locator("main [data-search-results] a").first).to_be_visible()
    assert page.evaluate(STRANGE) == []


def test_the_watch_would_see_a_script(opened: tuple[Page, str], hostile_site: Path) -> None:
    """So that the tests above cannot pass because nobody looks."""
    page, address = opened
    path = hostile_site / "spoilt.html"
    text = (hostile_site / "about.html" if (hostile_site / "about.html").exists() else hostile_site / "index.html")
    path.write_text(text.read_text(encoding="utf-8").replace("Content-Security-Policy", "x", 1).replace(
        "</main>", "<img src='' onerror='alert(1)'></main>", 1), encoding="utf-8")
    page.goto(address + "spoilt.html")
    page.wait_for_function("window.ran.length")
    assert "alert" in page.evaluate(STRANGE)
    path.unlink()
