"""The browser's search: an index per language and the facet columns, as scripts that ``file://`` can load.

In: a :class:`~safecities.catalogue.Catalogue`. Out: files, each one call of ``safecities.part(name, version,
data)``: data only, loaded by ``overrides/assets/js/parts.js`` through ``<script>`` elements, since neither
fetch nor workers nor modules work on ``file://``. Per language:

- ``meta``: the kinds of document in their order, how many there are and where their pages lie, where shards
  begin, how many documents a file holds, what scores are worked out with (:mod:`safecities.search.inverted`), names and
  directions of other languages;
- ``shard-<n>``: from forms of words to documents (:mod:`safecities.search.shards`);
- ``docs-<n>``: ids, titles and summaries by number of document.
"""

import functools
import hashlib
import json
import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from safecities import exports, locales
from safecities.catalogue import Catalogue, Entry, Page, Text
from safecities.documents import KINDS, address_pattern, document, pages
from safecities.search import takeaway
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
    """All files as (address from the site's root, text); the same content gives the same bytes."""
    yield from shared_files(catalogue)
    for kind in ADDRESS_FOLDERS:
        made = {number: tuple(takeaway_files(catalogue, kind, number, entries))
                for number, entries in takeaway.chunks(catalogue, kind)}
        yield from chain.from_iterable(made.values())
        versions = {form: [read(found[at][1])[0] for found in made.values()] for at, form in enumerate(exports.FORMS)}
        yield takeaway_meta(kind, versions)
    for lang in catalogue.site.tags:
        yield from language_files(catalogue, lang)


def shared_files(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """The files that all languages share: the facet columns of each kind of record."""
    return _files([(f"facets-{folder}", columns(catalogue, kind)) for kind, folder in ADDRESS_FOLDERS.items()])


def takeaway_files(catalogue: Catalogue, kind: str, number: int, entries: Iterable[Entry]) -> Iterator[tuple[str, str]]:
    """The files with the pieces of records that come together, from which a browser puts together a selection.

    Each has a version of its own: a file whose records haven't changed is as it was.
    """
    found = takeaway.parts(kind, number, exports.pieces(catalogue, entries))
    return chain.from_iterable(_files([part]) for part in found)


def takeaway_meta(kind: str, versions: Mapping[str, Sequence[str]]) -> tuple[str, str]:
    """The file on these files: ``versions`` are those of each format's, in their order."""
    return next(_files([takeaway.meta(kind, versions)]))


def read(text: str) -> tuple[str, Any]:
    """Version and data of a file."""
    call, _, data = text.partition(",")[2].partition(",")
    return json.loads(call), json.loads(data.removesuffix(");\n"))


def language_files(catalogue: Catalogue, lang: str, words: Words | None = None,
                   key: Callable[[Page], str] = lambda page: "") -> Iterator[tuple[str, str]]:
    """The files of one language. Languages know nothing of each other and can be made by several processes.

    ``words`` are those of no document yet; all are added, each with its ``key``, which says what it is made from.
    """
    words = words or Words()
    for _, page in pages(catalogue):
        words.add(key(page), functools.partial(document, catalogue, page, lang))
    return _files((f"{lang}/{name}", data) for name, data in _language(catalogue, lang, words))


def _files(parts: Iterable[tuple[str, object]]) -> Iterator[tuple[str, str]]:
    """Parts that belong together as files, with a version that says what is in all of them."""
    written = [(name, _json(data)) for name, data in parts]
    version = _version(chain.from_iterable(written))
    return (_file(name, version, text) for name, text in written)


def _version(texts: Iterable[str]) -> str:
    """What tells files that belong together from older ones, which a browser may still hold beside new ones."""
    state = hashlib.sha256()
    for text in texts:
        state.update(text.encode("utf-8", "surrogatepass") + b"\0")
    return state.hexdigest()[:12]


def _file(name: str, version: str, text: str) -> tuple[str, str]:
    return f"search/{name}.js", f'safecities.part("{name}","{version}",{text});\n'


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


def _json(data: object) -> str:
    """JSON that is safe in a script: no end of a script element, no line ends that old engines trip over."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("</", "<\\/").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
