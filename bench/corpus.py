"""A deterministic corpus in the record format, and the smallest fair Hugo project with the same pages.

In: numbers of records and guidance pages. Out: two folders. Words are real ones of each language, drawn by their
natural frequency (wordfreq, PyPI), so that the sizes of search indexes and the work of stemmers are those of real text;
no sentence is anybody's. The same arguments give the same bytes.

Run with the benchmark's own environment, which has wordfreq: see `make bench`.
"""

import argparse
import itertools
import json
import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import wordfreq
import yaml

from safecities.digest import digest

LANGUAGES = ("en", "es", "fr", "ar")
SECTIONS = {
    "en": ("Situation", "What was done", "Results"), "es": ("Situación", "Qué se hizo", "Resultados"),
    "fr": ("Situation", "Ce qui a été fait", "Résultats"), "ar": ("الوضع", "ما الذي أُنجز", "النتائج"),
}
COUNTRIES = ("AR", "AU", "BO", "BR", "CA", "CL", "CO", "EC", "EG", "ES", "FR", "GT", "IN", "JO", "KE", "MA", "MX", "NO",
             "PE", "PG", "PS", "PT", "RW", "SN", "TN", "TR", "TZ", "UY", "VN", "ZA")
VOCABULARY = 20_000


class Words:
    """Words of one language by their frequency."""

    def __init__(self, lang: str) -> None:
        self.words = [word for word in wordfreq.top_n_list(lang, VOCABULARY) if word.isalpha()]
        self.weights = list(itertools.accumulate(wordfreq.word_frequency(word, lang) for word in self.words))
        # Titles hold content words: the frequent half of a language says little.
        self.rare = self.words[300:6000]

    def text(self, rng: random.Random, number: int) -> str:
        """Running text with sentences of about 14 words."""
        words = rng.choices(self.words, cum_weights=self.weights, k=number)
        for at in range(0, number, 14):
            words[at] = words[at].capitalize()
            if at:
                words[at - 1] += "."
        return " ".join(words) + "."

    def title(self, rng: random.Random) -> str:
        """A title of four to eight content words."""
        return " ".join(rng.sample(self.rare, rng.randint(4, 8))).capitalize()


@dataclass(frozen=True)
class Prose:
    """The text of a record in one language."""

    title: str
    summary: str
    body: str


