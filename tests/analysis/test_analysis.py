"""Words that readers take for the same come together; others stay apart."""

import unicodedata
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safecities import analysis
from safecities.analysis.spans import has_no_spaces


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
    ("१२३ ๔๕ ৬৭", "123 45 67"), ("ज़मीन", "ज़मीन"), ("की", "की"), ("क्‍ष", "क्ष"), ("ﬁл", "fiл"),
    ("ЁЛКА", "елка"), ("вода́", "вода"), ("Йод и ЇЖАК", "йод и їжак"), ("ЎСЁ Ѓорѓи", "ўсе ѓорѓи"),
    ("Ação", "acao"), ("น้ำ", "น้ำ"), ("ｶﾞ", "カ\u3099"), ("葛︀", "葛"),
])
def test_folding_takes_off_what_readers_may_leave_out(text: str, folded: str) -> None:
    assert analysis.fold(text) == folded


# What folding joins, drops or takes apart, close together.
SIGNS = "иігкёйїЙ\u0306\u0301\u0308\u0e4d\u0e32\u0e33\u0eb2\u0eb3\u0e48\u200b\u200d\u093c\u094d\u0901नदक़ｶﾞ城ー々 "


@settings(deadline=None)
@given(st.text() | st.text(alphabet=SIGNS))
def test_folding_a_folded_text_changes_nothing(text: str) -> None:
    once = analysis.fold(text)
    assert analysis.fold(once) == once


@settings(deadline=None)
@given(st.text() | st.text(alphabet=SIGNS), st.sampled_from(["en", "es", "fr", "ar", "zh", "hi", "ru", "tlh"]))
def test_any_text_in_any_language_has_words_with_places_forms_and_groups(text: str, lang: str) -> None:
    last = 0
    for token in analysis.tokens(text, lang):
        assert last <= token.start < token.end <= len(text)
        assert len(token.forms) == len(token.groups) > 0
        assert all(form and " " not in form for form in token.forms)
        last = token.start


@settings(deadline=None)
@given(st.text(alphabet="abéñüسـةأَوال ’'-1城市かไทย"), st.sampled_from(["en", "fr", "ar"]))
def test_the_words_of_a_text_are_the_first_forms_of_what_is_asked(text: str, lang: str) -> None:
    assert analysis.words(text, lang) == [token.forms[0] for token in analysis.asked(text, lang)]


