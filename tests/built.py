"""Sites to test: the project's own and the tiny one, built by the command as anyone would build them.

Nothing is written into the project: its content is copied first, so that caches and the site lie in a temporary folder.
"""

import contextlib
import functools
import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).parent.parent
TINY = Path(__file__).parent / "fixtures" / "tiny"
FOUR = Path(__file__).parent / "golden" / "over"
"""Files that, laid over the tiny repository, give it French and Arabic too."""

LANGUAGES = {"en": "ltr", "es": "ltr", "fr": "ltr", "ar": "rtl"}
"""The languages of the project's site, the default one first, and their directions."""

CONTENT = ("casestudies", "tools_db", "docs", "vocabularies")


def copied(source: Path, root: Path, *, templates: bool = False) -> Path:
    """A copy of a repository's content; its templates are the program's own, copied as well only where asked for."""
    for name in CONTENT:
        shutil.copytree(source / name, root / name)
    shutil.copyfile(source / "mkdocs.yml", root / "mkdocs.yml")
    if templates:
        shutil.copytree(PROJECT / "overrides", root / "overrides")
    else:
        (root / "overrides").mkdir()
    return root


def tiny_in_four(root: Path) -> Path:
    """The tiny repository in four languages: some texts in French and Arabic, the rest missing."""
    copied(TINY, root)
    shutil.copytree(FOUR, root, dirs_exist_ok=True)
    return root


def command(*arguments: str | Path) -> list[str]:
    """The command ``safecities`` of the environment that the tests run in."""
    return [sys.executable, "-m", "safecities.cli", *map(str, arguments)]


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run ``safecities`` and wait for it."""
    return subprocess.run(
        command(*arguments),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=120,
        env={**os.environ, "PYTHONUTF8": "1"},
    )


def build(root: Path, target: Path, *options: str) -> Path:
    """Build the site of a repository, which must succeed."""
    done = run("build", "--root", root, "--site-dir", target, *options)
    assert done.returncode == 0, done.stderr
    return target


@functools.cache
def project(folder: Path) -> Path:
    """The project's own site, built once a run; ``folder`` is the run's temporary folder."""
    return build(copied(PROJECT, folder / "project"), folder / "site")


@functools.cache
def four(folder: Path) -> Path:
    """The tiny site in four languages, built once a run."""
    return build(tiny_in_four(folder / "four"), folder / "site-four")


def records(site: Path, kind: str = "tools") -> dict[str, dict[str, Any]]:
    """The records of a site as its data file gives them, by id."""
    return {row["id"]: row for row in json.loads((site / "data" / f"{kind}.json").read_text(encoding="utf-8"))}


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    """The paths at which two trees differ."""
    return sorted(path for path in one.keys() | other.keys() if one.get(path) != other.get(path))


class _Handler(SimpleHTTPRequestHandler):
    def __init__(self, *asked: Any, headers_too: Mapping[str, str], **options: Any) -> None:
        self.headers_too = headers_too
        super().__init__(*asked, **options)

    def end_headers(self) -> None:
        for name, value in self.headers_too.items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextlib.contextmanager
def serve(folder: Path, headers: Mapping[str, str] | None = None) -> Iterator[str]:
    """Serve a folder over HTTP on a free port, with headers of its own; gives the address of its root."""
    handler = functools.partial(_Handler, directory=str(folder), headers_too=headers or {})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()


class Html(HTMLParser):
    """An HTML page as a list of elements, ``(tag, attributes, enclosing tags)``, and the text of each by its place."""

    VOID = frozenset(
        [
            "area",
            "base",
            "br",
            "col",
            "embed",
            "hr",
            "img",
            "input",
            "link",
            "meta",
            "source",
            "track",
            "wbr",
            "path",
            "circle",
        ]
    )

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None], tuple[str, ...]]] = []
        self.texts: list[str] = []
        self.doubled: list[str] = []
        self._open: list[tuple[str, int]] = []
        self.unclosed: list[str] = []
        self.feed(markup)
        self.close()
        self.unclosed += [tag for tag, _ in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        self.doubled += [f"{tag} {name}" for name in names if names.count(name) > 1]
        self.elements.append((tag, dict(attrs), tuple(name for name, _ in self._open)))
        self.texts.append("")
        if tag not in self.VOID:
            self._open.append((tag, len(self.elements) - 1))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in self.VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag in self.VOID:
            return
        if self._open and self._open[-1][0] == tag:
            self._open.pop()
        else:
            self.unclosed.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        for _, at in self._open:
            self.texts[at] += data

    def all(self, tag: str, **attributes: str) -> list[dict[str, str | None]]:
        """The attributes of the elements of a name, of those with these attributes."""
        return [
            held
            for name, held, _ in self.elements
            if name == tag and all(held.get(key) == value for key, value in attributes.items())
        ]

    def with_attribute(self, name: str) -> list[dict[str, str | None]]:
        """The attributes of the elements that have an attribute."""
        return [held for _, held, _ in self.elements if name in held]

    def text(self, tag: str) -> str:
        """The text of the first element of a name."""
        return next(
            (text.strip() for (name, _, _), text in zip(self.elements, self.texts, strict=True) if name == tag), ""
        )
