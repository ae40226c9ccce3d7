"""What the browser makes of a reader's words is what the index was made of."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
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
    "हिंदी हिन्दी ज़मीन ज़मीन महिलाएँ क\u094d\u200dष सम्पादक डण्डा गङ्गा पञ्च न्याय १२३।",
    "মেয়ে ৪ கொடி తెలుగు",
    "Ёлка ёж вода\u0301 Йод мой ЇЖАК ўсё Ѓ ќе", "Ação pública, ÔNIBUS",
    "城市安全2030计划，女。A字", "葛\ufe00飾区 𠀀𠀁 々〇", "女性のガイド ｶﾞｲﾄﾞ スーパー",
    "ความปลอดภัยที่น้ำ ທຳ ໜ້າ", "မြန်မာစာ ភាសាខ្មែរ",
    "한국어 여성의", "नि\u200cर ক\u200d্ষ",
    "👩‍👩‍👧 x² H₂O №5", "𝒜lpha 𐐀", "A'a a’ s' 's", "\ufeffbom", "ŉ ǰ ΐ",
]


def test_folding_is_the_same() -> None:
    found = run(["fold"], "(texts) => texts.map((text) => safecities.fold(text))", TEXTS)
    assert found == [analysis.fold(text) for text in TEXTS]


def test_every_letter_of_the_site_s_scripts_folds_the_same() -> None:
    ranges = ((0x20, 0x250), (0x300, 0x700), (0x900, 0x980), (0xB80, 0xC00), (0xE00, 0xF00), (0x1000, 0x10A0),
              (0x1780, 0x17F0), (0x1E00, 0x2000), (0x2010, 0x2070), (0x3000, 0x3200), (0x4E00, 0x4F00),
              (0xAC00, 0xAC80), (0xF900, 0xFB10), (0xFE00, 0xFE10), (0xFE70, 0xFFE0))
    letters = [chr(code) for first, end in ranges for code in range(first, end)]
    found = run(["fold"], "(texts) => texts.map((text) => safecities.fold(text))", letters)
    assert dict(zip(letters, found, strict=True)) == {letter: analysis.fold(letter) for letter in letters}


def words(texts: list[str], lang: str) -> list[list[list[str]]]:
    """Each text's words, each as its forms, as the browser sees them."""
    found: list[list[list[str]]] = run(
        ["fold"], "([texts, lang]) => texts.map((text) => safecities.words(text, lang))", [texts, lang])
    return found


@pytest.mark.parametrize("lang", ["en", "ar", "ar-EG", "hi", "zh-Hant"])
def test_words_are_the_same(lang: str) -> None:
    found = [[forms[0] for forms in text] for text in words(TEXTS, lang)]
    assert found == [analysis.words(text, lang) for text in TEXTS]


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_words_are_looked_up_by_the_forms_that_an_index_has(lang: str) -> None:
    # A compatibility character such as № or ½ is part of a word, or several words, only once it is folded.
    texts = [text for text in TEXTS if unicodedata.is_normalized("NFKC", text)]
    expected = [[list(token.forms) for token in analysis.asked(text, lang)] for text in texts]
    assert words(texts, lang) == expected


# Letters and marks of the scripts that sites of ours may have, and what stands between words.
LETTERS = (
    "abéñçãßæKA’'- .,1½ёйЙїў\u0301\u0306\u0308سـةأَوال٣हिन्दीमक़ँज़१\u094d\u093c\u200d\u200cকো৪தமி城市安全女々〇𠀀かガｶﾞー"
    "ไทภัน้ำ๓ລຳໜမန်ខ្មែ한국\ufe00\u00ad"
)


@given(st.lists(st.text(alphabet=LETTERS, max_size=12), min_size=150, max_size=150))
@settings(max_examples=8, deadline=None)
def test_any_mixture_of_scripts_folds_and_falls_into_words_the_same(texts: list[str]) -> None:
    told = run(["fold"], """(texts) => texts.map((text) => [
      safecities.fold(text), safecities.words(text, "hi")])""", texts)
    assert told == [[analysis.fold(text), [[form] for form in analysis.words(text, "hi")]] for text in texts]


@given(st.lists(st.text(alphabet=LETTERS.replace("ໜ", ""), max_size=12), min_size=150, max_size=150))  # two in one
@settings(max_examples=4, deadline=None)
def test_words_stand_at_the_same_places(texts: list[str]) -> None:
    told = run(["fold"], """(texts) => texts.map((text) =>
      safecities.spans(text).filter(([start, end]) => safecities.words(text.slice(start, end), "hi").length)
        .map((span) => span.map((at) => Array.from(text.slice(0, at)).length)))""", texts)
    assert told == [[[token.start, token.end] for token in analysis.tokens(text, "hi")] for text in texts]
