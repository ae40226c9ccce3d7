"""All content of a site as written: records, translations, guidance pages and vocabularies, each with its file.

In: a :class:`~safecities.site.Site`. Out: :class:`Content`, and the problems of everything that could not be read
or has fields that its model refuses. Nothing is joined here; the catalogue does that once the rules are content.
"""

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import BaseModel

from safecities import fields, schema
from safecities.problems import Problem
from safecities.records import Mark, Refusal, Source, content_files, read_source
from safecities.records.files import LANGUAGE, problem, read_text, split_name
from safecities.records.refusals import FileName
from safecities.site import CONTENT_FOLDERS, Site
from safecities.vocabularies import Vocabulary, read_vocabularies

Model = TypeVar("Model", bound=BaseModel, covariant=True)

GUIDANCE = "guidance"
"""The kind of guidance pages."""

_PICTURES = {".avif", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp"}


@dataclass(frozen=True)
class Written:
    """A file that could be taken apart, whatever its fields say. ``kind`` is tool, case-study or guidance."""

    source: Source
    kind: str

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


def read_content(site: Site) -> tuple[Content, list[Problem]]:
    """Read every content file under the site's root. Never raises for what a file holds."""
    vocabularies, problems = read_vocabularies(site.root)
    records: list[Item[schema.Record]] = []
    translations: list[Item[schema.Translation]] = []
    guidance: list[Item[schema.Guidance]] = []
    guidance_translations: list[Item[schema.Translation]] = []
    files: list[Written] = []
    record_ids: set[str] = set()
    page_ids: set[str] = set()
    for source, kind in _sources(site, problems, record_ids, page_ids):
        files.append(Written(source, kind))
        original = schema.MODELS.get(kind, schema.Guidance)
        model = schema.Translation if source.lang is not None else original
        values, faults = fields.check(source, model)
        problems += faults
        match values:
            case schema.Record():
                records.append(Item(source, values, kind))
            case schema.Guidance():
                guidance.append(Item(source, values, kind))
            case schema.Translation():
                (guidance_translations if kind == GUIDANCE else translations).append(Item(source, values, kind))
    return Content(site, vocabularies, tuple(records), tuple(translations), tuple(guidance),
                   tuple(guidance_translations), tuple(files), frozenset(record_ids), frozenset(page_ids)), problems


def _sources(site: Site, problems: list[Problem], record_ids: set[str],
             page_ids: set[str]) -> Iterator[tuple[Source, str]]:
    """Every file that can be taken apart, with its kind; the others become problems. All originals' ids are noted."""
    for kind, name in CONTENT_FOLDERS.items():
        for path in content_files(site.root / name):
            with contextlib.suppress(Refusal):
                record, lang = split_name(path.name)
                record_ids |= {record} if lang is None else set()
            try:
                yield _record(path, site.root), kind
            except Refusal as refusal:
                if path.suffix.lower() not in _PICTURES:
                    problems.append(problem(path.relative_to(site.root).as_posix(), refusal.mark, refusal))
    for path in content_files(site.docs_dir):
        if path.suffix != ".md" and not path.is_symlink():
            continue  # pictures and other files that pages of MkDocs bring along
        page, lang = _page_name(path, site)
        page_ids |= {page} if lang is None else set()
        try:
            source = _page(path, site, (page, lang), problems)
        except Refusal as refusal:
            problems.append(problem(path.relative_to(site.root).as_posix(), refusal.mark, refusal))
        else:
            if source is not None:
                yield source, GUIDANCE


def _record(path: Path, root: Path) -> Source:
    if path.suffix != ".md" and not path.is_symlink():
        raise FileName(f"`{path.name}` is no record; the name of a record ends in .md, "
                       "and a name that begins with _ is passed over", Mark(1, 1))
    return read_source(path, root)


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


def _page(path: Path, site: Site, named: tuple[str, str | None], problems: list[Problem]) -> Source | None:
    """A guidance page, or None for a page of MkDocs that isn't ours."""
    if not path.is_symlink() and not read_text(path).startswith("---"):
        problems.append(Problem(path.relative_to(site.root).as_posix(), 1, 1, "warning",
                                "the page has no front matter, so it is neither found by search nor listed",
                                "front-matter"))
        return None
    return read_source(path, site.root, named=named)


__all__ = ["GUIDANCE", "Content", "Item", "Written", "read_content"]
