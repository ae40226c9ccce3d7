"""What one run keeps for the next: data in files that may be missing, damaged, or of another version.

In: plain data as JSON knows it, a mapping. Out: the same data, or None. A file begins with a line: the digest of the
program that wrote it (:func:`stamp`), that of what follows, and the file's name. A file that doesn't hold to them, or
that has another one's place, is as good as none. JSON and not pickle, because a cache may come from a stranger and must
not be able to run anything.
"""

import contextlib
import functools
import hashlib
import json
import os
import platform
import tempfile
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path
from typing import Any

from pydantic_core import to_json

_MADE_WITH = ("ahocorasick-rs", "comrak", "nh3", "Jinja2", "MarkupSafe", "PyStemmer", "pydantic", "PyYAML", "babel",
              "langcodes", "pycountry", "whoosh", "mkdocs", "mkdocs-material", "mkdocs-static-i18n", "Markdown",
              "pymdown-extensions", "resvg-py")
"""Packages of which another version can make another page."""


def digest(*parts: str) -> str:
    """What tells texts from others: 128 bits of BLAKE2b over their UTF-8, joined by NUL, as 32 hex digits."""
    return hashlib.blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


@functools.cache
def stamp() -> str:
    """The version of this program: its own files, the packages that it makes pages with, and Python's."""
    state = hashlib.blake2b(platform.python_version().encode(), digest_size=16)
    for name in _MADE_WITH:
        state.update(f"{name} {metadata.version(name)}\n".encode())
    here = Path(__file__).resolve().parent
    for path in sorted(here.rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            state.update(f"{path.relative_to(here)}\n".encode())
            state.update(path.read_bytes())
    return state.hexdigest()


def read(path: Path) -> dict[str, Any] | None:
    """What was kept in a file; None if it is missing, damaged, another one's, or was written by another version."""
    with contextlib.suppress(OSError, ValueError, RecursionError):
        head, _, data = path.read_bytes().partition(b"\n")
        found = json.loads(data) if head == _head(path, data) else None
        return found if isinstance(found, dict) else None
    return None


def write(path: Path, value: Mapping[str, Any]) -> None:
    """Keep a value; the file is replaced in one step. Where it cannot be written, nothing is kept."""
    name = None
    try:
        data = to_json(value)
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".tmp")
        with os.fdopen(handle, "wb") as file:
            file.writelines((_head(path, data), b"\n", data))
        Path(name).replace(path)
    except (OSError, ValueError):  # no JSON holds a name that is no Unicode
        if name:
            Path(name).unlink(missing_ok=True)


def _head(path: Path, data: bytes) -> bytes:
    return f"{stamp()} {hashlib.blake2b(data, digest_size=16).hexdigest()} {path.name}".encode()
