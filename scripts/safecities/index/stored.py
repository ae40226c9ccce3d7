"""The index on disk: one per language in ``<folder>/<lang>``, with a lexicon beside it.

In: a :class:`~safecities.catalogue.Catalogue`. Out: files, for :mod:`~safecities.index.answers`.
"""

import functools
import json
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from safecities import analysis
from safecities.catalogue import Catalogue
from safecities.documents import WEIGHTS, Document, documents
from safecities.index.engine import Terms, whoosh, writer

FILTERS = ("kind", "category", "theme", "country")
"""By what a search can be narrowed."""

LEXICON = "lexicon.json"
"""Form -> the groups in which the texts have it."""


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
    with writer(written) as filling:  # commits at the end, or lets go of its files when cut short
        for document in found:
            terms = {name: _terms(document, name, groups) for name in WEIGHTS}
            facets = {name: list(document.facets.get(name, ())) for name in FILTERS if name != "kind"}
            filling.add_document(id=document.id, kind=[document.kind], data=_stored(document), **facets, **terms)
    written.close()
    (folder / LEXICON).write_text(
        json.dumps({form: sorted(seen) for form, seen in sorted(lexicon.items())}, ensure_ascii=False),
        encoding="utf-8")


def _schema() -> Any:
    return whoosh.fields.Schema(
        id=whoosh.fields.STORED, data=whoosh.fields.STORED, **{name: Terms() for name in WEIGHTS},
        **{name: whoosh.fields.KEYWORD(commas=True) for name in FILTERS})


def _terms(document: Document, field: str, groups: Callable[[str], analysis.Groups]) -> Mapping[str, int]:
    """The terms of a field, by the groups of its language, and how often each stands there."""
    return groups(document.field_lang(field)).count(document.fields[field])


def _stored(document: Document) -> Mapping[str, str]:
    return {"kind": document.kind, "lang": document.lang, "text_lang": document.text_lang,
            "body_lang": document.body_lang, "title": document.title, "summary": document.summary,
            "address": document.address, "body": document.fields["body"]}
