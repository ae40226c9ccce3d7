"""Rules on vocabularies."""

from collections.abc import Iterator

from safecities.content import Content
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
        for term in vocabulary.terms.values():
            seen = {term.id}
            above = term.broader
            while above is not None and above in vocabulary.terms:
                if above in seen:
                    yield Finding(vocabulary.path, term.mark, f"`{term.id}` is at last broader than itself")
                    break
                seen.add(above)
                above = vocabulary.terms[above].broader
