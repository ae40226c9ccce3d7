"""The catalogue: what follows from the records when they are joined."""

from collections.abc import Callable
from pathlib import Path

import pytest

from loaded import Loaded
from safecities.values import Years

Put = Callable[[str, str], Path]
Change = Callable[[str, str, str], Path]
Load = Callable[[], Loaded]

SPANISH = """---
title: Mapa de faroles
summary: Un mapa de faroles apagados.
language: es
categories: [data-tool]
themes: [data]
countries: [AR, FR, FR]
organisations: [unknown]
versions:
  - language: es
  - language: en
  - language: es
    url: https://a.example/
status: stub
added: 2026-01-04
---
Un texto.
"""

PAGE = """---
title: A page
summary: A page.
last_edited: 2026-01-01
---
"""

TRANSLATION = """---
title: A title
summary: A summary.
translation: draft
translated_from: "000000000000"
---
A text.
"""


def test_entries_and_pages_are_in_the_order_of_their_ids(load: Load) -> None:
    catalogue = load().catalogue
    assert list(catalogue.entries) == ["lamp-map", "night-bus", "street-audit"]
    assert list(catalogue.guidance) == ["guidance/one", "index"]
    assert [entry.id for entry in catalogue.of_kind("tool")] == ["lamp-map", "street-audit"]
    assert [entry.id for entry in catalogue.of_kind("case-study")] == ["night-bus"]


def test_the_newest_records_come_first(load: Load) -> None:
    assert [entry.id for entry in load().catalogue.newest(2)] == ["lamp-map", "street-audit"]


def test_related_records_name_each_other(load: Load) -> None:
    entries = load().catalogue.entries
    assert entries["night-bus"].related == ("street-audit",)
    assert entries["street-audit"].related == ("night-bus",)
    assert entries["lamp-map"].related == ()


def test_naming_each_other_is_no_more_than_naming_once(change: Change, load: Load) -> None:
    change("tools_db/street-audit.md", "status: partial", "status: partial\nrelated: [night-bus, lamp-map]")
    entries = load().catalogue.entries
    assert [entries[name].related for name in ("night-bus", "street-audit", "lamp-map")] == [
        ("street-audit",), ("lamp-map", "night-bus"), ("street-audit",)]


def test_a_record_knows_the_pages_that_embed_it_link_to_it_or_list_it(load: Load) -> None:
    entries = load().catalogue.entries
    assert {name: entry.cited_in for name, entry in entries.items()} == dict.fromkeys(entries, ("guidance/one",))


def test_a_page_knows_what_it_embeds_links_to_and_lists(load: Load) -> None:
    page = load().catalogue.guidance["guidance/one"]
    assert (page.embeds, page.links, page.related) == (("street-audit",), ("night-bus",), ("lamp-map",))
    assert page.cites == ("street-audit", "night-bus", "lamp-map")


def test_records_named_in_code_are_not_cited(put: Put, load: Load) -> None:
    put("docs/two.md", PAGE + "`[a](record:lamp-map)`\n\n```\n[[lamp-map]]\n```\n")
    assert load().catalogue.guidance["two"].cites == ()


def test_a_reader_gets_the_translation_if_there_is_one(load: Load) -> None:
    text = load().catalogue.entries["night-bus"].text("es", "en")
    assert (text.lang, text.state, text.stale, text.path) == ("es", "machine", False, "casestudies/night-bus.es.md")
    assert text.content_note == "Menciona el acoso en autobuses."


def test_a_reader_without_a_translation_gets_the_default_language(load: Load) -> None:
    text = load().catalogue.entries["lamp-map"].text("es", "en")
    assert (text.lang, text.state) == ("en", "original")


def test_a_reader_of_a_record_in_another_language_gets_its_translation_or_the_original(put: Put, load: Load) -> None:
    put("tools_db/mapa.md", SPANISH.replace("FR, FR", "FR"))
    entry = load().catalogue.entries["mapa"]
    assert entry.language == "es"
    assert [entry.text(lang, "en").lang for lang in ("es", "en", "fr")] == ["es", "es", "es"]
    put("tools_db/mapa.en.md", TRANSLATION)
    entry = load().catalogue.entries["mapa"]
    assert [entry.text(lang, "en").lang for lang in ("es", "en", "fr")] == ["es", "en", "en"]
    assert entry.original.title == "Mapa de faroles"


