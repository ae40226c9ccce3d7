"""Bodies: Markdown to safe HTML, its headings, its text, and what the rules look at."""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from safecities.markdown import examine, plain, render, scheme, slugify, spaced, text

NASTY = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "text <b onclick='x'>bold</b>", "<!-- note -->",
    "<iframe src='https://a.example'></iframe>", "<style>p {color: red}</style>", "<svg/onload=alert(1)>",
    "[x](javascript:alert(1))", "[x](JaVaScRiPt:alert(1))", "[x](java&#115;cript:alert(1))",
    "[x](<javascript:alert(1)>)", "[x](data:text/html;base64,PHNjcmlwdD4=)", "[x](vbscript:x)",
    "[x](file:///etc/passwd)", "![x](javascript:alert(1))",
    "![x](https://a.example/x.png)", "[x][y]\n\n[y]: javascript:alert(1)", "<javascript:alert(1)>",
    "[x](https://a.example/\"onmouseover=\"alert(1))", "[x](https://a.example 'a\" onclick=\"b')",
    "```html\n<script>\n```", "`<script>`", "| <script> |\n|---|\n| <b> |", "[^1]\n\n[^1]: <script>",
    "## <script>x</script>", '## "><script>', "## [x](javascript:alert(1))", "\\<b>",
]
ALLOWED = {"p", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "strong", "em", "del", "a", "blockquote", "code", "pre",
           "hr", "br", "sup", "section", "table", "thead", "tbody", "tr", "th", "td"}


def assert_safe(shown: str) -> None:
    """Nothing but allowed elements, attributes and schemes."""
    for closing, name, attributes in re.findall(r"<(/?)([^\s>/]+)([^>]*)>", shown):
        assert name in ALLOWED
        assert not closing or not attributes
        for attribute, value in re.findall(r'([^\s=]+)="([^"]*)"', attributes):
            assert attribute in {"href", "title", "id", "start", "align", "rel"} or (
                (name, attribute, value) == ("table", "tabindex", "0"))
            if attribute == "href":
                assert value.startswith("#") or not scheme(value) or scheme(value) in {"https", "http", "mailto", "tel"}


@pytest.mark.parametrize("body", NASTY)
def test_nothing_dangerous_reaches_a_page(body: str) -> None:
    assert_safe(render(body).html)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from([*NASTY, *"[)<>`*\n#|-a\"", "](", "&lt;", "مدن"]), max_size=8).map("".join))
@example("[a](java\tscript:x)")
@example("<a href='x'>")
def test_no_mixture_of_it_does_either(body: str) -> None:
    assert_safe(render(body).html)
    examine(body)


@pytest.mark.parametrize(("body", "part"), [
    ("| a | b |\n|:--|--:|\n| 1 | 2 |", '<td align="right">2</td>'),
    ("Text.[^n]\n\n[^n]: A note.", 'href="#fn-n"'),
    ("Text.[^n]\n\n[^n]: A note.", 'id="fnref-n"'),
    ("*em* **strong**", "<em>em</em> <strong>strong</strong>"),
    ("3. three\n4. four", '<ol start="3">'),
    ("[x](https://a.example/ 'T')", 'href="https://a.example/" title="T"'),
    ("[x](https://a.example/)", 'rel="noopener noreferrer"'),
    ("[x](tel:+123)", 'href="tel:+123"'),
    ("<https://a.example/>", 'href="https://a.example/"'),
    ("`<b>` & \\<i>", "<code>&lt;b&gt;</code> &amp; &lt;i&gt;"),
])
def test_markdown_is_shown(body: str, part: str) -> None:
    assert part in render(body).html


@pytest.mark.parametrize(("text", "name"), [
    ("What was done", "what-was-done"), ("Año & niño", "año-niño"), ("ما الذي تم", "ما-الذي-تم"),
    ("مُدُن آمِنة", "مُدُن-آمِنة"),
    ("हिन्दी", "हिन्दी"), ("2008/2010", "2008-2010"), ("!?", "section"), ("", "section"), ("A  --  b_c", "a-b_c"),
    ("Cafe\u0301", "caf\u00e9"),
])
def test_a_heading_of_any_script_is_reached_by_its_words(text: str, name: str) -> None:
    assert slugify(text) == name


