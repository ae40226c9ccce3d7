"""What is fuzzed: the way of a file from a stranger, from bytes to HTML. README.md says how to run it."""

import sys
from typing import Any

import nh3
import yaml
from pydantic import ValidationError

from safecities import guidance, markdown, schema, values
from safecities.records import REFUSALS, Refusal
from safecities.records.files import MAX_FILE, cut, decoded, front_matter, read_front_matter
from safecities.records.strict_yaml import places
from safecities.schema import MODELS


class Bare(yaml.CSafeLoader):
    """libyaml's own reader with every scalar a string: what ours must agree with."""


Bare.yaml_implicit_resolvers = {}


def run(data: bytes) -> str:
    """Read a file. Returns how far it came; raises AssertionError or whatever is wrong."""
    if len(data) > MAX_FILE:
        return "too large"
    _read_on(data)
    try:
        parts = cut(decoded(data))
        fields = front_matter(parts)
    except Refusal as refusal:
        assert type(refusal) in REFUSALS
        assert refusal.message
        assert refusal.mark.line >= 1
        assert refusal.mark.column >= 1
        return refusal.rule()
    _agree(parts.front, fields)
    found = places(parts.front, first_line=2)
    assert all(mark.line <= parts.body_line for mark in found.values.values())
    for model in (*MODELS.values(), schema.Translation, schema.Guidance):
        _validate(model, fields)
    return _body(parts.body)


def _read_on(data: bytes) -> None:
    """Reading on after a fault, so that all are told, finds what reading up to the first one finds, and places."""
    first: list[Refusal] = []
    found: list[Refusal] = []
    try:
        front_matter(cut(decoded(data)))
    except Refusal as refusal:
        first.append(refusal)
    try:
        parts = cut(decoded(data, found))
        document = read_front_matter(parts)
        found += document.refusals
        if document.data is not None:
            places(parts.front, first_line=2)
    except Refusal as refusal:
        found.append(refusal)
    assert [(r.rule(), r.mark) for r in first] == [(r.rule(), r.mark) for r in found[:1]]
    assert all(refusal.mark.line >= 1 and refusal.mark.column >= 1 for refusal in found)


def _agree(front: str, fields: dict[str, Any]) -> None:
    theirs = yaml.load(front, Loader=Bare)
    assert fields == ({} if theirs is None else theirs), "read otherwise than by libyaml's own reader"


def _validate(model: Any, fields: dict[str, Any]) -> None:
    try:
        model.model_validate(fields)
    except ValidationError as error:
        assert error.errors()


def _body(body: str) -> str:
    guidance.references(body)
    guidance.separate_embeds(body)
    if markdown.examine(body).excess:
        return "too much"
    shown = markdown.render(body).html
    assert nh3.clean(shown, tags=markdown._TAGS, url_schemes=set(values.URL_SCHEMES), link_rel="noopener noreferrer",
                     attributes={**markdown._ATTRIBUTES, "*": {"id"}},
                     set_tag_attribute_values=markdown._SET) == shown, "not clean"
    assert "<" not in nh3.clean(shown, tags=set()).replace("&lt;", "")
    assert "\0" not in markdown.text(body)
    return "rendered"


def main() -> None:
    """Fuzz until told to stop; the arguments are libFuzzer's."""
    import atheris

    atheris.instrument_all()
    atheris.Setup(sys.argv, lambda data: run(data) and None)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
