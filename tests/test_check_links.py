"""The weekly question whether links are alive: polite, patient, and never a failure."""

import json
import subprocess
import sys
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from loaded import PROJECT

Check = Callable[..., "subprocess.CompletedProcess[str]"]


class Web(ThreadingHTTPServer):
    """A host that answers as its paths say and remembers who asked, when, and how many at once."""

    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Pages)
        self.url = f"http://127.0.0.1:{self.server_address[1]}"
        self.asked: list[tuple[str, str]] = []
        self.agents: Counter[str] = Counter()
        self.now: Counter[str] = Counter()
        self.most: dict[str, int] = defaultdict(int)
        self.times: list[float] = []
        self.lock = threading.Lock()


class Pages(BaseHTTPRequestHandler):
    server: Web

    def do_HEAD(self) -> None:
        self.answer()

    def do_GET(self) -> None:
        self.answer()

    def answer(self) -> None:
        web, host = self.server, self.headers["Host"]
        with web.lock:
            web.asked.append((self.command, self.path))
            web.agents[self.headers["User-Agent"]] += 1
            web.times.append(time.monotonic())
            web.now[host] += 1
            web.most[host] = max(web.most[host], web.now[host])
        time.sleep({"/slow": 3}.get(self.path, 0.02))
        with web.lock:
            web.now[host] -= 1
        status, location = {
            "/moved": (301, "/ok"), "/moved-twice": (308, "/moved"), "/for-now": (302, "/ok"), "/loop": (302, "/loop"),
            "/away": (301, "ftp://x.example/"), "/to-nowhere": (301, "/gone"), "/by-the-way": (301, "/for-now"),
            "/gone": (410, None),
        }.get(self.path, (int(self.path[1:]) if self.path[1:].isdigit() else 200, None))
        if self.path == "/no-head" and self.command == "HEAD":
            status = 405
        try:
            self.send_response(status)
            if location:
                self.send_header("Location", location)
            self.end_headers()
            if self.command == "GET":
                self.wfile.write(b"x" * 1000)
        except OSError:  # who asked has gone
            pass

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def web() -> Iterator[Web]:
    server = Web()
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def check(tmp_path: Path) -> Check:
    def run(*arguments: str, code: int = 0) -> "subprocess.CompletedProcess[str]":
        result = subprocess.run([sys.executable, PROJECT / "scripts" / "check_links.py", *arguments], cwd=tmp_path,
                                capture_output=True, text=True, encoding="utf-8", timeout=60, check=False)
        assert result.returncode == code, result.stderr
        return result
    return run


def answers(result: "subprocess.CompletedProcess[str]") -> dict[str, dict[str, Any]]:
    assert result.stderr == ""
    return {row["url"]: row for row in json.loads(result.stdout)["links"]}


