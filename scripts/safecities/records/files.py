"""Content files: which there are, and how each is taken apart.

In: the content folders. Out: one :class:`Source` a file, as written, and a :class:`~safecities.problems.Problem`
for each file that cannot be read as one. No policy here: what the fields must say, the rules know.
"""

import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from safecities.problems import Problem, shown
from safecities.records import strict_yaml
from safecities.records.refusals import (
    FORBIDDEN,
    ControlCharacter,
    Encoding,
    FileName,
    FileSize,
    FrontMatter,
    Mark,
    Refusal,
    SymbolicLink,
)

MAX_FILE = 256 * 1024
MAX_FRONT_MATTER = 32 * 1024
MAX_ID = 80

RESERVED = frozenset({"index"})
"""Ids that no record may have: the list of all records has the address ``index.html`` in the same folder."""

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
"""What looks like a BCP 47 tag."""
_NAME = re.compile(rf"(?P<id>{SLUG.pattern})(?:\.(?P<lang>{LANGUAGE.pattern}))?\.md")
_FENCE = re.compile(r"^---[ \t]*$", re.MULTILINE)


@dataclass(frozen=True)
class Source:
    """A content file as written.

    ``path`` is relative to the root; ``id`` and ``lang`` come from its name, ``lang`` being None in the file that
    holds the facts. ``data`` is the front matter (strings, lists, dicts), ``values`` and ``keys`` hold the place of
    each of its parts; ``body`` begins in line ``body_line``.
    """

    path: str
    id: str
    lang: str | None
    data: dict[str, Any]
    values: dict[strict_yaml.Path, Mark]
    keys: dict[strict_yaml.Path, Mark]
    body: str
    body_line: int

    def mark(self, path: strict_yaml.Path) -> Mark:
        """Where the value at ``path`` stands, or the nearest thing around it that was written."""
        while path and path not in self.values:
            path = path[:-1]
        return self.values.get(path, Mark(1, 1)) if path else Mark(1, 1)

    def key_mark(self, path: strict_yaml.Path) -> Mark:
        """Where the name of the field at ``path`` stands."""
        return self.keys.get(path) or self.mark(path)

    def body_mark(self, at: int) -> Mark:
        """The place of a character of the body, counted from 0."""
        return Mark(self.body_line + self.body.count("\n", 0, at), at - self.body.rfind("\n", 0, at))

    def in_body(self, text: str) -> Mark:
        """Where ``text`` first stands in the body, or where the body begins."""
        at = self.body.find(text)
        return self.body_mark(at) if at >= 0 else Mark(self.body_line, 1)


def problem(path: str, mark: Mark, refusal: Refusal) -> Problem:
    """A refusal as a problem of the file at ``path``."""
    return Problem(path, mark.line, mark.column, "error", refusal.message, refusal.rule())


def content_files(folder: Path) -> Iterator[Path]:
    """All files in and under ``folder``, in a fixed order.

    Names that begin with ``_`` or ``.`` are passed over, with all that lies under them. Symbolic links are named, so
    that they can be refused, and never followed.
    """
    if folder.is_symlink():
        yield folder
        return
    if not folder.is_dir():
        return
    for path in sorted(folder.iterdir()):
        if path.name.startswith(("_", ".")):
            continue
        if path.is_dir() and not path.is_symlink():
            yield from content_files(path)
        else:
            yield path


def read_text(path: Path) -> str:
    """The file's text with LF line ends; raises a :class:`Refusal` for links, size, encoding and characters."""
    start = Mark(1, 1)
    status = path.lstat()
    if stat.S_ISLNK(status.st_mode):
        raise SymbolicLink("a symbolic link is not a record; put the file itself here", start)
    if not stat.S_ISREG(status.st_mode):
        raise FileName("not an ordinary file", start)
    if status.st_size > MAX_FILE:
        raise FileSize(f"the file has {status.st_size:,} bytes; at most {MAX_FILE:,} are allowed", start)
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise FileName(f"the file cannot be read: {error.strerror}", start) from None
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8")
        mark = Mark(before.count("\n") + 1, len(before) - before.rfind("\n"))
        raise Encoding(f"byte 0x{raw[error.start]:02x} is not UTF-8; save the file with the encoding UTF-8",
                       mark) from None
    text = plain_lines(text)
    bad = FORBIDDEN.search(text)
    if bad:
        mark = Mark(text.count("\n", 0, bad.start()) + 1, bad.start() - text.rfind("\n", 0, bad.start()))
        raise ControlCharacter(f"the character U+{ord(bad[0]):04X} is not allowed; delete it", mark)
    return text


def plain_lines(text: str) -> str:
    """A text without a byte order mark and with LF line ends."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def split_front_matter(text: str) -> tuple[str, str, int]:
    """Front matter, body, and the number of the body's first line; raises :class:`FrontMatter`, :class:`FileSize`."""
    if not re.match(r"---[ \t]*\n", text):
        raise FrontMatter("the file must begin with a line `---`, above its first field", Mark(1, 1))
    opening = text.index("\n") + 1
    closing = _FENCE.search(text, opening)
    if closing is None:
        raise FrontMatter("the front matter is not closed; put a line `---` below its last field", Mark(1, 1))
    front = text[opening : closing.start()]
    size = len(front.encode())
    if size > MAX_FRONT_MATTER:
        raise FileSize(f"the front matter has {size:,} bytes; at most {MAX_FRONT_MATTER:,} are allowed", Mark(2, 1))
    return front, text[closing.end() + 1 :], text.count("\n", 0, closing.end()) + 2


def split_name(name: str) -> tuple[str, str | None]:
    """``paris-audit.fr.md`` is the id ``paris-audit`` and the language ``fr``; raises :class:`FileName`."""
    match = _NAME.fullmatch(name)
    if match is None:
        raise FileName(f"{shown(name)} is no record's name; accepted are small letters a-z, digits and single hyphens, "
                       "then `.md`, or a language and `.md` (paris-audit.md, paris-audit.fr.md); a file that is no "
                       "record has a name that begins with _", Mark(1, 1))
    if len(match["id"]) > MAX_ID:
        raise FileName(f"the id has {len(match['id'])} characters; at most {MAX_ID} are allowed", Mark(1, 1))
    if match["id"] in RESERVED:
        raise FileName(f"the id `{match['id']}` is taken by the list of all records; choose another", Mark(1, 1))
    return match["id"], match["lang"]


def read_source(path: Path, root: Path, *, named: tuple[str, str | None] | None = None) -> Source:
    """Read one file; raises a :class:`Refusal`.

    ``named`` gives id and language where they do not follow from the file's name alone (guidance pages).
    """
    relative = path.relative_to(root).as_posix()
    if path.is_symlink():
        raise SymbolicLink("a symbolic link is not a record; put the file itself here", Mark(1, 1))
    name, lang = named or split_name(path.name)
    front, body, body_line = split_front_matter(read_text(path))
    document = strict_yaml.load(front, first_line=2)
    if not isinstance(document.data, dict):
        raise FrontMatter("the front matter must be fields, each with its name, a colon and its value", Mark(2, 1))
    return Source(relative, name, lang, document.data, document.values, document.keys, body, body_line)
