"""Rules on links to headings."""

import functools
import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote

from safecities import guidance as markup
from safecities import markdown, targets
from safecities.content import GUIDANCE, Content, Written
from safecities.problems import HINTS, nearest, shown
from safecities.rules.registry import MOST, Finding, rule

FRAME = frozenset({"main", "general-guidance", "related-tools", "chapter-title"})
"""Ids that the templates give every guidance page."""


_HEADING_SIGN = re.compile(r"^ {0,3}#{1,6}(?=\s|$)", re.MULTILINE)

MANY = 20
"""How many of a page's headings a message names."""


@rule("error")
def dead_anchor(content: Content) -> Iterator[Finding]:
    """A link to a heading (`#…`, in guidance pages also `page.md#…`) names one that there is."""
    pages = {file.source.path: file for file in content.pages}
    for file in content.files:
        told = 0
        if file.kind != GUIDANCE and file.known is not None:
            continue  # the links of a record stay in the record
        body = file.source.body
        # To take a body apart takes longer than to see that it can have no such link.
        if not any(sign in body for sign in ("](", "]:", "href")) or not _has_sign(body):
            continue
        for url in dict.fromkeys(markdown.examine(body).links):
            path, _, anchor = url.partition("#")
            if not anchor or markdown.scheme(url):
                continue
            target = _target(file, unquote(path.partition("?")[0]), pages)
            if target is None or told >= MOST:
                continue
            known = _anchors(target.kind, target.source.body)
            if known is not None and unquote(anchor) not in known:
                where = "this page" if target is file else target.source.path
                hint = (nearest(unquote(anchor), known) if told < HINTS else "") or _there_are(known)
                for at in targets.links(body)[url]:
                    told += 1
                    yield Finding(file.source.path, file.source.body_mark(at),
                                  f"{where} has no heading {shown(unquote(anchor))}{hint}")


def _has_sign(body: str) -> bool:
    """Whether there is a # anywhere but before a heading."""
    plain = f"\n{body}".replace("\n## ", "\n").replace("\n### ", "\n")  # headings as most people write them
    return "#" in plain and "#" in _HEADING_SIGN.sub("", plain)


def _there_are(known: frozenset[str]) -> str:
    names = sorted(known - FRAME)
    return f"; there are {', '.join(names[:MANY])}{' …' if len(names) > MANY else ''}" if names else "; there are none"


@functools.lru_cache(maxsize=64)
def _anchors(kind: str, body: str) -> frozenset[str] | None:
    """The ids in a page; kept, for thousands of links may ask for the same. None where it is too much for a page."""
    if kind == GUIDANCE:
        return None if markup.excess(body) else markup.anchors(body) | FRAME
    return frozenset(re.findall(r' id="([^"]+)"', markdown.render(body).html))


def _target(file: Written, path: str, pages: dict[str, Written]) -> Written | None:
    """The file in which an anchor is looked for: of a page, its translation into the language of the file, if any."""
    if not path:
        return file
    name = posixpath.normpath(posixpath.join(posixpath.dirname(file.source.path), path))
    return pages.get(f"{name.removesuffix('.md')}.{file.source.lang}.md") or pages.get(name)
