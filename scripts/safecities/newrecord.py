"""A record to start from: commented, valid, to be overwritten line by line.

In: a kind and an id. Out: a new file, from ``data/new-tool.md`` or ``data/new-case-study.md``. A file that exists is
never touched.
"""

import os
from datetime import UTC, date, datetime
from importlib import resources
from pathlib import Path

from safecities.records import Refusal, content_files
from safecities.records.files import split_name
from safecities.site import CONTENT_FOLDERS, Site


class RecordExistsError(Exception):
    """There is a record of this id already."""


def write_new(site: Site, kind: str, name: str) -> Path:
    """Write the starting record; raises :class:`RecordExistsError`, or ValueError if the id is none."""
    path = free_path(site, kind, name)
    text = (resources.files("safecities") / "data" / f"new-{kind}.md").read_text(encoding="utf-8")
    create(path, text.replace("{today}", today().isoformat()), site)
    return path


def free_path(site: Site, kind: str, name: str) -> Path:
    """Where a new record goes; raises :class:`RecordExistsError`, or ValueError if the id is none."""
    try:
        found, lang = split_name(f"{name}.md")
    except Refusal as refusal:
        raise ValueError(refusal.message) from None
    if lang is not None:
        raise ValueError(f"`{name}` is a translation's name; give the id of a new record")
    for folder in CONTENT_FOLDERS.values():
        for path in content_files(site.root / folder):
            if path.name == f"{found}.md":
                raise RecordExistsError(f"{path.relative_to(site.root)} exists; nothing was written")
    return site.root / CONTENT_FOLDERS[kind] / f"{found}.md"


def create(path: Path, text: str, site: Site) -> None:
    """Write a new file, whole or not at all; raises :class:`RecordExistsError` and leaves what is there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    # Records whose name begins with a dot are passed over, so nobody reads the file before it has its own name.
    whole = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        whole.write_bytes(text.encode("utf-8"))
        os.link(whole, path)  # fails if somebody else was quicker; nothing is ever overwritten
    except FileExistsError:
        raise RecordExistsError(f"{path.relative_to(site.root)} exists; nothing was written") from None
    finally:
        whole.unlink(missing_ok=True)


def today() -> date:
    """Today in UTC, or the day of SOURCE_DATE_EPOCH (reproducible-builds.org) if it is set."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date()
    except (ValueError, OverflowError, OSError):  # not set, or no time
        return datetime.now(UTC).date()
