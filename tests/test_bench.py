"""The benchmark's corpus: content without a problem, and the same bytes every time; its table: goals and verdicts."""

import functools
import importlib
import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

import built

BENCH = built.PROJECT / "bench"
OWN = built.PROJECT / ".cache" / "bench-venv" / "bin" / "python"


@functools.cache
def python_with_words() -> str | None:
    """A Python that has wordfreq: this one, or the benchmark's own where `make bench` has made it."""
    if importlib.util.find_spec("wordfreq"):
        return sys.executable
    return str(OWN) if OWN.is_file() else None


needs_words = pytest.mark.skipif(
    python_with_words() is None, reason="wordfreq is in the benchmark's environment only; make bench-quick makes it")


def corpus(folder: Path, seed_of_hashes: str) -> Path:
    """Six records and two guidance pages."""
    subprocess.run(
        [str(python_with_words()), str(BENCH / "corpus.py"), "--project", str(built.PROJECT),
         "--ours", str(folder / "ours"), "--hugo", str(folder / "hugo"), "--records", "6", "--guidance", "2"],
        check=True, timeout=120,
        env={**os.environ, "PYTHONPATH": str(built.PROJECT / "scripts"), "PYTHONHASHSEED": seed_of_hashes,
             "PYTHONDONTWRITEBYTECODE": "1", "LC_ALL": "C"})
    return folder


@needs_words
def test_a_corpus_is_valid_content_and_both_projects_hold_its_records(tmp_path: Path) -> None:
    folder = corpus(tmp_path, "1")
    done = built.run("validate", "--root", folder / "ours", "--strict")
    assert done.returncode == 0, done.stdout
    ours = [path.stem for name in ("casestudies", "tools_db") for path in (folder / "ours" / name).glob("record-*.md")]
    theirs = [path.stem for path in (folder / "hugo" / "content").rglob("record-*.md")]
    assert len(ours) == len(theirs) == 6 * 4
    assert {name.partition(".")[0] for name in ours} == {name.partition(".")[0] for name in theirs}
    assert "custom_dir" not in (folder / "ours" / "mkdocs.yml").read_text(encoding="utf-8")


@needs_words
def test_a_corpus_is_the_same_every_time(tmp_path: Path) -> None:
    one, other = corpus(tmp_path / "one", "1"), corpus(tmp_path / "other", "2")
    assert built.differing(built.tree(one), built.tree(other)) == []


@pytest.fixture
def report(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.syspath_prepend(str(BENCH))
    return importlib.import_module("report")


def row(table: str, words: str) -> list[str]:
    return next([cell.strip() for cell in line.split("|")[1:-1]] for line in table.splitlines() if words in line)


def test_the_table_names_ratios_goals_and_verdicts(report) -> None:
    from measure import Cost

    def result(records: int, seconds: float):
        return report.Result(
            records, whole=[Cost(seconds, seconds / 2, 400_000_000)] * 3, hugo=[Cost(seconds * 2, seconds, 10**9)] * 3,
            with_search=[Cost(seconds * 2.5, seconds, 10**9)] * 3, edited=[Cost(4, 4, 10**8)], differing=[],
            fresh=[3.0])

    table = report.table([result(4000, 40), result(1000, 10)])
    assert row(table, "CPU of the whole build")[5:] == ["0.50", "≤ 1, aim 0.7", "met"]
    assert row(table, "÷ (Hugo + Pagefind)")[5:] == ["0.40", "≤ 0.35, aim 0.25", "not met"]
    assert row(table, "peak memory")[5:] == ["0.40", "≤ 500 MB", "met"]
    assert row(table, "CPU after one body")[-1] == "not met"
    assert row(table, "mkdocs serve")[-1] == "met"
    assert row(table, "CPU of pages alone")[-1] == "not measured"
    assert row(table, "1,000 → 4,000")[2] == "1.00"
    assert len({len(line) for line in table.splitlines()}) == 1


def test_a_goal_for_another_number_of_records_is_said_in_parentheses(report) -> None:
    assert report.verdict(0.5, report.Goal(1.0), 400) == "(met)"
    assert report.verdict(1.5, report.Goal(1.0), 4000) == "not met"


def test_a_cost_is_that_of_all_descendants(tmp_path: Path, report) -> None:
    from measure import Command, FailedError

    burn = "import time\nwhile time.process_time() < 0.3: pass\nx = bytearray(30_000_000)\ntime.sleep(0.3)"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {burn!r}], check=True)"
    cost = Command([sys.executable, "-c", parent], tmp_path, tmp_path / "log", 30).measure()
    assert cost.cpu >= 0.3
    assert cost.wall >= 0.6
    assert cost.memory >= 30_000_000
    with pytest.raises(FailedError, match="the time it may take"):
        Command([sys.executable, "-c", "import time; time.sleep(30)"], tmp_path, tmp_path / "log", 0.2).measure()
    with pytest.raises(FailedError, match="exit code 3: no luck"):
        Command([sys.executable, "-c", "print('no luck'); exit(3)"], tmp_path, tmp_path / "log", 30).measure()


@pytest.fixture
def relevance(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.syspath_prepend(str(BENCH))
    return importlib.import_module("relevance")


def test_the_table_of_relevance_has_means_intervals_and_the_best_of_each_row(relevance) -> None:
    rows = {("en", "exact"): {"ours": [1.0, 0.5] * 25, "Whoosh": [1.0] * 50, "Pagefind": [0.0] * 50}}
    cells = row(relevance.table(rows), "exact")
    assert cells[:3] == ["en", "exact", "50"]
    assert cells[3].startswith("0.750 [0.6")
    assert cells[4:] == ["**1.000** [1.00, 1.00]", "0.000 [0.00, 0.00]"]


@pytest.mark.parametrize(("url", "name"), [
    ("/tools/lamp-map.html", "lamp-map"), ("/es/casestudies/night-bus.html", "night-bus"),
    ("/ar/guidance/introduction/audience.html#x", "guidance/introduction/audience"), ("/fr/tools/index.html", "index"),
])
def test_an_address_is_told_from_its_record(relevance, url: str, name: str) -> None:
    assert relevance.name(url) == name
