"""Prose as an editor sees it: what was taken over word for word, how hard it reads, and what nobody leads to.

In: the catalogue, and texts that must not be copied. Out: rows for a list. Nothing here is an error: an editor decides.
"""

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from safecities import markdown
from safecities.catalogue import Catalogue, Entry, Guidance, Text
from safecities.menu import GUIDANCE_FOLDER, OVERVIEW

RUN = 8
"""So many words in a row that two texts share are probably copied."""

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_APART = re.compile(r"^(?:\||#|\[\[).*$|\[[^\]]*\]\((?:record|site|https?):[^)]*\)", re.MULTILINE)
_SENTENCE = re.compile(r"[.!?]+(?:\s|$)")
_VOWELS = re.compile(r"[aeiouy]+")


@dataclass(frozen=True)
class Shared:
    """Words that a text (its path) shares with another (its path, or what it is called)."""

    path: str
    other: str
    words: str


def words(text: str) -> list[str]:
    """The words of a text in small letters."""
    return [word.lower() for word in _WORD.findall(text)]


def shared(catalogue: Catalogue, foreign: Mapping[str, str]) -> Iterator[Shared]:
    """Runs of :data:`RUN` words or more that originals share with each other or with ``foreign`` texts by name.

    A title of a work that both name is no copy, so runs that stand in any title are left out, and links are not read.
    """
    texts = {text.path: _blocks(prose(text)) for text in originals(catalogue)}
    others = {**texts, **{name: _blocks(text) for name, text in foreign.items()}}
    titles = " | ".join(" ".join(words(title)) for title in _titles(catalogue))
    places: dict[tuple[str, ...], list[tuple[str, int]]] = defaultdict(list)
    for name, blocks in others.items():
        for number, block in enumerate(blocks):
            for run in set(_runs(block)):
                places[run].append((name, number))
    for path, blocks in texts.items():
        for block in blocks:
            at = 0
            while at + RUN <= len(block):
                run = tuple(block[at : at + RUN])
                elsewhere = [place for place in places[run] if place[0] != path]
                length = 1
                if elsewhere and " ".join(run) not in titles:
                    name, number = elsewhere[0]
                    other = others[name][number]
                    start, length = _position(other, run), RUN
                    while block[at + length : at + length + 1] == other[start + length : start + length + 1] != []:
                        length += 1
                    if name not in texts or path < name:
                        yield Shared(path, name, " ".join(block[at : at + length]))
                at += length


def _blocks(text: str) -> list[list[str]]:
    return [words(block) for block in text.split("\n")]


def grade(text: str) -> float:
    """The Flesch–Kincaid grade of an English text (Kincaid and others 1975): years at school that reading it takes."""
    found = words(text)
    if not found:
        return 0.0
    sentences = max(1, len(_SENTENCE.findall(text)))
    syllables = sum(max(1, len(_VOWELS.findall(word.removesuffix("e")))) for word in found)
    return 0.39 * len(found) / sentences + 11.8 * syllables / len(found) - 15.59


def orphans(catalogue: Catalogue) -> Iterator[Entry | Guidance]:
    """Records that no guidance page and no other record leads to; guidance pages that lead to no record."""
    for entry in catalogue.entries.values():
        if not entry.cited_in and not entry.related:
            yield entry
    for page in catalogue.guidance.values():
        if page.id.startswith(GUIDANCE_FOLDER) and not page.cites and page.id != OVERVIEW:
            yield page


def originals(catalogue: Catalogue) -> Iterator[Text]:
    """The texts of all records and guidance pages in the language in which they were written."""
    for page in (*catalogue.entries.values(), *catalogue.guidance.values()):
        yield page.original


def prose(text: Text) -> str:
    """Summary and body as plain text, a block a line, without headings, tables and the words of links."""
    blocks = re.split(r"\n\s*\n|\n(?=\s*(?:[-*]|\d+\.)\s)", _APART.sub("\n\n", text.body))
    return "\n".join([text.summary, *(markdown.text(block) for block in blocks)])


def _titles(catalogue: Catalogue) -> Iterator[str]:
    for entry in catalogue.entries.values():
        yield from filter(None, (entry.original.title, entry.fields.original_title))
        yield from (source.title for source in entry.fields.sources)
        yield from entry.fields.organisations
        yield from (version.title for version in entry.fields.versions if version.title)
    yield from (page.original.title for page in catalogue.guidance.values())


def _runs(found: Sequence[str]) -> Iterable[tuple[str, ...]]:
    return zip(*(itertools.islice(found, start, None) for start in range(RUN)), strict=False)


def _position(found: Sequence[str], run: tuple[str, ...]) -> int:
    return next(at for at in range(len(found)) if tuple(found[at : at + RUN]) == run)
