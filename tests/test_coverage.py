"""What the library covers and lacks: the numbers are those of the records."""

import pytest

from loaded import PROJECT
from safecities import coverage, facets, pipeline, translations
from safecities.catalogue import Catalogue
from safecities.site import load_site


@pytest.fixture(scope="module")
def library() -> Catalogue:
    return pipeline.load(load_site(PROJECT))[0]


@pytest.mark.parametrize(("kind", "down", "across"), [
    ("tool", "region", "category"), ("case-study", "region", "theme"), ("tool", "language", "category")])
def test_every_cell_counts_the_records_of_both(library: Catalogue, kind: str, down: str, across: str) -> None:
    table = coverage.table(library, coverage.count(library, kind, down, across), "en")
    entries = library.of_kind(kind)
    rows, columns = facets.NAMED[down], facets.NAMED[across]
    for line in table.lines:
        having = [entry for entry in entries if line.value in rows.values(entry)]
        assert line.total == len(having)
        assert line.cells == tuple(sum(value in columns.values(entry) for entry in having)
                                   for value, _, _ in table.columns)
        assert line.gaps == tuple(at for at, number in enumerate(line.cells) if number == 0)
    assert {value for entry in entries for value in rows.values(entry)} <= {line.value for line in table.lines}
    assert {value for entry in entries for value in columns.values(entry)} <= {row[0] for row in table.columns}


def test_what_has_no_record_at_all_is_named(load, change) -> None:  # type: ignore[no-untyped-def]
    catalogue = load().catalogue
    table = coverage.table(catalogue, coverage.count(catalogue, "tool", "region", "category"), "en")
    assert "Polynesia" in table.nothing
    used = {name for entry in catalogue.of_kind("tool") for name in entry.categories}
    unused = [term.named("en", "en") for name, term in catalogue.vocabularies["categories"].terms.items()
              if name not in used]
    assert unused and set(unused) <= set(table.nothing)
    assert not {catalogue.label("categories", name, "en") for name in used} & set(table.nothing)


def test_work_on_translations_is_that_of_the_command(library: Catalogue) -> None:
    rows = list(translations.overview(library))
    found = {(item.name, item.lang): len(item.pages) for item in coverage.work(library)}
    for tag in library.site.tags:
        for state in ("missing", "stale", "machine", "draft"):
            number = sum((row.lang, row.state) == (tag, state) for row in rows)
            assert found.get((state, tag), 0) == number


def test_what_records_lack_is_listed(load, change) -> None:  # type: ignore[no-untyped-def]
    def names(name: str, lang: str = "") -> list[str]:
        return [page.id for item in coverage.work(load().catalogue) if (item.name, item.lang) == (name, lang)
                for page, _ in item.pages]

    assert "night-bus" not in [*names("without-link"), *names("without-coordinates"), *names("stub"),
                               *names("without-year"), *names("without-body", "es")]
    change("casestudies/night-bus.md", "    url: https://petiteville.example/report.pdf\n", "")
    change("casestudies/night-bus.md", "coordinates: 48.85, 2.35\n", "")
    change("casestudies/night-bus.md", "status: complete", "status: stub")
    change("casestudies/night-bus.md", "years: 2012/2015\n", "")
    change("casestudies/night-bus.es.md", "## Situación\n\n", "")
    change("casestudies/night-bus.es.md", "La última parada queda a **600 metros** de la primera casa.\n", "")
    for name, lang in (("without-link", ""), ("without-coordinates", ""), ("stub", ""), ("without-year", ""),
                       ("without-body", "es")):
        assert "night-bus" in names(name, lang), name


def test_languages_most_wanted(library: Catalogue) -> None:
    found = coverage.wanted(library)
    assert {row.lang for row in found} == set(library.site.tags)
    assert [row.readable for row in found] == sorted(row.readable for row in found)
    tools = [entry for entry in library.of_kind("tool") if entry.languages]
    spanish = next(row for row in found if row.lang == "es")
    assert (spanish.of, spanish.readable) == (
        len(tools), sum(any(tag.split("-")[0] == "es" for tag in entry.languages) for entry in tools))
