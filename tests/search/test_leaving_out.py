"""What is left out and what must stand together, in a library of hundreds: the same in the browser and the terminal."""

from collections.abc import Callable
from pathlib import Path

import javascript
import pytest

from loaded import RECORD, Loaded
from safecities import index, search

MANY = 400

TITLES = {
    "phrase": "Quarry inspection of lane {n}",
    "swapped": "Inspection for quarry, lane {n}",
    "defence": "Quarry in lane {n}: self-defence",
    "apart": "Self-help of the quarry lane {n}",
}


@pytest.fixture
def library(put: Callable[[str, str], Path], load: Callable[[], Loaded]) -> Loaded:
    """Hundreds of records, more than half of which hold a phrase; some in Spanish too, with a word of their own."""
    for number in range(MANY):
        kind = "phrase" if number % 2 else ("swapped", "defence", "apart")[number // 2 % 3]
        title = TITLES[kind].format(n=number)
        put(f"tools_db/{kind}-{number:03}.md", RECORD.replace("title: Checklist", f"title: '{title}'"))
    put("tools_db/defence-002.es.md", "---\ntitle: Seguridad policial\nsummary: Quarry de la calle.\n---\nUn texto.\n")
    return load()


def kinds(names: list[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for name in names:
        kind = name.partition("-")[0]
        found[kind] = found.get(kind, 0) + 1
    return found


@pytest.mark.parametrize(("query", "wanted"), [
    ('"quarry inspection"', {"phrase": 200}),
    ('quarry lane -"quarry inspection"', {"swapped": 67, "defence": 67, "apart": 66}),
    ("quarry lane -self-defence", {"phrase": 200, "swapped": 67, "apart": 66}),
    ("quarry lane -self -inspection", {}),
    ("quarry lane \u200f-inspection", {"defence": 67, "apart": 66}),
    ('quarry lane \u2067-"quarry inspection"\u2069 -self-help', {"swapped": 67, "defence": 67}),
])
def test_all_are_found_that_hold_what_must_stand_together_and_none_that_is_left_out(
        library: Loaded, tmp_path: Path, query: str, wanted: dict[str, int]) -> None:
    (answer,) = javascript.search(dict(search.files(library.catalogue)).values(), [(query, {"lang": "en"})])
    assert kinds([hit["id"] for hit in answer["hits"]]) == wanted
    assert answer["total"] == sum(wanted.values())
    index.build(library.catalogue, tmp_path / "index")
    told = index.search(tmp_path / "index", query, "en", limit=MANY)
    assert kinds([hit.id for hit in told]) == wanted


def test_what_is_left_out_in_one_language_is_left_out_in_all(library: Loaded, tmp_path: Path) -> None:
    files = dict(search.files(library.catalogue)).values()
    everywhere = {"lang": "en", "others": ["es"]}
    with_it, without, phrase = javascript.hits(files, [("quarry calle", everywhere), ("quarry -defence", everywhere),
                                                       ('quarry -"lane 2: self"', everywhere)])
    assert "defence-002" in with_it
    assert "defence-002" not in without
    assert "defence-002" not in phrase
    index.build(library.catalogue, tmp_path / "index")
    for query, there in (("quarry calle", True), ("quarry -defence", False), ('quarry -"lane 2: self"', False)):
        told = index.search(tmp_path / "index", query, "en", others=["es"], limit=MANY)
        assert ("defence-002" in [hit.id for hit in told]) is there


def test_a_word_before_one_that_is_left_out_is_finished(library: Loaded) -> None:
    files = dict(search.files(library.catalogue)).values()
    begun, finished = javascript.search(files, [("self-he", {"lang": "en"}), ("self-he -bus", {"lang": "en"})])
    assert begun["notes"] == []
    assert [note["word"] for note in finished["notes"]] == ["he"]


_RANKS = """async (asked) => {
  safecities.load = async (base, name) => parts[name];
  const answers = await Promise.all(asked.map((query) => safecities.ranks("", query, { lang: "en", kind: "tool" })));
  return answers.map(({ ranks, ranked }) => [ranks && ranks.size, ranked]);
}"""


def test_a_list_leaves_out_what_only_a_minus_names_and_knows_no_punctuation(library: Loaded) -> None:
    scripts = ["fold", "query", "parts", "postings", "lookup", "search-index"]
    files = "".join(dict(search.files(library.catalogue)).values())
    tools = len(library.catalogue.of_kind("tool"))
    found = javascript.run(scripts, _RANKS, ["-defence", '-"quarry inspection"', "!!!", "-", "quarry inspection"],
                           (javascript.CATCH + files,))
    assert found == [[tools - 67, False], [tools - 200, False], [None, False], [None, False], [267, True]]
