"""The rules: what content must be like. They know policy and no files; each yields problems and does nothing else."""

from collections.abc import Iterable

from safecities import fields
from safecities.content import Content
from safecities.problems import Problem
from safecities.records import REFUSALS
from safecities.rules import bodies, guidance, records, translations, vocabularies
from safecities.rules.registry import REGISTRY, Finding, Rule
from safecities.vocabularies import RULES as VOCABULARY_RULES

__all__ = ["REGISTRY", "Finding", "Rule", "check", "manual"]

# Importing a module registers its rules; naming them here keeps that in sight.
MODULES = (records, bodies, translations, guidance, vocabularies)


def check(content: Content, found: Iterable[Problem] = ()) -> list[Problem]:
    """All problems of the content in the order of their places, with those ``found`` while it was read."""
    problems = list(found)
    for rule in REGISTRY.values():
        problems += rule.problems(content)
    return sorted(set(problems))


def manual() -> dict[str, str]:
    """Rule id -> the rule in editors' words, for every id that a problem can carry."""
    texts = {refusal.rule(): " ".join((refusal.__doc__ or "").split()) for refusal in REFUSALS}
    texts |= fields.RULES | VOCABULARY_RULES
    return texts | {rule.id: rule.manual for rule in REGISTRY.values()}
