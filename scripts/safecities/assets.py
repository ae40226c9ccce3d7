"""The site's scripts and its styles, joined into one file of each kind.

In: the folders of templates, where each behaviour has a file of its own. Out: two files. Over a slow line every further
file costs a reader the time of a question and its answer, and small files pack badly. Comments, a fifth of the packed
bytes, are left out.
"""

import re
from collections.abc import Sequence
from pathlib import Path

from safecities.site import Site
from safecities.templates import template_folders

SCRIPTS = ("fold", "query", "plural", "parts", "lookup", "mark", "search-index", "search-notes", "search-box",
           "bitset", "list-filter", "facet-find", "take-away", "copy-link", "tabs", "menu")
"""The scripts in their order: one may use what an earlier one brings. ``start`` and ``leave`` stand for themselves."""

SHEETS = ("base", "text", "records", "lists", "pictures")
"""The style sheets for the screen in their order: a later rule goes before an earlier one."""

_COMMENT = re.compile(r"^[ \t]*(?:/\*(?:(?!\*/).)*\*/|//[^\n]*)[ \t]*\n", re.MULTILINE | re.DOTALL)
"""A comment on lines of its own."""


SOURCES = frozenset(f"assets/{kind}/{name}.{kind}" for kind, names in (("js", SCRIPTS), ("css", SHEETS))
                    for name in names)
"""The files that are joined, which no page asks for."""


def files(site: Site) -> list[tuple[str, str]]:
    """The joined files as (address from the site's root, text)."""
    folders = template_folders(site)
    return [(f"assets/{kind}/site.{kind}", "".join(_text(folders, f"assets/{kind}/{name}.{kind}") for name in names))
            for kind, names in (("js", SCRIPTS), ("css", SHEETS))]


def _text(folders: Sequence[Path], name: str) -> str:
    """A file from the first folder that has it, without its comments."""
    found = next(folder / name for folder in folders if (folder / name).is_file())
    return _COMMENT.sub("", found.read_text(encoding="utf-8"))
