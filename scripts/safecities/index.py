"""The Whoosh index: search from the terminal, and what is nearest to a record. No other module knows Whoosh.

In: a :class:`~safecities.catalogue.Catalogue`. Out: one index per language in ``<folder>/<lang>``, and
answers from it; :class:`Nearest` and :func:`sharing`, small ones in memory. The terms are made by
:mod:`safecities.analysis`; Whoosh gets them ready-made and ranks (BM25 in each field, the fields weighted).
"""

import functools
import heapq
import json
import tempfile
import warnings
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, overload

from safecities import analysis, passages, queries
from safecities.catalogue import Catalogue
from safecities.documents import KINDS, WEIGHTS, Document, documents

with warnings.catch_warnings():
    # Whoosh 2.7.4 has invalid escapes in strings; its codec would else be imported, and warn, at first use.
    warnings.simplefilter("ignore")
    import whoosh.classify
    import whoosh.codec.whoosh3
    import whoosh.fields
    import whoosh.filedb.filestore
    import whoosh.formats
    import whoosh.index
    import whoosh.query
    import whoosh.scoring
    import whoosh.searching
    import whoosh.writing
    from whoosh.support.levenshtein import damerau_levenshtein

_BOOSTS = {"title": 6.0, "summary": 2.5, "organisations": 2.0, "terms": 2.0, "synonyms": 0.6, "body": 1.0}
"""How much a field counts. Whoosh saturates each field by itself and adds them up, so less says as much here as
:data:`~safecities.documents.WEIGHTS` in the browser's index, where all fields saturate together."""

FILTERS = ("kind", "category", "theme", "country")
"""By what a search can be narrowed."""

MOST_WORDS = 32
"""So many words of a query count."""

_ABOUT = "about"
"""The only field of an index in memory."""

_TELLING = tuple(field for field in WEIGHTS if field != "synonyms")
"""The fields by which :class:`Nearest` compares: what a page says itself."""

_NEIGHBOURS = 8
"""With how many others that hold a term :func:`sharing` compares a row."""

_LEXICON = "lexicon.json"
_KEY_TERMS = 30
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


def build(catalogue: Catalogue, folder: Path, spread: Callable[..., Iterable[object]] = map) -> None:
    """Write all languages' indexes into ``folder``; a build that is cut short leaves the old ones or none.

    ``spread`` works as ``map`` does; that of an executor writes the languages side by side.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f"{folder.name}-", dir=folder.parent) as name:
        fresh, old = Path(name) / "new", Path(name) / "old"
        tags = catalogue.site.tags
        found = (tuple(documents(catalogue, lang)) for lang in tags)
        for _ in spread(write, found, [fresh / lang for lang in tags]):
            pass  # An executor tells what failed only when asked for the result.
        if folder.exists():
            folder.rename(old)
        fresh.rename(folder)


def write(found: Sequence[Document], folder: Path) -> None:
    """Write the index of one language into an absent folder; everything that it takes can go to another process."""
    folder.mkdir(parents=True)
    lexicon: dict[str, set[str]] = {}
    groups = functools.cache(functools.partial(analysis.Groups, forms=lexicon))
    written = whoosh.index.create_in(str(folder), _schema())
    with _writer(written) as writer:  # commits at the end, or lets go of its files when cut short
        for document in found:
            terms = {name: _terms(document, name, groups) for name in WEIGHTS}
            facets = {name: list(document.facets.get(name, ())) for name in FILTERS if name != "kind"}
            writer.add_document(id=document.id, kind=[document.kind], data=_stored(document), **facets, **terms)
    written.close()
    (folder / _LEXICON).write_text(
        json.dumps({form: sorted(seen) for form, seen in sorted(lexicon.items())}, ensure_ascii=False),
        encoding="utf-8")


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
    """What one language's index has: the best first; a note, or None, for each word."""

    rows: Sequence[_Found]
    total: int
    notes: Sequence[Note | None]


