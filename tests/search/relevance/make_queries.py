"""Writes the queries of the relevance set: ``python tests/search/relevance/make_queries.py``. See README.md there.

In: the project's records. Out: ``<lang>.tsv``, a query a line: type, words, the ids of the records it should find.
Knows nothing of the search engine: no stemmer, no tokenizer, no index; and draws with a fixed seed. Words drawn from a
title stand together in no other, so that there is a right answer; other forms of words come from `inflections.py`.
"""

import random
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from inflections import forms

from safecities import catalogue, territories
from safecities.catalogue import Catalogue, Entry, Page, Text
from safecities.content import read_content
from safecities.site import load_site

HERE = Path(__file__).parent
PROJECT = HERE.parents[2]
SEED = 20_101_030
EACH = 50
"""How many queries there are of each type, if the records yield as many."""

VOWELS = "\u064b-\u0652\u0670"
"""The signs that Arabic writes above and below letters, which `re` takes for the ends of words."""

WORD = re.compile(rf"[^\W\d_](?:[^\W\d_]|[{VOWELS}])*")
ARTICLE = "ال"
FORM = re.compile(r"[^\W\d_]+(?:'s\b|(?<=s)'(?!\w))?")
"""A word in a text without vowel signs, with the ending of the English possessive."""

ADDRESS = re.compile(r"\]\([^)]*\)|\[\[[^\]]*\]\]|https?://\S+")
"""What stands in the Markdown of a text and isn't written for readers."""

TRIES = 20
"""How often words are drawn from a title until they stand in no other."""

Made = Iterator[tuple[str, list[str]]]


def project() -> Catalogue:
    """The catalogue of the project's own records."""
    return catalogue.build(read_content(load_site(PROJECT))[0])


def without_accents(text: str) -> str:
    """A text as it is typed in a hurry: no accents; in Arabic no hamza, and ha for ta marbuta."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return bare.replace("ة", "ه").replace("ى", "ي")


def without_vowels(text: str) -> str:
    """A text without the signs for Arabic vowels, which no one types."""
    return re.sub(f"[{VOWELS}]", "", text)


def plain(words: Iterable[str]) -> frozenset[str]:
    """Words without regard to case, accents and their order."""
    return frozenset(without_accents(word.casefold()) for word in words)


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
        self.letters = without_vowels("".join(sorted(counts)))
        pages: list[Page] = [*made.entries.values(), *made.guidance.values()]
        self.titles = {page.id: plain(WORD.findall(page.text(lang, made.site.default).title)) for page in pages}
        read = (page.texts[lang] for page in pages if lang in page.texts)
        written = (ADDRESS.sub(" ", f"{text.title} {text.summary} {text.body}") for text in read)
        bare = (without_vowels(text.lower().replace("’", "'")) for text in written)
        self.attested = {word for text in bare for word in FORM.findall(text)}

    def words(self, text: str) -> list[str]:
        """The telling words of a text: four letters or more (in Arabic three), not among the commonest."""
        least = 3 if self.lang == "ar" else 4
        return [word for word in WORD.findall(text) if len(word) >= least and word.lower() not in self.common]

    def in_titles(self) -> Iterator[tuple[Entry, list[str]]]:
        """Records in a random order, each with the telling words of its title, if it has two."""
        for entry, text in self.chance.sample(self.entries, len(self.entries)):
            words = list(dict.fromkeys(self.words(text.title)))
            if len(words) >= 2:
                yield entry, words

    def identifies(self, words: list[str], entry: Entry) -> bool:
        """Whether the words stand together in no other title, so that a reader can mean only this record."""
        asked = plain(words)
        return not any(asked <= title for name, title in self.titles.items() if name != entry.id)

    def some(self) -> Iterator[tuple[Entry, list[str]]]:
        """Records, each with two or three telling words of its title in their order, which identify it."""
        for entry, words in self.in_titles():
            for _ in range(TRIES):
                chosen = sorted(self.chance.sample(range(len(words)), min(len(words), self.chance.choice((2, 3)))))
                drawn = [words[at] for at in chosen]
                if self.identifies(drawn, entry):
                    yield entry, drawn
                    break

    def exact(self) -> Made:
        """Words of a title as they stand."""
        yield from ((" ".join(words), [entry.id]) for entry, words in self.some())

    def changed(self, change: Callable[[str], str | None]) -> Made:
        """Words of a title, one of them changed, so that they still stand in no other title."""
        for entry, words in self.some():
            for at in self.chance.sample(range(len(words)), len(words)):
                other = change(words[at])
                if not other or other == words[at]:
                    continue
                asked = [*words[:at], other, *words[at + 1 :]]
                if self.identifies(asked, entry):
                    yield " ".join(asked), [entry.id]
                    break

    def inflected(self) -> Made:
        """One word in another form that stands in our texts. The Arabic article alone is a type of its own."""
        def other(word: str) -> str | None:
            low = without_vowels(word.lower())
            found = [form for form in forms(low, self.lang, self.attested)
                     if form.removeprefix(ARTICLE) != low.removeprefix(ARTICLE)]
            return self.chance.choice(found) if found else None

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
            letter = self.chance.choice(self.letters)
            return self.chance.choice([
                word[:at] + word[at + 1 :], word[:at] + word[at] + word[at:],
                word[:at] + word[at + 1] + word[at] + word[at + 2 :], word[:at] + letter + word[at + 1 :]])

        return self.changed(other)

    def two_fields(self) -> Made:
        """One word of the title, one of an organisation, a place or the summary."""
        for entry, words in self.in_titles():
            fields = entry.fields
            names = [name for name in (*fields.organisations, fields.place or "") if name != "unknown"]
            title = {word.lower() for word in words}
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
