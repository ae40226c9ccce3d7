"""Writes the queries of the relevance set: ``python tests/search/relevance/make_queries.py``. See README.md there.

In: the project's records. Out: ``<lang>.tsv``, a query a line: type, words, the ids of the records it should find.
Knows nothing of the search engine: no stemmer, no tokenizer, no index; and draws with a fixed seed.
"""

import random
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

from safecities import catalogue, territories
from safecities.catalogue import Catalogue, Entry, Text
from safecities.content import read_content
from safecities.site import load_site

HERE = Path(__file__).parent
PROJECT = HERE.parents[2]
SEED = 20_101_030
EACH = 50
"""How many queries there are of each type, if the records yield as many."""

WORD = re.compile(r"[^\W\d_]+")
ARTICLE = "ال"

Made = Iterator[tuple[str, list[str]]]


def project() -> Catalogue:
    """The catalogue of the project's own records."""
    return catalogue.build(read_content(load_site(PROJECT))[0])


def without_accents(text: str) -> str:
    """A text as it is typed in a hurry: no accents; in Arabic no hamza, and ha for ta marbuta."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return bare.replace("ة", "ه").replace("ى", "ي")


class Maker:
    """Makes the queries of one language from the records whose title and summary are in it."""

    def __init__(self, made: Catalogue, lang: str) -> None:
        self.lang = lang
        self.made = made
        self.chance = random.Random(f"{SEED} {lang}")
        # Of its own, so that what was drawn before there were these stays as it is.
        self.further = random.Random(f"{SEED} {lang} further")
        entries = [(entry, entry.texts[lang]) for entry in made.entries.values() if lang in entry.texts]
        self.entries: list[tuple[Entry, Text]] = sorted(entries, key=lambda row: row[0].id)
        texts = " ".join(f"{text.title} {text.summary}" for _, text in self.entries)
        # The commonest words of the texts tell records apart as little as a reader would type them.
        counts: dict[str, int] = defaultdict(int)
        for word in WORD.findall(texts.lower()):
            counts[word] += 1
        self.common = {word for word, count in counts.items() if count > len(self.entries) / 2}
        self.known = sorted(counts)

    def words(self, text: str) -> list[str]:
        """The telling words of a text: four letters or more (in Arabic three), not among the commonest."""
        least = 3 if self.lang == "ar" else 4
        return [word for word in WORD.findall(text) if len(word) >= least and word.lower() not in self.common]

    def some(self) -> Iterator[tuple[Entry, list[str]]]:
        """Records in a random order, each with two or three telling words of its title in their order."""
        for entry, text in self.chance.sample(self.entries, len(self.entries)):
            words = list(dict.fromkeys(self.words(text.title)))
            if len(words) >= 2:
                chosen = sorted(self.chance.sample(range(len(words)), min(len(words), self.chance.choice((2, 3)))))
                yield entry, [words[at] for at in chosen]

    def exact(self) -> Made:
        """Words of a title as they stand."""
        yield from ((" ".join(words), [entry.id]) for entry, words in self.some())

    def changed(self, change: Callable[[str], str | None]) -> Made:
        """Words of a title, one of them changed."""
        for entry, words in self.some():
            for at in self.chance.sample(range(len(words)), len(words)):
                other = change(words[at])
                if other and other != words[at]:
                    yield " ".join([*words[:at], other, *words[at + 1 :]]), [entry.id]
                    break

    def inflected(self) -> Made:
        """One word in another form: a word of the texts with the same beginning and another ending of up to three."""
        def other(word: str) -> str | None:
            low = word.lower()
            stem = low[: max(5 if self.lang != "ar" else 4, len(low) - 2)]
            forms = [form for form in self.known
                     if form != low and form.startswith(stem) and abs(len(form) - len(low)) <= 3 and len(low) > 4]
            return self.chance.choice(forms) if forms else None

        return self.changed(other)

    def unaccented(self) -> Made:
        """Words of a title without their accents; in Arabic without hamza, and ha for ta marbuta.

        Where few titles have any, as in English, also names of organisations and places.
        """
        for entry, words in self.some():
            if (bare := without_accents(" ".join(words))) != " ".join(words):
                yield bare, [entry.id]
        names = self._sets(lambda entry: [
            name for name in (*entry.fields.organisations, entry.fields.place or "") if without_accents(name) != name],
            self.further)
        yield from ((without_accents(name), ids) for name, ids in names)

    def article(self) -> Made:
        """In Arabic: one word with the article that stands without it, or without it."""
        if self.lang == "ar":
            yield from self.changed(
                lambda word: word.removeprefix(ARTICLE) if word.startswith(ARTICLE) else ARTICLE + word)

    def slip(self) -> Made:
        """One letter left out, doubled, swapped with its neighbour or replaced, not the first one."""
        def other(word: str) -> str | None:
            if len(word) < 5:
                return None
            at = self.chance.randrange(1, len(word) - 1)
            letter = self.chance.choice("".join(WORD.findall("".join(self.known))))
            return self.chance.choice([
                word[:at] + word[at + 1 :], word[:at] + word[at] + word[at:],
                word[:at] + word[at + 1] + word[at] + word[at + 2 :], word[:at] + letter + word[at + 1 :]])

        return self.changed(other)

    def two_fields(self) -> Made:
        """One word of the title, one of an organisation, a place or the summary."""
        for entry, words in self.some():
            fields = entry.fields
            names = [name for name in (*fields.organisations, fields.place or "") if name != "unknown"]
            title = {word.lower() for word in self.words(entry.texts[self.lang].title)}
            sources = [self.words(" ".join(names)), self.words(entry.texts[self.lang].summary)]
            others = [word for word in self.chance.choice(sources) if word.lower() not in title]
            if others:
                yield f"{self.chance.choice(words)} {self.chance.choice(others)}", [entry.id]

    def organisation(self) -> Made:
        """The name of an organisation: all records that name it."""
        yield from self._sets(lambda entry: [name for name in entry.fields.organisations if name != "unknown"])

    def country(self) -> Made:
        """The name of a country: all its records."""
        yield from self._sets(lambda entry: [territories.name(code, self.lang) for code in entry.fields.countries])

    def category(self) -> Made:
        """The label of a category: all its tools. Then with the name of a country: its tools that are there."""
        def labels(entry: Entry) -> list[str]:
            return [self.made.label("categories", name, self.lang) for name in entry.categories]

        yield from self._sets(labels)
        yield from self._sets(lambda entry: [f"{label} {territories.name(code, self.lang)}" for label in labels(entry)
                                             for code in entry.fields.countries], self.further)

    def _sets(self, names: Callable[[Entry], list[str]], chance: random.Random | None = None) -> Made:
        found: dict[str, list[str]] = defaultdict(list)
        for entry in self.made.entries.values():
            for name in names(entry):
                found[name].append(entry.id)
        for name in (chance or self.chance).sample(sorted(found), len(found)):
            yield name, sorted(set(found[name]))

    def all(self) -> Iterator[str]:
        """The lines of the file."""
        for kind in (self.exact, self.inflected, self.unaccented, self.article, self.slip, self.two_fields,
                     self.organisation, self.country, self.category):
            for number, (query, ids) in enumerate(kind()):
                if number == EACH:
                    break
                yield f"{kind.__name__}\t{query}\t{' '.join(ids)}\n"


def main() -> None:
    """Write the files anew."""
    made = project()
    for lang in made.site.tags:
        (HERE / f"{lang}.tsv").write_text("".join(Maker(made, lang).all()), encoding="utf-8")


if __name__ == "__main__":
    main()
