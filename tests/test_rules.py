"""Each rule has a folder in tests/records: in/ is laid over the tiny repository, expected.txt is what validate says."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from safecities import rules
from safecities.cli import main

RECORDS = Path(__file__).parent / "records"

IN_PYTHON = {
    "file-size": "300 KiB of nothing are no use in a repository",
    "symbolic-link": "archives and some systems turn links into files",
    "encoding": "editors and diffs spoil bytes that are not UTF-8",
    "control-character": "NUL makes a file binary for git, and an override deceives whoever reviews it",
}
"""Rules whose cases are written in tests/records/test_hostile_files.py, and why."""

CASES = sorted(path.name for path in RECORDS.iterdir() if (path / "in").is_dir())


@pytest.mark.golden
@pytest.mark.parametrize("name", CASES)
def test_a_rule_finds_what_its_case_shows(name: str, tiny: Path, golden: Callable[[Path, str], None]) -> None:
    shutil.copytree(RECORDS / name / "in", tiny, dirs_exist_ok=True)
    result = CliRunner().invoke(main, ["validate", "--root", str(tiny)])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    golden(RECORDS / name / "expected.txt", result.stdout)
    assert f"[{name}]" in result.stdout, "the case does not show its own rule"


def test_every_rule_has_a_case() -> None:
    assert {*CASES, *IN_PYTHON} == set(rules.manual())


def test_cases_in_python_do_exist() -> None:
    text = (RECORDS / "test_hostile_files.py").read_text(encoding="utf-8")
    assert [name for name in IN_PYTHON if f'"{name}"' not in text] == []


def test_the_manual_says_something_of_every_rule() -> None:
    assert [name for name, text in rules.manual().items() if not text.endswith(".")] == []


def test_every_module_of_rules_is_registered() -> None:
    folder = Path(rules.__file__).parent
    modules = {f"safecities.rules.{path.stem}" for path in folder.glob("*.py")}
    modules -= {"safecities.rules.__init__", "safecities.rules.registry"}
    assert {rule.check.__module__ for rule in rules.REGISTRY.values()} == modules


def test_the_tiny_repository_is_valid(tiny: Path) -> None:
    result = CliRunner().invoke(main, ["validate", "--strict", "--root", str(tiny)])
    assert (result.output, result.exit_code) == ("no problems\n", 0)
