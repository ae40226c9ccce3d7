"""The glossary in texts: where its terms stand, and what else they are called.

In: the glossary's terms and a language. Out: places in a text, names of terms. Knows neither HTML nor search: guidance
pages link terms at their first use (:mod:`safecities.termlinks`), search adds their other names to what a text can be
found by.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import ahocorasick_rs

from safecities.analysis import has_no_spaces
from safecities.vocabularies import Term

_PLURALS = {"en": "(?:s|es)?", "es": "(?:s|es)?", "fr": "(?:s|x)?", "pt": "(?:s|es)?"}
"""What may follow a name."""

_PREFIXES = {"ar": "(?:[وف]?(?:ال|لل|[بكل]ال|[بكل])|[وف])?"}
"""What may be written together with a name before it: in Arabic and, then the article or a preposition."""

_LONGEST_PREFIX = 4
"""How many letters that can be."""

_MANY = 5_000
"""Names for which the fast automaton would need more memory than it is worth: some 5 KB each."""


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
    """Finds terms in texts of one language.

    Where a name may begin is found by looking for the first words of all names at once (Aho and Corasick 1975); each
    such place is then looked at with care. Most words of a text begin none.
    """

    def __init__(self, terms: Mapping[str, Term], lang: str) -> None:
        base = lang.split("-")[0]
        self._terms: dict[str, tuple[str, ...]] = {}
        labels = [(written, name) for name, term in terms.items() for written in term.label.get(lang, "").split(" / ")]
        others = [(written, name) for name, term in terms.items() for written in term.synonyms.get(lang, ())]
        for written, name in ((written.strip().lower(), name) for written, name in (*labels, *others)):
            if written:
                # A name that is one term's label and another's synonym leads to the first of them first.
                self._terms[written] = tuple(dict.fromkeys((*self._terms.get(written, ()), name)))
        self._plural = _PLURALS.get(base, "")
        self._before = re.compile(rf"(?<!\w){_PREFIXES.get(base, '')}\Z")
        heads: dict[str, list[str]] = {}
        for written in self._terms:
            heads.setdefault(written if has_no_spaces(written) else written.split(" ")[0], []).append(written)
        self._beginning = list(heads.values())
        kind = ahocorasick_rs.Implementation.DFA if len(heads) <= _MANY else ahocorasick_rs.Implementation.ContiguousNFA
        self._heads = ahocorasick_rs.AhoCorasick(list(heads), implementation=kind)
        self._patterns: dict[str, re.Pattern[str]] = {}

    def find(self, text: str) -> Iterator[Found]:
        """All terms in a text, the longest name first where one is a part of another."""
        small = _small(text)  # to look for small letters takes half the time that ignoring their case takes
        heads = self._heads.find_matches_as_indexes(small, overlapping=True)
        if not heads:
            return
        places = {(start, written) for head, start, _ in heads for written in self._beginning[head]}
        at = 0
        for start, end, written in sorted(filter(None, (self._at(small, *place) for place in places)),
                                          key=lambda place: (place[0], -place[1], -len(place[2]))):
            if start >= at:
                at = end
                yield Found(start, end, self._terms[written])

    def _at(self, text: str, place: int, written: str) -> tuple[int, int, str] | None:
        """Where a name begins, with what it is written together with, and ends; None if it isn't at that place."""
        match = self._pattern(written).match(text, place)
        if match is None:
            return None
        if has_no_spaces(written):  # where no spaces are written, a name stands between any letters
            return place, match.end(), written
        before = self._before.search(text, max(0, place - _LONGEST_PREFIX), place)
        return (before.start(), match.end(), written) if before else None

    def _pattern(self, written: str) -> re.Pattern[str]:
        """A name as a pattern. In Romance languages each word of it has its plural: marches exploratoires."""
        if written not in self._patterns:
            together = has_no_spaces(written)
            words = [written] if together else written.split(" ")
            self._patterns[written] = re.compile(
                r"\ ".join(re.escape(word) + ("" if together else self._plural) for word in words)
                + ("" if together else r"(?!\w)"))
        return self._patterns[written]


def _small(text: str) -> str:
    """A text in small letters, each where it stood: there are capitals with more than one."""
    small = text.lower()
    return small if len(small) == len(text) else "".join(
        one if len(one.lower()) > 1 else one.lower() for one in text)


def names(term: Term, lang: str) -> Iterator[str]:
    """What a term is called: all its names in a language, and its label in every other one."""
    yield from term.label.values()
    yield from term.synonyms.get(lang, ())
