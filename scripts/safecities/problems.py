"""What is wrong with the content, and where: one value, printed three ways.

In: nothing. Out: :class:`Problem`, which the reader of files and the rules yield, and its formats.
"""

import difflib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Literal

Level = Literal["error", "warning"]
Format = Literal["text", "github", "json"]


HINTS = 5
"""How many wrong words of a list get a hint which one was meant: to look for it among thousands takes a while."""


@dataclass(frozen=True, order=True)
class Problem:
    """One finding, sorted by its place.

    ``path`` is relative to the root, with forward slashes; ``line`` and ``column`` count from 1, columns in
    characters (Unicode code points); ``rule`` is the permanent id of the rule that found it.
    """

    path: str
    line: int
    column: int
    level: Level
    message: str
    rule: str

    def as_text(self) -> str:
        """``path:line:col: level: message [rule]``, the form that editors and terminals make clickable."""
        return f"{printable(self.path)}:{self.line}:{self.column}: {self.level}: {self.message} [{self.rule}]"

    def as_github(self) -> str:
        """A GitHub Actions workflow command, shown beside the line in a pull request.

        Escapes: https://docs.github.com/actions/reference/workflow-commands-for-github-actions
        """
        message = self.message.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
        path = printable(self.path).replace("%", "%25").replace(",", "%2C").replace(":", "%3A")
        return f"::{self.level} file={path},line={self.line},col={self.column},title={self.rule}::{message}"


def report(problems: Sequence[Problem], style: Format) -> str:
    """All problems in one ``style``, and in text and GitHub style a last line that counts them."""
    if style == "json":
        counts = {level: sum(p.level == level for p in problems) for level in ("error", "warning")}
        rows = [{**asdict(problem), "path": printable(problem.path)} for problem in problems]
        return json.dumps({"problems": rows, "errors": counts["error"], "warnings": counts["warning"]},
                          ensure_ascii=False, indent=2)
    lines = [problem.as_text() if style == "text" else problem.as_github() for problem in problems]
    return "\n".join([*lines, count(problems)])


def count(problems: Iterable[Problem]) -> str:
    """``2 errors, 1 warning`` or ``no problems``."""
    found = list(problems)
    if not found:
        return "no problems"
    parts = []
    for level in ("error", "warning"):
        number = sum(problem.level == level for problem in found)
        if number:
            parts.append(f"{number} {level}{'' if number == 1 else 's'}")
    return ", ".join(parts)


def has_errors(problems: Iterable[Problem]) -> bool:
    """Whether any problem is an error, that is, whether nothing may be built."""
    return any(problem.level == "error" for problem in problems)


def nearest(found: str, accepted: Iterable[str], most: int = 1) -> str:
    """A hint for a wrong word: ``; did you mean `observatory`?``, or an empty text when nothing is near.

    At most ``most`` words are named, the nearest first.
    """
    by_small = {word.lower(): word for word in accepted}
    close = [f"`{by_small[word]}`" for word in difflib.get_close_matches(found.lower(), by_small, n=most, cutoff=0.6)]
    return f"; did you mean {' or '.join(close)}?" if close else ""


def printable(text: str) -> str:
    """A text with everything escaped that would break a line, hide something, or is no character at all."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)


def shown(value: object, limit: int = 60) -> str:
    """A value as messages quote it: in backticks, cut to ``limit`` characters, control characters escaped."""
    text = printable(str(value))
    return f"`{text[: limit - 1]}…`" if len(text) > limit else f"`{text}`"
