"""What a rule is, and the list of all of them.

A rule is a generator that yields findings; it never prints, stops or counts. Its docstring is the rule as editors read
it; its name in kebab-case is its permanent id. Most look at the whole content. A *file rule* looks at one file by
itself, so that a file which it passed once needs no second look while its text and the rules are the same.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from safecities.content import Content, Written
from safecities.problems import Level, Problem
from safecities.records import Mark
from safecities.site import Site

MOST = 200
"""How many faults of one kind in one file are told: more of them come of one mistake, or of intent."""


@dataclass(frozen=True)
class Finding:
    """A place (the file's path relative to the root, and a mark) and what is wrong there."""

    path: str
    mark: Mark
    message: str


Check = Callable[[Content], Iterator[Finding]]
FileCheck = Callable[[Written, Site], Iterator[Finding]]


@dataclass(frozen=True)
class Rule:
    """A rule as registered."""

    id: str
    level: Level
    check: Callable[..., Iterator[Finding]]

    @property
    def manual(self) -> str:
        """The rule in editors' words: the docstring of its function, as one paragraph."""
        return " ".join((self.check.__doc__ or "").split())

    def problems(self, *arguments: Any) -> Iterator[Problem]:
        """What the rule finds."""
        for finding in self.check(*arguments):
            yield Problem(finding.path, finding.mark.line, finding.mark.column, self.level, finding.message, self.id)


REGISTRY: dict[str, Rule] = {}
"""All rules by their ids."""

FILE_RULES: dict[str, Rule] = {}
"""Those of them that look at one file by itself."""


def rule(level: Level) -> Callable[[Check], Check]:
    """Register a generator as a rule of this level."""
    def register(check: Check) -> Check:
        _register(level, check)
        return check
    return register


def file_rule(level: Level) -> Callable[[FileCheck], FileCheck]:
    """Register a generator as a file rule of this level."""
    def register(check: FileCheck) -> FileCheck:
        found = _register(level, check)
        FILE_RULES[found.id] = found
        return check
    return register


def _register(level: Level, check: Callable[..., Iterator[Finding]]) -> Rule:
    name = check.__name__.replace("_", "-")
    if name in REGISTRY:
        raise ValueError(f"two rules are called {name}")
    REGISTRY[name] = Rule(name, level, check)
    return REGISTRY[name]
