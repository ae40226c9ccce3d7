"""Asks other sites whether the pages that we link to are still there: ``python scripts/check_links.py casestudies …``.

In: Markdown files, or folders of them. Out: on standard output, which links are dead, have moved or gave no sure
answer, each with its file and line; as text, as ``--markdown`` for a job's summary, or as one JSON document with
``--json``.
The exit code is 0 whatever the answers are, for what other sites do is no fault of a change here; 2 is misuse.

A host is asked for one thing at a time, with a pause after each. Only heads are asked for, and the beginning of the
page where a host doesn't give them. It needs nothing of the package, and changes nothing.
"""

import argparse
import contextlib
import json
import os
import re
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import requests

USER_AGENT = "SafeCitiesLinkCheck/1.0 (a weekly check of the links of a knowledge base; one request at a time)"

_URL = re.compile(r"https?://[^\s<>\"`\\^{|}]+", re.IGNORECASE)
_NOWHERE = re.compile(r"(?:^|\.)(?:example|invalid|test|localhost\.localdomain|example\.(?:com|net|org))$")
"""Hosts that RFC 2606 keeps free for examples."""
_GONE = (404, 410)
_FOR_GOOD = (301, 308)
_REDIRECTS = (301, 302, 303, 307, 308)
_MOST_REDIRECTS = 8


@dataclass(frozen=True)
class Answer:
    """What became of a link.

    ``state`` is alive, moved (for good, to ``address``), dead, or unsure: a host may refuse programs, or be down today.
    ``places`` are the files and lines in which it stands.
    """

    url: str
    state: str
    reason: str
    address: str | None = None
    places: tuple[str, ...] = ()


class Hosts:
    """Sees to it that a host is asked for one thing at a time, with a pause of some seconds after each."""

    def __init__(self, pause: float) -> None:
        self._pause = pause
        self._guard = threading.Lock()
        self._locks: dict[str, threading.Lock] = defaultdict(threading.Lock)
        self._free: dict[str, float] = {}

    @contextlib.contextmanager
    def turn(self, host: str) -> Iterator[None]:
        """Wait until the host may be asked."""
        with self._guard:
            lock = self._locks[host]
        with lock:
            time.sleep(max(0.0, self._free.get(host, 0.0) - time.monotonic()))
            try:
                yield
            finally:
                self._free[host] = time.monotonic() + self._pause


class Asker:
    """Asks for links; one object serves many threads."""

    def __init__(self, pause: float, timeout: float) -> None:
        self._hosts = Hosts(pause)
        self._timeout = timeout

    def ask(self, url: str) -> Answer:
        """What became of a link; never raises for what a host does."""
        try:
            return self._follow(url)
        except requests.exceptions.SSLError:
            return Answer(url, "dead", "its certificate is not valid")
        except requests.exceptions.Timeout:
            return Answer(url, "unsure", f"no answer within {self._timeout:g} seconds")
        except requests.exceptions.ConnectionError as error:
            return Answer(url, "dead", "no such host" if "resolve" in str(error).lower() else "no connection")
        except (requests.RequestException, ValueError):
            return Answer(url, "dead", "no sound address")

    def _follow(self, url: str) -> Answer:
        at, for_good = url, True
        for _ in range(_MOST_REDIRECTS + 1):
            status, target = self._status(at)
            if target is None:
                break
            for_good = for_good and status in _FOR_GOOD
            at = urljoin(at, target)
            if urlsplit(at).scheme not in ("http", "https"):
                return Answer(url, "unsure", "leads to what is no web page", at)
        else:
            return Answer(url, "unsure", "is redirected again and again")
        if status in _GONE:
            return Answer(url, "dead", f"answers {status}")
        if not 200 <= status < 300:
            return Answer(url, "unsure", f"answers {status}")
        same = at.partition("#")[0] == url.partition("#")[0]
        return Answer(url, "alive", f"answers {status}") if same or not for_good else Answer(
            url, "moved", "has moved for good", at)

    def _status(self, url: str) -> tuple[int, str | None]:
        """The status that a host answers, and where it redirects to."""
        host = urlsplit(url).hostname or ""
        for method in ("HEAD", "GET"):
            with self._hosts.turn(host), requests.Session() as session:
                session.auth = lambda request: request  # a password in ~/.netrc is nothing for other sites
                with session.request(method, url, headers={"User-Agent": USER_AGENT, "Accept": "*/*"}, stream=True,
                                     allow_redirects=False, timeout=self._timeout) as response:
                    status, target = response.status_code, response.headers.get("Location")
            if status < 400:  # some hosts know no HEAD, or answer it wrongly
                break
        return status, target if status in _REDIRECTS else None


