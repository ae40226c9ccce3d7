"""Records from issues: whatever is answered, a valid file or a list of problems."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from answered import ANSWERS, CASE_STUDY, TOOL, issue
from built import TINY
from loaded import Loaded
from safecities import newrecord, pipeline
from safecities.issues import UnclearIssueError, draft, slug
from safecities.questions import QUESTIONS
from safecities.records.files import SLUG, cut, front_matter
from safecities.sections import SECTIONS
from safecities.site import Site, load_site

Load = Callable[[], Loaded]


@pytest.fixture
def site(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1288396800")
    return load_site(tiny)


def faults(site: Site, kind: str, answers: dict[str, str]) -> list[str]:
    with pytest.raises(UnclearIssueError) as refused:
        draft(site, issue(kind, answers))
    return refused.value.faults


def test_a_tool_is_written_as_an_editor_would(site: Site) -> None:
    found = draft(site, issue("tool", TOOL | {"Text": "See *here*.\n\n---\n\n## Use\n\nAnd there."}))
    assert found.path == site.root / "tools_db" / "map-of-dark-stops.md"
    assert found.remarks == ()
    assert found.text == """\
---
title: Map of dark stops
summary: A map on which residents mark bus stops without light.
categories: [data-tool]
themes: [public-space, data]
countries: [CL, FR]
organisations: [Vecinas de Villa Chica]
year: 2012
versions:
- {language: es, url: 'https://villachica.example/mapa'}
- {language: fr}
status: stub
added: 2010-10-30
---
See *here*.

---

## Use

