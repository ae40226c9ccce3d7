"""Where things stand in the site: the addresses of pages, lists and data files, and the way from one to another.

In: names. Out: addresses relative to the site's root, with forward slashes (``es/tools/paris-audit.html``), or
relative to a page, so that the same files serve the web and ``file://``.
"""

import functools
import posixpath
import re
from urllib.parse import quote

from safecities.locales import script
from safecities.site import ADDRESS_FOLDERS, Site

DATA_FILES = (
    *(f"{folder}.{ending}" for folder in ADDRESS_FOLDERS.values() for ending in ("json", "csv", "bib", "ris")),
    "schema.json")
"""Files in ``data/`` at the root of the site, the same for all languages."""

MAP = f"{ADDRESS_FOLDERS['case-study']}/map.html"
TIMELINE = f"{ADDRESS_FOLDERS['case-study']}/timeline.html"
COVERAGE = "coverage.html"

CARDS = ("site", "guidance", *ADDRESS_FOLDERS.values())
"""The social cards there are: one for each of these sections, and the first for pages of none."""

_OWN_FILES = frozenset({
    "404.html", "_headers", "_redirects", COVERAGE, "feed.xml", "llms.txt", "robots.txt", "search.html", "sitemap.xml",
    "sitemap.xml.gz"})
_OWN_FOLDERS = ("assets/cards", "assets/css", "assets/js", "data", "search", *ADDRESS_FOLDERS.values())

DRAWN_SCRIPTS = frozenset({"Arab", "Latn"})
"""The scripts that the font of the cards has."""


def record(site: Site, kind: str, name: str, lang: str) -> str:
    """The page of a record in a language."""
    return f"{site.prefix(lang)}{ADDRESS_FOLDERS[kind]}/{name}.html"


def guidance(site: Site, name: str, lang: str) -> str:
    """A guidance page in a language; ``name`` is its path under docs without suffixes."""
    return f"{site.prefix(lang)}{name}.html"


def listing(site: Site, kind: str, lang: str) -> str:
    """The filterable list of all records of a kind."""
    return f"{site.prefix(lang)}{ADDRESS_FOLDERS[kind]}/index.html"


def term_list(site: Site, kind: str, facet: str, value: str, lang: str) -> str:
    """The plain list of one facet value, such as all tools of a category."""
    return f"{site.prefix(lang)}{ADDRESS_FOLDERS[kind]}/{facet}/{value}.html"


def card(site: Site, section: str, lang: str) -> str:
    """The social card of a section's pages: in the language, else in the default one; empty if neither can be drawn."""
    drawn = [tag for tag in (lang, site.default) if script(tag) in DRAWN_SCRIPTS]
    return f"assets/cards/{section if section in CARDS else CARDS[0]}.{drawn[0]}.png" if drawn else ""


def taken(site: Site, address: str) -> bool:
    """Whether an address belongs to what the site makes itself, so that no file under docs may have it."""
    return address in _OWN_FILES or address.startswith(tuple(f"{folder}/" for folder in (
        *_OWN_FOLDERS, *(tag for tag in site.tags if tag != site.default))))


def relative(target: str, page: str) -> str:
    """The way from ``page`` to ``target``, both addresses from the root; query and fragment are kept.

    The address of a folder ends in a slash (the root's is empty), and so does the way to it.
    """
    path = target.partition("#")[0].partition("?")[0]
    folder, _, name = path.rpartition("/")
    return (_way(page.rpartition("/")[0], folder) + _quoted(name) or "./") + target[len(path) :]


@functools.cache
def way_to_records(prefix: str, kind: str, folder: str) -> str:
    """The way from a folder to that of a kind's records in the language with this prefix; ids of records need no
    quoting."""
    return _way(folder, f"{prefix}{ADDRESS_FOLDERS[kind]}")


def _quoted(name: str) -> str:
    """A file's name as a part of an address; most are ids and need nothing."""
    return name if name.isascii() and name.replace("-", "").replace(".", "").isalnum() else quote(name)


@functools.cache
def _way(start: str, end: str) -> str:
    """The way from one folder to another, ending in a slash; empty from a folder to itself."""
    way = posixpath.relpath(end or ".", start or ".")
    return "" if way == "." else quote(way) + "/"


def absolute(site: Site, address: str) -> str:
    """The full address on the web, or an empty text when the site has no configured one."""
    return site.url + (address if _PLAIN.fullmatch(address) else quote(address)) if site.url else ""


_PLAIN = re.compile(r"[a-zA-Z0-9./-]*")


def lasting(site: Site, address: str) -> str:
    """The full address, or without a configured site a URN that is as lasting as the address."""
    return absolute(site, address) or f"urn:safecities:{quote(address)}"
