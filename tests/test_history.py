"""When files were last changed, as git or the file system knows it."""

import os
import subprocess
from datetime import date
from pathlib import Path

import pytest

from safecities.history import changed, unusable_epoch

DAY = 86_400


def git(root: Path, *arguments: str, day: int = 0) -> None:
    when = {f"GIT_{who}_DATE": f"@{day * DAY} +0000" for who in ("AUTHOR", "COMMITTER")}
    who = {f"GIT_{role}_{what}": "a@b.example" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    subprocess.run(["git", *arguments], cwd=root, check=True, capture_output=True, env={**os.environ, **when, **who})


def commit(root: Path, day: int, **files: str) -> None:
    for name, text in files.items():
        (root / f"{name}.md").write_text(text, encoding="utf-8")
    git(root, "add", "-A")
    git(root, "commit", "--quiet", "--message", "x", day=day)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    git(tmp_path, "init", "--quiet")
    return tmp_path


def own_day(path: Path, day: int) -> None:
    os.utime(path, (day * DAY, day * DAY))


def test_a_committed_file_has_the_day_of_its_last_commit(root: Path) -> None:
    commit(root, 100, a="1", b="1", c="1")
    commit(root, 200, a="2")
    commit(root, 300, c="2")
    assert changed(root, ["a.md", "b.md"]) == {"a.md": date(1970, 7, 20), "b.md": date(1970, 4, 11)}


def test_a_changed_a_new_and_a_staged_file_have_their_own_day(root: Path) -> None:
    commit(root, 100, a="1", b="1")
    for name in ("a", "b", "new"):
        (root / f"{name}.md").write_text("2", encoding="utf-8")
        own_day(root / f"{name}.md", 150)
    git(root, "add", "b.md")
    assert set(changed(root, ["a.md", "b.md", "new.md"]).values()) == {date(1970, 5, 31)}


def test_a_root_may_lie_within_a_repository(root: Path) -> None:
    (root / "inner").mkdir()
    commit(root, 100, **{"inner/ä ö": "1"})
    commit(root, 200, a="1")
    assert changed(root / "inner", ["ä ö.md"]) == {"ä ö.md": date(1970, 4, 11)}


def test_without_a_repository_each_file_has_its_own_day_and_one_that_there_is_not_has_none(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    (tmp_path / "a.md").touch()
    own_day(tmp_path / "a.md", 150)
    assert changed(tmp_path, ["a.md", "b.md"]) == {"a.md": date(1970, 5, 31)}
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(100 * DAY))
    assert changed(tmp_path, ["a.md"]) == {"a.md": date(1970, 4, 11)}


def test_without_git_too(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commit(root, 100, a="1")
    own_day(root / "a.md", 150)
    monkeypatch.setenv("PATH", "")
    assert changed(root, ["a.md"]) == {"a.md": date(1970, 5, 31)}


def test_git_is_not_asked_for_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subprocess, "run", None)
    assert changed(tmp_path, []) == {}


@pytest.mark.parametrize(("epoch", "sound"), [
    (None, True), ("0", True), ("1700000000", True), ("", False), ("abc", False), ("1.5", False), ("-1", False),
    ("99999999999999999999", False), ("\u0661", False),
])
def test_a_time_of_the_environment_that_is_none_is_named(
        monkeypatch: pytest.MonkeyPatch, epoch: str | None, sound: bool) -> None:
    if epoch is None:
        monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    else:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    told = unusable_epoch()
    assert ("SOURCE_DATE_EPOCH" not in told) is sound
