"""Vocabularies: terms with labels, definitions and broader terms."""

from collections.abc import Callable
from pathlib import Path

import pytest

from safecities.problems import Problem
from safecities.schema import VOCABULARY_FIELDS
from safecities.vocabularies import Term, Vocabulary, read_vocabularies

Put = Callable[[str, str], Path]


def read(root: Path, name: str = "x") -> tuple[Vocabulary, list[Problem]]:
    found, problems = read_vocabularies(root)
    return found[name], problems


def test_terms_are_in_the_order_of_the_file(put: Put, tiny: Path) -> None:
    put("vocabularies/x.yml", "b:\n  label: {en: B}\na:\n  label: {en: A}\n")
    assert list(read(tiny)[0].terms) == ["b", "a"]


def test_a_term_has_labels_definitions_a_broader_term_and_a_place(put: Put, tiny: Path) -> None:
    put("vocabularies/x.yml", "a:\n  label: {en: A}\n\n"
                              "b:\n  label: {en: No, ar: لا}\n  definition: {en: D}\n  broader: a\n")
    term = read(tiny)[0].terms["b"]
    assert (term.label, term.definition, term.broader) == ({"en": "No", "ar": "لا"}, {"en": "D"}, "a")
    assert (term.mark.line, term.mark.column) == (4, 1)


def test_a_label_falls_back_to_the_default_language_and_then_to_the_id() -> None:
    term = Term("street", {"en": "Street", "fr": "Rue"})
    assert [term.named(lang, default) for lang, default in (("fr", "en"), ("es", "en"), ("es", "ar"))] == [
        "Rue", "Street", "street"]


def test_each_field_of_terms_has_a_vocabulary_even_without_a_file(tiny: Path) -> None:
    for path in (tiny / "vocabularies").iterdir():
        path.unlink()
    found, problems = read_vocabularies(tiny)
    assert set(found) == set(VOCABULARY_FIELDS)
    assert problems == []
    assert all(vocabulary.complete and not vocabulary.terms for vocabulary in found.values())


def test_names_that_begin_with_a_dot_or_an_underscore_are_passed_over(put: Put, tiny: Path) -> None:
    for name in ("_draft", ".hidden"):
        put(f"vocabularies/{name}.yml", "not: [a, vocabulary")
    assert read_vocabularies(tiny)[1] == []


@pytest.mark.parametrize("text", [
    "x", "- x", "a: x", "a: {}", "a: {label: x}", "a: {label: {en: ''}}", "a: {label: {en: [x]}}", "a: {labl: {en: x}}",
    "A b: {label: {en: x}}", "a: {label: {en: x}, broader: a}", "a: {label: {en: x}, broader: b}",
    "a: {label: {en: x}, broader: [b]}", "a: {label: {en: x}, definition: x}", "a: {label: {english: x}}",
    "a: {label: {en: x}, label: {en: y}}", "a: &x {label: {en: x}}", "a: [", "\x00",
])
def test_what_is_no_vocabulary_is_reported_once_in_its_own_file(text: str, put: Put, tiny: Path) -> None:
    put("vocabularies/x.yml", text)
    vocabulary, problems = read(tiny)
    assert {problem.path for problem in problems} == {"vocabularies/x.yml"}
    assert not vocabulary.complete


def test_a_broken_vocabulary_is_not_blamed_on_the_records(put: Put, load: Callable[[], object]) -> None:
    put("vocabularies/themes.yml", "data: [a")
    assert load().found() == ["vocabularies/themes.yml:1 yaml-syntax"]  # type: ignore[attr-defined]


def test_one_bad_term_does_not_take_the_others_away(put: Put, tiny: Path) -> None:
    put("vocabularies/x.yml", "a: {label: {en: A}}\nb: {}\nc: {label: {en: C}}\n")
    assert list(read(tiny)[0].terms) == ["a", "c"]
