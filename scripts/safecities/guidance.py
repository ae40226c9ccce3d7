"""What guidance pages add to Markdown: embedded records, links to records, links to the site's own lists and files.

In: the body of a guidance page. Out: the references in it. A line that holds only ``[[id]]`` embeds a record,
``[words](record:id)`` links to one in the reader's language, ``[words](site:tools/index.html)`` links to an address
of the site that has no Markdown file, in the reader's language where there is one per language.
"""

import functools
import re
from bisect import bisect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

import nh3

from safecities.values import URL_SCHEMES

EMBED = re.compile(r"^[ \t]{0,3}\[\[([^\[\]\n]+)\]\][ \t]*$", re.MULTILINE)
# As a link, as the definition that a link names, and as HTML, which Python-Markdown lets through.
_LINK = re.compile(r"(?:\]\(\s*<?|^ {0,3}\[[^\]\n]+\]:\s*<?|\bhref=[\"'])(record|site):([^\s)>\"']*)", re.MULTILINE)
_FENCED = re.compile(r"^(?P<fence>`{3,}|~{3,}).*?(?:^(?P=fence)[`~]*[ \t]*$|\Z)", re.MULTILINE | re.DOTALL)
_INDENT = re.compile(r"^ +", re.MULTILINE)
_NO_BREAK = re.compile(r"[^\n]")
_BACKTICKS = re.compile(r"`+")
_EMPTY_LINE = re.compile(r"\n[ \t]*\n")

BOUNDS = {"bytes": 64 * 1024, "lines": 2_000, "signs [": 500, "signs <": 500, "spaces before a line": 40}
"""How much of each a page's body may have. Python-Markdown takes the square of some of them, and more."""

_TAGS = {"a", "abbr", "blockquote", "br", "code", "dd", "del", "div", "dl", "dt", "em", "h1", "h2", "h3", "h4", "h5",
         "h6", "hr", "img", "li", "ol", "p", "pre", "span", "strong", "sub", "sup", "table", "tbody", "td", "th",
         "thead", "tr", "ul"}
_ATTRIBUTES = {"*": {"id"}, "a": {"href", "title"}, "abbr": {"title"}, "ol": {"start"}, "td": {"align"},
               "th": {"align"}, "img": {"alt", "height", "src", "title", "width"}}
_CLASSES = {"a": {"footnote-backref", "footnote-ref"}, "p": {"admonition-title"},
            "div": {"admonition", "attention", "caution", "danger", "error", "footnote", "hint", "important", "note",
                    "tip", "warning"}}
"""The classes that Python-Markdown's extensions give; with others a text could pass for a part of the site."""


_SET = {"table": {"tabindex": "0"}}
"""A wide table scrolls in a box of its own, for keyboards too."""


def _without_strange_pictures(tag: str, name: str, value: str) -> str | None:
    return None if name == "src" and re.match(r"\s*(?:[a-z][a-z0-9+.-]*:|[\\/]{2})", value, re.IGNORECASE) else value


_CLEANER = nh3.Cleaner(tags=_TAGS, attributes=_ATTRIBUTES, allowed_classes=_CLASSES,
                       attribute_filter=_without_strange_pictures, url_schemes={*URL_SCHEMES, "record", "site"},
                       link_rel="noopener noreferrer", set_tag_attribute_values=_SET)

_ID = re.compile(r'<[^>]* (?:id|name)="([^"]+)"')

EMBEDDED_IN_HTML = re.compile(r"<p>\[\[([a-z0-9-]+)\]\]</p>")
"""An embedded record as Python-Markdown leaves it."""

LINKED_IN_HTML = re.compile(r'href="(record|site):([^"]*)"')
"""A link of ours as Python-Markdown leaves it."""


@dataclass(frozen=True)
class Reference:
    """A place in a body that points to a record or an address; ``at`` and ``end`` are offsets in characters."""

    kind: Literal["embed", "record", "site"]
    target: str
    at: int
    end: int


def _blanked(body: str) -> str:
    """The body with code blanked out, offsets kept: what stands in code is shown, not followed."""
    text = _FENCED.sub(lambda match: _NO_BREAK.sub(" ", match[0]), body)
    parts: list[str] = []
    at = 0
    for start, end in _code(text):
        parts += text[at:start], _NO_BREAK.sub(" ", text[start:end])
        at = end
    return "".join([*parts, text[at:]])


