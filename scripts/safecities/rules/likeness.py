"""Rules on records that are like others."""

from collections.abc import Iterator

from safecities.content import Content
from safecities.likeness import PARTS, alike
from safecities.records import Mark
from safecities.rules.registry import Finding, rule


@rule("warning")
def near_duplicate(content: Content) -> Iterator[Finding]:
    """No two records say nearly the same, in title and summary or in their text: they may be one thing recorded twice,
    or a record that was copied as a start and not written over. Translations of a record are the same text rightly.
    """
    for found in alike(content):
        source = found.file.source
        summary = found.part == PARTS[0]
        mark = source.mark(("summary",)) if summary else Mark(source.body_line, 1)
        what = "title and summary say" if summary else "the text says"
        yield Finding(source.path, mark, f"{what} nearly the same as {found.other.source.path} ({found.share:.0%} of "
                      "the wording); if both are about the same thing, keep one record, else say what is different")
