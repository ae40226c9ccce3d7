"""What search knows of a page: each guidance page and each entry as a document in every language.

In: a :class:`~safecities.catalogue.Catalogue`. Out: :class:`Document`. Everything comes from the catalogue
and nothing from HTML pages, so that facts which a template shows can be found too.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from safecities import addresses, glossary, guidance, markdown, schema, territories
from safecities.catalogue import Catalogue, Entry, Guidance, Text
from safecities.facets import FACETS
from safecities.vocabularies import GLOSSARY

KINDS = ("guidance", "case-study", "tool")
"""The kinds of document, in the order in which an index numbers them."""

WEIGHTS: Mapping[str, float] = {
    "title": 14.0, "summary": 4.0, "organisations": 4.0, "terms": 3.0, "synonyms": 0.6, "body": 1.0,
}
"""The fields of a document and how much a word counts in each; how chosen: tests/search/relevance/README.md."""


class Document(NamedTuple):
    """A page of the site in one language.

    ``lang`` is the language of the page, ``text_lang`` that of its text, which is another one where a
    translation is missing, ``body_lang`` that of its body, which not every translation has. ``address`` is
    relative to the site's root. ``fields`` holds plain text under the names of :data:`WEIGHTS`; ``facets`` the
    values of an entry by facet.
    """

    id: str
    kind: str
    lang: str
    text_lang: str
    address: str
    title: str
    summary: str
    fields: Mapping[str, str]
    facets: Mapping[str, tuple[str, ...]]
    body_lang: str

    def field_lang(self, field: str) -> str:
        """The language by which to read a field: terms and names stand in that of the page."""
        if field == "body":
            return self.body_lang
        return self.lang if field in ("terms", "synonyms", "organisations") else self.text_lang


def address_pattern(catalogue: Catalogue, kind: str, lang: str) -> str:
    """The address of the documents of a kind, with ``*`` for the id."""
    if kind == "guidance":
        return addresses.guidance(catalogue.site, "*", lang)
    return addresses.record(catalogue.site, kind, "*", lang)


def pages(catalogue: Catalogue) -> Iterator[tuple[str, Guidance | Entry]]:
    """All pages with their kinds, ordered by kind as in :data:`KINDS`, then by id."""
    yield from (("guidance", page) for _, page in sorted(catalogue.guidance.items()))
    for kind in KINDS[1:]:
        yield from ((kind, entry) for entry in catalogue.of_kind(kind))


def documents(catalogue: Catalogue, lang: str) -> Iterator[Document]:
    """All documents in a language, in the order of :func:`pages`."""
    return (document(catalogue, page, lang) for _, page in pages(catalogue))


def document(catalogue: Catalogue, page: Guidance | Entry, lang: str) -> Document:
    """A page as a document in a language."""
    if isinstance(page, Guidance):
        return _guidance(catalogue, page, lang)
    return _entry(catalogue, page, lang)


def telling(catalogue: Catalogue, page: Guidance | Entry, lang: str) -> Mapping[str, tuple[str, str]]:
    """What a page says of itself, by field, each with its language: of a record all but the body and synonyms, of a
    guidance page, which has neither names nor terms, the body too."""
    text = page.text(lang, catalogue.site.default)
    found = {"title": (text.title, text.lang), "summary": (text.summary, text.lang)}
    if isinstance(page, Guidance):
        return {**found, "body": (_body(catalogue, page, lang), text.lang)}
    return {**found, "organisations": (_lines(_names(page)), lang),
            "terms": (_lines(_labels(catalogue, page, lang)), lang)}


def _body(catalogue: Catalogue, page: Guidance, lang: str) -> str:
    """The plain text of a guidance page; the glossary's holds the terms."""
    body = markdown.text(guidance.without_embeds(page.text(lang, catalogue.site.default).body))
    if page.id == GLOSSARY:
        terms = catalogue.glossary.values()
        body += " ".join(part for term in terms for part in (
            term.named(lang, catalogue.site.default), term.definition.get(lang, "")))
    return body


