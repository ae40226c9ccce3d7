"""The passage of a text that shows why it was found."""

from collections.abc import Iterable

from safecities import analysis

Marks = tuple[tuple[int, int], ...]
"""Where words stand in a text: from one character up to another one."""

LENGTH = 180
"""The most characters of a passage, without ellipses."""

_NEAR = 40
"""Within how many characters a passage's ends are moved to where a word begins or ends."""


def passage(body: str, lang: str, groups: frozenset[str]) -> tuple[str, Marks]:
    """The passage of a text with most of the wanted words close together, and where they stand in it."""
    found = marks(body, lang, groups)
    if not found:
        return _cut(body, 0), ()
    starts = [at for at, _ in found]
    first = max(starts, key=lambda at: (sum(at <= other < at + LENGTH for other in starts), -at))
    start = max(0, first - LENGTH // 4)
    start = _word_before(body, start)
    text = _cut(body, start)
    shift = start - (1 if start else 0)
    return text, _joined((a - shift, b - shift) for a, b in found if a >= start and b - shift <= len(text))


def marks(text: str, lang: str, groups: frozenset[str]) -> Marks:
    """Where wanted words stand in a text."""
    return _joined((token.start, token.end) for token in analysis.tokens(text, lang)
                   if groups.intersection(token.groups))


def _joined(found: Iterable[tuple[int, int]]) -> Marks:
    """Places in their order; pairs of characters, which overlap where there are no spaces, become one."""
    joined: list[tuple[int, int]] = []
    for begin, end in found:
        if joined and begin < joined[-1][1]:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((begin, end))
    return tuple(joined)


def _word_before(body: str, start: int) -> int:
    """Where the word at a place begins, unless that is far away, as in scripts without spaces."""
    space = body.rfind(" ", max(0, start - _NEAR), start + 1)
    return space + 1 if space >= 0 else start if start > _NEAR else 0


def _cut(text: str, start: int) -> str:
    """A piece of a text from ``start`` that ends with a word, with ellipses where something was left out."""
    end = len(text) if len(text) - start <= LENGTH else text.rfind(" ", start + LENGTH - _NEAR, start + LENGTH)
    end = start + LENGTH if end <= start else end
    return ("…" if start else "") + text[start:end] + ("…" if end < len(text) else "")
