"""What a rule is, and the list of all of them.

A rule is a generator over the whole content that yields findings; it never prints, stops or counts. Its docstring is
the rule as editors read it; its name in kebab-case is its permanent id.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from safecities.content import Content
from safecities.problems import Level, Problem
from safecities.records import Mark


@dataclass(frozen=True)
class Finding:
    """A place (the file's path relative to the root, and a mark) and what is wrong there."""

    path: str
    mark: Mark
    message: str


Check = Callable[[Content], Iterator[Finding]]


@dataclass(frozen=True)
class Rule:
    """A rule as registered."""

    id: str
    level: Level
    check: Check

    @property
    def manual(self) -> str:
        """The rule in editors' words: the docstring of its function, as one paragraph."""
        return " ".join((self.check.__doc__ or "").split())

    def problems(self, content: Content) -> Iterator[Problem]:
        """What the rule finds."""
        for finding in self.check(content):
            yield Problem(finding.path, finding.mark.line, finding.mark.column, self.level, finding.message, self.id)


REGISTRY: dict[str, Rule] = {}


def rule(level: Level) -> Callable[[Check], Check]:
    """Register a generator as a rule of this level."""
    def register(check: Check) -> Check:
        name = check.__name__.replace("_", "-")
        if name in REGISTRY:
            raise ValueError(f"two rules are called {name}")
        REGISTRY[name] = Rule(name, level, check)
        return check
    return register
