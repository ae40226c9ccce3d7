"""Documents turned inside out: the weights are BM25F's, worked out here one by one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safecities import analysis
from safecities.documents import WEIGHTS, Document
from safecities.search import inverted, postings, rice
from safecities.search.inverted import LENGTH_COUNTS, NORMS, Inverted
from safecities.search.words import Words

WORD = st.sampled_from(["lamp", "lamps", "street", "Saint-Denis", "l'audit", "—", "½", "bus,", "الشارع", "وسلامة", ""])
FIELDS = st.fixed_dictionaries({field: st.lists(WORD, max_size=12).map(" ".join) for field in WEIGHTS})


def document(fields: dict[str, str], lang: str) -> Document:
    return Document("x", "tool", lang, "en", "x.html", "", "", fields, {}, "en")


def invert(documents: list[Document]) -> Inverted:
    words = Words()
    words.extend((str(number), lambda one=one: one) for number, one in enumerate(documents))  # type: ignore[misc]
    return inverted.invert(words)


def sums(documents: list[Document]) -> tuple[dict[str, dict[int, float]], list[float]]:
    """Group -> document -> BM25F's weighted sum, and each body's norm, without arrays and without haste."""
    counts = [{field: [group for token in analysis.tokens(one.fields[field], one.field_lang(field))
                       for group in dict.fromkeys(token.groups)] for field in WEIGHTS} for one in documents]
    averages = {}
    for field in WEIGHTS:
        lengths = [len(count[field]) for count in counts if count[field]]
        averages[field] = float(f"{sum(lengths) / len(lengths):.2g}") if lengths else 1.0
    norms = [{field: 1 - LENGTH_COUNTS + LENGTH_COUNTS * len(count[field]) / averages[field] for field in WEIGHTS}
             for count in counts]
    found: dict[str, dict[int, float]] = {}
    for number, (count, norm) in enumerate(zip(counts, norms, strict=True)):
        for group in {group for groups in count.values() for group in groups}:
            found.setdefault(group, {})[number] = sum(
                WEIGHTS[field] * count[field].count(group) / norm[field] for field in WEIGHTS)
    return found, [norm["body"] for norm in norms]


@given(st.lists(FIELDS, max_size=6), st.sampled_from(["en", "fr", "ar"]))
def test_weights_and_norms_are_those_of_the_formula(fields: list[dict[str, str]], lang: str) -> None:
    documents = [document(one, lang) for one in fields]
    expected, norms = sums(documents)
    made = invert(documents)
    found = {group: dict(postings.decode(text)) for group, text in made.postings.items()}
    assert found.keys() == expected.keys()
    for group, rows in expected.items():
        assert found[group].keys() == rows.keys()
        for number, whole in rows.items():
            # To the nearest of sixteen steps an octave, from a half on.
            assert found[group][number] == pytest.approx(max(whole * norms[number], 0.5), rel=2 ** (1 / 32) - 1 + 1e-4)
    if made.norms:
        told = [2 ** (rice.ALPHABET.index(letter) / NORMS - 1) for letter in made.norms]
        assert told == pytest.approx([max(norm, 0.5) for norm in norms], rel=2 ** (1 / 32) - 1 + 1e-4)


@given(st.lists(FIELDS, max_size=6))
def test_every_form_leads_to_groups_that_there_are(fields: list[dict[str, str]]) -> None:
    found = invert([document(one, "fr") for one in fields])
    assert {group for groups in found.forms.values() for group in groups} == found.postings.keys()


@pytest.mark.parametrize("documents", [[], [document(dict.fromkeys(WEIGHTS, ""), "en")]])
def test_where_there_are_no_words_there_is_no_index(documents: list[Document]) -> None:
    found = invert(documents)
    assert (dict(found.forms), dict(found.postings)) == ({}, {})


def test_a_longer_document_leaves_the_weights_in_others_alone() -> None:
    one = document({**dict.fromkeys(WEIGHTS, ""), "body": "lamp " * 40}, "en")
    others = [document({**one.fields, "body": f"{word} bus " * 20}, "en") for word in ("street", "tree")]
    longer = document({**one.fields, "body": one.fields["body"] + "lamp"}, "en")
    before, after = invert([*others, one]).postings, invert([*others, longer]).postings
    assert before["bus"] == after["bus"]
