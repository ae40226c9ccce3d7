"""Rules on vocabularies."""

from collections.abc import Iterator

from safecities.content import Content
from safecities.problems import HINTS
from safecities.rules.registry import Finding, rule


@rule("warning")
def missing_label(content: Content) -> Iterator[Finding]:
    """Every term has a label in every language of the site; until then the default language's label stands in."""
    for vocabulary in content.vocabularies.values():
        for term in vocabulary.terms.values():
            missing = [tag for tag in content.site.tags if tag not in term.label]
            if missing:
                yield Finding(vocabulary.path, term.mark, f"`{term.id}` has no label in {', '.join(missing)}")


@rule("error")
def broader_circle(content: Content) -> Iterator[Finding]:
    """Going from a term to its broader one and on ends at a term that has none."""
    for vocabulary in content.vocabularies.values():
        done: set[str] = set()  # each term is looked at once, however long the ways are
        for term in vocabulary.terms:
            way: dict[str, None] = {}
            here = term
            while here in vocabulary.terms and here not in done and here not in way:
                way[here] = None
                here = vocabulary.terms[here].broader or ""
            if here in way:
                circle = [*way][[*way].index(here):]
                for name in circle:
                    yield Finding(vocabulary.path, vocabulary.terms[name].mark,
                                  f"`{name}` is at last broader than itself; mend `broader` of one of "
                                  f"{', '.join(f'`{other}`' for other in circle[:HINTS])}")
            done.update(way)
