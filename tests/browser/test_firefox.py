"""The site in a stock Firefox, from a folder, with the network cut off: what Chromium does must work there too.

Driven by Mozilla's own client; every request that leaves the machine would go through a proxy that only takes notes.
"""

import gc
import socket
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from find_browsers import firefox
from reading import fitting, true_counts

import built
from built import LANGUAGES

OBSERVATORY = "tools/observatoire-seine-saint-denis.html"
GUIDANCE = "guidance/local-policy/gender-approach.html"
QUIET = {
    "app.update.enabled": False,
    "browser.aboutConfig.showWarning": False,
    "browser.startup.page": 0,
    "browser.safebrowsing.downloads.remote.enabled": False,
    "browser.safebrowsing.malware.enabled": False,
    "browser.safebrowsing.phishing.enabled": False,
    "browser.safebrowsing.update.enabled": False,
    "browser.newtabpage.enabled": False,
    "browser.newtabpage.activity-stream.feeds.system.topstories": False,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "dom.push.enabled": False,
    "extensions.systemAddon.update.enabled": False,
    "network.dns.disablePrefetch": True,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "network.prefetch-next": False,
    "network.predictor.enabled": False,
    "network.trr.mode": 5,
    "toolkit.telemetry.enabled": False,
    "toolkit.telemetry.unified": False,
}


class Notes:
    """A proxy that lets nothing through and keeps the first line of whatever it is asked for."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.server = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.server.getsockname()[1]
        self.thread = threading.Thread(target=self._listen, daemon=True)
        self.thread.start()

    def _listen(self) -> None:
        while True:
            try:
                asking, _ = self.server.accept()
            except OSError:
                return
            with closing(asking):
                asking.settimeout(1)
                try:
                    self.lines.append(asking.recv(500).decode("latin-1").partition("\r\n")[0])
                except OSError:
                    self.lines.append("?")

    def close(self) -> None:
        self.server.close()


class Fox:
    """A few words for what a reader does, over Mozilla's client."""

    def __init__(self, client: Any, site: Path, notes: Notes) -> None:
        self.client, self.site, self.notes = client, site, notes

    def open(self, address: str) -> None:
        self.client.navigate(f"{self.site.as_uri()}/{address}")

    def all(self, selector: str) -> list[Any]:
        return self.client.find_elements("css selector", selector)

    def one(self, selector: str) -> Any:
        return self.client.find_element("css selector", selector)

    def run(self, script: str, *arguments: Any) -> Any:
        return self.client.execute_script(script, script_args=arguments, sandbox=None)

    def wait(self, script: str, *arguments: Any) -> Any:
        from marionette_driver import Wait

        return Wait(self.client, timeout=8, interval=0.05).until(lambda _: self.run(script, *arguments), message=script)

    def shown(self) -> set[str]:
        return set(
            self.run(
                "return Array.from(document.querySelectorAll('[data-results] [data-record]'))"
                ".filter(row => row.offsetParent).map(row => row.dataset.record)"
            )
        )

    def counts(self) -> dict[tuple[str, str], int]:
        rows = self.run(
            "return Array.from(document.querySelectorAll('[data-facet] label'), label => {"
            " const { name, value } = label.querySelector('input'); return [name, value, label.textContent.trim()]; })"
        )
        return {(name, value): int(text.split()[-1]) for name, value, text in rows}

    def sees(self, asked: Callable[[], Any], wanted: Any) -> None:
        """Fail unless what is asked for is, within seconds, what is wanted: a list answers a click bit by bit."""
        deadline = time.monotonic() + 8
        while (seen := asked()) != wanted and time.monotonic() < deadline:
            time.sleep(0.05)
        assert seen == wanted

    def asked(self) -> str:
        return self.run("return location.search")


