"""Which records say nearly the same: texts compared by their runs of three words ("shingles", Broder 1997).

In: the content. Out: :class:`Alike`. A text is compared only with those with which it shares some of a sample of its
runs (those whose hash is divisible: Manber 1994), so that time grows with the number of texts and not with its square.
Samples are kept from run to run: a file that hasn't changed isn't read again.
"""

import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from safecities import analysis, cache
from safecities.content import Content, Written

ALIKE = 0.6
"""The share of the shorter text's runs from which on two texts are nearly the same. A tool and the case study that it
comes from, which rightly tell of the same things, stay below 0.5 in this project's records; all others below 0.4."""

SHORTEST = 12
"""Texts of fewer runs are too short to say anything of them."""

PARTS = ("summary", "body")
"""What is compared: title and summary; the body."""

_EVERY = 8
_SHORT = 64
_LEAST = 2
_NEIGHBOURS = 8
"""With how many others that hold a term :func:`sharing` compares a row."""
_AT_ONCE = 64
"""How many texts are looked at together."""
_FACTOR = 0x9E3779B97F4A7C15
"""2⁶⁴ divided by the golden ratio, by which multiples lie far apart (Knuth 1998, 6.4)."""
_DIGITS = "{:x}".format
_WORD = re.compile(r"\w+")

Runs = set[tuple[str, str, str]]
Sample = tuple[str, ...]
"""A part's sampled runs, as hashes in hexadecimal digits."""


@dataclass(frozen=True)
class Alike:
    """Two files of different records of which one ``part`` is nearly the same; ``share`` goes from 0 to 1."""

    file: Written
    other: Written
    part: str
    share: float


def alike(content: Content) -> Iterator[Alike]:
    """Records that are nearly the same as another one, each once, by the first of :data:`PARTS` that is so.

    ``file`` is an original, the later one if both are. Translations take part as the ``other``, since a record may be
    written in a language into which another one was translated.
    """
    groups = _groups(content)
    samples = _samples(content, [file for files in groups for file in files])
    found: set[str] = set()
    for at, part in enumerate(PARTS):
        for files in groups:
            for first, second in sharing([samples[file.source.path][at] for file in files], _LEAST):
                file, other = files[second], files[first]
                if file.source.lang is not None:
                    file, other = other, file
                path = file.source.path
                if file.source.lang is not None or file.source.id == other.source.id or path in found:
                    continue
                share = overlap(runs(_text(file, part)), runs(_text(other, part)))
                if share >= ALIKE:
                    found.add(path)
                    yield Alike(file, other, part, share)


def sharing(rows: Sequence[Iterable[str]], least: int) -> Iterator[tuple[int, int]]:
    """Which rows share at least ``least`` terms, as pairs of their numbers, the smaller one first.

    Linear in the number of terms, whatever they are: of the rows that hold a term, each is compared only with the few
    before it. Where hundreds are alike, each is found with its neighbours.
    """
    first: dict[str, int] = {}
    held: dict[str, list[int]] = {}  # terms of several rows: among texts of which few are alike, hardly any
    for number, row in enumerate(rows):
        for term in dict.fromkeys(row):
            if term in held:
                held[term].append(number)
            elif (earlier := first.setdefault(term, number)) != number:
                held[term] = [earlier, number]
    shared: Counter[tuple[int, int]] = Counter()
    for found in held.values():
        for at, later in enumerate(found):
            shared.update((earlier, later) for earlier in found[max(0, at - _NEIGHBOURS) : at])
    yield from sorted(pair for pair, times in shared.items() if times >= least)


def runs(text: str) -> Runs:
    """All runs of three words of a text, whatever its capitals, accents and punctuation."""
    words = _WORD.findall(analysis.fold(text))
    return set(zip(words, words[1:], words[2:], strict=False))


def overlap(one: Runs, other: Runs) -> float:
    """The share of the shorter text's runs that stand in the other one; 0 where it is too short."""
    shorter = min(len(one), len(other))
    return len(one & other) / shorter if shorter >= SHORTEST else 0.0


def _groups(content: Content) -> list[list[Written]]:
    """The files of records by the language they are written in, for each language in which there are originals."""
    groups: dict[str, list[Written]] = defaultdict(list)
    originals = set()
    for file in content.record_files:
        lang = file.source.lang or str(file.source.data.get("language") or content.site.default)
        groups[lang].append(file)
        if file.source.lang is None:
            originals.add(lang)
    return [files for lang, files in groups.items() if lang in originals and len(files) > 1]


def _text(file: Written, part: str) -> str:
    if part == "body":
        return file.source.body
    return " ".join(str(file.source.data.get(name, "")) for name in ("title", "summary"))


def _samples(content: Content, files: list[Written]) -> Mapping[str, list[Sample]]:
    """The samples of each file's parts, by its path."""
    kept_in = content.site.cache_dir / "runs.json"
    kept: dict[str, list[str]] = cache.read(kept_in) or {}
    keys = [cache.digest(file.source.front_digest, file.source.body_digest) for file in files]
    new = {key: file for key, file in zip(keys, files, strict=True) if key not in kept}
    texts = (_text(file, part) for file in new.values() for part in PARTS)
    fresh = [" ".join(sample) for sample in _sampled(texts)]
    rows = {**kept, **{key: fresh[at * len(PARTS) :][: len(PARTS)] for at, key in enumerate(new)}}
    used = {key: rows[key] for key, file in zip(keys, files, strict=True) if file.source.body_digest}
    if used.keys() != kept.keys():
        cache.write(kept_in, used)
    return {file.source.path: [tuple(row.split()) for row in rows[key]] for key, file in zip(keys, files, strict=True)}


def _sampled(texts: Iterable[str]) -> Iterator[Sample]:
    """Of a long text every eighth run or so, the same ones wherever they stand; of a short one all."""
    import numpy as np  # takes a while to load, and where nothing has changed nobody needs it

    rest = iter(texts)
    while some := list(islice(rest, _AT_ONCE)):
        # Words with their punctuation, as they are only to lead to pairs that are then compared with care.
        words = [analysis.fold(text).encode("utf-8", "surrogatepass").split() for text in some]
        codes = np.fromiter(map(zlib.crc32, chain.from_iterable(words)), np.uint64)
        # A polynomial of the three codes, whose upper half each of them decides.
        found = (((codes[:-2] * _FACTOR + codes[1:-1]) * _FACTOR + codes[2:]) * _FACTOR) >> np.uint64(32)
        few = found % _EVERY == 0
        at = 0
        for length in map(len, words):
            own = slice(at, at + max(0, length - 2))
            at += length
            yield tuple(map(_DIGITS, (found[own][few[own]] if length > _SHORT else found[own]).tolist()))
