"""The Whoosh index: search from the terminal, and what is nearest to a record. No other module knows Whoosh.

In: a :class:`~safecities.catalogue.Catalogue`. Out: one index per language in ``<folder>/<lang>``, and
answers from it. The terms are made by :mod:`safecities.analysis`; Whoosh gets them ready-made, counts them
and ranks (BM25 in each field, the fields weighted as :data:`~safecities.documents.WEIGHTS` says).
"""

import functools
import json
import tempfile
import warnings
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, overload

from safecities import analysis
from safecities.catalogue import Catalogue
from safecities.documents import WEIGHTS, Document, documents

with warnings.catch_warnings():
    # Whoosh 2.7.4 has invalid escapes in strings; its codec would else be imported, and warn, at first use.
    warnings.simplefilter("ignore")
    import whoosh.codec.whoosh3
    import whoosh.fields
    import whoosh.index
    import whoosh.query
    import whoosh.scoring
    import whoosh.searching

FILTERS = ("kind", "category", "theme", "country")
"""By what a search can be narrowed."""

_ABOUT = "about"
"""The field that holds all terms of a document, by which the nearest ones are found."""

_LEXICON = "lexicon.json"
_MOST_WORDS = 32
_KEY_TERMS = 30
_SNIPPET = 180


class IndexMissingError(Exception):
    """There is no index for a language; the message says how to make one."""


@dataclass(frozen=True)
class Hit:
    """A document that was found. ``snippet`` is a passage of its text, ``marks`` where words stand in it."""

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


class Hits(Sequence[Hit]):
    """The best hits, the best first; ``total`` is how many documents match."""

    def __init__(self, hits: Sequence[Hit], total: int) -> None:
        self._hits = tuple(hits)
        self.total = total

    def __len__(self) -> int:
        return len(self._hits)

    @overload
    def __getitem__(self, index: int) -> Hit: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Hit, ...]: ...
    def __getitem__(self, index: int | slice) -> Hit | tuple[Hit, ...]:
        return self._hits[index]


def build(catalogue: Catalogue, folder: Path) -> None:
    """Write all languages' indexes into ``folder``; a build that is cut short leaves the old ones or none."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f"{folder.name}-", dir=folder.parent) as name:
        fresh, old = Path(name) / "new", Path(name) / "old"
        for lang in catalogue.site.tags:
            _build(tuple(documents(catalogue, lang)), fresh / lang)
        if folder.exists():
            folder.rename(old)
        fresh.rename(folder)


def search(folder: Path, query: str, lang: str, *, kind: str | None = None, category: str | None = None,
           theme: str | None = None, country: str | None = None, limit: int = 10) -> Hits:
    """The documents that hold all words of ``query``, else those that hold any, more words first.

    Quotes, brackets and operators mean nothing: a query is words, of which the first 32 count. Raises
    :class:`IndexMissingError` when there is no index for ``lang``.
    """
    opened = _open(folder, lang)
    wanted = [opened.groups(token) for token in analysis.tokens(query, lang)][:_MOST_WORDS]
    words = [_any_field(groups) for groups in dict.fromkeys(wanted)]
    narrowed = _filter(kind=kind, category=category, theme=theme, country=country)
    if not words or limit < 1:
        return Hits((), 0)
    results = opened.searcher.search(whoosh.query.And(words), limit=limit, filter=narrowed)
    found = [(hit.score, hit.docnum) for hit in results]
    total = len(results)
    if not found and len(words) > 1:
        found = _by_words(opened.searcher, words, narrowed)
        total = len(found)
    groups = frozenset(group for groups in wanted for group in groups)
    return Hits([opened.hit(number, score, groups) for score, number in found[:limit]], total)


def nearest(folder: Path, name: str, lang: str, limit: int = 6,
            kinds: Collection[str] | None = None) -> list[str]:
    """The ids of the documents most like document ``name``, by its key terms; never the document itself.

    ``kinds`` narrows them. An id that the index doesn't hold has none. Raises :class:`IndexMissingError`.
    """
    searcher = _open(folder, lang).searcher
    number = searcher.document_number(id=name)
    if number is None or limit < 1 or (kinds is not None and not kinds):
        return []
    among = whoosh.query.Or([whoosh.query.Term("kind", kind) for kind in sorted(kinds)]) if kinds else None
    results = searcher.more_like(number, _ABOUT, top=limit, numterms=_KEY_TERMS, filter=among)
    return [str(hit["id"]) for hit in results]


def _schema() -> Any:
    def terms(**options: Any) -> Any:
        return whoosh.fields.TEXT(phrase=False, **options)

    def values(**options: Any) -> Any:
        return whoosh.fields.KEYWORD(commas=True, **options)

    return whoosh.fields.Schema(
        id=whoosh.fields.ID(stored=True, unique=True), data=whoosh.fields.STORED,
        **{name: values() for name in FILTERS}, **{name: terms() for name in WEIGHTS},
        **{_ABOUT: terms(vector=True)})


def _build(found: Sequence[Document], folder: Path) -> None:
    """Write the index of one language into an empty or absent folder."""
    folder.mkdir(parents=True)
    lexicon: dict[str, set[str]] = {}
    written = whoosh.index.create_in(str(folder), _schema())
    with written.writer(limitmb=512) as writer:  # commits at the end, or lets go of its files when cut short
        for document in found:
            terms = {name: _terms(document, name, lexicon) for name in WEIGHTS}
            facets = {name: list(document.facets.get(name, ())) for name in FILTERS if name != "kind"}
            writer.add_document(
                id=document.id, kind=[document.kind], data=_stored(document), **facets, **terms,
                **{_ABOUT: [term for found in terms.values() for term in found]})
    written.close()
    (folder / _LEXICON).write_text(
        json.dumps({form: sorted(groups) for form, groups in sorted(lexicon.items())}, ensure_ascii=False),
        encoding="utf-8")


def _terms(document: Document, field: str, lexicon: dict[str, set[str]]) -> list[str]:
    """The terms of a field; what they can be looked up by goes into ``lexicon``."""
    terms: list[str] = []
    for token in analysis.tokens(document.fields[field], document.field_lang(field)):
        terms += dict.fromkeys(token.groups)
        for form, group in zip(token.forms, token.groups, strict=True):
            lexicon.setdefault(form, set()).add(group)
    return terms


def _stored(document: Document) -> Mapping[str, str]:
    return {"kind": document.kind, "lang": document.lang, "text_lang": document.text_lang,
            "title": document.title, "summary": document.summary, "address": document.address,
            "body": document.fields["body"]}


def _any_field(groups: tuple[str, ...]) -> Any:
    """A word's groups in all fields, each field with its weight."""
    return whoosh.query.Or([whoosh.query.Term(field, group, boost=weight)
                            for group in groups for field, weight in WEIGHTS.items()])