def test_headings_have_ids_that_are_all_different() -> None:
    found = render("## A\n\n## A\n\n## A 2\n\n### *A* `b`\n\n## !\n\n## ?\n")
    assert [heading.id for heading in found.headings] == ["a", "a-2", "a-2-2", "a-b", "section", "section-2"]
    assert all(f'id="{heading.id}"' in found.html for heading in found.headings)
    assert found.headings[3].text == "A b"
    assert found.headings[3].level == 3


def test_the_id_of_a_heading_is_not_that_of_a_footnote() -> None:
    shown = render("Text.[^1]\n\n## Fn 1\n\n## Fnref 1\n\n[^1]: A note.").html
    names = re.findall(r' id="([^"]*)"', shown)
    assert len(names) == len(set(names)) == 4


def test_the_text_of_a_body_keeps_words_apart() -> None:
    assert text("One\n\nTwo\n\n- a\n- b\n\n| c | d |\n|---|---|\n| e | f |\n") == "One Two a b c d e f"
    assert text("1 &lt; 2 &amp; `<b>`") == "1 < 2 & <b>"


def test_plain_text_of_html_has_no_elements() -> None:
    assert plain("<p>a<br>b</p><p>c &amp; <em>d</em>e</p>") == "a b c & de"


def test_written_headings_are_found_however_they_are_written() -> None:
    body = ("# One\n\nTwo\n===\n\nThree\n---\n\n> #### Four\n\n- ## Five *em*\n\n```\n## code\n```\n\n"
            "    ## code\n\n## Six ##\n")
    assert [(heading.level, heading.text, heading.line) for heading in examine(body).headings] == [
        (1, "One", 1), (1, "Two", 3), (2, "Three", 6), (4, "Four", 9), (2, "Five em", 11), (2, "Six", 19)]
    assert examine("No heading.\n\n- a\n- b\n").headings == ()


def test_written_headings_in_arabic_are_found() -> None:
    assert [heading.text for heading in examine("## الوضع\n\n## ما الذي تم\n").headings] == ["الوضع", "ما الذي تم"]


@pytest.mark.parametrize(("body", "links"), [
    ("[a](https://a.example) <https://b.example> [c][d]\n\n[d]: mailto:d@d.example",
     ("https://a.example", "https://b.example", "mailto:d@d.example")),
    ("[x](javascript:alert(1)) [y](data:text/html,x)", ("javascript:alert(1)", "data:text/html,x")),
    ("`[x](y)` \\[x](y)", ()), ("[x](other.md#y)", ("other.md#y",)), ("[x]()", ("",)),
])
def test_the_rules_see_every_link(body: str, links: tuple[str, ...]) -> None:
    assert examine(body).links == links


def test_the_rules_see_pictures() -> None:
    assert examine("![a](b.png) ![c][d] ![e](data:image/png,x)\n\n[d]: f.svg").images == (
        "b.png", "f.svg", "data:image/png,x")


@pytest.mark.parametrize(("body", "html"), [
    ("<b>x</b>", True), ("x <!-- y -->", True), ("<div>\n", True), ("<?php ?>", True), ("`<b>`", False),
    ("1 < 2", False),
    ("\\<b>", False), ("    <b>", False), ("<https://a.example>", False), ("&lt;b&gt;", False),
    ("```\n<b>\n```", False),
    ("`<!-- raw HTML omitted -->`", False),
])
def test_the_rules_see_raw_html(body: str, html: bool) -> None:
    assert examine(body).raw_html is html


@pytest.mark.parametrize(("url", "name"), [
    ("https://a", "https"), ("HTTP://a", "http"), ("java&#115;cript:x", "javascript"), (" javascript:x", "javascript"),
    ("a/b:c", ""), ("#a:b", ""), ("//a", ""), ("?a:b", ""), ("", ""), ("x-y+z.1:q", "x-y+z.1"), ("1:a", ""),
])
def test_the_scheme_of_an_address(url: str, name: str) -> None:
    assert scheme(url) == name


def test_signs_of_footnotes_are_no_words() -> None:
    assert text("Word[^1].\n\n[^1]: A note.\n") == "Word. A note."


def test_a_table_can_be_scrolled_by_keyboard() -> None:
    assert '<table tabindex="0">' in render("| a | b |\n|---|---|\n| c | d |\n").html


@given(st.text(st.sampled_from("ab \n\t\u00a0\u2028\u0085\u3000é")))
def test_white_space_of_any_kind_becomes_one_space(text: str) -> None:
    assert spaced(text) == " ".join(text.split())
