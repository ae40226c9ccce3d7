"""All content of a site as written: records, translations, guidance pages and vocabularies, each with its file.

In: a :class:`~safecities.site.Site`. Out: :class:`Content`, and the problems of everything that could not be read
or has fields that its model refuses. Nothing is joined here; the catalogue does that once the rules are content.
"""

import contextlib
import functools
import os
import stat
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from pydantic import BaseModel

from safecities import addresses, cache, fields, guidance, schema
from safecities.digest import digest
from safecities.known import Known, Row, State, state
from safecities.problems import Problem, shown
from safecities.records import Mark, Refusal, Source, links, read_text, strict_yaml, walk
from safecities.records.files import (
    ATTACHMENTS,
    LANGUAGE,
    cut,
    meant_name,
    problem,
    read_front_matter,
    split_name,
)
from safecities.records.refusals import FileKind, FileName, FrontMatter, SymbolicLink
from safecities.site import CONTENT_FOLDERS, Site
from safecities.vocabularies import Vocabulary, read_vocabularies

Model = TypeVar("Model", bound=BaseModel, covariant=True)

GUIDANCE = "guidance"
"""The kind of guidance pages."""

_PICTURES = {".avif", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp"}


@dataclass(frozen=True)
class Written:
    """A file that could be taken apart, whatever its fields say.

    ``kind`` is tool, case-study or guidance. ``state`` is how the file was found, ``known`` what an earlier run knew of
    this very text: then no rule about single files has anything to say of it. ``damaged`` are paths in the front matter
    at which something was refused; ``readable`` says whether there is any front matter that can be understood, and
    ``altered`` whether characters had to be replaced to read on.
    """

    source: Source
    kind: str
    state: State
    known: Row | None = None
    damaged: frozenset[strict_yaml.Path] = frozenset()
    readable: bool = True
    altered: bool = False

    @functools.cached_property
    def digest(self) -> str | None:
        """The digest of the text, which translations of an original hold; None where no text can be made out."""
        if self.known is not None:
            return self.known.text_digest
        data = {"content_note": "", **self.source.data}
        match [data.get(name) for name in ("title", "summary", "content_note")]:
            case [str(title), str(summary), str(note)] if not self.altered and not self.damaged:
                return digest(title, summary, note, self.source.body)
        return None

    def texts(self, name: str) -> Iterator[tuple[int, str]]:
        """The texts in a list field, each with its place in the list; nothing where the field is no list."""
        values = self.source.data.get(name)
        for at, value in enumerate(values if isinstance(values, list) else ()):
            if isinstance(value, str):
                yield at, value


@dataclass(frozen=True)
class Item(Generic[Model]):
    """A file whose fields are valid. ``kind`` is tool, case-study or guidance."""

    source: Source
    fields: Model
    kind: str
    known: Row | None = None

    @functools.cached_property
    def digest(self) -> str:
        """The digest of the text, which translations of an original hold."""
        if self.known is not None:
            return self.known.text_digest
        prose: Any = self.fields
        return digest(prose.title, prose.summary, prose.content_note, self.source.body)


@dataclass(frozen=True)
class Content:
    """Everything that could be read.

    ``files`` are all files that could be taken apart, sound or not: rules that need no typed values look at these, so
    that one fault doesn't hide another. ``record_ids`` and ``page_ids`` name everything for which there is a file,
    readable or not, so that a broken file is reported once and not at every place that names it.
    """

    site: Site
    vocabularies: Mapping[str, Vocabulary]
    records: tuple[Item[schema.Record], ...]
    translations: tuple[Item[schema.Translation], ...]
    guidance: tuple[Item[schema.Guidance], ...]
    guidance_translations: tuple[Item[schema.Translation], ...]
    files: tuple[Written, ...]
    record_ids: frozenset[str]
    page_ids: frozenset[str]

    @property
    def pages(self) -> tuple[Written, ...]:
        """The files of guidance pages and their translations."""
        return tuple(file for file in self.files if file.kind == GUIDANCE)

    @property
    def record_files(self) -> tuple[Written, ...]:
        """The files of records and their translations."""
        return tuple(file for file in self.files if file.kind != GUIDANCE)


def read_content(site: Site, known: Known | None = None) -> tuple[Content, list[Problem]]:
    """Read every content file under the site's root. Never raises for what a file holds."""
    vocabularies, problems = read_vocabularies(site.root)
    records: list[Item[schema.Record]] = []
    translations: list[Item[schema.Translation]] = []
    guidance: list[Item[schema.Guidance]] = []
    guidance_translations: list[Item[schema.Translation]] = []
    reading = _Reading(site, known, problems)
    files = list(reading.all())
    for file in files:
        source, kind = file.source, file.kind
        original = schema.MODELS.get(kind, schema.Guidance)
        model = schema.Translation if source.lang is not None else original
        if not file.readable:
            continue
        values, faults = fields.check(source, model, file.damaged)
        problems += faults
        match values:
            case schema.Record():
                records.append(Item(source, values, kind, file.known))
            case schema.Guidance():
                guidance.append(Item(source, values, kind, file.known))
            case schema.Translation():
                (guidance_translations if kind == GUIDANCE else translations).append(
                    Item(source, values, kind, file.known))
    return Content(site, vocabularies, tuple(records), tuple(translations), tuple(guidance),
                   tuple(guidance_translations), tuple(files), frozenset(reading.record_ids),
                   frozenset(reading.page_ids)), problems


def keep(content: Content, faulty: Container[str], known: Known) -> None:
    """Keep for the next run what is known of all files but the ``faulty`` ones (paths)."""
    sound = [file for file in content.files if file.source.path not in faulty]
    if known.outdated(sum(not known.unchanged(file.source.path, file.state) for file in sound), len(sound)):
        digests = {item.source.path: item.digest for items in (content.records, content.guidance) for item in items}
        known.keep({file.source.path: (file.state, Row(file.source.front_digest, file.source.body_digest,
                                                       file.source.data, digests.get(file.source.path, "")))
                    for file in sound})


class _Reading:
    """Goes through the folders: every file that can be taken apart, with its kind; the others become problems.

    The ids of all originals are noted on the way.
    """

    def __init__(self, site: Site, known: Known | None, problems: list[Problem]) -> None:
        self._site = site
        self._known = known
        self._problems = problems
        self._root = str(site.root)
        self.record_ids: set[str] = set()
        self.page_ids: set[str] = set()

    def all(self) -> Iterator[Written]:
        """Every file, in a fixed order."""
        for kind, name in CONTENT_FOLDERS.items():
            for path in walk(str(self._site.root / name)):
                try:
                    yield self._record(path, kind)
                except FileName as refusal:
                    if Path(path).suffix.lower() not in _PICTURES:
                        self._refused(path, refusal)
                except Refusal as refusal:
                    self._refused(path, refusal)
        for path in walk(str(self._site.docs_dir)):
            try:
                file = self._page(path)
            except Refusal as refusal:
                self._refused(path, refusal)
            else:
                if file is not None:
                    yield file
        # Here files are published that nobody reads, such as pictures and style sheets, also those that begin with _.
        for folder in (self._site.docs_dir, self._site.root / "vocabularies", self._site.root / "overrides"):
            for path in links(str(folder)):
                self._refused(path, _linked())

    def _refused(self, path: str, refusal: Refusal) -> None:
        self._problems.append(problem(self._relative(path), refusal.mark, refusal))

    def _relative(self, path: str) -> str:
        return path[len(self._root) + 1 :]

    def _record(self, path: str, kind: str) -> Written:
        name = os.path.basename(path)  # noqa: PTH119
        status = os.lstat(path)
        named: tuple[str, str | None] | None = None
        with contextlib.suppress(Refusal):
            # A file that cannot be read has an id too: it is reported once, and not wherever it is named.
            named = split_name(name)
            if named[1] is None:
                self.record_ids.add(named[0])
            file = self._known_file(path, status, named, kind)
            if file is not None:
                return file
        if stat.S_ISLNK(status.st_mode):
            raise _linked()
        try:
            named = named or split_name(name)
        except FileName as refusal:
            meant = meant_name(name)
            if meant is None:
                raise
            try:
                file = self._read(path, status, meant, kind)
            except FrontMatter:
                raise refusal from None  # a file of some other kind
            except Refusal:
                self._refused(path, refusal)
                raise
            self._refused(path, refusal)
            return file
        return self._read(path, status, named, kind)

    def _page(self, path: str) -> Written | None:
        """A guidance page; None for a page of MkDocs that isn't ours, and for pictures that pages bring along."""
        status = os.lstat(path)
        link = stat.S_ISLNK(status.st_mode)
        ending = os.path.splitext(path)[1].lower()  # noqa: PTH122
        if not link and ending in ATTACHMENTS:
            self._free(Path(path).relative_to(self._site.docs_dir).as_posix())
            return None
        if not link and not path.endswith(".md"):
            kind = f"of the kind {shown(ending)}" if ending else "without an ending"
            raise FileKind(f"a file {kind} is not published; accepted are pages (.md), and beside them "
                           f"{', '.join(sorted(ATTACHMENTS))}", Mark(1, 1))
        named = _page_name(Path(path), self._site)
        self._free(f"{named[0]}.html")
        if named[1] is None:
            self.page_ids.add(named[0])
        file = self._known_file(path, status, named, GUIDANCE)
        refused: list[Refusal] = []
        text = "---" if file is not None or link else read_text(path, refused, status)
        if not text.startswith("---"):
            for refusal in refused:
                self._refused(path, refusal)
            self._problems.append(Problem(
                self._relative(path), 1, 1, "warning",
                "the page has no front matter, so it is neither found by search nor listed", "front-matter"))
            if excess := guidance.excess(text):  # MkDocs makes a page of it all the same
                self._problems.append(Problem(self._relative(path), 1, 1, "error",
                                              f"the text is too much for a page: {excess}", "body-bounds"))
            return None
        return file or self._read(path, status, named, GUIDANCE)

    def _free(self, address: str) -> None:
        """Raise :class:`FileName` for an address that the site itself needs."""
        if addresses.taken(self._site, address):
            raise FileName(f"the site makes {shown(address)} itself, or what lies in that folder; give the file "
                           "another name or place", Mark(1, 1))

    def _known_file(self, path: str, status: os.stat_result, named: tuple[str, str | None],
                    kind: str) -> Written | None:
        """A file that is as the last run left it, or None."""
        relative, found = self._relative(path), state(status)
        row = self._known.same(relative, found) if self._known is not None else None
        if row is None:
            return None
        source = Source(self._root, relative, *named, row.data, row.front_digest, row.body_digest)
        return Written(source, kind, found, row)

    def _read(self, path: str, status: os.stat_result, named: tuple[str, str | None], kind: str) -> Written:
        """A file, taken apart unless its text is known; raises a :class:`Refusal`."""
        relative, found = self._relative(path), state(status)
        refused: list[Refusal] = []
        text = read_text(path, refused, status)
        for refusal in refused:
            self._refused(path, refusal)
        parts = cut(text)
        digests = cache.digest(parts.front), cache.digest(parts.body)
        row = self._known.like(relative, *digests) if self._known is not None else None
        if row is not None:
            return Written(Source(self._root, relative, *named, row.data, *digests, parts.body), kind, found, row)
        front = read_front_matter(parts)
        for refusal in front.refusals:
            self._refused(path, refusal)
        source = Source(self._root, relative, *named, front.data or {}, *digests, parts.body, "#" in parts.front)
        return Written(source, kind, found, None, front.damaged, front.data is not None, bool(refused))


def _linked() -> Refusal:
    return SymbolicLink("a symbolic link is not a record; put the file itself here", Mark(1, 1))


def _page_name(path: Path, site: Site) -> tuple[str, str | None]:
    """A guidance page is named by its path under docs; its language is a suffix.

    A suffix is a language if the site has it, or if it looks like one and there is the page that this translates.
    """
    stem = path.relative_to(site.docs_dir).as_posix().removesuffix(".md")
    name, _, suffix = stem.rpartition(".")
    if name and suffix == site.default:
        return name, None
    beside = LANGUAGE.fullmatch(suffix) and path.with_name(f"{name.rpartition('/')[2]}.md").is_file()
    return (name, suffix) if name and (suffix in site.tags or beside) else (stem, None)


__all__ = ["GUIDANCE", "Content", "Item", "Written", "keep", "read_content"]
