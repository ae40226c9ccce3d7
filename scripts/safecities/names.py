"""What people call terms, countries and languages: a code from a name in any of the site's languages.

In: a site, its vocabularies, CLDR. Out: :class:`Names`, which find the code that a name means, or say what is near.
Names are compared without regard to capitals, accents and signs.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pycountry

from safecities import locales, territories
from safecities.locales import cldr
from safecities.problems import nearest, shown
from safecities.site import Site
from safecities.vocabularies import Vocabulary

_LONGEST = 100
"""No name has more characters; a longer text is not compared with all of them."""


class UnknownNameError(ValueError):
    """A name that means nothing, or more than one thing; the message says what is accepted."""


@dataclass(frozen=True)
class Names:
    """The names of some things: ``meant`` has the codes by folded name, ``written`` the names as people see them.

    ``things`` is what the names are names of, in the plural, for messages.
    """

    things: str
    codes: frozenset[str]
    meant: Mapping[str, tuple[str, ...]]
    written: tuple[str, ...]

    def find(self, text: str) -> str:
        """The code that a text means: a code itself or a name; raises :class:`UnknownNameError`."""
        if text in self.codes:
            return text
        found = self.meant.get(fold(text), ()) if len(text) <= _LONGEST else ()
        if len(found) == 1:
            return found[0]
        if found:
            codes = " or ".join(f"`{code}`" for code in found)
            raise UnknownNameError(f"{shown(text)} may mean {codes}; write one of these")
        hint = nearest(text, self.written, most=3) if len(text) <= _LONGEST else ""
        raise UnknownNameError(f"{shown(text)} is not among the {self.things}{hint or self._accepted()}")

    def _accepted(self) -> str:
        listed = [name for name in self.written if name in self.codes]
        return f"; accepted are {', '.join(listed)}" if 0 < len(listed) <= 40 else ""


def fold(text: str) -> str:
    """A name without capitals, accents and signs, its words one space apart."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c if c.isalnum() else " " for c in parts if not unicodedata.combining(c)).split())


def _names(things: str, codes: Iterable[str], pairs: Iterable[tuple[str, str]], listed: Iterable[str]) -> Names:
    """``pairs`` are names and the codes they mean; a code is a name of its own where no other name is the same."""
    meant: dict[str, tuple[str, ...]] = {}
    for name, code in pairs:
        known = meant.get(fold(name), ())
        if code not in known:
            meant[fold(name)] = (*known, code)
    all_codes = frozenset(codes)
    for code in sorted(all_codes):
        meant.setdefault(fold(code), (code,))
    return Names(things, all_codes, meant, tuple(dict.fromkeys(listed)))


def terms(vocabulary: Vocabulary) -> Names:
    """The terms of a vocabulary by their labels."""
    pairs = [(label, term.id) for term in vocabulary.terms.values() for label in term.label.values()]
    return _names(f"terms of {vocabulary.path}", vocabulary.terms, pairs,
                  (*vocabulary.terms, *(name for name, _ in pairs)))


def countries(site: Site) -> Names:
    """Countries by CLDR's names in the site's languages, and by the names and three-letter codes of ISO 3166-1."""
    codes = territories.countries()
    known = [(cldr(tag).territories[code], code) for tag in site.tags for code in sorted(codes)
             if code in cldr(tag).territories]
    iso = [(name, country.alpha_2) for country in pycountry.countries
           for name in (country.name, getattr(country, "common_name", ""), getattr(country, "official_name", ""),
                        country.alpha_3) if name]
    return _names("countries", codes, [*known, *iso, ("UK", "GB")], (name for name, _ in known))


def languages(site: Site) -> Names:
    """Languages by CLDR's names in the site's languages and by the names that mkdocs.yml gives them."""
    own = [(language.name, language.tag) for language in site.languages]
    known = [(name, code.replace("_", "-")) for tag in site.tags for code, name in cldr(tag).languages.items()
             if locales.is_language_tag(code.replace("_", "-"))]
    return _names("languages", (code for _, code in (*own, *known)), [*own, *known],
                  (name for name, _ in (*own, *known)))
