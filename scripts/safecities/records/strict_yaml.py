"""YAML read as plain data: mappings, lists, and every scalar a string.

In: a text. Out: the data and where each of its parts stands. Types come from the schema alone, so that ``NO`` is
Norway and ``1.10`` stays ``1.10``. The text is read as a stream of libyaml's events and never as a tree of nodes:
there is nothing that a hostile document could make grow, and the place of every part is at hand when it is needed.
"""

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml
from yaml.cyaml import CParser  # type: ignore[attr-defined]

from safecities.problems import shown
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
from safecities.records.remedies import HARD_SPACES, UNCLOSED, in_plain_words

MAX_DEPTH = 6

MOST = 200
"""How many faults of one text are told: more of them come of one mistake, or of intent."""

_GLUED = "a comment needs a space before its #; a text that holds # goes between double quotes as a whole"

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Places:
    """The :class:`Mark` of each value and of each key by its path.

    The path of the second language of ``versions`` is ``("versions", 1, "language")``; the document's is ``()``.
    """

    values: dict[Path, Mark] = field(default_factory=dict)
    keys: dict[Path, Mark] = field(default_factory=dict)


@dataclass(frozen=True)
class Document:
    """Data as written: strings, lists, dicts. Places are found when asked for: most documents have no fault.

    ``refusals`` is all that was refused on the way; what is wrong at a ``damaged`` path or below it follows from that.
    """

    data: Any
    text: str
    first_line: int
    refusals: tuple[Refusal, ...] = ()
    damaged: frozenset[Path] = frozenset()

    @property
    def sound(self) -> bool:
        """Whether nothing was refused."""
        return not self.refusals

    @functools.cached_property
    def places(self) -> Places:
        """Where each part stands."""
        return places(self.text, self.first_line)


def _events(text: str, first_line: int) -> Iterator[Any]:
    if not text.endswith("\n"):
        text += "\n"  # else libyaml takes a last line of blanks in a block for a part of its text
    careful = _Careful(text, first_line) if "#" in text or "?" in text else None
    try:
        parser: Any = CParser(text)
    except UnicodeEncodeError as error:
        raise Encoding(f"the lone surrogate U+{ord(text[error.start]):04X} is no character",
                       Mark(first_line, 1)) from None
    try:
        for event in iter(parser.get_event, None):
            if careful is not None:
                careful.look(event)
            yield event
    except yaml.MarkedYAMLError as error:
        raise _syntax(error, text, first_line) from None
    except yaml.YAMLError as error:
        raise YamlSyntax(str(error).splitlines()[0], Mark(first_line, 1)) from None
    finally:
        parser.dispose()


def _syntax(error: yaml.MarkedYAMLError, text: str, first_line: int) -> YamlSyntax:
    """libyaml's error as a refusal for people."""
    problem = error.problem or str(error)
    marks = (error.problem_mark, error.context_mark)
    place = next(filter(None, marks[::-1] if problem in UNCLOSED else marks), None)
    line, column = (place.line, place.column) if place else (0, 0)
    began = error.context_mark.line if error.context_mark else line
    words, line, column = in_plain_words(problem, text.split("\n"), line, column, began)
    return YamlSyntax(words, Mark(line + first_line, column + 1))


