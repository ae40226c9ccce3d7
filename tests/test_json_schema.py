"""The JSON Schema and the validator agree: on records made from the schema, and on what is wrong with spoilt ones.

What only the validator can know is listed in ``KNOWN_BETTER``; there, records are made of a few right values.
"""

import copy
import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from loaded import PROJECT
from safecities import exports, schema
from safecities.content import read_content
from safecities.site import load_site
from safecities.vocabularies import read_vocabularies

KINDS = list(exports.DESCRIBED)
SCHEMA = json.loads(json.dumps(exports.json_schema(read_vocabularies(PROJECT)[0])))
VALIDATORS = {kind: jsonschema.Draft202012Validator({**SCHEMA, "anyOf": [{"$ref": f"#/$defs/{kind}"}]})
              for kind in KINDS}

KNOWN_BETTER = {
    "language": (["en", "es", "pt-BR", "zh-Hant", "EN"], "which languages are registered (IANA)"),
    "original_language": (["fr", "ar"], "which languages are registered (IANA)"),
    "licence": (["unknown", "CC-BY-4.0", "MIT OR Apache-2.0"], "which expressions are SPDX"),
    "identifier": (["9782921916523", 9782921916523, "10.1000/182", "ISBN 080442957X"], "check digits"),
    "amount": (["1250000", "12.50", 0, 99.5, 10**15 - 1], "that an amount has at most two decimals"),
    "years": (["2002/..", "../2010", "2002/2010"], "that a span begins before it ends"),
    "added": (["2024-02-29", "2026-01-31"], "which days there are"),
    "reviewed": (["2026-02-28"], "which days there are"),
    "last_edited": (["2026-01-01"], "which days there are"),
}
"""Field -> right values, and what the schema cannot say of it."""


def values(node: dict[str, Any], name: str = "") -> st.SearchStrategy[Any]:
    """Anything that a part of the schema allows: for as much of JSON Schema as ours uses, else an error."""
    if "$ref" in node:
        return values(SCHEMA["$defs"][node["$ref"].removeprefix("#/$defs/")])
    if name in KNOWN_BETTER:
        return st.sampled_from(KNOWN_BETTER[name][0])
    if "enum" in node:
        return st.sampled_from(node["enum"])
    if "anyOf" in node:
        return st.one_of(values(branch) for branch in node["anyOf"])
    types = node["type"] if isinstance(node["type"], list) else [node["type"]]
    return st.one_of(BY_TYPE[type_](node) for type_ in types)


def texts(node: dict[str, Any]) -> st.SearchStrategy[str]:
    found = st.from_regex(node["pattern"], alphabet=st.characters(codec="utf-8")).map(lambda text: text.rstrip("\n"))
    return found.filter(lambda text: re.search(node["pattern"], text) and len(text) <= node.get("maxLength", len(text)))