@pytest.fixture(scope="module")
def fox(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fox]:
    path = firefox()
    if path is None:
        pytest.skip("there is no Firefox here; on Debian: apt-get install firefox-esr")
    notes = Notes()
    proxy = {
        "network.proxy.type": 1,
        "network.proxy.http": "127.0.0.1",
        "network.proxy.http_port": notes.port,
        "network.proxy.ssl": "127.0.0.1",
        "network.proxy.ssl_port": notes.port,
        "network.proxy.allow_hijacking_localhost": True,
        "network.proxy.no_proxies_on": "",
    }
    folder = tmp_path_factory.mktemp("firefox")
    with warnings.catch_warnings(), pytest.MonkeyPatch.context() as patched:
        patched.setenv(
            "MOZ_REMOTE_SETTINGS_DEVTOOLS", "1"
        )  # lets a release Firefox do without Mozilla's settings server
        warnings.simplefilter("ignore")  # the client's own dependencies use what Python has deprecated
        from marionette_driver.marionette import Marionette

        client = Marionette(
            bin=path,
            headless=True,
            port=0,
            prefs={**QUIET, **proxy},
            gecko_log=str(folder / "gecko.log"),
            workspace=str(folder),
            startup_timeout=60,
        )
        client.start_session()
        client.timeout.implicit = 0
        yield Fox(client, site, notes)
        client.cleanup()
        # Profiles remove their folders when they are collected, which must not wait until the interpreter ends.
        client.instance = None
        gc.collect()
    notes.close()


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", "observatories Seine"),
        ("es", "observatorio Seine"),
        ("fr", "l'observatoire"),
        ("ar", "المرصد"),
        ("ar", "مرصد"),
        ("en", "obsevatory Seine"),
    ],
)
def test_search_finds_in_each_language_as_the_reader_types(fox: Fox, lang: str, words: str) -> None:
    prefix = "" if lang == "en" else f"{lang}/"
    fox.open(f"{prefix}tools/town-for-equality.html")
    fox.one("header input[type=search]").send_keys(words)
    fox.wait("return document.querySelector('header [data-search-results] a')")
    wanted = f"{fox.site.as_uri()}/{prefix}{OBSERVATORY}"
    fox.wait(
        "return Array.from(document.querySelectorAll('header [data-search-results] a')).slice(0, 3)"
        ".some(link => link.href === arguments[0])",
        wanted,
    )
    fox.run("document.querySelector(`header [data-search-results] a[href$='${arguments[0]}']`).click()", OBSERVATORY)
    fox.wait("return location.href === arguments[0] && document.readyState === 'complete'", wanted)
    assert fox.one("html").get_attribute("lang") == lang
    assert fox.one("html").get_attribute("dir") == LANGUAGES[lang]


def test_search_works_by_keyboard_alone(fox: Fox) -> None:
    from marionette_driver.keys import Keys

    fox.open("tools/town-for-equality.html")
    fox.one("body").send_keys("/")
    fox.wait("return document.activeElement.matches('header input[type=search]')")
    fox.client.get_active_element().send_keys("charter")
    fox.wait("return document.querySelector('header [data-search-results] a')?.offsetParent")
    fox.client.get_active_element().send_keys(Keys.ARROW_DOWN)
    fox.wait("return document.activeElement === document.querySelector('header [data-search-results] a')")
    fox.client.get_active_element().send_keys(Keys.ESCAPE)
    fox.wait(
        "return document.activeElement.value === 'charter'"
        " && !document.querySelector('header [data-search-results] a').offsetParent"
    )
    fox.client.get_active_element().send_keys(Keys.ENTER)
    fox.wait(
        "return location.href.endsWith('/search.html?q=charter')"
        " && document.querySelector('main [data-search-results] a')"
    )


def test_the_observatories_are_a_tick_away_and_all_counts_stay_true(fox: Fox) -> None:
    tools = built.records(fox.site)
    fox.open("tools/index.html")
    fox.wait("return document.querySelector('[data-filters] button[type=submit]').hidden")
    everything = fox.counts()
    assert everything == true_counts(tools, {}, everything)
    fox.one("input[name=category][value=observatory]").click()
    fox.sees(fox.shown, fitting(tools, {"category": ["observatory"]}))
    fox.sees(fox.asked, "?category=observatory")
    fox.sees(fox.counts, true_counts(tools, {"category": ["observatory"]}, everything))
    fox.one("input[name=country][value=CA]").click()
    fox.sees(fox.shown, set())
    assert fox.one("[data-empty]").is_displayed()
    fox.wait("return location.search.includes('CA')")
    fox.client.go_back()
    fox.sees(fox.asked, "?category=observatory")
    fox.sees(fox.shown, fitting(tools, {"category": ["observatory"]}))
    fox.client.refresh()
    fox.wait("return document.querySelectorAll('[data-facet] input:checked').length === 1")
    fox.sees(fox.shown, fitting(tools, {"category": ["observatory"]}))


