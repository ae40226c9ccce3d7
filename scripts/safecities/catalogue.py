"""The catalogue: records joined with their translations, with their terms' places and with each other. Immutable.

In: :class:`~safecities.content.Content` in which the rules found no error. Out: :class:`Catalogue`. A record says
what was written; an :class:`Entry` says what follows from it: links both ways, regions, the text for a reader.
"""

import functools
import heapq
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Literal

from safecities import guidance as markup
from safecities import history, schema, territories
from safecities.cache import digest
from safecities.content import Content, Item
from safecities.glossary import Finder
from safecities.records import Source
from safecities.site import ADDRESS_FOLDERS, Site
from safecities.values import Years
from safecities.vocabularies import GLOSSARY, Term, Vocabulary

State = Literal["original", "machine", "draft", "reviewed"]


_EMPTY = frozenset(digest(text) for text in ("", "\n", "\n\n"))


@dataclass(frozen=True)
class Text:
    """The prose of a record or page in one language, and the file that it stands in.

    ``stale`` says that the original has changed since this translation was made.
    """

    lang: str
    title: str
    summary: str
    content_note: str | None
    state: State
    stale: bool
    source: Source = field(repr=False, compare=False)

    @property
    def body(self) -> str:
        """The text below the front matter; a file that was known is read only when somebody asks for it."""
        return self.source.body

    @property
    def has_body(self) -> bool:
        """Whether there is any."""
        return self.source.body_digest not in _EMPTY

    @property
    def path(self) -> str:
        """The file, relative to the root."""
        return self.source.path


@dataclass(frozen=True)
class Page:
    """Something with a text in several languages: what entries and guidance pages have in common."""

    id: str
    language: str
    texts: Mapping[str, Text]

    def text(self, lang: str, default: str) -> Text:
        """The text for a reader of ``lang``: in that language, else in the site's default one, else the original."""
        return self.texts.get(lang) or self.texts.get(default) or self.texts[self.language]

    def body(self, lang: str, default: str) -> Text:
        """The text whose body a reader of ``lang`` gets: a translation may have title and summary only."""
        text = self.text(lang, default)
        if text.has_body:
            return text
        chosen = self.texts.get(default)
        return chosen if chosen is not None and chosen.has_body else self.original

    @property
    def original(self) -> Text:
        """The text that translations are made from."""
        return self.texts[self.language]


@dataclass(frozen=True)
class Entry(Page):
    """A record in the catalogue.

    ``related`` are ids of records that name this one or are named by it; ``cited_in`` the ids of guidance pages that
    embed it, link to it, or list it among their related tools.
    """

    kind: str
    fields: schema.Record
    related: tuple[str, ...]
    cited_in: tuple[str, ...]

    @functools.cached_property
    def regions(self) -> tuple[str, ...]:
        """M49 codes of the regions right above the record's countries."""
        found = (territories.region_of(country) for country in self.fields.countries)
        return tuple(dict.fromkeys(region for region in found if region))

    @functools.cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages in which the work can be read, as far as they are known."""
        return tuple(dict.fromkeys(version.language for version in self.fields.versions if version.language != "und"))

    @property
    def categories(self) -> tuple[str, ...]:
        """A tool's categories; a case study has none."""
        return self.fields.categories if isinstance(self.fields, schema.Tool) else ()

    @property
    def evidence(self) -> str | None:
        """What a case study's results rest on; a tool has none."""
        return self.fields.evidence if isinstance(self.fields, schema.CaseStudy) else None

    @functools.cached_property
    def years(self) -> Years | None:
        """When it was: a span of years, or one year as a span."""
        if isinstance(self.fields, schema.Tool) and self.fields.year is not None and self.fields.years is None:
            return Years(self.fields.year, self.fields.year)
        return self.fields.years if isinstance(self.fields, schema.Tool | schema.CaseStudy) else None

    @property
    def year(self) -> int | None:
        """The year to sort by: when it began, else when it ended."""
        return (self.years.start or self.years.end) if self.years else None


@dataclass(frozen=True)
class Guidance(Page):
    """A guidance page; ``id`` is its path under docs. ``embeds`` and ``links`` are ids in the order of the text."""

    last_edited: date
    related: tuple[str, ...]
    embeds: tuple[str, ...]
    links: tuple[str, ...]

    @property
    def cites(self) -> tuple[str, ...]:
        """Every record that the page points to, once."""
        return tuple(dict.fromkeys((*self.embeds, *self.links, *self.related)))


