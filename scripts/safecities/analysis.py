"""Text to search terms, per language: folding, words, stems.

In: text and the BCP 47 tag of its language. Out: :class:`Token`: where a word stands, under which forms it
can be looked up, and to which groups of related words it belongs. Knows neither an index nor files.

Three steps, of which a browser does the first two (``overrides/assets/js/fold.js``) and never the third:

1. *fold*: ``الأُسَر`` becomes ``الاسر``, ``Política`` becomes ``politica``.
2. *forms*: what a folded word is looked up as. In Arabic without its article, and where it begins with و both
   with and without it, for only a dictionary could tell وقاية (prevention) from وسلامة (and safety).
3. *groups*: the folded stem. Stems are taken of words as written, since stemmers go by accents; an index then
   keeps for each form the groups it was seen in, so that words typed without accents lead there too.
"""

import functools
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import Stemmer

DROPPED = (
    "\u0300-\u036f"  # combining diacritical marks
    "\u0483-\u0489"  # Cyrillic
    "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"  # Hebrew points and accents
    "\u0610-\u061a\u064b-\u065f\u0670"  # Arabic vowels
    "\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u08d3-\u08e1\u08e3-\u08ff"  # Koranic marks
    "\u1ab0-\u1ac0\u1dc0-\u1dff\u20d0-\u20f0\ufe20-\ufe2f"  # more combining marks
    "\u0640"  # Arabic tatweel, which only stretches a word
    "\u00ad\u061c\u200b-\u200f\u2060\ufeff"  # soft hyphen, direction marks, joiners: invisible
)
"""Characters that folding drops, as a regular expression's class; vowel signs of Indic scripts stay."""

LETTERS = {
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ı": "i", "þ": "th", "ς": "σ",
    "\u0671": "ا", "\u0649": "ي", "\u06cc": "ي", "\u0629": "ه", "\u06a9": "ك",
    **{chr(0x0660 + digit): str(digit) for digit in range(10)},
    **{chr(0x06F0 + digit): str(digit) for digit in range(10)},
}
"""Letters that folding replaces once decomposition has taken hamza and madda off alef, waw and ya: among them
alef wasla, alef maqsura, Farsi ya, ta marbuta, Farsi kaf, and both sets of Arabic digits."""

_DROPPED = re.compile(f"[{DROPPED}]")
_LETTERS = str.maketrans(LETTERS)
_APOSTROPHES = "'\u2019"
_PUNCTUATION = ".,:;!?()\"\u00ab\u00bb\u2026\u060c\u061b\u061f"
"""What often stands at the ends of words and is neither a part of any nor an apostrophe."""
_ELIDED = frozenset({"qu", "jusqu", "lorsqu", "puisqu", "quoiqu"})

