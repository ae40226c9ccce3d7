"""Which records belong together, and why.

In: a catalogue, and the words that stand out in each record (:class:`~safecities.index.Nearest`). Out: for each record
its :class:`Relation` s: the records that its page names, each with the reasons. Those that editors have written
(``related``) come first, the rest is found. Everything rests on ids and on the site's default language, so that the
answers are the same in every language, and no record is ever related to a translation of itself.

A record is a vector of three parts: the words that stand out in it (Whoosh's key terms), what it is about and where
(terms, place, countries, organisations), and the guidance pages that point to it. What few records have counts for
more. The first two parts have the length 1; of the third, a page that points to n records counts 1/n. How near two
records are is the product of their vectors, the parts weighted as :data:`PARTS` says.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple, cast

from safecities import cache, schema
from safecities.catalogue import Catalogue, Entry
from safecities.keys import Keys

if TYPE_CHECKING:
    from safecities.index import Nearest

MOST = 6
"""So many records a page names, or more if editors have written more."""

LEAST = 0.1
"""What is less near than this is not named."""

PARTS = {"words": 0.7, "terms": 0.2, "cited": 0.1}
"""How much each part of a record counts (tests/search/relevance/README.md says how that was chosen)."""

MOST_REASONS = 3
"""So many reasons are given, the best ones."""

WRITTEN, CITED, WORDS = "written", "cited", "words"


class Reason(NamedTuple):
    """Why two records are named together: ``kind`` says what they have in common, ``value`` which.

    Kinds are :data:`WRITTEN` (an editor says so), :data:`CITED` (a guidance page points to both), :data:`WORDS` (the
    same words stand out), ``place``, ``countries``, ``organisations`` and the vocabularies' names.
    """

    kind: str
    value: str = ""


class Relation(NamedTuple):
    """Another record, and why it is named: at least one reason."""

    id: str
    reasons: tuple[Reason, ...]


Relations = Mapping[str, tuple[Relation, ...]]
"""The relations of each record, by its id; the nearest first, but those that editors have written before all."""

_Feature = str | Reason
"""What records may have in common: a word by itself, for there are many, or anything else as the reason it may be."""

_Row = Mapping[_Feature, float]


def kept(catalogue: Catalogue, keys: Keys, nearest: Callable[[], "Nearest"]) -> Relations:
    """The relations of all records; those of the run before, if nothing that they rest on has changed.

    ``nearest`` is asked only if they must be found anew.
    """
    path, key = catalogue.site.cache_dir / "relations.json", keys.relations()
    old = cache.read(path) or {}
    if old.get("key") != key:
        found = find(catalogue, nearest())
        cache.write(path, {"key": key, "found": found})
        return found
    return {name: tuple(Relation(other, tuple(Reason(*reason) for reason in reasons)) for other, reasons in rows)
            for name, rows in old["found"].items()}


def find(catalogue: Catalogue, nearest: "Nearest") -> Relations:
    """The relations of all records."""
    entries = tuple(catalogue.entries.values())
    numbers = {entry.id: number for number, entry in enumerate(entries)}
    rows = _rows(entries, nearest)
    found = {}
    for entry, row, near in zip(entries, rows, likest(rows), strict=True):
        written = [numbers[name] for name in entry.related]
        others = [*written, *(number for number in near if number not in written)][: max(MOST, len(written))]
        found[entry.id] = tuple(Relation(entries[number].id, _reasons(row, rows[number], number in written))
                                for number in others)
    return found


def _rows(entries: Sequence[Entry], nearest: "Nearest") -> list[_Row]:
    """Each record as a vector of what others may have in common with it."""
    words = cast("list[_Row]", [nearest.key_terms(entry.id) for entry in entries])
    terms = _by_rarity([tuple(_terms(entry)) for entry in entries], lambda share: math.log(1 / share))
    cited = _by_rarity([[Reason(CITED, page) for page in entry.cited_in] for entry in entries],
                       lambda share: math.sqrt(1 / (share * len(entries))))
    parts = (("words", map(_unit, words)), ("terms", map(_unit, terms)), ("cited", cited))
    scaled = [[_times(row, math.sqrt(PARTS[name])) for row in part] for name, part in parts]
    return [{**one, **other, **third} for one, other, third in zip(*scaled, strict=True)]


def _terms(entry: Entry) -> Iterator[Reason]:
    """What a record is about, who made it, and where."""
    fields = entry.fields
    for name in (*schema.VOCABULARY_FIELDS, "countries", "organisations"):
        yield from (Reason(name, value) for value in getattr(fields, name, ()) if value != "unknown")
    if fields.place:
        yield Reason("place", fields.place)


def _by_rarity(rows: Sequence[Iterable[Reason]], weight: Callable[[float], float]) -> list[_Row]:
    """What records share with others, weighted by the share of the records that have it; the rest tells nothing."""
    held = Counter(reason for row in rows for reason in dict.fromkeys(row))
    return [{reason: weight(held[reason] / len(rows)) for reason in row if held[reason] > 1} for row in rows]


def _unit(row: _Row) -> _Row:
    """A vector of the same direction and the length 1, or of length 0."""
    length = math.hypot(*row.values())
    return _times(row, 1 / length) if length else {}


def _times(row: _Row, factor: float) -> _Row:
    return {feature: weight * factor for feature, weight in row.items()}


def likest(rows: Sequence[_Row]) -> Iterator[list[int]]:
    """Of each row the numbers of those that are nearest to it, :data:`MOST` at most, never the row itself."""
    import numpy as np  # takes a while to load, and where nothing has changed nobody needs it

    named: dict[_Feature, int] = {}
    lengths = np.fromiter(map(len, rows), np.int64, len(rows))
    features = np.fromiter((named.setdefault(feature, len(named)) for row in rows for feature in row), np.int64)
    weights = np.fromiter(chain.from_iterable(row.values() for row in rows), np.float64)
    ends = np.cumsum(lengths)
    # The same again, one after the other: which rows have it, and with what weight.
    order = np.argsort(features, kind="stable")
    holders, held = np.repeat(np.arange(len(rows)), lengths)[order], weights[order]
    times = np.bincount(features, minlength=len(named))
    first = np.cumsum(times) - times
    for number, end in enumerate(ends.tolist()):
        own = slice(end - len(rows[number]), end)
        several = times[features[own]]
        starts = first[features[own]] - np.cumsum(several) + several
        places = np.repeat(starts, several) + np.arange(several.sum())
        sums = np.bincount(holders[places], np.repeat(weights[own], several) * held[places], minlength=len(rows))
        sums[number] = 0
        near = np.flatnonzero(sums >= LEAST)
        # Rounded, for sums of fractions depend on the order in which they are made.
        yield near[np.argsort(-sums[near].round(9), kind="stable")][:MOST].tolist()


def _reasons(one: _Row, other: _Row, written: bool) -> tuple[Reason, ...]:
    """The best of what two records have in common, beginning with what people have said of them."""
    words, shared = 0.0, {}
    for feature, weight in one.items():
        if feature in other:
            if isinstance(feature, Reason):
                shared[feature] = weight * other[feature]
            else:
                words += weight * other[feature]
    # Whom a work is useful for says little by itself.
    ranked = sorted(shared, key=lambda reason: (reason.kind == "audiences", -shared[reason], reason))
    cited = [reason for reason in ranked if reason.kind == CITED][:1]
    terms = [reason for reason in ranked if reason.kind != CITED]
    told = [*([Reason(WRITTEN)] if written else ()), *cited, *terms][:MOST_REASONS]
    if not told or (len(told) < MOST_REASONS and words > sum(shared.values())):
        told.append(Reason(WORDS))
    return tuple(told)
