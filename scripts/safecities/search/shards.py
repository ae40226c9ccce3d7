"""An inverted index in pieces small enough that a reader loads only those of the words that are looked up.

In: :class:`~safecities.search.inverted.Inverted`. Out: :class:`Shard`: the forms that begin with certain
letters, their groups, and the postings of these. Each stands for itself: a group whose forms lie in two
shards has its postings in both.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from safecities.search import rice
from safecities.search.inverted import Inverted
from safecities.search.postings import Postings

TARGET = 18_000
"""About how many bytes a shard should have. One with a single long list can have more."""


@dataclass(frozen=True)
class Shard:
    """A piece of the index.

    ``first`` is where it begins: it holds the forms from ``first`` up to the next shard's, in the order of
    UTF-16 units, which is how browsers compare. ``groups[i]`` are the places in ``postings`` of what
    ``forms[i]`` leads to; places are given in the order in which forms need them. ``stems[i]`` is the stem behind
    ``postings[i]``.
    """

    first: str
    forms: tuple[str, ...]
    groups: tuple[tuple[int, ...], ...]
    stems: tuple[str, ...]
    postings: tuple[Postings, ...]

    def data(self) -> Mapping[str, str]:
        """The shard as its file holds it, strings all of them; those of several parts have spaces between.

        ``groups`` and ``cuts`` are in Rice's code (:mod:`safecities.search.rice`). ``groups`` has two columns: whether
        the row's form has a further one, and how many places before the first that no form has needed yet. ``cuts``:
        for each place, one more than the UTF-16 units that its first form has behind the stem; 0 where the form doesn't
        begin with the stem, which is the next in ``stems`` then.
        """
        rows: list[tuple[bool, int]] = []
        cuts: list[int] = []
        words: list[str] = []
        for form, places in zip(self.forms, self.groups, strict=True):
            for at, place in enumerate(places, 1):
                rows.append((at < len(places), len(cuts) - place))
                if place == len(cuts):
                    stem = self.stems[place]
                    cuts.append(len(units(form.removeprefix(stem))) // 2 + 1 if form.startswith(stem) else 0)
                    words += [] if cuts[-1] else [stem]
        return {"forms": " ".join(self.forms), "groups": _written(rows), "cuts": _written([(cut,) for cut in cuts]),
                "stems": " ".join(words), "numbers": " ".join(held.numbers for held in self.postings),
                "weights": " ".join(held.weights for held in self.postings)}


@dataclass(frozen=True)
class _Bucket:
    """Forms with the same first letters, and about how many bytes they need."""

    prefix: str
    forms: Sequence[str]
    size: int


def units(text: str) -> bytes:
    """A key that sorts texts as browsers do."""
    return text.encode("utf-16-be", "surrogatepass")


def cut(index: Inverted, target: int = TARGET) -> tuple[Shard, ...]:
    """Cut an index where the first letters of its forms change, into shards of about ``target`` bytes."""
    encoded = index.postings
    shards: list[list[_Bucket]] = []
    room = 0
    for bucket in _buckets(sorted(index.forms, key=units), 1, index, encoded, target):
        if not shards or bucket.size > room:
            shards.append([])
            room = target
        shards[-1].append(bucket)
        room -= bucket.size
    return tuple(_shard(number, found, index, encoded) for number, found in enumerate(shards))


def _buckets(forms: Sequence[str], depth: int, index: Inverted, encoded: Mapping[str, Postings],
             target: int) -> Iterator[_Bucket]:
    for prefix, found in groupby(forms, key=lambda form: form[:depth]):
        same = list(found)
        groups = {group for form in same for group in index.forms[form]}
        size = sum(len(form.encode()) + 2 for form in same) + sum(2 + sum(map(len, encoded[group])) for group in groups)
        if size > target and len(same) > 1:
            yield from _buckets(same, depth + 1, index, encoded, target)
        else:
            yield _Bucket(prefix, same, size)


def _shard(number: int, buckets: Sequence[_Bucket], index: Inverted, encoded: Mapping[str, Postings]) -> Shard:
    forms = tuple(form for bucket in buckets for form in bucket.forms)
    places: dict[str, int] = {}
    groups = tuple(tuple(places.setdefault(group, len(places)) for group in index.forms[form])
                   for form in forms)
    first = buckets[0].prefix if number else ""
    return Shard(first, forms, groups, tuple(places), tuple(encoded[group] for group in places))


def _written(rows: Sequence[tuple[int, ...]]) -> str:
    return rice.encode(np.array(rows, dtype=np.int64), np.zeros(1, dtype=np.int64))[0]
