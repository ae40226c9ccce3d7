"""The types of fields: what each accepts, and what becomes of it."""

import time
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from safecities import schema
from safecities.schema import CaseStudy, Guidance, Tool, Translation
from safecities.values import Coordinates, Url, Years

TOOL: dict[str, Any] = {
    "title": "Checklist", "summary": "A list.", "categories": ["guide"], "themes": ["data"], "organisations": ["A"],
    "versions": [{"language": "en"}], "status": "stub", "added": "2026-01-01",
}
CASE: dict[str, Any] = {
    "title": "Lights", "summary": "Lamps.", "themes": ["data"], "organisations": ["A"], "sources": [{"title": "R"}],
    "status": "stub", "added": "2026-01-01",
}


def tool(**fields: Any) -> Tool:
    return Tool.model_validate({**TOOL, **fields})


def case(**fields: Any) -> CaseStudy:
    return CaseStudy.model_validate({**CASE, **fields})


def message(model: type[schema.BaseModel], data: dict[str, Any]) -> str:
    """All that is wrong, in one text."""
    with pytest.raises(ValidationError) as caught:
        model.model_validate(data)
    return "; ".join(error["msg"] for error in caught.value.errors())


@pytest.mark.parametrize(("field", "written", "value"), [
    ("title", " Checklist ", "Checklist"), ("title", "x" * 200, "x" * 200), ("summary", "م" * 400, "م" * 400),
    ("year", "2008", 2008), ("year", "1500", 1500), ("year", "2100", 2100),
    ("years", "2002/2010", Years(2002, 2010)), ("years", "2002/..", Years(2002, None)),
    ("years", "../2010", Years(None, 2010)), ("years", "2002/2002", Years(2002, 2002)),
    ("added", "2024-02-29", date(2024, 2, 29)),
    ("coordinates", "-32.95, -60.64", Coordinates(-32.95, -60.64)), ("coordinates", "0,0", Coordinates(0.0, 0.0)),
    ("coordinates", "90, 180", Coordinates(90.0, 180.0)), ("coordinates", "-90, -180", Coordinates(-90.0, -180.0)),
    ("coordinates", "48.856614, 2.352222", Coordinates(48.86, 2.35)),
    ("identifier", "9782921916523", "ISBN 978-2-921916-52-3"),
    ("identifier", "ISBN 978-2-921916-52-3", "ISBN 978-2-921916-52-3"),
    ("identifier", "isbn-10: 0-306-40615-2", "ISBN 0-306-40615-2"), ("identifier", "080442957X", "ISBN 0-8044-2957-X"),
    ("identifier", "10.1000/xyz123", "doi:10.1000/xyz123"), ("identifier", "doi:10.1000/xyz", "doi:10.1000/xyz"),
    ("identifier", "https://doi.org/10.1000/182", "doi:10.1000/182"),
    ("licence", "unknown", "unknown"), ("licence", "CC-BY-4.0", "CC-BY-4.0"),
    ("licence", "cc-by-sa-3.0", "CC-BY-SA-3.0"),
    ("language", "es", "es"), ("language", "pt-BR", "pt-BR"), ("language", "zh-Hant", "zh-Hant"),
    ("language", "es-419", "es-419"), ("language", "EN", "en"), ("language", "PT-br", "pt-BR"),
    ("countries", ["NO", "AR"], ("NO", "AR")), ("countries", [], ()),
    ("scope", "metropolitan", "metropolitan"), ("access", "registration", "registration"),
    ("themes", list("abcdef"), tuple("abcdef")), ("related", ["a-1", "b"], ("a-1", "b")),
])
def test_a_value_is_accepted_and_has_its_type(field: str, written: Any, value: Any) -> None:
    found = getattr(tool(**{field: written}), field)
    assert found == value
    assert type(found) is type(value)


def test_a_latitude_of_zero_has_no_sign() -> None:
    assert str(tool(coordinates="-0.001, -0.004").coordinates) == "Coordinates(lat=0.0, lon=0.0)"


