"""One problem, three formats."""

import json
import re
from pathlib import Path

import pytest

from safecities.problems import Problem, count, has_errors, nearest, report, shown

ERROR = Problem("tools_db/x.md", 3, 8, "error", "`year` is wrong", "field-value")
WARNING = Problem("docs/y.md", 1, 1, "warning", "stale", "stale-translation")


def test_text_is_one_line_that_editors_can_click() -> None:
    assert report([ERROR, WARNING], "text").splitlines() == [
        "tools_db/x.md:3:8: error: `year` is wrong [field-value]",
        "docs/y.md:1:1: warning: stale [stale-translation]",
        "1 error, 1 warning"]


def test_github_shows_it_beside_the_line() -> None:
    assert report([ERROR], "github").splitlines() == [
        "::error file=tools_db/x.md,line=3,col=8,title=field-value::`year` is wrong", "1 error"]


def test_github_escapes_what_would_end_a_command_or_its_properties() -> None:
    problem = Problem("a,b:c%.md", 1, 2, "warning", "50% of\r\nlines: a,b::error::c", "rule")
    assert problem.as_github() == ("::warning file=a%2Cb%3Ac%25.md,line=1,col=2,title=rule::"
                                   "50%25 of%0D%0Alines: a,b::error::c")


def test_json_is_one_document_with_the_counts() -> None:
    found = json.loads(report([ERROR, WARNING], "json"))
    assert (found["errors"], found["warnings"]) == (1, 1)
    assert found["problems"][0] == {"path": "tools_db/x.md", "line": 3, "column": 8, "level": "error",
                                    "message": "`year` is wrong", "rule": "field-value"}


def test_json_of_no_problems_is_a_document_too() -> None:
    assert json.loads(report([], "json")) == {"problems": [], "errors": 0, "warnings": 0}


@pytest.mark.parametrize("style", ["text", "github", "json"])
def test_a_path_never_breaks_the_line_or_the_encoding(style: str) -> None:
    text = report([Problem("a\nb\udcff\u202e.md", 1, 1, "error", "m", "r")], style)  # type: ignore[arg-type]
    text.encode("utf-8")
    assert "a\nb" not in text
    assert "\u202e" not in text


@pytest.mark.parametrize(("problems", "words"), [
    ([], "no problems"), ([ERROR], "1 error"), ([ERROR] * 2, "2 errors"), ([WARNING], "1 warning"),
    ([WARNING] * 2 + [ERROR], "1 error, 2 warnings"),
])
def test_the_count_is_said_in_words(problems: list[Problem], words: str) -> None:
    assert count(problems) == words
    assert has_errors(problems) == ("error" in words)


def test_problems_are_sorted_by_their_place() -> None:
    places = [("a.md", 10, 1), ("a.md", 2, 1), ("a.md", 2, 11), ("a.md", 2, 2), ("B.md", 1, 1)]
    found = sorted(Problem(*place, "error", "m", "r") for place in places)
    assert [(p.path, p.line, p.column) for p in found] == [
        ("B.md", 1, 1), ("a.md", 2, 1), ("a.md", 2, 2), ("a.md", 2, 11), ("a.md", 10, 1)]


@pytest.mark.parametrize(("found", "hint"), [
    ("observatry", "; did you mean `observatory`?"), ("OBSERVATORY", "; did you mean `observatory`?"),
    ("cc-by-4", "; did you mean `CC-BY-4.0`?"), ("moon", ""), ("", ""),
])
def test_the_nearest_word_is_offered_whatever_its_capitals(found: str, hint: str) -> None:
    assert nearest(found, ["observatory", "CC-BY-4.0"]) == hint


@pytest.mark.parametrize(("value", "text"), [
    ("x", "`x`"), ("", "``"), ("x" * 60, f"`{'x' * 60}`"), ("x" * 61, f"`{'x' * 59}…`"), ("a\nb", "`a\\nb`"),
    ("\u202e", "`\\u202e`"), ("مرصد", "`مرصد`"), (12, "`12`"),
])
def test_values_are_quoted_short_and_in_one_line(value: object, text: str) -> None:
    assert shown(value) == text


def test_visual_studio_code_finds_the_place_of_a_problem() -> None:
    """The task in .vscode reads the lines that we print."""
    text = Path(__file__).parent.parent.joinpath(".vscode", "tasks.json").read_text(encoding="utf-8")
    tasks = json.loads("\n".join(line for line in text.splitlines() if not line.lstrip().startswith("//")))
    pattern = tasks["tasks"][0]["problemMatcher"]["pattern"]
    found = re.fullmatch(pattern["regexp"], Problem("tools_db/a.md", 3, 4, "error", "no `x`: [y]", "a-rule").as_text())
    assert found is not None
    assert [found[pattern[name]] for name in ("file", "line", "column", "severity", "message", "code")] == [
        "tools_db/a.md", "3", "4", "error", "no `x`: [y]", "a-rule"]