def objects(node: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    fields = {name: values(field, name) for name, field in node["properties"].items()}
    assert node["additionalProperties"] is False
    return st.fixed_dictionaries({name: fields.pop(name) for name in node.get("required", ())}, optional=fields)


def arrays(node: dict[str, Any]) -> st.SearchStrategy[list[Any]]:
    # Texts that differ in white space at their ends only are one to the validator, and two to the schema.
    by = (lambda part: part.strip()) if node.get("uniqueItems") else None
    return st.lists(values(node["items"]), min_size=node.get("minItems", 0), max_size=node.get("maxItems", 3),
                    unique_by=by)


BY_TYPE: dict[str, Callable[[dict[str, Any]], st.SearchStrategy[Any]]] = {
    "string": texts, "object": objects, "array": arrays,
    "integer": lambda node: st.integers(node.get("minimum"), node.get("maximum")),
}


def as_read(value: Any) -> Any:
    """A value as it comes out of a file: every scalar a text."""
    if isinstance(value, dict):
        return {name: as_read(part) for name, part in value.items()}
    if isinstance(value, list):
        return [as_read(part) for part in value]
    return str(value)


STRATEGIES = {kind: values(SCHEMA["$defs"][kind]) for kind in KINDS}


def refusals(kind: str, record: dict[str, Any]) -> list[str]:
    """What the validator says of a record."""
    try:
        exports.DESCRIBED[kind].model_validate(as_read(record))
    except ValidationError as error:
        return [f"{found['loc']}: {found['msg']}" for found in error.errors()]
    return []


MANY = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


@MANY
@given(st.data(), st.sampled_from(KINDS))
def test_the_validator_accepts_what_the_schema_allows(data: st.DataObject, kind: str) -> None:
    record = data.draw(STRATEGIES[kind])
    assert VALIDATORS[kind].is_valid(record)
    assert refusals(kind, record) == []


def required(kind: str) -> list[str]:
    return SCHEMA["$defs"][kind]["required"]


def spoilt(kind: str) -> Iterator[tuple[str, Callable[[dict[str, Any]], None]]]:
    """Every way to spoil a record of a kind by one change, with its name."""
    for name in required(kind):
        yield f"without {name}", lambda record, name=name: record.pop(name)
    yield "with an unknown field", lambda record: record.update(colour="red")
    for name, field in SCHEMA["$defs"][kind]["properties"].items():
        def put(record: dict[str, Any], value: Any, name: str = name) -> None:
            record[name] = value
        wrong_type = "text" if field.get("type") == "array" else ["text"]
        yield f"{name} of a wrong type", lambda record, put=put, value=wrong_type: put(record, value)
        yield f"{name} as fields", lambda record, put=put: put(record, {"a": "b"})
        if field.get("type") != "array":
            yield f"{name} empty", lambda record, put=put: put(record, "")
        if "enum" in field:
            yield f"{name} not in the list", lambda record, put=put: put(record, "none-of-these")
        if field.get("maxLength"):
            yield f"{name} too long", lambda record, put=put, most=field["maxLength"]: put(record, "x" * (most + 1))
            yield f"{name} of two lines", lambda record, put=put: put(record, "one\n\ntwo")
        elif field.get("pattern"):
            yield f"{name} in another form", lambda record, put=put: put(record, "%")
        if field.get("type") != "array":
            continue
        items = field["items"]
        if "$ref" in items:
            inner = SCHEMA["$defs"][items["$ref"].rpartition("/")[2]]
            yield f"{name} of texts", lambda record, put=put: put(record, ["text"])
            yield f"{name} with an unknown field", lambda record, put=put: put(record, [{"colour": "red"}])
            for key in inner["required"]:
                others = {other: "en" if other == "language" else "text" for other in inner["required"] if other != key}
                yield f"{name} without {key}", lambda record, put=put, row=others: put(record, [row])
        else:
            yield f"{name} with a wrong entry", lambda record, put=put: put(record, [""])
            good = items["enum"][0] if "enum" in items else "abc"
            yield f"{name} with an entry twice", lambda record, put=put, good=good: put(record, [good, good])
            if "maxLength" in items:
                yield f"{name} with a long entry", lambda record, put=put: put(record, ["x" * 301])
        if field.get("minItems"):
            yield f"{name} empty", lambda record, put=put: put(record, [])
        if field.get("maxItems"):
            many = [*items["enum"][: field["maxItems"] + 1]]
            yield f"{name} with too many entries", lambda record, put=put, many=many: put(record, many)


SPOILT = [(kind, name) for kind in KINDS for name, _ in spoilt(kind)]


def sound(kind: str) -> dict[str, Any]:
    """A record of this project, as editors' programs read it."""
    content, _ = read_content(load_site(PROJECT))
    files = [file for file in content.files if (file.kind if file.source.lang is None else "translation") == kind]
    return copy.deepcopy(files[0].source.data)


SOUND = {kind: sound(kind) for kind in KINDS}


@pytest.mark.parametrize(("kind", "name"), SPOILT)
def test_both_refuse_a_spoilt_record(kind: str, name: str) -> None:
    record = copy.deepcopy(SOUND[kind])
    assert VALIDATORS[kind].is_valid(record)
    assert refusals(kind, record) == []
    dict(spoilt(kind))[name](record)
    assert refusals(kind, record) != []
    assert not VALIDATORS[kind].is_valid(record)


@MANY
@given(st.data(), st.sampled_from(KINDS))
def test_both_refuse_any_record_that_is_spoilt(data: st.DataObject, kind: str) -> None:
    record = data.draw(STRATEGIES[kind])
    name, spoil = data.draw(st.sampled_from(list(spoilt(kind))))
    spoil(record)
    assert refusals(kind, record) != [], name
    assert not VALIDATORS[kind].is_valid(record), name


@pytest.mark.parametrize(("field", "value"), [
    ("identifier", "978-2-921916-52-4"), ("language", "xq-XX"), ("added", "2026-02-30"), ("years", "2010/2002"),
    ("licence", "CC-BY"), ("themes", ["data", "unknown"]),
])
def test_some_things_only_the_validator_can_know(field: str, value: Any) -> None:
    """The vocabulary's terms are known to both; but of the rest the schema would have to be a program."""
    record = {**SOUND["tool"], field: value}
    record.pop("year", None)
    assert VALIDATORS["tool"].is_valid(record) == (field != "themes")
    assert refusals("tool", record) != [] or field == "themes"  # the rule unknown-term, which needs the vocabulary


def test_everything_that_the_schema_cannot_say_is_in_the_schema() -> None:
    named = {name for part in SCHEMA["$defs"].values() for name in part["properties"]}
    assert named >= KNOWN_BETTER.keys()


@given(st.from_regex(re.compile("[-0-9., ]{1,14}"), fullmatch=True) | st.from_regex(
    re.compile(r"-?[0-9]{1,3}(\.[0-9]{1,7})?, ?-?[0-9]{1,4}(\.[0-9]{1,7})?"), fullmatch=True))
def test_schema_and_validator_draw_the_same_map(text: str) -> None:
    assert agree(schema.Tool, "coordinates", text)


@given(st.from_regex(re.compile(r"[0-9./]{1,9}|(1[0-9]{3}|2[01][0-9]{2}|\.\.)/(1[0-9]{3}|2[01][0-9]{2}|\.\.)"),
                     fullmatch=True))
def test_schema_and_validator_have_the_same_years(text: str) -> None:
    sides = text.split("/")
    if len(sides) == 2 and sides[0].isdigit() and sides[1].isdigit() and sides[0] > sides[1]:
        return  # only the validator knows
    assert agree(schema.Tool, "years", text)
    assert agree(schema.Tool, "year", text)


@given(st.from_regex(re.compile(r"(https?|HTTP|ftp)://?[a-z.<> \"/?#:é]{0,12}"), fullmatch=True))
def test_schema_and_validator_have_the_same_addresses(text: str) -> None:
    field = SCHEMA["$defs"]["Version"]["properties"]["url"]
    record = {**SOUND["tool"], "versions": [{"language": "en", "url": text}]}
    assert jsonschema.Draft202012Validator(field).is_valid(text) == (refusals("tool", record) == [])


def agree(model: type[BaseModel], name: str, text: str) -> bool:
    """Whether both accept or both refuse a field's value."""
    record = {key: value for key, value in SOUND["tool"].items() if key not in ("year", "years")} | {name: text}
    field = SCHEMA["$defs"]["tool"]["properties"][name]
    return jsonschema.Draft202012Validator(field).is_valid(text) == (refusals("tool", record) == [])


def test_every_file_of_this_project_is_valid_by_the_schema_of_its_kind() -> None:
    content, _ = read_content(load_site(PROJECT))
    for file in content.files:
        VALIDATORS["translation" if file.source.lang else file.kind].validate(file.source.data)