@pytest.mark.parametrize(("field", "written", "words"), [
    ("title", "", "is empty"), ("title", "two\nlines", "one line"), ("title", "x" * 201, "200"),
    ("summary", "x" * 401, "400"), ("content_note", "x" * 301, "300"), ("title", ["x"], "string"),
    ("year", "08", "`08` is no year"), ("year", "1499", "from 1500 to 2100"), ("year", "2101", "from 1500 to 2100"),
    ("year", "٢٠٠٨", "no year"), ("year", "2008-09", "no year"), ("year", ["2008"], "not a list"),
    ("years", "2010/2002", "ends before it begins"), ("years", "../..", "no span"), ("years", "2002", "no span"),
    ("years", "2002-2010", "no span"), ("years", "2002/1", "no span"), ("years", "2002/9999", "`9999` is no year"),
    ("added", "2023-02-29", "no date"), ("added", "2023-2-1", "no date"), ("added", "20230201", "no date"),
    ("added", "2023-W01-1", "no date"), ("reviewed", "01.02.2023", "YYYY-MM-DD"),
    ("coordinates", "90.5, 0", "latitude goes from"), ("coordinates", "0, 181", "longitude from"),
    ("coordinates", "1", "no place"), ("coordinates", "1, 2, 3", "no place"), ("coordinates", "1;2", "no place"),
    ("coordinates", "nan, 1", "no place"), ("coordinates", "1e1, 1", "no place"),
    ("identifier", "978-2-921916-52-4", "check digit"), ("identifier", "0-306-40615-3", "check digit"),
    ("identifier", "12345", "neither an ISBN"), ("identifier", "10.1/x", "neither"), ("identifier", "", "neither"),
    ("licence", "CC-BY", "did you mean `CC-BY-4.0`?"), ("licence", "Unknown", "did you mean `unknown`?"),
    ("licence", "MIT AND (", "no SPDX"),
    ("language", "klingon", "no BCP 47"), ("language", "en_GB", "no BCP 47"), ("language", "", "no BCP 47"),
    ("language", "e", "no BCP 47"),
    ("countries", ["no"], "did you mean `NO`?"), ("countries", ["NOR"], "did you mean `NO`?"),
    ("countries", ["Norway"], "did you mean `NO`?"), ("countries", ["UK"], "did you mean `GB`?"),
    ("countries", ["EU"], "accepted are codes"), ("countries", "NO", "tuple"), ("countries", ["NO", "NO"], "twice"),
    ("scope", "City", "did you mean `city`?"), ("access", "gratis", "free, registration, paid, unknown"),
    ("themes", [], "at least 1"), ("themes", list("abcdefg"), "at most 6"), ("themes", ["a", "a"], "twice"),
    ("categories", list("abcd"), "at most 3"), ("themes", ["A b"], "no id"), ("organisations", [], "at least 1"),
    ("organisations", [""], "is empty"), ("versions", [], "at least 1"), ("versions", [{}], "required"),
    ("versions", [{"language": "en", "url": "ftp://a.example"}], "no web address"),
    ("versions", [{"language": "en", "url": "javascript:alert(1)"}], "no web address"),
    ("versions", [{"language": "en", "url": "https://a.example/\"><b>"}], "no web address"),
    ("versions", [{"language": "en", "url": "https:///path"}], "no web address"),
    ("versions", [{"language": "en", "link": "x"}], "not permitted"),
    ("status", "done", "stub, partial, complete"), ("related", ["A"], "no id"), ("evidence", "monitored", "permitted"),
])
def test_a_value_is_refused_in_words_that_help(field: str, written: Any, words: str) -> None:
    assert words in message(Tool, {**TOOL, field: written})


@pytest.mark.parametrize(("field", "written", "hint"), [
    ("added", "1/2/2026", "did you mean `2026-02-01` or `2026-01-02`?"), ("added", "13/02/2026", "`2026-02-13`?"),
    ("added", "4 January 2026", "`2026-01-04`?"), ("added", "2026-1-4", "`2026-01-04`?"),
    ("year", "2008-2010", "several years go into `years`; did you mean `2008/2010`?"), ("year", "٢٠٠٨", "`2008`?"),
    ("years", "2008–2010", "`2008/2010`?"), ("years", "2008", "`2008/2008`?"), ("years", "since 2008", "`2008/..`?"),
    ("countries", ["Noruega"], "`NO`?"), ("countries", ["Norwy"], "`NO`?"), ("countries", ["النرويج"], "`NO`?"),
    ("countries", ["England"], "`GB`?"), ("countries", ["Côte d'Ivoire"], "`CI`?"),
    ("language", "Spanish", "`es`?"), ("language", "français", "`fr`?"), ("language", "inglés", "`en`?"),
    ("language", "en_GB", "`en-GB`?"), ("language", "en, es", "each language has a row of its own"),
    ("themes", ["Public space"], "`public-space`?"), ("themes", ["“data”"], "`data`?"),
    ("themes", ["a; b"], "between two entries stands a comma"), ("related", ["lamp-map.md"], "`lamp-map`?"),
    ("related", ["/tools_db/lamp-map"], "`lamp-map`?"), ("coordinates", ["1", "2"], "did you mean `1, 2`?"),
    ("versions", [{"language": "en", "url": "www.a.example"}], "`https://www.a.example`?"),
    ("versions", [{"language": "en", "url": "<https://a.example>"}], "`https://a.example`?"),
    ("versions", [{"language": "en", "url": "[it](https://a.example)"}], "`https://a.example`?"),
    ("status", "", "is empty; accepted are stub"),
])
def test_what_was_probably_meant_is_offered(field: str, written: Any, hint: str) -> None:
    assert hint in message(Tool, {**TOOL, field: written})


