"""The forms that stand in the repository are those that the questions and vocabularies make."""

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from loaded import PROJECT, Loaded
from safecities.issueform import form
from safecities.questions import QUESTIONS
from safecities.site import load_site
from safecities.vocabularies import read_vocabularies


@pytest.mark.parametrize("kind", QUESTIONS)
def test_the_form_in_the_repository_is_up_to_date(kind: str) -> None:
    path = PROJECT / ".github" / "ISSUE_TEMPLATE" / f"propose-{kind}.yml"
    made = form(kind, load_site(PROJECT), read_vocabularies(PROJECT)[0])
    assert path.read_text(encoding="utf-8") == made, "run: make forms"


@pytest.mark.parametrize("kind", QUESTIONS)
def test_a_form_asks_every_question_in_order(kind: str, load: Callable[[], Loaded]) -> None:
    loaded = load()
    document = yaml.safe_load(form(kind, loaded.site, loaded.content.vocabularies))
    asked = [element["attributes"]["label"] for element in document["body"] if element["type"] != "markdown"]
    assert asked == [question.label for question in QUESTIONS[kind]]
    ids = [element["id"] for element in document["body"] if element["type"] != "markdown"]
    assert len(ids) == len(set(ids))


def test_a_new_term_and_a_new_language_are_options(load: Callable[[], Loaded], put: Callable[[str, str], Path],
                                                   change: Callable[[str, str, str], Path]) -> None:
    before = load()
    put("vocabularies/categories.yml", "charter:\n  label: {en: Charter of rights, es: Carta}\n")
    change("mkdocs.yml", "- {locale: es, name: Español, build: true}", "- {locale: es, name: Castellano}")
    after = load()
    texts = [form("tool", loaded.site, loaded.content.vocabularies) for loaded in (before, after)]
    assert ["Charter of rights" in text for text in texts] == [False, True]
    assert ["Castellano" in text for text in texts] == [False, True]
    assert ["Safety audit" in text for text in texts] == [True, False]


@pytest.mark.parametrize("kind", QUESTIONS)
def test_every_option_is_an_answer_that_is_understood(kind: str, load: Callable[[], Loaded]) -> None:
    from safecities.questions import words_of

    loaded = load()
    words = words_of(loaded.site, loaded.content.vocabularies)
    elements = yaml.safe_load(form(kind, loaded.site, loaded.content.vocabularies))["body"][1:]
    tried = 0
    for question, element in zip(QUESTIONS[kind], elements, strict=True):
        for option in element["attributes"].get("options", ()):
            answer = option if isinstance(option, str) else f"- [X] {option['label']}"
            question.read(answer, words)
            tried += 1
    assert tried > 20
