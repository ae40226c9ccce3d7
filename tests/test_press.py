"""The press: a finished site takes the place of the old one in one step, and nothing else is ever replaced."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from safecities import press
from safecities.press import PressError, refuse_foreign, staged, write
from safecities.site import Site, load_site


@pytest.fixture
def site(tiny: Path) -> Site:
    return load_site(tiny)


def make_old_site(target: Path) -> None:
    write(target, "data/schema.json", "{}")
    write(target, "old.html", "old")


def contents(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_a_new_site_appears_when_it_is_whole(tmp_path: Path) -> None:
    target = tmp_path / "deep" / "site"
    with staged(target) as folder:
        write(folder, "index.html", "new")
        assert not target.exists()
        assert folder.parent == target.parent
    assert contents(target) == {"index.html"}
    assert list(target.parent.iterdir()) == [target]
    assert target.stat().st_mode & 0o777 == 0o755


@pytest.mark.parametrize("exchange", [True, False], ids=["in one step", "where names cannot be exchanged"])
def test_the_old_site_stays_until_the_new_one_is_whole(
        exchange: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if not exchange:
        monkeypatch.setattr(press, "_exchange", lambda one, other: False)
    target = tmp_path / "site"
    make_old_site(target)
    with staged(target) as folder:
        write(folder, "index.html", "new")
        assert contents(target) == {"data/schema.json", "old.html"}
    assert contents(target) == {"index.html"}
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt, SystemExit])
def test_a_failure_leaves_the_old_site_and_nothing_beside_it(error: type[BaseException], tmp_path: Path) -> None:
    target = tmp_path / "site"
    make_old_site(target)
    with pytest.raises(error), staged(target) as folder:
        write(folder, "index.html", "half")
        raise error
    assert contents(target) == {"data/schema.json", "old.html"}
    assert list(tmp_path.iterdir()) == [target]


def test_a_failure_of_the_first_build_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), staged(tmp_path / "site"):
        raise RuntimeError
    assert list(tmp_path.iterdir()) == []


def dead_process() -> int:
    """The id of a process that has ended."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def test_what_killed_runs_left_behind_is_cleared_and_what_others_work_on_is_not(tmp_path: Path) -> None:
    dead, live = dead_process(), os.getppid()
    kept = [f".site.building-{live}-abc", ".site.building-x-abc", f".other.building-{dead}-abc",
            f".site-{dead}.building-{live}-abc", f".site-{dead}-abc", f"site-{dead}-abc"]
    for name in (f".site.building-{dead}-abc", *kept):
        write(tmp_path / name, "index.html", "half")
    with staged(tmp_path / "site") as folder:
        write(folder, "index.html", "new")
    assert {path.name for path in tmp_path.iterdir()} == {"site", *kept}


@pytest.mark.parametrize("name", ["", ".", "docs", "docs/site", "casestudies", "casestudies/below", "tools_db",
                                  "vocabularies/x", "overrides", "..", "../.."])
def test_folders_that_hold_the_content_are_refused(name: str, site: Site) -> None:
    with pytest.raises(PressError, match="choose another"):
        refuse_foreign(site.root / name, site)


def test_a_folder_of_somebody_else_is_refused(site: Site) -> None:
    write(site.root / "site", "letters.txt", "dear")
    with pytest.raises(PressError, match="is not empty and holds no site of ours"):
        refuse_foreign(site.site_dir, site)


def test_a_file_or_a_link_in_its_place_is_refused(site: Site) -> None:
    (site.root / "file").write_text("x", encoding="utf-8")
    make_old_site(site.root / "elsewhere")
    (site.root / "link").symlink_to("elsewhere")
    (site.root / "dangling").symlink_to("nowhere")
    for name in ("file", "link", "dangling"):
        with pytest.raises(PressError, match="is no folder"):
            refuse_foreign(site.root / name, site)


def test_a_site_of_ours_an_empty_folder_and_a_new_one_are_accepted(site: Site, tmp_path: Path) -> None:
    make_old_site(site.root / "site")
    (site.root / "empty").mkdir()
    for target in (site.root / "site", site.root / "empty", site.root / "new", tmp_path / "outside"):
        refuse_foreign(target, site)


def test_a_file_with_the_same_bytes_is_left_alone(tmp_path: Path) -> None:
    write(tmp_path, "a/b.html", "مرصد\n")
    os.utime(tmp_path / "a" / "b.html", ns=(1, 1))
    write(tmp_path, "a/b.html", "مرصد\n")
    assert (tmp_path / "a" / "b.html").stat().st_mtime_ns == 1
    write(tmp_path, "a/b.html", "other\r\n")
    assert (tmp_path / "a" / "b.html").read_bytes() == b"other\r\n"


def test_a_file_is_never_written_into_where_another_site_has_it_too(tmp_path: Path) -> None:
    write(tmp_path / "old", "a/b.html", "old")
    press.link(tmp_path / "old", tmp_path / "new", "a/b.html")
    assert (tmp_path / "new/a/b.html").samefile(tmp_path / "old/a/b.html")
    write(tmp_path / "new", "a/b.html", "new")
    assert (tmp_path / "old/a/b.html").read_text(encoding="utf-8") == "old"


def test_what_a_build_with_our_own_number_left_behind_is_cleared_away(tmp_path: Path) -> None:
    """In a container, every build may be process 1."""
    left = tmp_path / f".site.building-{os.getpid()}-abcdefgh"
    write(left, "a.html", "half")
    with press.staged(tmp_path / "site") as folder:
        assert not left.exists()
        assert folder.is_dir()


def test_what_a_living_process_builds_is_let_alone_and_what_it_has_let_go_of_is_not(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fcntl = pytest.importorskip("fcntl")
    monkeypatch.setattr(press, "_MOMENT", 0)
    left = tmp_path / f".site.building-{os.getppid()}-left"
    # Others build in other containers, one under our own number, one under a number that nobody has here.
    held = [tmp_path / f".site.building-{pid}-held" for pid in (os.getppid(), os.getpid(), 2**30)]
    for folder in (left, *held):
        folder.mkdir()
    handles = [os.open(folder, os.O_RDONLY) for folder in held]
    for handle in handles:
        fcntl.flock(handle, fcntl.LOCK_EX)
    with press.staged(tmp_path / "site"):
        assert all(folder.is_dir() for folder in held)
        assert not left.exists()
    for handle in handles:
        os.close(handle)


def test_an_old_site_that_was_moved_aside_when_a_build_was_killed_comes_back(tmp_path: Path) -> None:
    aside = tmp_path / f".site.building-{os.getpid()}-abcdefgh-old"
    make_old_site(aside)
    with pytest.raises(ZeroDivisionError), press.staged(tmp_path / "site"):
        raise ZeroDivisionError
    assert (tmp_path / "site" / press.OWN_MARK).is_file()
    assert not aside.exists()


def test_files_are_named_by_their_addresses(tmp_path: Path) -> None:
    told = write(tmp_path, "a/b.html", "text")
    assert list(press.files(tmp_path)) == [("a/b.html", told)]
    assert told[0] == 4


def test_a_picture_is_written_byte_for_byte(tmp_path: Path) -> None:
    picture = bytes(range(256)) + b"\r\n"
    write(tmp_path, "cards/a.png", picture)
    assert (tmp_path / "cards/a.png").read_bytes() == picture