@pytest.mark.parametrize(("path", "state", "reason"), [
    ("/ok", "alive", "answers 200"), ("/gone", "dead", "answers 410"), ("/404", "dead", "answers 404"),
    ("/403", "unsure", "answers 403"), ("/429", "unsure", "answers 429"), ("/500", "unsure", "answers 500"),
    ("/no-head", "alive", "answers 200"), ("/for-now", "alive", "answers 200"), ("/by-the-way", "alive", "answers 200"),
    ("/moved", "moved", "has moved for good"), ("/moved-twice", "moved", "has moved for good"),
    ("/loop", "unsure", "is redirected again and again"), ("/away", "unsure", "leads to what is no web page"),
    ("/to-nowhere", "dead", "answers 410"), ("/slow", "unsure", "no answer within 0.5 seconds"),
])
def test_a_link_is_alive_moved_dead_or_unsure(path: str, state: str, reason: str, web: Web, check: Check,
                                              tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(f"[x]({web.url}{path})\n", encoding="utf-8")
    (answer,) = answers(check("a.md", "--json", "--pause", "0", "--timeout", "0.5")).values()
    assert (answer["url"], answer["state"], answer["reason"]) == (web.url + path, state, reason)
    assert answer["address"] == {"moved": f"{web.url}/ok"}.get(state, "ftp://x.example/" if path == "/away" else None)


def test_hosts_that_are_not_there_are_dead(check: Check, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("http://127.0.0.1:1/ http://[ http://a..b/ http://x:99999/", encoding="utf-8")
    found = answers(check("a.md", "--json", "--pause", "0", "--timeout", "5"))
    assert [row["state"] for row in found.values()] == ["dead"] * 4


def test_a_host_is_asked_for_one_thing_at_a_time_with_a_pause_and_says_who_asks(web: Web, check: Check,
                                                                               tmp_path: Path) -> None:
    urls = [f"{web.url}/{name}" for name in ("a", "b", "moved", "405")]
    (tmp_path / "a.md").write_text("\n".join(urls), encoding="utf-8")
    check("a.md", "--json", "--pause", "0.2")
    assert web.most == {web.url.removeprefix("http://"): 1}
    assert [request for request in web.asked if request[1] != "/405"] == [
        ("HEAD", "/a"), ("HEAD", "/b"), ("HEAD", "/moved"), ("HEAD", "/ok")]
    assert [method for method, path in web.asked if path == "/405"] == ["HEAD", "GET"]
    gaps = [later - earlier for earlier, later in zip(web.times, web.times[1:], strict=False)]
    assert min(gaps) >= 0.2
    assert all(agent.startswith("SafeCitiesLinkCheck/") for agent in web.agents)


def test_each_of_several_hosts_is_asked_for_one_thing_at_a_time(web: Web, check: Check, tmp_path: Path) -> None:
    hosts = (web.url, web.url.replace("127.0.0.1", "localhost"))
    (tmp_path / "a.md").write_text(" ".join(f"{host}/{n}x" for n in range(6) for host in hosts), encoding="utf-8")
    check("a.md", "--json", "--pause", "0")
    assert set(web.most.values()) == {1}
    assert len(web.asked) == 12


def test_links_are_found_with_their_places_and_without_the_signs_around_them(check: Check, tmp_path: Path) -> None:
    (tmp_path / "in" / "below").mkdir(parents=True)
    (tmp_path / "in" / "a.md").write_text(
        "---\nurl: \"http://127.0.0.1:1/quoted\"\n---\n(see http://127.0.0.1:1/a_(b)). [x](http://127.0.0.1:1/c 'T'), "
        "<http://127.0.0.1:1/d>\n*http://127.0.0.1:1/e*; [http://127.0.0.1:1/f](http://127.0.0.1:1/f)\n"
        "https://example.org/x https://a.example/ http://x.test https://www.example.com\n", encoding="utf-8")
    (tmp_path / "in" / "below" / "b.md").write_bytes(b"\xff http://127.0.0.1:1/c")
    (tmp_path / "in" / "c.txt").write_text("http://127.0.0.1:1/no", encoding="utf-8")
    found = answers(check("in", "--json", "--pause", "0", "--timeout", "5"))
    assert {url.removeprefix("http://127.0.0.1:1"): row["places"] for url, row in found.items()} == {
        "/quoted": ["in/a.md:2"], "/a_(b)": ["in/a.md:4"], "/c": ["in/a.md:4", "in/below/b.md:1"], "/d": ["in/a.md:4"],
        "/e": ["in/a.md:5"], "/f": ["in/a.md:5"]}


@pytest.mark.parametrize(("style", "first"), [([], "dead: "), (["--markdown"], "## Links to other sites")])
def test_the_report_names_what_is_not_alive_and_counts(style: list[str], first: str, web: Web, check: Check,
                                                       tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(f"{web.url}/ok\n{web.url}/403 {web.url}/404\n{web.url}/moved", encoding="utf-8")
    lines = check("a.md", "--pause", "0", *style).stdout.splitlines()
    assert lines[0].startswith(first)
    plain = [line.replace("`", "").removeprefix("- ") for line in lines]
    assert [line for line in plain if line.startswith(("dead", "moved", "unsure"))] == [
        f"dead: {web.url}/404 answers 404 (a.md:2)",
        f"moved: {web.url}/moved has moved for good, to {web.url}/ok (a.md:3)",
        f"unsure: {web.url}/403 answers 403 (a.md:2)"]
    assert lines[-1] == "4 links: 1 alive, 1 moved, 1 dead, 1 unsure"


def test_the_report_comes_though_a_host_never_ends_its_answer(web: Web, check: Check, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(f"{web.url}/slow {web.url}/ok", encoding="utf-8")
    started = time.monotonic()
    found = answers(check("a.md", "--json", "--pause", "0", "--deadline", "0.5"))
    assert time.monotonic() - started < 3
    assert {row["reason"] for row in found.values()} == {"was not asked in time"}


@pytest.mark.parametrize("arguments", [[], ["nowhere"], [".", "--json", "--markdown"], [".", "--timeout", "0"],
                                       [".", "--pause", "x"]])
def test_misuse_ends_with_2(arguments: list[str], check: Check) -> None:
    result = check(*arguments, code=2)
    assert result.stdout == ""
    assert "error: " in result.stderr
