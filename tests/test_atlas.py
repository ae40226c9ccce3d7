"""The world on a plane: the projection at known places, outlines that are whole, every country somewhere."""

import math
import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safecities import territories
from safecities.atlas import NO_COUNTRY, Drawing, equal_earth

WORLD = Drawing(2000, 1.6)
NOT_DRAWN = {"AQ", "BQ", "BV", "CC", "CX", "GF", "GP", "MQ", "RE", "SJ", "TK", "YT"}
"""Antarctica, and what Natural Earth draws as a part of another country."""

LATITUDES = st.floats(-90, 90)
LONGITUDES = st.floats(-180, 180)


@pytest.mark.parametrize(("lon", "lat", "x", "y"), [
    # As PROJ gives them with +proj=eqearth +R=1.
    (0, 0, 0, 0), (180, 0, 2.706630, 0), (0, 90, 0, 1.317363), (180, 90, 1.603589, 1.317363),
    (-60.64, -32.95, -0.840940, -0.647797), (77.23, 28.65, 1.092763, 0.567521), (100, 60, 1.132811, 1.088301),
])
def test_the_projection_is_equal_earth(lon: float, lat: float, x: float, y: float) -> None:
    assert equal_earth(lon, lat) == pytest.approx((x, y), abs=1e-6)


@given(LONGITUDES, LATITUDES)
def test_it_is_symmetric_to_equator_and_middle(lon: float, lat: float) -> None:
    x, y = equal_earth(lon, lat)
    assert equal_earth(-lon, -lat) == pytest.approx((-x, -y))


@given(st.floats(-170, 170), st.floats(-85, 85))
def test_areas_are_true(lon: float, lat: float) -> None:
    """A small field of the sphere has its own area on the plane: Jacobian = cos(latitude)."""
    step = 1e-4
    east, west = equal_earth(lon + step, lat), equal_earth(lon - step, lat)
    north, south = equal_earth(lon, lat + step), equal_earth(lon, lat - step)
    radians = 2 * math.radians(step)
    area = ((east.x - west.x) * (north.y - south.y) - (east.y - west.y) * (north.x - south.x)) / radians**2
    assert area == pytest.approx(math.cos(math.radians(lat)), rel=1e-3)


@given(LONGITUDES, st.floats(-57, 85))
def test_every_place_between_its_edges_lies_on_the_drawing(lon: float, lat: float) -> None:
    x, y = WORLD.point(lon, lat)
    assert 0 <= x <= WORLD.width
    assert 0 <= y <= WORLD.height


def corners(path: str) -> list[list[tuple[int, int]]]:
    """The rings of a path, whose whole syntax is checked on the way."""
    assert re.fullmatch(r"(?:M-?\d+,-?\d+l(?:-?\d+,-?\d+ ?)+z)+", path), path[:80]
    rings = []
    for x, y, steps in re.findall(r"M(-?\d+),(-?\d+)l([^z]+)z", path):
        ring = [(int(x), int(y))]
        for step in steps.split():
            dx, dy = map(int, step.split(","))
            ring.append((ring[-1][0] + dx, ring[-1][1] + dy))
        rings.append(ring)
    return rings


def test_no_outline_runs_across_the_seam() -> None:
    assert [code for code, path in WORLD.outlines.items() for ring in corners(path)
            for (x, _), (after, _) in pairwise(ring) if abs(after - x) > 200] == []


@pytest.mark.parametrize(("code", "lon", "lat"), [
    ("CA", -100, 55), ("AR", -64, -34), ("ZA", 24, -29), ("IN", 78, 22), ("AU", 134, -25), ("RU", 100, 62),
    ("FR", 2.5, 47), ("EG", 30, 27), ("US", -100, 40)])
def test_a_country_lies_where_it_should(code: str, lon: float, lat: float) -> None:
    assert inside(WORLD.point(lon, lat), corners(WORLD.outlines[code]))
    assert not inside(WORLD.point(-30, 0), corners(WORLD.outlines[code]))


def inside(point: tuple[float, float], rings: list[list[tuple[int, int]]]) -> bool:
    """Whether a line from the point to the right crosses the rings an odd number of times."""
    x, y = point
    crossed = 0
    for ring in rings:
        for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
            if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
                crossed += 1
    return crossed % 2 == 1


def test_every_country_is_on_the_map() -> None:
    assert {code for code in territories.countries()
            if not WORLD.outlines.get(code) and WORLD.small(code) is None} == NOT_DRAWN
    assert WORLD.outlines.keys() - {NO_COUNTRY} <= territories.countries()


def test_with_less_detail_paths_are_shorter() -> None:
    rough = Drawing(2000, 8)
    assert sum(map(len, rough.outlines.values())) < sum(map(len, WORLD.outlines.values())) / 1.5
    assert rough.outlines.keys() == WORLD.outlines.keys()
