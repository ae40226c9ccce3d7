"""Small indexes in memory, for as long as one build takes: what is nearest to a record, what shares its words.

Whoosh's models say what stands out and how near something is; the postings are Python's own, for an index of Whoosh's
in memory takes four times as long to fill.

In: a :class:`~safecities.catalogue.Catalogue`, or rows of terms. Out: ids, weights, pairs.
"""

import functools
import heapq
import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping

from safecities import analysis
from safecities.catalogue import Catalogue
from safecities.documents import KINDS, pages, telling
from safecities.index.engine import whoosh

_KEY_TERMS = 30

_B, _K1 = 0.75, 1.2
"""How much length and frequency count: Whoosh's defaults."""


class Nearest:
    """Which documents are most like another, by its key terms; made in memory, for as long as one build takes.

    Everything is read in the site's default language, so the answers are the same in every language of the site:
    where a translation is missing, or is worded differently, what is near stays near. Of a record count title,
    summary, names and terms; of a guidance page, which has no terms, title, summary and body.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        found = tuple(pages(catalogue))
        self._ids = [page.id for _, page in found]
        self._kinds = [kind for kind, _ in found]
        self._numbers = {name: number for number, name in enumerate(self._ids)}
        self._words = _telling_terms(telling(catalogue, page, catalogue.site.default) for _, page in found)
        self._held: dict[str, set[str]] = defaultdict(set)
        for kind, terms in zip(self._kinds, self._words, strict=True):
            self._held[kind].update(terms)
        self._postings = _inverted(self._words)
        self._lengths = [sum(terms.values()) for terms in self._words]
        self._average = sum(self._lengths) / max(1, len(found))
        self._holding: dict[frozenset[str], frozenset[str]] = {}  # of kinds, the words that their documents hold
        self._model = whoosh.classify.Bo1Model(len(found), sum(self._lengths))
        # Pages share most of their terms: each is looked up and scored once.
        self._tells = functools.cache(self._told)
        self._scores = functools.cache(self._scored)

    def nearest(self, name: str, limit: int = 6, kinds: Collection[str] | None = None) -> list[str]:
        """The ids of the documents most like document ``name``, the likest first; never the document itself.

        ``kinds`` narrows them. An id that there isn't has none. As Whoosh's ``more_like``, which would score each
        term anew for every question: among 4,000 documents, that takes ten times as long.
        """
        number = self._numbers.get(name)
        if number is None or limit < 1:
            return []
        kinds = frozenset(self._held if kinds is None else kinds)
        sums = [0.0] * len(self._ids)
        for term, weight in self._key_terms(self._words[number], kinds):
            for other, score in self._scores(term):
                sums[other] += weight * score
        rows = ((-total, other) for other, total in enumerate(sums)
                if total and other != number and self._kinds[other] in kinds)
        return [self._ids[other] for _, other in heapq.nsmallest(limit, rows)]

    def key_terms(self, name: str) -> Mapping[str, float]:
        """The words that stand out in a record, and how much, as far as other records could have them."""
        return {term: weight for term, weight in self._key_terms(self._words[self._numbers[name]], KINDS[1:])
                if weight > 0}

    def _key_terms(self, words: Mapping[str, int], kinds: Collection[str]) -> list[tuple[str, float]]:
        """The words that stand out among all documents' words, and by how much (Whoosh's Bo1 model).

        Only words that documents of these kinds hold: others could find nothing.
        """
        wanted = frozenset(kinds)
        if wanted not in self._holding:
            self._holding[wanted] = frozenset().union(*(self._held[kind] for kind in wanted if kind in self._held))
        held = self._holding[wanted]
        rows = sorted((-self._tells(term, number), term) for term, number in words.items() if term in held)
        return [(term, -weight) for weight, term in rows[:_KEY_TERMS]]

    def _told(self, term: str, number: int) -> float:
        """How much a term tells of a document in which it stands so often, by how often it stands in all together."""
        weight: float = self._model.score(number, sum(self._postings[term][1::2]), 0)
        return weight

    def _scored(self, term: str) -> list[tuple[int, float]]:
        """The documents that hold a term, and its score in each (BM25, as Whoosh reckons it)."""
        held = self._postings[term]
        rarity = math.log(len(self._words) / (len(held) / 2 + 1)) + 1
        return [(number, whoosh.scoring.bm25(rarity, times, self._lengths[number], self._average, _B, _K1))
                for number, times in zip(held[::2], held[1::2], strict=True)]


def _inverted(rows: Iterable[Mapping[str, int]]) -> "Mapping[str, array[int]]":
    """For each term the rows that hold it: number and how often, number and how often …"""
    inverted: dict[str, array[int]] = defaultdict(functools.partial(array, "i"))
    for number, terms in enumerate(rows):
        for term, times in terms.items():
            inverted[term].extend((number, times))
    return inverted


def _telling_terms(found: Iterable[Mapping[str, tuple[str, str]]]) -> list[Mapping[str, int]]:
    """The terms of documents by which :class:`Nearest` compares, and how often each stands in one; of each document
    there are its fields, each with its language."""
    groups = functools.cache(functools.partial(analysis.Groups, forms={}))
    rows: list[Mapping[str, int]] = []
    for fields in found:
        terms: Counter[str] = Counter()
        for lang in dict.fromkeys(lang for _, lang in fields.values()):
            terms.update(groups(lang).count(" ".join(text for text, own in fields.values() if own == lang)))
        rows.append(terms)
    return rows
