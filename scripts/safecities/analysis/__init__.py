"""Text to search terms, per language: folding, words, stems.

In: text and the BCP 47 tag of its language. Out: :class:`Token`: where a word stands, under which forms it
can be looked up, and to which groups of related words it belongs. Knows neither an index nor files.

Three steps, of which a browser does the first two (``overrides/assets/js/fold.js``) and never the third:

1. *fold* (:mod:`~safecities.analysis.folding`): ``الأُسَر`` becomes ``الاسر``, ``Política`` becomes ``politica``.
2. *words* (:mod:`~safecities.analysis.spans`), and the *forms* by which each is looked up: in Arabic without its
   article (:mod:`~safecities.analysis.arabic`), in Devanagari in one spelling
   (:mod:`~safecities.analysis.devanagari`). In scripts without spaces, pairs of characters stand for words and are
   their own groups.
3. *groups*: the folded stem, by Snowball where it knows the language. Stems are taken of words as written, since
   stemmers go by accents; an index then keeps for each form the groups it was seen in, so that words typed without
   accents lead there too.

What depends on a script works in every language, so that a language which nobody has thought of can be added.
"""

import functools
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import Stemmer

from safecities.analysis import agreement, arabic, devanagari
from safecities.analysis.folding import fold, without_marks
from safecities.analysis.spans import has_no_spaces, is_character, is_word, pairs, spans

__all__ = ["Analysed", "Groups", "Token", "asked", "bare", "fold", "forms", "has_no_spaces", "is_character", "read",
           "stem", "tokens", "words"]

_PUNCTUATION = ".,:;!?()\"\u00ab\u00bb\u2026\u060c\u061b\u061f\u0964\u3001\u3002\uff0c"
"""What often stands at the ends of words and is neither a part of any nor an apostrophe."""

_SNOWBALL = {"nb": "no", "nn": "no"}
"""Languages that Snowball knows by another code."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text: its place (offsets in characters), the forms it is looked up by, and its groups.

    ``forms[i]`` belongs to ``groups[i]``; most words have one of each.
    """

    start: int
    end: int
    forms: tuple[str, ...]
    groups: tuple[str, ...]


def _base(lang: str) -> str:
    return lang.split("-")[0].lower()


@functools.cache
def _stemmer(base: str) -> Stemmer.Stemmer | None:
    """Snowball's stemmer for a language by its ISO 639 code, where there is one."""
    try:
        # Without a cache of its own: its stems are kept by stem().
        return Stemmer.Stemmer(_SNOWBALL.get(base, base), 0)
    except KeyError:
        return None


def forms(word: str, lang: str) -> tuple[str, ...]:
    """The forms by which a folded word is looked up, the likeliest first."""
    if devanagari.FIRST <= word[:1] <= devanagari.LAST:
        return (devanagari.spelling(word),)
    return arabic.forms(word) if _base(lang) == "ar" else (word,)


def stem(word: str, lang: str) -> str:
    """The group of a word as written: its stem, folded; where there is no stemmer, the whole word folded."""
    base = _base(lang)
    if base == "ar":
        return arabic.stem(forms(fold(word), lang)[0])
    bare = without_marks(word)
    if devanagari.FIRST <= bare[:1] <= devanagari.LAST:
        bare = devanagari.spelling(bare)
    stemmer = _stemmer(base)
    return fold(stemmer.stemWord(agreement.base_form(bare, base)) if stemmer else bare)


Analysed = tuple[tuple[str, ...], tuple[str, ...]]
"""The forms of a word and, at the same places, their groups."""


def _analysed(word: str, lang: str) -> Analysed:
    """Forms and groups of a word as written, of a script with spaces."""
    folded = fold(word)
    if folded.isascii() and folded.isalnum():  # by far the most in languages with Latin letters
        return (folded,), (stem(word, lang),)
    # Compatibility characters (½, ﷺ) can fold to several words.
    parts = [folded] if is_word(folded) else [folded[start:end] for start, end in spans(folded)]
    if parts != [folded]:
        rows = {part: _of_part(part, lang) for part in set(parts)}  # a long run of ﷺ has four, again and again
        found = [row for part in parts for row in rows[part]]
    elif _base(lang) == "ar":
        found = [(form, arabic.stem(form)) for form in forms(folded, lang)]
    else:
        found = [(forms(folded, lang)[0], stem(word, lang))]
    return tuple(form for form, _ in found), tuple(group for _, group in found)


