"""Words that readers take for the same come together; others stay apart."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safecities import analysis


def groups(text: str, lang: str) -> set[str]:
    return {group for token in analysis.tokens(text, lang) for group in token.groups}


def meet(one: str, other: str, lang: str) -> bool:
    """Whether a search for one word finds the other as an index does it: by a common form or group."""
    first, second = (next(analysis.tokens(word, lang)) for word in (one, other))
    return bool(set(first.forms) & set(second.forms) or set(first.groups) & set(second.groups))


@pytest.mark.parametrize(("text", "folded"), [
    ("Política", "politica"), ("NIÑAS", "ninas"), ("sœur", "soeur"), ("Straße", "strasse"),
    ("ÉGALITÉ", "egalite"), ("ﬁlm", "film"), ("İstanbul", "istanbul"), ("ΟΔΟΣ", "οδοσ"), ("Łódź", "lodz"),
    ("co\u00adop", "coop"), ("الأُسَرة", "الاسره"), ("مـديـنة", "مدينه"), ("على", "علي"), ("آمنة", "امنه"),
    ("مسؤول", "مسوول"), ("رؤى", "روي"), ("١٢٣", "123"), ("۴۵", "45"), ("हिन्दी", "हिन्दी"),
])
def test_folding_takes_off_what_readers_may_leave_out(text: str, folded: str) -> None:
    assert analysis.fold(text) == folded


@given(st.text())
def test_folding_a_folded_text_changes_nothing(text: str) -> None:
    once = analysis.fold(text)
    assert analysis.fold(once) == once


@given(st.text(), st.sampled_from(["en", "es", "fr", "ar", "zh", "hi", "tlh"]))
def test_any_text_in_any_language_has_words_with_places_forms_and_groups(text: str, lang: str) -> None:
    last = 0
    for token in analysis.tokens(text, lang):
        assert last <= token.start < token.end <= len(text)
        assert len(token.forms) == len(token.groups) > 0
        assert all(form and " " not in form for form in token.forms)
        last = token.end


@given(st.text(alphabet="abéñüسـةأَوال ’'-1"), st.sampled_from(["en", "fr", "ar"]))
def test_the_words_of_a_text_are_the_first_forms_of_its_tokens(text: str, lang: str) -> None:
    assert analysis.words(text, lang) == [token.forms[0] for token in analysis.tokens(text, lang)]


@pytest.mark.parametrize(("text", "lang", "found"), [
    ("Women's safety", "en", ["women", "safety"]),
    ("women’s", "en", ["women"]),
    ("l’observatoire qu'elle dirige", "fr", ["observatoire", "elle", "dirige"]),
    ("Conseil d'État", "fr", ["conseil", "etat"]),
    ("Seine-Saint-Denis, 2002", "fr", ["seine", "saint", "denis", "2002"]),
    ("plan B", "en", ["plan", "b"]),
    ("المدينة والبلدية", "ar", ["مدينه", "بلديه"]),
    ("हिन्दी में", "hi", ["हिन्दी", "में"]),
    ("½", "en", ["1", "2"]),
    (" … ?!", "en", []),
])
def test_words_are_runs_of_letters_without_what_an_apostrophe_cuts_off(
        text: str, lang: str, found: list[str]) -> None:
    assert analysis.words(text, lang) == found


@pytest.mark.parametrize(("lang", "one", "other"), [
    ("en", "observatory", "observatories"), ("en", "audit", "audits"), ("en", "planning", "planned"),
    ("es", "observatorio", "observatorios"), ("es", "coordinación", "coordinaciones"),
    ("es", "política", "politica"), ("es", "prevención", "prevencion"),
    ("fr", "observatoire", "observatoires"), ("fr", "égalité", "egalite"), ("fr", "municipale", "municipaux"),
    ("pt-BR", "cidade", "cidades"), ("ru", "город", "города"),
    ("ar", "مدينة", "المدينة"), ("ar", "مدينة", "والمدينة"), ("ar", "مدينة", "للمدينة"),
    ("ar", "مدينة", "ومدينة"), ("ar", "مرصد", "المرصد"), ("ar", "مرصد", "مراصد"),
    ("ar", "المرصد", "والمراصد"), ("ar", "وقاية", "الوقاية"), ("ar", "سلامة", "وسلامة"),
    ("ar", "المرأة", "المراة"), ("ar", "بلدية", "البلديات"), ("ar", "مدرسة", "المدارس"),
    ("ar", "العُنْف", "عنف"), ("ar", "المحلي", "محلية"), ("ar", "والدة", "الوالدة"),
])
def test_forms_of_a_word_meet(lang: str, one: str, other: str) -> None:
    assert meet(one, other, lang)


@pytest.mark.parametrize(("lang", "one", "other"), [
    ("en", "police", "policy"), ("es", "plan", "plaza"), ("ar", "مدينة", "عنف"),
    ("ar", "والدة", "ولد"), ("zh", "城市", "安全"),
])
def test_different_words_stay_apart(lang: str, one: str, other: str) -> None:
    assert not meet(one, other, lang)


def test_a_language_without_stemmer_keeps_words_whole() -> None:
    assert analysis.stem("Qapla", "tlh") == "qapla"


def test_a_stem_is_folded() -> None:
    assert analysis.stem("Políticas", "es") == "polit"


def test_a_word_with_a_leading_and_is_found_with_and_without_it() -> None:
    assert analysis.forms("وسلامه", "ar") == ("وسلامه", "سلامه")
    assert len(groups("وسلامة", "ar")) == 2


@given(st.text() | st.text(alphabet="aBs.,éÜسـةأَوال ’'-1_½\u200b\u00ad\u1680\ufeff"),
       st.sampled_from(["en", "fr", "ar", "zh", "hi", "tlh"]))
def test_groups_by_piece_are_those_of_the_words_of_the_whole_text(text: str, lang: str) -> None:
    forms: dict[str, set[str]] = {}
    expected: dict[str, set[str]] = {}
    tokens = list(analysis.tokens(text, lang))
    for token in tokens:
        for form, group in zip(token.forms, token.groups, strict=True):
            expected.setdefault(form, set()).add(group)
    found = analysis.Groups(lang, forms).count(text)
    assert found == Counter(group for token in tokens for group in dict.fromkeys(token.groups))
    assert forms == expected


def test_no_white_space_is_part_of_a_word() -> None:
    spaces = [chr(code) for code in range(0x110000) if chr(code).isspace()]
    assert [space for space in spaces if analysis.words(space, "en")] == []
    assert len(list(analysis.tokens("x".join(spaces), "tlh"))) == len(spaces) - 1
