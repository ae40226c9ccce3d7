"""One thoroughly bad record: every fault is found at once, at its place, in words that help."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from safecities.cli import main

BAD = Path(__file__).parent / "fixtures" / "bad"


@pytest.fixture
def output(tiny: Path) -> str:
    shutil.copytree(BAD, tiny, dirs_exist_ok=True)
    result = CliRunner().invoke(main, ["validate", "--root", str(tiny)])
    assert result.exit_code == 1
    return result.output


@pytest.mark.golden
def test_every_problem_of_the_bad_record_is_reported_at_once(output: str, golden: Callable[[Path, str], None]) -> None:
    golden(BAD / "expected.txt", output)


@pytest.mark.parametrize("line", [line for line, text in enumerate(
    (BAD / "tools_db" / "bad.md").read_text(encoding="utf-8").splitlines(), 1)
    if text.partition(":")[0] in {"id", "title", "sumary", "language", "original_title", "original_language", "themes",
                                  "audiences", "settings", "violence_forms", "countries", "place", "coordinates",
                                  "scope", "organisations", "related", "content_note", "status", "added", "reviewed",
                                  "categories", "year", "years", "identifier", "licence", "access", "evidence", "cost",
                                  '"<<"'}])
def test_every_line_with_a_fault_is_named(line: int, output: str) -> None:
    assert f"tools_db/bad.md:{line}:" in output


@pytest.mark.parametrize("hint", ["`summary`", "`NO`", "`metropolitan`", "`guide`", "`lamp-map`", "`data`", "`street`"])
def test_near_misses_get_a_hint(hint: str, output: str) -> None:
    assert f"did you mean {hint}?" in output


def test_the_rest_of_the_repository_is_not_blamed(output: str) -> None:
    assert {line.partition(":")[0] for line in output.splitlines()[:-1]} == {"tools_db/bad.md"}