@dataclass(frozen=True, eq=False)
class Catalogue:
    """Everything that the site tells, by id; entries and pages are in the order of their ids."""

    site: Site
    vocabularies: Mapping[str, Vocabulary]
    entries: Mapping[str, Entry]
    guidance: Mapping[str, Guidance]

    @functools.cached_property
    def _kinds(self) -> Mapping[str, tuple[Entry, ...]]:
        return {kind: tuple(entry for entry in self.entries.values() if entry.kind == kind) for kind in ADDRESS_FOLDERS}

    def of_kind(self, kind: str) -> tuple[Entry, ...]:
        """All entries of a kind."""
        return self._kinds[kind]

    def most_cited(self, number: int) -> list[Entry]:
        """The entries that most guidance pages point to, then those with most relations."""
        return heapq.nsmallest(number, self.entries.values(),
                               key=lambda entry: (-len(entry.cited_in), -len(entry.related), entry.id))

    def newest(self, number: int) -> list[Entry]:
        """The entries added last."""
        return heapq.nlargest(number, self.entries.values(), key=lambda entry: (entry.fields.added, entry.id))

    @functools.cached_property
    def glossary(self) -> Mapping[str, Term]:
        """The terms of the glossary; none where there is no such vocabulary."""
        found = self.vocabularies.get(GLOSSARY)
        return found.terms if found else {}

    @functools.cached_property
    def days(self) -> Mapping[str, date]:
        """When stale translations and their originals were last changed, by the paths of their files."""
        pages: Iterable[Page] = (*self.guidance.values(), *self.entries.values())
        return history.changed(self.site.root, (
            path for page in pages for text in page.texts.values() if text.stale
            for path in (page.original.path, text.path)))

    def finder(self, lang: str) -> Finder:
        """Finds the glossary's terms in texts of a language."""
        if lang not in self._finders:
            self._finders[lang] = Finder(self.glossary, lang)
        return self._finders[lang]

    @functools.cached_property
    def _finders(self) -> dict[str, Finder]:
        return {}

    @functools.cached_property
    def _labels(self) -> dict[tuple[str, str], Mapping[str, str]]:
        return {}

    @functools.cached_property
    def _elsewhere(self) -> dict[tuple[str, str, str], str]:
        return {}

    def elsewhere(self, vocabulary: str, term: str, lang: str) -> str:
        """What a term is called in the site's other languages, a line each."""
        key = (vocabulary, term, lang)
        if key not in self._elsewhere:
            written = self.vocabularies[vocabulary].terms[term].label
            self._elsewhere[key] = "\n".join(dict.fromkeys(
                written[tag] for tag in self.site.tags if tag != lang and tag in written))
        return self._elsewhere[key]

    def label(self, vocabulary: str, term: str, lang: str) -> str:
        """The label of a term for a reader."""
        return self.labels(vocabulary, lang)[term]

    def labels(self, vocabulary: str, lang: str) -> Mapping[str, str]:
        """The labels of all terms of a vocabulary for a reader."""
        key = (vocabulary, lang)
        if key not in self._labels:
            self._labels[key] = {name: term.named(lang, self.site.default)
                                 for name, term in self.vocabularies[vocabulary].terms.items()}
        return self._labels[key]


def build(content: Content) -> Catalogue:
    """Join everything; expects content without errors."""
    default = content.site.default
    translations = _by_id(content.translations)
    guidance_translations = _by_id(content.guidance_translations)
    pages = {item.source.id: _guidance(item, guidance_translations[item.source.id], default)
             for item in sorted(content.guidance, key=lambda item: item.source.id)}
    related: dict[str, set[str]] = defaultdict(set)
    for item in content.records:
        for other in item.fields.related:
            related[item.source.id].add(other)
            related[other].add(item.source.id)
    cited: dict[str, list[str]] = defaultdict(list)
    for page in pages.values():
        for name in page.cites:
            cited[name].append(page.id)
    entries: dict[str, Entry] = {}
    for record in sorted(content.records, key=lambda item: item.source.id):
        name = record.source.id
        language = record.fields.language or default
        entries[name] = Entry(
            name, language, _texts(record, translations[name], language), record.kind, record.fields,
            tuple(sorted(related[name] - {name})), tuple(cited[name]))
    return Catalogue(content.site, content.vocabularies, MappingProxyType(entries), MappingProxyType(pages))


def _by_id(items: tuple[Item[schema.Translation], ...]) -> Mapping[str, list[Item[schema.Translation]]]:
    found: dict[str, list[Item[schema.Translation]]] = defaultdict(list)
    for item in items:
        found[item.source.id].append(item)
    return found


def _texts(original: Item[schema.Record] | Item[schema.Guidance], translations: list[Item[schema.Translation]],
           language: str) -> Mapping[str, Text]:
    now = original.digest
    texts = {language: _text(original, language, "original", False)}
    for item in translations:
        lang = item.source.lang or language
        texts[lang] = _text(item, lang, item.fields.translation, item.fields.translated_from != now)
    return MappingProxyType(texts)


def _text(item: Item[schema.Record] | Item[schema.Guidance] | Item[schema.Translation], lang: str, state: State,
          stale: bool) -> Text:
    prose = item.fields
    return Text(lang, prose.title, prose.summary, prose.content_note, state, stale,
                item.source.without_data())


def _guidance(item: Item[schema.Guidance], translations: list[Item[schema.Translation]], default: str) -> Guidance:
    references = markup.references(item.source.body)
    return Guidance(
        item.source.id, default, _texts(item, translations, default), item.fields.last_edited, item.fields.related,
        tuple(dict.fromkeys(r.target for r in references if r.kind == "embed")),
        tuple(dict.fromkeys(r.target for r in references if r.kind == "record")))
