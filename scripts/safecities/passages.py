"""The passage of a text that shows why it was found."""

from safecities import analysis

LENGTH = 180
"""The most characters of a passage, without ellipses."""


def passage(body: str, lang: str, groups: frozenset[str]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The passage of a text with most of the wanted words close together, and where they stand in it."""
    found = marks(body, lang, groups)
    if not found:
        return _cut(body, 0), ()
    starts = [at for at, _ in found]
    first = max(starts, key=lambda at: (sum(at <= other < at + LENGTH for other in starts), -at))
    start = max(0, first - LENGTH // 4)
    start = 0 if start == 0 else body.rfind(" ", 0, start + 1) + 1
    text = _cut(body, start)
    shift = start - (1 if start else 0)
    return text, tuple((a - shift, b - shift) for a, b in found if a >= start and b - shift <= len(text))


def marks(text: str, lang: str, groups: frozenset[str]) -> tuple[tuple[int, int], ...]:
    """Where wanted words stand in a text."""
    return tuple((token.start, token.end) for token in analysis.tokens(text, lang) if groups.intersection(token.groups))


def _cut(text: str, start: int) -> str:
    """A piece of a text from ``start`` that ends with a word, with ellipses where something was left out."""
    end = len(text) if len(text) - start <= LENGTH else text.rfind(" ", start, start + LENGTH)
    end = start + LENGTH if end <= start else end
    return ("…" if start else "") + text[start:end] + ("…" if end < len(text) else "")
