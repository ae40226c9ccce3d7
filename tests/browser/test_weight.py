"""What a page weighs on its way to the reader: everything that the browser asks for, each file as gzip -9 sends it."""

import gzip
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

import built

FIRST, SECOND = 110 * 1024, 20 * 1024
"""The bytes that a first guidance page may cost, and a further one, of which the shared files are at hand."""

ONLY_ON_LISTS = {"list.js"}


def sent(site: Path, address: str) -> int:
    return len(gzip.compress((site / urlsplit(address).path.lstrip("/")).read_bytes(), 9, mtime=0))


def asked_for(page: Page, address: str) -> list[str]:
    """The addresses that a browser asks for to show a page, the page's own first."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    page.wait_for_load_state("networkidle")
    return asked


def heaviest(site: Path, lang: str) -> list[str]:
    """The guidance pages of a language, the heaviest first."""
    folder = site / ("" if lang == "en" else lang)
    paths = [path.relative_to(site).as_posix() for path in (folder / "guidance").rglob("*.html")]
    return sorted(paths, key=lambda path: sent(site, path), reverse=True)


@pytest.mark.parametrize("lang", built.LANGUAGES)
def test_a_first_guidance_page_is_light_and_a_second_one_lighter(
    page: Page, site: Path, served: str, lang: str
) -> None:
    first, second = heaviest(site, lang)[:2]
    asked = asked_for(page, served + first)
    assert asked[0] == served + first
    assert {Path(urlsplit(address).path).suffix for address in asked} >= {".html", ".css", ".js"}
    whole = sum(sent(site, address) for address in asked)
    assert whole <= FIRST, {address: sent(site, address) for address in asked}

    at_hand = set(asked)
    more = [address for address in asked_for(page, served + second) if address not in at_hand]
    assert more == [served + second]
    assert sent(site, second) <= SECOND
    assert sent(site, first) <= SECOND, "the heaviest page may be the second one that someone reads"


@pytest.mark.parametrize(
    "address", ["index.html", "guidance/index.html", "casestudies/brussels-marolles-walks.html", "search.html"]
)
def test_what_only_lists_need_is_loaded_only_there(page: Page, site: Path, served: str, address: str) -> None:
    scripts = {Path(urlsplit(url).path).name for url in asked_for(page, served + address) if url.endswith(".js")}
    assert scripts
    assert not scripts & (ONLY_ON_LISTS | {"tabs.js"})
    lists = asked_for(page, served + "tools/index.html")
    assert {Path(urlsplit(url).path).name for url in lists} >= ONLY_ON_LISTS
