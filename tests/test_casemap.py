"""The map of case studies: its numbers are those of the records, and each record stands where it says."""

from collections.abc import Callable
from pathlib import Path

import pytest

from loaded import PROJECT, Loaded
from safecities import casemap, pipeline
from safecities.casemap import WORLD_MAP, case_map, shade, shades
from safecities.catalogue import Catalogue
from safecities.site import load_site

RECORD = """---
title: Title of {name}
summary: One.
themes: [public-transport]
{facts}
organisations: [unknown]
sources:
  - title: A source
status: stub
added: 2026-01-01
---
"""


@pytest.fixture
def add(put: Callable[[str, str], Path]) -> Callable[[str, str], Path]:
    return lambda name, facts: put(f"casestudies/{name}.md", RECORD.format(name=name, facts=facts))


@pytest.fixture(scope="module")
def library() -> Catalogue:
    return pipeline.load(load_site(PROJECT))[0]


def test_the_map_agrees_with_the_records(library: Catalogue) -> None:
    drawn = case_map(library, WORLD_MAP)
    entries = library.of_kind("case-study")
    assert {land.code: len(land.entries) for land in drawn.lands} == {
        code: sum(code in entry.fields.countries for entry in entries)
        for entry in entries for code in entry.fields.countries}
    spotted = [entry.id for spot in drawn.spots for entry in spot.entries]
    assert sorted(spotted) == [entry.id for entry in entries if entry.fields.coordinates]
    on_map = {entry.id for land in drawn.lands for entry in land.entries} | {entry.id for entry in drawn.nowhere}
    assert on_map == {entry.id for entry in entries}


def test_every_outline_is_drawn_once(library: Catalogue) -> None:
    drawn = case_map(library, WORLD_MAP)
    paths = drawn.rest + "".join(land.path for land in drawn.lands)
    assert len(paths) == sum(map(len, WORLD_MAP.outlines.values()))
    assert drawn.rest and all(land.path not in drawn.rest for land in drawn.lands if land.path)


def test_records_of_one_place_share_a_circle(add: Callable[[str, str], Path], load: Callable[[], Loaded]) -> None:
    add("one", "countries: [FR]\nplace: Petiteville\ncoordinates: 48.85, 2.35")
    add("near", "countries: [FR]\nplace: Nearby\ncoordinates: 48.80, 2.40")
    add("over-the-border", "countries: [BE]\nplace: Across\ncoordinates: 48.86, 2.36")
    add("far", "countries: [FR]\nplace: Far\ncoordinates: 43.30, 5.37")
    loaded = load()
    assert loaded.found() == []
    spots = case_map(loaded.catalogue, WORLD_MAP).spots
    assert [[entry.id for entry in spot.entries] for spot in spots] == [
        ["near", "night-bus", "one"], ["far"], ["over-the-border"]]
    assert spots[0].places == ("Nearby", "Petiteville")
    assert spots[0].radius > spots[1].radius == spots[2].radius
    assert (spots[0].x, spots[0].y) == tuple(map(round, WORLD_MAP.point(2.35, 48.85)))


def test_a_country_too_small_for_an_outline_has_a_place(
        add: Callable[[str, str], Path], load: Callable[[], Loaded]) -> None:
    add("island", "countries: [SG]")
    add("everywhere", "scope: global")
    drawn = case_map(load().catalogue, WORLD_MAP)
    singapore = next(land for land in drawn.lands if land.code == "SG")
    assert (singapore.path, singapore.middle) == ("", WORLD_MAP.point(103.8, 1.4))
    assert [entry.id for entry in drawn.nowhere] == ["everywhere"]


@pytest.mark.parametrize(("number", "level"), [(0, 0), (1, 1), (2, 2), (3, 2), (4, 3), (7, 3), (8, 4), (500, 4)])
def test_shades(number: int, level: int) -> None:
    assert shade(number) == level
    assert all(shade(least) == shade(most or 99) == named for named, least, most in shades())
    assert len(list(shades())) == len(casemap.STEPS)
