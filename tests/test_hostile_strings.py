"""Strings that have broken other programs are refused with a place, or published inert."""

import csv
import html
import io
import json
import re
from collections.abc import Callable
from pathlib import Path

import markdown as python_markdown
import nh3
import pytest
from click.testing import CliRunner
from defusedxml import ElementTree

import built
from hostile import BODIES, LINES, OWN, STRINGS, TITLES, is_body, pages, quoted, repository
from safecities import guidance, markdown, values
from safecities.cli import main
from safecities.content import read_content
from safecities.exports import cell
from safecities.parts import encoded
from safecities.problems import Problem
from safecities.records import Refusal
from safecities.records.files import SLUG, split_name
from safecities.rules import check, check_files
from safecities.site import load_site
from safecities.templates import Environment
from test_markdown import assert_safe

RECORD = """---
title: {title}
summary: {summary}
categories: [guide]
themes: [data]
organisations: [{title}]
place: {title}
sources:
  - title: {title}
versions:
  - language: en
status: stub
added: 2026-01-01
---
"""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return repository(tmp_path_factory.mktemp("hostile") / "repository")


@pytest.fixture(scope="module")
def site(root: Path) -> Path:
    return built.build(root, root.parent / "site")


def problems(root: Path) -> list[Problem]:
    content, found = read_content(load_site(root))
    return check(content, found + check_files(content))


def test_there_are_thousands_of_strings_and_most_may_be_titles() -> None:
    assert len(STRINGS) > 4_500
    assert len(TITLES) > 4_000
    assert len(BODIES) > 1_000


def test_what_is_refused_is_refused_with_its_place(tiny: Path) -> None:
    """One file each: as title, organisation, place and source, and as a body; what the rules accept stays out."""
    fields = [text for text in STRINGS if text not in set(LINES)]
    bodies = [text for text in STRINGS if text not in set(BODIES)]
    assert len(fields) > 100
    assert len(bodies) > 1_000
    for at, text in enumerate(fields):
        (tiny / "tools_db" / f"f{at}.md").write_text(
            RECORD.format(title=quoted(text), summary=quoted(text)), encoding="utf-8", newline="")
    for at, text in enumerate(bodies):
        (tiny / "tools_db" / f"b{at}.md").write_text(
            RECORD.format(title="A", summary="A") + text, encoding="utf-8", errors="surrogatepass", newline="")
    found: dict[str, list[Problem]] = {}
    for problem in problems(tiny):
        found.setdefault(problem.path, []).append(problem)
        lines = (tiny / problem.path).read_bytes().decode(errors="replace").replace("\r\n", "\n").replace("\r", "\n")
        assert 1 <= problem.line <= lines.count("\n") + 1
        assert problem.column >= 1
        assert problem.as_text().isprintable()
    accepted = [text for at, text in enumerate(fields) if f"tools_db/f{at}.md" not in found]
    assert accepted == []
    accepted = [text for at, text in enumerate(bodies) if f"tools_db/b{at}.md" not in found]
    assert accepted == []


def test_no_string_alone_breaks_out_of_a_body() -> None:
    for text in STRINGS:
        if not markdown.examine(text).excess:
            shown = markdown.render(text).html
            assert_safe(shown)
            # Cleaned once more, by other means, it stays what it is.
            assert "<script" not in shown
            assert html.unescape(nh3.clean(shown, tags=set())) == html.unescape(re.sub("<[^>]*>", "", shown))


def test_no_string_alone_breaks_out_of_a_guidance_page() -> None:
    """As Python-Markdown reads them, whatever the rules say: raw HTML too is at most its own text."""
    shown = [guidance.clean(python_markdown.markdown(text, extensions=[
        "abbr", "admonition", "attr_list", "def_list", "footnotes", "md_in_html", "tables", "toc", "fenced_code"]))
        for text in STRINGS if not guidance.excess(text)]
    assert len(shown) > 4_000
    elements = [(tag, held) for text in shown for tag, held, _ in built.Html(text).elements]
    assert {tag for tag, _ in elements} <= guidance._TAGS
    assert {name for _, held in elements for name in held} <= {
        "href", "title", "id", "class", "rel", "start", "align", "alt", "src", "width", "height", "tabindex"}
    addresses = [held.get(name) or "" for _, held in elements for name in ("src", "href")]
    assert {markdown.scheme(value) for value in addresses} <= {"", "record", "site", *values.URL_SCHEMES}
    pictures = [held.get("src") or "" for tag, held in elements if tag == "img"]
    assert [value for value in pictures if markdown.scheme(value) or value.startswith("//")] == []


def test_no_string_breaks_out_of_a_template_a_script_or_a_cell() -> None:
    for text in STRINGS:
        escaped = Environment.escape(text)
        assert not set(escaped) & set("<>\"'")
        assert html.unescape(escaped) == html.unescape(html.unescape(escaped)) or "&" in text
        written = encoded({"x": text})
        assert json.loads(written) == {"x": text}
        assert "</" not in written
        assert not set(written) & set("\u2028\u2029")
        assert not cell(text).startswith(("=", "+", "-", "@", "\t", "\r"))