_kept = functools.lru_cache(maxsize=4096)(_analysed)
"""The same, of the words asked for lately: a text that is read token by token comes back to the same ones."""


def _of_part(part: str, lang: str) -> list[tuple[str, str]]:
    if has_no_spaces(part):
        return [(pair, pair) for _, _, pair in pairs(part)]
    return [(form, stem(part, lang)) for form in forms(part, lang)]


def tokens(text: str, lang: str) -> Iterator[Token]:
    """The words of a text in their order; those of scripts without spaces overlap."""
    for start, end in spans(text):
        if has_no_spaces(word := text[start:end]):
            yield from (Token(start + first, start + last, (pair,), (pair,)) for first, last, pair in pairs(word))
            continue
        found, groups = _kept(word, lang)
        if found:
            yield Token(start, end, found, groups)


def asked(text: str, lang: str) -> Iterator[Token]:
    """The words of a text that a reader looks for: without what is only the end of the pair before it."""
    last = 0
    for token in tokens(text, lang):
        if token.end > last:
            yield token
        last = token.end


def words(text: str, lang: str) -> list[str]:
    """The folded words of a text in their order, by their likeliest forms: what a reader's words become."""
    folded = fold(text)
    found: list[str] = []
    for start, end in spans(folded):
        if has_no_spaces(word := folded[start:end]):
            run = [pair for _, _, pair in pairs(word)]
            found += run[:-1] or run
        else:
            found.append(forms(word, lang)[0])
    return found


def bare(piece: str) -> str:
    """A piece of text between white space without what makes no difference to its words."""
    found = piece.strip(_PUNCTUATION)
    return found.lower() if found.isascii() else found


def read(piece: str, lang: str) -> tuple[Analysed, ...]:
    """The forms and groups of each word in a piece of text."""
    if is_word(piece):
        return (_analysed(piece, lang),)
    return tuple((token.forms, token.groups) for token in tokens(piece, lang))


class Groups(dict[str, str | tuple[str, ...]]):
    """The groups of the words in a piece of text, by piece; a piece that is asked for the first time is analysed.

    For whole texts in a hurry: no word goes over white space, and what makes a word never lies behind any, so that
    the words of a text are those of ``text.split()``, of which a library has few different ones. A piece can have
    no word or several (``Saint-Denis``); a word of two groups counts once for each. A lone group stands as itself,
    any other number as a tuple. What the words can be looked up by is noted in ``forms``, each form with its groups.
    """

    def __init__(self, lang: str, forms: dict[str, set[str]]) -> None:
        super().__init__()
        self._lang = lang
        self._forms = forms
        self._tuples: set[tuple[str, ...]] = set()

    def __missing__(self, piece: str) -> str | tuple[str, ...]:
        plain = bare(piece)
        self[piece] = groups = self._read(piece) if plain == piece else self[plain]
        return groups

    def _read(self, piece: str) -> str | tuple[str, ...]:
        found: list[str] = []
        for forms, groups in read(piece, self._lang):
            found += dict.fromkeys(groups)
            for form, group in zip(forms, groups, strict=True):
                if form in self._forms:
                    self._forms[form].add(group)
                else:
                    self._forms[form] = {group}
        if len(found) == 1:
            return found[0]
        self._tuples.add(tuple(found))
        return tuple(found)

    def count(self, text: str) -> Mapping[str, int]:
        """How often each group stands in a text."""
        counts: Counter[Any] = Counter(map(self.__getitem__, text.split()))
        for groups in sorted(self._tuples.intersection(counts)):
            times = counts.pop(groups)
            for group in groups:
                counts[group] += times
        return counts
