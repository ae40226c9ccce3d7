"""Shells: a whole page with its slots open, from which the pages of records and lists are stamped.

In: the HTML of a shell page as the site's generator made it, each slot filled by its mark. Out: pages.
"""

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass

from safecities.cache import digest
from safecities.pages import BLOCKS

ShellKey = tuple[str, int]
"""The section of the menu and the depth of the folder (0 at the root of a language) that a shell is for."""

# Private-use characters frame a mark: nothing that a template says can be mistaken for one.
_OPEN, _CLOSE = "\ue0f1", "\ue0f2"
_MARK = re.compile(f"{_OPEN}([a-z]+){_CLOSE}")


class ShellError(Exception):
    """A shell page does not hold each slot exactly once: a template of the frame is at fault."""


def slot(name: str) -> str:
    """The mark of a slot, as templates print it."""
    return f"{_OPEN}{name}{_CLOSE}"


@dataclass(frozen=True)
class Shell:
    """The parts between the slots, and the names of the slots in the order of the page."""

    parts: tuple[str, ...]
    slots: tuple[str, ...]

    @classmethod
    def cut(cls, html: str) -> "Shell":
        """Cut a rendered shell page at its marks; raises :class:`ShellError`."""
        pieces = _MARK.split(html)
        slots = tuple(pieces[1::2])
        if sorted(slots) != sorted(BLOCKS):
            raise ShellError(f"a shell must hold each of {', '.join(BLOCKS)} once; found: {', '.join(slots) or 'none'}")
        return cls(tuple(pieces[::2]), slots)

    @functools.cached_property
    def key(self) -> str:
        """What tells this shell from others."""
        return digest(*self.parts, *self.slots)

    @functools.cached_property
    def _written(self) -> tuple[bytes, ...]:
        """The parts in UTF-8: what is the same on thousands of pages is encoded once."""
        return tuple(part.encode() for part in self.parts)

    def stamp(self, blocks: Mapping[str, str]) -> bytes:
        """The page with these blocks in its slots, in UTF-8."""
        parts = [self._written[0]]
        for name, part in zip(self.slots, self._written[1:], strict=True):
            parts += blocks[name].encode(), part
        return b"".join(parts)
