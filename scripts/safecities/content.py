"""All content of a site as written: records, translations, guidance pages and vocabularies, each with its file.

In: a :class:`~safecities.site.Site`. Out: :class:`Content`, and the problems of everything that could not be read
or has fields that its model refuses. Nothing is joined here; the catalogue does that once the rules are content.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import BaseModel

from safecities import fields, schema
from safecities.problems import Problem
from safecities.records import Mark, Refusal, Source, content_files, read_source
from safecities.records.files import problem, read_text
from safecities.records.refusals import FileName
from safecities.site import CONTENT_FOLDERS, Site
from safecities.vocabularies import Vocabulary, read_vocabularies

Model = TypeVar("Model", bound=BaseModel, covariant=True)

_PICTURES = {".avif", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp"}


@dataclass(frozen=True)
class Item(Generic[Model]):
    """A file whose fields are valid. ``kind`` is tool, case-study or guidance."""

    source: Source
    fields: Model
    kind: str


@dataclass(frozen=True)
class Content:
    """Everything that could be read.

    ``names`` holds every id and guidance path for which there is a file, sound or not, so that a broken file is
    reported once and not at every place that names it.
    """

    site: Site
    vocabularies: Mapping[str, Vocabulary]
    records: tuple[Item[schema.Record], ...]
    translations: tuple[Item[schema.Translation], ...]
    guidance: tuple[Item[schema.Guidance], ...]
    guidance_translations: tuple[Item[schema.Translation], ...]
    names: frozenset[str]


def read_content(site: Site) -> tuple[Content, list[Problem]]:
    """Read every content file under the site's root. Never raises for what a file holds."""
    vocabularies, problems = read_vocabularies(site.root)
    records: list[Item[schema.Record]] = []
    translations: list[Item[schema.Translation]] = []
    guidance: list[Item[schema.Guidance]] = []
    guidance_translations: list[Item[schema.Translation]] = []
    names: set[str] = set()
    for source, kind in _sources(site, problems):
        if source.lang is None:
            names.add(source.id)
        model = (schema.Translation if source.lang is not None else
                 schema.MODELS[kind] if kind in schema.MODELS else schema.Guidance)
        values, faults = fields.check(source, model)
        problems += faults
        match values:
            case schema.Record():
                records.append(Item(source, values, kind))
            case schema.Guidance():
                guidance.append(Item(source, values, kind))
            case schema.Translation():
                (guidance_translations if kind == "guidance" else translations).append(Item(source, values, kind))
    return Content(site, vocabularies, tuple(records), tuple(translations), tuple(guidance),
                   tuple(guidance_translations), frozenset(names)), problems


def _sources(site: Site, problems: list[Problem]) -> Iterator[tuple[Source, str]]:
    """Every file that can be taken apart, with its kind; the others become problems."""
    for kind, name in CONTENT_FOLDERS.items():
        for path in content_files(site.root / name):
            try:
                yield _record(path, site.root), kind
            except Refusal as refusal:
                if path.suffix not in _PICTURES:
                    problems.append(problem(path.relative_to(site.root).as_posix(), refusal.mark, refusal))
    for path in content_files(site.docs_dir):
        if path.suffix != ".md" and not path.is_symlink():
            continue  # pictures and other files that pages of MkDocs bring along
        try:
            source = _page(path, site, problems)
        except Refusal as refusal:
            problems.append(problem(path.relative_to(site.root).as_posix(), refusal.mark, refusal))
        else:
            if source is not None:
                yield source, "guidance"


def _record(path: Path, root: Path) -> Source:
    if path.suffix != ".md" and not path.is_symlink():
        raise FileName(f"`{path.name}` is no record; the name of a record ends in .md, "
                       "and a name that begins with _ is passed over", Mark(1, 1))
    return read_source(path, root)


def _page(path: Path, site: Site, problems: list[Problem]) -> Source | None:
    """A guidance page: named by its path under docs, its language a suffix that the site knows."""
    stem = path.relative_to(site.docs_dir).with_suffix("").as_posix()
    name, _, suffix = stem.rpartition(".")
    named = (name, suffix) if name and suffix in site.tags else (stem, None)
    if named[1] == site.default:
        named = (name, None)
    if not path.is_symlink() and not read_text(path).startswith("---"):
        problems.append(Problem(path.relative_to(site.root).as_posix(), 1, 1, "warning",
                                "the page has no front matter, so it is neither found by search nor listed", "front-matter"))
        return None
    return read_source(path, site.root, named=named)


__all__ = ["Content", "Item", "read_content"]
