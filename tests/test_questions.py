"""Answers as people type them, and the fields that they say."""

import pytest

from loaded import PROJECT
from safecities import schema
from safecities.questions import QUESTIONS, UnclearError, words_of
from safecities.site import load_site
from safecities.vocabularies import read_vocabularies

SITE = load_site(PROJECT)
WORDS = words_of(SITE, read_vocabularies(PROJECT)[0])
BY_LABEL = {(kind, question.label): question for kind, questions in QUESTIONS.items() for question in questions}


def read(kind: str, label: str, answer: str) -> dict[str, object]:
    return BY_LABEL[kind, label].read(answer, WORDS)


@pytest.mark.parametrize(("answer", "years"), [
    ("2012-2015", "2012/2015"), ("2012–2015", "2012/2015"), ("2012/2015", "2012/2015"), ("2012 to 2015", "2012/2015"),
    ("from 2012 to 2015", "2012/2015"), ("de 2012 à 2015", "2012/2015"), ("desde 2012 hasta 2015", "2012/2015"),
    ("2012 a 2015", "2012/2015"), ("من 2012 إلى 2015", "2012/2015"), ("since 2012", "2012/.."),
    ("Since 2012", "2012/.."), ("2012/..", "2012/.."), ("2012-", "2012/.."),
    ("desde 2012", "2012/.."), ("depuis 2012", "2012/.."),
    ("منذ ٢٠١٢", "2012/.."), ("until 2015", "../2015"), ("../2015", "../2015"), ("hasta 2015", "../2015"),
    ("jusqu’en 2015", "../2015"), ("حتى 2015", "../2015"),
])
def test_years_are_read_as_people_write_them(answer: str, years: str) -> None:
    assert read("tool", "Year or years", answer) == read("case-study", "Years", answer) == {"years": years}


def test_a_single_year_is_when_a_tool_was_made_and_all_that_a_case_study_ran() -> None:
    assert read("tool", "Year or years", "٢٠١٢") == {"year": 2012}
    assert read("case-study", "Years", "2012") == {"years": "2012/2012"}


@pytest.mark.parametrize("answer", ["12", "2012-15", "about 2012", "2012, 2015", "2012\n2015", "-", "since", "²⁰¹²"])
def test_unclear_years_are_refused_with_what_is_accepted(answer: str) -> None:
    with pytest.raises(UnclearError, match=r"accepted are 2012, 2012-2015, since 2012|must be one line"):
        read("case-study", "Years", answer)


@pytest.mark.parametrize(("answer", "codes"), [
    ("Chile, France", ["CL", "FR"]), ("Chile\nFrance", ["CL", "FR"]), ("- Chile\n- FR", ["CL", "FR"]),
    ("Korea, Republic of", ["KR"]), ("تشيلي، فرنسا", ["CL", "FR"]), ("Chile; CL", ["CL"]), ("NO", ["NO"]), (",", []),
])
def test_countries_stand_between_commas_or_one_a_line(answer: str, codes: list[str]) -> None:
    assert read("tool", "Countries", answer) == {"countries": codes}


def test_every_country_that_is_wrong_is_named() -> None:
    with pytest.raises(UnclearError) as refused:
        read("tool", "Countries", "Chlie, France, Atlantis")
    assert [message.split("`")[1] for message in refused.value.messages] == ["Chlie", "Atlantis"]


@pytest.mark.parametrize(("answer", "themes"), [
    ("- [X] Prevention\n- [ ] Data", ["prevention"]), ("- [x] Prevención\n- [x] Datos", ["prevention", "data"]),
    ("Prevention, data", ["prevention", "data"]), ("prevention\nPrévention", ["prevention"]),
])
def test_terms_are_ticked_or_named_in_any_language(answer: str, themes: list[str]) -> None:
    assert read("tool", "Themes", answer) == {"themes": themes}


def test_an_answer_with_endless_entries_is_refused_before_they_are_all_compared() -> None:
    with pytest.raises(UnclearError) as refused:
        read("tool", "Countries", "Atlantis\n" * 100_000)
    assert refused.value.messages[-1] == "has more than 100 entries"


