"""The records as data: JSON, CSV and the JSON Schema of the front matter."""

import csv
import importlib.util
import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaded import PROJECT, Loaded
from safecities import exports, schema
from safecities.content import read_content
from safecities.exports import cell
from safecities.site import load_site

Change = Callable[[str, str, str], Path]
Load = Callable[[], Loaded]


def tools(load: Load) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in json.loads(exports.as_json(load().catalogue, "tool"))}


def test_json_has_the_fields_by_their_names(load: Load) -> None:
    row = tools(load)["street-audit"]
    assert row["title"] == "Street audit sheet"
    assert row["year"] == 2008
    assert row["categories"] == ["safety-audit"]
    assert row["identifier"] == "ISBN 978-2-921916-52-3"
    assert row["versions"] == [
        {"language": "es", "url": "https://villachica.example/ficha.pdf", "format": "PDF", "pages": "2"},
        {"language": "en"}]
    assert row["added"] == "2026-01-01"


def test_json_has_what_follows_from_the_record(load: Load) -> None:
    row = tools(load)["street-audit"]
    assert row["regions"] == ["005"]
    assert row["related"] == ["night-bus"]
    assert row["cited_in"] == ["guidance/one"]
    assert row["language"] == "en"
    assert row["body"].startswith("Each line")
    assert row["translations"] == {"es": {
        "title": "Ficha de auditoría de la calle",
        "summary": "Una hoja en la que un grupo anota lo que ve en un recorrido.",
        "translation": "reviewed", "stale": False}}


def test_json_writes_spans_amounts_and_places_as_plain_values(load: Load) -> None:
    row = json.loads(exports.as_json(load().catalogue, "case-study"))[0]
    assert row["years"] == "2012/2015"
    assert row["coordinates"] == {"lat": 48.85, "lon": 2.35}
    assert row["cost"] == {"amount": 1200.5, "currency": "EUR", "year": 2012}
    assert row["sources"][0]["year"] == 2015
    assert tools(load)["lamp-map"]["years"] == "2019/.."


def test_json_has_every_field_whether_known_or_not(load: Load) -> None:
    row = tools(load)["lamp-map"]
    assert [row[name] for name in ("year", "identifier", "licence", "content_note")] == [None] * 4
    assert (row["countries"], row["sources"]) == ([], [])
    assert set(schema.Tool.model_fields) < set(row)
    assert (row["regions"], row["related"], row["translations"]) == ([], [], {})


def test_json_in_a_language_has_the_texts_of_that_language(load: Load) -> None:
    found = {row["id"]: row for row in json.loads(exports.as_json(load().catalogue, None, "es"))}
    assert (found["street-audit"]["title"], found["street-audit"]["text_language"]) == (
        "Ficha de auditoría de la calle", "es")
    assert (found["lamp-map"]["title"], found["lamp-map"]["text_language"]) == ("Lamp map", "en")
    assert found["night-bus"]["kind"] == "case-study"


def test_the_same_content_gives_the_same_bytes(load: Load) -> None:
    for kind in ("tool", "case-study"):
        for name in exports.FORMATS:
            assert exports.FORMATS[name](load().catalogue, kind, None) == exports.FORMATS[name](
                load().catalogue, kind, None), name


def rows(text: str) -> list[dict[str, str]]:
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True))


def test_csv_has_one_row_a_record_and_one_column_a_field(load: Load) -> None:
    found = rows(exports.as_csv(load().catalogue, "tool"))
    assert [row["id"] for row in found] == ["lamp-map", "street-audit"]
    assert list(found[0]) == ["id", "kind", *schema.Tool.model_fields, "text_language", "regions", "cited_in"]
    assert found[1]["themes"] == "public-space | local-policy"
    assert found[1]["versions"] == ("language: es; url: https://villachica.example/ficha.pdf; format: PDF; pages: 2"
                                    " | language: en")
    assert found[0]["year"] == ""


def test_csv_keeps_commas_quotes_and_letters(change: Change, load: Load) -> None:
    change("tools_db/lamp-map.md", "title: Lamp map", "title: 'Lamps, \"on\" and off; مصابيح'")
    assert rows(exports.as_csv(load().catalogue, "tool"))[0]["title"] == 'Lamps, "on" and off; مصابيح'


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_a_cell_is_never_a_formula(start: str) -> None:
    text = f"{start}cmd|'/c calc'!A1"
    assert cell(text) == f"'{text}"
    assert cell([text, "x"]) == f"'{text} | x"
    assert cell(["x", text]) == f"x | {text}"


