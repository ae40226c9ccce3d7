"""The site's scripts and its styles, joined into few files.

In: the folders of templates, where each behaviour has a file of its own. Out: the joined files. Over a slow line every
further file costs a reader the time of a question and its answer, and small files pack badly. Comments, a fifth of the
packed bytes, are left out.
"""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from safecities.site import Site
from safecities.templates import template_folders

JOINED: Mapping[str, Sequence[str]] = {
    "js/site.js": ("fold", "query", "plural", "parts", "postings", "lookup", "mark", "search-index",
                   "search-notes", "search-lifts", "search-hits", "search-box", "menu"),
    "js/list.js": ("bitset", "list-filter", "facet-find", "take-away", "copy-link", "print-list"),
    "css/site.css": ("base", "text", "records", "lists", "pictures"),
}
"""What each file is joined of, in this order: a script may use what an earlier one brings, and a later style wins.
``list.js`` is for the lists with filters, behind ``site.js``; what isn't named here stands for itself."""

_COMMENT = re.compile(r"^[ \t]*(?:/\*(?:(?!\*/).)*\*/|//[^\n]*)[ \t]*\n", re.MULTILINE | re.DOTALL)
"""A comment on lines of its own."""

SOURCES = frozenset(Path("assets", joined).with_name(name + Path(joined).suffix).as_posix()
                    for joined, names in JOINED.items() for name in names)
"""The files that are joined, which no page asks for."""


def files(site: Site) -> list[tuple[str, str]]:
    """The joined files as (address from the site's root, text)."""
    folders = template_folders(site)
    return [(f"assets/{joined}", "".join(_text(folders, Path("assets", joined).with_name(name + Path(joined).suffix))
                                         for name in names)) for joined, names in JOINED.items()]


def _text(folders: Sequence[Path], name: Path) -> str:
    """A file from the first folder that has it, without its comments."""
    found = next(folder / name for folder in folders if (folder / name).is_file())
    return _COMMENT.sub("", found.read_text(encoding="utf-8"))
