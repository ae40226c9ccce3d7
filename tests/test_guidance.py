"""What guidance pages add to Markdown: embedded records and links."""

import html

import markdown
import pytest

from safecities.guidance import clean, references, resolve, separate_embeds, without_embeds


def found(body: str) -> list[tuple[str, str]]:
    return [(reference.kind, reference.target) for reference in references(body)]


@pytest.mark.parametrize(("body", "expected"), [
    ("[[night-bus]]", [("embed", "night-bus")]),
    ("Text.\n\n  [[ night-bus ]]  \nMore.", [("embed", "night-bus")]),
    ("[[a]]\n[[b]]", [("embed", "a"), ("embed", "b")]),
    ("See [[night-bus]] here.", []),
    ("[[night-bus]] here", []),
    ("    [[in-an-indented-block]]", []),
    ("[a bus](record:night-bus)", [("record", "night-bus")]),
    ('[a bus](record:night-bus "its title")', [("record", "night-bus")]),
    ("[a bus](<record:night-bus>)", [("record", "night-bus")]),
    ("[a bus][b]\n\n[b]: record:night-bus", [("record", "night-bus")]),
    ('<a href="record:night-bus">a bus</a>', [("record", "night-bus")]),
    ("[tools](site:tools/index.html?theme=data#x)", [("site", "tools/index.html?theme=data#x")]),
    ("[a](record:a), [b](site:b)\n\n[[c]]\n", [("record", "a"), ("site", "b"), ("embed", "c")]),
    ("[a](https://a.example/record:b)", []),
    ("`[a](record:a)`", []),
    ("``[a](record:a) ` ``", []),
    ("```\n[[a]]\n[b](record:b)\n```\n[[c]]", [("embed", "c")]),
    ("~~~ text\n[[a]]\n~~~\n[[c]]", [("embed", "c")]),
    ("````\n```\n[[a]]\n```\n````\n[[c]]", [("embed", "c")]),
    ("```\n[[never-closed]]", []),
    ("One ` alone.\n\n[[a]]\n\nAnother ` alone.", [("embed", "a")]),
    ("", []),
])
def test_references_are_found_where_markdown_would_show_them(body: str, expected: list[tuple[str, str]]) -> None:
    assert found(body) == expected


@pytest.mark.parametrize("body", ["مرصد\n\n[[a]]\n", "[س](record:a) `x` [b](site:c)", "`[[x]]`\n\n[[a]]"])
def test_places_are_those_of_the_body_as_written(body: str) -> None:
    assert [body[reference.at : reference.end] for reference in references(body)] == [
        reference.target for reference in references(body)]


@pytest.mark.parametrize("body", ["Text\n[[a]]\nText", "- item\n[[a]]", "[[a]]\n[[a]]", "[[a]]", "> q\n[[a]]\n# H"])
def test_an_embedded_record_becomes_a_paragraph_of_its_own(body: str) -> None:
    shown = markdown.markdown(separate_embeds(body))
    assert shown.count("<p>[[a]]</p>") == body.count("[[a]]")


@pytest.mark.parametrize("body", ["Text without records.\n", "See [[a]].\n", "```\n[[a]]\n```\n", ""])
def test_nothing_else_is_moved(body: str) -> None:
    assert separate_embeds(body) == body


def test_key_terms_are_read_without_embedded_records() -> None:
    assert without_embeds("One\n\n[[night-bus]]\n\nTwo [a](record:b)\n").split() == ["One", "Two", "[a](record:b)"]


def test_boxes_and_addresses_come_into_the_html() -> None:
    page = markdown.markdown(separate_embeds('[[a]]\n\n[b](record:b) [c](site:c.html?x=1&y=2) `[[d]]`\n\n    [[e]]\n'))
    shown = resolve(page, lambda name: f"<aside>{name}</aside>",
                    lambda kind, target: html.escape(f"{kind}/{html.unescape(target)}"))
    assert "<aside>a</aside>" in shown
    assert 'href="record/b"' in shown
    assert 'href="site/c.html?x=1&amp;y=2"' in shown
    assert "<code>[[d]]</code>" in shown
    assert "[[e]]" in shown
    assert "<p>[[" not in shown


def test_brackets_that_embed_nothing_stay_text() -> None:
    assert resolve("<p>[[street-audit]]</p>", lambda name: None, lambda kind, target: "") == "<p>[[street-audit]]</p>"


@pytest.mark.parametrize(("written", "cleaned"), [
    ('<p>x <img src="x.png" onerror="alert(1)" alt="a"></p>', '<p>x <img src="x.png" alt="a"></p>'),
    ('<img src="https://a.example/x.png"><img src="//a.example/x"><img src="data:image/png,x">', "<img><img><img>"),
    ('<img src=" \\\\a.example/x"><img src="../x:y.png">', '<img><img src="../x:y.png">'),
    ("<script>alert(1)</script><style>p {}</style><iframe src='x'></iframe><form action='x'></form>", ""),
    ('<h2 id="a" onclick="x" style="color: red" class="leave" data-exit>A</h2>', '<h2 id="a">A</h2>'),
    ('<a href="javascript:x" class="leave footnote-ref">a</a>',
     '<a class="footnote-ref" rel="noopener noreferrer">a</a>'),
    ('<a href="record:x">a</a>', '<a href="record:x" rel="noopener noreferrer">a</a>'),
    ('<div class="admonition note"><p class="admonition-title">N</p></div>',
     '<div class="admonition note"><p class="admonition-title">N</p></div>'),
    ('<td align="right">1</td>', "1"),
])
def test_nothing_of_a_page_can_run_or_pass_for_a_part_of_the_site(written: str, cleaned: str) -> None:
    assert clean(written) == cleaned
