"""A deterministic corpus in the record format, and the smallest fair Hugo project with the same pages.

In: numbers of records and guidance pages. Out: two folders. Words are real ones of each language, drawn by their
natural frequency (wordfreq, PyPI), so that the sizes of search indexes and the work of stemmers are those of real text;
no sentence is anybody's. The same arguments give the same bytes.

Run with the benchmark's own environment, which has wordfreq, and the package's folder in PYTHONPATH: `make bench` does.
"""

import argparse
import itertools
import random
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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
ADDED = "2026-11-22"

TAXONOMIES = {"categories": "category", "themes": "theme", "countries": "country", "audiences": "audience"}
"""Fields whose every value has a list page per kind and language -> the folder of these pages. Hugo's taxonomies span
all kinds, so each kind's fields are taxonomies of their own there, named by the folder: ``tools/theme``."""


class Words:
    """Words of one language by their frequency."""

    def __init__(self, lang: str) -> None:
        frequencies = wordfreq.get_frequency_dict(lang)
        self.words = [word for word in wordfreq.top_n_list(lang, VOCABULARY) if word.isalpha()]
        self.weights = list(itertools.accumulate(frequencies[word] for word in self.words))
        # Titles hold content words: the frequent ones of a language say little.
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


def facts(terms: Mapping[str, list[str]], rng: random.Random, words: Words, study: bool,
          names: list[str]) -> dict[str, Any]:
    """The fields of a record beside its prose."""
    fields: dict[str, Any] = {} if study else {"categories": rng.sample(terms["categories"], rng.randint(1, 2))}
    fields |= {
        "themes": rng.sample(terms["themes"], rng.randint(1, 4)),
        "audiences": rng.sample(terms["audiences"], rng.randint(1, 3)),
        "countries": rng.sample(COUNTRIES, rng.randint(1, 2)), "place": words.title(rng).split()[0],
        "organisations": [words.title(rng) for _ in range(rng.randint(1, 2))],
        "versions": [{"language": lang, "url": f"https://example.org/{rng.randrange(10**9)}"}
                     for lang in rng.sample(LANGUAGES, rng.randint(1, 3))],
        "sources": [{"title": words.title(rng), "publisher": words.title(rng), "year": rng.randint(1995, 2026)}],
        "related": sorted(rng.sample(names, min(len(names), rng.randint(0, 3)))), "status": "partial", "added": ADDED,
    }
    return fields | ({"years": f"{rng.randint(1995, 2015)}/.."} if study else {"year": rng.randint(1995, 2026)})


def front_matter(*parts: str) -> str:
    """YAML between its lines."""
    return "".join(("---\n", *parts, "---\n"))


def as_yaml(fields: Mapping[str, Any]) -> str:
    """Fields as YAML, one a line."""
    return yaml.dump(dict(fields), allow_unicode=True, sort_keys=False, width=10**6, Dumper=yaml.CSafeDumper)


Record = tuple[str, str, dict[str, Any], dict[str, Prose]]
"""A record's folder, id, fields, and prose by language."""


def records(options: argparse.Namespace, terms: Mapping[str, list[str]],
            words: Mapping[str, Words]) -> Iterator[Record]:
    """Case studies and tools by turns, or tools alone; related to some of the fifty before."""
    names: list[str] = []
    for at in range(options.records):
        rng = random.Random(f"{options.seed}-{at}")  # noqa: S311 - the same corpus every time is what is wanted
        study = at % 2 == 0 and not options.tools_only
        length = rng.randint(120, 400)
        name = f"record-{at:05}"
        texts = {lang: prose(words[lang], lang, rng, study, length) for lang in LANGUAGES}
        yield "casestudies" if study else "tools_db", name, facts(terms, rng, words["en"], study, names[-50:]), texts
        names.append(name)


