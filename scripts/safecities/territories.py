"""Countries and regions: ISO 3166-1 codes, UN M49 regions above them, names from CLDR.

In: nothing but packages and ``data/territoryContainment.json`` (cldr-core 48.2.0 as published on npm, whose
numbered groups are those of UN M49). Out: which codes there are, what contains what, and what they are called.
"""

import contextlib
import difflib
import functools
import json
from collections.abc import Mapping
from importlib import resources

import pycountry

from safecities.locales import catalogues, cldr

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


@functools.cache
def _names() -> Mapping[str, str]:
    """Names of countries in every language that there is a catalogue of messages for -> their codes."""
    return {name(code, lang).casefold(): code for lang in catalogues() for code in sorted(countries())}


@functools.lru_cache(maxsize=1024)
def country_named(text: str) -> str | None:
    """The code of the country that may be meant by a name, a misspelt name, or a code of another kind."""
    wanted = text.strip().replace("’", "'").casefold()
    if wanted in ("uk", "england", "scotland", "wales", "northern ireland"):
        return "GB"
    with contextlib.suppress(LookupError):
        return str(pycountry.countries.lookup(wanted).alpha_2)
    # Who misspells a name seldom gets its first letter wrong, and to compare with all of them takes long.
    plain = {known.replace("’", "'"): code for known, code in _names().items() if known[0] == wanted[:1]}
    near = difflib.get_close_matches(wanted, plain, n=1, cutoff=0.8)
    return plain[near[0]] if near else None
