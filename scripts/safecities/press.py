"""The press: pages and files into the site's folder, and a finished folder into the place of the old one.

In: stamps, shells, texts. Out: files. A site is made in a folder beside its target and changes places with it in one
step once it is whole, so that whoever looks sees the old site or the new one and never half of one.
"""

import contextlib
import ctypes
import os
import re
import shutil
import tempfile
import time
from collections.abc import Container, Iterator
from pathlib import Path

from safecities.site import Site

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

OWN_MARK = Path("data") / "schema.json"
"""A file that every site of ours has: what has it may be replaced."""

_CLOSED_IN_CHILDREN = os.O_CLOEXEC if hasattr(os, "O_CLOEXEC") else os.O_BINARY | os.O_NOINHERIT  # type: ignore[attr-defined]
"""Flags of open(2) for files that no other program gets; on Windows also that line ends stay as they are."""

_ASIDE = "-old"
"""The end of the name of an old site that is moved aside."""

_MOMENT = 60
"""Seconds in which a folder that was made is surely locked."""

_AT_FDCWD, _RENAME_EXCHANGE = -100, 2


class PressError(Exception):
    """The site cannot be written where it should go; the message is for people."""


def write(folder: Path, address: str, text: str | bytes) -> tuple[int, int]:
    """Write a file of the site, a text or something drawn; one whose bytes are the same already is left alone.

    Returns its size in bytes and its time of change in nanoseconds. A file that is there is never written into, for
    the site before may have the same one.
    """
    path = os.path.join(folder, address)  # noqa: PTH118 - for tens of thousands of files, Path objects cost too much
    data = text.encode("utf-8") if isinstance(text, str) else text
    try:
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _CLOSED_IN_CHILDREN, 0o666)
    except FileNotFoundError:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        return write(folder, address, text)
    except FileExistsError:
        with open(path, "rb") as old:  # noqa: PTH123
            if old.read() == data:
                return told(os.fstat(old.fileno()))
        os.unlink(path)  # noqa: PTH108
        return write(folder, address, text)
    try:
        while data:
            data = data[os.write(file, data) :]
        return told(os.fstat(file))
    finally:
        os.close(file)


def link(old: str, folder: str, address: str) -> None:
    """Give a file of the site before to this one too; raises OSError where that cannot be."""
    one, other = f"{old}/{address}", f"{folder}/{address}"
    try:
        os.link(one, other)
    except FileNotFoundError:
        Path(other).parent.mkdir(parents=True, exist_ok=True)
        os.link(one, other)


def files(folder: Path, known: Container[str] = (), address: str = "") -> Iterator[tuple[str, tuple[int, int]]]:
    """The files in and under a folder but those ``known``: address, size in bytes, time of change in nanoseconds."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from files(Path(entry.path), known, f"{address}{entry.name}/")
            elif (name := address + entry.name) not in known:
                yield name, told(entry.stat(follow_symlinks=False))


def told(status: os.stat_result) -> tuple[int, int]:
    """Size in bytes and time of change in nanoseconds, by which a file is known again."""
    return status.st_size, status.st_mtime_ns


def refuse_foreign(target: Path, site: Site) -> None:
    """Raise :class:`PressError` if replacing ``target`` would destroy something that is no site of ours."""
    kept = (site.root, site.docs_dir, site.root / "casestudies", site.root / "tools_db", site.root / "vocabularies",
            site.root / "overrides", site.root / "scripts", site.root / "tests", site.root / ".git")
    resolved = target.resolve()
    for folder in kept:
        if resolved == folder.resolve() or resolved in folder.resolve().parents:
            raise PressError(f"{target} holds {folder.name}/, which the site would replace; choose another folder")
        if folder != site.root and folder.resolve() in resolved.parents:
            raise PressError(f"{target} lies inside {folder.name}/; choose another folder")
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise PressError(f"{target} is no folder; choose another one or remove it")
    if target.is_dir() and any(target.iterdir()) and not (target / OWN_MARK).is_file():
        raise PressError(f"{target} is not empty and holds no site of ours; choose another folder or empty it")


@contextlib.contextmanager
def staged(target: Path) -> Iterator[Path]:
    """A new folder beside ``target`` to build in; it takes the target's place when the block ends well.

    When the block raises, the new folder is removed and the target is as it was. What killed runs left behind is
    cleared away first.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    _clear_leftovers(target)
    folder: Path | None = None
    try:
        folder = Path(tempfile.mkdtemp(prefix=f".{target.name}.building-{os.getpid()}-", dir=target.parent))
        with _claimed(folder):
            yield folder
        folder.chmod(0o755)
        _take_place(folder, target)
    finally:
        # After the exchange this name holds the old site, after a failure the unfinished one.
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def _claimed(folder: Path) -> Iterator[None]:
    """Hold a lock on a folder, which ends with this process, however that ends, where there are such locks."""
    if fcntl is None:
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):  # file systems that know no locks
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(handle)


def _clear_leftovers(target: Path) -> None:
    """Remove what builds of this very target left behind whose processes are gone.

    An old site that such a build had moved aside, and nothing into its place yet, comes back.
    """
    ours = re.compile(re.escape(f".{target.name}.building-") + rf"([0-9]+)-[^-]+(?:{_ASIDE})?")
    for path in sorted(target.parent.iterdir()):
        match = ours.fullmatch(path.name)
        if match and not _in_use(path, int(match[1])):
            if path.name.endswith(_ASIDE) and not target.exists():
                path.rename(target)
            else:
                shutil.rmtree(path, ignore_errors=True)


def _in_use(folder: Path, pid: int) -> bool:
    """Whether the process that made a folder still works in it.

    Its number tells little by itself: in containers, every build may have the same one. It counts only where nothing is
    locked: there are no locks, or the folder was made a moment ago.
    """
    if _locked(folder):
        return True
    young = fcntl is None or time.time() - folder.stat().st_ctime < _MOMENT
    return young and pid != os.getpid() and _alive(pid)


def _locked(folder: Path) -> bool:
    if fcntl is None:
        return False
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:  # a file system that knows no locks
        return False
    finally:
        os.close(handle)
    return False


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _take_place(folder: Path, target: Path) -> None:
    """Put ``folder`` in the place of ``target``: in one step where the system can exchange two names (Linux)."""
    if not target.exists():
        folder.rename(target)
    elif not _exchange(folder, target):
        aside = folder.with_name(folder.name + _ASIDE)
        target.rename(aside)
        folder.rename(target)
        shutil.rmtree(aside, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two names with renameat2(2); False where there is no such call."""
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError):
        return False
    return bool(renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0)
