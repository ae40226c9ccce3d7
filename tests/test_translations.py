"""Translations: the list of what is to be done, and the stamp that says one is up to date."""

from collections.abc import Callable
from pathlib import Path

import pytest

from loaded import Loaded
from safecities.records import read_text
from safecities.records.files import Parts, cut, front_matter
from safecities.site import load_site
from safecities.translations import overview, stamp

Put = Callable[[str, str], Path]
Change = Callable[[str, str, str], Path]
Load = Callable[[], Loaded]

LAMP = "189df12a9a85"
"""The digest of tools_db/lamp-map.md."""


def parts(path: Path) -> Parts:
    return cut(read_text(path))


def rows(load: Load, lang: str | None = None) -> list[tuple[str, str, str]]:
    return [(row.lang, row.state, row.path) for row in overview(load().catalogue, lang)]


def stamped(root: Path, *names: str) -> list[str]:
    return list(stamp(load_site(root), [root / name for name in names]))


def test_the_overview_names_what_is_missing_a_draft_or_machine_made(load: Load) -> None:
    assert rows(load) == [("es", "draft", "docs/guidance/one.es.md"), ("es", "missing", "tools_db/lamp-map.es.md"),
                          ("es", "machine", "casestudies/night-bus.es.md")]


def test_a_stale_translation_is_listed_as_such_whoever_made_it(change: Change, load: Load) -> None:
    change("casestudies/night-bus.md", "600 metres", "700 metres")
    change("tools_db/street-audit.md", "Each line", "Every line")
    assert rows(load)[2:] == [("es", "stale", "casestudies/night-bus.es.md"),
                              ("es", "stale", "tools_db/street-audit.es.md")]


def test_the_overview_of_one_language_is_only_that(load: Load) -> None:
    assert rows(load, "en") == []
    assert rows(load, "es") == rows(load)


def test_an_original_in_another_language_lacks_the_default_one(put: Put, tiny: Path, load: Load) -> None:
    text = (tiny / "tools_db" / "lamp-map.md").read_text(encoding="utf-8")
    put("tools_db/mapa.md", text.replace("status:", "language: es\nstatus:"))
    assert rows(load, "en") == [("en", "missing", "tools_db/mapa.en.md")]


def test_the_place_of_a_missing_translation_is_right_beside_a_page_with_a_suffix(tiny: Path, load: Load) -> None:
    (tiny / "docs" / "guidance" / "one.es.md").unlink()
    (tiny / "docs" / "guidance" / "one.md").rename(tiny / "docs" / "guidance" / "one.en.md")
    assert ("es", "missing", "docs/guidance/one.es.md") in rows(load)


@pytest.mark.parametrize("written", [
    '"000000000000"', "'000000000000'", "000000000000", '"000000000000" # old', "abc", "", '""', "TODO # later",
])
def test_the_stamp_changes_the_digest_and_nothing_else(written: str, put: Put, tiny: Path) -> None:
    text = (f"---\ntitle: Mapa  # a note\ntranslated_from: {written}\nsummary: 'S'\ntranslation: draft\n---\n"
            "Un  texto.\n\n")
    path = put("tools_db/lamp-map.es.md", text)
    assert stamped(tiny, "tools_db/lamp-map.es.md") == ["tools_db/lamp-map.es.md"]
    old, new = text.splitlines(keepends=True), path.read_text(encoding="utf-8").splitlines(keepends=True)
    assert [*old[:2], *old[3:]] == [*new[:2], *new[3:]]
    note = written[written.index(" #"):] if "#" in written else ""
    assert new[2].rstrip() == f'translated_from: "{LAMP}"{note}'
    assert front_matter(parts(path))["translated_from"] == LAMP


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_translation_without_a_digest_gets_one(line_end: str, put: Put, tiny: Path) -> None:
    text = "---\ntitle: Mapa\nsummary: S\ntranslation: draft\n---\nUn texto.\n".replace("\n", line_end)
    path = put("tools_db/lamp-map.es.md", "\ufeff" + text)
    assert stamped(tiny, "tools_db/lamp-map.es.md") == ["tools_db/lamp-map.es.md"]
    assert path.read_bytes().decode("utf-8") == "\ufeff" + text.replace(
        f"draft{line_end}", f'draft{line_end}translated_from: "{LAMP}"{line_end}')


@pytest.mark.parametrize("text", [
    "---\n{title: Mapa, summary: S, translation: draft, translated_from: '000000000000'}\n---\nB\n",
    "---\ntitle: 'translated_from: 1'\nsummary: S\ntranslation: draft\n\"translated_from\" : \"000000000000\"\n---\n"
    "translated_from: 000000000000\n",
])
def test_the_stamp_finds_the_digest_however_the_field_is_written(text: str, put: Put, tiny: Path) -> None:
    path = put("tools_db/lamp-map.es.md", text)
    before = parts(path)
    assert stamped(tiny, "tools_db/lamp-map.es.md") == ["tools_db/lamp-map.es.md"]
    after = parts(path)
    assert front_matter(after) == {**front_matter(before), "translated_from": LAMP}
    assert after.body == before.body


def test_a_file_in_which_the_value_cannot_be_replaced_stays_as_it_is(put: Put, tiny: Path) -> None:
    text = "---\ntitle: Mapa\nsummary: S\ntranslation: draft\ntranslated_from: >-\n  000000000000\n---\nB\n"
    path = put("tools_db/lamp-map.es.md", text)
    assert stamped(tiny, "tools_db/lamp-map.es.md") == []
    assert path.read_text(encoding="utf-8") == text


def test_line_ends_and_permissions_stay(put: Put, tiny: Path) -> None:
    text = "---\r\ntitle: Mapa\r\nsummary: S\r\ntranslation: draft\r\ntranslated_from: abc\r\n---\r\nB\r\n"
    path = put("tools_db/lamp-map.es.md", text)
    path.chmod(0o640)
    stamped(tiny, "tools_db/lamp-map.es.md")
    assert path.read_bytes().decode("utf-8") == text.replace("abc", f'"{LAMP}"')
    assert path.stat().st_mode & 0o777 == 0o640
    assert [entry.name for entry in path.parent.iterdir() if entry.suffix == ".tmp"] == []


def test_a_translation_that_is_up_to_date_is_not_touched(tiny: Path) -> None:
    before = (tiny / "casestudies" / "night-bus.es.md").stat().st_mtime_ns
    assert stamped(tiny, ".") == []
    assert (tiny / "casestudies" / "night-bus.es.md").stat().st_mtime_ns == before


def test_a_folder_stands_for_all_translations_in_it(change: Change, tiny: Path) -> None:
    change("casestudies/night-bus.md", "600 metres", "700 metres")
    change("tools_db/street-audit.md", "Each line", "Every line")
    change("docs/guidance/one.md", "lead the walk", "lead it")
    assert stamped(tiny, "tools_db", "docs") == ["tools_db/street-audit.es.md", "docs/guidance/one.es.md"]
    assert stamped(tiny, ".") == ["casestudies/night-bus.es.md"]
    assert stamped(tiny, ".") == []


def test_originals_and_other_files_are_left_alone(change: Change, tiny: Path) -> None:
    change("casestudies/night-bus.md", "600 metres", "700 metres")
    assert stamped(tiny, "casestudies/night-bus.md", "vocabularies", "mkdocs.yml", "nowhere") == []
