"""The Whoosh index finds, narrows and compares, and no query and no accident breaks it."""

import dataclasses
import pickle
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safecities import catalogue, index
from safecities.catalogue import Text
from safecities.content import read_content
from safecities.documents import documents
from safecities.site import load_site

TINY = Path(__file__).parent / "fixtures" / "tiny"


def tiny() -> catalogue.Catalogue:
    return catalogue.build(read_content(load_site(TINY))[0])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("cache") / "index"
    index.build(tiny(), path)
    return path


def ids(hits: index.Hits) -> list[str]:
    return [hit.id for hit in hits]


@pytest.mark.parametrize(("query", "lang", "best"), [
    ("night bus", "en", "night-bus"), ("drivers", "en", "night-bus"), ("Lamp", "en", "lamp-map"),
    ("auditoria", "es", "street-audit"), ("AUDITORÍAS", "es", "street-audit"),
    ("autobus nocturno", "es", "night-bus"), ("lamps", "es", "lamp-map"),
    ("Villa Chica", "es", "street-audit"), ("Argentina", "en", "street-audit"),
    ("iluminar", "es", "guidance/one"),
])
def test_words_are_found_with_and_without_accents_and_endings(
        folder: Path, query: str, lang: str, best: str) -> None:
    assert ids(index.search(folder, query, lang))[:1] == [best]


def test_what_has_all_words_is_found_alone(folder: Path) -> None:
    assert ids(index.search(folder, "bus stops passengers", "en")) == ["night-bus"]


def test_where_nothing_has_all_words_more_words_come_first(folder: Path) -> None:
    found = ids(index.search(folder, "lamp map zebra bus", "en"))
    assert found[0] == "lamp-map"
    assert "night-bus" in found


def test_a_hit_says_what_it_is_and_shows_the_words_in_its_text(folder: Path) -> None:
    hit = index.search(folder, "passenger asks", "en")[0]
    assert (hit.kind, hit.lang, hit.text_lang) == ("case-study", "en", "en")
    assert (hit.title, hit.address) == ("Night bus that stops on request", "casestudies/night-bus.html")
    assert [hit.snippet[start:end] for start, end in hit.marks] == ["passenger", "asks"]


def test_a_hit_without_translation_says_in_which_language_its_text_is(folder: Path) -> None:
    hit = index.search(folder, "lamp", "es")[0]
    assert (hit.lang, hit.text_lang, hit.address) == ("es", "en", "es/tools/lamp-map.html")


def test_filters_narrow_and_the_total_counts_all_that_match(folder: Path) -> None:
    everything = index.search(folder, "street night lamp", "en", limit=1)
    assert len(everything) == 1 < everything.total
    assert ids(index.search(folder, "street night lamp", "en", kind="case-study")) == ["night-bus"]
    assert ids(index.search(folder, "sheet", "en", kind="tool", category="safety-audit", theme="local-policy",
                            country="AR")) == ["street-audit"]
    assert not index.search(folder, "sheet", "en", country="FR")


def test_words_in_quotes_stand_side_by_side_in_title_summary_or_body(folder: Path) -> None:
    assert set(ids(index.search(folder, '"bus that stops"', "en"))) == {"night-bus", "guidance/one"}
    assert ids(index.search(folder, '"bus stops that"', "en")) == []
    assert ids(index.search(folder, '"passenger asks"', "en")) == ["night-bus"], "which stands in the body"
    assert ids(index.search(folder, "bus stops that", "en"))[:1] == ["night-bus"]


def test_what_holds_a_word_after_a_minus_is_left_out(folder: Path) -> None:
    everything = ids(index.search(folder, "street night lamp", "en"))
    left = ids(index.search(folder, "street night lamp -bus", "en"))
    assert "night-bus" in everything
    assert set(left) == set(everything) - set(ids(index.search(folder, "bus", "en")))
    assert "night-bus" not in ids(index.search(folder, 'night -"bus that stops"', "en"))


@pytest.mark.parametrize(("query", "lang", "best"), [
    ("stret", "en", "street-audit"), ("petitevlile", "en", "night-bus"), ("argent", "en", "street-audit"),
])
def test_slips_and_beginnings_are_found(folder: Path, query: str, lang: str, best: str) -> None:
    assert ids(index.search(folder, query, lang))[:1] == [best]


def test_nearest_never_names_the_document_itself_and_keeps_to_the_kinds() -> None:
    made = index.Nearest(tiny())
    everything = made.nearest("street-audit", 10)
    assert everything
    assert "street-audit" not in everything
    assert set(made.nearest("street-audit", 10, ["tool"])) <= {"lamp-map"}
    assert made.nearest("street-audit", 10, ["poem"]) == []
    assert made.nearest("street-audit", 10, []) == []
    assert made.nearest("nobody", 10) == []


def test_nearest_names_the_likest_first_and_no_more_than_asked_for() -> None:
    made = index.Nearest(tiny())
    everything = made.nearest("guidance/one", 10)
    assert everything[0] == "street-audit"
    assert made.nearest("guidance/one", 2) == everything[:2]
    assert made.nearest("guidance/one", 0) == []


def with_body(text: Text, body: str) -> Text:
    return dataclasses.replace(text, source=dataclasses.replace(text.source, kept=body))