@pytest.mark.parametrize(("field", "written"), [
    ("year", "1499"), ("year", "c. 2008"), ("countries", ["EU"]), ("countries", ["xxxxxxxx"]), ("added", "2026-13-04"),
    ("language", "qqqqqqq"), ("versions", [{"language": "en", "url": "nowhere"}]), ("themes", ["!"]),
])
def test_where_nothing_is_near_nothing_is_offered(field: str, written: Any) -> None:
    assert "did you mean" not in message(Tool, {**TOOL, field: written})


def test_hundreds_of_wrong_countries_are_answered_soon() -> None:
    """A record from a stranger must not be able to keep the validator busy."""
    began = time.process_time()
    message(Tool, {**TOOL, "countries": [f"Xand{number}" for number in range(2000)]})
    assert time.process_time() - began < 5


@pytest.mark.parametrize("name", ["title", "summary", "categories", "themes", "organisations", "versions", "status",
                                  "added"])
def test_a_tool_needs_these_fields(name: str) -> None:
    assert "required" in message(Tool, {key: value for key, value in TOOL.items() if key != name})


@pytest.mark.parametrize("name", ["title", "summary", "themes", "organisations", "sources", "status", "added"])
def test_a_case_study_needs_these_fields(name: str) -> None:
    assert "required" in message(CaseStudy, {key: value for key, value in CASE.items() if key != name})


def test_what_a_record_does_not_say_is_empty_and_never_invented() -> None:
    record = case()
    assert (record.evidence, record.cost, record.years, record.countries) == ("unrated", None, None, ())
    assert (tool().licence, tool().access, tool().year) == (None, None, None)


def test_cost_is_an_exact_amount_in_a_currency() -> None:
    cost = case(cost={"amount": "1200.50", "currency": "EUR", "year": "2012"}).cost
    assert cost is not None
    assert (cost.amount, cost.currency, cost.year, cost.note) == (Decimal("1200.50"), "EUR", 2012, None)


@pytest.mark.parametrize(("cost", "words"), [
    ({"amount": "1,000", "currency": "EUR"}, "no amount"), ({"amount": "-1", "currency": "EUR"}, "no amount"),
    ({"amount": "1e5", "currency": "EUR"}, "no amount"), ({"amount": "1.234", "currency": "EUR"}, "no amount"),
    ({"amount": "1", "currency": "eur"}, "did you mean `EUR`?"), ({"amount": "1", "currency": "€"}, "no ISO 4217"),
    ({"amount": "1", "currency": "XYZ"}, "no ISO 4217"), ({"amount": "1"}, "required"), ("1000 EUR", "dict"),
])
def test_a_wrong_cost_is_refused(cost: object, words: str) -> None:
    assert words in message(CaseStudy, {**CASE, "cost": cost})


def test_a_translation_holds_prose_only() -> None:
    assert set(Translation.model_fields) == {"title", "summary", "content_note", "translation", "translated_from"}


@pytest.mark.parametrize("digest", ["", "abc", "0123456789AB", "0123456789abc", "00000000000g"])
def test_a_digest_is_twelve_small_hexadecimal_digits(digest: str) -> None:
    data = {"title": "T", "summary": "S", "translation": "draft", "translated_from": digest}
    assert "no digest" in message(Translation, data)


def test_values_cannot_be_changed_once_they_are_checked() -> None:
    with pytest.raises(ValidationError):
        tool().title = "Another"  # type: ignore[misc]


@pytest.mark.parametrize("model", [Tool, CaseStudy, Translation, Guidance])
def test_every_field_says_what_it_is_for(model: type[schema.BaseModel]) -> None:
    fields = [*model.model_fields.items(), *schema.Version.model_fields.items(), *schema.Reference.model_fields.items(),
              *schema.Cost.model_fields.items(), *schema.Partner.model_fields.items()]
    assert [name for name, field in fields if not (field.description or "").endswith((".", "…"))] == []


@pytest.mark.parametrize("url", [
    "https://a.example", "http://a.example/?x=1#y", "HTTPS://A.example/", "https://a.example:8080/x", "https://مثال.example/م",
    "https://a.example?x", "https://a.example/a_(b)",
])
def test_web_addresses_are_accepted(url: str) -> None:
    assert TypeAdapter(Url).validate_python(url) == url
