"""YAML read as plain data: mappings, lists, and every scalar a string.

In: a text. Out: the data and where each of its parts stands. Types come from the schema alone, so that ``NO`` is
Norway and ``1.10`` stays ``1.10``. The text is read as a stream of libyaml's events and never as a tree of nodes:
there is nothing that a hostile document could make grow, and the place of every part is at hand when it is needed.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml
from yaml.cyaml import CParser  # type: ignore[attr-defined]

from safecities.records.refusals import (
    FORBIDDEN,
    ControlCharacter,
    DuplicateKey,
    Encoding,
    Mark,
    Refusal,
    YamlDepth,
    YamlFeature,
    YamlSyntax,
)

MAX_DEPTH = 6

_UNCLOSED = {"found unexpected end of stream", "did not find expected ',' or ']'", "did not find expected ',' or '}'"}

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Document:
    """Data as written (strings, lists, dicts), and the :class:`Mark` of each value and of each key by its path.

    The path of the second language of ``versions`` is ``("versions", 1, "language")``; the document's is ``()``.
    """

    data: Any
    values: dict[Path, Mark] = field(default_factory=dict)
    keys: dict[Path, Mark] = field(default_factory=dict)


def _events(text: str, first_line: int) -> Iterator[tuple[yaml.Event, Mark]]:
    try:
        parser: Any = CParser(text)
    except UnicodeEncodeError as error:
        raise Encoding(f"the lone surrogate U+{ord(text[error.start]):04X} is no character",
                       Mark(first_line, 1)) from None
    try:
        while parser.check_event():
            event = parser.get_event()
            yield event, Mark(event.start_mark.line + first_line, event.start_mark.column + 1)
    except yaml.MarkedYAMLError as error:
        # What is never closed is shown where it was opened, and not where the reader gave up.
        marks = (error.problem_mark, error.context_mark)
        place = next(filter(None, marks[::-1] if error.problem in _UNCLOSED else marks), None)
        mark = Mark(place.line + first_line, place.column + 1) if place else Mark(first_line, 1)
        raise YamlSyntax(_in_plain_words(error.problem or str(error)), mark) from None
    except yaml.YAMLError as error:
        raise YamlSyntax(_in_plain_words(str(error).splitlines()[0]), Mark(first_line, 1)) from None
    finally:
        parser.dispose()


def _in_plain_words(problem: str) -> str:
    """libyaml's words with the remedy that helps most often."""
    hints = {
        "mapping values are not allowed in this context":
            "a colon followed by a space inside a text; put the whole text between double quotes",
        "did not find expected key":
            "the fields are not lined up, or a quote inside a quoted text is not closed",
        "could not find expected ':'":
            "a field name without its colon, or a text that goes on in a line that is not indented",
        "found character that cannot start any token":
            "a text may not begin with this sign (or a tab stands where spaces should); put it between double quotes",
        "did not find expected <document start>": "a line `...` ends the fields, and nothing may follow it",
        "found unexpected end of stream": "a quote is opened here and never closed",
        "did not find expected ',' or ']'": "a bracket is opened here and never closed, or a comma is missing",
        "did not find expected ',' or '}'": "a brace is opened here and never closed, or a comma is missing",
    }
    return f"{problem}: {hints[problem]}" if problem in hints else problem


def _refuse_features(event: yaml.NodeEvent, mark: Mark) -> None:
    if isinstance(event, yaml.AliasEvent):
        raise YamlFeature(f"the alias `*{event.anchor}` is not allowed; write the value out, "
                          "or put a text that begins with * between quotes", mark)
    if event.anchor is not None:
        raise YamlFeature(f"the anchor `&{event.anchor}` is not allowed; put a text that begins with & "
                          "between quotes", mark)
    tag = getattr(event, "tag", None)
    if tag is not None:
        raise YamlFeature(f"the tag `{tag}` is not allowed; put a text that begins with ! between quotes", mark)


def _refuse_characters(event: yaml.ScalarEvent, mark: Mark) -> None:
    """What may not stand in a file may not come in through YAML's escapes either."""
    bad = FORBIDDEN.search(event.value.replace("\r", "\x00"))
    if bad:
        at = event.value[bad.start()]
        raise ControlCharacter(f"the character U+{ord(at):04X} is not allowed, nor as an escape; delete it", mark)


def load(text: str, first_line: int = 1) -> Document:
    """Read one YAML document.

    ``first_line`` is the number of the text's first line in its file. Raises a :class:`Refusal`
    (:class:`YamlSyntax`, :class:`YamlFeature`, :class:`YamlDepth`, :class:`DuplicateKey`,
    :class:`ControlCharacter`, :class:`Encoding`) at the first fault.
    An empty document is an empty mapping. Time and memory are linear in the length of the text.
    """
    document = Document({})
    root: list[Any] = []
    # What is open: its container, its path, and for a mapping the key that waits for its value.
    stack: list[tuple[Any, Path, list[str]]] = []
    documents = 0
    for event, mark in _events(text, first_line):
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                raise YamlFeature("only one document is allowed; a line `---` or `...` begins another", mark)
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            stack.pop()
        elif isinstance(event, yaml.NodeEvent):
            _refuse_features(event, mark)
            if isinstance(event, yaml.ScalarEvent):
                _refuse_characters(event, mark)
            _place(event, mark, document, root, stack)
    return Document(root[0] if root else {}, document.values, document.keys)


def _place(event: yaml.NodeEvent, mark: Mark, document: Document, root: list[Any],
           stack: list[tuple[Any, Path, list[str]]]) -> None:
    """Put a new scalar, list or mapping into what is open, and open it if it can hold something."""
    container, path, waiting = stack[-1] if stack else (root, (), [])
    if isinstance(container, dict) and not waiting:
        _begin_pair(event, mark, document, container, path, waiting)
        return
    here: Path = () if not stack else (*path, waiting.pop() if isinstance(container, dict) else len(container))
    value: Any = event.value if isinstance(event, yaml.ScalarEvent) else (
        {} if isinstance(event, yaml.MappingStartEvent) else [])
    if not isinstance(value, str):
        if len(stack) >= MAX_DEPTH:
            raise YamlDepth(f"fields are nested deeper than {MAX_DEPTH}", mark)
        stack.append((value, here, []))
    document.values[here] = mark
    if isinstance(container, dict):
        container[here[-1]] = value
    else:
        container.append(value)


def _begin_pair(event: yaml.NodeEvent, mark: Mark, document: Document, mapping: dict[str, Any], path: Path,
                waiting: list[str]) -> None:
    if not isinstance(event, yaml.ScalarEvent):
        raise YamlFeature("a field's name must be a plain word", mark)
    key = event.value
    if key == "<<" and event.implicit[0]:
        raise YamlFeature("the merge key `<<` is not allowed; write the fields out", mark)
    if key in mapping:
        first = document.keys[(*path, key)]
        raise DuplicateKey(f"`{key}` stands twice, first in line {first.line}; keep one of them", mark)
    document.keys[(*path, key)] = mark
    waiting.append(key)


__all__ = ["MAX_DEPTH", "Document", "Path", "Refusal", "load"]