@pytest.mark.parametrize(("text", "lang", "found"), [
    ("Women's safety", "en", ["women", "safety"]),
    ("women’s", "en", ["women"]),
    ("l’observatoire qu'elle dirige", "fr", ["observatoire", "elle", "dirige"]),
    ("Conseil d'État", "fr", ["conseil", "etat"]),
    ("Seine-Saint-Denis, 2002", "fr", ["seine", "saint", "denis", "2002"]),
    ("plan B", "en", ["plan", "b"]),
    ("المدينة والبلدية", "ar", ["مدينه", "بلديه"]),
    ("हिन्दी में", "hi", ["हिंदी", "में"]),
    ("सड़क, पर। १२", "hi", ["सडक", "पर", "12"]),
    ("город-сад № 5", "ru", ["город", "сад", "no", "5"]),
    ("城市安全，女", "zh", ["城市", "市安", "安全", "女"]),
    ("在2030年APP里", "en", ["在", "2030", "年", "app", "里"]),
    ("女性のｶﾞｲﾄﾞ", "ja", ["女性", "性の", "のカ\u3099", "カ\u3099イ", "イト\u3099"]),
    ("ที่นี่", "th", ["ที่นี่"]),
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
    ("pt-BR", "cidade", "cidades"), ("pt", "iluminação", "iluminações"), ("pt", "segurança", "seguranca"),
    ("pt", "mulher", "mulheres"), ("pt", "noturno", "noturna"), ("pt", "público", "publico"),
    ("en", "woman", "women"), ("es", "mujer", "mujeres"), ("es", "ciudad", "ciudades"), ("es", "línea", "líneas"),
    ("es", "voz", "voces"), ("es", "gobierno", "gobiernos"), ("fr", "usager", "usagers"), ("fr", "lieu", "lieux"),
    ("fr", "opinion", "opinions"), ("fr", "formateur", "formatrices"),
    ("fr", "public", "publiques"), ("fr", "publics", "publique"), ("fr", "laïcs", "laïque"), ("fr", "grec", "grecques"),
    ("fr", "marcheur", "marcheuses"), ("fr", "travailleurs", "travailleuse"), ("fr", "usager", "usagères"),
    ("fr", "actif", "actives"), ("fr", "travail", "travaux"), ("fr", "nouveau", "nouvelles"), ("fr", "beaux", "belle"),
    ("fr", "élu", "élus"), ("fr", "élus", "élues"), ("fr", "inconnu", "inconnus"), ("fr", "détenue", "détenus"),
    ("fr", "perçu", "perçus"), ("fr", "prévus", "prévue"), ("fr", "rendu", "rendus"), ("fr", "individu", "individus"),
    ("fr", "refus", "refuser"), ("fr", "abus", "abuser"), ("fr", "dangereux", "dangereuses"),
    ("ru", "город", "города"), ("ru", "женщина", "женщинами"), ("ru", "безопасность", "безопасности"),
    ("ru", "её", "ее"), ("ru", "ночной", "ночные"), ("ru", "музей", "музеи"), ("ru", "видео", "ви́део"),
    ("hi", "महिला", "महिलाओं"), ("hi", "महिलाएँ", "महिलाएं"), ("hi", "हिन्दी", "हिंदी"), ("hi", "लड़की", "लडकियों"),
    ("hi", "सड़क", "सड़कें"), ("hi", "शहर", "शहरों"), ("hi", "अँधेरा", "अन्धेरा"), ("hi", "१२", "12"),
    ("mr", "मुम्बई", "मुंबई"), ("ne", "महिला", "महिलाहरू"), ("en", "हिन्दी", "हिंदी"),
    ("zh", "城市", "城市"), ("zh-Hant", "葛", "葛︀"), ("ja", "ガイ", "ｶﾞｲ"),
    ("ta", "நகரம்", "நகரங்கள்"), ("de", "Straße", "Strassen"), ("nb", "byen", "byene"),
    ("ar", "مدينة", "المدينة"), ("ar", "مدينة", "والمدينة"), ("ar", "مدينة", "للمدينة"),
    ("ar", "مدينة", "ومدينة"), ("ar", "مدينة", "لمدينة"), ("ar", "مدينة", "بمدينتها"),
    ("ar", "مرصد", "المرصد"), ("ar", "مرصد", "مراصد"),
    ("ar", "المرصد", "والمراصد"), ("ar", "وقاية", "الوقاية"), ("ar", "سلامة", "وسلامة"),
    ("ar", "المرأة", "المراة"), ("ar", "بلدية", "البلديات"), ("ar", "مدرسة", "المدارس"),
    ("ar", "مدينة", "مدينتها"), ("ar", "مدينتي", "المدينة"), ("ar", "سياسة", "سياساتنا"), ("ar", "مقاطعات", "مقاطعتين"),
    ("ar", "العُنْف", "عنف"), ("ar", "المحلي", "محلية"), ("ar", "والدة", "الوالدة"),
])
def test_forms_of_a_word_meet(lang: str, one: str, other: str) -> None:
    assert meet(one, other, lang)


@pytest.mark.parametrize(("lang", "one", "other"), [
    ("en", "police", "policy"), ("es", "plan", "plaza"), ("fr", "publicité", "public"),
    ("fr", "bus", "bu"), ("fr", "plus", "plu"), ("fr", "tenue", "tendu"), ("fr", "marcheuse", "marché"),
    ("ar", "مدينة", "عنف"),
    ("ar", "والدة", "ولد"), ("ar", "بيت", "بي"), ("ar", "وقتها", "وقاية"),
    ("zh", "城市", "安全"), ("zh", "市", "城市"),
    ("pt", "cidade", "cidadão"), ("pt", "polícia", "política"),
    ("ru", "город", "огород"), ("ru", "мой", "мы"), ("uk", "їх", "іх"),
    ("hi", "नगर", "नागरिक"), ("hi", "कल", "काल"), ("hi", "दिन", "दीन"), ("hi", "न्याय", "नयाय"),
    ("sw", "mji", "miji"), ("th", "ภัย", "ภาย"),
])
def test_different_words_stay_apart(lang: str, one: str, other: str) -> None:
    assert not meet(one, other, lang)


def test_a_language_without_stemmer_keeps_words_whole() -> None:
    assert analysis.stem("Qapla", "tlh") == "qapla"


def test_a_stem_is_folded() -> None:
    assert analysis.stem("Políticas", "es") == "polit"


@pytest.mark.parametrize("particle", ["و", "ب", "ل"])
def test_a_word_with_a_particle_before_it_is_found_with_and_without_it(particle: str) -> None:
    assert analysis.forms(f"{particle}سلامه", "ar") == (f"{particle}سلامه", "سلامه")
    assert len(groups(f"{particle}سلامة", "ar")) == 2


@settings(deadline=None)
@given(st.text() | st.text(alphabet="aBs.,éÜسـةأَوال ’'-1_½城市。、かไท\u200b\u00ad\u1680\ufeff"),
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


def test_marks_are_no_letters_of_scripts_without_spaces() -> None:
    held = [chr(code) for code in range(0x110000) if has_no_spaces(chr(code))]
    assert {unicodedata.category(letter)[0] for letter in held} - {"C"} == {"L", "N"}
    assert [letter for letter in held if letter.isdigit()] == []
