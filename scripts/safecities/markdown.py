"""Bodies: CommonMark with tables and footnotes to safe HTML, its headings and its plain text.

In: Markdown. Out: :class:`Rendered`. Rendered by comrak (Rust) without raw HTML, then cleaned by nh3 against an
allow-list, so that nothing but these elements and attributes can reach a page whatever the renderer does.
"""

import functools
import html
import re
import unicodedata
from typing import NamedTuple

import comrak
import nh3

from safecities.values import URL_SCHEMES

_TAGS = {"p", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "strong", "em", "del", "a", "blockquote", "code", "pre",
         "hr", "br", "sup", "section", "table", "thead", "tbody", "tr", "th", "td"}
_ATTRIBUTES = {"a": {"href", "title", "id"}, "ol": {"start"}, "li": {"id"}, "th": {"align"}, "td": {"align"}}
_SET = {"table": {"tabindex": "0"}}
"""A wide table scrolls in a box of its own, for keyboards too."""
_HEADING = re.compile(r"<h([2-6])>(.*?)</h\1>", re.DOTALL)
_SOURCE_HEADING = re.compile(r'<h([1-6]) data-sourcepos="(\d+):[^"]*">(.*?)</h\1>', re.DOTALL)
_ID = re.compile(r' id="([^"]*)"')
_TAKEN = {"cited", "facts", "main", "q", "related", "safecities", "sources"}
"""Ids that the page around a body has, and the name by which its scripts know each other."""
_BLOCK_END = re.compile(r"</(?:p|h[1-6]|li|td|th|pre|blockquote)>|<br ?/?>")
_TAG = re.compile(r"<[^>]*>")
_FOOTNOTE_SIGN = re.compile(
    r'<sup class="footnote-ref">.*?</sup>|<a [^>]*class="footnote-backref"[^>]*>.*?</a>', re.DOTALL)
_OMITTED = "<!-- raw HTML omitted -->"
_SCHEME = re.compile(r"\s*([A-Za-z][A-Za-z0-9+.\-]*):")


MAX_DEPTH = 50
"""How deep elements may lie in each other: cleaning takes the square of it, and no reader follows so far."""

MAX_CELLS = 50_000
"""How many cells tables may have, a line of the body times the bars in the line with most of them: short rows are
filled up, so that a text of 256 KiB could otherwise make a page of gigabytes."""

MAX_BRACKETS = 20_000
"""How many signs ``[`` a body may have: each may begin a link or a note, which costs the renderer 2 KB."""

_OPEN_OR_CLOSE = re.compile(r"<(/?)[a-z][^>]*?(/?)>")


class Heading(NamedTuple):
    """A heading: its level (2 to 6), the id it is reached by, and its plain text."""

    level: int
    id: str
    text: str


class WrittenHeading(NamedTuple):
    """A heading in the source: its level (1 to 6), its plain text, and its line in the body, from 1."""

    level: int
    text: str
    line: int


class Rendered(NamedTuple):
    """A body as HTML that is safe to publish, and what else follows from it."""

    html: str
    headings: tuple[Heading, ...]


class Findings(NamedTuple):
    """What a body holds that the rules look at: link and image targets, headings, and whether there is raw HTML.

    ``excess`` says why a body is too much to be rendered; nothing else is then known of it.
    """

    links: tuple[str, ...] = ()
    images: tuple[str, ...] = ()
    headings: tuple[WrittenHeading, ...] = ()
    raw_html: bool = False
    excess: str = ""


def extensions() -> comrak.ExtensionOptions:
    """What the renderer knows beside CommonMark."""
    options = comrak.ExtensionOptions()
    options.table = True
    options.footnotes = True
    return options


_EXTENSIONS = extensions()
_CLEANER = nh3.Cleaner(tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=set(URL_SCHEMES),
                       link_rel="noopener noreferrer", set_tag_attribute_values=_SET)


def _copy(text: str) -> str:
    """A copy to give away: what Rust reads of a text, Python keeps beside it as UTF-8 for as long as the text lives."""
    return text if text.isascii() else text[:-1] + text[-1:]


def scheme(url: str) -> str:
    """The scheme of an address in small letters, or an empty text for a relative one."""
    match = _SCHEME.match(html.unescape(url))
    return match[1].lower() if match else ""


@functools.lru_cache(maxsize=4096)
def slugify(text: str) -> str:
    """A heading's text as an id: letters and digits of any script in small letters, everything else one hyphen."""
    folded = unicodedata.normalize("NFC", text).lower()
    words = folded.split()
    if "".join(words).isalnum():  # by far the most
        return "-".join(words)
    # Marks (vowel signs, harakat) belong to their letters, though \w leaves them out.
    kept = "".join(c if c == "_" or c.isalnum() or unicodedata.category(c)[0] == "M" else " " for c in folded)
    return "-".join(kept.split()) or "section"


