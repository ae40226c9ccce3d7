"""Where in a body its links, pictures and pieces of HTML stand: for messages, so only where something is wrong.

In: a body. Out: offsets in characters. The renderer says where a link or picture begins and ends; where in it the
address stands is looked for. Raw HTML, of which it says nothing, is looked for outside code.
"""

import functools
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate

import comrak

from safecities import markdown

_ELEMENT = re.compile(r'<(a|img|code|pre) data-sourcepos="(\d+):(\d+)-(\d+):(\d+)"')
_HTML = re.compile(r"<(?:/([A-Za-z][\w-]*)[^<>]*>|([A-Za-z][\w-]*)[^<>]*>|(?:!--|\?|![A-Z\[])[^\n<>]*>?)")
_BEGINNING = re.compile(r"<[A-Za-z/!?][^\n>]*>?")
_DEFINITION = re.compile(r"\]:\s*<?([^\s>]+)")
_NO_BREAK = re.compile(r"[^\n]")


@dataclass(frozen=True)
class _Span:
    """Where an element stands in the body: offsets, the second behind its end."""

    element: str
    start: int
    end: int


@functools.lru_cache(maxsize=16)
def links(body: str) -> Mapping[str, tuple[int, ...]]:
    """Each address that a link leads to, and where it stands; for reference links, where it is defined."""
    return _targets(body, "a", markdown.examine(body).links)


@functools.lru_cache(maxsize=16)
def images(body: str) -> Mapping[str, tuple[int, ...]]:
    """Each address of a picture, and where it stands."""
    return _targets(body, "img", markdown.examine(body).images)


def _targets(body: str, element: str, urls: tuple[str, ...]) -> Mapping[str, tuple[int, ...]]:
    spans = [span for span in _spans(body) if span.element == element]
    found: dict[str, dict[int, None]] = defaultdict(dict)
    definitions: dict[str, int] = {}
    for match in _DEFINITION.finditer(body):
        definitions.setdefault(match[1], match.start(1))
    if len(spans) == len(urls):
        for url, span in zip(urls, spans, strict=True):
            found[url].setdefault(_target(body, span, url, definitions))
    else:  # HTML of its own, which is refused anyhow
        for url in urls:
            found[url].setdefault(max(0, body.find(url)))
    return {url: tuple(places) for url, places in found.items()}


def _target(body: str, span: _Span, url: str, definitions: Mapping[str, int]) -> int:
    """Where the address stands in a link or picture, or the next best place."""
    bracket = body.rfind("](", span.start, span.end)
    at = body.find(url, max(bracket, span.start), span.end) if url else -1
    if at >= 0:
        return at
    if bracket >= 0:
        return bracket + 2
    return definitions.get(url, span.start)


def _spans(body: str) -> Iterator[_Span]:
    options = comrak.RenderOptions()
    options.unsafe_ = True
    options.sourcepos = True
    markup = comrak.render_markdown(body.encode().decode(), extension_options=markdown.extensions(),
                                    render_options=options)
    lines = body.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)

    ends: dict[int, list[int]] = {}

    def offset(line: str, column: int) -> int:
        """The renderer counts bytes; where each character of a line ends in bytes is counted once."""
        number = min(int(line), len(lines)) - 1
        if lines[number].isascii():
            return starts[number] + min(column, len(lines[number]))
        if number not in ends:
            ends[number] = list(accumulate(len(sign.encode()) for sign in lines[number]))
        return starts[number] + bisect_right(ends[number], column)

    for match in _ELEMENT.finditer(markup):
        element, line, column, last_line, last_column = match.groups()
        yield _Span(element, offset(line, int(column) - 1), offset(last_line, int(last_column)))


def raw_html(body: str) -> tuple[tuple[int, str], ...]:
    """Where pieces of HTML stand in a body that has some, and what stands there; of an element, only its beginning."""
    parts: list[str] = []
    at = 0
    for span in sorted(_spans(body), key=lambda span: span.start):
        # Links begin with `<` where the address stands by itself.
        if span.start >= at and (span.element in ("code", "pre") or body[span.start : span.start + 1] == "<"):
            parts += body[at : span.start], _NO_BREAK.sub(" ", body[span.start : span.end])
            at = span.end
    text = "".join([*parts, body[at:]])
    found: list[tuple[int, str]] = []
    opened: set[str] = set()
    for match in _HTML.finditer(text):
        if _unescaped(text, match.start()) and (match[1] is None or match[1] not in opened):
            opened.add(match[2] or "")
            found.append((match.start(), match[0].partition("\n")[0].partition(">")[0] + ">"))
    if found:
        return tuple(found)
    first = _BEGINNING.search(text)
    return ((first.start(), first[0]),) if first else ((0, "<"),)


def _unescaped(text: str, at: int) -> bool:
    before = text[max(0, at - 9) : at]
    return (len(before) - len(before.rstrip("\\"))) % 2 == 0
