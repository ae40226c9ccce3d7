"""Documents turned inside out: from the forms of words to their groups, from groups to documents.

In: the documents of one language. Out: :class:`Inverted`. A group's impact on a document is the saturating
part of BM25F (Robertson, Zaragoza, Taylor 2004), between 0 and 1; how rare the group is, the reader's side
works out from the number of its documents.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from safecities import analysis
from safecities.documents import WEIGHTS, Document
from safecities.search.postings import quantise

SATURATION = 2.5
"""BM25's k1: how slowly repetition stops to count. Above the usual 1.2, since the fields' weights add up."""

LENGTH_COUNTS = 0.6
"""BM25's b: how much the length of a field, against the average, takes from each occurrence."""


@dataclass(frozen=True)
class Inverted:
    """``forms``: form -> its groups, sorted; ``postings``: group -> numbered documents with impacts."""

    forms: Mapping[str, tuple[str, ...]]
    postings: Mapping[str, tuple[tuple[int, int], ...]]


def invert(documents: Sequence[Document]) -> Inverted:
    """Turn documents inside out; a document's number is its place in the sequence."""
    forms: dict[str, set[str]] = defaultdict(set)
    counts = [{field: _count(document, field, forms) for field in WEIGHTS} for document in documents]
    lengths = {field: [count[field].total() for count in counts] for field in WEIGHTS}
    averages = {field: sum(found) / max(1, sum(map(bool, found))) for field, found in lengths.items()}
    postings: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for number, fields in enumerate(counts):
        weights: dict[str, float] = defaultdict(float)
        for field, count in fields.items():
            if not count:
                continue
            norm = 1 - LENGTH_COUNTS + LENGTH_COUNTS * lengths[field][number] / averages[field]
            for group, times in count.items():
                weights[group] += WEIGHTS[field] * times / norm
        for group, weight in weights.items():
            postings[group].append((number, quantise(weight / (SATURATION + weight))))
    return Inverted({form: tuple(sorted(groups)) for form, groups in forms.items()},
                    {group: tuple(found) for group, found in postings.items()})


def _count(document: Document, field: str, forms: dict[str, set[str]]) -> Counter[str]:
    """How often each group stands in a field; the forms on the way are noted."""
    counter: Counter[str] = Counter()
    for token in analysis.tokens(document.fields[field], document.field_lang(field)):
        counter.update(set(token.groups))
        for form, group in zip(token.forms, token.groups, strict=True):
            forms[form].add(group)
    return counter
