"""Countries and regions: ISO 3166-1 codes, UN M49 regions above them, names from CLDR.

In: nothing but packages and ``data/territoryContainment.json`` (cldr-core 48.2.0 as published on npm, whose
numbered groups are those of UN M49). Out: which codes there are, what contains what, and what they are called.
"""

import functools
import json
from collections.abc import Mapping
from importlib import resources

import pycountry

from safecities.locales import cldr

WORLD = "001"


@functools.cache
def countries() -> frozenset[str]:
    """All ISO 3166-1 alpha-2 codes."""
    return frozenset(country.alpha_2 for country in pycountry.countries)


@functools.cache
def _parents() -> Mapping[str, str]:
    """Territory or region -> the M49 region that holds it. Groups beside the tree (EU, 419 …) are left out."""
    path = resources.files("safecities") / "data" / "territoryContainment.json"
    groups = json.loads(path.read_text(encoding="utf-8"))["supplemental"]["territoryContainment"]
    tree = {code: group["_contains"] for code, group in groups.items()
            if code.isdigit() and "_grouping" not in group}
    return {child: code for code, children in tree.items() for child in children
            if child in tree or len(child) == 2}


def region_of(country: str) -> str | None:
    """The M49 code of the region right above a country: ``FR`` is in ``155``, Western Europe."""
    return _parents().get(country)


def continent_of(region: str) -> str:
    """The M49 code of the continent (a child of the world) that holds a region: ``155`` is in ``150``, Europe."""
    parents = _parents()
    while parents.get(region, WORLD) != WORLD:
        region = parents[region]
    return region


@functools.cache
def name(code: str, lang: str) -> str:
    """The name of a country (alpha-2) or a region (M49) in a language, the code itself where CLDR has none."""
    return cldr(lang).territories.get(code) or code
