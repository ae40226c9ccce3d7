"""The world as shapes on a plane: outlines of countries, and where on them a place lies.

In: Natural Earth's outlines at 1:110m (``data/countries-110m.json``, TopoJSON as published on npm) and places of
countries too small for them. Out: paths as SVG writes them, and points, in whole units of a drawing.

The projection is Equal Earth (B. Šavrič, T. Patterson, B. Jenny, 2018, doi:10.1080/13658816.2018.1504949): areas are
true, so that no country looks larger than another of its size. Its middle is the meridian 11.6° E, so that the seam
runs through the Bering Strait and cuts no country.
"""

import functools
import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from itertools import pairwise
from typing import Any, NamedTuple

import pycountry

NO_COUNTRY = ""
"""The code of land that ISO 3166-1 has no code for."""

_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796
_M = math.sqrt(3) / 2

_MIDDLE = 11.6
_NORTH, _SOUTH = 85.5, -57.5
"""Latitudes (degrees) of the map's upper and lower edge: all land but Antarctica."""

_LEFT_OUT = "AQ"


class Point(NamedTuple):
    """A place on a plane: ``x`` to the right, ``y`` downwards on a drawing and upwards before it."""

    x: float
    y: float


def equal_earth(lon: float, lat: float) -> Point:
    """Longitude and latitude (degrees, from the middle meridian) on the plane, for a sphere of radius 1."""
    theta = math.asin(_M * math.sin(math.radians(lat)))
    square = theta * theta
    sixth = square**3
    x = math.radians(lon) * math.cos(theta) / (_M * (_A1 + 3 * _A2 * square + sixth * (7 * _A3 + 9 * _A4 * square)))
    return Point(x, theta * (_A1 + _A2 * square + sixth * (_A3 + _A4 * square)))


@dataclass(frozen=True)
class Drawing:
    """A map of a width, in units; ``detail`` is by how many units an outline may be off."""

    width: int
    detail: float

    @property
    def _scale(self) -> float:
        return self.width / (2 * equal_earth(180, 0).x)

    @property
    def height(self) -> int:
        """In units."""
        return round(self._scale * (equal_earth(0, _NORTH).y - equal_earth(0, _SOUTH).y))

    def point(self, lon: float, lat: float) -> Point:
        """Where a place lies, in units from the upper left corner."""
        plane = equal_earth((lon - _MIDDLE + 180) % 360 - 180, lat)
        return Point(self.width / 2 + self._scale * plane.x,
                     self._scale * (equal_earth(0, _NORTH).y - plane.y))

    @functools.cached_property
    def outlines(self) -> Mapping[str, str]:
        """The path of each country that has an outline, by its code; what has no code is under ``NO_COUNTRY``."""
        return _outlines(self)

    def small(self, country: str) -> Point | None:
        """Where a country lies that is too small for an outline."""
        place = _small().get(country)
        return self.point(*place) if place else None


@functools.cache
def _data(name: str) -> Any:
    return json.loads((resources.files("safecities") / "data" / name).read_text(encoding="utf-8"))


@functools.cache
def _small() -> Mapping[str, tuple[float, float]]:
    return {code: (lon, lat) for code, (lon, lat) in _data("smallCountries.json").items()}


@functools.cache
def _outlines(drawing: Drawing) -> Mapping[str, str]:
    data = _data("countries-110m.json")
    # Borders are simplified, not countries, so that neighbours still meet.
    arcs = [_simple(list(_projected(drawing, data["transform"], arc)), drawing.detail) for arc in data["arcs"]]
    found: dict[str, str] = {}
    for shape in data["objects"]["countries"]["geometries"]:
        country = pycountry.countries.get(numeric=shape.get("id", ""))
        code = country.alpha_2 if country else NO_COUNTRY
        if code != _LEFT_OUT:
            polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
            rings = [_ring(arcs, ring) for polygon in polygons for ring in polygon]
            found[code] = found.get(code, "") + "".join(map(_path, _visible(rings, drawing.detail)))
    return found


def _projected(drawing: Drawing, transform: Mapping[str, Sequence[float]], arc: Sequence[Sequence[int]]) -> Iterator[
        Point]:
    """A TopoJSON arc, whose points are differences of whole numbers, on the drawing."""
    (by_x, by_y), (from_x, from_y) = transform["scale"], transform["translate"]
    x = y = 0
    for dx, dy in arc:
        x, y = x + dx, y + dy
        yield drawing.point(x * by_x + from_x, y * by_y + from_y)


def _simple(line: list[Point], detail: float) -> list[Point]:
    """A line with fewer points, off by ``detail`` at most (Ramer, Douglas, Peucker)."""
    if len(line) < 3:
        return line
    first, last = line[0], line[-1]
    length = math.dist(first, last)

    def off(at: int) -> float:
        if not length:
            return math.dist(line[at], first)
        return abs((last.x - first.x) * (first.y - line[at].y) - (first.x - line[at].x) * (last.y - first.y)) / length

    farthest = max(range(1, len(line) - 1), key=off)
    if off(farthest) <= detail:
        return [first, last]
    return _simple(line[: farthest + 1], detail)[:-1] + _simple(line[farthest:], detail)


def _ring(arcs: Sequence[list[Point]], numbers: Sequence[int]) -> list[tuple[int, int]]:
    """The corners of a ring in whole units; arcs with a negative number (one's complement) run backwards."""
    corners: list[tuple[int, int]] = []
    for number in numbers:
        for point in arcs[number] if number >= 0 else reversed(arcs[~number]):
            corner = (round(point.x), round(point.y))
            if not corners or corners[-1] != corner:
                corners.append(corner)
    return corners


def _visible(rings: list[list[tuple[int, int]]], detail: float) -> Iterator[list[tuple[int, int]]]:
    """The rings that can be seen, but always the largest one."""
    largest = max(rings, key=_area)
    for ring in rings:
        if ring is largest or (len(ring) > 3 and _area(ring) > 4 * detail * detail):
            yield ring


def _area(ring: Sequence[tuple[int, int]]) -> float:
    """The area of a ring in square units (the shoelace formula)."""
    return abs(sum(x * next_y - next_x * y for (x, y), (next_x, next_y) in pairwise(ring))) / 2


def _path(ring: Sequence[tuple[int, int]]) -> str:
    """A ring as SVG's ``d`` has it: an absolute start, then differences."""
    (x, y), rest = ring[0], ring[1:]
    steps = []
    for next_x, next_y in rest[:-1] if rest and rest[-1] == ring[0] else rest:
        steps.append(f"{next_x - x},{next_y - y}")
        x, y = next_x, next_y
    return f"M{ring[0][0]},{ring[0][1]}l{' '.join(steps)}z"
