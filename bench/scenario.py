"""What a reader asks for in the benchmark: words drawn from the records themselves, the same every time.

In: documents of one language. Out: queries. All words stand as they are asked for in one document at least, so that
every engine can find them; of one kind of query, a slip is made in a word.
"""

import random
import re
from collections.abc import Sequence
from typing import Protocol

SHORTEST = 4
"""Letters of a word that somebody would look for."""

_WORD = re.compile(r"[^\W\d_]+")

KINDS = (("title",), ("title", "title"), ("title", "body"), ("body",))
"""By turns: from which fields of a document the words of a query come."""


class Held(Protocol):
    """What is asked of a document: its title and body."""

    title: str
    body: str


def words(text: str) -> list[str]:
    """The words of a text that somebody would look for."""
    return [word.lower() for word in _WORD.findall(text) if len(word) >= SHORTEST]


def queries(documents: Sequence[Held], number: int, seed: str) -> list[str]:
    """As many queries as asked for, each drawn from a document of its own."""
    chance = random.Random(seed)  # noqa: S311 - the same queries every time are what is wanted
    found: list[str] = []
    while len(found) < number:
        document = chance.choice(documents)
        held = {"title": words(document.title), "body": words(document.body)}
        kind = KINDS[len(found) % len(KINDS)]
        if all(len(held[field]) >= kind.count(field) for field in kind):
            query = " ".join(chance.choice(held[field]) for field in kind)
            if query not in found and len(set(query.split())) == len(kind):
                found.append(query)
    return found


def slipped(query: str) -> str:
    """The query with two neighbouring letters of its longest word swapped: the first that differ after the first."""
    longest = max(query.split(), key=len)
    for at in range(1, len(longest) - 1):
        if longest[at] != longest[at + 1]:
            wrong = longest[:at] + longest[at + 1] + longest[at] + longest[at + 2 :]
            return query.replace(longest, wrong, 1)
    return query
