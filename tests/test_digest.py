"""The digest by which a translation knows whether its original has changed."""

import hashlib

import pytest

from safecities.digest import digest


def test_the_digest_is_as_the_format_describes_it() -> None:
    by_hand = hashlib.sha256(b"Title\x1fSummary\x1fNote\x1fBody").hexdigest()[:12]
    assert digest("Title", "Summary", "Note", "Body") == by_hand == "72add2190037"


def test_an_absent_content_note_is_an_empty_text() -> None:
    by_hand = hashlib.sha256("Título\x1fS\x1f\x1fCuerpo".encode()).hexdigest()[:12]
    assert digest("Título", "S", None, "Cuerpo") == digest("Título", "S", "", "Cuerpo") == by_hand


def test_composed_and_decomposed_letters_are_the_same() -> None:
    assert digest("Cafe\u0301", "s", None, "n\u0303") == digest("Caf\u00e9", "s", None, "\u00f1")


def test_compatibility_letters_are_not_the_same() -> None:
    assert digest("\ufb01n", "s", None, "b") != digest("fin", "s", None, "b")


@pytest.mark.parametrize("space", [" ", "\n", "\t", "\n\n  ", "\u00a0"])
def test_white_space_at_the_ends_does_not_count(space: str) -> None:
    assert digest(f"{space}t{space}", f"s{space}", f"{space}n", f"{space}b{space}") == digest("t", "s", "n", "b")


@pytest.mark.parametrize("changed", [("T", "s", "n", "b"), ("t", "S", "n", "b"), ("t", "s", "N", "b"),
                                     ("t", "s", "n", "B"), ("t", "s", "n", "b  b"), ("ts", "", "n", "b")])
def test_any_other_change_counts(changed: tuple[str, str, str, str]) -> None:
    assert digest(*changed) != digest("t", "s", "n", "b")
