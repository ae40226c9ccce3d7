"""Countries, the regions above them, and their names."""

import re

import pytest

from safecities import territories


@pytest.mark.parametrize(("country", "region", "continent"), [
    ("FR", "155", "150"), ("AR", "005", "019"), ("GT", "013", "019"), ("CA", "021", "019"), ("NO", "154", "150"),
    ("EG", "015", "002"), ("NG", "011", "002"), ("IN", "034", "142"), ("JP", "030", "142"), ("AU", "053", "009"),
])
def test_regions_and_continents_are_those_of_m49(country: str, region: str, continent: str) -> None:
    assert territories.region_of(country) == region
    assert territories.continent_of(region) == continent


def test_every_country_has_a_region_but_antarctica() -> None:
    """M49 has Antarctica right below the world; CLDR puts it into a region of its own."""
    assert {code for code in territories.countries() if territories.region_of(code) is None} == {"AQ"}


def test_every_region_ends_in_one_of_five_continents() -> None:
    regions = {territories.region_of(code) for code in territories.countries()} - {None}
    assert {territories.continent_of(str(region)) for region in regions} == {"002", "009", "019", "142", "150"}
    assert all(re.fullmatch(r"[0-9]{3}", str(region)) for region in regions)


def test_groups_beside_the_tree_hold_nobody() -> None:
    regions = {territories.region_of(code) for code in territories.countries()}
    assert not regions & {"419", "EU", "EZ", "UN", "001", "003", "202"}


def test_countries_are_codes_of_two_capitals() -> None:
    assert len(territories.countries()) == 249
    assert all(re.fullmatch(r"[A-Z]{2}", code) for code in territories.countries())
    assert "NO" in territories.countries()
    assert not {"EU", "UK", "XX", "no"} & territories.countries()


def test_an_unknown_country_has_no_region() -> None:
    assert territories.region_of("XX") is None


@pytest.mark.parametrize(("code", "lang", "name"), [
    ("FR", "en", "France"), ("FR", "es", "Francia"), ("FR", "ar", "فرنسا"), ("155", "en", "Western Europe"),
    ("005", "fr", "Amérique du Sud"), ("XX", "en", "XX"), ("FR", "es-MX", "Francia"), ("FR", "xx", "France"),
])
def test_names_are_in_the_language_of_the_reader(code: str, lang: str, name: str) -> None:
    assert territories.name(code, lang) == name


@pytest.mark.parametrize("lang", ["en", "es", "fr", "ar"])
def test_every_country_and_region_has_a_name(lang: str) -> None:
    codes = territories.countries() | {str(territories.region_of(code)) for code in territories.countries()} - {"None"}
    assert [code for code in codes if territories.name(code, lang) == code] == []
