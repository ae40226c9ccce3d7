"""The forms of words that the maker of queries puts in are forms, and such as there are (relevance/inflections.py)."""

import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parent / "relevance"))
from inflections import forms


@pytest.mark.parametrize(("lang", "word", "known"), [
    ("en", "city", "cities city's"), ("en", "buses", "bus"), ("en", "women", "woman women's"),
    ("en", "planning", "plan plans planned"), ("en", "changed", "change changing"), ("en", "studies", "study studied"),
    ("es", "acciones", "acción"), ("es", "voces", "voz"), ("es", "pública", "público públicos"),
    ("es", "trabajando", "trabajar trabajado"), ("es", "vendedoras", "vendedores"),
    ("fr", "locaux", "local locale"), ("fr", "réseau", "réseaux"), ("fr", "formatrices", "formateurs"),
    ("fr", "première", "premier"), ("fr", "recueillies", "recueillir"), ("fr", "réserver", "réservées"),
    ("ar", "مدينة", "المدينة بالمدينة للمدينة مدينتها مدينتين"), ("ar", "حافلات", "حافلة وحافلات حافلاتها"),
    ("ar", "اجتماع", "اجتماعات"), ("ar", "للعاملين", "عاملون"), ("ar", "حضرية", "الحضري")])
def test_forms_of_a_word_are_found_among_words(lang: str, word: str, known: str) -> None:
    assert forms(word, lang, {word, *known.split()}) == sorted(known.split())


@pytest.mark.parametrize(("lang", "word", "known"), [
    ("en", "feminist", "feminised"), ("en", "safety", "safetipin safe"), ("en", "unit", "united"),
    ("en", "car", "caring"),
    ("es", "casa", "caso"), ("es", "puerto", "puerta"), ("es", "estado", "estar"), ("es", "mejor", "mejora"),
    ("fr", "marché", "marcher"), ("fr", "cité", "citer"), ("fr", "comment", "commente"), ("fr", "seine", "sein"),
    ("ar", "مقاطعات", "مقاطع مقاطعة"), ("ar", "دور", "دورات دورة"), ("ar", "لبنان", "لبن"), ("ar", "والد", "د")])
def test_other_words_are_no_forms(lang: str, word: str, known: str) -> None:
    assert known.split()[0] not in forms(word, lang, {word, *known.split()})
