"""The rules: what content must be like. They know policy and no files; each yields problems and does nothing else."""

from collections.abc import Iterable
from itertools import islice

from safecities import fields
from safecities.content import Content
from safecities.problems import Problem
from safecities.records import REFUSALS
from safecities.rules import anchors, bodies, front, guidance, languages, likeness, records, translations, vocabularies
from safecities.rules.registry import FILE_RULES, MOST, REGISTRY, Finding, Rule
from safecities.vocabularies import RULES as VOCABULARY_RULES

__all__ = ["FILE_RULES", "REGISTRY", "Finding", "Rule", "check", "check_files", "manual"]

# Importing a module registers its rules; naming them here keeps that in sight.
MODULES = (front, records, likeness, bodies, anchors, translations, guidance, vocabularies, languages)


def check(content: Content, found: Iterable[Problem] = ()) -> list[Problem]:
    """All problems of the content in the order of their places.

    With those ``found`` before: while it was read, and by :func:`check_files`.
    """
    problems = list(found)
    for name, rule in REGISTRY.items():
        if name not in FILE_RULES:
            problems += rule.problems(content)
    return sorted(set(problems))


def check_files(content: Content) -> list[Problem]:
    """What file rules find in the files of which nothing is known yet."""
    return [problem for file in content.files if file.known is None
            for rule in FILE_RULES.values() for problem in islice(rule.problems(file, content.site), MOST)]


def manual() -> dict[str, str]:
    """Rule id -> the rule in editors' words, for every id that a problem can carry."""
    texts = {refusal.rule(): " ".join((refusal.__doc__ or "").split()) for refusal in REFUSALS}
    texts |= fields.RULES | VOCABULARY_RULES
    return texts | {rule.id: rule.manual for rule in REGISTRY.values()}
