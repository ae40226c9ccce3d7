"""Data for browsers in files that load from ``file://`` too: one call of ``safecities.part(name, version, data)`` each.

In: data as JSON knows it, by name. Out: files, as addresses from the site's root and texts.
``overrides/assets/js/parts.js`` loads them through ``<script>`` elements, since neither fetch nor workers nor modules
work on ``file://``.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from pydantic_core import to_json


def files(parts: Iterable[tuple[str, object]]) -> Iterator[tuple[str, str]]:
    """Parts that belong together as files, with a version that says what is in all of them."""
    written = [(name, encoded(data)) for name, data in parts]
    version = _version(chain.from_iterable(written))
    return (_file(name, version, text) for name, text in written)


def _version(texts: Iterable[str]) -> str:
    """What tells files that belong together from older ones, which a browser may still hold beside new ones."""
    state = hashlib.sha256()
    for text in texts:
        state.update(text.encode("utf-8", "surrogatepass") + b"\0")
    return state.hexdigest()[:12]


def _file(name: str, version: str, text: str) -> tuple[str, str]:
    return address(name), f'safecities.part("{name}","{version}",{text});\n'


def address(name: str) -> str:
    """Where the file of a part stands, from the site's root."""
    return f"search/{name}.js"


def read(text: str) -> tuple[str, Any]:
    """Version and data of a file."""
    version, _, data = text.partition(",")[2].partition(",")
    return json.loads(version), json.loads(data.removesuffix(");\n"))


def encoded(data: object) -> str:
    """JSON that is safe in a script: no end of a script element, no line ends that old engines trip over."""
    text = to_json(data).decode()
    return text.replace("</", "<\\/").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
