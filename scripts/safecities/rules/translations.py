"""Rules on translations of records and guidance pages."""

from collections.abc import Iterator

from safecities import locales
from safecities.content import GUIDANCE, Content, Written
from safecities.problems import nearest, printable, shown
from safecities.records import Mark
from safecities.rules.registry import Finding, rule
from safecities.values import is_digest


def _all(content: Content) -> Iterator[tuple[Written, frozenset[str]]]:
    """Every translation's file, sound or not, with the ids among which its original's is to be found."""
    for file in content.files:
        if file.source.lang is not None:
            yield file, content.page_ids if file.kind == GUIDANCE else content.record_ids


@rule("error")
def translation_without_original(content: Content) -> Iterator[Finding]:
    """A translation has an original beside it: the file of the same name without the language."""
    for item, ids in _all(content):
        if item.source.id not in ids:
            original = item.source.path.removesuffix(f".{item.source.lang}.md") + ".md"
            yield Finding(item.source.path, Mark(1, 1),
                          f"there is no {original} that this translates{nearest(item.source.id, ids)}")


@rule("error")
def translation_apart(content: Content) -> Iterator[Finding]:
    """A translation lies in the same folder as its original."""
    folders = {item.source.id: item.source.path.rpartition("/")[0] for item in content.record_files
               if item.source.lang is None}
    for item in content.record_files:
        folder = item.source.path.rpartition("/")[0]
        if item.source.lang is not None and item.source.id in folders and folder != folders[item.source.id]:
            yield Finding(item.source.path, Mark(1, 1),
                          f"the original lies in {folders[item.source.id]}/; move this there")


@rule("error")
def translation_language(content: Content) -> Iterator[Finding]:
    """The language in a translation's name is a BCP 47 tag, and not the language of the original."""
    languages = {item.source.id: item.fields.language or content.site.default for item in content.records}
    for item, _ in _all(content):
        lang = item.source.lang or ""
        if not locales.is_language_tag(lang):
            yield Finding(item.source.path, Mark(1, 1), f"{shown(lang)} in the file's name is no BCP 47 language tag; "
                          f"accepted are tags such as {', '.join(content.site.tags)}{nearest(lang, content.site.tags)}")
        elif item.kind != GUIDANCE and languages.get(item.source.id) == lang:
            yield Finding(item.source.path, Mark(1, 1), f"the original is itself in `{lang}`; put the text there, "
                          "or name the original's language in its field `language`")


@rule("warning")
def language_not_published(content: Content) -> Iterator[Finding]:
    """A translation into a language that the site doesn't have is kept, but nobody sees it."""
    for item, _ in _all(content):
        lang = item.source.lang or ""
        if lang not in content.site.tags and locales.is_language_tag(lang):
            yield Finding(item.source.path, Mark(1, 1), f"the site has no language `{lang}`; its languages are "
                          f"{', '.join(content.site.tags)}{nearest(lang, content.site.tags)}")


@rule("warning")
def stale_translation(content: Content) -> Iterator[Finding]:
    """A translation was made from its original as it stands today. A stale one is published with a notice, until it is
    brought up to date and stamped with `safecities translations --stamp`.
    """
    for files in (content.record_files, content.pages):
        digests = {file.source.id: file.digest for file in files if file.source.lang is None}
        for file in files:
            now, made_from = digests.get(file.source.id), file.source.data.get("translated_from")
            if file.source.lang is not None and now and is_digest(made_from) and made_from != now:
                yield Finding(file.source.path, file.source.mark(("translated_from",)), "the original has changed "
                              f"since: its digest is `{now}`, not `{made_from}`; bring the text up to date, then run "
                              f"`safecities translations --stamp {printable(file.source.path)}`")
