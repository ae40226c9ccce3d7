"""Completion in VS Code without any extension: each field of front matter as a snippet for Markdown files.

In: the JSON Schema of front matter, which holds the vocabularies' terms. Out: a file of snippets. (Completion for YAML
ends where a file isn't called ``.yml``.) The format: https://code.visualstudio.com/docs/editing/userdefinedsnippets
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

PATH = ".vscode/records.code-snippets"
"""Where VS Code looks for it, relative to the root."""

_EXAMPLE = re.compile(r"such as `([^`]+)`")
_SIGN = re.compile(r"[\\$}]")
_SIGN_OF_CHOICE = re.compile(r"[\\$}|,]")


def text(described: Mapping[str, Any]) -> str:
    """The file, from the schema that :func:`safecities.exports.json_schema` makes."""
    kinds = {name: kind for name, kind in described["$defs"].items() if not name[0].isupper()}
    fields = {name: field for kind in kinds.values() for name, field in kind["properties"].items()}
    snippets = {name: {"scope": "markdown", "prefix": name, "description": field.get("description", ""),
                       "body": list(_body(name, field, described["$defs"]))}
                for name, field in sorted(fields.items())}
    return json.dumps(snippets, ensure_ascii=False, indent=1) + "\n"


def _body(name: str, field: Mapping[str, Any], rows: Mapping[str, Any]) -> Iterator[str]:
    """The lines of a field, with a stop for each thing to be written."""
    if "$ref" in field:
        yield f"{name}:"
        yield from _row(field, rows, "  ", "  ")
    elif "$ref" in field.get("items", {}):
        yield f"{name}:"
        yield from _row(field["items"], rows, "  - ", "    ")
    elif field.get("type") == "array":
        yield f"{name}: [{_stop(1, field['items'])}]"
    else:
        yield f"{name}: {_stop(1, field)}"


def _row(field: Mapping[str, Any], rows: Mapping[str, Any], first: str, others: str) -> Iterator[str]:
    """The fields of a row: those that it needs, and its address, if it has one."""
    described = rows[field["$ref"].rpartition("/")[2]]
    names = [name for name in described["properties"] if name in described["required"] or name == "url"]
    for number, name in enumerate(names, 1):
        stop = f"https://${number}" if name == "url" else _stop(number, described["properties"][name])
        yield f"{first if number == 1 else others}{name}: {stop}"


def _stop(number: int, field: Mapping[str, Any]) -> str:
    """A place where the cursor stops: a choice, an example, or an empty text in quotes."""
    if "enum" in field:
        return _choice(number, field["enum"])
    example = _EXAMPLE.search(field.get("$comment", ""))
    if example:
        return f"${{{number}:{_SIGN.sub(_escaped, example[1])}}}"
    return f'"${number}"' if "maxLength" in field else f"${number}"


def _choice(number: int, values: Sequence[str]) -> str:
    return f"${{{number}|{','.join(_SIGN_OF_CHOICE.sub(_escaped, value) for value in values)}|}}"


def _escaped(sign: re.Match[str]) -> str:
    return f"\\{sign[0]}"
