"""The pieces of the search's benchmark: what the server counts, how a line is shaped, what is asked, what is judged."""

import gzip
import importlib
import sys
import types
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

import built

BENCH = built.PROJECT / "bench"
sys.path.append(str(BENCH))  # its modules import each other by name

shaping = importlib.import_module("shaping")
scenario = importlib.import_module("scenario")
search_report = importlib.import_module("search_report")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "page.html").write_text("<p>words</p>" * 500, encoding="utf-8")
    (tmp_path / "index.pf_meta").write_bytes(bytes(range(256)) * 20)
    return tmp_path


@pytest.fixture
def server(folder: Path) -> Iterator["shaping.Server"]:
    with shaping.serving(folder) as found:
        yield found


def ask(address: str) -> tuple[bytes, int]:
    """A body, and the bytes of the whole answer as it came over the line."""
    with urllib.request.urlopen(address, timeout=10) as answer:
        body = answer.read()
        head = ["HTTP/1.1 200 OK", *(f"{name}: {value}" for name, value in answer.headers.items()), ""]
        return body, sum(len(row) + len("\r\n") for row in head) + len(body)


def test_the_server_counts_every_byte_it_sends_and_packs_what_hosts_pack(
        server: "shaping.Server", folder: Path) -> None:
    body, size = ask(server.address + "page.html")
    assert gzip.decompress(body) == (folder / "page.html").read_bytes()
    raw, raw_size = ask(server.address + "index.pf_meta")
    assert raw == (folder / "index.pf_meta").read_bytes()
    assert [(answer.path, answer.sent) for answer in server.answers] == [
        ("/page.html", size), ("/index.pf_meta", raw_size)]
    server.reset(shaping.Line())
    assert server.answers == []


def test_the_server_gives_nothing_from_outside_its_folder(server: "shaping.Server", folder: Path) -> None:
    (folder.parent / "secret.txt").write_text("secret", encoding="utf-8")
    for path in ("missing.html", "..%2Fsecret.txt", ""):
        with pytest.raises(urllib.error.HTTPError, match="404"):
            ask(server.address + path)


def test_a_line_lets_no_more_through_than_its_rate_and_answers_share_it() -> None:
    line = shaping.Line(rate=50_000)
    moments = [line.through(2_000, now=100.0) for _ in range(50)]
    assert moments == sorted(moments)
    assert moments[-1] == pytest.approx(102.0)
    assert line.through(5_000, now=101.0) == pytest.approx(102.1), "it comes behind what is on the line"
    assert line.through(5_000, now=110.0) == pytest.approx(110.1), "a line that stood still has saved nothing up"
    assert shaping.Line().through(10**9, now=1.0) == 1.0


def test_the_slow_line_is_that_of_the_goals() -> None:
    line = shaping.slow()
    assert line.through(400_000 // 8, now=0.0) == pytest.approx(1.0)
    assert line.delay == 0.4


DOCUMENTS = [types.SimpleNamespace(title=f"Street lighting audit {word}", body=f"{word} walked home after dark")
             for word in ("alpha", "bravo", "charlie", "delta", "foxtrot", "golf")]


def test_the_same_queries_are_asked_every_time_and_each_can_be_found() -> None:
    found = scenario.queries(DOCUMENTS, 12, "en-1")
    assert found == scenario.queries(DOCUMENTS, 12, "en-1")
    assert found != scenario.queries(DOCUMENTS, 12, "fr-1")
    assert len(set(found)) == 12
    texts = [set(scenario.words(f"{one.title} {one.body}")) for one in DOCUMENTS]
    assert all(any(set(query.split()) <= words for words in texts) for query in found)
    assert {len(query.split()) for query in found} == {1, 2}


@pytest.mark.parametrize(("query", "wrong"), [
    ("street", "srteet"), ("a lighting", "a ilghting"), ("oooo", "oooo"), ("مرصد", "مصرد")])
def test_a_slip_swaps_two_letters_of_the_longest_word(query: str, wrong: str) -> None:
    made = scenario.slipped(query)
    assert sorted(made) == sorted(query)
    assert (made == query) == (wrong == query)
    assert made[0] == query[0]


def first(seconds: float, client: int) -> object:
    return sys.modules["driving"].First(seconds, client, client + 10_000, 12)


def cells(table: str, words: str) -> list[str]:
    return next([cell.strip() for cell in line.split("|")[1:-1]] for line in table.splitlines() if words in line)


def test_the_table_says_medians_the_worst_ratios_and_verdicts() -> None:
    result = search_report.Result(1000, "en")
    ours, theirs = result.engines["safecities"], result.engines["Pagefind"]
    ours.cold = [first(3.0, 40_000), first(3.5, 44_000), first(9.0, 60_000)]
    theirs.cold = [first(7.0, 88_000), None]
    ours.keys = [(20.0, 150.0)]
    table = search_report.table([result])
    assert cells(table, "client and index to the first")[3:] == [
        "44.0 (60.0)", "88.0, none 1×", "–", "0.50", "–", "≤ 50 KB", "met"]
    assert cells(table, "first result on a slow line")[3:5] == ["3.50 (9.00)", "7.00, none 1×"]
    assert cells(table, "a further key")[-1] == "not met"
    assert cells(table, "first result from file")[-1] == "not measured"
    assert len({len(line) for line in table.splitlines()}) == 1