def _guidance(catalogue: Catalogue, page: Guidance, lang: str) -> Document:
    text = page.text(lang, catalogue.site.default)
    body = _body(catalogue, page, lang), text.lang
    return _document(catalogue, page.id, "guidance", lang, text, body, (), (), (), {})


def _entry(catalogue: Catalogue, entry: Entry, lang: str) -> Document:
    text = entry.text(lang, catalogue.site.default)
    facets = {facet.name: facet.values(entry) for facet in FACETS if entry.kind in facet.kinds}
    written = entry.body(lang, catalogue.site.default)
    return _document(catalogue, entry.id, entry.kind, lang, text, (markdown.text(written.body), written.lang),
                     _names(entry), _labels(catalogue, entry, lang), _foreign_labels(catalogue, entry, lang), facets)


def _document(catalogue: Catalogue, name: str, kind: str, lang: str, text: Text, body: tuple[str, str],
              names: Iterable[str], labels: Iterable[str], elsewhere: Iterable[str],
              facets: Mapping[str, tuple[str, ...]]) -> Document:
    face = f"{text.title}\n{text.summary}"
    texts = ((f"{face}\n{body[0]}", text.lang),) if body[1] == text.lang else ((face, text.lang), body)
    synonyms = _synonyms(catalogue, texts, lang)
    fields = {"title": text.title, "summary": text.summary, "organisations": _lines(names), "terms": _lines(labels),
              "synonyms": _lines((*synonyms, *elsewhere)), "body": body[0]}
    address = address_pattern(catalogue, kind, lang).replace("*", name)
    return Document(name, kind, lang, text.lang, address, text.title, text.summary, fields, facets, body[1])


def _lines(parts: Iterable[str]) -> str:
    """Texts on a line each, each once."""
    return "\n".join(dict.fromkeys(parts))


def _synonyms(catalogue: Catalogue, texts: Iterable[tuple[str, str]], lang: str) -> Iterable[str]:
    """What else the glossary's terms in texts (each with its language) are called.

    All their names in the page's language, and their labels in all others.
    """
    if not catalogue.glossary:
        return ()
    found = [(text[one.start : one.end].lower(), one.terms) for text, text_lang in texts
             for one in catalogue.finder(text_lang).find(text)]
    if not found:
        return ()
    written = {name for name, _ in found}
    terms = sorted({term for _, terms in found for term in terms})
    # What a text has already needs no second mention.
    return dict.fromkeys(name for term in terms for name in glossary.names(catalogue.glossary[term], lang)
                         if name.lower() not in written)


def _names(entry: Entry) -> Iterator[str]:
    """Names that are the same in every language: of the work, of its place, of those who took part."""
    fields = entry.fields
    yield from filter(None, (fields.original_title, fields.place))
    yield from (name for name in fields.organisations if name != "unknown")
    if isinstance(fields, schema.CaseStudy):
        yield from (partner.name for partner in fields.partners)
        yield from fields.funders
    yield from (version.title for version in fields.versions if version.title)


def _labels(catalogue: Catalogue, entry: Entry, lang: str) -> Iterator[str]:
    """The words of the vocabularies and the map, in the language of the page."""
    for vocabulary in schema.VOCABULARY_FIELDS:
        terms: tuple[str, ...] = getattr(entry.fields, vocabulary, ())
        if terms:  # a site may do without a vocabulary
            yield from map(catalogue.labels(vocabulary, lang).__getitem__, terms)
    yield from (territories.name(code, lang) for code in (*entry.fields.countries, *entry.regions))


def _foreign_labels(catalogue: Catalogue, entry: Entry, lang: str) -> Iterator[str]:
    """What an entry's terms are called in the site's other languages."""
    for vocabulary in schema.VOCABULARY_FIELDS:
        for name in getattr(entry.fields, vocabulary, ()):
            yield catalogue.elsewhere(vocabulary, name, lang)
