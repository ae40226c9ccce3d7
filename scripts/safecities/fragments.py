"""Fragments: pieces of HTML that stand on many pages, each rendered once and kept.

In: a reader and what a piece shows. Out: rows of records, links to related records with reasons, links to terms, codes
of citations. Each renderer has its own, and clears them behind the last page that needs them.
"""

import html
from collections import defaultdict
from collections.abc import Sequence

from markupsafe import Markup

from safecities import citation, facets
from safecities.catalogue import Catalogue, Entry
from safecities.citation import Work
from safecities.locales import catalogue
from safecities.reader import Reader
from safecities.relations import Reason, Relation
from safecities.templates import Templates

SEPARATOR = ", "
"""What stands between two things in a row, as a message id."""

# Private-use characters, which no record may hold.
_HREF, _LEVEL = "\ue0f3", "\ue0f4"

_ANYWHERE = _HREF
"""What stands for a folder where a fragment is the same in all of them."""


class Fragments:
    """The fragments of one catalogue's pages."""

    def __init__(self, catalogue: Catalogue, templates: Templates) -> None:
        self._catalogue = catalogue
        self._templates = templates
        self._links: dict[tuple[str, str, str, str, str], str] = {}
        self._rows: dict[tuple[str, str, str], Markup] = {}
        self._cited: dict[tuple[str, str], Markup] = {}
        self._links_to: dict[tuple[str, str], dict[str, Markup]] = defaultdict(dict)  # by language and folder
        self._wheres: dict[str, dict[str, Markup]] = defaultdict(dict)
        self._reasons: dict[tuple[str, Reason], str] = {}
        self._whys: dict[str, dict[tuple[Reason, ...], Markup]] = defaultdict(dict)

    def clear_rows(self) -> None:
        """Forget all rows: they are some tens of megabytes."""
        self._rows.clear()

    def clear(self) -> None:
        """Forget what one language's pages needed."""
        self._rows.clear()
        self._links.clear()
        self._links_to.clear()
        self._whys.clear()
        self._wheres.clear()

    def term_links(self, reader: Reader, kind: str, facet: str, values: Sequence[str]) -> Markup:
        """Links to the plain lists of a facet's values, in a row; each rendered once for all pages in a folder."""
        links, folder = [], reader.folder
        for value in values:
            key = (reader.lang, kind, facet, value, folder)
            if key not in self._links:
                label = facets.NAMED[facet].label(self._catalogue, value, reader.lang)
                template = self._templates.get("partials/term-link.html", reader.lang)
                self._links[key] = template.render(href=reader.term_way(kind, facet, value), label=label).strip()
            links.append(self._links[key])
        separator = html.escape(catalogue(reader.lang).gettext(SEPARATOR))
        return Markup(separator.join(links))  # noqa: S704 - escaped in its template

    def row(self, reader: Reader, entry: Entry, level: int = 3) -> Markup:
        """A record as a row among others that a page names beside its main matter; kept for all pages in a folder."""
        return self.row_among(reader, entry, level, reader.folder)

    def row_among(self, reader: Reader, entry: Entry, level: int, there: str) -> Markup:
        """The same, kept for all pages that lie equally: ``there`` is their folder, or what they have in common."""
        here = (entry.id, reader.lang, f"{level} {there}")
        found = self._rows.get(here)
        if found is None:
            found = self._rows[here] = self.row_once(reader, entry, level)
        return found

    def row_once(self, reader: Reader, entry: Entry, level: int) -> Markup:
        """A record as a row, its title a heading of ``level``.

        A row stands on a dozen pages, and only the way to the record and the heading's level differ: it is rendered
        once a language with marks for these two.
        """
        everywhere = (entry.id, reader.lang, "")
        row: str | None = self._rows.get(everywhere)
        if row is None:
            row = self._rows[everywhere] = self._templates.macros("rows", reader.lang).row(
                reader, entry, reader.text(entry), _HREF, _LEVEL, self.where(reader, entry))
        row = str.replace(row, _HREF, html.escape(reader.way(entry))).replace(_LEVEL, str(level))
        return Markup(row)  # noqa: S704 - escaped in its template

    def related(self, reader: Reader, relations: Sequence[Relation]) -> list[tuple[str, Markup, Markup]]:
        """The records that another one's page names: id, link and reasons of each."""
        here = reader.folder
        links, whys = self._links_to[reader.lang, here], self._whys[reader.lang]
        found = []
        for relation in relations:
            name, reasons = relation
            link, why = links.get(name), whys.get(reasons)
            if link is None:
                link = links[name] = self._link(reader, name)
            if why is None:
                why = whys[reasons] = self._why(reader, reasons)
            found.append((name, link, why))
        return found

    def _link(self, reader: Reader, name: str) -> Markup:
        """A link to a record from a page, the same from all pages in a folder; rendered once a language."""
        entry = self._catalogue.entries[name]
        everywhere = self._links_to[reader.lang, _ANYWHERE]
        if name not in everywhere:
            everywhere[name] = self._templates.macros("rows", reader.lang).link(
                reader, entry, reader.text(entry), _HREF, self.where(reader, entry))
        link = str(everywhere[name]).replace(_HREF, html.escape(reader.way(entry)))
        return Markup(link)  # noqa: S704 - escaped in its template

    def _why(self, reader: Reader, reasons: tuple[Reason, ...]) -> Markup:
        """Reasons in a row."""
        told = " · ".join(self._reason(reader, reason) for reason in reasons)
        return Markup(told)  # noqa: S704 - escaped in its template

    def _reason(self, reader: Reader, reason: Reason) -> str:
        key = (reader.lang, reason)
        if key not in self._reasons:
            template = self._templates.get("partials/reason.html", reader.lang)
            self._reasons[key] = template.render(reader.context(reason=reason)).strip()
        return self._reasons[key]

    def where(self, reader: Reader, entry: Entry) -> Markup:
        """Where a record is from: on its own page, in its row, and beside links to it."""
        wheres = self._wheres[reader.lang]
        if entry.id not in wheres:
            wheres[entry.id] = self._templates.macros("records", reader.lang).where(reader, entry)
        return wheres[entry.id]

    def codes(self, reader: Reader, work: Work) -> Markup:
        """How programs cite a work; of a work that isn't ours the same in all languages, and so rendered once."""
        key = (work.id, work.url)
        found = self._cited.get(key)
        if found is None:
            found = self._templates.macros("citing", reader.lang).codes(
                citation.bibtex(work), citation.ris(work).replace("\r", ""), citation.coins(work))
            if not work.site:
                self._cited[key] = found
        return found