And there.
"""


def test_a_case_study_has_its_sections_in_the_language_of_the_answers(site: Site) -> None:
    found = draft(site, issue("case-study", CASE_STUDY | {
        "Language of your answers": "Español", "What was done": "Faroles.\n\n### Dónde\n\nEn todas.",
        "Results": "Luz."}))
    assert found.path == site.root / "casestudies" / "light-at-the-stops.md"
    parts = cut(found.text)
    assert front_matter(parts)["language"] == "es"
    assert parts.body == "## Qué se hizo\n\nFaroles.\n\n### Dónde\n\nEn todas.\n\n## Resultados\n\nLuz.\n"


@pytest.mark.parametrize("kind", ANSWERS)
def test_what_is_written_is_valid_beside_all_other_records(kind: str, site: Site, load: Load) -> None:
    found = draft(site, issue(kind, ANSWERS[kind]))
    newrecord.create(found.path, found.text, site)
    assert [problem.as_text() for problem in load().problems] == []
    assert found.path.stem in load().catalogue.entries


@pytest.mark.parametrize("kind", ANSWERS)
def test_line_ends_of_windows_are_the_same(kind: str, site: Site) -> None:
    raw = issue(kind, ANSWERS[kind])
    assert draft(site, raw.replace(b"\n", b"\r\n")) == draft(site, raw)


def test_every_optional_question_ends_up_in_the_file(site: Site) -> None:
    found = draft(site, issue("case-study", CASE_STUDY | {
        "Its own name": "Luz", "Language of its own name": "Spanish", "Audiences": "- [x] Residents",
        "Settings": "- [X] Street", "Forms of violence": "- [X] Sexual harassment", "Countries": "FR", "Place": "A",
        "Reach": "city", "Partners": "B | did it", "Funders": "C", "Years": "since 2012", "Cost": "5 EUR",
        "Evidence": "monitored", "Awards": "D", "Where it can be read about": "fr", "Content note": "E",
        **dict.fromkeys(SECTIONS, "F")}))
    assert front_matter(cut(found.text)) == {
        "title": "Light at the stops", "original_title": "Luz", "original_language": "es",
        "summary": CASE_STUDY["Summary"], "themes": ["public-transport"], "audiences": ["residents"],
        "settings": ["street"], "violence_forms": ["sexual-harassment"], "countries": ["FR"], "place": "A",
        "scope": "city", "organisations": ["Town of Petiteville"], "partners": [{"name": "B", "role": "did it"}],
        "funders": ["C"], "years": "2012/..", "cost": {"amount": "5", "currency": "EUR"}, "evidence": "monitored",
        "awards": ["D"], "versions": [{"language": "fr"}], "content_note": "E", "status": "stub", "added": "2010-10-30",
        "sources": [{"title": "Report on lamps", "publisher": "Town of Petiteville", "year": "2015", "pages": "3-9",
                     "url": "https://petiteville.example/lamps.pdf"}]}
    assert found.text.count("\nF\n") == 5


HOSTILE = ["a: b", "- a", "&a", "*a", "!!python/object:x", "{a: b}", "[a", "'", '"', "a #b", "# a", "---", "...", "|",
           ">", "%x", "@a", "`a`", "no", "null", "~", "1.10", "12:30", "2012-01-01", "<<", "\\x00", "a\tb", "${{ x }}",
           "$(id)", "<script>", "é\u0301", "😀", "مرصد", "\u200f", "=cmd()", "\u00a0x", "? a", "a'\"b", ": a", "\\"]


@pytest.mark.parametrize("text", HOSTILE)
def test_what_was_typed_is_what_stands_in_the_file(text: str, site: Site) -> None:
    raw = issue("tool", TOOL | {"Title": text, "Summary": text, "Place": text, "Organisations": f"x {text}"})
    found = draft(site, raw, name="hostile")
    fields = front_matter(cut(found.text))
    assert fields["title"] == fields["summary"] == fields["place"] == text.strip()
    assert fields["organisations"] == [f"x {text}".strip()]
    assert set(fields) == {"title", "summary", "categories", "themes", "countries", "place", "organisations", "year",
                           "versions", "status", "added"}


@pytest.mark.parametrize(("label", "answer", "words"), [
    ("Title", "_No response_", "Title: is missing: In the language"),
    ("Title", "x" * 201, "Title: `title` has 201 characters; at most 200"),
    ("Title", "a\n---\nstatus: complete", "Title: must be one line"),
    ("Title", "a\n### b", "Title: must be one line"),
    ("Title", "a\u202eb", "Title: the character U+202E is not allowed; delete it"),
    ("Title", "a\x00b", "Title: the character U+0000"), ("Title", "مرصد", "Short name: is needed"),
    ("Title", "Lamp map", "Title: tools_db/lamp-map.md exists"), ("Title", "Index", "Title: the id `index` is taken"),
    ("Short name", "../x", "Short name: `../x.md` is no record's name"),
    ("Short name", "night-bus", "Short name: casestudies/night-bus.md exists"),
    ("Language of your answers", "Klingonish", "Language of your answers: `Klingonish` is not among the languages"),
    ("Categories", "- [ ] Guide", "Categories: is missing: What kind of tool"),
    ("Categories", "- [X] Gide",
     "Categories: `Gide` is not among the terms of vocabularies/categories.yml; did you mean `Guide`"),
    ("Categories", ",", "Categories: `categories` is empty; at least 1 is needed"),
    ("Themes", "Data, data tools", "Themes: `data tools` is not among the terms"),
    ("Countries", "Frnace", "Countries: `Frnace` is not among the countries; did you mean `France`"),
    ("Year or years", "2012-2010", "Year or years: `years` `2012/2010` ends before it begins"),
    ("Year or years", "9999", "Year or years: `year` `9999` is no year"),
    ("ISBN or DOI", "978-2-921916-52-4", "ISBN or DOI: `identifier` `978-2-921916-52-4`: the check digit"),
    ("Licence", "CC-BY-4", "Licence: `licence` `CC-BY-4` is no SPDX licence id"),
    ("Access", "gratis", "Access: `access` `gratis` is not accepted; accepted are free"),
    ("Where it can be read", "fr: ftp://x", "Where it can be read: `fr: ftp://x` is not among the languages"),
    ("Sources", "A | 20155", "Sources: `sources[1].year` `20155` is no year"),
    ("Sources", "B | https://x y", "Sources: `sources[1].url` `https://x y` is no web address"),
    ("Text", "<b>x</b>", "Text: HTML is not allowed"), ("Text", "![x](https://a.example/b.png)", "Text: the picture"),
    ("Text", "[x](javascript:alert)", "Text: the link"), ("Text", "# x", "Text: the heading `x` is of the first level"),
    ("Text", "### Title", "Title: the line `### Title` stands twice"),
    ("Text", "x" * 300_000, "the issue is longer than"),
    ("Before you send it", "- [ ] I wrote this", "Before you send it: is missing"),
])
def test_a_fault_is_named_by_its_question_and_says_what_is_accepted(label: str, answer: str, words: str,
                                                                    site: Site) -> None:
    found = faults(site, "tool", TOOL | {label: answer})
    assert [fault for fault in found if fault.startswith(words)], found


def test_all_faults_are_named_at_once(site: Site) -> None:
    found = faults(site, "tool", {"Title": "x" * 300, "Themes": "Foo, Bar", "Countries": "Atlantis", "Text": "<b>x</b>",
                                  "Year or years": "soon", "Licence": "mine"})
    assert [fault.partition(":")[0] for fault in found] == [
        "Language of your answers", "Summary", "Categories", "Themes", "Themes", "Countries", "Organisations",
        "Year or years", "Where it can be read", "Before you send it", "Title", "Licence", "Text"]


@pytest.mark.parametrize(("old", "new", "words"), [
    (b"### Title", b"### Titel", "Title: the line `### Title` is missing; did you mean `Titel`"),
    (b"### Place", b"## Place", "Place: the line `### Place` is missing"),
    (b"### Language of your", b"Hello\n### Language of your", "above the first question stands `Hello`"),
    (b"Map of", b"\xff\xfe", "the text is not UTF-8"),
])
def test_a_changed_form_is_refused(old: bytes, new: bytes, words: str, site: Site) -> None:
    with pytest.raises(UnclearIssueError) as refused:
        draft(site, issue("tool", TOOL).replace(old, new, 1))
    assert [fault for fault in refused.value.faults if fault.startswith(words)], refused.value.faults


@pytest.mark.parametrize("raw", [b"", b"hello", b"### Title\n\nx", b"### Categories\n\n### Evidence\n"])
def test_the_kind_must_be_clear(raw: bytes, site: Site) -> None:
    with pytest.raises(UnclearIssueError, match="--kind tool or case-study"):
        draft(site, raw)


def test_the_heading_of_another_form_in_a_text_leaves_the_kind_clear(site: Site) -> None:
    found = draft(site, issue("tool", TOOL | {"Text": "### Results\n\nGood."}))
    assert found.path.parent.name == "tools_db"
    assert "### Results\n\nGood." in found.text


@pytest.mark.parametrize("opened", ["```", "~~~text\nx", "> ```\n\n```"])
def test_a_block_of_code_may_not_swallow_the_next_section(opened: str, site: Site) -> None:
    found = faults(site, "case-study", CASE_STUDY | {"Situation": opened, "Results": "R"})
    assert "Situation: a block of code (``` or ~~~) is opened and never closed before `Results`" in found
    draft(site, issue("case-study", CASE_STUDY | {"Situation": "```\nx\n```", "Results": "R"}))


def test_a_section_within_a_section_is_refused(site: Site) -> None:
    found = faults(site, "case-study", CASE_STUDY | {"Situation": "x\n\n## Elsewhere\n\ny", "Lessons": "Results\n---"})
    assert [fault.partition(" is ")[0].partition(" comes ")[0] for fault in found] == [
        "Situation: the section `Elsewhere`", "Lessons: the section `Results`"]


def test_a_vocabulary_that_cannot_be_read_is_named_and_not_the_answers(site: Site,
                                                                       put: Callable[[str, str], Path]) -> None:
    put("vocabularies/themes.yml", "data: x")
    found = faults(site, "tool", TOOL)
    assert len(found) == 1
    assert found[0].startswith("vocabularies/themes.yml: ")


def test_a_link_that_another_record_has_is_remarked(site: Site) -> None:
    found = draft(site, issue("tool", TOOL | {"Where it can be read": "es: https://villachica.example/ficha.pdf"}))
    assert found.remarks == ("Where it can be read: tools_db/street-audit.md has the same link "
                             "`https://villachica.example/ficha.pdf`; if it is the same work, keep one record",)


def test_the_faults_of_other_records_are_not_those_of_this_one(site: Site, put: Callable[[str, str], Path]) -> None:
    put("tools_db/broken.md", "---\ntitle: [\n---\n")
    assert draft(site, issue("tool", TOOL)).remarks == ()


@pytest.mark.parametrize(("title", "name"), [
    ("Observatoire départemental", "observatoire-departemental"), ("Straße & Œuvre, Ærø", "strasse-oeuvre-aero"),
    ("L'Observatoire", "lobservatoire"), ("  A—B  ", "a-b"), ("مرصد", ""), ("x" * 200, "x" * 80),
    ("one two " * 20, ("one two " * 10).strip().replace(" ", "-")), ("Łódź", "lodz"), ("2012", "2012"),
])
def test_an_id_is_made_from_the_title(title: str, name: str) -> None:
    assert slug(title) == name


@given(st.text())
def test_an_id_is_always_one_that_a_file_may_have(title: str) -> None:
    name = slug(title)
    assert name == "" or (SLUG.fullmatch(name) and len(name) <= 80)


def test_a_record_is_written_whole_or_not_at_all(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    before = sorted((site.root / "tools_db").iterdir())
    for name in ("link", "replace"):
        monkeypatch.setattr(os, name, full)
    with pytest.raises(OSError, match="No space"):
        newrecord.create(site.root / "tools_db" / "x.md", "text", site)
    assert sorted((site.root / "tools_db").iterdir()) == before


# Whatever is answered: lines that mean something to YAML, Markdown, GitHub or us, mixed with any characters at all.
PIECES = st.one_of(st.text(max_size=30), st.sampled_from([
    *HOSTILE, "_No response_", "None", "\n", "\r\n", "### Title", "## Results", "```", "- [X] Data", "- [ ] Data",
    "Chile", "https://a.example/", "2012", "fr", " | ", "\u202e", "\x00", "a" * 500, "[^1]", "[^1]: x", "unknown",
    "city", "\n---\n"]))
ANSWER = st.lists(PIECES, min_size=1, max_size=5).map("".join)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A tiny repository that no example changes for the next one."""
    root = tmp_path_factory.mktemp("kept") / "tiny"
    shutil.copytree(TINY, root)
    return load_site(root)


@pytest.mark.parametrize("kind", QUESTIONS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_is_answered_there_is_a_valid_record_or_a_list_of_problems(kind: str, kept: Site,
                                                                            data: st.DataObject) -> None:
    labels = [question.label for question in QUESTIONS[kind]]
    changed = data.draw(st.dictionaries(st.sampled_from(labels), ANSWER, min_size=1, max_size=4))
    raw = issue(kind, {**ANSWERS[kind], **changed})
    try:
        found = draft(kept, raw, kind)
    except UnclearIssueError as error:
        assert error.faults
        assert all(fault.strip() for fault in error.faults)
        return
    newrecord.create(found.path, found.text, kept)
    try:
        problems = pipeline.validate(kept)
        assert [problem for problem in problems if problem.level == "error"] == []
    finally:
        found.path.unlink()
    fields = front_matter(cut(found.text))
    title = changed.get("Title", ANSWERS[kind]["Title"]).strip()
    assert fields["title"] == title.replace("\r\n", "\n").replace("\r", "\n").strip()


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(raw=st.one_of(st.binary(max_size=300), ANSWER.map(lambda text: text.encode("utf-8", "surrogatepass"))),
       kind=st.sampled_from([*QUESTIONS, None]))
@example(raw=b"### " + b" " * 200_000 + b"x", kind="tool")
@example(raw=b"### Title\n" * 20_000, kind="tool")
def test_no_text_at_all_is_more_than_refused(raw: bytes, kind: str | None, kept: Site) -> None:
    with pytest.raises(UnclearIssueError):
        draft(kept, raw, kind)


