"""Plurals and feminines that Snowball leads to another stem than the word they belong to.

It takes the end of many singulars for that of a verb, which the plural hides: ciudad becomes *ciud*, ciudades *ciudad*.
Such forms become singular, or masculine, before it is asked. What it does right by itself is left to it.
"""

import re
from collections.abc import Mapping, Sequence

_RULES: Mapping[str, Sequence[tuple[re.Pattern[str], str]]] = {
    "en": [(re.compile("(^|wo)men$"), r"\1man")],
    "es": [
        (re.compile("([aeiouáéíóú][dr])es$"), r"\1"),  # ciudades, mujeres
        (re.compile("(..[aiou])(?<!mo)s$"), r"\1"),  # obras, gobiernos; not -amos, -emos, -imos
        (re.compile("z$"), "c"),  # voz, as in voces
    ],
    "fr": [
        (re.compile("((?<!v)er|ir|it|ion)s$"), r"\1"),  # dangers, récits, opinions; not divers
        (re.compile("ieux$"), "ieu"),  # lieux
        (re.compile("trices?$"), "teur"),  # formatrices
        (re.compile("((?:cherch|coiff|défens|livr|march|promen|serv|travaill|vend|voyag)eu)ses?$"), r"\1r"),
        (re.compile("^(publi|laï|tur|gre)c?ques?$"), r"\1c"),  # publique, grecques
        (re.compile("gères?$"), "ger"),  # usagères
        (re.compile("^((?:in|pro|ré)?acti)ves?$"), r"\1f"),
        (re.compile("^(trav)aux$"), r"\1ail"),
        (re.compile("^(b|nouv)elles?$"), r"\1eau"),
        # Participles and nouns: élus, connus, tenus, rendus, reçus, prévus, voulus, individus; not abus, refus, inclus.
        (re.compile("((?:é[cl]|nn|[vt]en|[nr]d|ç|év|att|oul|par|vid|iss)u)s$"), r"\1"),
    ],
}


def base_form(word: str, lang: str) -> str:
    """A word as the stemmer of a language should see it."""
    for pattern, ending in _RULES.get(lang, ()):
        found, times = pattern.subn(ending, word)
        if times:
            return found
    return word