def test_a_title_that_looks_like_a_formula_is_none_in_the_file(change: Change, load: Load) -> None:
    change("tools_db/lamp-map.md", "title: Lamp map", "title: '=HYPERLINK(\"https://a.example\")'")
    assert rows(exports.as_csv(load().catalogue, "tool"))[0]["title"] == "'=HYPERLINK(\"https://a.example\")"


@pytest.mark.parametrize(("value", "text"), [
    (None, ""), ("", ""), ([], ""), (0, "0"), (["a", "b"], "a | b"), ({"a": 1, "b": ["x", "y"]}, "a: 1; b: x | y"),
    (["'Abd al-Malik", "'x"], "'Abd al-Malik | 'x"), (-1.5, "'-1.5"),
])
def test_values_become_cells(value: object, text: str) -> None:
    assert cell(value) == text


@given(st.recursive(st.text() | st.integers() | st.none(),
                    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=6))
def test_no_value_at_all_becomes_a_formula(value: object) -> None:
    assert not cell(value).startswith(("=", "+", "-", "@", "\t", "\r"))


@pytest.fixture(scope="module")
def described() -> dict[str, Any]:
    """The schema of this project's own content."""
    content, _ = read_content(load_site(PROJECT))
    return json.loads(json.dumps(exports.json_schema(content.vocabularies)))


def parts(node: Any) -> Iterator[dict[str, Any]]:
    """Every object in the schema."""
    if isinstance(node, dict):
        yield node
        for value in node.values():
            yield from parts(value)
    elif isinstance(node, list):
        for value in node:
            yield from parts(value)


def test_the_schema_says_which_dialect_it_is_in_and_leads_nowhere_else(described: dict[str, Any]) -> None:
    assert described["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    targets = [part["$ref"] for part in parts(described) if isinstance(part.get("$ref"), str)]
    assert targets
    for target in targets:
        assert target.removeprefix("#/$defs/") in described["$defs"]


def test_patterns_and_types_of_the_schema_are_sound(described: dict[str, Any]) -> None:
    for part in parts(described["$defs"]):
        if isinstance(part.get("pattern"), str):
            re.compile(part["pattern"])
        for name in [part["type"]] if isinstance(part.get("type"), str) else []:
            assert name in {"string", "integer", "number", "object", "array", "null", "boolean"}


def test_the_schema_has_every_field_and_no_others(described: dict[str, Any]) -> None:
    for name, model in (*schema.MODELS.items(), ("translation", schema.Translation)):
        shape = described["$defs"][name]
        assert list(shape["properties"]) == list(model.model_fields)
        assert shape["additionalProperties"] is False
        assert set(shape["required"]) == {key for key, field in model.model_fields.items() if field.is_required()}
        assert all(field.get("description") for field in shape["properties"].values())


def test_editors_that_take_numbers_for_numbers_are_not_misled(described: dict[str, Any]) -> None:
    shapes = described["$defs"]
    fields = [shapes["tool"]["properties"]["year"], shapes["Reference"]["properties"]["year"],
              shapes["Version"]["properties"]["pages"], shapes["Reference"]["properties"]["pages"]]
    assert ["integer" in str(field) for field in fields] == [True] * 4
    assert "number" in str(shapes["Cost"]["properties"]["amount"])


def test_the_schema_lists_the_terms_of_the_vocabularies(load: Load) -> None:
    found = exports.json_schema(load().content.vocabularies)["$defs"]["tool"]["properties"]
    assert found["categories"]["items"]["enum"] == ["guide", "safety-audit", "data-tool"]
    assert found["audiences"]["items"]["enum"] == ["local-government", "residents", "transport-operators"]


@pytest.mark.skipif(importlib.util.find_spec("jsonschema") is None, reason="the package jsonschema isn't installed")
def test_every_record_of_this_project_is_valid_by_the_schema(described: dict[str, Any]) -> None:
    import jsonschema

    checker = jsonschema.Draft202012Validator
    checker.check_schema(described)
    content, _ = read_content(load_site(PROJECT))
    for file in content.record_files:
        checker(described).validate(file.source.data)
