"""The policy of the pages stops whatever a hostile text would need, and nothing that the site itself needs."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page
from test_keeping_nothing import use

import built
from safecities import policy

HOSTILE = """<p>x</p><script>window.ran = "inline"</script><img src="nothing.png" onerror="window.ran = 'handler'">
<p style="color: rgb(1, 2, 3)" id="styled">x</p><style>#styled { color: rgb(4, 5, 6) }</style>
<img src="http://elsewhere.example/x.png"><script src="http://elsewhere.example/x.js"></script>
<iframe src="http://elsewhere.example/"></iframe><link rel="stylesheet" href="http://elsewhere.example/x.css">
<base href="http://elsewhere.example/"><object data="http://elsewhere.example/x"></object>
<a id="script" href="javascript:window.ran = 'address'">x</a></main>"""


@contextlib.contextmanager
def standing(folder: Path, how: str) -> Iterator[str]:
    """The address of a folder, as a folder or on a server."""
    if how == "file":
        yield folder.as_uri() + "/"
    else:
        with built.serve(folder) as address:
            yield address


def test_the_site_works_with_the_headers_of_the_ready_files(page: Page, site: Path, watch) -> None:
    with built.serve(site, policy.HEADERS) as address:
        watch.allowed.append(address)
        with page.expect_response(f"{address}index.html") as response:
            use(page, address)
        sent = response.value.all_headers()
    assert {name: sent.get(name.lower()) for name in policy.HEADERS} == dict(policy.HEADERS)


@pytest.mark.parametrize("how", ["file", "http"])
def test_what_gets_into_a_page_all_the_same_can_neither_run_nor_ask_for_anything(
    page: Page, site: Path, tmp_path: Path, how: str, watch
) -> None:
    text = (site / "about.html").read_text(encoding="utf-8")
    assert "</main>" in text
    (tmp_path / "page.html").write_text(text.replace("</main>", HOSTILE, 1), encoding="utf-8")
    with standing(tmp_path, how) as start:
        watch.allowed.append(start)
        page.goto(start + "page.html")
        page.locator("#script").evaluate("link => link.click()")
        page.wait_for_timeout(300)
        assert page.evaluate("window.ran") is None
        assert page.locator("#styled").evaluate("element => getComputedStyle(element).color") not in (
            "rgb(1, 2, 3)", "rgb(4, 5, 6)")
        assert page.evaluate("document.baseURI") == start + "page.html"
    stopped = [line for line in watch.complaints if "Content Security Policy" in line]
    assert len(stopped) >= 8
    watch.complaints.clear()
    watch.requests.clear()  # Chromium names what its policy stopped among requests, too


def test_without_the_policy_the_same_text_would_run(page: Page, site: Path, tmp_path: Path, watch) -> None:
    """So that the test above cannot pass for another reason."""
    text = (site / "about.html").read_text(encoding="utf-8").replace("Content-Security-Policy", "nothing", 1)
    (tmp_path / "page.html").write_text(text.replace("</main>", HOSTILE, 1), encoding="utf-8")
    page.goto((tmp_path / "page.html").as_uri())
    assert page.evaluate("window.ran") is not None
    watch.complaints.clear()
    watch.requests.clear()
