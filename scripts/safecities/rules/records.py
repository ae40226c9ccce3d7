"""Rules on records' fields, each by itself and across records."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import islice

from safecities import schema
from safecities.content import GUIDANCE, Content, Written
from safecities.problems import HINTS, nearest, shown
from safecities.records import Mark
from safecities.records.files import SLUG
from safecities.rules.registry import Finding, rule
from safecities.vocabularies import Vocabulary

MANY = 100
"""How many terms of a vocabulary a message names."""

MEANT = 50
"""For how many unknown terms the meant ones are looked for: in large vocabularies that takes a while."""


@rule("error")
def unknown_term(content: Content) -> Iterator[Finding]:
    """Categories, themes, audiences, settings and forms of violence are terms of the vocabulary of that name."""
    hints: dict[tuple[str, str], str] = {}
    for item in content.record_files:
        for name in schema.VOCABULARY_FIELDS:
            if item.source.lang is not None or name not in schema.MODELS[item.kind].model_fields:
                continue
            terms, complete = content.vocabularies[name].terms, content.vocabularies[name].complete
            for at, term in item.texts(name):
                if complete and term not in terms and SLUG.fullmatch(term):
                    if (name, term) not in hints and len(hints) < MEANT:
                        hints[name, term] = _meant(term, content.vocabularies[name])
                    hint = hints.get((name, term), "")
                    yield Finding(item.source.path, item.source.mark((name, at)),
                                  f"`{name}`: {shown(term)} is no term of {content.vocabularies[name].path}{hint}")


def _meant(term: str, vocabulary: Vocabulary) -> str:
    terms = vocabulary.terms
    accepted = ", ".join(islice(terms, MANY)) + (" …" if len(terms) > MANY else "") or "none, the vocabulary is empty"
    return nearest(term, terms, most=3) or _labelled(term, vocabulary) or f"; accepted are {accepted}"


def _labelled(found: str, vocabulary: Vocabulary) -> str:
    """A hint, where a term's label was written, in whatever language, and not its id."""
    labels = {label: term.id for term in vocabulary.terms.values() for label in term.label.values()}
    near = nearest(found.replace("-", " "), labels)
    return f"; did you mean `{labels[near.split('`')[1]]}`?" if near else ""


@rule("error")
def duplicate_id(content: Content) -> Iterator[Finding]:
    """A record's id, its file's name, stands once in both folders together; a guidance page has one original."""
    for files in (content.record_files, content.pages):
        seen: dict[str, str] = {}
        for source in (item.source for item in files if item.source.lang is None):
            if source.id in seen:
                yield Finding(source.path, Mark(1, 1),
                              f"the id `{source.id}` is taken by {seen[source.id]}; rename this file")
            seen.setdefault(source.id, source.path)


@rule("error")
def unknown_record(content: Content) -> Iterator[Finding]:
    """Related records exist: each is the id (the file's name) of a case study or tool, and not the record itself."""
    ids = content.record_ids
    for item in content.files:
        if item.source.lang is not None:
            continue
        for at, name in item.texts("related"):
            if name not in ids and SLUG.fullmatch(name):
                yield Finding(item.source.path, item.source.mark(("related", at)),
                              f"`related`: there is no record {shown(name)}{nearest(name, ids) if at < HINTS else ''}")
            elif name == item.source.id and item.kind != GUIDANCE:
                yield Finding(item.source.path, item.source.mark(("related", at)),
                              "`related`: a record is not related to itself; delete this id")


@rule("error")
def reviewed_before_added(content: Content) -> Iterator[Finding]:
    """A record is reviewed on or after the day on which it was added."""
    for item in _originals(content):
        added, reviewed = (_day(item.source.data.get(name)) for name in ("added", "reviewed"))
        if added and reviewed and reviewed < added:
            yield Finding(item.source.path, item.source.mark(("reviewed",)),
                          f"`reviewed` {reviewed} is before `added` {added}; accepted is that day or a later one")


def _originals(content: Content) -> Iterator[Written]:
    """The files of records that are no translations, sound or not."""
    return (item for item in content.record_files if item.source.lang is None)


def _day(value: object) -> date | None:
    """A day as it was written; None for what isn't one, of which another rule speaks."""
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _versions(item: Written) -> Iterator[tuple[int, str, str | None]]:
    """The rows of ``versions`` that have a language: each row's place in the list, its language and its link."""
    rows = item.source.data.get("versions")
    for at, row in enumerate(rows if isinstance(rows, list) else ()):
        if isinstance(row, dict) and isinstance(row.get("language"), str):
            url = row.get("url")
            yield at, row["language"], url if isinstance(url, str) else None


@rule("warning")
def same_link(content: Content) -> Iterator[Finding]:
    """No two records give the same link as a version of the work: they may be one work, recorded twice."""
    seen: dict[str, list[Written]] = defaultdict(list)
    for item in _originals(content):
        for at, _, url in _versions(item):
            if url is None:
                continue
            others = [other for other in seen[url] if other is not item]
            if others:
                yield Finding(item.source.path, item.source.mark(("versions", at, "url")),
                              f"{others[0].source.path} has the same link {shown(url)}; if it is the same work, keep "
                              "one record")
            seen[url].append(item)


@rule("error")
def duplicate_version(content: Content) -> Iterator[Finding]:
    """Each row of versions has a language of its own, or else another link."""
    for item in _originals(content):
        seen: set[tuple[str, str | None]] = set()
        for at, language, url in _versions(item):
            key = (language.lower(), url)
            if key in seen:
                yield Finding(item.source.path, item.source.mark(("versions", at)),
                              f"`versions` has two rows for {shown(language)} with the same link; keep one of them")
            seen.add(key)


@rule("error")
def year_and_years(content: Content) -> Iterator[Finding]:
    """A tool has a year (published or set up then) or a span of years (it ran then), not both."""
    for item in _originals(content):
        if item.kind == "tool" and {"year", "years"} <= item.source.data.keys():
            yield Finding(item.source.path, item.source.key_mark(("years",)),
                          "`year` and `years` both stand here; keep `years` for what ran over a span, else `year`")
