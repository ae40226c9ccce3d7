"""The strict loader against the YAML Test Suite: plain data is read as YAML 1.2 says, everything else is refused.

libyaml follows YAML 1.1. Where that makes a difference, the loader refuses; it never reads something else.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from safecities.records import REFUSALS, Refusal
from safecities.records.strict_yaml import load

SUITE = [json.loads(line) for line in (
    Path(__file__).parent / "yaml-test-suite" / "suite.jsonl").read_text(encoding="utf-8").splitlines()]

REFUSED = {
    "a directive is of no use for plain data, and libyaml stops at one that it doesn't know":
        "2LFX 6LVF BEC7 MUS6/5 MUS6/6",
    "a colon inside brackets or braces, next to other signs; libyaml sees a value without its name":
        "4ABK 58MP 5T43 CFD4 DBG4 FRK4 HM87/0",
    "the name of a field inside braces that goes on in the next line":
        "4MUZ/0 4MUZ/1 4MUZ/2 5MUD 9SA2 K3WX NJ66 VJP3/1",
    "a question mark at the beginning of a text inside brackets; libyaml would drop it": "652Z HM87/1",
    "a tab where libyaml wants spaces": "6BCT 6CA3 96NN/0 96NN/1 A2M4 DK95/0 DK95/3 DK95/4 Q5MG R4YG Y79Y/1 Y79Y/10",
    "a block of text that isn't indented": "DK3J FP8R",
    "a field without a name": "NHX8 S3PD SM9W/1 UKK6/0",
    "a document that only ends": "HWV9 QT73",
    "control characters, as escapes": "G4RS",
}
"""Plain data by YAML 1.2 that is refused all the same, and why."""

READ = {
    "lines inside brackets or quotes that aren't indented": "9C9N QB6E",
    "lines inside brackets or quotes that are indented with tabs": "DK95/1 Y79Y/3",
    "a lone hyphen in a list, which is a text": "G5U8 YJV2",
    "an empty block of text with blanks of different widths": "S98Z",
    "a comment glued to a directive": "MUS6/0",
}
"""What is no YAML and is read all the same, as anyone would read it, and why that does no harm."""


def ids(table: dict[str, str]) -> set[str]:
    return {name for names in table.values() for name in names.split()}


class NotPlainError(Exception):
    """A document is more than plain data."""


def unescaped(text: str) -> str:
    for sign, meant in (("\\\\", "\0"), ("\\n", "\n"), ("\\t", "\t"), ("\\r", "\r"), ("\\b", "\b"), ("\0", "\\")):
        text = text.replace(sign, meant)
    return text


def plain(tree: str) -> Any:
    """The data of a tree of events, every scalar as it was written; raises NotPlainError."""
    events = [line.lstrip(" ") for line in tree.splitlines()]
    if sum(event.startswith("+DOC") for event in events) > 1:
        raise NotPlainError("several documents")
    data, rest = value([event for event in events if event[1:4] not in ("STR", "DOC")] or ["+MAP", "-MAP"])
    assert rest == []
    return data


def value(events: list[str]) -> tuple[Any, list[str]]:
    """The value that the first events make, and those that are left."""
    kind, mark = events[0][:4], events[0][4:].split(":")[0] if events[0][0] == "=" else events[0][4:]
    if kind == "=ALI" or "&" in mark or "<" in mark:
        raise NotPlainError("alias, anchor or tag")
    rest = events[1:]
    if kind == "=VAL":
        return unescaped(events[0][6:]), rest
    if kind == "+SEQ":
        row: list[Any] = []
        while rest[0][:4] != "-SEQ":
            item, rest = value(rest)
            row.append(item)
        return row, rest[1:]
    fields: dict[str, Any] = {}
    while rest[0][:4] != "-MAP":
        name, rest = value(rest)
        if not isinstance(name, str) or name in fields:
            raise NotPlainError("a name that is no text, or stands twice")
        fields[name], rest = value(rest)
    return fields, rest[1:]


def expected(case: dict[str, Any]) -> Any:
    if case["fail"] and case["id"] not in ids(READ):
        raise NotPlainError("no YAML")
    return plain(case["tree"])


@pytest.mark.parametrize("case", SUITE, ids=[case["id"] for case in SUITE])
def test_plain_data_is_read_as_yaml_1_2_says_and_everything_else_refused(case: dict[str, Any]) -> None:
    try:
        wanted = expected(case) if case["id"] not in ids(READ) else None
    except NotPlainError:
        wanted = NotPlainError
    try:
        found = load(case["yaml"]).data
    except Refusal as refusal:
        assert wanted is NotPlainError or case["id"] in ids(REFUSED), f"refused: {refusal.message}"
        assert type(refusal) in REFUSALS
        assert 1 <= refusal.mark.line <= case["yaml"].count("\n") + 1
        assert refusal.mark.column >= 1
    else:
        assert case["id"] not in ids(REFUSED)
        assert case["id"] in ids(READ) or found == wanted


@pytest.mark.parametrize(("name", "data"), [
    ("9C9N", {"flow": ["a", "b", "c"]}), ("QB6E", {"quoted": "a b c"}), ("DK95/1", {"foo": "bar baz"}),
    ("Y79Y/3", [["foo", "foo"]]), ("G5U8", [["-", "-"]]), ("YJV2", ["-"]), ("S98Z", {"empty block scalar": ""}),
    ("MUS6/0", ""),
])
def test_what_is_no_yaml_and_read_all_the_same_is_read_as_anyone_would(name: str, data: object) -> None:
    assert load(next(case["yaml"] for case in SUITE if case["id"] == name)).data == data


def test_most_of_the_suite_is_plain_data_that_is_read_or_more_than_that_and_refused() -> None:
    assert len(SUITE) == 402
    assert len(ids(REFUSED)) + len(ids(READ)) <= 51


@pytest.mark.parametrize("text", [
    'a: "b"#c', "a: [b]#c", "a: [b,#c\n  d]", "a: >#c\n  d", "a: |2-#c\n    d", "a: 'b'#", "{a: b}#c",
    "a: {?b: c}", "[?b]", "a: [?b]",
    '[?"b"]', "x: 'y'\na: \"b\"#c # d",
])
def test_what_libyaml_would_drop_without_a_word_is_refused(text: str) -> None:
    with pytest.raises(Refusal) as caught:
        load(text)
    assert text.splitlines()[caught.value.mark.line - 1][caught.value.mark.column - 1] in "#?"


@pytest.mark.parametrize(("text", "data"), [
    ("a: b#c", {"a": "b#c"}), ("a: b # c#d##e", {"a": "b"}), ("#c\na: b\n#d", {"a": "b"}), ("a: 'b' #c", {"a": "b"}),
    ("a: [b, #c#d\n  e] # f", {"a": ["b", "e"]}), ("a: |\n  #b\n  c#d\n", {"a": "#b\nc#d\n"}),
    ("a: > # b\n  c\n", {"a": "c\n"}), ("a: 'x#y' ", {"a": "x#y"}), ("? a\n: b", {"a": "b"}), ("a: b?\n", {"a": "b?"}),
    ("a: {b: c?}", {"a": {"b": "c?"}}), ("a:#b\n", "a:#b"), ("- #a\n  b", ["b"]), ("a: https://b.example/?c=d#e",
     {"a": "https://b.example/?c=d#e"}), ("[a?, b]", ["a?", "b"]), ("a: '?'\nb: ?c", {"a": "?", "b": "?c"}),
    ("# a\n# b#c\n\n  # d\na: b", {"a": "b"}), ("a:\n  - b\n  #c\n  - d", {"a": ["b", "d"]}),
])
def test_comments_and_question_marks_that_are_sound_are_read(text: str, data: object) -> None:
    assert load(text).data == data
