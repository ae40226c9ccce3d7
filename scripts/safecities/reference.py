"""The reference for editors: what each field holds, the terms, and the rules, as Markdown made from the code.

In: the vocabularies. Out: pieces of Markdown, and guidance pages with these pieces between their marks:
``[//]: # (generated: rules)`` … ``[//]: # (end)``, which are comments in Markdown; the snippets for VS Code.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from safecities import exports, rules, schema, snippets, translations
from safecities.content import read_content
from safecities.site import Site
from safecities.vocabularies import Vocabulary, read_vocabularies

_PIECE = re.compile(r"(?P<open>^\[//\]: # \(generated: (?P<name>[a-z-]+)\)\n).*?(?P<close>^\[//\]: # \(end\)$)",
                    re.MULTILINE | re.DOTALL)


class UnknownPieceError(Exception):
    """A page asks for a piece that there isn't; the message is for people."""


def pieces(vocabularies: Mapping[str, Vocabulary], lang: str) -> dict[str, str]:
    """All pieces by their names; terms are named in ``lang``."""
    described = exports.json_schema(vocabularies)["$defs"]
    tool, study = described["tool"], described["case-study"]
    shared = [name for name in tool["properties"] if name in schema.Record.model_fields]
    return {
        "rules": _rules(),
        "fields": _table(tool, shared, (tool, study)),
        "tool-fields": _table(tool, [name for name in tool["properties"] if name not in shared]),
        "case-study-fields": _table(study, [name for name in study["properties"] if name not in shared]),
        "versions": _table(described["Version"]), "sources": _table(described["Reference"]),
        "partners": _table(described["Partner"]), "cost": _table(described["Cost"]),
        "translation-fields": _table(described["translation"]),
        "guidance-fields": _table(described["guidance"]),
        "terms": "\n".join(_terms(vocabularies, lang)),
    }


def outdated(site: Site) -> Iterator[tuple[Path, str]]:
    """The files that are not as the code would have them, each with the text that it should have."""
    vocabularies = read_vocabularies(site.root)[0]
    path, text = site.root / snippets.PATH, snippets.text(exports.json_schema(vocabularies))
    if path.parent.is_dir() and not (path.is_file() and path.read_text(encoding="utf-8") == text):
        yield path, text
    made = pieces(vocabularies, site.default)
    for path in sorted(site.docs_dir.rglob("*.md")):
        text = path.read_text(encoding="utf-8")

        def put(match: re.Match[str], path: Path = path) -> str:
            if match["name"] not in made:
                raise UnknownPieceError(f"{path.relative_to(site.root)}: there is no piece `{match['name']}`; "
                                        f"there are {', '.join(made)}")
            return f"{match['open']}\n{made[match['name']]}\n\n{match['close']}"

        fresh = _PIECE.sub(put, text)
        if fresh != text:
            yield path, fresh


def write(site: Site) -> Iterator[str]:
    """Bring the pages up to date; yields the path of each one changed, relative to the root.

    A translation that was up to date stays so: it holds none of these lists, so nothing in it can have gone stale.
    """
    changed = list(outdated(site))
    if not changed:
        return
    content, _ = read_content(site)
    digests = {page.source.id: page.digest for page in content.guidance}
    fresh = [site.root / item.source.path for item in content.guidance_translations
             if item.fields.translated_from == digests.get(item.source.id)]
    for path, text in changed:
        path.write_text(text, encoding="utf-8", newline="\n")
        yield path.relative_to(site.root).as_posix()
    yield from translations.stamp(site, fresh)


def _rules() -> str:
    levels = {rule.id: rule.level for rule in rules.REGISTRY.values()}
    return "\n".join(f"- `{name}` ({levels.get(name, 'error')}). {text}"
                     for name, text in sorted(rules.manual().items()))


def _table(described: Mapping[str, Any], names: Iterable[str] = (), kinds: tuple[Mapping[str, Any], ...] = ()) -> str:
    rows = ["| Field | Required | What it says | How it is written |", "| --- | --- | --- | --- |"]
    for name in names or described["properties"]:
        needed = [name in kind["required"] for kind in kinds or (described,)]
        # What one kind requires, it also describes more closely.
        field = (kinds[needed.index(True)] if kinds and any(needed) else described)["properties"][name]
        required = "yes" if all(needed) else "" if not any(needed) else "in tools" if needed[0] else "in case studies"
        rows.append(f"| `{name}` | {required} | {field['description']} | {_words(name, field)} |")
    return "\n".join(rows)


def _words(name: str, field: Mapping[str, Any]) -> str:
    """How a value is written, in plain words."""
    if field.get("type") == "array":
        return _list_words(name, field)
    if "$ref" in field:
        return "fields of its own, see below"
    if "$comment" in field:
        return str(field["$comment"])
    if "enum" in field:
        default = f" (`{field['default']}` if nothing is written)" if "default" in field else ""
        return "one of " + ", ".join(f"`{value}`" for value in field["enum"]) + default
    return f"text in one line, at most {field['maxLength']} characters"


def _list_words(name: str, field: Mapping[str, Any]) -> str:
    items = field["items"]
    least, most = field.get("minItems"), field.get("maxItems")
    number = f", {least} to {most}" if least and most else ", at least one" if least else ""
    if "$ref" in items:
        return f"a list of rows, see below{number}"
    if name in schema.VOCABULARY_FIELDS:
        return f"a list of [terms](#{name.replace('_', '-')}){number}"
    return f"a list{number}: {_words(name, items)}"


def _terms(vocabularies: Mapping[str, Vocabulary], lang: str) -> Iterator[str]:
    for number, name in enumerate(schema.VOCABULARY_FIELDS):
        terms = vocabularies[name].terms.values()
        yield from ([] if number == 0 else [""])
        yield f"### {name.replace('_', '-')}"
        yield ""
        yield from (f"- `{term.id}`: {term.named(lang, lang)}" for term in terms)
