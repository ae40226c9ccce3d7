"""One page of each kind of the project's site, for tests of what must hold on all of them."""

from collections.abc import Iterator
from pathlib import Path

PREFIXES = {"en": "", "ar": "ar/"}
"""A language that runs from left to right and one that runs from right to left, and where their pages lie."""

RESULTS = {"en": "search.html?q=audit", "ar": "search.html?q=المدينة"}

KINDS = {
    "home": "index.html",
    "outline": "guidance/index.html",
    "guidance": "guidance/local-policy/gender-approach.html",
    "case study": "casestudies/brussels-marolles-walks.html",
    "tool": "tools/actionaid-safety-audit-toolkit.html",
    "tools": "tools/index.html",
    "case studies": "casestudies/index.html",
    "plain list": "tools/category/observatory.html",
    "map": "casestudies/map.html",
    "timeline": "casestudies/timeline.html",
    "coverage": "coverage.html",
    "glossary": "glossary.html",
    "fields": "field-reference.html",
    "editors": "for-editors.html",
}
"""The kinds of pages but the results of a search and 404; two pages for editors have tables and code."""

THIN = """(most) => {
  const thin = (lists, left) => document.querySelectorAll(lists).forEach(
    (list) => Array.from(list.children).slice(left).forEach((child) => child.remove()));
  thin("main :is(ul, ol, dl, tbody, .map)", most);
  thin("main .text", 4 * most);
}"""
"""Leaves the first few of what repeats itself, for checks that take long on hundreds of rows."""


def pages(site: Path, lang: str) -> Iterator[tuple[str, str]]:
    """The name and the address of a page of each kind in a language."""
    start = f"{site.as_uri()}/{PREFIXES[lang]}"
    for kind, path in KINDS.items():
        yield kind, start + path
    yield "results", start + RESULTS[lang]