def test_no_string_is_a_file_name_that_is_more_than_one() -> None:
    for text in STRINGS:
        try:
            name, lang = split_name(f"{text}.md")
        except Refusal:
            continue
        assert SLUG.fullmatch(name)
        assert lang is None or lang.replace("-", "").isalnum()


@pytest.mark.parametrize("text", OWN)
def test_a_new_record_of_such_a_name_is_refused(text: str, tiny: Path) -> None:
    if SLUG.fullmatch(text) or "\0" in text:
        return
    done = CliRunner().invoke(main, ["new", "tool", "--root", str(tiny), "--", text])
    assert done.exit_code in (1, 2)
    assert done.exception is None or isinstance(done.exception, SystemExit)


def test_all_that_is_accepted_makes_a_site(root: Path) -> None:
    assert [problem.as_text() for problem in problems(root) if problem.level == "error"] == []


def test_every_file_of_the_site_has_a_plain_name(site: Path) -> None:
    names = [path.relative_to(site).as_posix() for path in site.rglob("*")]
    assert len(names) > 3_000
    assert [name for name in names if not re.fullmatch(r"[A-Za-z0-9/._-]+", name)] == []


def test_every_page_of_the_site_is_whole_and_holds_what_templates_hold(site: Path) -> None:
    """Elements and attributes are those of a page without hostile texts."""
    def kinds(path: Path) -> set[tuple[str, str]]:
        page = built.Html(path.read_text(encoding="utf-8"))
        assert page.unclosed == []
        return {(tag, name) for tag, held, _ in page.elements for name in ("", *held)}

    body = {(tag, name) for tag in markdown._TAGS for name in ("", "href", "title", "id", "rel", "start", "align")}
    body.add(("table", "tabindex"))
    page = {(tag, name) for tag in guidance._TAGS for name in ("", "href", "title", "id", "rel", "start", "align",
                                                               "class", "src", "alt", "width", "height")}
    page.add(("table", "tabindex"))
    for folder, model in (("tools", "tools/street-audit.html"), ("casestudies", "casestudies/night-bus.html")):
        known = kinds(site / model) | kinds(site / folder / "index.html") | body
        known |= {("bdi", ""), ("bdi", "lang"), ("p", "data-translation"), ("p", "class"), ("cite", ""),
                  ("cite", "lang"), ("cite", "dir"), ("strong", "lang")}
        for path in (site / folder).glob("r*.html"):
            assert kinds(path) <= known, path
    for path in (site / "guidance").glob("h*.html"):
        assert kinds(path) <= kinds(site / "guidance" / "one.html") | page, path


def test_feeds_and_sitemap_are_well_formed_and_say_what_records_say(site: Path) -> None:
    found = 0
    for name in ("feed.xml", "es/feed.xml", "sitemap.xml"):
        tree = ElementTree.parse(site / name, forbid_dtd=True)
        titles = [element.text for element in tree.iter("{http://www.w3.org/2005/Atom}title")][1:]
        found += len(set(titles) & {text.strip() for text in TITLES})
    assert found > 90


def test_data_files_give_every_text_back(site: Path) -> None:
    for kind in ("tools", "casestudies"):
        rows = json.loads((site / "data" / f"{kind}.json").read_text(encoding="utf-8"))
        text = (site / "data" / f"{kind}.csv").read_bytes().decode("utf-8-sig")
        table = list(csv.reader(io.StringIO(text, newline=""), strict=True))
        assert len(rows) == len(table) - 1 > 400
        assert {len(row) for row in table} == {len(table[0])}
        assert [value for row in table for value in row if value.startswith(("=", "+", "-", "@", "\t", "\r"))] == []
        titles = {row["id"]: row["title"] for row in rows}
        column = table[0].index("title")
        assert all(row[column].removeprefix("'") == titles[row[0]].removeprefix("'") for row in table[1:])


def test_search_files_are_one_call_with_data(site: Path) -> None:
    files = list((site / "search").rglob("*.js"))
    assert len(files) > 20
    for path in files:
        text = path.read_text(encoding="utf-8")
        match = re.fullmatch(r'safecities\.part\("[a-z0-9/-]+","[0-9a-f]{12}",(.*)\);\n', text, re.DOTALL)
        assert match, path
        json.loads(match[1])
        assert "</" not in text
        assert not set(text) & set("\u2028\u2029")


def test_all_accepted_bodies_are_in_guidance_pages_too() -> None:
    assert sum(len(body) for body in pages()) > 20_000
    assert all(map(is_body, pages()))


def test_a_link_to_a_stranger_says_nothing_of_where_it_stands(site: Path) -> None:
    bare = []
    for path in [*site.rglob("r*.html"), *site.glob("guidance/*.html")]:
        for held in built.Html(path.read_text(encoding="utf-8")).all("a"):
            if re.match(r"[a-z]+:|//", held.get("href") or "") and not {"noopener", "noreferrer"} <= set(
                    (held.get("rel") or "").split()):
                bare.append((path.name, held))
    assert bare == []


Change = Callable[[str, str, str], Path]


def test_a_label_is_refused_where_it_holds_what_no_text_may(change: Change, tiny: Path) -> None:
    change("vocabularies/themes.yml", "data:", '"x": {label: {en: "a\\u202eb"}}\ndata:')
    assert ("vocabularies/themes.yml", "control-character") in [
        (problem.path, problem.rule) for problem in problems(tiny)]
