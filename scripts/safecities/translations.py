"""Translations: which are missing, stale or machine-made, and the stamp that says one is up to date.

In: the catalogue, or files. Out: rows for a list, or the digest set in files.
"""

import os
import re
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from safecities.catalogue import Catalogue, Page
from safecities.content import Content, read_content
from safecities.records import Refusal, Source, strict_yaml
from safecities.records.files import cut, plain_lines
from safecities.site import Site

_VALUE = re.compile(r"\"[^\"\n]*\"|'[^'\n]*'|[^\s#,}\]]*")
"""A scalar in one line: quoted, or one plain word, or nothing."""


@dataclass(frozen=True)
class Row:
    """One translation: its language, ``missing``, ``stale``, ``machine`` or ``draft``, and its file."""

    lang: str
    state: str
    path: str


def overview(catalogue: Catalogue, lang: str | None = None) -> Iterator[Row]:
    """Every translation that needs somebody, by language and path; a stale one is listed as such."""
    wanted = [lang] if lang else list(catalogue.site.tags)
    for tag in wanted:
        for page in (*catalogue.guidance.values(), *catalogue.entries.values()):
            text = page.texts.get(tag)
            if text is None:
                yield Row(tag, "missing", _beside(page, tag))
            elif text.state != "original" and text.stale:
                yield Row(tag, "stale", text.path)
            elif text.state in ("machine", "draft"):
                yield Row(tag, text.state, text.path)


def _beside(page: Page, tag: str) -> str:
    """Where a translation belongs: ``one.es.md`` beside ``one.md`` or ``one.en.md``."""
    return page.original.path.removesuffix(".md").removesuffix(f".{page.language}") + f".{tag}.md"


def stamp(site: Site, paths: Sequence[Path], left: list[str] | None = None) -> Iterator[str]:
    """Set ``translated_from`` in the files named, or in all translations in the folders named, to today's digest.

    Yields the path of each file changed, relative to the root. A file in which it is missing or no digest gets it too.
    Nothing else in a file is touched, and a file is replaced in one step. ``left`` gets a sentence on each file that
    was to be stamped and could not be, and on each one named that needs no stamp.
    """
    content, _ = read_content(site)
    remarks = left if left is not None else []
    looked_at: set[Path] = set()
    for source, digest in _digests(content):
        path = (site.root / source.path).resolve()
        if not any(path == named.resolve() or named.resolve() in path.parents for named in paths):
            continue
        looked_at.add(path)
        if source.data.get("translated_from") == digest:
            if path in map(Path.resolve, paths):
                remarks.append(f"{source.path} is up to date already")
            continue
        text = _with(path.read_bytes(), "translated_from", f'"{digest}"')
        # Where the value was written in a way that is not foreseen here, the file stays as it is.
        if text is not None and _holds(text, {**source.data, "translated_from": digest}):
            _replace(path, text)
            yield source.path
        else:
            remarks.append(f'{source.path} was left as it is: write `translated_from: "{digest}"` into it yourself, in '
                           "one line; if it has faults, `safecities validate` names them")
    remarks += [f"{_named(path, site)} is no translation of a file that can be read" for path in paths
                if path.is_file() and path.resolve() not in looked_at]


def _named(path: Path, site: Site) -> str:
    root = site.root.resolve()
    return str(path.resolve().relative_to(root)) if path.resolve().is_relative_to(root) else str(path)


def _digests(content: Content) -> Iterator[tuple[Source, str]]:
    """Every translation's file, with or without a valid digest in it, and the digest of its original."""
    for originals, files in ((content.records, content.record_files), (content.guidance, content.pages)):
        digests = {original.source.id: original.digest for original in originals}
        for file in files:
            if file.source.lang is not None and file.source.id in digests:
                yield file.source, digests[file.source.id]


def _with(raw: bytes, name: str, value: str) -> str | None:
    """The file's text with the value in the place of the field's old one, or in a new last line of the front matter.

    None for a file that cannot be read.
    """
    try:
        text = raw.decode("utf-8")
        parts = cut(plain_lines(text))
        mark = strict_yaml.places(parts.front, first_line=2).values.get((name,))
    except (UnicodeDecodeError, Refusal):
        return None
    lines = text.splitlines(keepends=True)
    if mark is not None:
        before, after = lines[mark.line - 1][: mark.column - 1], lines[mark.line - 1][mark.column - 1 :]
        space = " " if before.endswith(":") else ""
        lines[mark.line - 1] = before + space + _VALUE.sub(value, after, count=1)
    else:
        end = "\r\n" if lines[0].endswith("\r\n") else "\n"
        lines.insert(parts.body_line - 2, f"{name}: {value}{end}")
    return "".join(lines)


def _holds(text: str, expected: dict[str, Any]) -> bool:
    try:
        return bool(strict_yaml.load(cut(plain_lines(text)).front).data == expected)
    except Refusal:
        return False


def _replace(path: Path, text: str) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".tmp")
    with os.fdopen(handle, "wb") as file:
        file.write(text.encode("utf-8"))
    os.chmod(name, path.stat().st_mode & 0o777)  # noqa: PTH101 - mkstemp gives a name
    Path(name).replace(path)
