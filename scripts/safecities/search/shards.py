"""An inverted index in pieces small enough that a reader loads only those of the words that are looked up.

In: :class:`~safecities.search.inverted.Inverted`. Out: :class:`Shard`: the forms that begin with certain
letters, their groups, and the postings of these. Each stands for itself: a group whose forms lie in two
shards has its postings in both.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from safecities.search.inverted import Inverted

TARGET = 24_000
"""About how many bytes a shard should have. One with a single long list can have more."""


@dataclass(frozen=True)
class Shard:
    """A piece of the index.

    ``first`` is where it begins: it holds the forms from ``first`` up to the next shard's, in the order of
    UTF-16 units, which is how browsers compare. ``groups[i]`` are the places in ``postings`` of what
    ``forms[i]`` leads to. ``stems[i]`` is the stem behind ``postings[i]``: as many letters of the first form that leads
    there, or in words where that form doesn't begin with it. ``width`` is that of their impacts.
    """

    first: str
    forms: tuple[str, ...]
    groups: tuple[tuple[int, ...], ...]
    postings: tuple[str, ...]
    stems: tuple[int | str, ...] = ()
    width: int = 1

    def data(self) -> Mapping[str, object]:
        """The shard as its file holds it: forms and postings in a string each, a lone group without its brackets."""
        groups = [places[0] if len(places) == 1 else list(places) for places in self.groups]
        return {"forms": " ".join(self.forms), "groups": groups, "postings": " ".join(self.postings),
                "stems": list(self.stems), "width": self.width}


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


def _buckets(forms: Sequence[str], depth: int, index: Inverted, encoded: Mapping[str, str],
             target: int) -> Iterator[_Bucket]:
    for prefix, found in groupby(forms, key=lambda form: form[:depth]):
        same = list(found)
        groups = {group for form in same for group in index.forms[form]}
        size = sum(len(form.encode()) + 5 for form in same) + sum(len(encoded[group]) + 1 for group in groups)
        if size > target and len(same) > 1:
            yield from _buckets(same, depth + 1, index, encoded, target)
        else:
            yield _Bucket(prefix, same, size)


def _shard(number: int, buckets: Sequence[_Bucket], index: Inverted, encoded: Mapping[str, str]) -> Shard:
    forms = tuple(form for bucket in buckets for form in bucket.forms)
    places: dict[str, int] = {}
    groups = tuple(tuple(places.setdefault(group, len(places)) for group in index.forms[form])
                   for form in forms)
    firsts: dict[str, str] = {}
    for form in forms:
        for group in index.forms[form]:
            firsts.setdefault(group, form)
    stems = tuple(len(units(group)) // 2 if firsts[group].startswith(group) else group for group in places)
    first = buckets[0].prefix if number else ""
    return Shard(first, forms, groups, tuple(encoded[group] for group in places), stems, index.width)
