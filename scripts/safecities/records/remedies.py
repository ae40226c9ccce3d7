"""libyaml's complaints in the words of people who have never heard of YAML, with the remedy that helps.

In: what libyaml says, the lines of the text, and where it stopped. Out: words, and a better place where there is one.
"""

import re
from collections.abc import Sequence

from safecities.problems import shown

HARD_SPACES = "\u00a0\u2007\u202f"
"""Spaces that look like any other and are none for YAML; word processors write them."""

UNCLOSED = {"found unexpected end of stream", "did not find expected ',' or ']'", "did not find expected ',' or '}'"}
"""What is never closed is shown where it was opened, and not where the reader gave up."""

_QUOTE_ALL = "put the whole text between double quotes"
_BRACKET = "a bracket is opened here and never closed, or a comma is missing between two entries"
_TAB = "a tab stands here; put spaces in its place"
_MISALIGNED = "this line is not lined up with the fields above it; fields of one level begin in the same column"

_PLAIN = {
    "found a tab character that violates indentation": _TAB,
    "did not find expected <document start>": "a line `...` ends the fields, and nothing may follow it",
    "found unexpected end of stream": "a quote is opened here and never closed; a text that begins with an apostrophe "
                                      "or a quote of its own goes between double quotes as a whole",
    "did not find expected ',' or ']'": _BRACKET,
    "did not find expected ',' or '}'": _BRACKET.replace("bracket", "brace"),
    "did not find expected alphabetic or numeric character":
        f"a text may not begin with & or *; {_QUOTE_ALL}",
    "block sequence entries are not allowed in this context":
        f"a text may not begin with a hyphen and a space; {_QUOTE_ALL}, or begin a list in the next line",
    "mapping keys are not allowed in this context":
        f"a text may not begin with a question mark and a space; {_QUOTE_ALL}",
    "did not find expected '-' indicator":
        "this line belongs to no entry of the list above it; indent it as far as the entry's first field",
    "found unknown escape character":
        "inside double quotes a backslash is written twice (\\\\), or the text goes between single quotes",
}

_NO_SPACE = re.compile(r"(?P<before>[ \t]*(?:- +)?)(?P<name>[A-Za-z_]+):(?P<value>[^ \t/].*)")
_FIELD = re.compile(r"[ \t]*(?:- +)?(?P<name>[\w ]+):\s+(?P<value>.*)")
_CURLY = "“”„«‘’‚"


def in_plain_words(problem: str, lines: Sequence[str], line: int, column: int, began: int) -> tuple[str, int, int]:
    """What is wrong and what to do, and where; ``line``, ``column`` and ``began`` count from 0.

    ``began`` is the line in which that began at which libyaml gave up.
    """
    if problem == "mapping values are not allowed in this context":
        return _second_colon(lines, line, column)
    if problem == "could not find expected ':'":
        return _no_field(lines, began)
    if problem == "did not find expected key":
        return _ended_early(_at(lines, line), column), line, column
    if problem == "found character that cannot start any token":
        sign = _at(lines, line)[column : column + 1]
        return (_TAB if sign == "\t" else f"a text may not begin with {shown(sign)}; {_QUOTE_ALL}"), line, column
    return _PLAIN.get(problem, problem), line, column


def _at(lines: Sequence[str], number: int) -> str:
    return lines[number] if 0 <= number < len(lines) else ""


def _second_colon(lines: Sequence[str], line: int, column: int) -> tuple[str, int, int]:
    before = _NO_SPACE.fullmatch(_at(lines, line - 1))
    if before and re.fullmatch(r"[ \t]*[\w ]+", _at(lines, line)[:column]):
        return _space_after_colon(before), line - 1, before.end("name")
    above = _FIELD.fullmatch(_at(lines, line - 1))
    if above and above["value"] and re.fullmatch(r"[ \t]+\w+", _at(lines, line)[:column]):
        return _MISALIGNED, line, len(lines[line]) - len(lines[line].lstrip())
    field = _FIELD.fullmatch(_at(lines, line))
    if field is None:
        return f"a colon followed by a space stands inside a text; {_QUOTE_ALL}", line, column
    value = field["value"].strip()
    curly = " (straight ones; curly quotes are letters like any other here)" if value[:1] in _CURLY else ""
    quoted = value.strip(_CURLY).replace("\\", "\\\\").replace('"', '\\"')
    hint = shown(f'{field["name"].strip()}: "{quoted}"', limit=120)
    return f"a colon followed by a space stands inside a text; {_QUOTE_ALL}{curly}: {hint}", line, column


def _space_after_colon(found: re.Match[str]) -> str:
    return f"after a field's colon goes a space: {shown(found['name'] + ': ' + found['value'].lstrip(HARD_SPACES))}"


def _no_field(lines: Sequence[str], number: int) -> tuple[str, int, int]:
    text = _at(lines, number)
    column = len(text) - len(text.lstrip())
    found = _NO_SPACE.fullmatch(text)
    if found:
        return _space_after_colon(found), number, found.end("name")
    return (f"{shown(text.strip())} is no field: it has no colon after its name; or, if it goes on with the text "
            "above, begin the line with two spaces"), number, column


def _ended_early(text: str, column: int) -> str:
    field = _FIELD.fullmatch(text)
    value = field["value"] if field else ""
    if value[:1] in ('"', "'"):
        return f"the text goes on after its closing quote; {_QUOTE_ALL} and write a quote inside it as \\\""
    if value[:1] in ("[", "{"):
        return f"the text goes on after its closing bracket; if it is no list, {_QUOTE_ALL}"
    if not text[:column].strip():
        return _MISALIGNED
    return f"{_MISALIGNED}; or a quote inside a quoted text is not written as \\\""
