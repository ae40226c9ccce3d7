"""What browser tests share: the built sites, Chromium without a network, and a watch over all it asks for and says."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from find_browsers import chromium
from playwright.sync_api import BrowserContext, Page, expect
from reading import open_list

import built

# Beside what Playwright sets: nothing of the browser's own, and no name but ours leads anywhere.
_ARGUMENTS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-domain-reliability",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
]


def pytest_configure(config: pytest.Config) -> None:
    expect.set_options(timeout=5_000)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's own site."""
    return built.project(tmp_path_factory.getbasetemp())


@pytest.fixture(scope="session")
def tools(site: Path) -> dict[str, dict]:
    """The tools by their ids, as the site's data has them."""
    return built.records(site)


@pytest.fixture
def listing(page: Page, site: Path) -> Page:
    """A page that shows the tools database."""
    open_list(page, (site / "tools" / "index.html").as_uri())
    return page


@pytest.fixture(scope="session")
def four(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny site in four languages, in which much isn't translated."""
    return built.four(tmp_path_factory.getbasetemp())


@pytest.fixture(scope="session")
def base_url() -> None:
    """None: addresses are whole. In place of the plugin's own fixture, of which pytest 9 warns."""


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    path = chromium()
    if path is None:
        pytest.fail("there is no Chromium; run: python tests/browser/find_browsers.py")
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {**browser_type_launch_args, "executable_path": path, "args": _ARGUMENTS + root}


class Watch:
    """Keeps what pages ask for and complain of; ``allowed`` are the beginnings of the addresses that are ours."""

    def __init__(self, *allowed: str) -> None:
        self.allowed = list(allowed)
        self.requests: list[str] = []
        self.complaints: list[str] = []

    def over(self, context: BrowserContext) -> None:
        context.on("request", lambda request: self.requests.append(request.url))
        context.on("console", lambda message: self._said(message.type, message.text))
        context.on("weberror", lambda error: self.complaints.append(f"uncaught: {error.error}"))

    def _said(self, kind: str, text: str) -> None:
        if kind in ("error", "warning"):
            self.complaints.append(f"{kind}: {text}")

    def elsewhere(self) -> list[str]:
        return [address for address in self.requests if not address.startswith(tuple(self.allowed))]


@pytest.fixture
def watch(site: Path, four: Path) -> Iterator[Watch]:
    """Fails the test when a page asks for anything outside the site's folder or server, or when a script fails."""
    watching = Watch(site.as_uri() + "/", four.as_uri() + "/")
    yield watching
    assert watching.elsewhere() == []
    assert watching.complaints == []


@pytest.fixture
def new_context(new_context: Callable[..., BrowserContext], watch: Watch) -> Callable[..., BrowserContext]:
    """Every context is watched."""

    def create(**options: Any) -> BrowserContext:
        context = new_context(**options)
        watch.over(context)
        return context

    return create


@pytest.fixture
def served(site: Path, watch: Watch) -> Iterator[str]:
    """The address of the project's site on a server of its own."""
    with built.serve(site) as address:
        watch.allowed.append(address)
        yield address


@pytest.fixture
def scriptless(new_context: Callable[..., BrowserContext]) -> Page:
    """A page in a browser that runs no scripts."""
    return new_context(java_script_enabled=False).new_page()