def test_two_countries_in_the_address_are_both_on(fox: Fox) -> None:
    fox.open("ar/tools/index.html?country=FR&country=CA")
    fox.wait("return document.querySelectorAll('[data-facet] input:checked').length === 2")
    fox.sees(fox.shown, fitting(built.records(fox.site), {"country": ["FR", "CA"]}))


def test_words_narrow_the_list(fox: Fox) -> None:
    fox.open("es/tools/index.html")
    fox.wait("return document.querySelector('[data-filters] button[type=submit]').hidden")
    fox.one("#words").send_keys("matrimonio forzado")
    fox.wait(
        "return Array.from(document.querySelectorAll('[data-results] [data-record]')).find(row => row.offsetParent)"
        ".dataset.record === 'protocol-forced-marriage-seine-saint-denis'"
    )


def test_a_record_can_be_read_in_another_language(fox: Fox) -> None:
    fox.open("tools/montreal-charter.html")
    fox.one(".languages summary").click()
    fox.one(".languages a[hreflang=ar]").click()
    fox.wait(
        "return location.pathname.endsWith('/ar/tools/montreal-charter.html') && document.readyState === 'complete'"
    )
    assert fox.run("return [document.documentElement.lang, document.documentElement.dir]") == ["ar", "rtl"]
    assert fox.run("return document.querySelector('article').lang") == "ar"


@pytest.mark.parametrize(("prefix", "key"), [("", "ARROW_RIGHT"), ("ar/", "ARROW_LEFT")])
def test_tabs_follow_the_arrow_keys(fox: Fox, prefix: str, key: str) -> None:
    from marionette_driver.keys import Keys

    fox.open(prefix + GUIDANCE)
    tabs = fox.all("[role=tab]")
    assert len(tabs) == 2
    tabs[0].click()
    tabs[0].send_keys(getattr(Keys, key))
    fox.wait("return document.activeElement === document.querySelectorAll('[role=tab]')[1]")
    assert fox.one("#related-tools").is_displayed()
    assert not fox.one("#general-guidance").is_displayed()


def test_leaving_empties_the_page(fox: Fox) -> None:
    fox.open("tools/montreal-charter.html")
    way_out = fox.one("[data-exit]")
    assert way_out.is_displayed()
    way_out.click()
    fox.sees(lambda: fox.run("return document.title + document.documentElement.textContent.trim()"), "")


def test_nothing_is_kept_and_nothing_was_asked_of_anyone(fox: Fox) -> None:
    fox.open("tools/index.html")
    fox.wait("return document.querySelector('[data-filters] button[type=submit]').hidden")
    assert fox.run("return [localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]
    names = fox.run("return performance.getEntriesByType('resource').map(({ name }) => name)")
    assert [name for name in names if not name.startswith(fox.site.as_uri())] == []
    assert fox.notes.lines == []
    # The page's policy stops what a text could ask for, on file:// too, and runs nothing that stands in the page.
    stopped = """
      const [done] = arguments, found = [];
      document.addEventListener("securitypolicyviolation", (event) => {
        found.push(event.effectiveDirective);
        if (found.length === 2) setTimeout(done, 200, [found.sort(), window.ran === undefined]);
      });
      new Image().src = "https://elsewhere.example/stopped.png";
      const script = document.body.appendChild(document.createElement("script"));
      script.textContent = "window.ran = true";
      document.body.appendChild(script);
    """
    fox.client.timeout.script = 5
    assert fox.client.execute_async_script(stopped, sandbox=None) == [["img-src", "script-src-elem"], True]
    assert fox.notes.lines == []
    # Had a page asked for anything, it would stand in the notes.
    fox.run("location.assign('https://elsewhere.example/seen')")
    deadline = time.monotonic() + 5
    while not fox.notes.lines and time.monotonic() < deadline:
        time.sleep(0.05)
    assert "elsewhere.example" in "".join(fox.notes.lines)
