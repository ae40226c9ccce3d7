"""Codes from what people call things."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaded import PROJECT, Loaded
from safecities import names
from safecities.names import UnknownNameError, fold
from safecities.site import load_site
from safecities.vocabularies import Term, Vocabulary, read_vocabularies

SITE = load_site(PROJECT)
COUNTRIES = names.countries(SITE)
LANGUAGES = names.languages(SITE)


@pytest.mark.parametrize(("text", "code"), [
    ("FR", "FR"), ("fr", "FR"), ("France", "FR"), ("FRANCIA", "FR"), ("فرنسا", "FR"), ("FRA", "FR"), ("UK", "GB"),
    ("Cote d'Ivoire", "CI"), ("Côte d’Ivoire", "CI"), ("Korea, Republic of", "KR"), ("Bolivia", "BO"), ("NO", "NO"),
    ("Estados Unidos", "US"), ("Türkiye", "TR"),
])
def test_a_country_is_found_by_name_in_any_language_or_by_code(text: str, code: str) -> None:
    assert COUNTRIES.find(text) == code


@pytest.mark.parametrize(("text", "code"), [
    ("fr", "fr"), ("French", "fr"), ("francés", "fr"), ("FRANCES", "fr"), ("الفرنسية", "fr"), ("pt-BR", "pt-BR"),
    ("Brazilian Portuguese", "pt-BR"), ("Español", "es"), ("ga", "ga"), ("Irish", "ga"),
])
def test_a_language_is_found_by_name_in_any_language_or_by_tag(text: str, code: str) -> None:
    assert LANGUAGES.find(text) == code


@pytest.mark.parametrize(("known", "text", "words"), [
    (COUNTRIES, "Frnace", "did you mean `France`"), (COUNTRIES, "Atlantis", "is not among the countries"),
    (COUNTRIES, "", "is not among"), (LANGUAGES, "Frensh", "`French`"), (COUNTRIES, "F" * 100_000, "F…`"),
])
def test_an_unknown_name_is_refused_with_the_nearest_ones(known: names.Names, text: str, words: str) -> None:
    with pytest.raises(UnknownNameError, match=r".") as refused:
        known.find(text)
    assert words in str(refused.value)


def test_every_term_is_found_by_its_id_and_by_its_label_in_every_language() -> None:
    vocabularies, problems = read_vocabularies(PROJECT)
    assert problems == []
    for vocabulary in vocabularies.values():
        known = names.terms(vocabulary)
        for term in vocabulary.terms.values():
            assert known.find(term.id) == term.id
            assert set(term.label) >= set(SITE.tags)
            for label in term.label.values():
                assert known.find(label) == term.id
                assert known.find(f" {label.upper()}. ") == term.id


def test_a_term_that_is_unknown_is_refused_with_all_that_are_accepted(load: Callable[[], Loaded]) -> None:
    known = names.terms(load().content.vocabularies["themes"])
    with pytest.raises(UnknownNameError, match="accepted are public-space, public-transport, data, local-policy"):
        known.find("zzz")


def test_a_name_of_two_things_is_refused_with_both() -> None:
    two = Vocabulary("themes", "vocabularies/themes.yml",
                     {"bus": Term("bus", {"en": "Transport"}), "train": Term("train", {"en": "transport"})})
    with pytest.raises(UnknownNameError, match="may mean `bus` or `train`"):
        names.terms(two).find("Transport")
    assert names.terms(two).find("bus") == "bus"


@given(st.text())
def test_a_name_folded_is_the_same_as_a_name_folded_twice_or_in_capitals(text: str) -> None:
    assert fold(f" {text} ") == fold(text)
    assert not any(c.isspace() and c != " " for c in fold(text))
