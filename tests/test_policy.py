"""What browsers may do with a page: one policy, in every page and in the ready files for servers."""

import re
from pathlib import Path

import pytest

import built
from built import LANGUAGES, PROJECT, Html
from safecities import policy

HOSTING = PROJECT / "hosting"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built.project(tmp_path_factory.getbasetemp())


def sources(text: str) -> dict[str, str]:
    """A written policy by its directives."""
    return dict(part.split(" ", 1) for part in text.split("; "))


def test_everything_is_forbidden_but_the_sites_own_files() -> None:
    assert sources(policy.PAGE)["default-src"] == "'none'"
    assert sources(policy.PAGE)["form-action"] == "'self' file:"
    assert {value for name, value in sources(policy.PAGE).items() if name != "form-action"} == {"'none'", "'self'"}


def test_servers_say_what_pages_say_and_that_nobody_may_frame_them() -> None:
    assert sources(policy.HEADERS["Content-Security-Policy"]) == {**sources(policy.PAGE), "frame-ancestors": "'none'"}


def test_the_preview_differs_only_in_what_reloading_needs() -> None:
    page, preview = sources(policy.PAGE), sources(policy.PREVIEW)
    assert {name for name in preview if preview[name] != page.get(name)} == {"script-src"}


def test_every_page_carries_the_policy_before_anything_that_it_is_for(site: Path) -> None:
    pages = list(site.rglob("*.html"))
    assert len(pages) > 100
    for path in pages:
        elements = Html(path.read_text(encoding="utf-8")).elements
        head = next(at for at, (tag, _, _) in enumerate(elements) if tag == "head")
        assert elements[head + 1][:2] == (
            "meta", {"http-equiv": "Content-Security-Policy", "content": policy.PAGE}), path


def test_the_site_brings_its_headers_along(site: Path) -> None:
    lines = (site / "_headers").read_text(encoding="utf-8").splitlines()
    assert lines == ["/*", *(f"  {name}: {value}" for name, value in policy.HEADERS.items()), *(
        line for folder in policy.LASTING for line in (f"/{folder}/*", f"  Cache-Control: {policy.LIFETIME}"))]


def test_the_site_says_where_each_languages_page_for_missing_addresses_is(site: Path) -> None:
    assert (site / "_redirects").read_text(encoding="utf-8").splitlines() == [
        f"/{lang}/* /{lang}/404.html 404" for lang in LANGUAGES if lang != "en"]
    for lang in LANGUAGES:
        assert (site / ("" if lang == "en" else lang) / "404.html").is_file()


@pytest.mark.parametrize(("name", "line"), [
    ("nginx.conf", r'^  add_header (\S+) "([^"]*)" always;$'), ("Caddyfile", r'^\t\t(\S+) "([^"]*)"$'),
    ("apache.conf", r'^Header always set (\S+) "([^"]*)"$'),
])
def test_ready_files_for_servers_send_the_same_headers(name: str, line: str) -> None:
    text = (HOSTING / name).read_text(encoding="utf-8")
    assert dict(re.findall(line, text, re.MULTILINE)) == dict(policy.HEADERS)


@pytest.mark.parametrize("name", ["nginx.conf", "Caddyfile", "README.md"])
def test_ready_files_and_notes_state_the_same_lifetimes(name: str) -> None:
    text = (HOSTING / name).read_text(encoding="utf-8")
    assert f'"{policy.LIFETIME}"' in text
    assert policy.FRESH in text
    assert all(folder in text for folder in policy.LASTING)


def test_every_ready_file_is_looked_at() -> None:
    assert {path.name for path in HOSTING.iterdir()} == {"Caddyfile", "README.md", "apache.conf", "nginx.conf"}
