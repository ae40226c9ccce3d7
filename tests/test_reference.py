"""The pages for editors hold what the code says: fields, terms, rules."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from loaded import PROJECT
from safecities import exports, reference, rules, schema
from safecities.cli import main
from safecities.site import load_site
from safecities.vocabularies import read_vocabularies

Put = Callable[[str, str], Path]
PAGE = "---\ntitle: T\nsummary: S\nlast_edited: 2026-01-01\n---\nBefore.\n\n[//]: # (generated: {})\n{}[//]: # (end)\n"


@pytest.fixture(scope="module")
def made() -> dict[str, str]:
    return reference.pieces(read_vocabularies(PROJECT)[0], "en")


def test_the_pages_of_this_project_are_up_to_date() -> None:
    late = [path.name for path, _ in reference.outdated(load_site(PROJECT))]
    assert late == [], "run: make reference"


def test_every_piece_stands_in_a_page(made: dict[str, str]) -> None:
    text = "".join((PROJECT / "docs" / name).read_text(encoding="utf-8")
                   for name in ("for-editors.md", "field-reference.md"))
    assert [name for name in made if f"(generated: {name})" not in text] == []


def test_every_rule_is_explained_with_its_level(made: dict[str, str]) -> None:
    for name, text in rules.manual().items():
        level = rules.REGISTRY[name].level if name in rules.REGISTRY else "error"
        assert f"- `{name}` ({level}). {text}" in made["rules"].splitlines()


@pytest.mark.parametrize("model", [*exports.DESCRIBED.values(), schema.Version, schema.Reference, schema.Partner,
                                   schema.Cost])
def test_every_field_is_explained(model: type[schema.BaseModel], made: dict[str, str]) -> None:
    rows = "\n".join(made.values())
    for name, field in model.model_fields.items():
        assert f"| `{name}` |" in rows
        assert (field.description or "?") in rows


@pytest.mark.parametrize(("piece", "row"), [
    ("fields", "| `title` | yes | "), ("fields", "| `versions` | in tools | "), ("fields", "| `place` |  | "),
    ("fields", "| `sources` | in case studies | What the facts rest on. | a list of rows, see below, at least one |"),
    ("fields", "a list of [terms](#violence-forms) |"), ("fields", "a list of [terms](#themes), 1 to 6 |"),
    ("fields", "one of `stub`, `partial`, `complete` |"), ("fields", "text in one line, at most 200 characters |"),
    ("tool-fields", "a year of four digits, such as `2008` |"),
    ("case-study-fields", "(`unrated` if nothing is written)"),
    ("terms", "- `observatory`: Observatory"),
])
def test_it_says_in_plain_words_how_a_field_is_written(piece: str, row: str, made: dict[str, str]) -> None:
    assert row in made[piece]


def test_no_words_of_programs_are_left(made: dict[str, str]) -> None:
    tables = "\n".join(text for name, text in made.items() if name not in ("rules", "terms"))
    assert [word for word in ("string", "integer", "array", "^", "None", "regex") if word in tables] == []


def test_the_command_writes_between_the_marks_and_nothing_else(tiny: Path, put: Put) -> None:
    page = put("docs/fields.md", PAGE.format("cost", "old\n"))
    result = CliRunner().invoke(main, ["reference", "--root", str(tiny)])
    assert (result.exit_code, result.stdout) == (0, "docs/fields.md\n")
    before, between, after = page.read_text(encoding="utf-8").partition("\n\n| Field | ")
    assert before.endswith("Before.\n\n[//]: # (generated: cost)")
    assert "old" not in between + after
    assert after.endswith("|\n\n[//]: # (end)\n")
    assert CliRunner().invoke(main, ["reference", "--root", str(tiny)]).stdout == ""


def test_a_piece_that_there_is_not_is_named(tiny: Path, put: Put) -> None:
    put("docs/fields.md", PAGE.format("costs", ""))
    result = CliRunner().invoke(main, ["reference", "--root", str(tiny)])
    assert result.exit_code == 1
    assert "docs/fields.md: there is no piece `costs`; there are rules, " in result.output


def test_a_translation_stays_as_fresh_as_it_was(tiny: Path, put: Put, change: Callable[[str, str, str], Path]) -> None:
    put("docs/fields.md", PAGE.format("cost", ""))
    written = "---\ntitle: T\nsummary: S\ntranslation: draft\ntranslated_from: \"000000000000\"\n---\nAntes.\n"
    stale = put("docs/other.es.md", written)
    put("docs/other.md", PAGE.format("partners", ""))
    fresh = put("docs/fields.es.md", written)
    CliRunner().invoke(main, ["translations", "--stamp", str(fresh), "--root", str(tiny)])
    CliRunner().invoke(main, ["reference", "--root", str(tiny)])
    result = CliRunner().invoke(main, ["validate", "--root", str(tiny)])
    assert [line.partition(":")[0] for line in result.stdout.splitlines()[:-1]] == ["docs/other.es.md"]
    assert "000000000000" in stale.read_text(encoding="utf-8")
