"""What a command costs: processor time, time on the clock, memory; and what a folder holds.

In: a command, a folder. Out: a :class:`Cost`, an :class:`Extent`. Linux only: memory is read from ``/proc``.
"""

import contextlib
import hashlib
import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

INTERVAL = 0.05
"""Seconds between two looks at a command's memory."""

_PAGE = os.sysconf("SC_PAGE_SIZE")


class FailedError(Exception):
    """A command failed or took too long; the message holds the end of what it said."""


@dataclass(frozen=True)
class Cost:
    """Seconds of processors (user and system, of the command and all its descendants) and of the clock; peak bytes."""

    cpu: float
    wall: float
    memory: int

    def __add__(self, then: "Cost") -> "Cost":
        """The cost of one command and another after it."""
        return Cost(self.cpu + then.cpu, self.wall + then.wall, max(self.memory, then.memory))


@dataclass(frozen=True)
class Command:
    """A command to measure, where it runs, where what it says goes, and how long it may take."""

    arguments: Sequence[str | Path]
    folder: Path
    log: Path
    timeout: float
    environment: Mapping[str, str] = field(default_factory=dict)

    def start(self) -> subprocess.Popen[bytes]:
        """Start it as the leader of a process group, so that all of it can be ended."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("wb") as output:
            return subprocess.Popen(  # noqa: S603 - commands of the benchmark's own
                [str(part) for part in self.arguments], cwd=self.folder, stdin=subprocess.DEVNULL, stdout=output,
                stderr=subprocess.STDOUT, env={**os.environ, **self.environment}, start_new_session=True)

    def measure(self) -> Cost:
        """Run it to its end; raises :class:`FailedError`.

        ``wait4`` gives the time of the command and of all descendants that were waited for: what the difference of
        ``getrusage(RUSAGE_CHILDREN)`` would give, without other children in it. What has been written before is on the
        disk first: the kernel would write it meanwhile, for whoever happens to run then.
        """
        os.sync()
        begin = time.monotonic()
        process = self.start()
        watch = _Watch(process.pid, begin + self.timeout)
        watch.start()
        try:
            _, status, usage = os.wait4(process.pid, 0)
            wall = time.monotonic() - begin
            process.returncode = os.waitstatus_to_exitcode(status)
        finally:
            watch.stop()
            if process.returncode is None:
                end(process)
        if watch.late:
            raise FailedError(f"ended after {self.timeout:.0f} s, the time it may take")
        if process.returncode:
            raise FailedError(f"exit code {process.returncode}: {self.said()}")
        return Cost(usage.ru_utime + usage.ru_stime, wall, watch.peak)

    def said(self) -> str:
        """The last words of its output."""
        with contextlib.suppress(OSError):
            return " ".join(self.log.read_text(encoding="utf-8", errors="replace").split())[-300:]
        return ""


def end(process: subprocess.Popen[bytes], patience: float = 10) -> None:
    """End a process and all of its group: kindly first, then not."""
    for kind, wait in ((signal.SIGTERM, patience), (signal.SIGKILL, patience)):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, kind)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=wait)
            break
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


class _Watch(threading.Thread):
    """Looks at the memory of a process and its descendants, and ends them when their time is over."""

    def __init__(self, pid: int, deadline: float) -> None:
        super().__init__(daemon=True)
        self.pid, self.deadline = pid, deadline
        self.peak = 0
        self.late = False
        self._over = threading.Event()

    def run(self) -> None:
        while not self._over.wait(INTERVAL):
            self.peak = max(self.peak, memory(self.pid))
            if time.monotonic() > self.deadline and not self.late:
                self.late = True
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(self.pid, signal.SIGKILL)

    def stop(self) -> None:
        self._over.set()
        self.join()


def memory(pid: int) -> int:
    """Bytes in memory of a process and all its descendants.

    Of one process its resident set; of several the sum of their proportional shares, in which what they share counts
    once.
    """
    found = list(_family(pid))
    return _resident(pid) if len(found) == 1 else sum(_proportional(one) for one in found)


def _family(pid: int) -> Iterator[int]:
    yield pid
    with contextlib.suppress(OSError):
        for thread in Path(f"/proc/{pid}/task").iterdir():
            with contextlib.suppress(OSError):
                for child in (thread / "children").read_text().split():
                    yield from _family(int(child))


def _resident(pid: int) -> int:
    with contextlib.suppress(OSError):
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE
    return 0


def _proportional(pid: int) -> int:
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return _resident(pid)


@dataclass(frozen=True)
class Extent:
    """What a site consists of: the addresses of its pages, the number of its files, their bytes."""

    pages: frozenset[str]
    files: int
    size: int


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())


def extent(folder: Path) -> Extent:
    """The extent of a folder."""
    found = {path.relative_to(folder).as_posix(): path.stat().st_size for path in _files(folder)}
    pages = frozenset(name for name in found if name.endswith(".html"))
    return Extent(pages, len(found), sum(found.values()))


def digests(folder: Path) -> dict[str, str]:
    """The digest of each file of a folder, by its path."""
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in _files(folder)}
