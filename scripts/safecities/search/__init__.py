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

import hashlib
import json
import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain

from safecities import exports, locales
from safecities.catalogue import Catalogue, Text
from safecities.documents import KINDS, Document, address_pattern, documents, plain
from safecities.search.columns import columns
from safecities.search.inverted import SATURATION, invert
from safecities.search.shards import cut
from safecities.search.takeaway import parts
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
        yield from takeaway_files(kind, exports.pieces(catalogue, kind))
    for lang in catalogue.site.tags:
        yield from language_files(catalogue, lang)


def shared_files(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """The files that all languages share: the facet columns of each kind of record."""
    return _files([(f"facets-{folder}", columns(catalogue, kind)) for kind, folder in ADDRESS_FOLDERS.items()])


def takeaway_files(kind: str, made: exports.Pieces) -> Iterator[tuple[str, str]]:
    """The files from which a browser puts together a selection of records of a kind as data."""
    # Written one at a time, since all together they are as large as the site's data in all formats.
    version = _version(chain((kind,), *made.values()))
    return (_file(name, version, _json(data)) for name, data in parts(kind, made))


def language_files(catalogue: Catalogue, lang: str, plain: Callable[[Text], str] = plain) -> Iterator[tuple[str, str]]:
    """The files of one language. Languages know nothing of each other and can be made by several processes."""
    return _files((f"{lang}/{name}", data) for name, data in _language(catalogue, lang, plain))


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


def _language(catalogue: Catalogue, lang: str, plain: Callable[[Text], str]) -> Iterator[tuple[str, object]]:
    found = tuple(documents(catalogue, lang, plain))
    index = invert(found)
    shards = cut(index)
    chunk = max(1, len(found)) if len(found) <= TOGETHER else max(FEWEST, math.ceil(len(found) / MOST_FILES))
    counts = Counter(document.kind for document in found)
    others = sorted({document.text_lang for document in found} - {lang})
    yield "meta", {
        "kinds": [[kind, counts[kind], address_pattern(catalogue, kind, lang)] for kind in KINDS],
        "shards": [shard.first for shard in shards],
        "chunk": chunk,
        "norms": index.norms,
        "saturation": SATURATION,
        "languages": {tag: [locales.language_name(tag, lang), locales.direction(tag)] for tag in others},
    }
    for number, shard in enumerate(shards):
        yield f"shard-{number}", shard.data()
    for number, at in enumerate(range(0, len(found), chunk)):
        yield f"docs-{number}", [_face(document) for document in found[at : at + chunk]]


def _face(document: Document) -> Sequence[str]:
    """Id, title and summary, and the language of the text where it isn't that of the page."""
    other = [document.text_lang] if document.text_lang != document.lang else []
    return [document.id, document.title, document.summary, *other]


def _json(data: object) -> str:
    """JSON that is safe in a script: no end of a script element, no line ends that old engines trip over."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("</", "<\\/").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
