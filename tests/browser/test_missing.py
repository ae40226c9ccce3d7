"""A server that knows one page for all missing addresses shows it in the language of the address all the same."""

import functools
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect


class _OneForAll(SimpleHTTPRequestHandler):
    """As GitHub Pages does it."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        body = (Path(self.directory) / "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def pages_server(site: Path, watch) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_OneForAll, directory=str(site))) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        address = f"http://127.0.0.1:{server.server_port}/"
        watch.allowed.append(address)
        try:
            yield address
        finally:
            server.shutdown()
            thread.join()
    watch.complaints = [said for said in watch.complaints if "404" not in said]


@pytest.mark.parametrize(("address", "lang", "direction"), [
    ("ar/tools/nowhere.html", "ar", "rtl"), ("es/nowhere", "es", "ltr"), ("nowhere.html", "en", "ltr"),
    ("tools/nowhere.html", "en", "ltr"), ("espresso/nowhere", "en", "ltr"),
])
def test_the_page_is_in_the_language_of_the_address(
    page: Page, pages_server: str, address: str, lang: str, direction: str
) -> None:
    page.goto(pages_server + address)
    expect(page.locator("html")).to_have_attribute("lang", lang)
    expect(page.locator("html")).to_have_attribute("dir", direction)
    expect(page.locator("h1")).to_be_visible()
    page.locator("main a").first.click()
    expect(page.locator("html")).to_have_attribute("lang", lang)
    expect(page.locator(".home")).to_be_visible()


def test_where_a_language_has_no_such_page_the_one_for_all_stays(page: Page, pages_server: str, watch) -> None:
    page.route("**/es/404.html", lambda route: route.fulfill(response=page.request.get(pages_server + "nowhere.html")))
    page.goto(pages_server + "es/nowhere")
    page.wait_for_url(pages_server + "es/404.html")
    page.wait_for_timeout(200)
    expect(page.locator("h1")).to_have_text("Page not found")
    assert watch.requests.count(pages_server + "es/404.html") == 1


def test_without_script_the_other_languages_are_one_link_away(pages_server: str, scriptless: Page) -> None:
    scriptless.goto(pages_server + "ar/tools/nowhere.html")
    expect(scriptless.locator("h1")).to_have_text("Page not found")
    scriptless.locator(".languages summary").click()
    scriptless.locator(".languages a[hreflang=ar]").click()
    expect(scriptless.locator("html")).to_have_attribute("lang", "ar")
