"""Documents turned inside out: from the forms of words to their groups, from groups to documents.

In: the documents of one language. Out: :class:`Inverted`. A group's impact on a document is the saturating
part of BM25F (Robertson, Zaragoza, Taylor 2004), between 0 and 1; how rare the group is, the reader's side
works out from the number of its documents.
"""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from safecities import analysis
from safecities.documents import WEIGHTS, Document
from safecities.search.postings import pack, quantise

SATURATION = 2.5
"""BM25's k1: how slowly repetition stops to count. Above the usual 1.2, since the fields' weights add up."""

LENGTH_COUNTS = 0.6
"""BM25's b: how much the length of a field, against the average, takes from each occurrence."""


@dataclass(frozen=True)
class Inverted:
    """``forms``: form -> its groups, sorted; ``postings``: group -> its postings, packed, by document number."""

    forms: Mapping[str, tuple[str, ...]]
    postings: Mapping[str, Sequence[int]]


def invert(documents: Sequence[Document]) -> Inverted:
    """Turn documents inside out; a document's number is its place in the sequence."""
    forms: dict[str, set[str]] = {}
    counts = list(_counts(documents, forms))
    lengths = {field: [count[field].total() for count in counts] for field in WEIGHTS}
    averages = {field: sum(found) / max(1, sum(map(bool, found))) for field, found in lengths.items()}
    postings: dict[str, array[int]] = defaultdict(lambda: array("I"))  # four bytes each: there are millions
    for number, fields in enumerate(counts):
        weights: dict[str, float] = {}
        for field, count in fields.items():
            if not count:
                continue
            norm = 1 - LENGTH_COUNTS + LENGTH_COUNTS * lengths[field][number] / averages[field]
            weight = {times: WEIGHTS[field] * times / norm for times in set(count.values())}
            found = {group: weight[times] for group, times in count.items()}
            for group, before in weights.items():
                found[group] = before + found.get(group, 0.0)
            weights = found
        # Of a document's hundreds of weights, only some dozens differ.
        posting = {weight: pack(number, quantise(weight / (SATURATION + weight))) for weight in set(weights.values())}
        for group, whole in weights.items():
            postings[group].append(posting[whole])
    return Inverted({form: tuple(sorted(groups)) for form, groups in forms.items()}, postings)


def _counts(documents: Iterable[Document], forms: dict[str, set[str]]) -> Iterator[dict[str, Counter[str]]]:
    """How often each group stands in each field of each document; the forms on the way are noted."""
    groups: dict[str, analysis.Groups] = {}
    for document in documents:
        counts = {}
        for field in WEIGHTS:
            lang = document.field_lang(field)
            if lang not in groups:
                groups[lang] = analysis.Groups(lang, forms)
            counts[field] = Counter(groups[lang].of(document.fields[field]))
        yield counts
