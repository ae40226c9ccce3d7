"""Rules on the languages of the site."""

from collections.abc import Iterator

from safecities.content import Content
from safecities.locales import SOURCE_LANGUAGE, has_catalogue
from safecities.records import Mark
from safecities.rules.registry import Finding, rule


@rule("warning")
def missing_catalogue(content: Content) -> Iterator[Finding]:
    """There are messages for every language of the site; until then its menus, buttons and notices are in English."""
    for language in content.site.languages:
        if language.tag.split("-")[0] != SOURCE_LANGUAGE and not has_catalogue(language.tag):
            yield Finding("mkdocs.yml", Mark(language.line, 1),
                          f"there are no messages in `{language.tag}`; make a catalogue for it with "
                          f"`make language TAG={language.tag}`, or menus and buttons are in English")
