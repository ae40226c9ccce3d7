"""Devanagari (Hindi, Marathi, Nepali): one spelling for what is spelt in several ways.

After the normalisation of Larkey, Connell and Abduljaleel, "Hindi CLIR in thirty days" (ACM TALIP 2, 2003), which
Lucene's HindiNormalizer also follows; without its steps that make long vowels short, which join different words.
"""

import re

FIRST, LAST = "\u0900", "\u097f"

_NUKTA = "\u093c"
_CANDRABINDU = "\u0901"
_ANUSVARA = "\u0902"
_VIRAMA = "\u094d"
_NASALS = re.compile("|".join(f"{nasal}{_VIRAMA}(?=[{stops}])" for nasal, stops in {
    "ङ": "क-घ", "ञ": "च-झ", "ण": "ट-ढ", "न": "त-ध", "म": "प-भ"}.items()))
"""A nasal before a consonant spoken in the same place, which most people write as anusvara: हिन्दी, हिंदी."""


def spelling(word: str) -> str:
    """A folded word without the dots of borrowed sounds, its nasals as anusvara; doing so twice changes nothing."""
    return _NASALS.sub(_ANUSVARA, word.replace(_NUKTA, "").replace(_CANDRABINDU, _ANUSVARA)) or word
