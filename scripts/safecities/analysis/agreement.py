"""Plurals and feminines that Snowball leads to another stem than the word they belong to.

It takes the end of many singulars for that of a verb, which the plural hides: ciudad becomes *ciud*, ciudades *ciudad*.
Such forms become singular, or masculine, before it is asked. What it does right by itself is left to it.
"""

import re
from collections.abc import Mapping, Sequence

_Rule = tuple[tuple[str, ...], re.Pattern[str], str]
"""The ends of words that a rule is for, which are fast to tell, its pattern, and what to put in its place."""


def _rule(ends: str, pattern: str, instead: str) -> _Rule:
    return tuple(ends.split()), re.compile(pattern), instead


_RULES: Mapping[str, Sequence[_Rule]] = {
    "en": [_rule("men", "(^|wo)men$", r"\1man")],
    "es": [
        _rule("des res", "([aeiouáéíóú][dr])es$", r"\1"),  # ciudades, mujeres
        _rule("s", "(..[aiou])(?<!mo)s$", r"\1"),  # obras, gobiernos; not -amos, -emos, -imos
        _rule("z", "z$", "c"),  # voz, as in voces
    ],
    "fr": [
        _rule("ers irs its ions", "((?<!v)er|ir|it|ion)s$", r"\1"),  # dangers, récits, opinions; not divers
        _rule("ieux", "ieux$", "ieu"),  # lieux
        _rule("trice trices", "trices?$", "teur"),  # formatrices
        _rule("euse euses", "((?:cherch|coiff|défens|livr|march|promen|serv|travaill|vend|voyag)eu)ses?$", r"\1r"),
        _rule("que ques", "^(publi|laï|tur|gre)c?ques?$", r"\1c"),  # publique, grecques
        _rule("gère gères", "gères?$", "ger"),  # usagères
        _rule("ive ives", "^((?:in|pro|ré)?acti)ves?$", r"\1f"),
        _rule("aux", "^(trav)aux$", r"\1ail"),
        _rule("elle elles", "^(b|nouv)elles?$", r"\1eau"),
        # Participles and nouns: élus, connus, tenus, rendus, reçus, prévus, voulus, individus; not abus, refus, inclus.
        _rule("us", "((?:é[cl]|nn|[vt]en|[nr]d|ç|év|att|oul|par|vid|iss)u)s$", r"\1"),
    ],
}


def base_form(word: str, lang: str) -> str:
    """A word as the stemmer of a language should see it."""
    for ends, pattern, instead in _RULES.get(lang, ()):
        if word.endswith(ends):
            found, times = pattern.subn(instead, word)
            if times:
                return found
    return word