def _answer(opened: "_Opened", asked: queries.Query, wanted: Mapping[str, str | None], limit: int | None) -> _Answer:
    tokens = asked.words[:MOST_WORDS]
    literal = {token.forms for phrase in asked.phrases for token in phrase}
    looked = [opened.look(token, whole=token.forms in literal, beginning=asked.unfinished and token is asked.words[-1])
              for token in tokens]
    notes = [note for _, note in looked]
    words = [_any_field(groups) for groups in dict.fromkeys(groups for groups, _ in looked)]
    narrowed = _filter(**wanted)
    if not words or (limit is not None and limit < 1):
        return _Answer((), 0, notes)
    unwanted = whoosh.query.Or([_any_field(opened.groups(phrase[0])) for phrase in asked.without if len(phrase) == 1])
    apart = [phrase for phrase in asked.without if len(phrase) > 1]
    every = {"limit": None} if asked.phrases or apart else {"limit": limit}
    results = opened.searcher.search(whoosh.query.And(words), filter=narrowed, mask=unwanted, **every)
    found = [(hit.score, hit.docnum) for hit in results]
    total, complete = len(results), bool(found)
    if not found and len(words) > 1:
        found = _by_words(opened.searcher, words, narrowed, unwanted)
        total = len(found)
    if asked.phrases or apart:
        found = [row for row in found if all(opened.together(row[1], phrase) for phrase in asked.phrases)
                 and not any(opened.together(row[1], phrase) for phrase in apart)]
        total = len(found)
    groups = frozenset(group for groups, _ in looked for group in groups)
    return _Answer([_Found(opened, number, score, complete, groups) for score, number in found], total, notes)


def _merged(answers: Sequence[_Answer]) -> list[_Found]:
    """The documents of several languages, each once, as the browser merges them (``search-index.js``)."""
    best: dict[tuple[str, str], _Found] = {}
    for answer in answers:
        # What only resembles a word in another language is no answer beside one that has the word.
        if answers[0].rows and any(note and not known for note, known in zip(
                answer.notes, answers[0].notes, strict=False)):
            continue
        for row in answer.rows:
            held = best.get(row.opened.name(row.number))
            if held is None or (row.all and not held.all):
                best[row.opened.name(row.number)] = row
    return sorted(best.values(), key=lambda row: (not row.all, -row.score))


class Nearest:
    """Which documents are most like another, by its key terms; made in memory, for as long as one build takes.

    Everything is read in the site's default language, so the answers are the same in every language of the site:
    where a translation is missing, or is worded differently, what is near stays near. Of a record count title,
    summary, names and terms; of a guidance page, which has no terms, title, summary and body.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        found = tuple(documents(catalogue, catalogue.site.default, plain=lambda text: ""))
        self._ids = [document.id for document in found]
        self._kinds = [document.kind for document in found]
        self._numbers = {name: number for number, name in enumerate(self._ids)}
        self._words = _telling_terms(found)
        self._held: dict[str, set[str]] = defaultdict(set)
        for kind, terms in zip(self._kinds, self._words, strict=True):
            self._held[kind].update(terms)
        self._searcher = _in_memory(self._words).searcher(weighting=whoosh.scoring.BM25F())
        reader = self._searcher.reader()
        self._model = whoosh.classify.Bo1Model(len(found), reader.field_length(_ABOUT))
        # Pages share most of their terms: each is looked up and scored once.
        self._frequency = functools.cache(functools.partial(reader.frequency, _ABOUT))
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
        held = self._holding(frozenset(kinds))
        rows = [(term, self._model.score(number, self._frequency(term), 0))
                for term, number in words.items() if term in held]
        return sorted(rows, key=lambda row: (-row[1], row[0]))[:_KEY_TERMS]

    @functools.cache  # noqa: B019 - one a build
    def _holding(self, kinds: frozenset[str]) -> frozenset[str]:
        """The words that documents of these kinds hold."""
        return frozenset().union(*(self._held[kind] for kind in kinds if kind in self._held))

    def _scored(self, term: str) -> list[tuple[int, float]]:
        """The documents that hold a term, and its score in each."""
        return list(_matches(self._searcher.postings(_ABOUT, term.encode())))


def sharing(rows: Sequence[Iterable[str]], least: int) -> Iterator[tuple[int, int]]:
    """Which rows share at least ``least`` terms, as pairs of their numbers, the smaller one first.

    Linear in the number of terms, whatever they are: of the rows that hold a term, each is compared only with the few
    before it. Where hundreds are alike, each is found with its neighbours.
    """
    held = Counter(term for row in rows for term in row)
    # A term of one row finds nothing. Among texts of which few are alike, hardly any term is left.
    common = [{term: 1 for term in row if held[term] > 1} for row in rows]
    number = [at for at, terms in enumerate(common) if terms]
    reader = _in_memory(common[at] for at in number).reader()
    shared: Counter[tuple[int, int]] = Counter()
    for term in reader.all_terms() if number else ():
        found = list(reader.postings(*term).all_ids())
        for at, later in enumerate(found):
            shared.update((number[earlier], number[later]) for earlier in found[max(0, at - _NEIGHBOURS):at])
    yield from sorted(pair for pair, times in shared.items() if times >= least)


def _in_memory(rows: Iterable[Mapping[str, int]]) -> Any:
    """An index in memory of rows of counted terms, by their numbers."""
    # A RamStorage would put the files that it fills into one and the same folder of the system's temporary ones.
    storage = whoosh.filedb.filestore.RamStorage()
    storage.temp_storage = lambda name=None: whoosh.filedb.filestore.RamStorage()
    index = storage.create_index(whoosh.fields.Schema(**{_ABOUT: _Terms()}))
    with _writer(index) as writer:
        for terms in rows:
            writer.add_document(**{_ABOUT: terms})
    return index


def _matches(matcher: Any) -> Iterator[tuple[int, float]]:
    while matcher.is_active():
        yield matcher.id(), matcher.score()
        matcher.next()


def _telling_terms(found: Iterable[Document]) -> list[Mapping[str, int]]:
    """The terms of each document by which :class:`Nearest` compares, and how often each stands there."""
    groups = functools.cache(functools.partial(analysis.Groups, forms={}))
    rows: list[Mapping[str, int]] = []
    for document in found:
        terms: Counter[str] = Counter()
        for lang in {document.field_lang(field): None for field in _TELLING}:
            text = " ".join(document.fields[field] for field in _TELLING if document.field_lang(field) == lang)
            terms.update(groups(lang).count(text))
        rows.append(terms)
    return rows


class _Terms(whoosh.fields.FieldType):  # type: ignore[misc]  # Whoosh has no types
    """A field whose terms come ready-made and counted, and don't go through Whoosh's analysis a second time."""

    def __init__(self) -> None:
        # The format of what is kept with each count, which is nothing.
        super().__init__(whoosh.formats.Existence(), None, scorable=True)

    def index(self, value: Mapping[str, int], **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        """What Whoosh's writer asks for: each term in bytes, its count, its weight, and what to keep with it."""
        for term, number in value.items():
            yield term.encode(), number, float(number), b""


