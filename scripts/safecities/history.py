"""The days on which files were last changed: git's commits know, else the file system does.

In: the root, and paths relative to it. Out: a day (UTC) for each. A file that git doesn't know, or that differs from
its last commit has the day of its own time of change, and none after ``SOURCE_DATE_EPOCH`` where that is set. To be
asked only for what a page names (stale translations and their originals), since git reads its whole history for an
answer.
"""

import os
import subprocess
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path

from safecities.problems import shown

_COMMIT = "\x01"
_SECONDS = 60
_LATEST = int(datetime(9999, 12, 31, tzinfo=UTC).timestamp())


def unusable_epoch() -> str:
    """What is wrong with ``SOURCE_DATE_EPOCH``; empty where it isn't set, or is a time (reproducible-builds.org)."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch is None or (epoch.isascii() and epoch.isdecimal() and int(epoch) <= _LATEST):
        return ""
    return (f"SOURCE_DATE_EPOCH is {shown(epoch)}, which is no time: it must be a whole number of seconds since 1970; "
            "correct it, or take it out of the environment")


def changed(root: Path, paths: Iterable[str]) -> Mapping[str, date]:
    """The day on which each of these files was last changed; a file that there isn't has none."""
    wanted = sorted(set(paths))
    times = _commits(root, wanted) if wanted else {}
    latest = os.environ.get("SOURCE_DATE_EPOCH", "")
    for path in wanted:
        if path not in times and (root / path).is_file():
            own = int((root / path).stat().st_mtime)
            times[path] = min(own, int(latest)) if latest.isdecimal() else own
    return {path: datetime.fromtimestamp(time, UTC).date() for path, time in times.items()}


def _commits(root: Path, paths: list[str]) -> dict[str, int]:
    """The time of the last commit, in seconds since 1970, of each file that is as it left it."""
    differing = _git(root, "diff", "--name-only", "--relative", "HEAD", "--", ".")
    log = None if differing is None else _git(
        root, "log", f"--format={_COMMIT}%ct", "--name-only", "--relative", "--no-renames", "--", ".")
    left = set(paths) - set((differing or "").splitlines())
    found: dict[str, int] = {}
    time = 0
    for line in (log or "").splitlines():
        if line.startswith(_COMMIT):
            time = int(line.removeprefix(_COMMIT))
        elif line in left:  # the newest commit comes first
            left.remove(line)
            found[line] = time
    return found


def _git(root: Path, *arguments: str) -> str | None:
    """What git says; None where there is no git, no repository or no commit."""
    try:
        done = subprocess.run(  # noqa: S603 - arguments of our own
            ["git", "-c", "core.quotePath=false", "-c", "core.fsmonitor=false", *arguments], cwd=root,  # noqa: S607
            capture_output=True, encoding="utf-8", errors="surrogateescape", timeout=_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None
