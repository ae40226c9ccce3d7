"""What a reader asks for: words, phrases in quotes, and after a minus what must not stand there.

In: a query as typed and the BCP 47 tag of the language it is read in. Out: :class:`Query`. A browser does the same in
``overrides/assets/js/query.js``. Brackets and operators mean nothing; a quote that isn't closed is none.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from safecities import analysis
from safecities.analysis import Token

QUOTES = "\"\u201c-\u201f\u00ab\u00bb\u2039\u203a\u300c-\u300f\uff02"
"""Quotation marks of all scripts, whichever way they open, as a regular expression's class."""

MINUS = "-\u2010\u2011\u2212\ufe63\uff0d"
"""The minus as keyboards and word processors write it; no dashes, which stand in titles."""

_PIECE = re.compile(f"([{MINUS}]?)(?:[{QUOTES}]([^{QUOTES}]*)[{QUOTES}]|([^\\s{QUOTES}]+))|[{QUOTES}]")

_MARKS = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
"""What says which way text runs: it comes along when text is copied, and nobody sees it before a minus."""

Words = tuple[Token, ...]


@dataclass(frozen=True)
class Query:
    """``words`` that are looked for, those in quotes included; ``phrases``, the latter again, each with its words.

    ``without``: what is found must not hold all words of any of these, most of which are a word each; of a compound
    (self-defence) its parts. ``apart``: these must not stand side by side. ``unfinished`` says that the last word of
    the query stands in ``words`` and not in quotes, so that a reader may still be typing it.
    """

    words: Words
    phrases: tuple[Words, ...]
    without: tuple[Words, ...]
    apart: tuple[Words, ...]
    unfinished: bool


def parse(text: str, lang: str) -> Query:
    """Read a query; any text is one."""
    words: list[Token] = []
    phrases: list[Words] = []
    without: list[Words] = []
    apart: list[Words] = []
    unfinished = False
    for minus, quoted, bare in _PIECE.findall(_MARKS.sub("", text)):
        found = tuple(analysis.asked(quoted or bare, lang))
        if not found:
            continue
        if minus:
            (apart if quoted and len(found) > 1 else without).append(found)
        else:
            words += found
            if quoted:
                phrases.append(found)
        unfinished = not minus and not quoted
    return Query(tuple(words), tuple(phrases), tuple(without), tuple(apart), unfinished)


def stand_together(phrase: Sequence[Token], text: str, lang: str) -> bool:
    """Whether the words of a phrase stand side by side in a text; accents, case and articles don't count."""
    words = [token.forms for token in analysis.tokens(text, lang)]
    return any(all(_same(token.forms, words[start + at]) for at, token in enumerate(phrase))
               for start in range(len(words) - len(phrase) + 1))


def _same(asked: Sequence[str], forms: Sequence[str]) -> bool:
    """Whether a word of a text is the one that is asked for, or a pair that begins with the character asked for."""
    return not set(forms).isdisjoint(asked) or (analysis.is_character(asked[0]) and forms[0].startswith(asked[0]))