def _schema() -> Any:
    return whoosh.fields.Schema(
        id=whoosh.fields.STORED, data=whoosh.fields.STORED, **{name: _Terms() for name in WEIGHTS},
        **{name: whoosh.fields.KEYWORD(commas=True) for name in FILTERS})


def _writer(index: Any) -> Any:
    """A writer for an empty index. Blocks of a few numbers aren't worth compressing."""
    writer = whoosh.writing.SegmentWriter(index, limitmb=512, codec=whoosh.codec.whoosh3.W3Codec(compression=0))
    reader_of = writer.per_document_reader

    def remembering() -> Any:
        reader = reader_of()
        # Asked for each term of a field; otherwise reads the field's length from the file each time.
        reader.doc_field_length = functools.cache(reader.doc_field_length)
        return reader

    writer.per_document_reader = remembering
    return writer


def _terms(document: Document, field: str, groups: Callable[[str], analysis.Groups]) -> Mapping[str, int]:
    """The terms of a field, by the groups of its language, and how often each stands there."""
    return groups(document.field_lang(field)).count(document.fields[field])


def _stored(document: Document) -> Mapping[str, str]:
    return {"kind": document.kind, "lang": document.lang, "text_lang": document.text_lang,
            "body_lang": document.body_lang, "title": document.title, "summary": document.summary,
            "address": document.address, "body": document.fields["body"]}


def _any_field(groups: tuple[str, ...]) -> Any:
    """A word's groups in all fields, each field with its weight."""
    return whoosh.query.Or([whoosh.query.Term(field, group, boost=weight)
                            for group in groups for field, weight in _BOOSTS.items()])


def _filter(**wanted: str | None) -> Any:
    terms = [whoosh.query.Term(field, value) for field, value in wanted.items() if value is not None]
    return whoosh.query.And(terms) if terms else None


def _by_words(searcher: Any, words: list[Any], narrowed: Any, unwanted: Any) -> list[tuple[float, int]]:
    """Score and number of the documents that hold any of the words, those with more words first."""
    held: dict[int, int] = {}
    for word in words:
        for number in searcher.docs_for_query(word):
            held[number] = held.get(number, 0) + 1
    results = searcher.search(whoosh.query.Or(words), limit=None, filter=narrowed, mask=unwanted)
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
    lexicon = json.loads((path / _LEXICON).read_text(encoding="utf-8"))
    searcher = whoosh.index.open_dir(str(path), readonly=True).searcher(weighting=whoosh.scoring.BM25F())
    return _Opened(searcher, lexicon)