def _code(text: str) -> Iterator[tuple[int, int]]:
    """Where code stands inside lines: from a run of backticks to the next of its length, never across an empty line.

    Linear in the length of the text, which a regular expression with a back reference is not.
    """
    runs = [match.span() for match in _BACKTICKS.finditer(text)]
    breaks = [match.start() for match in _EMPTY_LINE.finditer(text)] if runs else []
    partners: list[int | None] = []
    nearest: dict[int, int] = {}
    for at in reversed(range(len(runs))):
        length = runs[at][1] - runs[at][0]
        partners.append(nearest.get(length))
        nearest[length] = at
    partners.reverse()
    at = 0
    while at < len(runs):
        partner = partners[at]
        if partner is None or bisect(breaks, runs[partner][0]) > bisect(breaks, runs[at][1] - 1):
            at += 1
        else:
            yield runs[at][0], runs[partner][1]
            at = partner + 1


@functools.lru_cache(maxsize=256)
def references(body: str) -> tuple[Reference, ...]:
    """All references of a body in the order in which they stand; none of a body that is too much for a page."""
    if excess(body):
        return ()
    text = _blanked(body)
    found = [Reference("embed", match[1].strip(), match.start(1), match.end(1)) for match in EMBED.finditer(text)]
    for match in _LINK.finditer(text):
        kind: Literal["record", "site"] = "record" if match[1] == "record" else "site"
        found.append(Reference(kind, match[2], match.start(2), match.end(2)))
    return tuple(sorted(found, key=lambda reference: reference.at))


@functools.lru_cache(maxsize=256)
def excess(body: str) -> str:
    """Why a body is too much for Python-Markdown; an empty text where it isn't."""
    found = {"bytes": len(body.encode()), "lines": body.count("\n"), "signs [": body.count("["),
             "signs <": body.count("<"),
             "spaces before a line": max(map(len, _INDENT.findall(body.expandtabs(4))), default=0)}
    return next((f"it has {found[name]:,} {name}; at most {most:,} are allowed on a guidance page"
                 for name, most in BOUNDS.items() if found[name] > most), "")


def separate_embeds(body: str) -> str:
    """The body with an empty line around each embedded record, so that Markdown makes a paragraph of it."""
    parts: list[str] = []
    at = 0
    for reference in references(body):
        if reference.kind == "embed":
            parts += [body[at : body.rfind("\n", 0, reference.at) + 1], f"\n[[{reference.target}]]\n"]
            line_end = body.find("\n", reference.end)
            at = line_end if line_end >= 0 else len(body)
    return "".join([*parts, body[at:]])


@functools.lru_cache(maxsize=256)
def anchors(body: str) -> frozenset[str]:
    """The ids in a guidance page that a link can lead to, as Python-Markdown makes them with MkDocs' own extensions."""
    import markdown  # only where a page links to a heading

    ours = ["toc", "attr_list", "footnotes", "tables", "md_in_html", "def_list"]
    return frozenset(_ID.findall(markdown.markdown(separate_embeds(body), extensions=ours)))


def without_embeds(body: str) -> str:
    """The body without its embedded records, as search and key terms read it."""
    return EMBED.sub("", body)


def clean(markup: str) -> str:
    """The HTML of a guidance page as Python-Markdown made it, without anything that could run or look like the site's.

    Rules look at bodies as CommonMark; what Python-Markdown lets through where the two differ ends here.
    """
    return _CLEANER.clean(markup)


def resolve(markup: str, box: Callable[[str], str | None], address: Callable[[str, str], str]) -> str:
    """Put boxes and addresses into rendered HTML.

    ``box(id)`` gives the HTML of an embedded record, or None where ``[[…]]`` is text and no embedding;
    ``address(kind, target)`` the escaped address of a link, ``kind`` being ``record`` or ``site``.
    """
    boxed = EMBEDDED_IN_HTML.sub(lambda match: box(match[1]) or match[0], markup)
    return LINKED_IN_HTML.sub(lambda match: f'href="{address(match[1], match[2])}"', boxed)
