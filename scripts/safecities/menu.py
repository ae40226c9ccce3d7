"""The menu's sections as far as they hold guidance, for the overview, the first page and the way on from a page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Union

from safecities.catalogue import Guidance

GUIDANCE_FOLDER = "guidance/"
"""How the ids of pages begin that are guidance in the narrow sense; the others tell about the site."""

HOME, OVERVIEW = "index", "guidance/index"
"""The ids of the first page, and of the overview of guidance, which isn't listed in itself."""


@dataclass(frozen=True)
class Chapter:
    """A section of the menu: its title, and the guidance pages and sections in it, in the menu's order."""

    title: str
    parts: tuple[Union[Guidance, "Chapter"], ...]

    @property
    def guides(self) -> tuple[Guidance, ...]:
        """The pages right in it."""
        return tuple(part for part in self.parts if isinstance(part, Guidance))

    @property
    def chapters(self) -> tuple["Chapter", ...]:
        """The sections right in it."""
        return tuple(part for part in self.parts if isinstance(part, Chapter))

    @property
    def all(self) -> tuple[Guidance, ...]:
        """All pages in it, at any depth."""
        return tuple(guide for part in self.parts
                     for guide in (part.all if isinstance(part, Chapter) else (part,)))


def outline(sections: Iterable[Chapter]) -> Sequence[Chapter]:
    """The chapters of the overview: of each section of the menu its own pages, then each section in it."""
    found = []
    for section in sections:
        found += [Chapter(section.title, section.guides)] if section.guides else []
        found += section.chapters
    return found
