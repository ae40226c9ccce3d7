"""Pages of records and lists: from the catalogue, through templates, to the blocks of a page.

In: catalogue entries. Out: :class:`Plan`, an address and the making of the blocks that a shell leaves open. A record's
template extends the same base as guidance pages do, so that rendering its blocks alone and putting them into a shell
gives the page that rendering the whole template would give.
"""

import dataclasses
import functools
import heapq
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from markupsafe import Markup

from safecities import addresses, casemap, citation, coverage, facets, linked, markdown, relations, territories
from safecities.addresses import COVERAGE, MAP, TIMELINE
from safecities.catalogue import Catalogue, Entry
from safecities.citation import Work
from safecities.coverage import Counts
from safecities.fragments import Fragments
from safecities.keys import Keys
from safecities.locales import catalogue, sort_key
from safecities.reader import Reader, place_in_all, place_of
from safecities.relations import Relations
from safecities.sections import RESULTS
from safecities.site import ADDRESS_FOLDERS
from safecities.templates import Templates
from safecities.timeline import Timeline, timeline

if TYPE_CHECKING:
    from safecities.index import Nearest

BLOCKS = ("title", "description", "head", "about", "languages", "main")
"""The blocks of base.html that differ from page to page: the slots of a shell."""


Blocks = Mapping[str, str]
"""The blocks of a page by name."""


class Plan(NamedTuple):
    """A page to be: its address, the section of the menu it belongs to, the key of what it shows, its making, and its
    reader."""

    address: str
    section: str
    key: str
    blocks: Callable[[], Blocks]
    reader: Callable[[], Reader]


def by_day(entry: Entry) -> tuple[date, str]:
    """A key by which the newest records come last."""
    return entry.fields.day, entry.id


def number(catalogue: Catalogue) -> int:
    """How many pages of records and lists a site has, in all languages."""
    lists = {(kind, facet.name, value) for kind in ADDRESS_FOLDERS for facet in facets.of_kind(kind) if facet.plain
             for entry in catalogue.of_kind(kind) for value in facet.values(entry)}
    others = len((*ADDRESS_FOLDERS, "search", MAP, TIMELINE, COVERAGE))
    return len(catalogue.site.tags) * (len(catalogue.entries) + len(lists) + others)


FED = ("category", "theme")
"""The facets whose lists have a feed each."""

NEWEST = 50
"""How many records a feed names at most."""

BLOCK = 10
"""How many rows of a list stand together: browsers lay out only the blocks that are in view (assets/css/lists.css)."""

_TEMPLATES = ("record.html", "list.html", "term-list.html", "search.html", "map.html", "timeline.html", "coverage.html")

_Context = tuple[Reader, dict[str, Any]]

_AHEAD = 64
"""So many records are prepared together."""

_LINKING = ("head", "languages")
_SOME_RECORD = "THE-ID-OF-A-RECORD"  # none is written in capitals


