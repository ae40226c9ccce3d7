"""An edition of the site in the making: what each file is made from, and what the edition before lends to it.

In: items, each a name, a key that says what it is made from, and a function that makes it. Out: files in a folder, and
rows for the next edition. An item whose key is as it was is not made again: its files are linked from the old folder,
unless somebody has touched them. Since a key holds all that an item depends on, taking over gives the same bytes as
making anew; a test compares.
"""

import functools
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from safecities import cache, press

File = tuple[int, int]
"""Size in bytes and time of change in nanoseconds."""

FRAME = "frame"
"""The item of everything that the site's generator makes: guidance pages, their pictures, the theme's files."""


Make = Callable[[], Iterable[tuple[str, str | bytes]]]
"""What makes the files of an item: the address of each and what is in it."""

_AT_ONCE = 1_000_000
"""About how many characters or bytes are made before they are written."""


class Row(NamedTuple):
    """An item of an edition: what it was made from, its files by address, and what else is to be kept of it."""

    key: str
    files: Mapping[str, File]
    kept: Any = None


@dataclass(frozen=True)
class Last:
    """The edition before: its folder and its items by name."""

    folder: Path
    rows: Mapping[str, Row]


NOTHING = Last(Path(), {})

_counter: Any = None


def count_into(counter: Any) -> None:
    """Count finished pages in a ``multiprocessing.Value``, which forked processes share; None ends that."""
    global _counter
    _counter = counter


def _count(name: str) -> None:
    if _counter is not None and name.endswith(".html"):
        with _counter.get_lock():
            _counter.value += 1


@dataclass(frozen=True)
class Order:
    """What a process must know to take part in an edition.

    ``root`` is where the content lies, ``folder`` where to print, ``common`` the part of all keys that is the same;
    ``old`` is the folder of the edition before and ``ledger`` the file that tells of it.
    """

    root: str
    folder: str
    common: str
    old: str = ""
    ledger: str = ""

    def edition(self) -> "Edition":
        """This process's part of the edition."""
        return Edition(Path(self.folder), remembered(self.ledger, self.old) if self.ledger else NOTHING)


def ledger(folder: Path, target: Path) -> Path:
    """The file in the cache ``folder`` that tells what the site in ``target`` was made from."""
    return folder / f"site-{cache.digest(str(target.resolve()))[:12]}.json"


@functools.lru_cache(maxsize=1)
def remembered(path: str, folder: str) -> Last:
    """The edition before, read once a process; nothing if nothing usable is known of it."""
    rows = cache.read(Path(path)) or {}
    return Last(Path(folder), {name: Row(key, {address: (size, time) for address, (size, time) in files.items()}, kept)
                               for name, (key, files, kept) in rows.items()})


def keep(path: Path, rows: Mapping[str, Row]) -> None:
    """Keep the rows of a finished edition."""
    remembered.cache_clear()
    cache.write(path, {name: (row.key, row.files, row.kept) for name, row in rows.items()})


class Edition:
    """One edition, or a process's part of it. ``folder`` may be that of the edition before: then files stay."""

    def __init__(self, folder: Path, last: Last = NOTHING) -> None:
        self.folder = folder
        self.rows: dict[str, Row] = {}
        self._last = last
        self._same = last.folder == folder
        self._new, self._old = str(folder), str(last.folder)  # tens of thousands of files are asked for

    @property
    def is_first(self) -> bool:
        """Whether nothing is known of an edition before."""
        return not self._last.rows

    def item(self, name: str, key: str, make: Make) -> None:
        """Take an item over, or make it: ``make`` gives the addresses of its files and what is in them."""
        self.items([(name, key, make)])

    def items(self, wanted: Iterable[tuple[str, str, Make]]) -> None:
        """Take over or make items, each with its name, its key and its making.

        Some are made and then written together: a processor's own memory holds the code of one of both.
        """
        made: list[tuple[str, str, list[tuple[str, str | bytes]]]] = []
        size = 0
        for name, key, make in wanted:
            if self.taken_over(name, key):
                _count(name)
                continue
            made.append((name, key, list(make())))
            size += sum(len(text) for _, text in made[-1][2])
            if size > _AT_ONCE:
                self._write(made)
                made, size = [], 0
        self._write(made)

    def _write(self, made: Iterable[tuple[str, str, Iterable[tuple[str, str | bytes]]]]) -> None:
        for name, key, files in made:
            self.rows[name] = Row(key, {address: press.write(self.folder, address, text) for address, text in files})
            _count(name)

    def taken_over(self, name: str, key: str) -> Row | None:
        """Take an item over, with all its files or with none; gives its row, or None if that is not possible."""
        row = self._last.rows.get(name)
        if row is None or row.key != key or not all(map(self._untouched, row.files.items())):
            return None
        linked: list[str] = []
        try:
            for address in () if self._same else row.files:
                press.link(self._old, self._new, address)
                linked.append(address)
        except OSError:  # a file system without hard links
            for address in linked:
                (self.folder / address).unlink()
            return None
        self.rows[name] = row
        return row

    def _untouched(self, item: tuple[str, File]) -> bool:
        """Whether a file of the edition before is as it was made."""
        try:
            return press.told(os.stat(f"{self._old}/{item[0]}")) == item[1]  # noqa: PTH116
        except OSError:
            return False

    def claim(self, name: str, key: str, kept: Any = None) -> None:
        """All files in the folder that belong to no item yet are those of this one."""
        known = {address for row in self.rows.values() for address in row.files}
        self.rows[name] = Row(key, dict(press.files(self.folder, known)), kept)

    def clear(self) -> None:
        """Remove what the edition before had and this one has not, where both have one folder."""
        now = {address for row in self.rows.values() for address in row.files}
        for row in self._last.rows.values():
            for address in row.files:
                if self._same and address not in now:
                    (self.folder / address).unlink(missing_ok=True)
