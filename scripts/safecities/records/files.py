"""Content files: which there are, and how each is taken apart.

In: the content folders. Out: one :class:`Source` a file, as written, and a :class:`~safecities.problems.Problem`
for each file that cannot be read as one. No policy here: what the fields must say, the rules know.
"""

import functools
import os
import re
import stat
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
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

ATTACHMENTS = frozenset({
    ".avif", ".gif", ".jpeg", ".jpg", ".png", ".webp",
    ".csv", ".docx", ".epub", ".odp", ".ods", ".odt", ".pdf", ".pptx", ".txt", ".xlsx",
})
"""Endings of the files that may lie beside guidance pages: what a browser shows or saves, and never runs."""

RESERVED = frozenset({"index", "map", "timeline"})
"""Ids that no record may have: lists of all records have these addresses in the same folder."""

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
"""What looks like a BCP 47 tag."""
_NAME = re.compile(rf"(?P<id>{SLUG.pattern})(?:\.(?P<lang>{LANGUAGE.pattern}))?\.md")
_HARMLESS = bytes(code for code in range(0x7F) if code >= 0x20 or code in b"\t\n\r")
_FENCE = re.compile(r"^---[ \t]*$", re.MULTILINE)
_ALMOST_FENCE = re.compile(r"^(?:[-\u2010-\u2015\u2212_=]{1,12}|[ \t]+---[ \t]*|---\S.*)$", re.MULTILINE)
"""What editors and word processors make of it."""


@dataclass(frozen=True)
class Parts:
    """A file's text cut up: front matter, body, the number of the body's first line."""

    front: str
    body: str
    body_line: int


@dataclass(frozen=True)
class Source:
    """A content file as written.

    ``path`` is relative to ``root``; ``id`` and ``lang`` come from its name, ``lang`` being None in the file that holds
    the facts. ``data`` is the front matter (strings, lists, dicts). ``front_digest`` and ``body_digest`` tell versions
    of the file apart. Its text is read again when it is asked for, but for the body if that is ``kept``. Without
    ``remarks`` there is no sign in the front matter that could begin one.
    """

    root: str
    path: str
    id: str
    lang: str | None
    data: dict[str, Any]
    front_digest: str = ""
    body_digest: str = ""
    kept: str | None = field(default=None, repr=False, compare=False)
    remarks: bool = field(default=True, repr=False, compare=False)

    def _parts(self) -> Parts:
        # What is wrong with it has been told.
        return cut(read_text(os.path.join(self.root, self.path), []))  # noqa: PTH118

    def without_data(self) -> "Source":
        """The same without its fields, for those who have them typed: so they aren't in memory twice."""
        return Source(self.root, self.path, self.id, self.lang, {}, self.front_digest, self.body_digest, self.kept,
                      self.remarks)

    @property
    def front(self) -> str:
        """The front matter as written; it begins in the file's second line."""
        return self._parts().front

    @property
    def body(self) -> str:
        """The text below the front matter."""
        return self._parts().body if self.kept is None else self.kept

    @functools.cached_property
    def body_line(self) -> int:
        """The number of the line in which the body begins."""
        return self._parts().body_line

    @functools.cached_property
    def _places(self) -> strict_yaml.Places:
        return strict_yaml.places(self._parts().front, first_line=2)

    def mark(self, path: strict_yaml.Path) -> Mark:
        """Where the value at ``path`` stands, or the nearest thing around it that was written."""
        while path and path not in self._places.values:
            path = path[:-1]
        return self._places.values.get(path, Mark(1, 1)) if path else Mark(1, 1)

    def key_mark(self, path: strict_yaml.Path) -> Mark:
        """Where the name of the field at ``path`` stands."""
        return self._places.keys.get(path) or self.mark(path)

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
    return map(Path, walk(str(folder)))


def walk(folder: str) -> Iterator[str]:
    """The same, as texts: for tens of thousands of files, Path objects cost too much."""
    if os.path.islink(folder):  # noqa: PTH114
        yield folder
        return
    if not os.path.isdir(folder):  # noqa: PTH112
        return
    with os.scandir(folder) as entries:
        found = sorted((entry for entry in entries if entry.name[0] not in "_."), key=lambda entry: entry.name)
    for entry in found:
        if entry.is_dir(follow_symlinks=False):
            yield from walk(entry.path)
        else:
            yield entry.path


def links(folder: str) -> Iterator[str]:
    """All symbolic links in and under ``folder``, itself included, whatever their names; none is followed."""
    if os.path.islink(folder):  # noqa: PTH114
        yield folder
    for place, folders, names in os.walk(folder) if not os.path.islink(folder) else ():  # noqa: PTH114
        yield from (path for name in sorted((*folders, *names))
                    if os.path.islink(path := os.path.join(place, name)))  # noqa: PTH114, PTH118


def read_text(path: str | Path, refused: list[Refusal] | None = None, status: os.stat_result | None = None) -> str:
    """The file's text with LF line ends; raises a :class:`Refusal` for links, size, encoding and characters.

    Where there is a list of what is ``refused``, characters go there and U+FFFD stands for them. ``status`` is the
    file's (not that of what a link leads to), if it is known.
    """
    start = Mark(1, 1)
    status = status or os.lstat(path)
    if stat.S_ISLNK(status.st_mode):
        raise SymbolicLink("a symbolic link is not a record; put the file itself here", start)
    if not stat.S_ISREG(status.st_mode):
        raise FileName("not an ordinary file", start)
    if status.st_size > MAX_FILE:
        raise FileSize(f"the file has {status.st_size:,} bytes; at most {MAX_FILE:,} are allowed", start)
    try:
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - Path objects cost too much here
            raw = file.read()
    except OSError as error:
        raise FileName(f"the file cannot be read: {error.strerror}", start) from None
    return decoded(raw, refused)