def plain(markup: str) -> str:
    """HTML to its text, runs of white space folded to one space."""
    if "<" not in markup:
        return " ".join(html.unescape(markup).split())
    # A space where a block ends, so that the last word of one paragraph and the first of the next stay two.
    spaced = _BLOCK_END.sub(" ", markup)
    return " ".join(html.unescape(nh3.clean(spaced, tags=set())).split())


def render(body: str) -> Rendered:
    """Render a body."""
    clean = _CLEANER.clean(comrak.render_markdown(_copy(body), extension_options=_EXTENSIONS))
    headings: list[Heading] = []
    numbers: dict[str, int] = {}  # the last one that a text was given, for thousands may be the same
    taken = {*_TAKEN, *(_ID.findall(clean) if ' id="' in clean else ())}  # the page's and the footnotes' own

    def with_id(match: re.Match[str]) -> str:
        text = plain(match[2])
        base = name = slugify(text)
        while name in taken:
            numbers[base] = numbers.get(base, 1) + 1
            name = f"{base}-{numbers[base]}"
        taken.add(name)
        headings.append(Heading(int(match[1]), name, text))
        return match[0].replace(">", f' id="{name}">', 1)

    marked = _HEADING.sub(with_id, clean)
    return Rendered(marked, tuple(headings))


def text(body: str) -> str:
    """The plain text of a body, for search; never for pages.

    Needs no cleaning: without raw HTML the renderer writes every < and > that is no tag of its own as an entity, and a
    line ends where a block does.
    """
    markup = comrak.render_markdown(_copy(body), extension_options=_EXTENSIONS)
    if "footnote" in markup:
        markup = _FOOTNOTE_SIGN.sub("", markup)
    bare = _TAG.sub("", markup)
    return spaced(html.unescape(bare) if "&" in bare else bare)


def spaced(text: str) -> str:
    """A text with single spaces for all its white space: ``" ".join(text.split())`` in half the time, where no space is
    but a simple one and lines end at blocks."""
    lines = text.strip()
    while "\n\n" in lines:
        lines = lines.replace("\n\n", "\n")
    line = lines.replace("\n", " ")
    return line if line.isprintable() and "  " not in line else " ".join(line.split())


@functools.lru_cache(maxsize=16)  # several rules ask for the same body in turn
def examine(body: str) -> Findings:
    """What the rules must know of a body, as the renderer itself understands it, whichever way things are written."""
    if _cells(body) > MAX_CELLS:
        return Findings(excess=f"its tables could have {_cells(body):,} cells (lines of the body times the most bars | "
                               f"in one of them); at most {MAX_CELLS:,} are allowed")
    if body.count("[") > MAX_BRACKETS:
        return Findings(excess=f"it has {body.count('['):,} signs [; at most {MAX_BRACKETS:,} are allowed")
    links: list[str] = []
    images: list[str] = []
    options = extensions()

    def link(url: str) -> str:
        links.append(url)
        return url

    def image(url: str) -> str:
        images.append(url)
        return url

    if "](" in body or "]:" in body or "<" in body:  # all that a link can be made of; each call back costs time
        options.link_url_rewriter = link
        options.image_url_rewriter = image
    # What is rendered here is never shown. Without `unsafe_`, targets such as javascript: would be dropped unseen.
    seeing = comrak.RenderOptions()
    seeing.unsafe_ = True
    seeing.sourcepos = True
    markup = comrak.render_markdown(_copy(body), extension_options=options, render_options=seeing)
    depth = _depth(markup)
    if depth > MAX_DEPTH:
        return Findings(excess=f"lists, quotes or emphasis lie {depth:,} deep in each other; at most {MAX_DEPTH} are "
                               "allowed")
    headings = tuple(WrittenHeading(int(match[1]), plain(match[3]), int(match[2]))
                     for match in _SOURCE_HEADING.finditer(markup)) if "<h" in markup else ()
    omitted = "<" in body and _OMITTED in comrak.render_markdown(_copy(body), extension_options=_EXTENSIONS)
    return Findings(tuple(links), tuple(images), headings, omitted)


def _cells(body: str) -> int:
    """How many cells the tables of a body can have at most; none without a bar."""
    if "|" not in body:
        return 0
    lines = body.split("\n")
    return len(lines) * max(line.count("|") for line in lines)


def _depth(markup: str) -> int:
    """How deep elements lie in each other."""
    if markup.count("</") <= MAX_DEPTH:
        return 0  # not worth counting
    depth = most = 0
    for match in _OPEN_OR_CLOSE.finditer(markup):
        if not match[2]:
            depth += -1 if match[1] else 1
            most = max(most, depth)
    return most
