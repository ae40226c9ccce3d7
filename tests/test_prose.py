"""What an editor asks of prose."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from loaded import Loaded
from safecities import prose
from safecities.cli import main

Load = Callable[[], Loaded]
Change = Callable[[str, str, str], Path]
COPIED = "one two three four five six seven eight"


def test_eight_words_in_a_row_are_found_between_two_texts(change: Change, load: Load) -> None:
    assert list(prose.shared(load().catalogue, {})) == []
    change("tools_db/lamp-map.md", "A mark stays", f"Here: {COPIED} nine. A mark stays")
    change("casestudies/night-bus.md", "The last stop lies", f"*One* two, {COPIED[8:]}, nine ten. The last stop lies")
    (found,) = prose.shared(load().catalogue, {})
    assert (found.path, found.other) == ("casestudies/night-bus.md", "tools_db/lamp-map.md")
    assert found.words == f"{COPIED} nine"


def test_seven_words_and_eight_over_two_paragraphs_are_no_copy(change: Change, load: Load) -> None:
    change("tools_db/lamp-map.md", "A mark stays", f"{COPIED[4:]}.\n\n{COPIED[:13]}\n\n{COPIED[13:]}. A mark stays")
    change("casestudies/night-bus.md", "The last stop lies", f"{COPIED}. The last stop lies")
    assert list(prose.shared(load().catalogue, {})) == []


def test_words_of_a_source_are_found_and_titles_are_not(change: Change, load: Load) -> None:
    change("tools_db/lamp-map.md", "title: Lamp map", "title: A map of all the lamps in one small town")
    change("tools_db/lamp-map.md", "A mark stays", f"a map of all the lamps in one small town. {COPIED}. A mark stays")
    foreign = {"notes": f"A map of all the lamps in one small town\n- {COPIED.title()}"}
    assert [(row.other, row.words) for row in prose.shared(load().catalogue, foreign)] == [("notes", COPIED)]


@pytest.mark.parametrize(("text", "least", "most"), [
    ("", 0, 0), ("The cat sat on the mat. It was fat.", -3, 2),
    ("Comprehensive interdepartmental administration necessitates considerable organisational flexibility.", 20, 60),
])
def test_hard_texts_have_a_higher_grade(text: str, least: float, most: float) -> None:
    assert least <= prose.grade(text) <= most


def test_a_record_that_nobody_names_is_an_orphan(change: Change, load: Load) -> None:
    assert list(prose.orphans(load().catalogue)) == []
    change("docs/guidance/one.md", "related: [lamp-map]\n", "")
    assert [page.id for page in prose.orphans(load().catalogue)] == ["lamp-map"]


def test_the_command_lists_what_it_found(change: Change, tiny: Path) -> None:
    change("tools_db/lamp-map.md", "A mark stays", f"{COPIED}. A mark stays")
    (tiny / "notes").mkdir()
    (tiny / "notes" / "x.txt").write_text(COPIED, encoding="utf-8")
    result = CliRunner().invoke(main, ["prose", "--root", str(tiny), "--sources", str(tiny / "notes")])
    assert result.exit_code == 0
    assert f"tools_db/lamp-map.md: shares with x.txt: {COPIED}" in result.output
    assert "1 shared runs of 8 words or more" in result.output
