"""Progress: a line on a terminal, and nothing where nobody watches."""

import io
import multiprocessing
import os
import pty
import subprocess
from pathlib import Path

import pytest

import built
from safecities import build, edition, pages, pipeline, progress
from safecities.site import load_site


@pytest.mark.parametrize(("done", "total", "seconds", "text"), [
    (0, 100, 5.0, "Building the site …"),
    (9, 1_000, 1.0, "Building the site … 9 of about 1,000 pages"),
    (25, 100, 5.0, "Building the site … 25 of about 100 pages, about 15 s left"),
    (1_000, 40_000, 60.0, "Building the site … 1,000 of about 40,000 pages, about 39 min left"),
    (120, 100, 60.0, "Building the site … 120 of about 100 pages, about 0 s left"),
])
def test_a_line_says_how_much_is_done_and_how_long_the_rest_takes(
        done: int, total: int, seconds: float, text: str) -> None:
    assert progress.line(done, total, seconds) == text


def test_as_many_pages_are_counted_as_there_are(tmp_path: Path) -> None:
    root = built.copied(built.TINY, tmp_path / "tiny")
    catalogue = pipeline.load(load_site(root))[0]
    counter = multiprocessing.Value("Q")
    edition.count_into(counter)
    try:
        build.build_site(catalogue, tmp_path / "site", 1)
    finally:
        edition.count_into(None)
    assert counter.value == pages.number(catalogue)


def test_nothing_is_written_where_nobody_watches() -> None:
    stream = io.StringIO()
    with progress.shown(10, stream):
        pass
    assert stream.getvalue() == ""


def test_the_line_is_gone_in_the_end_even_after_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "EVERY", 0.01)
    ours, theirs = pty.openpty()
    with os.fdopen(theirs, "w") as stream, pytest.raises(RuntimeError), progress.shown(10, stream):
        assert os.read(ours, 100).startswith("\rBuilding the site …".encode())
        raise RuntimeError
    said = os.read(ours, 10_000)
    os.close(ours)
    assert said.endswith(b"\r\x1b[K")


def test_a_build_in_a_terminal_shows_progress_and_a_build_elsewhere_is_quiet(tmp_path: Path) -> None:
    root = built.copied(built.TINY, tmp_path / "tiny")
    command = built.command("build", "--root", root, "--site-dir", tmp_path / "site")
    quiet = subprocess.run(command, capture_output=True, check=True)
    assert (quiet.stdout, quiet.stderr) == (b"", b"")
    ours, theirs = pty.openpty()
    process = subprocess.Popen(command, stdout=theirs, stderr=theirs)
    os.close(theirs)
    said = b""
    try:
        while part := os.read(ours, 1024):
            said += part
    except OSError:  # how a closed terminal says that there is no more
        pass
    os.close(ours)
    assert process.wait() == 0
    assert b"The site is in" in said
    assert "Checking the content …".encode() in said