class Renderer:
    """Renders pages of one catalogue; keeps the compiled templates, or uses those of another one."""

    def __init__(self, catalogue: Catalogue, like: "Renderer | None" = None) -> None:
        self.catalogue = catalogue
        self.keys = Keys(catalogue)
        self.templates: Templates = like.templates if like else Templates(catalogue.site)
        self.fragments = Fragments(catalogue, self.templates)
        self._around: dict[tuple[str, str, tuple[str, str] | None], str] = {}
        self._linked: dict[tuple[str, str, str, str, tuple[str, ...]], str] = {}
        self._chosen: dict[str, dict[tuple[str, str], list[Entry]]] = {}
        self._facets: dict[tuple[str, str], list[tuple[facets.Facet, tuple[facets.Option, ...]]]] = {}
        self._ranks: dict[str, Mapping[str, int]] = {}
        self._ahead: dict[str, tuple[dict[str, _Context], tuple[str, int] | None]] = {}

    @functools.cached_property
    def nearest(self) -> "Nearest":
        """Which records and pages are like each other; whoever is the last to need it deletes it."""
        from safecities.index import Nearest  # brings Whoosh along, which takes a while to load

        return Nearest(self.catalogue)

    @functools.cached_property
    def relations(self) -> Relations:
        """Which records belong together, and why."""
        return relations.kept(self.catalogue, self.keys, lambda: self.nearest)

    def compile(self) -> None:
        """Compile the templates of all pages."""
        for name in _TEMPLATES:
            self.templates.get(name, self.catalogue.site.default)

    def blocks(self, name: str, reader: Reader, **more: Any) -> Blocks:
        """Render the open blocks of a page template."""
        template = self.templates.get(name, reader.lang)
        context = self.templates.context(name, reader.lang, self.context(reader, **more))
        return {block: "".join(template.blocks[block](context)) for block in BLOCKS}

    def context(self, reader: Reader, **more: Any) -> dict[str, Any]:
        """The context of every template: what the reader gives, and rows of records."""
        return reader.context(row=functools.partial(self.fragments.row, reader),
                              term_links=functools.partial(self.fragments.term_links, reader),
                              where=functools.partial(self.fragments.where, reader), **more)

    def record_context(self, entry: Entry, lang: str) -> _Context:
        """Reader and context of a record's page."""
        return self._record_context(entry, lang, markdown.render(entry.body(lang, self.catalogue.site.default).body))

    def _record_context(self, entry: Entry, lang: str, body: markdown.Rendered) -> _Context:
        reader = self._on(entry, lang)
        related = self.fragments.related(reader, self.relations[entry.id])
        cited = [self.catalogue.guidance[name] for name in entry.cited_in]
        text, written = reader.text(entry), reader.body(entry)
        results = catalogue(written.lang).gettext(RESULTS)
        work = citation.of(self.catalogue, entry, lang, brief=True)
        return reader, {"entry": entry, "text": text, "written": written, "body": body, "related": related,
                        "cited": cited, "reported": any(heading.text == results for heading in body.headings),
                        "work": work, "codes": self.fragments.codes(reader, work),
                        "linked": self._about(reader, entry, work)}

    def _next_context(self, entry: Entry, lang: str) -> _Context:
        """The same where records are asked for one after the other: those of the next ones are made with it, and their
        bodies before. A processor's own memory holds the code for bodies, for contexts, or for templates."""
        contexts, following = self._ahead.get(lang, ({}, None))  # by language, for each may have a thread of its own
        if entry.id not in contexts:
            at = self._places[entry.id]
            further = at + (_AHEAD if following == (entry.kind, at) else 1)
            entries = self.catalogue.of_kind(entry.kind)[at:further]
            bodies = [markdown.render(one.body(lang, self.catalogue.site.default).body) for one in entries]
            contexts = {one.id: self._record_context(one, lang, body)
                        for one, body in zip(entries, bodies, strict=True)}
            self._ahead[lang] = contexts, (entry.kind, further)
        return contexts.pop(entry.id)

    @functools.cached_property
    def _places(self) -> Mapping[str, int]:
        """Where each record stands among those of its kind."""
        return {entry.id: at for kind in ADDRESS_FOLDERS for at, entry in enumerate(self.catalogue.of_kind(kind))}

    def _on(self, entry: Entry, lang: str) -> Reader:
        """A reader of a record's page."""
        return Reader(self.catalogue, lang, place_of(self.catalogue, entry, lang, ADDRESS_FOLDERS[entry.kind]))

    def _at(self, path: str, section: str, lang: str) -> Reader:
        """A reader of a page that there is in every language."""
        return Reader(self.catalogue, lang, place_in_all(self.catalogue, path, lang, section))

    def _about(self, reader: Reader, entry: Entry, work: Work) -> Markup:
        """A record's page as JSON-LD; what is around it is the same for all records in a list."""
        narrow = linked.narrowest(entry)
        key = (reader.lang, entry.kind, narrow)
        if key not in self._around:
            self._around[key] = ",".join(map(linked.encoded, linked.around(reader, entry.kind, narrow)))
        return linked.script(linked.encoded(linked.about(reader, entry, work)), self._around[key])

    def record(self, entry: Entry, lang: str) -> Blocks:
        """The page of a record."""
        reader, more = self._next_context(entry, lang)
        template = self.templates.get("record.html", lang)
        context = self.templates.context("record.html", lang, self.context(reader, **more))
        alike = _LINKING if self.templates.is_ours("record.html", lang) else ()
        return {block: self._linking(block, entry, reader) if block in alike
                else "".join(template.blocks[block](context)) for block in BLOCKS}

    def _linking(self, block: str, entry: Entry, reader: Reader) -> str:
        """A block that says no more of a record than where its page lies in which languages: rendered once for all."""
        key = (block, entry.kind, reader.lang, reader.place.text_lang, reader.place.translated)
        if key not in self._linked:
            there = dataclasses.replace(reader, place=place_of(
                self.catalogue, dataclasses.replace(entry, id=_SOME_RECORD), reader.lang, reader.place.section))
            template = self.templates.get("record.html", reader.lang)
            own = template.new_context(self.context(there))  # that of `templates.context` is in use for this very page
            self._linked[key] = "".join(template.blocks[block](own))
        return self._linked[key].replace(_SOME_RECORD, entry.id)

    def listing(self, kind: str, lang: str) -> Blocks:
        """The filterable list of a kind."""
        section = ADDRESS_FOLDERS[kind]
        reader = self._at(f"{section}/index.html", section, lang)
        entries = self.in_order(self.catalogue.of_kind(kind), lang)
        groups = self._options(kind, lang)
        held = {facet.name: options for facet, options in groups}
        return self.blocks("list.html", reader, kind=kind, entries=entries,
                           rows=_blocks([self.fragments.row_once(reader, entry, 2) for entry in entries]),
                           groups=[(facet, found) for facet, found in groups if found],
                           places=facets.nested(held["region"], held["country"]), many_places=len(held["country"]) > 10,
                           linked=lambda words: linked.script(
                               *map(linked.encoded, linked.listing(reader, kind, words))))

    def plain_lists(self, kind: str, lang: str) -> Iterator[tuple[facets.Facet, facets.Option, str]]:
        """The plain lists that there are of a kind: facet, value, and the address without a language."""
        for facet, options in self._options(kind, lang):
            if facet.plain:
                for option in options:
                    yield facet, option, f"{ADDRESS_FOLDERS[kind]}/{facet.name}/{option.value}.html"

    def _options(self, kind: str, lang: str) -> list[tuple[facets.Facet, tuple[facets.Option, ...]]]:
        """The facets of a kind with their values."""
        if (kind, lang) not in self._facets:
            counts: dict[str, dict[str, int]] = {facet.name: {} for facet in facets.of_kind(kind)}
            for (name, value), found in self.chosen(kind).items():
                counts[name][value] = len(found)
            self._facets[kind, lang] = [(facet, facets.options(self.catalogue, counts[facet.name], facet, lang))
                                        for facet in facets.of_kind(kind)]
        return self._facets[kind, lang]

    def term_list(self, kind: str, lang: str, path: str, entries: Sequence[Entry], **more: Any) -> Blocks:
        """The plain list of one value of a facet."""
        reader = self._at(path, ADDRESS_FOLDERS[kind], lang)
        # All plain lists of a kind lie equally deep, so that a record's row is the same in all of them.
        rows = [self.fragments.row_among(reader, entry, 2, "plain lists") for entry in self.in_order(entries, lang)]
        return self.blocks("term-list.html", reader, kind=kind, rows=_blocks(rows),
                           linked=functools.partial(self._linked_part, reader, kind),
                           fed=more["facet"].name in FED, **more)

    def search(self, lang: str) -> Blocks:
        """The page of search results."""
        return self.blocks("search.html", self._at("search.html", "", lang))

    def map(self, lang: str) -> Blocks:
        """The map of case studies."""
        drawn = self._case_map
        continents = sorted(casemap.by_continent(drawn.lands).items(),
                            key=lambda row: sort_key(territories.name(row[0], lang), lang))
        return self._of_cases("map.html", MAP, lang, map=drawn, shades=tuple(casemap.shades()), continents=[
            (code, sorted(lands, key=lambda land: sort_key(territories.name(land.code, lang), lang)))
            for code, lands in continents])

    def timeline(self, lang: str) -> Blocks:
        """The timeline of case studies."""
        return self._of_cases("timeline.html", TIMELINE, lang, timeline=self._timeline)

    def _of_cases(self, template: str, path: str, lang: str, **more: Any) -> Blocks:
        """A page that shows all case studies in a way of its own."""
        reader = self._at(path, ADDRESS_FOLDERS["case-study"], lang)
        return self.blocks(template, reader, total=len(self.catalogue.of_kind("case-study")),
                           linked=functools.partial(self._linked_part, reader, "case-study"), **more)

    def _linked_part(self, reader: Reader, kind: str, name: str, description: str) -> Markup:
        """A list below the list of a kind as JSON-LD."""
        return linked.script(*map(linked.encoded, linked.term_list(reader, kind, name, description)))

    def coverage(self, lang: str) -> Blocks:
        """What the library covers and lacks, for editors."""
        reader = self._at(COVERAGE, "", lang)
        tables = [coverage.table(self.catalogue, counts, lang) for counts in self._counts]
        return self.blocks("coverage.html", reader, tables=tables, shade=casemap.shade, first=coverage.FIRST,
                           **self._gaps)

    # What these pages show is the same in all languages.

    @functools.cached_property
    def _case_map(self) -> casemap.CaseMap:
        return casemap.case_map(self.catalogue, casemap.WORLD_MAP)

    @functools.cached_property
    def _timeline(self) -> Timeline:
        return timeline(self.catalogue)

    @functools.cached_property
    def _counts(self) -> Sequence[Counts]:
        return [coverage.count(self.catalogue, kind, down, across) for kind, down, across in (
            ("tool", "region", "category"), ("case-study", "region", "theme"), ("tool", "language", "category"))]

    @functools.cached_property
    def _gaps(self) -> Mapping[str, Any]:
        return {"work": coverage.work(self.catalogue), "wanted": coverage.wanted(self.catalogue)}

    def all(self, lang: str) -> Iterator[Plan]:
        """Every page of a language that is not a guidance page."""
        site = self.catalogue.site
        for kind, section in ADDRESS_FOLDERS.items():
            entries = self.catalogue.of_kind(kind)
            for entry in entries:
                yield Plan(addresses.record(site, kind, entry.id, lang), section, self.keys.record(
                    entry, lang, self.relations[entry.id]), functools.partial(self.record, entry, lang),
                    functools.partial(self._on, entry, lang))
            address = addresses.listing(site, kind, lang)
            yield Plan(address, section, self.keys.listed(address, lang, entries),
                       functools.partial(self.listing, kind, lang),
                       functools.partial(self._at, f"{section}/index.html", section, lang))
            chosen = self.chosen(kind)
            for facet, option, path in self.plain_lists(kind, lang):
                found = chosen[facet.name, option.value]
                yield Plan(site.prefix(lang) + path, section, self.keys.listed(path, lang, found), functools.partial(
                    self.term_list, kind, lang, path, found, facet=facet, option=option),
                    functools.partial(self._at, path, section, lang))
            self.fragments.clear_rows()
        yield Plan(f"{site.prefix(lang)}search.html", "", self.keys.listed("search.html", lang, ()),
                   functools.partial(self.search, lang), functools.partial(self._at, "search.html", "", lang))
        cases = self.catalogue.of_kind("case-study")
        for path, blocks in ((MAP, self.map), (TIMELINE, self.timeline)):
            section = ADDRESS_FOLDERS["case-study"]
            yield Plan(site.prefix(lang) + path, section, self.keys.listed(path, lang, cases),
                       functools.partial(blocks, lang), functools.partial(self._at, path, section, lang))
        yield Plan(site.prefix(lang) + COVERAGE, "", self.keys.states(lang), functools.partial(self.coverage, lang),
                   functools.partial(self._at, COVERAGE, "", lang))
        self.fragments.clear()

    def chosen(self, kind: str) -> Mapping[tuple[str, str], list[Entry]]:
        """The entries of a kind by facet and value, the same in all languages."""
        if kind not in self._chosen:
            self._chosen[kind] = defaultdict(list)
            for entry in self.catalogue.of_kind(kind):
                for facet in facets.of_kind(kind):
                    for value in facet.values(entry):
                        self._chosen[kind][facet.name, value].append(entry)
        return self._chosen[kind]

    @functools.cached_property
    def newest(self) -> Mapping[tuple[str, ...], Sequence[Entry]]:
        """The newest records of everything, of each kind, and of each list that has a feed: as many as a feed names."""
        found: dict[tuple[str, ...], Sequence[Entry]] = {(): tuple(self.catalogue.entries.values())}
        for kind in ADDRESS_FOLDERS:
            found[kind,] = self.catalogue.of_kind(kind)
            found.update(((kind, *of), entries) for of, entries in self.chosen(kind).items() if of[0] in FED)
        return {of: heapq.nlargest(NEWEST, entries, key=by_day) for of, entries in found.items()}

    def in_order(self, entries: Sequence[Entry], lang: str) -> list[Entry]:
        """Entries in the order of their titles as a reader of a language sees them."""
        if lang not in self._ranks:  # of all entries, each of which stands in dozens of lists
            default = self.catalogue.site.default
            ordered = sorted(self.catalogue.entries.values(),
                             key=lambda entry: (sort_key(entry.text(lang, default).title, lang), entry.id))
            self._ranks[lang] = {entry.id: rank for rank, entry in enumerate(ordered)}
        ranks = self._ranks[lang]
        return sorted(entries, key=lambda entry: ranks[entry.id])

    def box(self, reader: Reader, name: str) -> str:
        """A record as it is embedded in guidance."""
        template = self.templates.get("partials/box.html", reader.lang)
        entry = self.catalogue.entries[name]
        return template.render(self.context(reader, entry=entry, text=reader.text(entry)))

    def plain(self, name: str, reader: Reader, **more: Any) -> str:
        """A whole file from a template of its own, such as a feed."""
        return self.templates.get(name, reader.lang).render(self.context(reader, **more))


def _blocks(rows: Sequence[Markup]) -> list[Markup]:
    """The rows of a list that is a page's main matter, in blocks of :data:`BLOCK`."""
    return [Markup("".join(rows[at : at + BLOCK])) for at in range(0, len(rows), BLOCK)]  # noqa: S704 - each is escaped
