"""YAML is read as plain data: every scalar a string, nothing clever, every place known."""

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from safecities.records import REFUSALS, Mark, Refusal
from safecities.records.strict_yaml import MAX_DEPTH, load


def refusal(text: str) -> Refusal:
    """What is raised for a text."""
    with pytest.raises(Refusal) as caught:
        load(text)
    return caught.value


@pytest.mark.parametrize("word", [
    "NO", "no", "yes", "on", "off", "true", "False", "null", "~", "1.10", "1e3", "0x1F", "0o17", "017", "1_000", "+1",
    "12:30", "190:20:30", "2002-01-01", "2002-01-01T10:00:00Z", ".inf", "-.INF", ".nan", "=", "1,000", "2002/..",
])
def test_every_scalar_stays_the_word_that_was_written(word: str) -> None:
    assert load(f"country: {word}").data == {"country": word}
    assert load(f"country: [{word.replace(',', '')}]").data == {"country": [word.replace(",", "")]}
    assert load(f"country: '{word}'").data == {"country": word}


@pytest.mark.parametrize("word", ["NO", "1", "2002", "null", "~", "true", "1.10", "2002-01-01"])
def test_names_of_fields_are_words_too(word: str) -> None:
    assert load(f"{word}: x").data == {word: "x"}


@pytest.mark.parametrize(("text", "data"), [
    ("", {}), ("# only a note", {}), ("a:", {"a": ""}), ("a: ''", {"a": ""}), ("- a\n- b", ["a", "b"]),
    ("word", "word"),
    ("a: |\n  one\n  two\n", {"a": "one\ntwo\n"}), ("a: >-\n  one\n  two\n", {"a": "one two"}),
    ("a: {b: [c, {d: e}]}", {"a": {"b": ["c", {"d": "e"}]}}), ("? a\n: b", {"a": "b"}),
    ('"<<": x', {"<<": "x"}), ("a: '&b *c !d'", {"a": "&b *c !d"}), ("a: b # c", {"a": "b"}), ("a: b#c", {"a": "b#c"}),
    ("'': x", {"": "x"}),
])
def test_yaml_that_is_plain_data_is_read(text: str, data: object) -> None:
    assert load(text).data == data


@pytest.mark.parametrize(("text", "rule", "mark"), [
    ("a: 1\nb: 2\na: 3", "duplicate-key", Mark(3, 1)),
    ("a: {b: 1, 'b': 2}", "duplicate-key", Mark(1, 11)),
    ("- a: 1\n  a: 2", "duplicate-key", Mark(2, 3)),
    ("a: &x b", "yaml-feature", Mark(1, 4)),
    ("&x a: b", "yaml-feature", Mark(1, 1)),
    ("a: &x [b]", "yaml-feature", Mark(1, 4)),
    ("a: &x {b: c}", "yaml-feature", Mark(1, 4)),
    ("a: *x", "yaml-feature", Mark(1, 4)),
    ("*x : a", "yaml-feature", Mark(1, 1)),
    ("<<: {a: b}", "yaml-feature", Mark(1, 1)),
    ("a: {<<: b}", "yaml-feature", Mark(1, 5)),
    ("a: !!str b", "yaml-feature", Mark(1, 4)),
    ("a: !!python/object/apply:os.system [b]", "yaml-feature", Mark(1, 4)),
    ("a: ! b", "yaml-feature", Mark(1, 4)),
    ("a: !x {b: c}", "yaml-feature", Mark(1, 4)),
    ("!!map {a: b}", "yaml-feature", Mark(1, 1)),
    ("!x a: b", "yaml-feature", Mark(1, 1)),
    ("[a]: b", "yaml-feature", Mark(1, 1)),
    ("? {a: b}\n: c", "yaml-feature", Mark(1, 3)),
    ("a: b\n---\nc: d", "yaml-feature", Mark(2, 1)),
    ("a: b\n...\n---\nc: d", "yaml-feature", Mark(3, 1)),
    ("a: [b", "yaml-syntax", Mark(1, 4)),
    ("x: y\na: {b: c\nd: e", "yaml-syntax", Mark(2, 4)),
    ("x: y\na: \"b\nc: d", "yaml-syntax", Mark(2, 4)),
    ("a: b: c", "yaml-syntax", Mark(1, 5)),
    ("a: b\n\tc: d", "yaml-syntax", Mark(2, 1)),
    ("a: @b", "yaml-syntax", Mark(1, 4)),
    ('a: "\\q"', "yaml-syntax", Mark(1, 5)),
    ('a: "b\\u202ec"', "control-character", Mark(1, 4)),
    ('"a\\0": b', "control-character", Mark(1, 1)),
])
def test_everything_else_is_refused_where_it_stands(text: str, rule: str, mark: Mark) -> None:
    found = refusal(text)
    assert (found.rule(), found.mark) == (rule, mark)


