"""Documents turned inside out: the impacts are BM25F's, worked out here one by one."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from safecities import analysis
from safecities.documents import WEIGHTS, Document
from safecities.search import postings
from safecities.search.inverted import LENGTH_COUNTS, SATURATION, invert

WORD = st.sampled_from(["lamp", "lamps", "street", "Saint-Denis", "l'audit", "—", "½", "bus,", "الشارع", "وسلامة", ""])
FIELDS = st.fixed_dictionaries({field: st.lists(WORD, max_size=12).map(" ".join) for field in WEIGHTS})


def document(fields: dict[str, str], lang: str) -> Document:
    return Document("x", "tool", lang, "en", "x.html", "", "", fields, {}, "en")


def shares(documents: list[Document]) -> dict[str, dict[int, float]]:
    """Group -> document -> what its impact stands for, without arrays and without haste."""
    counts = [{field: [group for token in analysis.tokens(one.fields[field], one.field_lang(field))
                       for group in dict.fromkeys(token.groups)] for field in WEIGHTS} for one in documents]
    averages = {}
    for field in WEIGHTS:
        lengths = [len(count[field]) for count in counts if count[field]]
        averages[field] = float(f"{sum(lengths) / len(lengths):.2g}") if lengths else 1.0
    found: dict[str, dict[int, float]] = {}
    for number, count in enumerate(counts):
        for group in {group for groups in count.values() for group in groups}:
            whole = sum(
                WEIGHTS[field] * count[field].count(group)
                / (1 - LENGTH_COUNTS + LENGTH_COUNTS * len(count[field]) / averages[field]) for field in WEIGHTS)
            found.setdefault(group, {})[number] = whole / (SATURATION + whole)
    return found


@given(st.lists(FIELDS, max_size=6), st.sampled_from(["en", "fr", "ar"]))
def test_impacts_are_those_of_the_formula(fields: list[dict[str, str]], lang: str) -> None:
    documents = [document(one, lang) for one in fields]
    expected = shares(documents)
    made = invert(documents)
    found = {group: dict(postings.decode(text, made.width)) for group, text in made.postings.items()}
    assert found.keys() == expected.keys()
    for group, rows in expected.items():
        assert found[group].keys() == rows.keys()
        # The nearest of the impacts that are told apart; weights are rounded to a millionth.
        step = 1 / postings.levels(np.array([len(rows)]), len(documents))[0]
        assert all(abs(found[group][number] / postings.most(made.width) - max(share, step)) <= step / 2 + 1e-5
                   for number, share in rows.items())


@given(st.lists(FIELDS, max_size=6))
def test_every_form_leads_to_groups_that_there_are(fields: list[dict[str, str]]) -> None:
    found = invert([document(one, "fr") for one in fields])
    assert {group for groups in found.forms.values() for group in groups} == found.postings.keys()


@pytest.mark.parametrize("documents", [[], [document(dict.fromkeys(WEIGHTS, ""), "en")]])
def test_where_there_are_no_words_there_is_no_index(documents: list[Document]) -> None:
    found = invert(documents)
    assert (dict(found.forms), dict(found.postings)) == ({}, {})


def test_a_longer_document_leaves_the_impacts_in_others_alone() -> None:
    one = document({**dict.fromkeys(WEIGHTS, ""), "body": "lamp " * 40}, "en")
    others = [document({**one.fields, "body": f"{word} bus " * 20}, "en") for word in ("street", "tree")]
    longer = document({**one.fields, "body": one.fields["body"] + "lamp"}, "en")
    before, after = invert([*others, one]).postings, invert([*others, longer]).postings
    assert before["bus"] == after["bus"]
