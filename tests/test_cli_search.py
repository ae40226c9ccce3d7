"""The command ``safecities search``: what it finds, what it says beside that, and a clear answer to odd input."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from safecities.cli import main

Run = Callable[..., Result]


@pytest.fixture
def search(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Search the tiny repository; anything but an orderly end is an error."""
    monkeypatch.chdir(tiny)

    def invoke(*arguments: str, color: bool = False) -> Result:
        result = CliRunner().invoke(main, ["search", *arguments], color=color)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result
    return invoke


def ids(result: Result) -> list[str]:
    return [hit["id"] for hit in json.loads(result.stdout)]


def test_words_are_bold_in_title_and_passage_on_a_terminal(search: Run) -> None:
    told = search("stops", "--kind", "case-study", color=True).stdout
    assert "\x1b[1mstops\x1b[0m" in told.splitlines()[0]
    assert told.count("\x1b[1m") > 1
    assert "\x1b" not in search("stops").stdout


def test_a_word_after_a_minus_is_no_option(search: Run) -> None:
    everything = ids(search("street", "night", "lamp", "--json"))
    left = ids(search("street", "night", "lamp", "-bus", "--json"))
    assert "night-bus" in everything
    assert left
    assert "night-bus" not in left
    assert ids(search("street night lamp −bus", "--json")) == left


@pytest.mark.parametrize("quoted", ['"bus that stops"', "« bus that stops »", "“bus that stops”", "„bus that stops”"])
def test_words_in_quotes_stand_together(search: Run, quoted: str) -> None:
    assert set(ids(search(quoted, "--json"))) == {"night-bus", "guidance/one"}
    assert search(quoted.replace("bus that", "that bus")).exit_code == 1


@pytest.mark.parametrize("kind", ["guidance", "case-study", "tool"])
def test_results_can_be_narrowed_to_each_kind(search: Run, kind: str) -> None:
    found = json.loads(search("street", "night", "lamp", "--kind", kind, "--json").stdout)
    assert {hit["kind"] for hit in found} == {kind}


def test_all_languages_are_searched_when_asked_for(search: Run) -> None:
    assert search("nocturno").exit_code == 1
    found = search("nocturno", "--all-languages")
    assert (found.exit_code, found.stderr) == (0, "2 of 2 found\n")
    assert "[case-study, es]" in found.stdout


@pytest.mark.parametrize(("arguments", "code", "said"), [
    (["petitevlile"], 0, "no page has “petitevlile”; found instead: “petiteville”\n"),
    (["petitexxxle"], 1, "no page has “petitexxxle”; did you mean “petiteville”?\nnothing found\n"),
    (["qqqqq"], 1, "no page has “qqqqq”\nnothing found\n"),
    (["-bus"], 1, "nothing to look for: the query has only words to leave out\n"),
    (["!?"], 1, "nothing to look for: the query has no words\n"),
    ([""], 1, "nothing to look for: the query has no words\n"),
    (["bus", "--kind", "tool", "--country", "AR"], 1, "nothing found\nwithout --kind and --country: 2\n"),
    (["--langg", "es", "bus"], 2, "Error: there is no option --langg"),
    (["--\x1b[31m", "bus"], 2, "Error: there is no option --\\x1b[31m"),
    (["bus", "--lang", "tlh"], 2, "Error: the site has no language `tlh`"),
    (["bus", "--theme", "locl-policy"], 2, "Error: --theme: there is no `locl-policy`"),
    (["bus", "--limit", "0"], 2, ""), (["bus", "--limit", "many"], 2, ""), ([], 2, ""),
])
def test_what_is_odd_gets_a_clear_answer(search: Run, arguments: list[str], code: int, said: str) -> None:
    result = search(*arguments)
    assert result.exit_code == code
    assert said in result.stderr
    assert "Traceback" not in result.output


def test_that_only_so_many_words_count_is_said(search: Run) -> None:
    assert "only the first 32 words count" in search("bus " * 40).stderr
    assert "only the first" not in search("bus " * 32).stderr


def test_json_is_one_document_and_messages_go_to_standard_error(search: Run) -> None:
    result = search("petitevlile", "--json")
    assert json.loads(result.stdout)[0]["id"] == "night-bus"
    assert "found instead" in result.stderr
    assert json.loads(search("qqqqq", "--json").stdout) == []
