"""The vocabularies: controlled terms with labels and definitions per language.

In: ``vocabularies/<name>.yml``. Out: :class:`Vocabulary`, and problems of form. The file's format:
``<term-id>: {label: {en, es …}, definition: {en …}, broader: <term-id>?}``; in the glossary also
``synonyms: {en: [text …] …}`` and ``sources: [address …]``.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from safecities import locales
from safecities.problems import Problem, nearest, shown
from safecities.records import Mark, Refusal, read_text, strict_yaml
from safecities.records.files import SLUG, problem
from safecities.schema import VOCABULARY_FIELDS

RULES = {
    "vocabulary": "A vocabulary is terms, each with an id of small letters, digits and hyphens, a label in at least "
                  "one language, and if need be a definition and a broader term of the same vocabulary.",
}
"""The rules that this module applies, as editors read them."""


GLOSSARY = "glossary"
"""The vocabulary that is the site's glossary; no field of a record refers to it."""

MEANT = 20
"""For how many faulty terms it is looked for what was meant: among thousands that takes a while."""

_FIELDS = ("label", "definition", "broader")


@dataclass(frozen=True)
class Term:
    """A term: its labels and definitions by BCP 47 tag, its broader term, and the line in which it stands.

    A term of the glossary can have synonyms by BCP 47 tag, too, and addresses of its sources.
    """

    id: str
    label: Mapping[str, str]
    definition: Mapping[str, str] = field(default_factory=dict)
    broader: str | None = None
    synonyms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sources: tuple[str, ...] = ()
    mark: Mark = Mark(1, 1)  # noqa: RUF009 - it is frozen

    def named(self, lang: str, default: str) -> str:
        """The label in ``lang``, else in the default language, else the id."""
        return self.label.get(lang) or self.label.get(default) or self.id


@dataclass(frozen=True)
class Vocabulary:
    """The terms of one vocabulary by id, in the order of its file.

    ``complete`` is False when a part of the file could not be read, so that a broken file is reported once and not
    at every place that names one of its terms.
    """

    name: str
    path: str
    terms: Mapping[str, Term]
    complete: bool = True


def read_vocabularies(root: Path) -> tuple[dict[str, Vocabulary], list[Problem]]:
    """All vocabularies in ``vocabularies/`` under ``root``; one that has no file is empty."""
    found: dict[str, Vocabulary] = {}
    problems: list[Problem] = []
    folder = root / "vocabularies"
    here = () if folder.is_symlink() else folder.glob("*.yml")  # whoever reads the folder refuses it
    files = (path.stem for path in sorted(here) if path.name[0] not in "_.")
    names = dict.fromkeys([*VOCABULARY_FIELDS, *files])
    for name in names:
        path = folder / f"{name}.yml"
        relative = path.relative_to(root).as_posix()
        terms: dict[str, Term] = {}
        faults = len(problems)
        if not folder.is_symlink() and (path.is_file() or path.is_symlink()):
            refused: list[Refusal] = []
            try:
                document = strict_yaml.read(read_text(path, refused))
            except Refusal as refusal:
                problems.append(problem(relative, refusal.mark, refusal))
            else:
                problems += [problem(relative, refusal.mark, refusal) for refusal in (*refused, *document.refusals)]
                if document.data is not None:
                    fields = (*_FIELDS, "synonyms", "sources") if name == GLOSSARY else _FIELDS
                    rows = list(_read(document, relative, fields))
                    problems += [row for row in rows if isinstance(row, Problem)]
                    terms = {row.id: row for row in rows if isinstance(row, Term)}
        found[name] = Vocabulary(name, relative, terms, complete=len(problems) == faults)
    return found, problems


def _read(document: strict_yaml.Document, path: str, fields: Sequence[str]) -> Iterator[Term | Problem]:
    def wrong(message: str, mark: Mark) -> Problem:
        return Problem(path, mark.line, mark.column, "error", message, "vocabulary")

    if not isinstance(document.data, dict):
        yield wrong("a vocabulary is terms, each with its id, a colon and its fields", Mark(1, 1))
        return
    faulty = 0
    for name, data in document.data.items():
        mark = document.places.keys[(name,)]
        if not SLUG.fullmatch(name):
            yield wrong(f"{shown(name)} is no term id; accepted are small letters a-z, digits and single hyphens", mark)
        elif not isinstance(data, dict):
            yield wrong(f"`{name}` needs fields: {', '.join(fields)}", mark)
        else:
            faults = list(_faults(name, data, document, fields, wrong, hint=faulty < MEANT))
            faulty += bool(faults)
            yield from faults
            if not faults:
                synonyms = {tag: tuple(names) for tag, names in data.get("synonyms", {}).items()}
                yield Term(name, data["label"], data.get("definition", {}), data.get("broader"), synonyms,
                           tuple(data.get("sources", ())), mark)


def _faults(name: str, data: dict[str, Any], document: strict_yaml.Document, fields: Sequence[str],
            wrong: Callable[[str, Mark], Problem], hint: bool) -> Iterator[Problem]:
    for key in data:
        if key not in fields:
            yield wrong(f"unknown field `{name}.{key}`{nearest(key, fields)}; accepted are {', '.join(fields)}",
                        document.places.keys[(name, key)])
    synonyms, sources = data.get("synonyms", {}), data.get("sources", [])
    if not isinstance(synonyms, dict) or not all(map(_is_list_of_texts, synonyms.values())):
        yield wrong(f"`{name}.synonyms` must be lists of texts by language, such as {{en: [walk, audit]}}",
                    document.places.keys[(name, "synonyms")])
    if not _is_list_of_texts(sources) or not all(re.match(r"https?://[^\s]+$", source) for source in sources):
        yield wrong(f"`{name}.sources` must be a list of addresses that begin with https:// or http://",
                    document.places.keys[(name, "sources")])
    for key in ("label", "definition"):
        texts = data.get(key, {})
        if not isinstance(texts, dict) or not all(isinstance(text, str) and text.strip() for text in texts.values()):
            yield wrong(f"`{name}.{key}` must be texts by language, such as {{en: Observatory}}",
                        document.places.keys[(name, key)])
            continue
        for tag in texts:
            if not locales.is_language_tag(tag):
                yield wrong(f"`{name}.{key}`: {shown(tag)} is no BCP 47 language tag; accepted are tags such as en, "
                            "es, pt-BR, zh-Hant", document.places.keys[(name, key, tag)])
    if not data.get("label"):
        yield wrong(f"`{name}` has no label", document.places.keys[(name,)])
    broader = data.get("broader")
    if broader is not None and (not isinstance(broader, str) or broader not in document.data or broader == name):
        meant = nearest(broader, document.data.keys() - {name}) if hint and isinstance(broader, str) else ""
        yield wrong(f"`{name}.broader` {shown(broader)} is no other term of this vocabulary{meant}",
                    document.places.values[(name, "broader")])


def _is_list_of_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(text, str) and text.strip() for text in value)
