"""VS Code offers fields and terms while somebody writes, and what it offers is sound."""

import json
import re
from typing import Any

import pytest

from loaded import PROJECT
from safecities import exports, snippets
from safecities.records.files import cut, front_matter
from safecities.schema import CaseStudy, Tool
from safecities.vocabularies import read_vocabularies


@pytest.fixture(scope="module")
def offered() -> dict[str, Any]:
    made: dict[str, Any] = json.loads(snippets.text(exports.json_schema(read_vocabularies(PROJECT)[0])))
    return made


def filled(lines: list[str]) -> str:
    """What stands there when each stop is left at its first choice or example."""
    text = re.sub(r"\$\{\d\|((?:\\.|[^,|\\])*)[^}]*\|\}", r"\1", "\n".join(lines))
    text = re.sub(r"\$\{\d:((?:\\.|[^}\\])*)\}", r"\1", text)
    return re.sub(r"\\(.)", r"\1", re.sub(r"\$\d", "a.example", text))


def test_every_field_is_offered_in_markdown_files(offered: dict[str, Any]) -> None:
    for model in exports.DESCRIBED.values():
        assert set(model.model_fields) <= set(offered)
    assert {row["scope"] for row in offered.values()} == {"markdown"}
    assert all(row["prefix"] == name and row["description"] for name, row in offered.items())


def test_terms_are_offered_as_choices(offered: dict[str, Any]) -> None:
    (line,) = offered["categories"]["body"]
    assert line.startswith("categories: [${1|")
    assert all(term in re.split(r"[,|]", line) for term in read_vocabularies(PROJECT)[0]["categories"].terms)
    assert offered["status"]["body"] == ["status: ${1|stub,partial,complete|}"]
    assert offered["versions"]["body"] == ["versions:", "  - language: ${1:en}", "    url: https://$2"]


@pytest.mark.parametrize(("model", "left_out"), [
    (Tool, {"year", "related"}), (CaseStudy, {"related"}),
])
def test_a_record_of_snippets_is_valid(model: type[Tool], left_out: set[str], offered: dict[str, Any]) -> None:
    names = [name for name in model.model_fields if name not in left_out]
    text = "\n".join(filled(offered[name]["body"]) for name in names)
    fields = front_matter(cut(f"---\n{text}\n---\n"))
    assert set(fields) == set(names)
    model.model_validate(fields)
