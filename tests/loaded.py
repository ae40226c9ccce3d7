"""A repository as tests read it."""

from dataclasses import dataclass
from pathlib import Path

from safecities.catalogue import Catalogue
from safecities.content import Content
from safecities.problems import Problem
from safecities.site import Site

PROJECT = Path(__file__).parent.parent

FRONT = """title: Checklist
summary: A list of things to check.
categories: [guide]
themes: [data]
organisations: [unknown]
versions:
  - language: en
status: stub
added: 2026-01-01
"""
"""The front matter of about the smallest tool that is sound."""

RECORD = f"---\n{FRONT}---\nA text.\n"
"""Its file."""


@dataclass(frozen=True)
class Loaded:
    """A repository as read: ``catalogue`` is built whatever the problems are, so ask for ``problems`` too."""

    site: Site
    content: Content
    problems: tuple[Problem, ...]
    catalogue: Catalogue

    def found(self) -> list[str]:
        """The problems in brief: ``tools_db/x.md:3 rule-id``."""
        return [f"{problem.path}:{problem.line} {problem.rule}" for problem in self.problems]