def _filter(**wanted: str | None) -> Any:
    terms = [whoosh.query.Term(field, value) for field, value in wanted.items() if value is not None]
    return whoosh.query.And(terms) if terms else None


def _by_words(searcher: Any, words: list[Any], narrowed: Any) -> list[tuple[float, int]]:
    """Score and number of the documents that hold any of the words, those with more words first."""
    held: dict[int, int] = {}
    for word in words:
        for number in searcher.docs_for_query(word):
            held[number] = held.get(number, 0) + 1
    results = searcher.search(whoosh.query.Or(words), limit=None, filter=narrowed)
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
        return tuple(sorted(known or token.groups))

    def hit(self, number: int, score: float, groups: frozenset[str]) -> Hit:
        stored = self.searcher.stored_fields(number)
        data = stored["data"]
        snippet, marks = _passage(data["body"], data["text_lang"], groups)
        return Hit(stored["id"], data["kind"], data["lang"], data["text_lang"], data["title"],
                   data["summary"], data["address"], score, snippet, marks)


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


def _passage(body: str, lang: str, groups: frozenset[str]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The passage of a text with most of the wanted words close together, and where they stand in it."""
    found = [(token.start, token.end) for token in analysis.tokens(body, lang)
             if groups.intersection(token.groups)]
    if not found:
        return _cut(body, 0), ()
    starts = [at for at, _ in found]
    first = max(starts, key=lambda at: (sum(at <= other < at + _SNIPPET for other in starts), -at))
    start = max(0, first - _SNIPPET // 4)
    start = 0 if start == 0 else body.rfind(" ", 0, start + 1) + 1
    text = _cut(body, start)
    shift = start - (1 if start else 0)
    marks = tuple((a - shift, b - shift) for a, b in found if a >= start and b - shift <= len(text))
    return text, marks


def _cut(text: str, start: int) -> str:
    """A piece of a text from ``start`` that ends with a word, with ellipses where something was left out."""
    end = len(text) if len(text) - start <= _SNIPPET else text.rfind(" ", start, start + _SNIPPET)
    end = start + _SNIPPET if end <= start else end
    return ("…" if start else "") + text[start:end] + ("…" if end < len(text) else "")


