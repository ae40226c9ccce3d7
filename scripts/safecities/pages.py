"""Pages of records and lists: from the catalogue, through templates, to the blocks of a page.

In: catalogue entries. Out: :class:`Stamp`, an address and the HTML of the blocks that a shell leaves open. A record's
template extends the same base as guidance pages do, so that rendering its blocks alone and putting them into a shell
gives the page that rendering the whole template would give.
"""

import functools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from safecities import facets, markdown
from safecities.catalogue import Catalogue, Entry
from safecities.locales import catalogue, sort_key
from safecities.reader import Reader, place_in_all, place_of
from safecities.sections import RESULTS
from safecities.site import ADDRESS_FOLDERS, Site

BLOCKS = ("title", "description", "head", "languages", "main")
"""The blocks of base.html that differ from page to page: the slots of a shell."""


@dataclass(frozen=True)
class Stamp:
    """A page to be: its address, its language, the section of the menu it belongs to, and its blocks by name."""

    address: str
    lang: str
    section: str
    blocks: Mapping[str, str]


def template_folders(site: Site) -> list[Path]:
    """Where templates are looked for: the site's own overrides, then those that came with this package."""
    ours = Path(__file__).resolve().parents[2] / "overrides"
    return list(dict.fromkeys([site.root / "overrides", ours]))


def environment(site: Site) -> jinja2.Environment:
    """The environment in which records' templates are rendered: everything escaped, nothing undefined."""
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(template_folders(site)), autoescape=True, undefined=jinja2.StrictUndefined,
        trim_blocks=True, lstrip_blocks=True)


class Renderer:
    """Renders pages of one catalogue; keeps the compiled templates."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.environment = environment(catalogue.site)
        self._rows: dict[tuple[str, str, str, int], Markup] = {}

    def template(self, name: str) -> jinja2.Template:
        """A template by its name in overrides/."""
        return self.environment.get_template(name)

    def stamp(self, name: str, reader: Reader, **more: Any) -> Stamp:
        """Render the open blocks of a page template."""
        template = self.template(name)
        context = template.new_context(self.context(reader, **more))
        blocks = {block: "".join(template.blocks[block](context)) for block in BLOCKS}
        return Stamp(reader.address, reader.lang, reader.place.section, blocks)

    def context(self, reader: Reader, **more: Any) -> dict[str, Any]:
        """The context of every template: what the reader gives, and rows of records."""
        return reader.context(row=functools.partial(self.row, reader), **more)

    def row(self, reader: Reader, entry: Entry, level: int = 3) -> Markup:
        """A record as a row of a list, its title a heading of ``level``.

        Rendered once for all pages of a language from which the way to the record is the same.
        """
        href = reader.way(entry)
        key = (entry.id, reader.lang, href, level)
        if key not in self._rows:
            context = reader.context(entry=entry, text=reader.text(entry), href=href, level=level)
            self._rows[key] = Markup(self.template("partials/row.html").render(context))  # noqa: S704 - escaped there
        return self._rows[key]

    def record_context(self, entry: Entry, lang: str) -> tuple[Reader, dict[str, Any]]:
        """Reader and context of a record's page."""
        reader = Reader(self.catalogue, lang, place_of(self.catalogue, entry, lang, ADDRESS_FOLDERS[entry.kind]))
        related = [self.catalogue.entries[name] for name in entry.related]
        cited = [self.catalogue.guidance[name] for name in entry.cited_in]
        text = reader.text(entry)
        body = markdown.render(text.body)
        results = catalogue(text.lang).gettext(RESULTS)
        return reader, {"entry": entry, "text": text, "body": body, "related": related, "cited": cited,
                        "reported": any(heading.text == results for heading in body.headings)}

    def record(self, entry: Entry, lang: str) -> Stamp:
        """The page of a record."""
        reader, more = self.record_context(entry, lang)
        return self.stamp("record.html", reader, **more)

    def listing(self, kind: str, lang: str) -> Stamp:
        """The filterable list of a kind."""
        section = ADDRESS_FOLDERS[kind]
        reader = Reader(self.catalogue, lang, place_in_all(self.catalogue, f"{section}/index.html", lang, section))
        entries = self.in_order(self.catalogue.of_kind(kind), reader)
        groups = [(facet, facets.options(self.catalogue, entries, facet, lang)) for facet in facets.of_kind(kind)]
        return self.stamp("list.html", reader, kind=kind, entries=entries,
                          groups=[(facet, found) for facet, found in groups if found])

    def term_lists(self, kind: str, lang: str) -> Iterator[Stamp]:
        """The plain lists of a kind: one page per value of each facet that has such pages."""
        section = ADDRESS_FOLDERS[kind]
        entries = self.catalogue.of_kind(kind)
        for facet in facets.of_kind(kind):
            if not facet.plain:
                continue
            for option in facets.options(self.catalogue, entries, facet, lang):
                path = f"{section}/{facet.name}/{option.value}.html"
                place = place_in_all(self.catalogue, path, lang, section)
                reader = Reader(self.catalogue, lang, place)
                chosen = [entry for entry in entries if option.value in facet.values(entry)]
                yield self.stamp("term-list.html", reader, kind=kind, facet=facet, option=option,
                                 entries=self.in_order(chosen, reader))

    def search(self, lang: str) -> Stamp:
        """The page of search results."""
        place = place_in_all(self.catalogue, "search.html", lang, "")
        return self.stamp("search.html", Reader(self.catalogue, lang, place))

    def all(self, lang: str) -> Iterator[Stamp]:
        """Every page of a language that is not a guidance page."""
        for kind in ADDRESS_FOLDERS:
            for entry in self.catalogue.of_kind(kind):
                yield self.record(entry, lang)
            yield self.listing(kind, lang)
            yield from self.term_lists(kind, lang)
        yield self.search(lang)

    def in_order(self, entries: Sequence[Entry], reader: Reader) -> list[Entry]:
        """Entries in the order of their titles as the reader sees them."""
        return sorted(entries, key=lambda entry: (sort_key(reader.text(entry).title, reader.lang), entry.id))

    def box(self, reader: Reader, name: str) -> str:
        """A record as it is embedded in guidance."""
        template = self.template("partials/box.html")
        entry = self.catalogue.entries[name]
        return template.render(self.context(reader, entry=entry, text=reader.text(entry)))

    def plain(self, name: str, reader: Reader, **more: Any) -> str:
        """A whole file from a template of its own, such as a feed."""
        return self.template(name).render(self.context(reader, **more))

