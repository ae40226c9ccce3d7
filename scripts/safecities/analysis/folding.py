"""Folding: texts that readers take for the same become equal, whatever the script.

The same is done to a reader's words by ``overrides/assets/js/fold.js``; a test holds the two together.
"""

import functools
import re
import unicodedata

INVISIBLE = "\u00ad\u061c\u0640\u200b-\u200f\u2060\ufe00-\ufe0f\ufeff"
"""Soft hyphen, joiners, marks of direction and variants; and the tatweel, which only stretches a word."""

DROPPED = (
    "\u0300-\u036f"  # combining diacritical marks
    "\u0483-\u0489"  # Cyrillic
    "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"  # Hebrew points and accents
    "\u0610-\u061a\u064b-\u065f\u0670"  # Arabic vowels
    "\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u08d3-\u08e1\u08e3-\u08ff"  # Koranic marks
    "\u1ab0-\u1ac0\u1dc0-\u1dff\u20d0-\u20f0\ufe20-\ufe2f"  # more combining marks
    + INVISIBLE
)
"""Characters that folding drops, as a regular expression's class; vowel signs of Indic scripts stay."""

LETTERS = {
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ı": "i", "þ": "th", "ς": "σ",
    "\u0671": "ا", "\u0649": "ي", "\u06cc": "ي", "\u0629": "ه", "\u06a9": "ك",
}
"""Letters that folding replaces once decomposition has taken hamza and madda off alef, waw and ya: among them
alef wasla, alef maqsura, Farsi ya, ta marbuta, Farsi kaf."""

ZEROS = (
    "\u0660\u06f0\u07c0\u0966\u09e6\u0a66\u0ae6\u0b66\u0be6\u0c66\u0ce6\u0d66\u0de6\u0e50\u0ed0\u0f20\u1040\u1090"
    "\u17e0\u1810\u1946\u19d0\u1a80\u1a90\u1b50\u1bb0\u1c40\u1c50\ua620\ua8d0\ua900\ua9d0\ua9f0\uaa50\uabf0"
)
"""The zero of each set of decimal digits, which the nine others follow: Arabic-Indic, Devanagari, Thai …"""

WHOLE = {
    "и\u0306": "й", "у\u0306": "ў", "і\u0308": "ї", "г\u0301": "ѓ", "к\u0301": "ќ",
    "\u0e4d\u0e32": "\u0e33", "\u0ecd\u0eb2": "\u0eb3",
}
"""What decomposition takes apart and folding joins again: letters of their own in Cyrillic, which nobody types without
their mark (unlike ё, which Russian prints as е), and the am of Thai and Lao, which is one sign."""

_JOINED = "|".join(pair[0] + (f"[{DROPPED}]*" if pair > "\u0e00" else "") + pair[1] for pair in WHOLE)
_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_DROPPED = re.compile(f"[{DROPPED}]")
_MENDED = re.compile(f"{_JOINED}|[{DROPPED}]")
_LETTERS = str.maketrans({**LETTERS, **{chr(ord(zero) + digit): str(digit) for zero in ZEROS for digit in range(10)}})


def fold(text: str) -> str:
    """Make texts equal that readers take for the same.

    In this order: NFKD, what is invisible removed, lower case (Unicode's default mapping), NFKD again, the pairs of
    :data:`WHOLE` joined and the characters of :data:`DROPPED` removed, the letters of :data:`LETTERS` and all digits
    replaced. Folding a folded text changes nothing.
    """
    if text.isascii():
        return text.lower()
    return _folded(text)


@functools.lru_cache(maxsize=4096)
def _folded(text: str) -> str:
    lower = _INVISIBLE.sub("", unicodedata.normalize("NFKD", text)).lower()
    # Some capitals decompose only once they are small; marks are put in order across what was invisible.
    parts = unicodedata.normalize("NFKD", lower)
    return _MENDED.sub(lambda found: WHOLE.get(found[0][0] + found[0][-1], ""), parts).translate(_LETTERS)


def without_marks(text: str) -> str:
    """A text as its language's stemmer wants it: small, its letters whole, without signs that only help to read."""
    return _DROPPED.sub("", unicodedata.normalize("NFKC", text).lower())
