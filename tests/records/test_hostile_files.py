"""Files that a repository cannot hold well: links, sizes, bytes that are no text, characters that deceive."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from loaded import RECORD
from safecities.cli import main

Put = Callable[[str, str], Path]


def validate(root: Path) -> list[str]:
    """What validate prints, without the count."""
    result = CliRunner().invoke(main, ["validate", "--root", str(root)])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.output.splitlines()[:-1]


def rules_found(root: Path) -> list[str]:
    return [line.rpartition("[")[2].rstrip("]") for line in validate(root)]


def test_the_record_that_these_tests_spoil_is_valid(put: Put, tiny: Path) -> None:
    put("tools_db/x.md", RECORD)
    assert validate(tiny) == []


@pytest.mark.parametrize("name", ["tools_db/x.md", "casestudies/x.es.md", "docs/x.md", "docs/x.png",
                                  "vocabularies/x.yml", "tools_db/folder"])
@pytest.mark.parametrize("target", ["lamp-map.md", "/etc/passwd", "nowhere", ".", ".."])
def test_a_symbolic_link_is_refused_and_never_followed(name: str, target: str, tiny: Path) -> None:
    (tiny / name).symlink_to(target)
    lines = validate(tiny)
    assert len(lines) == 1
    assert lines[0].startswith(f"{name}:1:1: error: a symbolic link")
    assert rules_found(tiny) == ["symbolic-link"]


@pytest.mark.parametrize("name", ["tools_db", "casestudies", "docs"])
def test_a_content_folder_that_is_a_symbolic_link_is_refused(name: str, tiny: Path) -> None:
    (tiny / name).rename(tiny / "elsewhere")
    (tiny / name).symlink_to("elsewhere")
    assert f"{name}:1:1: error: a symbolic link is not a record; put the file itself here [symbolic-link]" \
        in validate(tiny)


def test_a_file_of_256_kib_is_read_and_a_larger_one_refused(put: Put, tiny: Path) -> None:
    put("tools_db/x.md", RECORD + "x" * (256 * 1024 - len(RECORD)))
    assert validate(tiny) == []
    put("tools_db/x.md", RECORD + "x" * (256 * 1024 - len(RECORD) + 1))
    assert validate(tiny) == ["tools_db/x.md:1:1: error: the file has 262,145 bytes; at most 262,144 are allowed "
                              "[file-size]"]


@pytest.mark.parametrize("name", ["docs/x.md", "vocabularies/x.yml", "tools_db/lamp-map.es.md"])
def test_the_limit_of_size_is_the_same_for_all_content(name: str, put: Put, tiny: Path) -> None:
    put(name, "x" * 300 * 1024)
    assert rules_found(tiny) == ["file-size"]


def test_front_matter_of_more_than_32_kib_is_refused(put: Put, tiny: Path) -> None:
    fields = len(RECORD.split("---\n")[1])
    put("tools_db/x.md", RECORD.replace("added:", "#" * (32 * 1024 - fields - 1) + "\nadded:"))
    assert validate(tiny) == []
    put("tools_db/x.md", RECORD.replace("added:", "#" * (32 * 1024 - fields) + "\nadded:"))
    assert validate(tiny) == ["tools_db/x.md:2:1: error: the front matter has 32,769 bytes; at most 32,768 are "
                              "allowed [file-size]"]


@pytest.mark.parametrize(("raw", "place"), [
    (b"\xff", "1:1"),
    ("é".encode("latin-1"), "1:1"),
    ("---\ntitle: Año: ".encode() + b"\xf1\n---\n", "2:13"),
    ("---\ntitle: مرصد ".encode() + b"\xe0\x80\n---\n", "2:13"),
    (b"\xff\xfe-\x00", "1:1"),
    (b"---\n\xed\xa0\x80\n---\n", "2:1"),
])
@pytest.mark.parametrize("name", ["tools_db/x.md", "docs/x.md", "vocabularies/x.yml"])
def test_bytes_that_are_not_utf_8_are_refused_with_their_place(raw: bytes, place: str, name: str, tiny: Path) -> None:
    (tiny / name).write_bytes(raw)
    lines = validate(tiny)
    assert len(lines) == 1
    assert lines[0].startswith(f"{name}:{place}: error: byte 0x")
    assert rules_found(tiny) == ["encoding"]


FORBIDDEN = ["\x00", "\x01", "\x08", "\x0b", "\x0c", "\x1b", "\x7f", "\x85", "\x9f", "\u2028", "\u2029", "\u202a",
             "\u202e", "\u2066", "\u2069", "\ufeff", "\ufffe", "\uffff", "\ue000", "\uf8ff"]


@pytest.mark.parametrize("bad", FORBIDDEN, ids=lambda c: f"U+{ord(c):04X}")
def test_characters_that_deceive_are_refused_with_their_place(bad: str, put: Put, tiny: Path) -> None:
    put("tools_db/x.md", RECORD.replace("A text.", f"مرصد {bad} text."))
    assert validate(tiny) == [f"tools_db/x.md:12:6: error: the character U+{ord(bad):04X} is not allowed; delete it "
                              "[control-character]"]


@pytest.mark.parametrize("escape", [r"\0", r"\a", r"\b", r"\e", r"\r", r"\x7f", r"\N", r"\L", r"\P", r"\u202E",
                                    r"\U0000202e", r"\uFEFF", r"\u2066"])
def test_such_characters_do_not_come_in_as_escapes_of_yaml_either(escape: str, put: Put, tiny: Path) -> None:
    put("tools_db/x.md", RECORD.replace("title: Checklist", f'title: "Check{escape}list"'))
    put("vocabularies/x.yml", f'x:\n  label: {{en: "a", es: "b{escape}"}}\n')
    found = validate(tiny)
    assert [line.partition(" ")[0] for line in found] == ["tools_db/x.md:2:8:", "vocabularies/x.yml:2:24:"]
    assert rules_found(tiny) == ["control-character", "control-character"]


@pytest.mark.parametrize("fine", ["\t", "\u200c", "\u200d", "\u200e", "\u200f", "\u061c", "\u00a0", "\u00ad", "🏙️"])
def test_characters_that_writing_needs_are_accepted(fine: str, put: Put, tiny: Path) -> None:
    put("tools_db/x.md", RECORD.replace("A text.", f"A {fine} text."))
    assert validate(tiny) == []


@pytest.mark.parametrize("spoilt", [
    RECORD.replace("\n", "\r\n"), RECORD.replace("\n", "\r"), "\ufeff" + RECORD,
    "\ufeff" + RECORD.replace("\n", "\r\n"), RECORD.rstrip("\n"), RECORD.replace("---\n", "--- \t\n"),
], ids=["CRLF", "CR", "BOM", "BOM and CRLF", "no last line end", "blanks behind the fences"])
def test_what_editors_on_other_systems_write_is_accepted(spoilt: str, put: Put, tiny: Path) -> None:
    put("tools_db/x.md", spoilt)
    assert validate(tiny) == []


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_places_are_right_whatever_the_line_ends(line_end: str, put: Put, tiny: Path) -> None:
    put("tools_db/x.md", "\ufeff" + RECORD.replace("status: stub", "status: done").replace("\n", line_end))
    assert [line.partition(" ")[0] for line in validate(tiny)] == ["tools_db/x.md:9:9:"]


def test_a_pipe_is_refused_and_not_waited_for(tiny: Path) -> None:
    os.mkfifo(tiny / "tools_db" / "x.md")
    os.mkfifo(tiny / "docs" / "x.md")
    assert validate(tiny) == [f"{folder}/x.md:1:1: error: not an ordinary file [file-name]"
                              for folder in ("docs", "tools_db")]


@pytest.mark.parametrize("raw", [b"a\nb.md", b"\xff.md", b"\x1b[31m.md", "\u202e.md".encode()])
def test_a_name_that_would_break_a_line_is_printed_escaped(raw: bytes, tiny: Path) -> None:
    for folder in ("tools_db", "docs"):
        Path(os.fsdecode(os.fsencode(tiny / folder) + b"/" + raw)).write_text("x", encoding="utf-8")
    for style in ("text", "github", "json"):
        result = CliRunner().invoke(main, ["validate", "--root", str(tiny), "--format", style])
        assert result.exit_code == 1
        assert all(c.isprintable() or c == "\n" for c in result.output)
    assert len(validate(tiny)) == 2


@pytest.mark.parametrize("body", ["[" * 20_000, ">" * 20_000, "*a " * 20_000, "`" * 20_001, "<" * 20_000,
                                  "| a " * 5_000 + "\n" + "|-" * 5_000 + "|\n", "- " * 5_000 + "x", "[a](" * 10_000])
def test_a_hostile_body_is_checked_in_no_time(body: str, put: Put, tiny: Path) -> None:
    put("tools_db/x.md", RECORD + body)
    put("docs/x.md", "---\ntitle: A page\nsummary: A page.\nlast_edited: 2026-01-01\n---\n" + body)
    validate(tiny)


@pytest.mark.parametrize("front", ["[" * 16_000, "{" * 16_000, "{a: " * 5_000, "- " * 8_000, "? " * 8_000,
                                   "a: " + "[" * 10_000, "a: &a [*a]", "a: " + "x, " * 10_000])
def test_hostile_front_matter_is_refused_in_no_time(front: str, put: Put, tiny: Path) -> None:
    put("tools_db/x.md", f"---\n{front}\n---\n")
    assert all(line.startswith("tools_db/x.md:") for line in validate(tiny))
    assert validate(tiny) != []
