"""Answers from the index on disk: search from the terminal.

In: the folder of the indexes, a query. Out: :class:`Hits`. Whoosh ranks (BM25 in each field, the fields weighted).
"""

import functools
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any, overload

from safecities import analysis, passages, queries
from safecities.documents import WEIGHTS
from safecities.index.engine import damerau_levenshtein, whoosh
from safecities.index.stored import LEXICON

_BOOSTS = {"title": 6.0, "summary": 2.5, "organisations": 2.0, "terms": 2.0, "synonyms": 0.6, "body": 1.0}
"""How much a field counts. Whoosh saturates each field by itself and adds them up, so less says as much here as
:data:`~safecities.documents.WEIGHTS` in the browser's index, where all fields saturate together."""

MOST_WORDS = 32
"""So many words of a query count."""

_SHORTEST = 4
"""Letters from which an unknown word may be a slip."""
_LONG = 8
"""Letters above which a word may have two slips."""
_FAR = 7
"""Letters from which a word with three slips is still offered, though not taken for the same."""


class IndexMissingError(Exception):
    """There is no index for a language; the message says how to make one."""


@dataclass(frozen=True)
class Note:
    """A word of a query that stands nowhere, and the spelling most like it; ``used`` where that was looked for."""

    word: str
    nearest: str | None
    used: bool


@dataclass(frozen=True)
class Hit:
    """A document that was found.

    ``snippet`` is a passage of its text, ``marks`` where words stand in it, ``title_marks`` where in the title.
    """

    id: str
    kind: str
    lang: str
    text_lang: str
    title: str
    summary: str
    address: str
    score: float
    snippet: str
    marks: tuple[tuple[int, int], ...]
    title_marks: tuple[tuple[int, int], ...]


class Hits(Sequence[Hit]):
    """The best hits, the best first; ``total`` is how many documents match, ``notes`` tells of unknown words."""

    def __init__(self, hits: Sequence[Hit], total: int, notes: Sequence[Note] = ()) -> None:
        self._hits = tuple(hits)
        self.total = total
        self.notes = tuple(notes)

    def __len__(self) -> int:
        return len(self._hits)

    @overload
    def __getitem__(self, index: int) -> Hit: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Hit, ...]: ...
    def __getitem__(self, index: int | slice) -> Hit | tuple[Hit, ...]:
        return self._hits[index]


def search(folder: Path, query: str, lang: str, *, others: Iterable[str] = (), kind: str | None = None,
           category: str | None = None, theme: str | None = None, country: str | None = None, limit: int = 10) -> Hits:
    """The documents that hold all words of ``query``, else those that hold any, more words first.

    Words in quotes must stand side by side in title, summary or body; a word after a minus must not stand anywhere
    (:mod:`safecities.queries`). A word that no document has counts as the beginning of others, if it is the last, else
    as the nearest spellings. The first :data:`MOST_WORDS` words count. ``others`` are languages to search as well: of a
    document in several, that in ``lang`` is named, unless only another one has all words. Raises
    :class:`IndexMissingError` when there is no index for a language.
    """
    wanted = {"kind": kind, "category": category, "theme": theme, "country": country}
    tags = dict.fromkeys((lang, *others))
    most = limit if len(tags) == 1 else None  # what to leave out is known only when they are merged
    answers = [_answer(_open(folder, tag), queries.parse(query, tag), wanted, most) for tag in tags]
    # A word that stands in one of the languages stands somewhere.
    notes = [note for at, note in enumerate(answers[0].notes)
             if note and all(at < len(answer.notes) and answer.notes[at] for answer in answers)]
    rows = answers[0].rows if len(answers) == 1 else _merged(answers)
    total = answers[0].total if len(answers) == 1 else len(rows)
    return Hits([row.opened.hit(row.number, row.score, row.groups) for row in rows[: max(limit, 0)]], total,
                [note for note in notes if note])


@dataclass(frozen=True)
class _Found:
    """A document of an index; ``all``: it holds all words; ``groups``: what to mark in it."""

    opened: "_Opened"
    number: int
    score: float
    all: bool
    groups: frozenset[str]


@dataclass(frozen=True)
class _Answer:
    """What one language's index has: the best first; a note, or None, for each word; the numbers of what must not be
    found."""

    opened: "_Opened"
    rows: Sequence[_Found]
    total: int
    notes: Sequence[Note | None]
    excluded: Set[int]


