"""The browser's files hold data only, the same bytes each time; a search in them finds what it should."""

import json
import re
from collections import defaultdict
from collections.abc import Mapping
from itertools import chain
from pathlib import Path
from typing import Any

import javascript
import pytest

from safecities import catalogue, search
from safecities.content import read_content
from safecities.parts import encoded
from safecities.search import postings
from safecities.site import load_site

TINY = Path(__file__).parents[1] / "fixtures" / "tiny"
PART = re.compile(r'safecities\.part\("([^"]+)","([0-9a-f]{12})",(.*)\);\n', re.DOTALL)


def tiny() -> catalogue.Catalogue:
    return catalogue.build(read_content(load_site(TINY))[0])


@pytest.fixture(scope="module")
def files() -> Mapping[str, str]:
    return dict(search.files(tiny()))


@pytest.fixture(scope="module")
def parts(files: Mapping[str, str]) -> Mapping[str, Any]:
    return {match[1]: json.loads(match[3]) for match in map(PART.fullmatch, files.values()) if match}


def ask(files: Mapping[str, str], lang: str, *queries: str, **options: object) -> list[list[str]]:
    """The ids that the browser finds for each query."""
    return javascript.hits(files.values(), [(query, {"lang": lang, **options}) for query in queries])


def test_each_file_is_one_call_with_its_own_name(files: Mapping[str, str]) -> None:
    matches = {address: PART.fullmatch(text) for address, text in files.items()}
    assert all(match and address == f"search/{match[1]}.js" for address, match in matches.items())


def test_all_files_of_a_language_have_one_version_and_no_other_has_it(files: Mapping[str, str]) -> None:
    versions: dict[str, set[str]] = defaultdict(set)
    for match in filter(None, map(PART.fullmatch, files.values())):
        versions[match[1].rpartition("/")[0]].add(match[2])
    assert all(len(found) == 1 for found in versions.values())
    assert len(set.union(*versions.values())) == len(versions)


def test_languages_can_be_made_apart(files: Mapping[str, str]) -> None:
    built = tiny()
    apart = [search.language_files(built, lang) for lang in reversed(built.site.tags)]
    assert dict(chain(search.shared_files(built), *apart)) == files


def test_the_same_content_gives_the_same_bytes(files: Mapping[str, str]) -> None:
    assert dict(search.files(tiny())) == files


def test_nothing_in_a_file_can_end_its_script() -> None:
    text = encoded({"a": "</script><!-- \u2028\u2029"})
    assert "</" not in text
    assert "\u2028" not in text
    assert json.loads(text) == {"a": "</script><!-- \u2028\u2029"}


def test_meta_says_where_pages_lie_and_what_there_is(parts: Mapping[str, Any]) -> None:
    meta = parts["es/meta"]
    assert meta["kinds"] == [["guidance", 2, "es/*.html"], ["case-study", 1, "es/casestudies/*.html"],
                             ["tool", 2, "es/tools/*.html"]]
    assert meta["languages"] == {"en": ["inglés", "ltr"]}
    assert len(meta["shards"]) == sum(name.startswith("es/shard-") for name in parts)


def test_titles_and_summaries_stand_in_the_order_of_documents(parts: Mapping[str, Any]) -> None:
    ids = [row[0] for row in parts["es/docs-0"]]
    assert ids == ["guidance/one", "index", "night-bus", "lamp-map", "street-audit"]
    assert [parts["es/docs-0"][3][at] for at in (0, 1, 3)] == ["lamp-map", "Lamp map", "en"]
    assert parts["es/docs-0"][4][2].startswith("Una hoja")


def test_many_documents_come_in_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "TOGETHER", 1)
    for fewest, most, number in ((2, 400, 3), (1, 2, 2)):
        monkeypatch.setattr(search, "FEWEST", fewest)
        monkeypatch.setattr(search, "MOST_FILES", most)
        found = dict(search.files(tiny()))
        assert [f"search/en/docs-{n}.js" in found for n in range(5)] == [n < number for n in range(5)]
        assert ask(found, "en", "lamp map")[0][:1] == ["lamp-map"]


def test_columns_say_which_records_have_which_values(parts: Mapping[str, Any]) -> None:
    tools = parts["facets-tools"]
    assert tools["ids"] == ["lamp-map", "street-audit"]
    assert (tools["year"], tools["added"]) == ([2019, 2008], ["2026-01-04", "2026-01-01"])
    held = {name: {value: postings.decode_numbers(text) for value, text in values.items()}
            for name, values in tools["facets"].items()}
    assert held["category"] == {"data-tool": [0], "safety-audit": [1]}
    assert held["theme"] == {"data": [0], "local-policy": [1], "public-space": [1]}
    assert held["country"] == {"AR": [1]}
    assert held["region"] == {"005": [1]}
    assert tools["years"] == [[2019, None], [2008, 2008]]
    assert "evidence" not in tools["facets"]
    studies = parts["facets-casestudies"]["facets"]
    assert postings.decode_numbers(studies["evidence"]["self-reported"]) == [0]
    assert held["language"] == {"en": [1], "es": [1], "fr": [0]}
    assert "category" not in parts["facets-casestudies"]["facets"]


@pytest.mark.parametrize(("lang", "query", "best"), [
    ("en", "night bus", "night-bus"),
    ("en", "Stops passenger", "night-bus"),
    ("en", "lamps", "lamp-map"),
    ("en", "stret", "street-audit"),
    ("en", "petitevlile", "night-bus"),
    ("en", "argent", "street-audit"),
    ("es", "auditoria", "street-audit"),
    ("es", "AUTOBÚS", "night-bus"),
    ("es", "lamp", "lamp-map"),
    ("es", "datos", "lamp-map"),
    ("es", "iluminar calle", "guidance/one"),
])
def test_the_browser_finds_words_accents_endings_beginnings_and_slips(
        files: Mapping[str, str], lang: str, query: str, best: str) -> None:
    assert ask(files, lang, query)[0][:1] == [best]


def test_documents_with_all_words_come_first(files: Mapping[str, str]) -> None:
    assert ask(files, "en", "residents lamp map")[0][0] == "lamp-map"


def test_a_search_can_keep_to_a_kind_and_to_a_number(files: Mapping[str, str]) -> None:
    assert set(ask(files, "en", "street night lamp", kind="tool")[0]) <= {"lamp-map", "street-audit"}
    assert len(ask(files, "en", "street night lamp", limit=1)[0]) == 1


def test_odd_queries_find_nothing_and_break_nothing(files: Mapping[str, str]) -> None:
    assert ask(files, "en", "", "  ", '"(*', "qqqqqqqq", "x" * 5_000) == [[], [], [], [], []]


def test_a_hit_carries_what_a_reader_sees(files: Mapping[str, str]) -> None:
    (answer,) = javascript.search(files.values(), [("lamp", {"lang": "es"})])
    hit = answer["hits"][0]
    assert (hit["title"], hit["address"], hit["kind"]) == ("Lamp map", "es/tools/lamp-map.html", "tool")
    assert (hit["lang"], hit["languageName"], hit["dir"]) == ("en", "inglés", "ltr")
    assert answer["total"] == len(answer["hits"])
