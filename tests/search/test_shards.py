"""Shards together are the index, and a reader finds every form in the one shard that its letters name."""

from bisect import bisect_right

from hypothesis import given
from hypothesis import strategies as st
from javascript import run

from safecities.search import postings, rice, shards
from safecities.search.inverted import Inverted
from safecities.search.postings import Postings

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
                    {name: Postings(postings.encode_numbers(sorted(found)), "") for name, found in groups.items()})


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
    index = Inverted(forms, {group: Postings("AAkA", "Aw") for (group,) in forms.values()})
    found = shards.cut(index, 2_000)
    assert len(found) > 5
    assert found[0].first == ""
    for shard in found:
        size = sum(map(len, shard.forms)) + sum(len(text) for held in shard.postings for text in held)
        assert size <= 2_000
        assert all(form >= shard.first for form in shard.forms)


def test_an_index_without_words_has_no_shards() -> None:
    assert shards.cut(Inverted({}, {})) == ()


@given(indexes(), st.integers(1, 400))
def test_a_shard_is_read_as_it_was_written(index: Inverted, target: int) -> None:
    for shard in shards.cut(index, target):
        data = shard.data()
        cuts = [cut for (cut,) in rice.decode(data["cuts"])]
        words = iter(data["stems"].split(" "))
        rows = iter(rice.decode(data["groups"], 2))
        stems: list[str] = []
        for form, expected in zip(data["forms"].split(" "), shard.groups, strict=True):
            found: list[int] = []
            more = 1
            while more:
                more, back = next(rows)
                found.append(len(stems) - back)
                if not back:
                    cut = cuts[len(stems)]
                    whole = shards.units(form)
                    stems.append(whole[: len(whole) - 2 * (cut - 1)].decode("utf-16-be") if cut else next(words))
            assert tuple(found) == expected
        assert (next(rows, None), tuple(stems)) == (None, shard.stems)
        assert data["numbers"].split(" ") == [held.numbers for held in shard.postings]
        assert data["weights"].split(" ") == [held.weights for held in shard.postings]


@given(indexes())
def test_every_group_is_known_by_its_name(index: Inverted) -> None:
    for shard in shards.cut(index):
        assert [index.postings[stem] for stem in shard.stems] == list(shard.postings)


def test_the_browser_reads_what_was_written() -> None:
    # A form with two groups, one that shares a group, one that doesn't begin with its stem, one beyond the first plane.
    forms = {"aller": ("all",), "vais": ("all",), "est": ("e", "est"), "es": ("e",), "\U0001f600s": ("\U0001f600",)}
    held = {group: Postings(postings.encode_numbers([at, at + 3]), "")
            for at, group in enumerate(["all", "e", "est", "\U0001f600"])}
    cut = shards.cut(Inverted(forms, held))
    found = run(["postings", "lookup"], """async ([shards, asked]) => {
      safecities.isCharacter = safecities.hasNoSpaces = () => false;
      const index = { shards: shards.map(([first]) => first), part: async (name) => shards[name.split("-")[1]][1] };
      return Promise.all(asked.map(async (form) => {
        const { rows: [{ data, places: [place] }] } = await safecities.lookup(index, [form]);
        const groups = data.groups[place].map((group) => data.numbers[group]);
        return [groups, Array.from(data.stems.keys())];
      }));
    }""", [[[shard.first, shard.data()] for shard in cut], list(forms)])
    assert [groups for groups, _ in found] == [[held[group].numbers for group in groups] for groups in forms.values()]
    assert set(found[0][1]) == {"all", "e", "est", "\U0001f600"}