def test_a_guidance_page_asks_with_its_body_and_no_record_answers_with_its() -> None:
    content = tiny()
    page, silent = content.guidance["index"], content.entries["lamp-map"]
    asks, talks = (dataclasses.replace(one, texts={"en": with_body(one.texts["en"], "A bus driver.")})
                   for one in (page, silent))
    before = index.Nearest(dataclasses.replace(content, guidance=MappingProxyType({"index": asks})))
    after = index.Nearest(dataclasses.replace(
        content, guidance=MappingProxyType({"index": asks}),
        entries=MappingProxyType({**content.entries, "lamp-map": talks})))
    assert before.nearest("index", 10)[0] == "night-bus"
    assert before.nearest("index", 10) == after.nearest("index", 10)


def test_where_there_is_nothing_nothing_is_near() -> None:
    nothing = dataclasses.replace(tiny(), guidance=MappingProxyType({}), entries=MappingProxyType({}))
    assert index.Nearest(nothing).nearest("index") == []


@pytest.mark.parametrize(("query", "lang", "notes"), [
    ("bus", "en", []), ("petitevlile", "en", [("petitevlile", "petiteville", True)]),
    ("petitexxxle night", "en", [("petitexxxle", "petiteville", False)]),
    ("qqqqq bus", "en", [("qqqqq", None, False)]), ('"petitevlile"', "en", [("petitevlile", "petiteville", False)]),
    ("argent", "en", []), ("autobus nocturnp", "es", [("nocturnp", "nocturno", True)]),
])
def test_a_word_that_stands_nowhere_is_named_with_the_nearest_spelling(
        folder: Path, query: str, lang: str, notes: list[tuple[str, str | None, bool]]) -> None:
    found = index.search(folder, query, lang)
    assert [(note.word, note.nearest, note.used) for note in found.notes] == notes
    if notes and not notes[0][2] and " " not in query:
        assert not found


def test_a_hit_says_where_the_words_stand_in_its_title(folder: Path) -> None:
    hit = index.search(folder, "night stops", "en")[0]
    assert [hit.title[start:end] for start, end in hit.title_marks] == ["Night", "stops"]


def test_other_languages_are_searched_when_asked_for(folder: Path) -> None:
    assert not index.search(folder, "nocturno", "en", limit=3)
    found = index.search(folder, "nocturno", "en", others=["es"])
    assert (found[0].id, found[0].lang) == ("night-bus", "es")
    assert not found.notes, "the word stands somewhere"
    both = index.search(folder, "Villa Chica", "en", others=["es"])
    assert both[0].lang == "en", "what stands in the reader's language stays in it"
    assert len({hit.id for hit in both}) == len(both) == both.total
    assert index.search(folder, "Villa Chica", "en", others=["es"], limit=1).total == both.total


@pytest.mark.parametrize("query", [
    "", "   ", '"', '"night', "(", "night)", "*", "?", "AND", "NOT night", "OR OR", "title:", "night~",
    "[a TO", "\\", "night^", "\x00", "\ud800", "a" * 10_000, "night " * 2_000, "'", "l'",
])
def test_odd_queries_are_answered(folder: Path, query: str) -> None:
    assert index.search(folder, query, "en").total >= 0


@settings(deadline=None)  # on a machine that does other things as well
@given(query=st.text(max_size=40))
def test_any_query_is_answered(folder: Path, query: str) -> None:
    assert len(index.search(folder, query, "es", limit=3)) <= 3


def test_a_missing_index_is_said_to_be_missing(folder: Path, tmp_path: Path) -> None:
    for place, lang in ((folder, "tlh"), (tmp_path / "none", "en")):
        with pytest.raises(index.IndexMissingError, match="safecities index"):
            index.search(place, "bus", lang)


def test_a_damaged_index_is_said_to_be_missing(tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    with pytest.raises(index.IndexMissingError):
        index.search(tmp_path, "bus", "en")


def test_a_new_build_replaces_the_old_one_and_leaves_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "index"
    index.build(tiny(), path)
    assert index.search(path, "bus", "en").total
    index.build(tiny(), path)
    assert index.search(path, "bus", "en").total
    assert [child.name for child in tmp_path.iterdir()] == ["index"]
    assert sorted(child.name for child in path.iterdir()) == ["en", "es"]


def test_a_language_can_be_written_in_another_process(folder: Path, tmp_path: Path) -> None:
    found = tuple(documents(tiny(), "es"))
    write, found, place = pickle.loads(pickle.dumps((index.write, found, tmp_path / "es")))
    write(found, place)
    assert list(index.search(tmp_path, "autobus", "es")) == list(index.search(folder, "autobus", "es"))


def test_a_build_spreads_the_languages_as_it_is_told(tmp_path: Path) -> None:
    with ThreadPoolExecutor(2) as pool:
        index.build(tiny(), tmp_path / "index", pool.map)
    assert index.search(tmp_path / "index", "bus", "en").total
    assert index.search(tmp_path / "index", "autobus", "es").total


def test_a_build_that_fails_leaves_the_old_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "index"
    index.build(tiny(), path)
    before = ids(index.search(path, "bus", "en"))

    def fail(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(index.stored, "_terms", fail)
    with pytest.raises(KeyboardInterrupt):
        index.build(tiny(), path)
    assert ids(index.search(path, "bus", "en")) == before
    assert [child.name for child in tmp_path.iterdir()] == ["index"]