def _answer(opened: "_Opened", asked: queries.Query, wanted: Mapping[str, str | None], limit: int | None) -> _Answer:
    tokens = asked.words[:MOST_WORDS]
    literal = {token.forms for phrase in asked.phrases for token in phrase}
    looked = [opened.look(token, whole=token.forms in literal, beginning=asked.unfinished and token is asked.words[-1])
              for token in tokens]
    notes = [note for _, note in looked]
    words = [_any_field(groups) for groups in dict.fromkeys(groups for groups, _ in looked)]
    narrowed = _filter(**wanted)
    excluded = opened.excluded(asked)
    if not words or (limit is not None and limit < 1):
        return _Answer(opened, (), 0, notes, excluded)
    results = opened.searcher.search(whoosh.query.And(words), filter=narrowed, mask=excluded,
                                     limit=None if asked.phrases else limit)
    found = [(hit.score, hit.docnum) for hit in results]
    total, complete = len(results), bool(found)
    if not found and len(words) > 1:
        found = _by_words(opened.searcher, words, narrowed, excluded)
        total = len(found)
    if asked.phrases:
        found = [row for row in found if all(opened.together(row[1], phrase) for phrase in asked.phrases)]
        total = len(found)
    groups = frozenset(group for groups, _ in looked for group in groups)
    rows = [_Found(opened, number, score, complete, groups) for score, number in found]
    return _Answer(opened, rows, total, notes, excluded)


def _merged(answers: Sequence[_Answer]) -> list[_Found]:
    """The documents of several languages, each once, as the browser merges them (``search-index.js``)."""
    best: dict[tuple[str, str], _Found] = {}
    excluded = {answer.opened.name(number) for answer in answers for number in answer.excluded}
    for answer in answers:
        # What only resembles a word in another language is no answer beside one that has the word.
        if answers[0].rows and any(note and not known for note, known in zip(
                answer.notes, answers[0].notes, strict=False)):
            continue
        for row in answer.rows:
            held = best.get(row.opened.name(row.number))
            if held is None or (row.all and not held.all):
                best[row.opened.name(row.number)] = row
    kept = (row for name, row in best.items() if name not in excluded)
    return sorted(kept, key=lambda row: (not row.all, -row.score))


def _any_field(groups: tuple[str, ...]) -> Any:
    """A word's groups in all fields, each field with its weight."""
    return whoosh.query.Or([whoosh.query.Term(field, group, boost=weight)
                            for group in groups for field, weight in _BOOSTS.items()])


def _filter(**wanted: str | None) -> Any:
    terms = [whoosh.query.Term(field, value) for field, value in wanted.items() if value is not None]
    return whoosh.query.And(terms) if terms else None


def _by_words(searcher: Any, words: list[Any], narrowed: Any, excluded: Set[int]) -> list[tuple[float, int]]:
    """Score and number of the documents that hold any of the words, those with more words first."""
    held: dict[int, int] = {}
    for word in words:
        for number in searcher.docs_for_query(word):
            held[number] = held.get(number, 0) + 1
    results = searcher.search(whoosh.query.Or(words), limit=None, filter=narrowed, mask=excluded)
    found = [(hit.score, hit.docnum) for hit in results]
    return sorted(found, key=lambda row: (-held[row[1]], -row[0], row[1]))


