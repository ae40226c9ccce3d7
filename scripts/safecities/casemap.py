"""What the map of case studies shows: countries by the number of their records, and the places that records name.

In: the catalogue and a drawing of the world. Out: plain values for a template; every number follows from the records.
"""

import math
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from safecities import territories
from safecities.atlas import Drawing, Point
from safecities.catalogue import Catalogue, Entry

STEPS = (1, 2, 4, 8)
"""From how many records on a number has the next shade."""

WORLD_MAP = Drawing(2000, 1.6)
"""The map on its own page."""

SKETCH = Drawing(800, 1.4)
"""The small map of the home page."""

_RADIUS = 13
_WIDEST = 40


def shade(number: int) -> int:
    """The shade of a number: 0 for none, then 1 to 4."""
    return bisect_right(STEPS, number)


def shades() -> Iterator[tuple[int, int, int | None]]:
    """The shades for a legend, each with the smallest and the largest number that it stands for."""
    for level, (least, after) in enumerate(zip(STEPS, (*STEPS[1:], None), strict=True), start=1):
        yield level, least, after - 1 if after else None


@dataclass(frozen=True)
class Land:
    """A country with case studies: its outline (``path``), or where it lies if it is too small for one."""

    code: str
    entries: tuple[Entry, ...]
    path: str
    middle: Point | None

    @property
    def shade(self) -> int:
        """The shade of its number of records."""
        return shade(len(self.entries))


@dataclass(frozen=True)
class Spot:
    """A circle: the place (or places too near each other for two circles) of some records of the same countries."""

    x: int
    y: int
    entries: tuple[Entry, ...]

    @property
    def radius(self) -> int:
        """In units; wide enough for its number."""
        return _radius(len(self.entries))

    @property
    def places(self) -> tuple[str, ...]:
        """What the records call it."""
        return tuple(dict.fromkeys(entry.fields.place for entry in self.entries if entry.fields.place))


@dataclass(frozen=True)
class CaseMap:
    """The whole map. ``rest`` is the path of all land without a record, ``nowhere`` the records without a country."""

    drawing: Drawing
    lands: tuple[Land, ...]
    spots: tuple[Spot, ...]
    rest: str
    nowhere: tuple[Entry, ...]


def case_map(catalogue: Catalogue, drawing: Drawing) -> CaseMap:
    """The map of all case studies on a drawing."""
    entries = catalogue.of_kind("case-study")
    found = by_country(entries)
    outlines = drawing.outlines
    lands = tuple(Land(code, tuple(found[code]), outlines.get(code, ""), drawing.small(code)) for code in sorted(found))
    rest = "".join(path for code, path in outlines.items() if code not in found)
    return CaseMap(drawing, lands, _spots(entries, drawing), rest,
                   tuple(entry for entry in entries if not entry.fields.countries))


def by_country(entries: Sequence[Entry]) -> Mapping[str, list[Entry]]:
    """Records by each of their countries."""
    found: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        for code in entry.fields.countries:
            found[code].append(entry)
    return found


def by_continent(lands: Sequence[Land]) -> Mapping[str, list[Land]]:
    """Countries by the M49 code of their continent; by the world's where they have none (Antarctica)."""
    found: dict[str, list[Land]] = defaultdict(list)
    for land in lands:
        region = territories.region_of(land.code)
        found[territories.continent_of(region) if region else territories.WORLD].append(land)
    return found


def _radius(number: int) -> int:
    return min(_WIDEST, round(_RADIUS * (1 if number == 1 else 1.25 + 0.25 * math.sqrt(number))))


def _spots(entries: Sequence[Entry], drawing: Drawing) -> tuple[Spot, ...]:
    """The circles, the largest first, so that smaller ones are drawn above them.

    Places whose circles would overlap share one, at the place with the most records; but never over a border.
    """
    at: dict[tuple[tuple[str, ...], Point], list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.fields.coordinates:
            place = drawing.point(entry.fields.coordinates.lon, entry.fields.coordinates.lat)
            at[entry.fields.countries, place].append(entry)
    spots: list[tuple[tuple[str, ...], Point, list[Entry]]] = []
    for (countries, place), here in sorted(at.items(), key=lambda item: (-len(item[1]), item[1][0].id)):
        near = next((found for others, centre, found in spots
                     if others == countries and math.dist(centre, place) < 1.5 * _RADIUS), None)
        if near is not None:
            near += here
        else:
            spots.append((countries, place, list(here)))
    made = [Spot(round(place.x), round(place.y), tuple(sorted(here, key=lambda entry: entry.id)))
            for _, place, here in spots]
    return tuple(sorted(made, key=lambda spot: (-len(spot.entries), spot.entries[0].id)))
