"""The browser's search: an index per language and the facet columns, as scripts that ``file://`` can load.

In: a :class:`~safecities.catalogue.Catalogue`. Out: files (:mod:`safecities.parts`). Per language:

- ``meta``: the kinds of document in their order, how many there are and where their pages lie, where shards
  begin, how many documents a file holds, what scores are worked out with (:mod:`safecities.search.inverted`), names and
  directions of other languages;
- ``shard-<n>``: from forms of words to documents (:mod:`safecities.search.shards`);
- ``docs-<n>``: ids, titles and summaries by number of document.
"""

import functools
import math
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from safecities import locales, parts
from safecities.catalogue import Catalogue, Page, Text
from safecities.documents import KINDS, address_pattern, document, pages
from safecities.search.columns import columns
from safecities.search.inverted import SATURATION, invert
from safecities.search.shards import cut
from safecities.search.words import Words
from safecities.site import ADDRESS_FOLDERS

TOGETHER = 64
"""Up to so many documents, all titles and summaries come in one file."""

FEWEST = 8
"""How many documents a file has at least otherwise."""

MOST_FILES = 400
"""How many files of titles and summaries there are at most."""


def files(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """All files, as addresses from the site's root and texts; the same content gives the same bytes."""
    yield from shared_files(catalogue)
    for lang in catalogue.site.tags:
        yield from language_files(catalogue, lang)


def shared_files(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """The files that all languages share: the facet columns of each kind of record."""
    return parts.files([(f"facets-{folder}", columns(catalogue, kind)) for kind, folder in ADDRESS_FOLDERS.items()])


def language_files(catalogue: Catalogue, lang: str, words: Words | None = None,
                   key: Callable[[Page], str] = lambda page: "") -> Iterator[tuple[str, str]]:
    """The files of one language. Languages know nothing of each other and can be made by several processes.

    ``words`` are those of no document yet; all are added, each with its ``key``, which says what it is made from.
    """
    words = words or Words()
    words.extend((key(page), functools.partial(document, catalogue, page, lang)) for _, page in pages(catalogue))
    return parts.files((f"{lang}/{name}", data) for name, data in _language(catalogue, lang, words))


def _language(catalogue: Catalogue, lang: str, words: Words) -> Iterator[tuple[str, object]]:
    index = invert(words)
    shards = cut(index)
    kinds = Counter(kind for kind, _ in pages(catalogue))
    texts = [(page.id, page.text(lang, catalogue.site.default)) for _, page in pages(catalogue)]
    chunk = max(1, len(texts)) if len(texts) <= TOGETHER else max(FEWEST, math.ceil(len(texts) / MOST_FILES))
    others = sorted({text.lang for _, text in texts} - {lang})
    yield "meta", {
        "kinds": [[kind, kinds[kind], address_pattern(catalogue, kind, lang)] for kind in KINDS],
        "shards": [shard.first for shard in shards],
        "chunk": chunk,
        "norms": index.norms,
        "saturation": SATURATION,
        "languages": {tag: [locales.language_name(tag, lang), locales.direction(tag)] for tag in others},
    }
    for number, shard in enumerate(shards):
        yield f"shard-{number}", shard.data()
    for number, at in enumerate(range(0, len(texts), chunk)):
        yield f"docs-{number}", [_face(name, text, lang) for name, text in texts[at : at + chunk]]


def _face(name: str, text: Text, lang: str) -> Sequence[str]:
    """Id, title and summary, and the language of the text where it isn't that of the page."""
    return [name, text.title, text.summary, *([text.lang] if text.lang != lang else [])]
