"""The site keeps nothing on the device of its readers and asks nothing of others, however it is used."""

from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from reading import ask, open_list, option

KEPT = """async () => ({
  local: localStorage.length, session: sessionStorage.length, cookies: document.cookie,
  databases: (await indexedDB.databases()).length,
  caches: "caches" in window && isSecureContext && location.protocol !== "file:" ? (await caches.keys()).length : 0,
  workers: location.protocol !== "file:" ? (await navigator.serviceWorker.getRegistrations()).length : 0,
  name: window.name, state: history.state,
})"""
NOTHING = {
    "local": 0,
    "session": 0,
    "cookies": "",
    "databases": 0,
    "caches": 0,
    "workers": 0,
    "name": "",
    "state": None,
}


def use(page: Page, start: str) -> None:
    """What a visit may hold: search, a result, a language, tabs, filters, the results page."""
    page.goto(start + "index.html")
    ask(page, "observatory")
    page.locator("header [data-search-results] a").first.click()
    expect(page.locator("article h1")).to_be_visible()
    page.locator(".languages summary").click()
    page.locator(".languages a[hreflang=ar]").click()
    page.wait_for_url("**/ar/**")
    page.goto(start + "guidance/local-policy/gender-approach.html")
    page.get_by_role("tab").last.click()
    open_list(page, start + "tools/index.html")
    option(page, "category", "observatory").check()
    page.get_by_label("Order").select_option("year")
    page.get_by_label("Words in this list").press_sequentially("data")
    page.wait_for_url("**q=data*")
    page.goto(start + "search.html?q=charter")
    expect(page.locator("main [data-search-results] a").first).to_be_visible()


def test_a_visit_from_a_folder_leaves_nothing_behind(page: Page, site: Path) -> None:
    use(page, site.as_uri() + "/")
    assert page.evaluate(KEPT) == NOTHING


def test_a_visit_over_http_leaves_nothing_behind(page: Page, context: BrowserContext, served: str) -> None:
    use(page, served)
    assert page.evaluate(KEPT) == NOTHING
    assert context.cookies() == []
    assert context.storage_state()["origins"] == []


def test_a_visit_asks_only_for_files_of_the_site(page: Page, served: str, watch) -> None:
    use(page, served)
    assert watch.requests
    assert watch.elsewhere() == []
    failed = [
        entry
        for entry in page.evaluate(
            "performance.getEntriesByType('resource').map(({ name, responseStatus }) => [name, responseStatus])"
        )
        if entry[1] >= 400
    ]
    assert failed == []


@pytest.mark.parametrize(
    "address", ["index.html", "ar/tools/index.html", "fr/casestudies/victoria-glove-project.html", "search.html"]
)
def test_no_page_needs_a_file_that_isnt_there(page: Page, site: Path, address: str) -> None:
    failed = []
    page.on("requestfailed", lambda request: failed.append(request.url))
    page.goto((site / address).as_uri())
    page.wait_for_load_state("networkidle")
    assert failed == []
    assert page.locator("html.has-script").count() == 1