@pytest.mark.parametrize(("text", "words"), [
    ("a: 1\na: 2", "first in line 1"), ("a: &x b", "`&x`"), ("a: *x", "`*x`"), ("a: !y b", "`!y`"), ("<<: b", "`<<`"),
    ("a: One: two", "put the whole text between double quotes"),
    ("a: @b", "begin with `@`; put the whole text between double quotes"),
    ("a: One: two", '`a: "One: two"`'), ("a: “One: two”", "curly quotes"), ("a: “One: two”", '`a: "One: two"`'),
    ("x: y\na:b", "after a field's colon goes a space: `a: b`"), ("a:b\nx: y", "goes a space: `a: b`"),
    ("a:\u00a0b\nx: y", "goes a space: `a: b`"), ("a: \u00a0b", "non-breaking space"), ("a: b\u00a0", "non-breaking"),
    ("\u00a0 a: b", "non-breaking"), ("a: b\nc d", "`c d` is no field"), ("a: b\n\tc: d", "a tab"),
    ("a:\n\t- b", "a tab"), ("a: b\n c: d", "lined up"), ("a: b\nc: d\n e: f", "lined up"),
    ("a: [b] c", "after its closing bracket"), ('a: "b" c', "after its closing quote"), ("a: 'b", "never closed"),
    ("a: [b, c", "never closed"), ("a: - b", "hyphen"), ("a: ? b", "question mark"), ("a: *b* c", "& or *"),
    ("a: & b", "& or *"), ("a:\n  - b: c\n  d: e", "no entry of the list"), ('a: "b\\q"', "backslash"),
])
def test_a_refusal_says_what_it_found_and_what_helps(text: str, words: str) -> None:
    assert words in refusal(text).message


@pytest.mark.parametrize(("text", "mark"), [
    ("x: y\na:b\nc: d", Mark(2, 2)), ("a:b\nx: y", Mark(1, 2)), ("x: y\nc d\ne: f", Mark(2, 1)),
    ("x: y\n\u00a0 a: b", Mark(2, 1)),
])
def test_what_libyaml_finds_too_late_is_shown_where_it_stands(text: str, mark: Mark) -> None:
    assert refusal(text).mark == mark


def test_a_non_breaking_space_inside_a_text_is_welcome() -> None:
    assert load("a: «\u00a0b\u00a0»\nc: \"\u00a0d\"").data == {"a": "«\u00a0b\u00a0»", "c": "\u00a0d"}


def nested(depth: int, start: str, end: str) -> str:
    return start * depth + end * depth


@pytest.mark.parametrize("text", [nested(MAX_DEPTH, "[", "]"), "a: " + nested(MAX_DEPTH - 1, "[", "]"),
                                  "{a: {b: {c: {d: {e: {f: g}}}}}}"])
def test_six_levels_are_read(text: str) -> None:
    load(text)


