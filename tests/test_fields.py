"""Front matter against its model: whatever is written, there are values or problems with places, never a traceback."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from safecities import catalogue, content, fields, rules, schema
from safecities.problems import Problem
from safecities.records.files import cut
from safecities.records.refusals import Mark
from safecities.records.strict_yaml import load
from safecities.site import Language, Site
from safecities.vocabularies import Vocabulary

MODELS: dict[str, type[BaseModel]] = {**schema.MODELS, "translation": schema.Translation, "guidance": schema.Guidance}
NAMES = sorted({name for model in (*MODELS.values(), schema.Version, schema.Reference, schema.Partner, schema.Cost)
                for name in model.model_fields})
WORD = st.sampled_from(["", "x", "en", "EN", "2008", "2002/..", "2026-01-01", "1, 2", "NO", "guide", "stub", "10.1/x",
                        "EUR", "https://a.example/", "000000000000", "9782921916523", "free", "مدن", "-1", "1e5", "١٢"])
VALUE = st.recursive(WORD, lambda inner: st.lists(inner, max_size=3)
                     | st.dictionaries(st.sampled_from(NAMES) | WORD, inner, max_size=4), max_leaves=8)
SITE = Site(Path("/nowhere"), "n", "d", "", (Language("en", "English"), Language("es", "Español")), "en",
            Path("/nowhere/docs"), Path("/nowhere/site"))


class Quoted(yaml.SafeDumper):
    """Writes no anchors for what occurs twice."""

    def ignore_aliases(self, data: object) -> bool:
        return True


FOLDER = TemporaryDirectory()


def source(data: dict[str, Any], kind: str, body: str = "") -> content.Source:
    text = "---\n" + yaml.dump(data, default_style='"', allow_unicode=True, Dumper=Quoted) + "---\n" + body
    parts = cut(text)
    lang = "es" if kind == "translation" else None
    path = Path(FOLDER.name, f"x{'.es' if lang else ''}.md")
    path.write_text(text, encoding="utf-8")
    return content.Source(FOLDER.name, path.name, "x", lang, load(parts.front).data)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(sorted(MODELS)), st.dictionaries(st.sampled_from(NAMES) | WORD, VALUE, max_size=12))
def test_any_fields_give_values_or_problems_in_the_file(kind: str, data: dict[str, Any]) -> None:
    written = source(data, kind)
    values, problems = fields.check(written, MODELS[kind])
    assert (values is None) == bool(problems)
    for problem in problems:
        assert problem.rule in rules.manual()
        assert 1 <= problem.line < written.body_line
        assert problem.column >= 1
        assert "pydantic" not in problem.message
        assert "Input should" not in problem.message


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.sampled_from(NAMES) | WORD, VALUE, max_size=12),
       st.sampled_from(["tool", "case-study", "guidance"]), st.text("#<>[]()`!:/\\\n- abجx[[]]", max_size=60))
def test_the_rules_look_at_any_file_that_could_be_taken_apart(data: dict[str, Any], kind: str, body: str) -> None:
    written = source(data, kind, body)
    values, _ = fields.check(written, MODELS[kind])
    items = (content.Item(written, values, kind),) if values else ()
    empty = {name: Vocabulary(name, f"vocabularies/{name}.yml", {}) for name in schema.VOCABULARY_FIELDS}
    everything = content.Content(
        SITE, empty, () if kind == "guidance" else items, (), items if kind == "guidance" else (), (),
        (content.Written(written, kind, (0, 0, 0, 0)),), frozenset({"x"}), frozenset({"x"}))
    for problem in rules.check(everything, rules.check_files(everything)):
        assert isinstance(problem, Problem)
        assert problem.line >= 1
        assert problem.column >= 1
    catalogue.build(everything)


@pytest.mark.parametrize(("data", "path", "name"), [
    ({"versions": [{"language": "en"}, {"url": "x"}]}, (3, 1), "`versions[2].url`"),
    ({"cost": {"amount": "x", "currency": "EUR"}}, (3, 1), "`cost.amount`"),
])
def test_places_in_lists_are_counted_as_people_count(data: dict[str, Any], path: tuple[int, int], name: str) -> None:
    kind = "case-study" if "cost" in data else "tool"
    _, problems = fields.check(source(data, kind), MODELS[kind])
    assert any(problem.message.startswith(name) for problem in problems)


def test_a_fault_inside_a_list_is_not_also_called_an_empty_list() -> None:
    written = source({"sources": [{"year": "x"}], "organisations": [""]}, "case-study")
    _, problems = fields.check(written, schema.CaseStudy)
    assert [problem.message for problem in problems if "is empty; at least" in problem.message] == []


@pytest.mark.parametrize(("data", "words"), [
    ({"themes": "data, public-space"}, "`themes` must be a list; put it between brackets: `[data, public-space]`"),
    ({"themes": "-data -public-space"}, "after each hyphen goes a space: `- data`"),
    ({"themes": ""}, "`themes` must be a list, such as [one, another]; write one or delete the line"),
    ({"versions": "English"}, "`versions` must be a list: below it, each row begins with a hyphen and a space"),
    ({"versions": {"• language": "en"}}, "`- language: …`"),
    ({"versions": ["en", "es"]}, "`versions[1]` must be fields, each with its name, a colon and its value, such as "
     "`language: en`"),
    ({"title": {"Lamps": "a map"}}, "put a text with a colon between double quotes"),
])
def test_what_is_no_list_or_no_row_is_shown_as_one(data: dict[str, Any], words: str) -> None:
    _, problems = fields.check(source(data, "tool"), schema.Tool)
    assert [problem for problem in problems if words in problem.message]


def test_the_place_of_what_is_missing_is_that_of_what_is_around_it() -> None:
    written = source({"title": "T", "versions": [{"url": "https://a.example/"}]}, "tool")
    _, problems = fields.check(written, schema.Tool)
    marks = {problem.message.partition(" ")[0]: Mark(problem.line, problem.column) for problem in problems}
    assert marks["`summary`"] == Mark(1, 1)
    assert marks["`versions[1].language`"] == written.mark(("versions", 0))
