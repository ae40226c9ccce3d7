"""The function that is fuzzed, on its corpus and on what Hypothesis makes of it."""

from pathlib import Path

import pytest
import target
from hypothesis import given, settings
from hypothesis import strategies as st

CORPUS = sorted((Path(__file__).parent / "corpus").iterdir())
HEAD = b"---\ntitle: A\nsummary: B\n---\n"


@pytest.mark.parametrize("path", CORPUS, ids=[path.name for path in CORPUS])
def test_a_file_of_the_corpus_comes_as_far_as_its_name_says(path: Path) -> None:
    assert target.run(path.read_bytes()) == path.name.split(".")[0]


def test_the_corpus_reaches_every_end() -> None:
    assert {path.name.split(".")[0] for path in CORPUS} >= {
        "rendered", "encoding", "control-character", "front-matter", "yaml-syntax", "yaml-feature", "yaml-depth",
        "duplicate-key", "too much"}


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=200), st.sampled_from([b"", b"---\n", HEAD, b"---\na: "]))
def test_any_bytes_are_read_or_refused(data: bytes, head: bytes) -> None:
    assert target.run(head + data)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(CORPUS), st.integers(0, 2_000), st.integers(0, 2_000), st.sampled_from(CORPUS))
def test_pieces_of_the_corpus_are_read_or_refused(one: Path, at: int, start: int, other: Path) -> None:
    assert target.run(one.read_bytes()[:at] + other.read_bytes()[start:])


def test_a_fault_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(target, "front_matter", lambda parts: {"title": "another"})
    with pytest.raises(AssertionError):
        target.run(HEAD)