@pytest.mark.parametrize(("answer", "rows"), [
    ("French: https://a.example/x", [{"language": "fr", "url": "https://a.example/x"}]),
    ("https://a.example/x (fr)", [{"language": "fr", "url": "https://a.example/x"}]),
    ("- Español\n- pt-BR | https://a.example/", [{"language": "es"}, {"language": "pt-BR", "url": "https://a.example/"}]),
    ("qu-BO", [{"language": "qu-BO"}]),
])
def test_versions_are_a_language_and_a_link(answer: str, rows: list[dict[str, str]]) -> None:
    assert read("tool", "Where it can be read", answer) == {"versions": rows}


@pytest.mark.parametrize(("answer", "words"), [
    ("https://a.example/", "names no language"), ("Frensh: https://a.example/", "did you mean `French`"),
    ("fr: https://a.example/ https://b.example/", "more than one link"),
])
def test_unclear_versions_are_refused(answer: str, words: str) -> None:
    with pytest.raises(UnclearError, match=words):
        read("tool", "Where it can be read", answer)


def test_sources_have_a_title_and_parts_in_any_order() -> None:
    assert read("tool", "Sources", "A: b | 2010 | https://a.example/ | UN Women | pp. 55-59\nB") == {"sources": [
        {"title": "A: b", "year": "2010", "url": "https://a.example/", "publisher": "UN Women", "pages": "55-59"},
        {"title": "B"}]}


@pytest.mark.parametrize(("answer", "words"), [
    ("https://a.example/", "has no title"), ("| 2010", "has no title"), ("A | 2010 | 2011", "two parts for `year`"),
    ("A | B | C", "two parts for `publisher`"),
])
def test_unclear_sources_are_refused(answer: str, words: str) -> None:
    with pytest.raises(UnclearError, match=words):
        read("tool", "Sources", answer)


def test_partners_cost_and_lists() -> None:
    assert read("case-study", "Partners", "Night Walkers | counted stops\nB") == {
        "partners": [{"name": "Night Walkers", "role": "counted stops"}, {"name": "B"}]}
    assert read("case-study", "Cost", "1200.50 eur (2012)") == {
        "cost": {"amount": "1200.50", "currency": "EUR", "year": "2012"}}
    assert read("case-study", "Cost", "250000 USD") == {"cost": {"amount": "250000", "currency": "USD"}}
    assert read("case-study", "Funders", "- A\n* B\n\nA") == {"funders": ["A", "B"]}


@pytest.mark.parametrize(("label", "answer"), [("Cost", "1,200 EUR"), ("Cost", "a lot"), ("Partners", "A | b | c")])
def test_unclear_costs_and_partners_are_refused(label: str, answer: str) -> None:
    with pytest.raises(UnclearError, match="accepted "):
        read("case-study", label, answer)


def test_what_is_not_agreed_to_is_refused() -> None:
    with pytest.raises(UnclearError, match="must be ticked"):
        read("tool", "Before you send it", "- [ ] yes\n")


@pytest.mark.parametrize("kind", QUESTIONS)
def test_every_required_field_is_asked_for(kind: str) -> None:
    """But for the two that an editor fills in. What a question fills is known by its answer in ``test_issues``."""
    asked = {question.label for question in QUESTIONS[kind] if question.required}
    fields = {name for name, field in schema.MODELS[kind].model_fields.items() if field.is_required()}
    labels = {"title": "Title", "summary": "Summary", "themes": "Themes", "categories": "Categories",
              "organisations": "Organisations", "versions": "Where it can be read", "sources": "Sources"}
    assert {labels[name] for name in fields - {"status", "added"}} <= asked


@pytest.mark.parametrize("kind", QUESTIONS)
def test_every_label_stands_once(kind: str) -> None:
    labels = [question.label for question in QUESTIONS[kind]]
    assert len(labels) == len(set(labels))
    assert all(label == label.strip() and "\n" not in label for label in labels)
