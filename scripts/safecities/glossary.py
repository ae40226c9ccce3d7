"""The glossary in texts: where its terms stand, and what else they are called.

In: the glossary's terms and a language. Out: places in a text, names of terms. Knows neither HTML nor search: guidance
pages link terms at their first use (:mod:`safecities.termlinks`), search adds their other names to what a text can be
found by.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import takewhile

from safecities.analysis import has_no_spaces
from safecities.vocabularies import Term

_PLURALS = {"en": "(?:s|es)?", "es": "(?:s|es)?", "fr": "(?:s|x)?", "pt": "(?:s|es)?"}
"""What may follow a name."""

_PREFIXES = {"ar": "(?:[وف]?(?:ال|لل|[بكل]ال|[بكل])|[وف])?"}
"""What may be written together with a name before it: in Arabic and, then the article or a preposition."""


@dataclass(frozen=True)
class Found:
    """A term in a text; ``start`` and ``end`` are offsets in characters.

    ``terms`` are all that have this name, ``term`` being the first of them: that whose label it is, if there is one.
    """

    start: int
    end: int
    terms: tuple[str, ...]

    @property
    def term(self) -> str:
        """The term that the name stands for above all."""
        return self.terms[0]


class Finder:
    """Finds terms in texts of one language."""

    def __init__(self, terms: Mapping[str, Term], lang: str) -> None:
        base = lang.split("-")[0]
        self._terms: dict[str, tuple[str, ...]] = {}
        labels = [(written, name) for name, term in terms.items() for written in term.label.get(lang, "").split(" / ")]
        others = [(written, name) for name, term in terms.items() for written in term.synonyms.get(lang, ())]
        for written, name in (*labels, *others):
            if written:
                # A name that is one term's label and another's synonym leads to the first of them first.
                self._terms[written.lower()] = tuple(dict.fromkeys((*self._terms.get(written.lower(), ()), name)))
        plural = _PLURALS.get(base, "")
        self._parts = {written: _parts(written, plural) for written in self._terms}
        apart = _any([parts for written, parts in self._parts.items() if not has_no_spaces(written)])
        within = _any([parts for written, parts in self._parts.items() if has_no_spaces(written)])
        whole = rf"(?<!\w){_PREFIXES.get(base, '')}({apart})(?!\w)" if apart else ""
        # Where no spaces are written, a name stands between any letters.
        patterns = [pattern for pattern in (whole, f"({within})" if within else "") if pattern]
        self._pattern = re.compile("|".join(patterns)) if patterns else None
        self._longest_first = sorted(self._parts, key=lambda written: (-len(written), written))
        self._alone: dict[str, re.Pattern[str]] = {}

    def find(self, text: str) -> Iterator[Found]:
        """All terms in a text, the longest name first where one is a part of another."""
        at, small = 0, _small(text)  # to look for small letters takes half the time that ignoring their case takes
        while self._pattern and (match := self._pattern.search(small, at)):
            written, at = self._longest(small, match.start(match.lastindex or 0))
            yield Found(match.start(), at, self._terms[written])

    def _longest(self, text: str, start: int) -> tuple[str, int]:
        """The longest name that stands at a place, and where it ends, which may be in the plural."""
        return next((written, match.end()) for written in self._longest_first
                    if (match := self._by_itself(written).match(text, start)))

    def _by_itself(self, written: str) -> re.Pattern[str]:
        if written not in self._alone:
            end = "" if has_no_spaces(written) else r"(?!\w)"
            self._alone[written] = re.compile("".join(self._parts[written]) + end)
        return self._alone[written]


def _small(text: str) -> str:
    """A text in small letters, each where it stood: there are capitals with more than one."""
    small = text.lower()
    return small if len(small) == len(text) else "".join(
        one if len(one.lower()) > 1 else one.lower() for one in text)


_DEEPEST = 20
"""Branches of branches from which on names stand one after the other: names of people's making have fewer."""

_Parts = tuple[str, ...]
"""A name as parts of a regular expression: a letter each, and what may follow a word."""


def _parts(written: str, plural: str) -> _Parts:
    """The parts of a name. In Romance languages each word of it has its plural: marches exploratoires."""
    if has_no_spaces(written):
        return tuple(map(re.escape, written))
    return tuple(part for at, word in enumerate(written.split(" "))
                 for part in (*(r"\ " if at else ""), *map(re.escape, word), *([plural] if plural else ())))


def _any(names: Iterable[_Parts], deep: int = 0) -> str:
    """A regular expression for any of some names, as a tree of what they begin with.

    With one name after the other, each word of a text would be compared with all of them.
    """
    found = list(names)
    if deep > _DEEPEST:
        return f"(?:{'|'.join(map(''.join, found))})"
    common = [parts[0] for parts in takewhile(lambda parts: len(set(parts)) == 1, zip(*found, strict=False))]
    heads: dict[str, list[_Parts]] = {}
    for name in found:
        rest = name[len(common) :]
        heads.setdefault(rest[0] if rest else "", []).append(rest)
    ends = heads.pop("", None) is not None
    branches = "|".join(_any(heads[head], deep + 1) for head in sorted(heads))
    return "".join(common) + (f"(?:{branches}){'?' if ends else ''}" if branches else "")


def names(term: Term, lang: str) -> Iterator[str]:
    """What a term is called: all its names in a language, and its label in every other one."""
    yield from term.label.values()
    yield from term.synonyms.get(lang, ())