def decoded(raw: bytes, refused: list[Refusal] | None = None) -> str:
    """A file's bytes as text with LF line ends; raises a :class:`Refusal` for encoding and characters.

    ``refused`` as for :func:`read_text`.
    """
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8")
        mark = Mark(before.count("\n") + 1, len(before) - before.rfind("\n"))
        raise Encoding(f"byte 0x{raw[error.start]:02x}{_in_windows(raw, error.start)} is not UTF-8; save the file as "
                       "plain text with the encoding UTF-8", mark) from None
    text = plain_lines(text)
    # Most of a text is harmless ASCII, and to take that out is a hundred times as fast as to look at each character.
    rest = raw.translate(None, _HARMLESS)
    if not rest or not FORBIDDEN.search(rest.decode("utf-8")):
        return text
    for bad in islice(FORBIDDEN.finditer(text), strict_yaml.MOST):
        mark = Mark(text.count("\n", 0, bad.start()) + 1, bad.start() - text.rfind("\n", 0, bad.start()))
        refusal = ControlCharacter(f"the character U+{ord(bad[0]):04X} is not allowed; delete it", mark)
        if refused is None:
            raise refusal
        refused.append(refusal)
    return FORBIDDEN.sub("\ufffd", text)


def _in_windows(raw: bytes, at: int) -> str:
    """What a byte stands for in the two encodings in which Windows programs save texts that are not UTF-8."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return " (of the encoding UTF-16, in Windows also called Unicode)"
    sign = raw[at : at + 1].decode("cp1252", "replace")
    return f" ({shown(sign)} in the encoding Windows-1252, in Windows also called ANSI)" if sign.isprintable() else ""


def plain_lines(text: str) -> str:
    """A text without a byte order mark and with LF line ends."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def cut(text: str) -> Parts:
    """Front matter and body of a text; raises :class:`FrontMatter`, :class:`FileSize`."""
    if not re.match(r"---[ \t]*\n", text):
        first = text.partition("\n")[0].strip()
        raise FrontMatter("the file must begin with a line of three hyphens, `---`, above its first field"
                          + (f"; it begins with {shown(first)}" if first else "; its first line is empty"), Mark(1, 1))
    opening = text.index("\n") + 1
    closing = _FENCE.search(text, opening)
    if closing is None:
        meant = _ALMOST_FENCE.search(text, opening)
        mark = Mark(text.count("\n", 0, meant.start()) + 1, 1) if meant else Mark(1, 1)
        raise FrontMatter("the front matter is not closed; put a line of three hyphens, `---`, below its last field"
                          + (f" (here stands {shown(meant[0])})" if meant else ""), mark)
    front = text[opening : closing.start()]
    size = len(front.encode())
    if size > MAX_FRONT_MATTER:
        raise FileSize(f"the front matter has {size:,} bytes; at most {MAX_FRONT_MATTER:,} are allowed", Mark(2, 1))
    return Parts(front, text[closing.end() + 1 :], text.count("\n", 0, closing.end()) + 2)


def _meant(name: str) -> str:
    """A hint: the name as it would be accepted."""
    stem = re.sub(r"(?i)(?:\.(?:md|markdown|txt|docx?|odt))+$", "", name)
    plain = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode().lower()
    slug = "-".join(re.findall(r"[a-z0-9]+", plain))
    return f"; did you mean `{slug}.md`?" if slug else "."


def split_name(name: str) -> tuple[str, str | None]:
    """``paris-audit.fr.md`` is the id ``paris-audit`` and the language ``fr``; raises :class:`FileName`."""
    match = _NAME.fullmatch(name)
    if match is None:
        raise FileName(f"{shown(name)} is no record's name{_meant(name)} Accepted are small letters a-z, digits and "
                       "single hyphens, then `.md`, or a language and `.md` (paris-audit.md, paris-audit.fr.md); a "
                       "file that is no record has a name that begins with _", Mark(1, 1))
    if len(match["id"]) > MAX_ID:
        raise FileName(f"the id has {len(match['id'])} characters; at most {MAX_ID} are allowed", Mark(1, 1))
    if match["id"] in RESERVED:
        raise FileName(f"the id `{match['id']}` is taken by a list of all records; choose another", Mark(1, 1))
    return match["id"], match["lang"]


def front_matter(parts: Parts) -> dict[str, Any]:
    """The fields of a file; raises a :class:`Refusal`."""
    front = read_front_matter(parts)
    if front.refusals:
        raise front.refusals[0]
    return dict(front.data)


def read_front_matter(parts: Parts) -> strict_yaml.Document:
    """The fields of a file and all that is refused in them; ``data`` is None where they cannot be understood."""
    document = strict_yaml.read(parts.front, first_line=2)
    if document.data is None or isinstance(document.data, dict):
        return document
    refusal = FrontMatter("the front matter must be fields, each with its name, a colon and its value", Mark(2, 1))
    return replace(document, data=None, refusals=(*document.refusals, refusal))


def meant_name(name: str) -> tuple[str, str | None] | None:
    """The id and language of a file whose name :func:`split_name` refuses, so that it can be read all the same.

    None where the file isn't meant to be an original: what it lacks cannot be told.
    """
    stem, dot, ending = name.rpartition(".")
    return (stem, None) if dot and ending.lower() in ("md", "markdown") and "." not in stem else None
