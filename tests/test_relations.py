"""Records that belong together are found and say why; never a record and itself."""

import dataclasses
import re
from collections.abc import Callable
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from loaded import Loaded
from safecities import catalogue, relations
from safecities.content import read_content
from safecities.index import Nearest
from safecities.keys import Keys
from safecities.pages import Renderer
from safecities.relations import CITED, WORDS, WRITTEN, Reason, Relation
from safecities.site import load_site

PROJECT = Path(__file__).parents[1]
JUDGED = Path(__file__).parent / "search" / "relevance" / "related.tsv"
FROZEN = Path(__file__).parent / "search" / "relevance" / "related-frozen.txt"
DEPTH = 5
ALLOWED = 0.03

Found = dict[str, tuple[Relation, ...]]


@pytest.fixture(scope="module")
def library() -> catalogue.Catalogue:
    return catalogue.build(read_content(load_site(PROJECT))[0])


@pytest.fixture(scope="module")
def found(library: catalogue.Catalogue) -> Any:
    return relations.find(library, Nearest(library))


@pytest.fixture(scope="module")
def unaided(library: catalogue.Catalogue) -> Any:
    """What is found where editors have written nothing."""
    silent = {name: dataclasses.replace(entry, related=()) for name, entry in library.entries.items()}
    bare = dataclasses.replace(library, entries=MappingProxyType(silent))
    return relations.find(bare, Nearest(bare))


def judged() -> dict[str, set[str]]:
    rows = (line.split("\t") for line in JUDGED.read_text(encoding="utf-8").splitlines())
    return {name: set(others.split()) for name, others in rows}


def precision(found: Found, wanted: dict[str, set[str]]) -> float:
    """Of the first five, or as many as there are right ones, the share that is right; the mean over all records."""
    shares = [len({relation.id for relation in found[name][:DEPTH]} & right) / min(DEPTH, len(right))
              for name, right in wanted.items()]
    return sum(shares) / len(shares)


@pytest.mark.golden
def test_what_belongs_together_is_found_as_well_as_it_was(unaided: Found, golden: Callable[[Path, str], None],
                                                          request: pytest.FixtureRequest) -> None:
    wanted = judged()
    assert len(wanted) >= 25
    reached = precision(unaided, wanted)
    if request.config.getoption("--rewrite-golden"):
        golden(FROZEN, f"{reached:.3f}\n")
    assert reached >= float(FROZEN.read_text(encoding="utf-8")) - ALLOWED
    # The set can tell good from bad: a neighbour's answer is hardly ever right.
    shifted = dict(zip(wanted, [*list(wanted.values())[1:], next(iter(wanted.values()))], strict=True))
    assert precision(unaided, shifted) < 0.2


def test_words_terms_and_guidance_each_add_to_it(library: catalogue.Catalogue, unaided: Found,
                                                 monkeypatch: pytest.MonkeyPatch) -> None:
    told = {reason.kind for rows in unaided.values() for relation in rows for reason in relation.reasons}
    assert told >= {CITED, WORDS, "themes", "categories", "countries", "place", "organisations"}
    for part in relations.PARTS:
        monkeypatch.setattr(relations, "PARTS", {**relations.PARTS, part: 0.0})
        assert relations.find(library, Nearest(library)) != unaided
        monkeypatch.undo()


def test_all_that_is_judged_exists(library: catalogue.Catalogue) -> None:
    for name, others in judged().items():
        assert {name, *others} <= library.entries.keys()
        assert name not in others


def test_no_record_is_related_to_itself_and_none_is_named_twice(found: Found) -> None:
    for name, rows in found.items():
        named = [relation.id for relation in rows]
        assert name not in named
        assert len(set(named)) == len(named)


def test_a_record_is_never_related_to_its_own_translations(library: catalogue.Catalogue) -> None:
    """Whatever language it is read in: no address of the record, in any language, stands among its relations."""
    renderer = Renderer(library)
    names = [name for name, entry in library.entries.items() if len(entry.texts) > 1][::12]
    assert names
    for name in names:
        for lang in library.site.tags:
            main = renderer.record(library.entries[name], lang)["main"]
            part = main[main.index("data-related"):]
            links = re.findall(r'href="([^"]+)"', part)
            assert links
            assert not [link for link in links if link.endswith(f"/{name}.html") or link == f"{name}.html"]


def test_what_editors_have_written_comes_first_on_both_sides(library: catalogue.Catalogue, found: Found) -> None:
    for name, rows in found.items():
        written = [relation.id for relation in rows if Reason(WRITTEN) in relation.reasons]
        assert sorted(written) == list(library.entries[name].related)
        assert [relation.id for relation in rows][: len(written)] == written
        assert len(rows) <= max(relations.MOST, len(written))


def test_every_reason_is_true(library: catalogue.Catalogue, found: Found) -> None:
    for name, rows in found.items():
        for relation in rows:
            assert 0 < len(relation.reasons) <= relations.MOST_REASONS
            one, other = library.entries[name], library.entries[relation.id]
            for kind, value in relation.reasons:
                if kind == CITED:
                    assert value in set(one.cited_in) & set(other.cited_in)
                elif kind == "place":
                    assert one.fields.place == other.fields.place == value
                elif kind not in (WRITTEN, WORDS):
                    assert value in set(getattr(one.fields, kind)) & set(getattr(other.fields, kind))


def test_every_page_gives_the_reasons_in_its_own_words(library: catalogue.Catalogue) -> None:
    renderer = Renderer(library)
    entry = library.entries["observatoire-allier"]
    said = {lang: re.findall(r'related__why">([^<]*)<', renderer.record(entry, lang)["main"])
            for lang in library.site.tags}
    assert {len(rows) for rows in said.values()} == {relations.MOST}
    assert all(row.strip() for rows in said.values() for row in rows)
    assert "same category: Observatory" in "".join(said["en"])
    assert "même catégorie\u00a0: Observatoire" in "".join(said["fr"])
    for lang, rows in said.items():
        assert lang == "en" or not any("same " in row or "cited" in row for row in rows)


def test_one_that_nothing_is_like_has_no_relations(load: Callable[[], Loaded], change: Callable[..., Path]) -> None:
    found = load().catalogue
    alone = dataclasses.replace(found, entries=MappingProxyType({"lamp-map": found.entries["lamp-map"]}))
    assert relations.find(alone, Nearest(alone)) == {"lamp-map": ()}
    nothing = dataclasses.replace(found, entries=MappingProxyType({}))
    assert relations.find(nothing, Nearest(nothing)) == {}


def test_what_was_found_is_kept_until_something_changes(load: Callable[[], Loaded],
                                                        change: Callable[..., Path]) -> None:
    def kept(asked: list[str]) -> Any:
        found = load().catalogue

        def nearest() -> Nearest:
            asked.append("nearest")
            return Nearest(found)

        return relations.kept(found, Keys(found), nearest)

    asked: list[str] = []
    first = kept(asked)
    assert asked == ["nearest"]
    assert first["night-bus"][0] == Relation("street-audit", first["night-bus"][0].reasons)
    assert kept(asked) == first
    assert asked == ["nearest"]
    change("casestudies/night-bus.md", "related: [street-audit]\n", "")
    assert kept(asked) != first
    assert asked == ["nearest", "nearest"]