class _Careful:
    """Refuses what libyaml, which follows YAML 1.1, would read otherwise than YAML 1.2 says, without a word.

    A ``#`` is a comment only behind white space, so that ``"a"#b`` is a fault and no ``a``; and ``[?x]`` is a text that
    begins with a question mark, not the field ``x``.
    """

    _HEADER = re.compile(r"[|>][-+0-9]*#")
    _BEGINNINGS = (yaml.ScalarEvent, yaml.SequenceStartEvent, yaml.MappingStartEvent)

    def __init__(self, text: str, first_line: int) -> None:
        self._text = text
        self._first_line = first_line
        self._end = 0

    def look(self, event: Any) -> None:
        """Look at an event and at what stands between it and the one before; raises :class:`YamlSyntax`."""
        start, end = event.start_mark.index, event.end_mark.index
        between = self._text[self._end : start]
        if "#" in between:
            self._look_between(between)
        if type(event) in self._BEGINNINGS and self._text[start - 1 : start] == "?":
            self._refuse("a text that begins with ? here goes between double quotes", start - 1)
        if type(event) is yaml.ScalarEvent and self._HEADER.match(self._text, start):
            self._refuse(_GLUED, self._text.index("#", start))
        self._end = max(self._end, end)

    def _look_between(self, between: str) -> None:
        at = self._end
        for line in between.split("\n"):
            sign = at + line.find("#")
            if sign >= at and self._text[max(0, sign - 1) : sign].strip():
                self._refuse(_GLUED, sign)
            at += len(line) + 1

    def _refuse(self, message: str, at: int) -> None:
        line = self._text.count("\n", 0, at)
        raise YamlSyntax(message, Mark(line + self._first_line, at - self._text.rfind("\n", 0, at)))


def load(text: str, first_line: int = 1) -> Document:
    """Read one YAML document.

    ``first_line`` is the number of the text's first line in its file. Raises a :class:`Refusal`
    (:class:`YamlSyntax`, :class:`YamlFeature`, :class:`YamlDepth`, :class:`DuplicateKey`,
    :class:`ControlCharacter`, :class:`Encoding`) at the first fault.
    An empty document is an empty mapping. Time and memory are linear in the length of the text.
    """
    document = read(text, first_line)
    if document.refusals:
        raise document.refusals[0]
    return document


def read(text: str, first_line: int = 1) -> Document:
    """The same, for people: goes on after a fault where it can, so that all are told at once.

    ``data`` is None where a fault was such that nothing behind it can be understood.
    """
    builder = _Builder(first_line, None)
    try:
        data = builder.build(text)
    except Refusal as refusal:
        return Document(None, text, first_line, (*builder.refusals, refusal))
    return Document(data, text, first_line, tuple(builder.refusals), frozenset(builder.damaged))


def places(text: str, first_line: int = 1) -> Places:
    """Where each part of a document stands; for a text that :func:`read` understands."""
    found = Places()
    _Builder(first_line, found).build(text)
    return found


@dataclass
class _Open:
    """A list or mapping that is open, its path; in a mapping the lines of its keys, and the key that waits.

    ``kept`` says whether the value of that key goes into the mapping: that of a key which is refused doesn't.
    """

    container: Any
    path: Path
    lines: dict[str, int] = field(default_factory=dict)
    key: str | None = None
    kept: bool = True


