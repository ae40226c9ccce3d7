"""The library: everything for which facts were gathered is there, in all languages, and nobody copied."""

import functools
import re
from pathlib import Path

import pytest

from loaded import PROJECT
from safecities import gazetteer, pipeline, prose
from safecities.catalogue import Catalogue
from safecities.guidance import without_embeds
from safecities.problems import Problem
from safecities.site import load_site

LANGUAGES = ("es", "fr", "ar")
IDS = [line for line in (Path(__file__).parent / "ids.txt").read_text(encoding="utf-8").splitlines()
       if not line.startswith("#")]
GUIDANCE = [path for path in sorted((PROJECT / "docs/guidance").rglob("*.md"))
            if "." not in path.stem and path.stem != "index"]
OUTLINE = 47
"""Pages of the outline that the guidance follows."""

EMBEDS = {"local-policy/gender-approach": 14, "programme-implementation/safety-audit-checklist": 0}
"""Pages that embed another number of records than the rest: one shows all its cases, the other is to be printed."""


@functools.cache
def loaded() -> tuple[Catalogue, list[Problem]]:
    return pipeline.load(load_site(PROJECT))


def test_every_fact_has_its_record() -> None:
    assert [name for name in IDS if not (PROJECT / name).is_file()] == []
    assert len(IDS) == 81 + 134


def test_nothing_is_wrong_not_even_a_little() -> None:
    assert loaded()[1] == []


def test_all_records_and_pages_can_be_read_in_all_languages() -> None:
    catalogue = loaded()[0]
    missing = [(page.id, lang) for page in (*catalogue.entries.values(), *catalogue.guidance.values())
               for lang in LANGUAGES if lang not in page.texts]
    assert missing == []


def test_no_machine_translation_passes_for_a_persons() -> None:
    catalogue = loaded()[0]
    states = {text.state for page in (*catalogue.entries.values(), *catalogue.guidance.values())
              for lang, text in page.texts.items() if lang != page.language}
    assert states == {"machine"}


@pytest.mark.parametrize(("lang", "least"), [("es", 60), ("fr", 60), ("ar", 22)])
def test_many_records_have_whole_translations(lang: str, least: int) -> None:
    entries = loaded()[0].entries.values()
    assert sum(entry.texts[lang].has_body for entry in entries if lang in entry.texts) >= least


@pytest.mark.parametrize("lang", ["es", "fr"])
def test_they_are_the_most_connected_records(lang: str) -> None:
    entries = loaded()[0].entries.values()
    ranks = {entry.id: len(entry.related) + len(entry.cited_in) for entry in entries}
    sixtieth = sorted(ranks.values(), reverse=True)[59]
    assert [entry.id for entry in entries if ranks[entry.id] > sixtieth and not entry.texts[lang].has_body] == []


def test_every_page_of_the_outline_is_there_and_in_the_menu() -> None:
    menu = (PROJECT / "mkdocs.yml").read_text(encoding="utf-8")
    assert len(GUIDANCE) >= OUTLINE
    assert [path.stem for path in GUIDANCE if path.relative_to(PROJECT / "docs").as_posix() not in menu] == []


@pytest.mark.parametrize("path", GUIDANCE, ids=lambda path: path.relative_to(PROJECT / "docs/guidance").as_posix())
def test_a_guidance_page_is_practical_short_and_says_what_it_rests_on(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    body = text.split("---\n", 2)[2]
    assert body.count("\n## What this page rests on\n") == 1
    assert body.rstrip().rpartition("\n## ")[2].startswith("What this page rests on")
    name = path.relative_to(PROJECT / "docs/guidance").as_posix().removesuffix(".md")
    number = len(prose.words(re.sub(r"\]\([^)]*\)", "]", without_embeds(body))))
    assert 300 <= number <= 700, number
    assert body.count("\n[[") in ([EMBEDS[name]] if name in EMBEDS else range(2, 5))


def test_a_record_that_names_a_town_has_its_coordinates_from_the_gazetteer() -> None:
    gaza = "gaza-al-shoka-garden"  # lies in the Strip, not in the town of that name
    assert [entry.id for entry, town in gazetteer.proposals(loaded()[0]) if town and entry.id != gaza] == []
    for entry in loaded()[0].entries.values():
        if entry.fields.coordinates:
            names = re.split(r"[,()]| and ", entry.fields.place or "")
            found = {(round(town.lat, 2), round(town.lon, 2)) for name in names
                     if (town := gazetteer.find(name, entry.fields.countries[:1]))}
            assert (entry.fields.coordinates.lat, entry.fields.coordinates.lon) in found, entry.id


def test_no_record_and_no_page_is_an_orphan() -> None:
    assert [page.id for page in prose.orphans(loaded()[0])] == []


def test_every_record_is_cited_by_guidance() -> None:
    assert [entry.id for entry in loaded()[0].entries.values() if not entry.cited_in] == []


def test_no_text_shares_eight_words_in_a_row_with_another() -> None:
    names = ("virtual knowledge centre to end violence against women and girls",)  # a name can't be said otherwise
    found = [row for row in prose.shared(loaded()[0], {}) if not any(row.words in name for name in names)]
    assert found == []


def test_the_glossary_has_its_46_terms_in_all_languages() -> None:
    glossary = loaded()[0].glossary
    assert len(glossary) == 46
    for term in glossary.values():
        assert {"en", *LANGUAGES} <= term.label.keys()
        assert {"en", *LANGUAGES} <= term.definition.keys()
        assert term.sources


def test_evidence_is_claimed_only_where_the_record_says_who_evaluated() -> None:
    for entry in loaded()[0].of_kind("case-study"):
        if getattr(entry.fields, "evidence", "").startswith("evaluated"):
            assert re.search(r"evaluat|review", prose.prose(entry.original)), entry.id
