"""Words that an earlier build has kept are those that would be worked out anew."""

import json
from collections.abc import Iterator
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safecities.documents import WEIGHTS, Document
from safecities.search.inverted import invert
from safecities.search.words import Words


@pytest.fixture(autouse=True, scope="module")
def few_at_once() -> Iterator[None]:
    """Two documents are taken apart together, so that some wait for others."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("safecities.search.words._AT_ONCE", 2)
        yield


WORD = st.sampled_from(
    ["lamp", "Lamps,", "street", "Saint-Denis", "l'audit", "—", "½", "الشارع", "وسلامة", "lamp-lamp", ""])
FIELDS = st.fixed_dictionaries({field: st.lists(WORD, max_size=8).map(" ".join) for field in WEIGHTS})
DOCUMENTS = st.dictionaries(st.integers(0, 9).map(str), FIELDS, max_size=6)


def words(documents: dict[str, dict[str, str]], lang: str, kept: Words | None = None,
          known: set[str] | None = None) -> Words:
    """The words of documents, of which those known before must not be asked for."""
    made = Words(json.loads(json.dumps(kept.data())) if kept else None)

    def document(key: str) -> Document:
        assert key not in (known or ())
        return Document(key, "tool", lang, "en", "x.html", "", "", documents[key], {}, "en")

    made.extend((key, partial(document, key)) for key in documents)
    return made


@given(DOCUMENTS, st.sets(st.integers(0, 9).map(str)),
       st.dictionaries(st.integers(10, 19).map(str), FIELDS, max_size=3), st.sampled_from(["en", "fr", "ar"]))
def test_what_was_kept_makes_the_same_index(before: dict[str, dict[str, str]], gone: set[str],
                                            new: dict[str, dict[str, str]], lang: str) -> None:
    after = {key: fields for key, fields in before.items() if key not in gone} | new
    kept = words(before, lang)
    again = words(after, lang, kept, set(before))
    afresh = words(after, lang)
    assert invert(again) == invert(afresh)
    assert sorted(again.data()["documents"]) == sorted(after)
    assert {tuple(row[:2]) for row in again.data()["pieces"]} == {tuple(row[:2]) for row in afresh.data()["pieces"]}


def test_one_new_document_among_many_is_not_worth_keeping_everything_anew() -> None:
    documents = {str(number): dict.fromkeys(WEIGHTS, f"lamp {number}") for number in range(100)}
    kept = words(documents, "en")
    assert kept.outdated
    again = words(documents | {"new": dict.fromkeys(WEIGHTS, "street")}, "en", kept, set(documents))
    again.pieces()
    assert not again.outdated
    assert words(documents | {f"new {number}": dict.fromkeys(WEIGHTS, "street") for number in range(3)}, "en",
                 kept, set(documents)).outdated


@pytest.mark.parametrize("times", [1, 3])
def test_what_was_kept_is_the_same_however_often(times: int) -> None:
    documents = {"1": {**dict.fromkeys(WEIGHTS, ""), "body": "lamp Lamps, street"},
                 "2": {**dict.fromkeys(WEIGHTS, "street"), "title": "lamp"}}
    made = words(documents, "en")
    for _ in range(times):
        made = words(documents, "en", made, set(documents))
    assert json.dumps(made.data()) == json.dumps(words(documents, "en").data())