def prose(words: Words, lang: str, rng: random.Random, study: bool, length: int) -> Prose:
    """A title, a summary, and a body of ``length`` words in sections with a list and a link."""
    parts = []
    names = SECTIONS[lang] if study else [words.title(rng) for _ in range(3)]
    for at, name in enumerate(names):
        parts.append(f"## {name}\n")
        parts.append(words.text(rng, length // 4) + "\n")
        if at == 1:
            parts += [f"- **{words.title(rng)}.** {words.text(rng, length // 16)}" for _ in range(4)]
            parts.append(f"\n[{words.title(rng)}](https://example.org/{rng.randrange(10**6)})\n")
    summary = words.text(rng, rng.randint(15, 28))[:390]
    return Prose(words.title(rng), summary, "\n".join(parts))


def facts(terms: dict[str, list[str]], rng: random.Random, words: Words, study: bool, names: list[str]) -> dict[str, object]:
    """The fields of a record beside its prose."""
    fields: dict[str, object] = {} if study else {"categories": rng.sample(terms["categories"], rng.randint(1, 2))}
    fields |= {
        "themes": rng.sample(terms["themes"], rng.randint(1, 4)), "audiences": rng.sample(terms["audiences"], rng.randint(1, 3)),
        "countries": rng.sample(COUNTRIES, rng.randint(1, 2)), "place": words.title(rng).split()[0],
        "organisations": [words.title(rng) for _ in range(rng.randint(1, 2))],
        "versions": [{"language": lang, "url": f"https://example.org/{rng.randrange(10**9)}"}
                     for lang in rng.sample(LANGUAGES, rng.randint(1, 3))],
        "sources": [{"title": words.title(rng), "publisher": words.title(rng), "year": rng.randint(1995, 2026)}],
        "related": sorted(rng.sample(names, min(len(names), rng.randint(0, 3)))), "status": "partial", "added": "2026-11-22",
    }
    return fields | ({"years": f"{rng.randint(1995, 2015)}/.."} if study else {"year": rng.randint(1995, 2026)})


def front_matter(fields: dict[str, object]) -> str:
    """YAML between its lines."""
    return f"---\n{yaml.dump(fields, allow_unicode=True, sort_keys=False, width=10**6, Dumper=yaml.CSafeDumper)}---\n"


def records(number: int, terms: dict[str, list[str]], seed: int) -> Iterator[tuple[str, str, dict[str, object], dict[str, Prose]]]:
    """Kind's folder, id, fields and prose by language of each record."""
    words = {lang: Words(lang) for lang in LANGUAGES}
    names: list[str] = []
    for at in range(number):
        rng = random.Random(f"{seed}-{at}")
        study = at % 2 == 0
        length = rng.randint(120, 400)
        name = f"record-{at:05}"
        texts = {lang: prose(words[lang], lang, rng, study, length) for lang in LANGUAGES}
        yield "casestudies" if study else "tools_db", name, facts(terms, rng, words["en"], study, names[-50:]), texts
        names.append(name)


def write(path: Path, text: str) -> None:
    """Write a file, its folder too."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def main() -> None:
    """Write both projects."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--project", type=Path, required=True, help="the project's own folder, for its vocabularies and settings")
    parser.add_argument("--ours", type=Path, required=True)
    parser.add_argument("--hugo", type=Path, required=True)
    parser.add_argument("--records", type=int, default=4000)
    parser.add_argument("--guidance", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    for folder in (options.ours, options.hugo):
        shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(options.project / "vocabularies", options.ours / "vocabularies")
    settings = (options.project / "mkdocs.yml").read_text(encoding="utf-8")
    nav = settings.index("nav:")
    write(options.ours / "mkdocs.yml", settings[:nav] + settings[settings.index("markdown_extensions:"):])
    terms = {path.stem: list(yaml.safe_load(path.read_text(encoding="utf-8")))
             for path in (options.project / "vocabularies").glob("*.yml")}
    shutil.copytree(Path(__file__).parent / "hugo", options.hugo)
    names = []
    for folder, name, fields, texts in records(options.records, terms, options.seed):
        names.append(name)
        original = texts["en"]
        now = digest(original.title, original.summary, None, original.body)
        for lang, text in texts.items():
            shown = {"title": text.title, "summary": text.summary}
            suffix = "" if lang == "en" else f".{lang}"
            own = shown | fields if lang == "en" else shown | {"translation": "machine", "translated_from": now}
            write(options.ours / folder / f"{name}{suffix}.md", front_matter(own) + text.body)
            address = "casestudies" if folder == "casestudies" else "tools"
            write(options.hugo / "content" / address / f"{name}.{lang}.md", front_matter(shown | fields) + text.body)
    guidance(options, names)
    print(json.dumps({"records": options.records, "guidance": options.guidance, "languages": len(LANGUAGES)}))


def guidance(options: argparse.Namespace, names: list[str]) -> None:
    """Guidance pages that embed and link to records."""
    words = {lang: Words(lang) for lang in LANGUAGES}
    for at in range(-1, options.guidance):
        name = "index" if at < 0 else f"guidance/page-{at:02}"
        rng = random.Random(f"guidance-{options.seed}-{at}")
        cited = rng.sample(names, min(len(names), 6))
        texts = {}
        for lang in LANGUAGES:
            parts = [words[lang].text(rng, 60) + "\n"]
            for record in cited:
                parts += [f"## {words[lang].title(rng)}\n", words[lang].text(rng, 80) + "\n", f"[[{record}]]\n",
                          f"{words[lang].text(rng, 20)} [{words[lang].title(rng)}](record:{record})\n"]
            texts[lang] = Prose(words[lang].title(rng), words[lang].text(rng, 18)[:390], "\n".join(parts))
        now = digest(texts["en"].title, texts["en"].summary, None, texts["en"].body)
        for lang, text in texts.items():
            shown: dict[str, object] = {"title": text.title, "summary": text.summary}
            more = ({"last_edited": "2026-11-22", "related": sorted(cited[:3])} if lang == "en"
                    else {"translation": "machine", "translated_from": now})
            suffix = "" if lang == "en" else f".{lang}"
            write(options.ours / "docs" / f"{name}{suffix}.md", front_matter(shown | more) + text.body)
            plain = text.body.replace("](record:", "](https://example.org/").replace("[[", "").replace("]]", "")
            write(options.hugo / "content" / f"{'_index' if at < 0 else name}.{lang}.md", front_matter(shown) + plain)


if __name__ == "__main__":
    main()