@pytest.mark.parametrize(("text", "column"), [
    (nested(MAX_DEPTH + 1, "[", "]"), 7), ("a: " + nested(MAX_DEPTH, "[", "]"), 9),
    ("{a: {b: {c: {d: {e: {f: {g: h}}}}}}}", 25), (nested(10_000, "[", "]"), 7), ("[" * 10_000, 7),
])
def test_the_seventh_level_is_refused_where_it_begins(text: str, column: int) -> None:
    found = refusal(text)
    assert (found.rule(), found.mark) == ("yaml-depth", Mark(1, column))


def test_places_count_characters_and_not_bytes() -> None:
    document = load("title: مرصد المدينة\nquote: 'é' # ü\nlist: [مدن, 🏙️, x]", first_line=2)
    assert document.places.values[("title",)] == Mark(2, 8)
    assert document.places.keys[("quote",)] == Mark(3, 1)
    assert document.places.values[("list", 1)] == Mark(4, 13)
    assert document.places.values[("list", 2)] == Mark(4, 17)


def test_places_after_block_scalars_are_right() -> None:
    document = load("a: |\n  مرصد\n\n  two\nb: >-\n  three\n  four\nc: [d,\n    e]\nf:\n  - g: h\n    i: j\n")
    assert [document.places.keys[(name,)] for name in "abcf"] == [Mark(1, 1), Mark(5, 1), Mark(8, 1), Mark(10, 1)]
    assert document.places.values[("c", 1)] == Mark(9, 5)
    assert document.places.keys[("f", 0, "i")] == Mark(12, 5)
    assert document.places.values[("f", 0, "i")] == Mark(12, 8)
    assert document.places.values[("f", 0)] == Mark(11, 5)


TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co"), exclude_characters="\u2028\u2029\ufeff")
               .filter(lambda c: not "\u202a" <= c <= "\u202e" and not "\u2066" <= c <= "\u2069"), max_size=20)
DATA = st.recursive(TEXT, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
                    max_leaves=12)


def depth(data: object) -> int:
    match data:
        case dict():
            return 1 + max(map(depth, data.values()), default=0)
        case list():
            return 1 + max(map(depth, data), default=0)
        case _:
            return 0


@settings(max_examples=200, deadline=None)
@given(DATA.filter(lambda data: depth(data) <= MAX_DEPTH), st.sampled_from([None, True, False]))
def test_plain_data_comes_back_as_it_was_written(data: object, flow: bool | None) -> None:
    text = yaml.dump(data, default_style='"', allow_unicode=True, default_flow_style=flow, Dumper=Plain)
    document = load(text)
    assert document.data == data
    assert_places_hold(document.data, document.places.values, ())


class Plain(yaml.SafeDumper):
    """Writes no anchors for what occurs twice, and no tags."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def assert_places_hold(data: object, values: dict[tuple[str | int, ...], Mark], path: tuple[str | int, ...]) -> None:
    """Every part of the data has a place."""
    assert path in values
    pairs = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for name, part in pairs:
        assert_places_hold(part, values, (*path, name))


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60) | st.text("abAB:-?[]{},&*!|>'\"%@`#~<\\ \n\t.012xu", max_size=40))
@example("\ud800")
@example("a: \x00")
@example("\ufeffa: b")
@example("%YAML 9.9\n---\na: b")
@example("%TAG ! tag:x,2000:\n---\n!a b")
@example("--- !!set\n? a")
@example("[a: b]")
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        document = load(text)
    except Refusal as refused:
        assert type(refused) in REFUSALS
        assert refused.message
        assert refused.mark.line >= 1
        assert refused.mark.column >= 1
    else:
        assert_only_text(document.data)


def assert_only_text(data: object) -> None:
    match data:
        case dict():
            for name, value in data.items():
                assert_only_text(name)
                assert_only_text(value)
        case list():
            for value in data:
                assert_only_text(value)
        case _:
            assert type(data) is str
