"""Rules on front matter as it was written, where what YAML makes of it is not what was meant."""

import re
from collections.abc import Iterator
from typing import Any

from safecities.content import Written
from safecities.problems import shown
from safecities.records import Mark
from safecities.rules.registry import Finding, file_rule
from safecities.site import Site

_REMARK = re.compile(r"""[ \t](#[^\s"'\\\],}]+)""")


@file_rule("warning")
def cut_by_comment(file: Written, site: Site) -> Iterator[Finding]:
    """In front matter, a # after a space begins a remark, and what follows is not read. A text that holds such a sign
    (`Safety audit #2`) goes between double quotes; a remark has a space after its #.
    """
    if not file.source.remarks or not file.readable:
        return
    front = file.source.front
    texts = "\n".join(_texts(file.source.data))
    for number, line in enumerate(front.split("\n"), 2):
        found = _REMARK.search(line)
        if found and not line.lstrip().startswith("#") and found[1] not in texts:
            yield Finding(file.source.path, Mark(number, found.start(1) + 1),
                          f"{shown(line[found.start(1):])} is not read: a # after a space begins a remark; put the "
                          "whole text between double quotes, or write a remark with a space after its #")


def _texts(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case list():
            for part in value:
                yield from _texts(part)
        case dict():
            for part in value.values():
                yield from _texts(part)
