"""The facets: by which properties records can be filtered, what values each entry has, and what they are called.

In: entries. Out: per facet its values and labels. Lists, their filters, the plain lists without script and the
filters of search all rest on this one statement.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from safecities import locales, territories
from safecities.catalogue import Catalogue, Entry


@dataclass(frozen=True)
class Facet:
    """A facet: its name in addresses, its values for an entry, and a value's label in a language.

    ``kinds`` are the kinds of record that have it, ``plain`` says whether each value has a list page of its own.
    """

    name: str
    kinds: tuple[str, ...]
    values: Callable[[Entry], tuple[str, ...]]
    label: Callable[[Catalogue, str, str], str]
    plain: bool


@dataclass(frozen=True)
class Option:
    """A value of a facet as a reader sees it, and how many records have it."""

    value: str
    label: str
    count: int


def _(message: str) -> str:
    """Mark a message for extraction; it is translated where it is used."""
    return message


EVIDENCE = {
    "described": _("described by its makers or others, no data on results"),
    "self-reported": _("results reported by those who ran it"), "monitored": _("monitored with indicators"),
    "evaluated": _("evaluated"), "evaluated-with-comparison": _("evaluated with a comparison"),
    "systematic-review": _("part of a systematic review"), "unrated": _("not reported"),
}
"""What the results of a case study rest on, as message ids."""

_BOTH = ("tool", "case-study")

FACETS: tuple[Facet, ...] = (
    Facet("category", ("tool",), lambda entry: entry.categories,
          lambda catalogue, value, lang: catalogue.label("categories", value, lang), True),
    Facet("theme", _BOTH, lambda entry: entry.fields.themes,
          lambda catalogue, value, lang: catalogue.label("themes", value, lang), True),
    Facet("region", _BOTH, lambda entry: entry.regions,
          lambda catalogue, value, lang: territories.name(value, lang), False),
    Facet("country", _BOTH, lambda entry: entry.fields.countries,
          lambda catalogue, value, lang: territories.name(value, lang), True),
    Facet("audience", _BOTH, lambda entry: entry.fields.audiences,
          lambda catalogue, value, lang: catalogue.label("audiences", value, lang), True),
    Facet("language", _BOTH, lambda entry: entry.languages,
          lambda catalogue, value, lang: locales.language_name(value, lang), False),
    Facet("setting", _BOTH, lambda entry: entry.fields.settings,
          lambda catalogue, value, lang: catalogue.label("settings", value, lang), False),
    Facet("evidence", ("case-study",), lambda entry: (entry.evidence,) if entry.evidence else (),
          lambda catalogue, value, lang: locales.catalogue(lang).gettext(EVIDENCE[value]), False),
)


NAMED = {facet.name: facet for facet in FACETS}
"""Facets by their names."""


def of_kind(kind: str) -> tuple[Facet, ...]:
    """The facets of a kind of record, in the order in which lists show them."""
    return tuple(facet for facet in FACETS if kind in facet.kinds)


def options(catalogue: Catalogue, counts: Mapping[str, int], facet: Facet, lang: str) -> tuple[Option, ...]:
    """The values of a facet and how many records have each: most frequent first, then in the order of the alphabet."""
    found = (Option(value, facet.label(catalogue, value, lang), number) for value, number in counts.items())
    return tuple(sorted(found, key=lambda option: (-option.count, locales.sort_key(option.label, lang), option.value)))


def nested(regions: Iterable[Option], countries: Iterable[Option]) -> list[tuple[Option | None, list[Option]]]:
    """Regions, each with its countries; None for countries that lie in none. Both keep their order."""
    within: dict[str | None, list[Option]] = {}
    for country in countries:
        within.setdefault(territories.region_of(country.value), []).append(country)
    found: list[tuple[Option | None, list[Option]]] = [(region, within.pop(region.value, [])) for region in regions]
    rest = [country for options in within.values() for country in options]
    return [*found, (None, rest)] if rest else found
