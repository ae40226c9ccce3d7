"""The glossary in texts: where its terms stand, and what else they are called.

In: the glossary's terms and a language. Out: places in a text, names of terms. Knows neither HTML nor search: guidance
pages link terms at their first use (:mod:`safecities.termlinks`), search adds their other names to what a text can be
found by.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

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
        # In Romance languages each word of a name has its plural: marches exploratoires.
        self._patterns = {
            written: re.escape(written) if has_no_spaces(written)
            else f"{plural} ".join(map(re.escape, written.split(" "))) + plural
            for written in sorted(self._terms, key=lambda written: (-len(written), written))}
        apart = "|".join(pattern for written, pattern in self._patterns.items() if not has_no_spaces(written))
        within = "|".join(pattern for written, pattern in self._patterns.items() if has_no_spaces(written))
        whole = rf"(?<!\w){_PREFIXES.get(base, '')}({apart})(?!\w)" if apart else ""
        # Where no spaces are written, a name stands between any letters.
        patterns = [pattern for pattern in (whole, f"({within})" if within else "") if pattern]
        self._pattern = re.compile("|".join(patterns), re.IGNORECASE) if patterns else None
        self._named: dict[str, tuple[str, ...]] = {}

    def find(self, text: str) -> Iterator[Found]:
        """All terms in a text, the longest name first where one is a part of another."""
        for match in self._pattern.finditer(text) if self._pattern else ():
            yield Found(match.start(), match.end(), self._of(match[match.lastindex or 1]))

    def _of(self, found: str) -> tuple[str, ...]:
        """The terms that a piece of text names, which may be in the plural."""
        if found not in self._named:
            self._named[found] = next(self._terms[written] for written, pattern in self._patterns.items()
                                      if re.fullmatch(pattern, found, re.IGNORECASE))
        return self._named[found]


def names(term: Term, lang: str) -> Iterator[str]:
    """What a term is called: all its names in a language, and its label in every other one."""
    yield from term.label.values()
    yield from term.synonyms.get(lang, ())