_ARTICLES = ("وال", "بال", "كال", "فال", "ولل", "ال", "لل")
_AND = "و"
_SUFFIXES = ("هما", "ها", "هم", "هن", "نا", "ان", "ات", "ون", "ين", "ه")
_ADJECTIVE = "ي"
_SHORTEST = 3
"""Letters that must remain of an Arabic word when something is cut off."""
_BROKEN_PLURAL = re.compile("(م.)ا(..)")


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text: its place (offsets in characters), the forms it is looked up by, and its groups.

    ``forms[i]`` belongs to ``groups[i]``; most words have one of each.
    """

    start: int
    end: int
    forms: tuple[str, ...]
    groups: tuple[str, ...]


def fold(text: str) -> str:
    """Make texts equal that readers take for the same.

    In this order: NFKD, lower case (Unicode's default mapping), NFKD again, the characters of :data:`DROPPED`
    removed, the letters of :data:`LETTERS` replaced. Folding a folded text changes nothing.
    """
    if text.isascii():
        return text.lower()
    return _folded(text)


@functools.lru_cache(maxsize=4096)
def _folded(text: str) -> str:
    lower = unicodedata.normalize("NFKD", text).lower()
    # Some capitals decompose only once they are small.
    return _DROPPED.sub("", unicodedata.normalize("NFKD", lower)).translate(_LETTERS)


@functools.cache
def _word_pattern() -> re.Pattern[str]:
    """Runs of letters, digits and marks; ``\\w`` knows no marks, and without them Hindi falls to pieces."""
    marks = "".join(chr(code) for code in range(0x300, 0x10000) if unicodedata.category(chr(code))[0] == "M")
    return re.compile(rf"(?:[^\W_]|[{marks}{DROPPED}])+")


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Where words stand. What an apostrophe cuts off a word in French or English (l', qu', 's) is none."""
    spans = map(re.Match.span, _word_pattern().finditer(text))
    if not any(apostrophe in text for apostrophe in _APOSTROPHES):
        yield from spans
        return
    for start, end in spans:
        word = fold(text[start:end])
        before, after = text[start - 1 : start], text[end : end + 1]
        elided = after and after in _APOSTROPHES and (word in _ELIDED or re.fullmatch("[a-z]", word))
        genitive = before and before in _APOSTROPHES and word == "s"
        if not elided and not genitive:
            yield start, end


def _base(lang: str) -> str:
    return lang.split("-")[0].lower()


@functools.cache
def _stemmer(base: str) -> Stemmer.Stemmer | None:
    """Snowball's stemmer for a language by its ISO 639 code, where there is one."""
    try:
        return Stemmer.Stemmer(base, 0)  # without a cache of its own: its stems are kept by stem()
    except KeyError:
        return None


@functools.lru_cache(maxsize=4096)
def forms(word: str, lang: str) -> tuple[str, ...]:
    """The forms by which a folded word is looked up, the likeliest first."""
    if _base(lang) != "ar":
        return (word,)
    bare = _without_article(word)
    if bare == word and word.startswith(_AND) and len(word) > _SHORTEST:
        return (word, _without_article(word[1:]))
    return (bare,)


def _without_article(word: str) -> str:
    for article in _ARTICLES:
        # The longer ones leave more, so that والدة (mother) keeps its first syllable.
        if word.startswith(article) and len(word) >= 2 * len(article):
            return word[len(article) :]
    return word


@functools.lru_cache(maxsize=4096)
def stem(word: str, lang: str) -> str:
    """The group of a word as written: its stem, folded; where there is no stemmer, the whole word folded."""
    base = _base(lang)
    if base == "ar":
        return _light_arabic(forms(fold(word), lang)[0])
    stemmer = _stemmer(base)
    lower = unicodedata.normalize("NFKC", word).lower()
    return fold(stemmer.stemWord(lower)) if stemmer else fold(lower)


def _light_arabic(form: str) -> str:
    """A light stem of a folded form without article, after light10 (Larkey, Ballesteros, Connell 2007).

    Cuts one suffix, then the ya of adjectives; takes plurals such as مراصد together with their singular مرصد.
    """
    if not "\u0620" <= form[:1] <= "\u06ff":
        return form
    for suffix in _SUFFIXES:
        if form.endswith(suffix) and len(form) - len(suffix) >= _SHORTEST:
            form = form[: -len(suffix)]
            break
    if form.endswith(_ADJECTIVE) and len(form) > _SHORTEST:
        form = form[:-1]
    plural = _BROKEN_PLURAL.fullmatch(form)
    return plural[1] + plural[2] if plural else form


@functools.lru_cache(maxsize=4096)
def _analysed(word: str, lang: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Forms and groups of a word as written."""
    folded = fold(word)
    # Compatibility characters (½, ﷺ) can fold to several words.
    parts = [folded] if folded.isalnum() else [folded[start:end] for start, end in _spans(folded)]
    if parts != [folded]:
        pairs = [(form, stem(part, lang)) for part in parts for form in forms(part, lang)]
    elif _base(lang) == "ar":
        pairs = [(form, _light_arabic(form)) for form in forms(folded, lang)]
    else:
        pairs = [(folded, stem(word, lang))]
    return tuple(form for form, _ in pairs), tuple(group for _, group in pairs)


def tokens(text: str, lang: str) -> Iterator[Token]:
    """The words of a text in their order."""
    for start, end in _spans(text):
        found, groups = _analysed(text[start:end], lang)
        if found:
            yield Token(start, end, found, groups)


def words(text: str, lang: str) -> list[str]:
    """The folded words of a text in their order, in Arabic without articles: what a reader's words become."""
    folded = fold(text)
    return [forms(folded[start:end], lang)[0] for start, end in _spans(folded)]


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
        bare = piece.strip(_PUNCTUATION)
        bare = bare.lower() if bare.isascii() else bare
        self[piece] = groups = self._read(piece) if bare == piece else self[bare]
        return groups

    def _read(self, piece: str) -> str | tuple[str, ...]:
        words = [piece] if piece.isalnum() else [piece[start:end] for start, end in _spans(piece)]
        found: list[str] = []
        for word in words:
            pairs = _analysed(word, self._lang)
            found += dict.fromkeys(pairs[1])
            for form, group in zip(*pairs, strict=True):
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
