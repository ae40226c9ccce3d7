"""Shards together are the index, and a reader finds every form in the one shard that its letters name."""

from bisect import bisect_right

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safecities.search import postings, shards
from safecities.search.inverted import Inverted

LETTERS = "abcé\uff5e\U0001f600ب"


@st.composite
def indexes(draw: st.DrawFn) -> Inverted:
    groups = draw(st.dictionaries(
        st.text("xyz", min_size=1, max_size=3),
        st.sets(st.integers(0, 500), min_size=1, max_size=9),
        min_size=1, max_size=9))
    names = st.sets(st.sampled_from(sorted(groups)), min_size=1, max_size=3)
    words = st.text(LETTERS, min_size=1, max_size=4)
    forms = draw(st.dictionaries(words, names, min_size=1, max_size=40))
    return Inverted({form: tuple(sorted(found)) for form, found in forms.items()},
                    {name: postings.encode_numbers(sorted(found)) for name, found in groups.items()})


def home(found: tuple[shards.Shard, ...], form: str) -> shards.Shard:
    """The shard in which a browser looks: the last one that doesn't begin after the form."""
    return found[bisect_right([shards.units(shard.first) for shard in found], shards.units(form)) - 1]


@given(indexes(), st.integers(1, 400))
def test_every_form_leads_to_its_postings_within_its_own_shard(index: Inverted, target: int) -> None:
    found = shards.cut(index, target)
    for form, groups in index.forms.items():
        shard = home(found, form)
        places = shard.groups[shard.forms.index(form)]
        assert [shard.postings[place] for place in places] == [index.postings[group] for group in groups]


@given(indexes(), st.integers(1, 400))
def test_no_form_stands_twice_and_all_are_in_the_order_of_browsers(index: Inverted, target: int) -> None:
    found = [shards.units(form) for shard in shards.cut(index, target) for form in shard.forms]
    assert found == sorted(set(found))
    assert len(found) == len(index.forms)


def test_shards_keep_to_their_size_and_forms_with_the_same_first_letters_together() -> None:
    forms = {f"{first}{number:03}": (f"{first}{number}",) for first in "abcdef" for number in range(200)}
    index = Inverted(forms, {group: "AAkAAw" for (group,) in forms.values()})
    found = shards.cut(index, 2_000)
    assert len(found) > 5
    assert found[0].first == ""
    for shard in found:
        size = sum(map(len, (*shard.forms, *shard.postings)))
        assert size <= 2_000
        assert all(form >= shard.first for form in shard.forms)


def test_an_index_without_words_has_no_shards() -> None:
    assert shards.cut(Inverted({}, {})) == ()


@pytest.mark.parametrize(("places", "written"), [((3,), 3), ((1, 2), [1, 2])])
def test_a_lone_group_is_written_without_brackets(places: tuple[int, ...], written: object) -> None:
    assert shards.Shard("", ("a",), (places,), ("AA",)).data()["groups"] == [written]


@given(indexes(), st.integers(1, 400))
def test_every_group_s_stem_can_be_told(index: Inverted, target: int) -> None:
    for shard in shards.cut(index, target):
        told: dict[int, str] = {}
        for form, places in zip(shard.forms, shard.groups, strict=True):
            for place in places:
                held = shard.stems[place]
                first = shards.units(form)[: 2 * held].decode("utf-16-be") if isinstance(held, int) else held
                told.setdefault(place, first)
        names = {place: name for form, places in zip(shard.forms, shard.groups, strict=True)
                 for place, name in zip(places, index.forms[form], strict=True)}
        assert told == names
