"""A record to start from."""

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from loaded import Loaded
from safecities import schema
from safecities.newrecord import RecordExistsError, today, write_new
from safecities.site import load_site

Load = Callable[[], Loaded]

KINDS = {"tool": "tools_db", "case-study": "casestudies"}


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_record_is_valid_at_once(kind: str, tiny: Path, load: Load) -> None:
    path = write_new(load_site(tiny), kind, "a-new-one")
    assert path == tiny / KINDS[kind] / "a-new-one.md"
    loaded = load()
    assert loaded.problems == ()
    assert loaded.catalogue.entries["a-new-one"].kind == kind


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_record_stays_valid_when_its_commented_fields_are_used(kind: str, tiny: Path, load: Load) -> None:
    path = write_new(load_site(tiny), kind, "a-new-one")
    models = (*schema.MODELS.values(), schema.Version, schema.Reference, schema.Partner)
    names = "|".join(sorted({name for model in models for name in model.model_fields}))
    text = path.read_text(encoding="utf-8")
    used, number = re.subn(rf"^( *)# ( *(?:- )?(?:{names}):)", r"\1\2", text, flags=re.MULTILINE)
    assert number > 15
    text = used.replace("some-other-record", "lamp-map").replace("civil-society", "residents")
    path.write_text(text, encoding="utf-8")
    assert [problem.as_text() for problem in load().problems] == []


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ["lamp-map", "night-bus"])
def test_an_id_that_is_taken_in_either_folder_is_refused_and_nothing_written(kind: str, name: str, tiny: Path) -> None:
    before = {path: path.read_bytes() for path in tiny.rglob("*.md")}
    with pytest.raises(RecordExistsError, match=rf"{name}\.md exists; nothing was written"):
        write_new(load_site(tiny), kind, name)
    assert {path: path.read_bytes() for path in tiny.rglob("*.md")} == before


def test_an_id_that_is_taken_in_a_folder_below_is_refused(tiny: Path) -> None:
    (tiny / "tools_db" / "below").mkdir()
    (tiny / "tools_db" / "lamp-map.md").rename(tiny / "tools_db" / "below" / "lamp-map.md")
    with pytest.raises(RecordExistsError, match=r"tools_db/below/lamp-map\.md exists"):
        write_new(load_site(tiny), "tool", "lamp-map")


def test_a_broken_link_in_its_place_is_not_followed(tiny: Path) -> None:
    (tiny / "tools_db" / "new.md").symlink_to(tiny / "elsewhere.md")
    with pytest.raises(RecordExistsError):
        write_new(load_site(tiny), "tool", "new")
    assert not (tiny / "elsewhere.md").exists()


@pytest.mark.parametrize("name", [
    "", "A", "a b", "a_b", "-a", "a-", "a--b", "é", "../a", "a/b", "/a", "a.md", "_a", ".a", "a" * 81, "a\n", "a\x00b",
    "index", "a.es", "..",
])
def test_what_is_no_id_is_refused(name: str, tiny: Path) -> None:
    before = sorted(tiny.rglob("*"))
    with pytest.raises(ValueError, match=r"."):
        write_new(load_site(tiny), "tool", name)
    assert sorted(tiny.rglob("*")) == before


def test_the_name_of_a_translation_is_no_id_and_the_message_says_so(tiny: Path) -> None:
    with pytest.raises(ValueError, match="a translation's name"):
        write_new(load_site(tiny), "tool", "lamp-map.es")


def test_the_folder_is_made_if_there_is_none(tmp_path: Path, tiny: Path) -> None:
    (tmp_path / "mkdocs.yml").write_bytes((tiny / "mkdocs.yml").read_bytes())
    assert write_new(load_site(tmp_path), "tool", "first").is_file()


def test_the_day_is_that_of_source_date_epoch(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1288396800")
    text = write_new(load_site(tiny), "tool", "first").read_text(encoding="utf-8")
    assert "added: 2010-10-30\n" in text
    assert "{today}" not in text


@pytest.mark.parametrize("epoch", ["", "x", "²", "9" * 30, "-1e9"])
def test_a_wrong_source_date_epoch_is_as_none(epoch: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(os.environ, "SOURCE_DATE_EPOCH", epoch)
    assert today().year >= 2026
