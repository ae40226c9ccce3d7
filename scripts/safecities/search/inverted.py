"""Documents turned inside out: from the forms of words to their groups, from groups to documents.

In: the documents of one language. Out: :class:`Inverted`. A group's impact on a document is the saturating
part of BM25F (Robertson, Zaragoza, Taylor 2004), between 0 and 1; how rare the group is, the reader's side
works out from the number of its documents.
"""

from collections.abc import Mapping, Sequence
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
    groups: dict[str, analysis.Groups] = {}
    counts: list[list[dict[str, int]]] = []
    for document in documents:
        fields = []
        for field in WEIGHTS:
            lang = document.field_lang(field)
            if lang not in groups:
                groups[lang] = analysis.Groups(lang, forms)
            fields.append(groups[lang].count(document.fields[field]))
        counts.append(fields)
    lengths = [[sum(count.values()) for count in fields] for fields in counts]
    averages = [_average(column) for column in zip(*lengths, strict=True)]
    postings: dict[str, list[int]] = {}
    for number, fields in enumerate(counts):
        sums = _sums(fields, lengths[number], averages)
        # Of a document's hundreds of sums, only some dozens differ.
        posting = {whole: pack(number, quantise(whole / (SATURATION + whole))) for whole in set(sums.values())}
        for group, whole in sums.items():
            if group in postings:
                postings[group].append(posting[whole])
            else:
                postings[group] = [posting[whole]]
    return Inverted({form: tuple(sorted(found)) for form, found in forms.items()}, postings)


def _sums(counts: Sequence[Mapping[str, int]], lengths: Sequence[int], averages: Sequence[float]) -> dict[str, float]:
    """How much each group counts in a document, over all fields; the last field (the body) is by far the longest."""
    sums: dict[str, float] = {}
    rows = list(zip(WEIGHTS.values(), counts, lengths, averages, strict=True))
    for weight, count, length, average in reversed(rows):
        if not length:
            continue
        norm = 1 - LENGTH_COUNTS + LENGTH_COUNTS * length / average
        each = [weight * times / norm for times in range(max(count.values()) + 1)]
        if not sums:
            sums = {group: each[times] for group, times in count.items()}
        else:
            for group, times in count.items():
                sums[group] = sums.get(group, 0.0) + each[times]
    return sums


def _average(lengths: Sequence[int]) -> float:
    """The average length of a field, in words, where there is any.

    Rounded to two digits, so that a change in one document doesn't move the impacts in all others.
    """
    filled = sum(map(bool, lengths))
    return float(f"{sum(lengths) / filled:.2g}") if filled else 1.0
