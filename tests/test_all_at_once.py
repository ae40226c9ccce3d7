"""Whatever is wrong with a file is said at once: nobody mends one fault to be told of the next."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from loaded import RECORD
from safecities.cli import main

Put = Callable[[str, str], Path]


def found(root: Path, path: str = "tools_db/x.md") -> list[str]:
    """What validate says of a file, as ``line:column rule``."""
    result = CliRunner().invoke(main, ["validate", "--root", str(root)])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    lines = [line.removeprefix(f"{path}:") for line in result.output.splitlines()[:-1]]
    return [f"{line.partition(': ')[0]} {line.rpartition('[')[2].rstrip(']')}" for line in lines]


@pytest.mark.parametrize(("fields", "expected"), [
    ("title: Again\nsummary: Again\nsumary: x\n", ["11:1 duplicate-key", "12:1 duplicate-key", "13:1 unknown-field"]),
    ("place: &a Paris\noriginal_title: *a\nscope: !!str town\n",
     ["11:8 yaml-feature", "12:17 yaml-feature", "13:8 field-value", "13:8 yaml-feature"]),
    ("<<: {scope: town}\nscope: town\n", ["11:1 yaml-feature", "12:8 field-value"]),
    ("<<: [{scope: town}]\n<<: x\nscope: town\n", ["11:1 yaml-feature", "12:1 yaml-feature", "13:8 field-value"]),
    ('place: "a\\0"\noriginal_title: "\\u202e"\nscope: town\n',
     ["11:8 control-character", "12:17 control-character", "13:8 field-value"]),
    ("place: \u00a0Paris\nscope: \u00a0city\n", ["11:8 yaml-syntax", "12:8 yaml-syntax"]),
    ("related: [*a, night-bus, night-buss]\n", ["11:11 yaml-feature", "11:26 unknown-record"]),
    ("place: a\x07b\x08\nscope: town\n", ["11:9 control-character", "11:11 control-character", "12:8 field-value"]),
    ("place: {a: b, a: {c: d, c: e}}\n", ["11:8 field-value", "11:15 duplicate-key", "11:25 duplicate-key"]),
])
def test_what_yaml_may_not_hold_hides_no_other_fault(fields: str, expected: list[str], put: Put, tiny: Path) -> None:
    put("tools_db/x.md", RECORD.replace("added: 2026-01-01\n", f"added: 2026-01-01\n{fields}"))
    assert found(tiny) == expected


@pytest.mark.parametrize("fields", ["place: [a\n", "[a]: b\n", "place: [[[[[[a]]]]]]\n", 'place: "\\q"\n'])
def test_front_matter_that_cannot_be_read_hides_no_fault_of_the_body(fields: str, put: Put, tiny: Path) -> None:
    put("tools_db/x.md", RECORD.replace("title: Checklist\n", fields + "place: b # c #d\n") + "\n# A heading <b>\n")
    (yaml, *body) = found(tiny)
    assert yaml.startswith("2:")
    assert body == ["15:1 heading-level", "15:13 raw-html"]


def test_duplicates_before_the_fault_at_which_reading_ends_are_told_too(put: Put, tiny: Path) -> None:
    put("tools_db/x.md", RECORD.replace("themes: [data]\n", "title: Again\nthemes: [data\n"))
    assert [line.split()[1] for line in found(tiny)] == ["duplicate-key", "yaml-syntax"]


@pytest.mark.parametrize("name", ["Lamp Survey.md", "lamp--survey.md", "x.markdown", "x.MD", "index.md",
                                  f"{'x' * 81}.md"])
def test_a_wrong_name_hides_no_fault_of_the_file(name: str, put: Put, tiny: Path) -> None:
    put(f"tools_db/{name}", RECORD.replace("status: stub", "status: done") + "\n<b>\n")
    assert found(tiny, f"tools_db/{name}") == ["1:1 file-name", "9:9 field-value", "14:1 raw-html"]


def test_a_control_character_hides_no_fault_of_the_body(put: Put, tiny: Path) -> None:
    put("tools_db/x.md", RECORD + "a\u202e\x00\n\n<b>\n")
    assert found(tiny) == ["13:2 control-character", "13:3 control-character", "15:1 raw-html"]


@pytest.mark.parametrize(("fields", "expected"), [
    ("versions:\n  - language: en\n  - language: en\n", "duplicate-version"),
    ("year: 2002\nyears: 2002/..\n", "year-and-years"),
    ("reviewed: 2025-12-31\n", "reviewed-before-added"),
    ("original_title: &a b\n", "yaml-feature"),
    ("related: [night-bus, lamp-map, night-bus]\n", "field-value"),
])
def test_a_fault_of_one_field_hides_none_of_others(fields: str, expected: str, put: Put, tiny: Path) -> None:
    text = RECORD.replace("versions:\n  - language: en\n", "") if "versions" in fields else RECORD
    put("tools_db/x.md", text.replace("status: stub\n", f"status: done\n{fields}"))
    assert sorted(line.split()[1] for line in found(tiny)) == sorted(["field-value", expected])


def test_the_same_link_is_found_in_a_record_with_another_fault(put: Put, tiny: Path) -> None:
    linked = RECORD.replace("language: en\n", "language: en\n    url: https://a.example/\n")
    put("tools_db/a.md", linked.replace("Checklist", "A thing").replace("A list of things to check", "Some words"))
    put("tools_db/x.md", linked.replace("status: stub", "status: done"))
    assert found(tiny) == ["9:10 same-link", "10:9 field-value"]


def test_a_stale_translation_is_found_whatever_else_is_wrong_with_it_and_its_original(put: Put, tiny: Path) -> None:
    put("tools_db/x.md", RECORD.replace("status: stub", "status: done"))
    put("tools_db/x.es.md", "---\ntitle: Una lista\nsummary: Cosas.\ntranslation: bad\n"
                            'translated_from: "000000000000"\n---\n')
    assert found(tiny, "tools_db/x.es.md")[:2] == ["4:14 field-value", "5:18 stale-translation"]


@pytest.mark.parametrize(("line", "expected"), [
    ("themes: [data, public-space, data, public-space, dataa]",
     ["5:30 field-value", "5:36 field-value", "5:50 unknown-term"]),
    ("themes: [data, Data, data]", ["5:16 field-value", "5:22 field-value"]),
    ("themes:\n  - data\n  - data\n", ["7:5 field-value"]),
])
def test_each_entry_that_stands_twice_is_told_where_it_stands(line: str, expected: list[str], put: Put,
                                                              tiny: Path) -> None:
    put("tools_db/x.md", RECORD.replace("themes: [data]", line.rstrip("\n")))
    assert found(tiny) == expected


@pytest.mark.parametrize(("body", "expected"), [
    ("`<b>` and <b>\n\nand <i>x</i>\n", ["13:11 raw-html", "15:5 raw-html"]),
    ("\n    <b>\n\n```\n<b>\n```\n\n<!-- x -->\n", ["20:1 raw-html"]),
    ("\\<b> 1 < 2 <https://a.example/> <b\n\n</i>\n", ["15:1 raw-html"]),
    ("> <b>\n\n- <i>\n", ["13:3 raw-html", "15:3 raw-html"]),
    ("[a](other.md) [b](https://a.example/other.md)\n\n[c](other.md)\n", ["13:5 link-target", "15:5 link-target"]),
    ("other.md [a](other.md)\n\n[b]: javascript:x\n\n[b] `javascript:x`\n", ["13:14 link-target", "15:6 link-target"]),
    ("[a](java&#115;cript:x)\n", ["13:5 link-target"]),
    ("<ftp://a.example/>\n", ["13:2 link-target"]),
    ("![a](a.png) a.png\n\n![b](a.png)\n", ["13:6 picture", "15:6 picture"]),
    ("[]()\n", ["13:4 link-target"]),
])
def test_each_place_in_a_body_is_told(body: str, expected: list[str], put: Put, tiny: Path) -> None:
    put("tools_db/x.md", RECORD + body)
    assert found(tiny) == expected


@pytest.mark.parametrize(("body", "expected"), [
    ("[a](no.md) no.md\n\n[b](no.md#c)\n", ["6:5 dead-link", "8:5 dead-link"]),
    ("[a](nowhere.md is text)\n\n[b](where.md)\n", ["8:5 dead-link"]),
    ("[a](#b)\n\n[c](#b)\n", ["6:5 dead-anchor", "8:5 dead-anchor"]),
    ("![a](no.png)\n", ["6:6 dead-link"]),
    ("[a](/tools/index.html)\n", ["6:5 dead-link"]),
    ("[a](//a.example/b)\n", ["6:5 dead-link"]),
    ("![a](/a.png)\n", ["6:6 dead-link"]),
])
def test_each_dead_link_of_a_page_is_told(body: str, expected: list[str], put: Put, tiny: Path) -> None:
    put("docs/x.md", f"---\ntitle: A page\nsummary: A page.\nlast_edited: 2026-01-01\n---\n{body}")
    assert found(tiny, "docs/x.md") == expected
