"""Coordinates are proposed where it is plain which town is meant, and nowhere else."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from safecities import gazetteer
from safecities.cli import main


@pytest.mark.parametrize(("place", "countries", "scope", "lat", "lon"), [
    ("Rosario", ["AR"], "city", -32.95, -60.64),
    ("Bogotá", ["CO"], None, 4.61, -74.08),
    ("Passarinho, Recife", ["BR"], "neighbourhood", -8.05, -34.88),
    ("eThekwini (Durban)", ["ZA"], "metropolitan", -29.86, 31.03),
    ("Winnipeg, Manitoba", ["CA"], "city", 49.88, -97.15),
])
def test_a_town_is_found(place: str, countries: list[str], scope: str | None, lat: float, lon: float) -> None:
    town = gazetteer.find(place, countries, scope)
    assert town is not None
    assert (round(town.lat, 2), round(town.lon, 2)) == (lat, lon)


@pytest.mark.parametrize(("place", "countries", "scope"), [
    ("Hérault", ["FR"], "subnational"), ("Melbourne and Sydney", ["AU"], "city"), ("Rosario", ["AR", "UY"], "city"),
    ("Nowhere-on-Sea", ["GB"], "city"), ("Solidaridad, Quintana Roo", ["MX"], "city"), ("Springfield", ["US"], "city"),
])
def test_where_it_is_not_plain_nothing_is_proposed(place: str, countries: list[str], scope: str) -> None:
    assert gazetteer.find(place, countries, scope) is None


def test_the_command_writes_coordinates_below_the_place(tiny: Path) -> None:
    path = tiny / "casestudies/night-bus.md"
    text = path.read_text(encoding="utf-8").replace("coordinates: 48.85, 2.35\n", "")
    text = text.replace("Petiteville\n", "Paris\n")
    path.write_text(text, encoding="utf-8")
    runner = CliRunner()
    assert "Paris: 48.85, 2.35" in runner.invoke(main, ["coordinates", "--root", str(tiny)]).output
    assert path.read_text(encoding="utf-8") == text
    runner.invoke(main, ["coordinates", "--write", "--root", str(tiny)])
    assert path.read_text(encoding="utf-8") == text.replace("place: Paris\n",
                                                            "place: Paris\ncoordinates: 48.85, 2.35\n")
