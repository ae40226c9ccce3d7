"""Shells: a page with its slots open, stamped many times."""

import pytest

from safecities.pages import BLOCKS
from safecities.shell import Shell, ShellError, slot

PAGE = "<html>" + "".join(f"<{name}>{slot(name)}</{name}>\n" for name in BLOCKS) + "</html>"


def test_a_stamped_page_is_the_page_with_its_slots_filled() -> None:
    blocks = {name: f"The {name}." for name in BLOCKS}
    expected = PAGE
    for name, text in blocks.items():
        expected = expected.replace(slot(name), text)
    assert Shell.cut(PAGE).stamp(blocks).decode() == expected


def test_slots_may_stand_in_any_order_and_at_the_ends() -> None:
    page = "".join(slot(name) for name in reversed(BLOCKS))
    assert Shell.cut(page).stamp({name: name for name in BLOCKS}) == "".join(reversed(BLOCKS)).encode()


def test_a_stamp_does_not_change_the_shell() -> None:
    shell = Shell.cut(PAGE)
    first = shell.stamp(dict.fromkeys(BLOCKS, "one"))
    assert shell.stamp(dict.fromkeys(BLOCKS, "two")) == first.replace(b"one", b"two")


def test_what_looks_like_a_slot_in_a_block_is_left_as_text() -> None:
    assert slot("main").encode() in Shell.cut(PAGE).stamp(dict.fromkeys(BLOCKS, slot("main")))


@pytest.mark.parametrize(("page", "words"), [
    ("", "found: none"), (PAGE.replace(slot("main"), ""), "must hold each of"), (PAGE + slot("main"), "main, main"),
    (PAGE + slot("other"), "other"),
])
def test_a_shell_holds_each_slot_exactly_once(page: str, words: str) -> None:
    with pytest.raises(ShellError, match=words):
        Shell.cut(page)


def test_a_block_that_is_missing_is_an_error_and_never_an_empty_slot() -> None:
    with pytest.raises(KeyError):
        Shell.cut(PAGE).stamp({"main": "x"})