@dataclass(frozen=True)
class _Opened:
    """An index ready to be asked. ``lexicon``: form -> the groups in which the texts have it."""

    searcher: Any
    lexicon: Mapping[str, Sequence[str]]

    def groups(self, token: analysis.Token) -> tuple[str, ...]:
        """What a query's word stands for: the groups that its forms have in the texts, else its stem."""
        known = {group for form in token.forms for group in self.lexicon.get(form, ())}
        if analysis.is_character(token.forms[0]):
            known.update(group for form in self._beginning(token.forms[0]) for group in self.lexicon[form])
        return tuple(sorted(known or token.groups))

    def excluded(self, asked: queries.Query) -> set[int]:
        """The numbers of the documents that a query leaves out."""
        alone = {number for words in asked.without for number in self._holding(words)}
        return alone.union(number for phrase in asked.apart for number in self._holding(phrase)
                           if self.together(number, phrase))

    def _holding(self, words: queries.Words) -> Iterator[int]:
        every = whoosh.query.And([_any_field(self.groups(token)) for token in words])
        found: Iterator[int] = self.searcher.docs_for_query(every)
        return found

    def known(self, token: analysis.Token) -> bool:
        """Whether the texts have a query's word, or one of the same stem; no slips are looked for in pairs."""
        return any(form in self.lexicon for form in token.forms) or analysis.has_no_spaces(token.forms[0]) or any(
            (field, group) in self.searcher.reader() for group in token.groups for field in WEIGHTS)

    def look(self, token: analysis.Token, *, whole: bool, beginning: bool) -> tuple[tuple[str, ...], Note | None]:
        """What to look for in the place of a query's word; a note if the texts don't have the word.

        ``whole``: it counts only as it stands; ``beginning``: it may be the beginning of others.
        """
        form = token.forms[0]
        if self.known(token):
            return self.groups(token), None
        if beginning and not whole and len(form) > 1:
            begun = self._beginning(form)
            if begun:
                return self._groups_of(begun), None
        near = self._spelt_like(form, 2 if len(form) > _LONG else 1) if len(form) >= _SHORTEST else []
        if near:
            return token.groups if whole else self._groups_of(near), Note(form, self._commonest(near), not whole)
        far = self._spelt_like(form, 3) if len(form) >= _FAR else []
        return token.groups, Note(form, self._commonest(far) if far else None, False)

    def _groups_of(self, forms: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted({group for form in forms for group in self.lexicon[form]}))

    def _spelt_like(self, form: str, most: int) -> list[str]:
        """The forms that are spelt most like another one, with so many slips at most."""
        near = [(damerau_levenshtein(form, other, most), other) for other in self.lexicon
                if abs(len(other) - len(form)) <= most]
        least = min((edits for edits, _ in near), default=most + 1)
        return [other for edits, other in near if edits == least <= most]

    def _commonest(self, forms: Iterable[str]) -> str:
        """Of several forms the one that most is written with."""
        reader = self.searcher.reader()

        def frequency(form: str) -> int:
            return sum(reader.doc_frequency(field, group) for group in self.lexicon[form] for field in WEIGHTS)

        return max(forms, key=lambda form: (frequency(form), form))

    def name(self, number: int) -> tuple[str, str]:
        """What a document is called in every language: its kind and id."""
        stored = self.searcher.stored_fields(number)
        return stored["data"]["kind"], stored["id"]

    def _beginning(self, form: str) -> list[str]:
        return [other for other in self.lexicon if other.startswith(form)]

    def together(self, number: int, phrase: Sequence[analysis.Token]) -> bool:
        """Whether the words of a phrase stand side by side in a document's title, summary or body."""
        data = self.searcher.stored_fields(number)["data"]
        texts = ((data["title"], "text_lang"), (data["summary"], "text_lang"), (data["body"], "body_lang"))
        return any(queries.stand_together(phrase, text, data[lang]) for text, lang in texts)

    def hit(self, number: int, score: float, groups: frozenset[str]) -> Hit:
        stored = self.searcher.stored_fields(number)
        data = stored["data"]
        snippet, marks = passages.passage(data["body"], data["body_lang"], groups)
        return Hit(stored["id"], data["kind"], data["lang"], data["text_lang"], data["title"],
                   data["summary"], data["address"], score, snippet, marks,
                   passages.marks(data["title"], data["text_lang"], groups))


def _open(folder: Path, lang: str) -> _Opened:
    path = folder / lang
    try:
        stamp = path.stat()
        return _opened(path, stamp.st_ino, stamp.st_mtime_ns)
    except (FileNotFoundError, NotADirectoryError, whoosh.index.EmptyIndexError):
        message = f"there is no search index for `{lang}`; make it with `safecities index`"
        raise IndexMissingError(message) from None


@functools.lru_cache(maxsize=16)
def _opened(path: Path, inode: int, changed: int) -> _Opened:
    """An index as it was at a time; a new build has another folder and is opened anew."""
    lexicon = json.loads((path / LEXICON).read_text(encoding="utf-8"))
    searcher = whoosh.index.open_dir(str(path), readonly=True).searcher(weighting=whoosh.scoring.BM25F())
    return _Opened(searcher, lexicon)