class _Builder:
    """Builds data from events. Notes the place of each part, if that is wanted: it takes as long again."""

    def __init__(self, first_line: int, noted: Places | None) -> None:
        self._first_line = first_line
        self._noted = noted
        self._root: list[Any] = []
        self._open: list[_Open] = []
        self._documents = 0
        self._hard = False
        self.refusals: list[Refusal] = []
        self.damaged: set[Path] = set()

    def build(self, text: str) -> Any:
        """The data of a text. Notes what it refuses; raises a :class:`Refusal` where it cannot go on."""
        self._hard = any(space in text for space in HARD_SPACES)
        # Only an escape can bring in what doesn't stand in the text itself.
        doubtful = self._hard or "\\" in text or "\r" in text or FORBIDDEN.search(text) is not None
        for event in _events(text, self._first_line):
            kind = type(event)
            if kind is yaml.ScalarEvent:
                self._refuse_features(event)
                self._place(event, event.value, doubtful and self._spoilt(event))
            elif kind is yaml.SequenceStartEvent:
                self._refuse_features(event)
                self._place(event, [])
            elif kind is yaml.MappingStartEvent:
                self._refuse_features(event)
                self._place(event, {})
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                self._open.pop()
            elif kind is yaml.AliasEvent:
                self._note(YamlFeature(f"the alias {shown(f'*{event.anchor}')} is not allowed; write the value out, "
                                       "or put a text that begins with * between quotes", self._mark(event)))
                self._place(event, f"*{event.anchor}", damaged=True)
            elif kind is yaml.DocumentStartEvent:
                self._documents += 1
                if self._documents > 1:
                    raise YamlFeature("only one document is allowed; a line `---` or `...` begins another",
                                      self._mark(event))
        return self._root[0] if self._root else {}

    def _mark(self, event: Any) -> Mark:
        return Mark(event.start_mark.line + self._first_line, event.start_mark.column + 1)

    def _note(self, refusal: Refusal) -> None:
        self.refusals.append(refusal)
        if len(self.refusals) >= MOST:
            raise YamlSyntax(f"{MOST} faults were found up to here; mend them before the rest is read", refusal.mark)

    def _refuse_features(self, event: Any) -> None:
        if event.anchor is not None:
            self._note(YamlFeature(f"the anchor {shown(f'&{event.anchor}')} is not allowed; put a text that begins "
                                   "with & between quotes", self._mark(event)))
        if event.tag is not None:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")  # as it was written
            self._note(YamlFeature(f"the tag {shown(tag)} is not allowed; put a text that begins with ! between "
                                   "quotes", self._mark(event)))

    def _spoilt(self, event: Any) -> bool:
        """Whether a scalar holds what it may not; that is noted."""
        before = len(self.refusals)
        # What may not stand in a file may not come in through YAML's escapes either.
        for bad in sorted({*FORBIDDEN.findall(event.value), *("\r" if "\r" in event.value else "")}):
            self._note(ControlCharacter(f"the character U+{ord(bad):04X} is not allowed, nor as an escape; delete it",
                                        self._mark(event)))
        if self._hard and not event.style and event.value.strip(HARD_SPACES) != event.value:
            self._note(YamlSyntax("a non-breaking space stands at an end of this, as word processors write it; put an "
                                  "ordinary space in its place", self._mark(event)))
        return len(self.refusals) > before

    def _place(self, event: Any, value: Any, damaged: bool = False) -> None:
        """Put a new scalar, list or mapping into what is open, and open it if it can hold something."""
        top = self._open[-1] if self._open else None
        if top is not None and type(top.container) is dict:
            if top.key is None:
                self._begin_pair(event, value, top, damaged)
                return
            here: Path = (*top.path, top.key)
        else:
            here = (*top.path, len(top.container)) if top else ()
        if type(value) is not str:
            if len(self._open) >= MAX_DEPTH:
                raise YamlDepth(f"fields are nested deeper than {MAX_DEPTH}", self._mark(event))
            self._open.append(_Open(value, here))
        if damaged:
            self.damaged.add(here)
        if self._noted is not None:
            self._noted.values.setdefault(here, self._mark(event))
        if top is None:
            self._root.append(value)
        elif top.key is not None:
            if top.kept:
                top.container[top.key] = value
            top.key = None
        else:
            top.container.append(value)

    def _begin_pair(self, event: Any, key: Any, mapping: _Open, damaged: bool) -> None:
        if type(key) is not str:
            raise YamlFeature("a field's name must be a plain word", self._mark(event))
        mapping.key, mapping.kept = key, not damaged
        if damaged:
            return
        if key == "<<" and getattr(event, "implicit", (False,))[0]:
            mapping.kept = False
            self._note(YamlFeature("the merge key `<<` is not allowed; write the fields out", self._mark(event)))
        elif key in mapping.container:
            mapping.kept = False
            self._note(DuplicateKey(f"{shown(key)} stands twice, first in line {mapping.lines[key]}; keep one of them",
                                    self._mark(event)))
        else:
            mapping.lines[key] = event.start_mark.line + self._first_line
            if self._noted is not None:
                self._noted.keys.setdefault((*mapping.path, key), self._mark(event))


__all__ = ["MAX_DEPTH", "Document", "Path", "Places", "Refusal", "load", "places", "read"]
