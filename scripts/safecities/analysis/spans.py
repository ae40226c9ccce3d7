"""Where words stand in a text: runs of letters, digits and marks; in scripts without spaces, pairs of characters.

Which script a text is in, and not which language, decides: a Chinese title in an English list has pairs, too. Pairs
instead of words from a dictionary are what Lucene's CJKAnalyzer does, and what a browser can do with a reader's words.
"""

import functools
import re
import unicodedata
from collections.abc import Iterator

from safecities.analysis.folding import DROPPED, fold

UNSPACED = (
    "\u0e01-\u0e30\u0e32\u0e33\u0e40-\u0e46"  # Thai
    "\u0e81-\u0eb0\u0eb2\u0eb3\u0ebd-\u0ec6\u0edc-\u0edf"  # Lao
    "\u1000-\u102a\u103f\u1050-\u1055\u105a-\u105d\u1061\u1065\u1066\u106e-\u1070\u1075-\u1081\u108e"  # Burmese
    "\u1780-\u17b3\u17d7\u17dc"  # Khmer
    "\u3005-\u3007\u3021-\u3029\u3031-\u3035\u3038-\u303c"  # signs that stand for Chinese characters
    "\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9d"  # Japanese kana
    "\u3105-\u312f\u31a0-\u31bf"  # Bopomofo
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"  # Chinese characters
)
"""The letters of scripts that are written without spaces between words, as a regular expression's class."""

_HALF_WIDTH_MARKS = "\uff9e\uff9f"
_APOSTROPHES = "'\u2019"
_ELIDED = frozenset({"qu", "jusqu", "lorsqu", "puisqu", "quoiqu"})

_unspaced = re.compile(f"[{UNSPACED}]")


@functools.cache
def _marks() -> str:
    """All combining marks and what else belongs to the letter before it; ``\\w`` knows none of them."""
    codes = (code for code in range(0x300, 0x1E900) if unicodedata.category(chr(code))[0] == "M")
    return "".join(map(chr, codes)) + DROPPED + _HALF_WIDTH_MARKS


@functools.cache
def _characters() -> re.Pattern[str]:
    """A letter of a script without spaces with the marks that belong to it."""
    return re.compile(f"[{UNSPACED}][{_marks()}]*")


@functools.cache
def _pattern() -> re.Pattern[str]:
    """A run of characters without spaces, or a word of any other script."""
    return re.compile(rf"({_characters().pattern})+|(?:[^\W_{UNSPACED}]|[{_marks()}])+")


def has_no_spaces(text: str) -> bool:
    """Whether there is a letter in a text of a script that is written without spaces."""
    return not text.isascii() and _unspaced.search(text) is not None


def is_character(text: str) -> bool:
    """Whether a text is a single character of a script that is written without spaces."""
    return has_no_spaces(text) and _characters().fullmatch(text) is not None


def is_word(text: str) -> bool:
    """Whether all of a text is one word, as far as can be said without looking for its parts."""
    return text.isalnum() and not has_no_spaces(text)


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Where words and runs stand. What an apostrophe cuts off a word in French or English (l', qu', 's) is none."""
    found = map(re.Match.span, _pattern().finditer(text))
    if not any(apostrophe in text for apostrophe in _APOSTROPHES):
        yield from found
        return
    for start, end in found:
        word = fold(text[start:end])
        before, after = text[start - 1 : start], text[end : end + 1]
        elided = after and after in _APOSTROPHES and (word in _ELIDED or re.fullmatch("[a-z]", word))
        genitive = before and before in _APOSTROPHES and word == "s"
        if not elided and not genitive:
            yield start, end


def pairs(run: str) -> Iterator[tuple[int, int, str]]:
    """The folded pairs of a run and where they stand in it: each character with the one that follows it.

    The last one stands alone, so that every character is the beginning of something in the index and can be
    found by itself.
    """
    characters = [(match.start(), match.end(), folded) for match in _characters().finditer(run)
                  for folded in _characters().findall(fold(match[0]))]
    for at, (start, end, folded) in enumerate(characters):
        if at + 1 < len(characters):
            _, end, second = characters[at + 1]
            folded += second
        yield start, end, folded