def write(path: Path, text: str) -> None:
    """Write a file, its folder too."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def write_records(options: argparse.Namespace, terms: Mapping[str, list[str]], words: Mapping[str, Words]) -> list[str]:
    """Write all records into both projects, or into ours alone; returns their ids."""
    names = []
    for folder, name, fields, texts in records(options, terms, words):
        names.append(name)
        original = texts["en"]
        now = digest(original.title, original.summary, None, original.body)
        address = "casestudies" if folder == "casestudies" else "tools"
        own = as_yaml(fields)
        theirs = as_yaml({f"{address}/{TAXONOMIES[key]}" if key in TAXONOMIES else key: value
                          for key, value in fields.items()})
        for lang, text in texts.items():
            shown = as_yaml({"title": text.title, "summary": text.summary})
            more = own if lang == "en" else as_yaml({"translation": "machine", "translated_from": now})
            suffix = "" if lang == "en" else f".{lang}"
            write(options.ours / folder / f"{name}{suffix}.md", front_matter(shown, more) + text.body)
            if options.hugo:
                write(options.hugo / "content" / address / f"{name}.{lang}.md", front_matter(shown, theirs) + text.body)
    return names


def write_guidance(options: argparse.Namespace, names: list[str], words: Mapping[str, Words]) -> None:
    """Write the first page and guidance pages, which embed and link to records, into both projects."""
    for at in range(-1, options.guidance):
        name = "index" if at < 0 else f"guidance/page-{at:02}"
        rng = random.Random(f"guidance-{options.seed}-{at}")  # noqa: S311 - as above
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
            shown = as_yaml({"title": text.title, "summary": text.summary})
            more = as_yaml({"last_edited": ADDED, "related": sorted(cited[:3])} if lang == "en"
                           else {"translation": "machine", "translated_from": now})
            suffix = "" if lang == "en" else f".{lang}"
            write(options.ours / "docs" / f"{name}{suffix}.md", front_matter(shown, more) + text.body)
            if not options.hugo:
                continue
            plain = text.body.replace("](record:", "](https://example.org/").replace("[[", "").replace("]]", "")
            write(options.hugo / "content" / f"{'_index' if at < 0 else name}.{lang}.md", front_matter(shown) + plain)


def write_hugo(options: argparse.Namespace) -> None:
    """Hugo's settings and templates, and the pages that ours has beside records, lists and guidance."""
    shutil.copytree(Path(__file__).parent / "hugo", options.hugo)
    write(options.hugo / "content" / f"404.{LANGUAGES[0]}.md", front_matter("title: Page not found\n"))
    for lang in LANGUAGES:
        write(options.hugo / "content" / f"search.{lang}.md", front_matter("title: Search\n"))
        for section, title in (("casestudies", "Case studies"), ("tools", "Tools database")):
            write(options.hugo / "content" / section / f"_index.{lang}.md", front_matter(f"title: {title}\n"))
        # Hugo would make a list of guidance pages, which ours has on the first page only.
        write(options.hugo / "content" / "guidance" / f"_index.{lang}.md", front_matter("build: {render: never}\n"))


def write_ours(options: argparse.Namespace) -> dict[str, list[str]]:
    """Our settings and vocabularies, those of the project; returns the terms of each vocabulary.

    Templates are the project's without a copy: they are what a site without ``custom_dir`` gets.
    """
    shutil.copytree(options.project / "vocabularies", options.ours / "vocabularies")
    settings = yaml.safe_load((options.project / "mkdocs.yml").read_text(encoding="utf-8"))
    settings.pop("nav", None)
    settings["theme"].pop("custom_dir", None)
    for name in ("casestudies", "tools_db"):
        (options.ours / name).mkdir()
    settings["watch"] = [name for name in settings.get("watch", []) if (options.ours / name).exists()]
    write(options.ours / "mkdocs.yml", as_yaml(settings))
    return {path.stem: list(yaml.safe_load(path.read_text(encoding="utf-8")))
            for path in sorted((options.project / "vocabularies").glob("*.yml"))}


def main() -> None:
    """Write both projects, or ours alone."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--project", type=Path, required=True, help="the project, for its vocabularies and settings")
    parser.add_argument("--ours", type=Path, required=True, help="the folder for our records; what is there goes")
    parser.add_argument("--hugo", type=Path,
                        help="the folder for Hugo's project; what is there goes; without it, ours alone")
    parser.add_argument("--records", type=int, default=4000)
    parser.add_argument("--guidance", type=int, default=60)
    parser.add_argument("--tools-only", action="store_true", help="no case studies, so that one list has all records")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    for folder in filter(None, (options.ours, options.hugo)):
        shutil.rmtree(folder, ignore_errors=True)
    words = {lang: Words(lang) for lang in LANGUAGES}
    terms = write_ours(options)
    if options.hugo:
        write_hugo(options)
    names = write_records(options, terms, words)
    write_guidance(options, names, words)


if __name__ == "__main__":
    main()
