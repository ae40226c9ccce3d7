"""The timeline: every case study once, at its years."""

import pytest

from loaded import PROJECT, Loaded
from safecities import pipeline
from safecities.catalogue import Catalogue
from safecities.site import load_site
from safecities.timeline import timeline
from test_casemap import RECORD


@pytest.fixture(scope="module")
def library() -> Catalogue:
    return pipeline.load(load_site(PROJECT))[0]


def test_every_case_study_is_there_once(library: Catalogue) -> None:
    found = timeline(library)
    entries = library.of_kind("case-study")
    assert sorted([bar.entry.id for bar in found.bars] + [entry.id for entry in found.undated]) == [
        entry.id for entry in entries]
    assert {column.year: column.number for column in found.columns} == {
        entry.years.start: sum(other.years is not None and other.years.start == entry.years.start for other in entries)
        for entry in entries if entry.years and entry.years.start}
    assert max(column.height for column in found.columns) == 100


def test_bars_lie_on_the_scale_in_order(library: Catalogue) -> None:
    found = timeline(library)
    assert all(bar.at >= 0 and bar.length > 0 and bar.at + bar.length <= 100.01 for bar in found.bars)
    assert [bar.at for bar in found.bars if not bar.open_start] == sorted(
        bar.at for bar in found.bars if not bar.open_start)
    assert 2 <= len(found.marks) <= 9


@pytest.mark.parametrize(("years", "at", "length", "open_sides"), [
    ("2012/2015", 20.0, 20.0, (False, False)), ("2026/..", 90.0, 10.0, (False, True)),
    ("../2016", 0.0, 45.0, (True, False)), ("2008/2027", 0.0, 100.0, (False, False))])
def test_a_bar_is_as_long_as_its_years(put, load, years, at, length, open_sides) -> None:  # type: ignore[no-untyped-def]
    for name, span in (("first", "2008/2008"), ("last", "2027/2027"), ("this", years)):
        put(f"casestudies/{name}.md", RECORD.format(name=name, facts=f'years: "{span}"'))
    loaded: Loaded = load()
    assert loaded.found() == []
    bar = next(bar for bar in timeline(loaded.catalogue).bars if bar.entry.id == "this")
    assert (bar.at, bar.length, (bar.open_start, bar.open_end)) == (at, length, open_sides)


def test_without_years_there_is_no_scale(change, load) -> None:  # type: ignore[no-untyped-def]
    change("casestudies/night-bus.md", "years: 2012/2015\n", "")
    found = timeline(load().catalogue)
    assert (found.bars, found.marks, found.columns) == ((), (), ())
    assert [entry.id for entry in found.undated] == ["night-bus"]
