"""What the browser makes of a reader's words is what the index was made of."""

import unicodedata

import pytest
from javascript import run

from safecities import analysis

TEXTS = [
    "", "Política pública", "NIÑAS y MUJERES", "sœur ŒUVRE Æsir", "Straße ẞ", "ﬁlm Ⅷ ½ ㎏", "İstanbul ısı",
    "ΟΔΟΣ ὀδύς", "Łódź Ørsted Đà Nẵng Þór", "co\u00adop zero\u200dwidth\u200fmarks",
    "Women's, women’s 'quoted' O'Brien rock'n'roll", "l’observatoire d'État qu'elle jusqu'ici é'",
    "Seine-Saint-Denis/2002_x", "e\u0301galite\u0301 Ko\u0308ln",
    "الأُسَرة والمدينة وللنساء بالعنف كالماء فالوقاية",
    "وقاية وسلامة والدة والحي واو ولي",
    "مـديـنة آمنة إلى أن ٱلله مسؤول رؤى شيء",
    "١٢٣ ۴۵ 67", "ﷺ ﻻ ﺍﻟﻤﺪﻳﻨﺔ", "گفتگو فارسی کتاب\u200cها", "שָׁלוֹם",
    "हिन्दी में सुरक्षा", "城市安全 ひらがな ガ", "ไทย ខ្មែរ",
    "👩‍👩‍👧 x² H₂O №5", "𝒜lpha 𐐀", "A'a a’ s' 's", "\ufeffbom", "ŉ ǰ ΐ",
]


def test_folding_is_the_same() -> None:
    found = run(["fold"], "(texts) => texts.map((text) => safecities.fold(text))", TEXTS)
    assert found == [analysis.fold(text) for text in TEXTS]


def test_every_letter_of_the_site_s_scripts_folds_the_same() -> None:
    ranges = ((0x20, 0x250), (0x300, 0x700), (0x1E00, 0x2000), (0x2010, 0x2070), (0xFB00, 0xFB10),
              (0xFE70, 0xFF00))
    letters = [chr(code) for first, end in ranges for code in range(first, end)]
    found = run(["fold"], "(texts) => texts.map((text) => safecities.fold(text))", letters)
    assert dict(zip(letters, found, strict=True)) == {letter: analysis.fold(letter) for letter in letters}


def words(texts: list[str], lang: str) -> list[list[list[str]]]:
    """Each text's words, each as its forms, as the browser sees them."""
    found: list[list[list[str]]] = run(
        ["fold"], "([texts, lang]) => texts.map((text) => safecities.words(text, lang))", [texts, lang])
    return found


@pytest.mark.parametrize("lang", ["en", "ar", "ar-EG"])
def test_words_are_the_same(lang: str) -> None:
    found = [[forms[0] for forms in text] for text in words(TEXTS, lang)]
    assert found == [analysis.words(text, lang) for text in TEXTS]


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_words_are_looked_up_by_the_forms_that_an_index_has(lang: str) -> None:
    # A compatibility character such as № or ½ is part of a word, or several words, only once it is folded.
    texts = [text for text in TEXTS if unicodedata.is_normalized("NFKC", text)]
    expected = [[list(token.forms) for token in analysis.tokens(text, lang)] for text in texts]
    assert words(texts, lang) == expected
