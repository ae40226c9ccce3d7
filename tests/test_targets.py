"""Where in a body links, pictures and HTML stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safecities import markdown, targets


def standing(body: str, found: tuple[int, ...], url: str) -> list[str]:
    return [body[at : at + len(url)] for at in found]


@pytest.mark.parametrize("body", [
    "[a](b.md)", "مدينة [آمنة](b.md) 😀", "> - [a](<b.md> \"b.md is a title\")", "[a][b]\n\n[b]: b.md",
    "[a]: <b.md>\n\n[a]",
    "|x|y|\n|-|-|\n|é|[a](b.md)|", "text[^1]\n\n[^1]: [a](b.md)", "![a](x.png) [b.md](b.md)", "`b.md` [a\nb](b.md)",
    "[![a](b.md)](b.md)", "## [a](b.md)",
])
def test_the_address_stands_at_its_place(body: str) -> None:
    (places,) = targets.links(body).values()
    assert standing(body, places, "b.md") == ["b.md"] * len(places)
    assert all(body[at - 1] in "(<" or body[at - 2 : at] == ": " for at in places)


@pytest.mark.parametrize(("body", "found"), [
    ("a <b>c</b>", [(2, "<b>")]), ("`<b>` <i>", [(6, "<i>")]), ("\\<b> </b>", [(5, "</b>")]),
    ("``<b>`` é <!-- c -->", [(10, "<!-- c -->")]),
    ("```\n<b>\n```\n<hr>", [(12, "<hr>")]), ("<https://a.example/> <b>", [(21, "<b>")]),
    ("a\n\n<div\nb", [(3, "<div")]),
    ("[<b>a</b>](b.md)", [(1, "<b>")]),
])
def test_html_is_found_outside_code(body: str, found: list[tuple[int, str]]) -> None:
    assert markdown.examine(body).raw_html
    assert list(targets.raw_html(body)) == found


@given(st.lists(st.sampled_from([*"[]()<>!`*_\\|#-\n é😀:\"", "](", "[^1]", "a",
                                 "b.md", "<b>", "javascript:x", "\n\n"]),
                max_size=40).map("".join))
def test_places_lie_in_the_body_whatever_it_holds(body: str) -> None:
    for found, urls in ((targets.links(body), markdown.examine(body).links),
                        (targets.images(body), markdown.examine(body).images)):
        assert set(found) == set(urls)
        assert all(0 <= at <= len(body) for places in found.values() for at in places)
    assert all(0 <= at <= len(body) for at, _ in targets.raw_html(body))
