"""The forms with which people without git propose a record: GitHub's issue forms, made from the questions.

In: the questions, the site's languages and vocabularies. Out: the text of a form, which stands in
``.github/ISSUE_TEMPLATE/propose-<kind>.yml``.
Format: "Syntax for GitHub's form schema" in GitHub's documentation.
"""

from collections.abc import Mapping
from typing import Any

import yaml

from safecities.questions import QUESTIONS, Question
from safecities.site import Site
from safecities.vocabularies import Vocabulary

_ABOUT = {"tool": ("Propose a tool", "A guide, checklist, observatory or another thing made to be used."),
          "case-study": ("Propose a case study", "Something done in a place, told so that others can learn from it.")}

_INTRODUCTION = (
    "You need no git for this: an editor makes a page of your answers. Answer in any of the site's languages. Leave "
    "out what you don't know; a good source is worth more than a full form. **What you write here is public at once:** "
    "name no survivors, and nobody who could be put at risk. Facts carry over from a source, sentences never do: use "
    "your own words.")


def form(kind: str, site: Site, vocabularies: Mapping[str, Vocabulary]) -> str:
    """The issue form of a kind of record, as YAML."""
    name, description = _ABOUT[kind]
    introduction = {"type": "markdown", "attributes": {"value": _INTRODUCTION}}
    document = {"name": name, "description": description, "title": f"{name.removeprefix('Propose a ').capitalize()}: ",
                "labels": ["proposal", kind],
                "body": [introduction, *(_element(question, site, vocabularies) for question in QUESTIONS[kind])]}
    text = yaml.safe_dump(document, sort_keys=False, allow_unicode=True, width=110)
    return f"# Made from the questions and vocabularies by `make forms`; do not edit it here.\n{text}"


def _element(question: Question, site: Site, vocabularies: Mapping[str, Vocabulary]) -> dict[str, Any]:
    attributes: dict[str, Any] = {"label": question.label}
    if question.description:
        attributes["description"] = question.description
    if question.placeholder:
        attributes["placeholder"] = question.placeholder
    element: dict[str, Any] = {"type": question.element, "id": question.label.lower().replace(" ", "-"),
                               "attributes": attributes}
    if question.element == "checkboxes":
        terms = vocabularies[question.vocabulary].terms.values() if question.vocabulary else ()
        labels = [*question.options, *(term.named(site.default, site.default) for term in terms)]
        # Of the boxes of a vocabulary GitHub can't demand one; a lone box it can.
        attributes["options"] = [{"label": label, **({"required": True} if question.options else {})}
                                 for label in labels]
        return element
    if question.element == "dropdown":
        attributes["options"] = list(question.options) or [language.name for language in site.languages]
    if question.required:
        element["validations"] = {"required": True}
    return element
