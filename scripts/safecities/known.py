"""Files known from an earlier run, so that those which haven't changed need not be taken apart again.

In: a file's place and state. Out: what its front matter said, and that no rule about single files found a fault.
A file whose size, times and inode are as they were is not even opened; one with other times and the same text is
known all the same. Only sound files are kept: what was wrong with a file is found anew each time.
"""

import os
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from safecities import cache

_SETTLED = 1_000_000_000
"""Nanoseconds after which a change of a file cannot have the same time as one before (clocks of file systems tick)."""

_FEW = 50
"""One changed file in so many is not worth writing everything anew."""

State = tuple[int, int, int, int]
"""Size in bytes, times of change of content and of status in nanoseconds, inode."""


@dataclass(frozen=True)
class Row:
    """A sound file: the digests of its two parts, its front matter, and the digest that translations hold."""

    front_digest: str
    body_digest: str
    data: dict[str, Any]
    text_digest: str


class Known:
    """The sound files of a site as the last run left them, by path relative to the root.

    ``basis`` is what else the rules about single files go by; where it was another one, nothing is known.
    """

    def __init__(self, folder: Path, basis: str) -> None:
        self._path = folder / "files.json"
        self._basis = basis
        kept = cache.read(self._path) or {}
        self._rows: dict[str, list[Any]] = kept["files"] if kept.get("basis") == basis else {}
        self._began = time.time_ns()

    def unchanged(self, path: str, state: State) -> bool:
        """Whether the file cannot have changed since."""
        row = self._rows.get(path)
        return row is not None and tuple(row[0]) == state

    def same(self, path: str, state: State) -> Row | None:
        """The file as it was, if it cannot have changed since."""
        return Row(*self._rows[path][1:]) if self.unchanged(path, state) else None

    def like(self, path: str, front_digest: str, body_digest: str) -> Row | None:
        """The file as it was, if its text is the same."""
        row = self._rows.get(path)
        return Row(*row[1:]) if row and row[1:3] == [front_digest, body_digest] else None

    def outdated(self, changed: int, files: int) -> bool:
        """Whether to write everything anew, of so many files so many changed: to read a few again costs less."""
        return (changed + abs(files - len(self._rows))) * _FEW > files

    def keep(self, files: Mapping[str, tuple[State, Row]]) -> None:
        """Keep these files and no others."""
        self._rows = {
            path: [self._settled(state), row.front_digest, row.body_digest, row.data, row.text_digest]
            for path, (state, row) in files.items()}
        cache.write(self._path, {"basis": self._basis, "files": self._rows})

    def _settled(self, state: State) -> list[int]:
        """A state to compare with; one that is too young is never the same."""
        return list(state) if max(state[1:3]) < self._began - _SETTLED else []


def state(status: os.stat_result) -> State:
    """The state of a file."""
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino
