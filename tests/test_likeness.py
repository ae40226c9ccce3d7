"""Which records say nearly the same: what is found, what is not, and that time grows with the number of texts."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaded import PROJECT
from safecities import likeness
from safecities.content import read_content
from safecities.likeness import ALIKE, alike, overlap, runs
from safecities.site import load_site

Put = Callable[[str, str], Path]

TEXT = ("Each evening two volunteers walk from the station to the square and write down which lamps are out. On Monday "
        "the list goes to the office for streets, which answers within a week what it has mended and what it cannot.")
RECORD = """---
title: {title}
summary: {summary}
{more}categories: [guide]
themes: [data]
organisations: [unknown]
versions:
  - language: en
status: stub
added: 2026-01-04
---
{body}
"""


def record(title: str = "One", summary: str = "Two.", body: str = "", more: str = "") -> str:
    return RECORD.format(title=title, summary=summary, body=body, more=more)


def found(root: Path) -> list[tuple[str, str, str]]:
    content, problems = read_content(load_site(root))
    assert problems == []
    return [(pair.file.source.path, pair.other.source.path, pair.part) for pair in alike(content)]


def test_capitals_accents_and_punctuation_do_not_hide_a_copy() -> None:
    assert runs("Política, de SEGURIDAD!") == runs("politica de seguridad")


@given(st.text(), st.text())
def test_an_overlap_is_a_share_and_the_same_both_ways(one: str, other: str) -> None:
    share = overlap(runs(one), runs(other))
    assert share == overlap(runs(other), runs(one))
    assert 0 <= share <= 1


def test_texts_too_short_to_judge_are_never_alike() -> None:
    assert overlap(runs("a guide for the city"), runs("a guide for the city")) == 0


def test_a_copied_body_is_found_though_words_were_changed_and_sections_added(tiny: Path, put: Put) -> None:
    put("tools_db/a.md", record(body=TEXT))
    put("tools_db/b.md", record(body="## More\n\n" + TEXT.replace("Monday", "Friday") + "\n\nAnd another line."))
    assert found(tiny) == [("tools_db/b.md", "tools_db/a.md", "body")]


def test_a_copied_summary_is_found(tiny: Path, put: Put) -> None:
    put("tools_db/a.md", record(summary=TEXT, body="This."))
    put("casestudies/b.md", record(summary=TEXT, body="That.").replace(
        "categories: [guide]\n", "sources:\n  - title: T\n"))
    assert found(tiny) == [("casestudies/b.md", "tools_db/a.md", "summary")]


def test_translations_of_one_record_are_not_alike(tiny: Path, put: Put) -> None:
    put("tools_db/a.md", record(body=TEXT))
    put("tools_db/a.es.md", "---\ntitle: One\nsummary: Two.\ntranslation: draft\n"
        f'translated_from: "000000000000"\n---\n{TEXT}\n')
    assert found(tiny) == []


def test_a_record_that_is_another_ones_translation_is_found(tiny: Path, put: Put) -> None:
    put("tools_db/a.md", record(body="Something in English."))
    put("tools_db/a.es.md", "---\ntitle: One\nsummary: Two.\ntranslation: draft\n"
        f'translated_from: "000000000000"\n---\n{TEXT}\n')
    put("tools_db/b.md", record(body=TEXT, more="language: es\n"))
    assert found(tiny) == [("tools_db/b.md", "tools_db/a.es.md", "body")]


def test_hundreds_of_copies_are_named_once_each(tiny: Path, put: Put) -> None:
    for number in range(60):
        put(f"tools_db/copy-{number:02}.md", record(body=TEXT))
    assert [path for path, _, _ in found(tiny)] == [f"tools_db/copy-{number:02}.md" for number in range(1, 60)]


def test_the_projects_own_records_are_far_from_alike() -> None:
    content, _ = read_content(load_site(PROJECT))
    originals = [file for file in content.record_files if file.source.lang is None]
    texts = [[runs(likeness._text(file, part)) for part in likeness.PARTS] for file in originals]
    closest = max(overlap(one[at], other[at]) for at in (0, 1) for number, one in enumerate(texts)
                  for other in texts[:number])
    assert closest < ALIKE - 0.1


def test_an_unchanged_file_is_not_read_again(tiny: Path, put: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    put("tools_db/a.md", record(body=TEXT))
    put("tools_db/b.md", record(body=TEXT))
    first = found(tiny)
    read = []
    monkeypatch.setattr(likeness, "_sampled", lambda texts: ((), *(read.append(text) or () for text in texts))[1:])
    assert found(tiny) == first
    assert read == []
    put("tools_db/b.md", record(body="Something new."))
    found(tiny)
    assert len(read) == len(likeness.PARTS)


@given(st.lists(st.text(st.sampled_from("ab \n"), max_size=400), max_size=5))
def test_a_sample_is_the_same_beside_whatever_other_texts(texts: list[str]) -> None:
    assert list(likeness._sampled(texts)) == [sample for text in texts for sample in likeness._sampled([text])]


def test_a_long_text_gives_some_of_its_runs_and_a_short_one_all() -> None:
    words = [f"w{number}" for number in range(2000)]
    short, long, shifted = likeness._sampled([" ".join(words[:20]), " ".join(words), "x " + " ".join(words[7:])])
    assert len(short) == 18
    assert 150 < len(long) < 350
    assert len(set(long) & set(shifted)) > 0.95 * len(long), "the same ones wherever they stand"


def test_what_was_kept_by_others_is_not_believed(tiny: Path, put: Put) -> None:
    put("tools_db/a.md", record(body=TEXT))
    put("tools_db/b.md", record(body=TEXT))
    first = found(tiny)
    kept = tiny / ".cache" / "runs.json"
    kept.write_bytes(json.dumps({}).encode())
    assert found(tiny) == first


@given(st.lists(st.frozensets(st.sampled_from("abcdef")), max_size=8))
def test_rows_that_share_terms_are_found(rows: list[frozenset[str]]) -> None:
    expected = [(one, two) for two in range(len(rows)) for one in range(two) if len(rows[one] & rows[two]) >= 2]
    assert list(likeness.sharing(rows, 2)) == sorted(expected)


def test_work_grows_with_the_number_of_rows_and_not_with_its_square() -> None:
    assert len(list(likeness.sharing([("x", "y")] * 1000, 2))) < 1000 * 10
