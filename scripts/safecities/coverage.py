"""What the library covers and what it lacks, for editors: heat tables with their gaps, and lists of what is to do.

In: the catalogue. Out: plain values for a template; every number follows from the records.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, product
from typing import NamedTuple

from safecities import facets, territories, translations
from safecities.catalogue import Catalogue, Entry, Page
from safecities.facets import Facet
from safecities.locales import sort_key

FIRST = 50
"""How many pages a list of work names; the command ``safecities translations`` lists them all."""


@dataclass(frozen=True)
class Line:
    """A row of a table: a value of the table's first facet, its label, and how many records have it and each column's.

    ``total`` counts records; a record may stand in several cells.
    """

    value: str
    label: str
    total: int
    cells: tuple[int, ...]

    @property
    def gaps(self) -> tuple[int, ...]:
        """The numbers of the columns in which there is nothing."""
        return tuple(at for at, number in enumerate(self.cells) if not number)


@dataclass(frozen=True)
class Table:
    """A heat table: one facet down, one across, all their values whether a record has them or not."""

    kind: str
    down: str
    across: str
    columns: tuple[tuple[str, str, int], ...]
    lines: tuple[Line, ...]

    @property
    def nothing(self) -> tuple[str, ...]:
        """The labels of rows and columns of which there is no record at all."""
        return (*(line.label for line in self.lines if not line.total),
                *(label for _, label, total in self.columns if not total))


class Counts(NamedTuple):
    """The records of a kind by two facets: how many have a value of the first, of the second, and of both at once."""

    kind: str
    down: str
    across: str
    rows: Counter[str]
    columns: Counter[str]
    both: Counter[tuple[str, str]]


def count(catalogue: Catalogue, kind: str, down: str, across: str) -> Counts:
    """Count the records of a kind by two facets; the same for readers of all languages."""
    rows, columns = facets.NAMED[down], facets.NAMED[across]
    values = [(set(rows.values(entry)), set(columns.values(entry))) for entry in catalogue.of_kind(kind)]
    return Counts(kind, down, across, Counter(chain.from_iterable(first for first, _ in values)),
                  Counter(chain.from_iterable(second for _, second in values)),
                  Counter(chain.from_iterable(product(first, second) for first, second in values)))


def table(catalogue: Catalogue, counts: Counts, lang: str) -> Table:
    """The table of some counts, with labels in a language."""
    rows, columns = facets.NAMED[counts.down], facets.NAMED[counts.across]
    across_all = [(value, columns.label(catalogue, value, lang), counts.columns[value])
                  for value in _values(catalogue, columns, counts.columns, lang)]
    lines = [Line(value, rows.label(catalogue, value, lang), counts.rows[value],
                  tuple(counts.both[value, column] for column, _, _ in across_all))
             for value in _values(catalogue, rows, counts.rows, lang)]
    return Table(counts.kind, counts.down, counts.across, tuple(across_all), tuple(lines))


def _values(catalogue: Catalogue, facet: Facet, found: Counter[str], lang: str) -> Sequence[str]:
    """All values that a facet may have: terms and regions in their order, languages by how much there is in them."""
    if facet.name == "region":
        regions = {region for country in territories.countries() if (region := territories.region_of(country))}
        return sorted(regions, key=lambda code: (
            sort_key(territories.name(territories.continent_of(code), lang), lang),
            sort_key(territories.name(code, lang), lang)))
    if facet.name == "language":
        return sorted(found.keys() | set(catalogue.site.tags), key=lambda tag: (
            -found[tag], sort_key(facet.label(catalogue, tag, lang), lang)))
    vocabulary = {"category": "categories", "theme": "themes"}[facet.name]
    return sorted(catalogue.vocabularies[vocabulary].terms, key=lambda term: (
        sort_key(catalogue.label(vocabulary, term, lang), lang), term))


@dataclass(frozen=True)
class Work:
    """Something to do: its name, the language it concerns (none for records), and the pages with their files."""

    name: str
    lang: str
    pages: tuple[tuple[Page, str], ...]


def work(catalogue: Catalogue) -> tuple[Work, ...]:
    """Everything that is to do in the library, by what it is; nothing where there is nothing to do."""
    found = [*_translations(catalogue), *(
        Work(name, "", tuple((entry, entry.original.path) for entry in catalogue.entries.values() if wanted(entry)))
        for name, wanted in _RECORDS.items())]
    return tuple(item for item in found if item.pages)


def _translations(catalogue: Catalogue) -> Iterable[Work]:
    by_path = {text.path: page for page in _pages(catalogue) for text in page.texts.values()}
    for tag in catalogue.site.tags:
        rows = defaultdict(list)
        for row in translations.overview(catalogue, tag):
            rows[row.state].append(row.path)
        missing = [(page, page.original.path) for page in _pages(catalogue) if tag not in page.texts]
        yield Work("missing", tag, tuple(missing))
        for state in ("stale", "machine", "draft"):
            yield Work(state, tag, tuple((by_path[path], path) for path in rows[state]))
        yield Work("without-body", tag, tuple(
            (page, page.texts[tag].path) for page in _pages(catalogue)
            if tag in page.texts and page.original.has_body and not page.texts[tag].has_body))


def _pages(catalogue: Catalogue) -> Iterable[Page]:
    return (*catalogue.guidance.values(), *catalogue.entries.values())


def _linked(entry: Entry) -> bool:
    return (any(version.url or version.archive_url for version in entry.fields.versions)
            or any(source.url for source in entry.fields.sources))


_RECORDS: dict[str, Callable[[Entry], bool]] = {
    "without-link": lambda entry: not _linked(entry),
    "stub": lambda entry: entry.fields.status == "stub",
    "without-coordinates": lambda entry: bool(entry.fields.place) and entry.fields.coordinates is None,
    "without-year": lambda entry: entry.years is None,
}
"""What records may lack, and how one knows."""


@dataclass(frozen=True)
class Wanted:
    """A language of the site: how many tools can be read in it, of how many with a known language."""

    lang: str
    readable: int
    of: int


def wanted(catalogue: Catalogue) -> tuple[Wanted, ...]:
    """The languages of the site, the one in which the fewest tools can be read first."""
    tools = [entry for entry in catalogue.of_kind("tool") if entry.languages]
    found = [Wanted(tag, sum(_reads(entry, tag) for entry in tools), len(tools)) for tag in catalogue.site.tags]
    return tuple(sorted(found, key=lambda row: (row.readable, row.lang)))


def _reads(entry: Entry, tag: str) -> bool:
    """Whether a work can be read in a language, whatever its region."""
    return any(other.split("-")[0] == tag.split("-")[0] for other in entry.languages)