def test_the_language_of_a_record_may_be_written_in_capitals(change: Change, load: Load) -> None:
    change("tools_db/lamp-map.md", "status: stub", "status: stub\nlanguage: EN")
    assert load().catalogue.entries["lamp-map"].language == "en"


@pytest.mark.parametrize(("name", "old", "new"), [
    ("casestudies/night-bus.md", "title: Night bus", "title: A night bus"),
    ("casestudies/night-bus.md", "summary: After ten", "summary: After nine"),
    ("casestudies/night-bus.md", "content_note: Mentions", "content_note: Speaks of"),
    ("casestudies/night-bus.md", "600 metres", "700 metres"),
])
def test_a_translation_is_stale_when_the_text_of_the_original_changes(
        name: str, old: str, new: str, change: Change, load: Load) -> None:
    change(name, old, new)
    loaded = load()
    assert loaded.catalogue.entries["night-bus"].texts["es"].stale
    assert loaded.found() == ["casestudies/night-bus.es.md:6 stale-translation"]


@pytest.mark.parametrize(("old", "new"), [("place: Petiteville", "place: Elsewhere"), ("evidence: self-reported", "")])
def test_a_translation_is_not_stale_when_only_a_fact_changes(old: str, new: str, change: Change, load: Load) -> None:
    change("casestudies/night-bus.md", old, new)
    assert not load().catalogue.entries["night-bus"].texts["es"].stale


def test_a_page_of_guidance_may_have_the_name_of_a_record(put: Put, load: Load) -> None:
    put("docs/lamp-map.md", PAGE + "[[lamp-map]]\n")
    put("docs/lamp-map.es.md", TRANSLATION)
    loaded = load()
    assert loaded.found() == ["docs/lamp-map.es.md:5 stale-translation"]
    assert set(loaded.catalogue.entries["lamp-map"].texts) == {"en"}
    assert set(loaded.catalogue.guidance["lamp-map"].texts) == {"en", "es"}


@pytest.mark.parametrize(("countries", "regions"), [
    ("[FR]", ("155",)), ("[AR]", ("005",)), ("[FR, AR, DE]", ("155", "005")), ("[GT]", ("013",)), ("[CA]", ("021",)),
    ("[]", ()),
])
def test_regions_follow_from_countries(countries: str, regions: tuple[str, ...], change: Change, load: Load) -> None:
    change("casestudies/night-bus.md", "countries: [FR]", f"countries: {countries}")
    assert load().catalogue.entries["night-bus"].regions == regions


@pytest.mark.parametrize(("written", "years", "year"), [
    ("years: 2012/2015", Years(2012, 2015), 2012), ("years: 2012/..", Years(2012, None), 2012),
    ("years: ../2015", Years(None, 2015), 2015), ("place: Nowhere", None, None),
])
def test_years_are_a_span_with_a_year_to_sort_by(written: str, years: Years | None, year: int | None,
                                                 change: Change, load: Load) -> None:
    change("casestudies/night-bus.md", "years: 2012/2015", written.replace("place: Nowhere", "# no years"))
    entry = load().catalogue.entries["night-bus"]
    assert (entry.years, entry.year) == (years, year)


def test_the_year_of_a_tool_is_a_span_of_one_year(load: Load) -> None:
    entry = load().catalogue.entries["street-audit"]
    assert (entry.years, entry.year) == (Years(2008, 2008), 2008)


def test_languages_are_those_of_the_versions_once(put: Put, load: Load) -> None:
    put("tools_db/mapa.md", SPANISH.replace("FR, FR", "FR"))
    assert load().catalogue.entries["mapa"].languages == ("es", "en")


def test_a_case_study_has_no_categories(load: Load) -> None:
    entries = load().catalogue.entries
    assert entries["night-bus"].categories == ()
    assert entries["street-audit"].categories == ("safety-audit",)


def test_labels_are_in_the_language_of_the_reader(load: Load) -> None:
    catalogue = load().catalogue
    assert [catalogue.label("settings", "street", lang) for lang in ("en", "es", "fr")] == ["Street", "Calle", "Street"]


def test_the_catalogue_cannot_be_changed(load: Load) -> None:
    catalogue = load().catalogue
    with pytest.raises(TypeError):
        catalogue.entries["x"] = catalogue.entries["lamp-map"]  # type: ignore[index]
    with pytest.raises(AttributeError):
        catalogue.entries["lamp-map"].kind = "x"  # type: ignore[misc]