def links(paths: Iterable[Path]) -> dict[str, list[str]]:
    """The links in Markdown files, each with the files and lines in which it stands."""
    found: dict[str, list[str]] = {}
    for path in paths:
        for file in sorted(path.rglob("*.md")) if path.is_dir() else [path]:
            text = file.read_text(encoding="utf-8", errors="replace")
            for number, line in enumerate(text.splitlines(), start=1):
                for match in _URL.finditer(line):
                    url = _without_what_follows(match[0])
                    if not _is_nowhere(url):
                        found.setdefault(url, []).append(f"{file.as_posix()}:{number}")
    return found


def _without_what_follows(url: str) -> str:
    """An address without the brackets and signs of the sentence around it."""
    while True:
        last = url[-1]
        opening = {")": "(", "]": "["}.get(last)
        if last in ".,;:!?'*_’”»،؛؟" or (opening and url.count(last) > url.count(opening)):
            url = url[:-1]
        elif "](" in url:  # an address as the words of a link
            url = url.partition("](")[0]
        else:
            return url


def _is_nowhere(url: str) -> bool:
    try:
        return bool(_NOWHERE.search(urlsplit(url).hostname or ""))
    except ValueError:
        return False


def ask_all(found: dict[str, list[str]], asker: Asker, deadline: float) -> list[Answer]:
    """The answers in the order of the links; those that are not in after ``deadline`` seconds are unsure."""
    by_host: dict[str, list[str]] = defaultdict(list)
    for url in found:
        by_host[re.split(r"[/?#]", url.partition("://")[2])[0].lower()].append(url)
    answers: dict[str, Answer] = {}

    def ask_host(urls: list[str]) -> None:
        for url in urls:
            answers[url] = asker.ask(url)

    pool = ThreadPoolExecutor(max_workers=8)
    tasks = [pool.submit(ask_host, urls) for urls in by_host.values()]
    wait(tasks, timeout=deadline)
    pool.shutdown(wait=False, cancel_futures=True)
    got = dict(answers)
    late = {url: Answer(url, "unsure", "was not asked in time") for url in found if url not in got}
    return [Answer(**{**asdict(got.get(url) or late[url]), "places": tuple(places)}) for url, places in found.items()]


def as_text(answers: list[Answer], *, markdown: bool) -> str:
    """A report: what is not alive, the dead first, then a count."""
    lines = ["## Links to other sites", ""] if markdown else []
    for state in ("dead", "moved", "unsure"):
        for answer in answers:
            if answer.state == state:
                url, address = (_shown(text, markdown=markdown) for text in (answer.url, answer.address or ""))
                where = f", to {address}" if answer.address else ""
                places = ", ".join(_shown(place, markdown=markdown) for place in answer.places)
                lines.append(f"{'- ' if markdown else ''}{state}: {url} {answer.reason}{where} ({places})")
    counts = ", ".join(f"{sum(answer.state == state for answer in answers)} {state}"
                       for state in ("alive", "moved", "dead", "unsure"))
    return "\n".join([*lines, *([""] if markdown else []), f"{len(answers)} links: {counts}", ""])


def _shown(text: str, *, markdown: bool) -> str:
    """A text from elsewhere, which must stay one line and, in Markdown, plain."""
    plain = "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)
    return f"`{plain.replace('`', '%60')}`" if markdown else plain


def main() -> int:
    """The program."""
    parser = argparse.ArgumentParser(description="Say which links to other sites are dead.")
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="Markdown files, or folders of them")
    style = parser.add_mutually_exclusive_group()
    style.add_argument("--json", action="store_true", help="print one JSON document")
    style.add_argument("--markdown", action="store_true", help="print a report for a job's summary")
    parser.add_argument("--pause", type=float, default=1.0, help="seconds between two requests to a host (1)")
    parser.add_argument("--timeout", type=float, default=20.0, help="seconds to wait for an answer (20)")
    parser.add_argument("--deadline", type=float, default=3600.0,
                        help="seconds after which to report what is known (3600)")
    arguments = parser.parse_args()
    for path in arguments.paths:
        if not path.exists():
            parser.error(f"there is no {path}")
    if arguments.pause < 0 or arguments.timeout <= 0 or arguments.deadline <= 0:
        parser.error("times are more than 0")
    answers = ask_all(links(arguments.paths), Asker(arguments.pause, arguments.timeout), arguments.deadline)
    if arguments.json:
        counts = {state: sum(answer.state == state for answer in answers) for state in
                  ("alive", "moved", "dead", "unsure")}
        print(json.dumps({"links": [asdict(answer) for answer in answers], **counts}, ensure_ascii=False, indent=2))
    else:
        print(as_text(answers, markdown=arguments.markdown), end="")
    sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    code = main()
    os._exit(code)  # a host that never ends its answer must not keep the report waiting
