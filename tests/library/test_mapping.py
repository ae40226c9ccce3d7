"""The free themes of the gathered facts, mapped once to the vocabularies, and the records that carry their terms."""

import functools
from pathlib import Path

import pytest

from loaded import PROJECT
from safecities import pipeline
from safecities.catalogue import Catalogue
from safecities.records import read_text, strict_yaml
from safecities.site import load_site

MAPPING = strict_yaml.load(read_text(PROJECT / "vocabularies/_mapping.yml")).data
TERMS, RECORDS, EXCEPTIONS = MAPPING["themes"], MAPPING["records"], MAPPING["exceptions"]


@functools.cache
def catalogue() -> Catalogue:
    return pipeline.load(load_site(PROJECT))[0]


def lacking(record: str, theme: str) -> list[str]:
    """The terms of a free theme that a record doesn't carry."""
    fields = catalogue().entries[record].fields
    return [term for vocabulary, terms in TERMS[theme].items() if vocabulary != "none"
            for term in terms if term not in getattr(fields, vocabulary)]


def test_the_free_themes_of_every_case_study_are_there() -> None:
    ids = (Path(__file__).parent / "ids.txt").read_text(encoding="utf-8").split("\n")
    assert list(RECORDS) == [Path(line).stem for line in ids if line.startswith("casestudies/")]


def test_every_free_theme_is_mapped_and_no_other() -> None:
    assert sorted({theme for themes in RECORDS.values() for theme in themes}) == sorted(TERMS)


@pytest.mark.parametrize("theme", TERMS)
def test_a_free_theme_leads_to_terms_that_exist_or_says_why_to_none(theme: str) -> None:
    mapped = dict(TERMS[theme])
    reason = mapped.pop("none", "")
    assert bool(mapped) != bool(reason)
    assert [term for vocabulary, terms in mapped.items() for term in terms
            if term not in catalogue().vocabularies[vocabulary].terms] == []


@pytest.mark.parametrize("record", RECORDS)
def test_a_record_carries_the_terms_of_its_free_themes_or_is_excepted_with_a_reason(record: str) -> None:
    excepted = EXCEPTIONS.get(record, {})
    assert [theme for theme in RECORDS[record] if lacking(record, theme)] == list(excepted)
    assert all(excepted.values())


def test_exceptions_are_of_records_that_are_mapped() -> None:
    assert EXCEPTIONS.keys() <= RECORDS.keys()
