"""Search knows of a page what a reader of that page can see."""

from pathlib import Path

import pytest

from safecities import catalogue
from safecities.content import read_content
from safecities.documents import KINDS, WEIGHTS, Document, documents
from safecities.site import load_site

TINY = Path(__file__).parent / "fixtures" / "tiny"


@pytest.fixture(scope="module")
def spanish() -> dict[str, Document]:
    built = catalogue.build(read_content(load_site(TINY))[0])
    return {document.id: document for document in documents(built, "es")}


def test_every_page_is_a_document_in_every_language_guidance_first(spanish: dict[str, Document]) -> None:
    assert list(spanish) == ["guidance/one", "index", "night-bus", "lamp-map", "street-audit"]
    order = [KINDS.index(document.kind) for document in spanish.values()]
    assert order == sorted(order)


def test_addresses_are_those_of_the_pages(spanish: dict[str, Document]) -> None:
    assert spanish["index"].address == "es/index.html"
    assert spanish["guidance/one"].address == "es/guidance/one.html"
    assert spanish["night-bus"].address == "es/casestudies/night-bus.html"
    assert spanish["lamp-map"].address == "es/tools/lamp-map.html"


def test_a_document_without_translation_holds_another_text_and_says_so(spanish: dict[str, Document]) -> None:
    missing, there = spanish["lamp-map"], spanish["street-audit"]
    assert (missing.lang, missing.text_lang, missing.title) == ("es", "en", "Lamp map")
    assert (there.lang, there.text_lang, there.title) == ("es", "es", "Ficha de auditoría de la calle")
    assert missing.field_lang("body") == "en"
    assert missing.field_lang("terms") == "es"


def test_terms_and_territories_stand_in_the_language_of_the_page(spanish: dict[str, Document]) -> None:
    terms = spanish["street-audit"].fields["terms"]
    assert "Auditoría de seguridad" in terms
    assert "Espacio público" in terms
    assert "Argentina" in terms
    assert "Datos" in spanish["lamp-map"].fields["terms"]


def test_names_of_works_places_and_people_can_be_found(spanish: dict[str, Document]) -> None:
    names = spanish["night-bus"].fields["organisations"]
    for name in ("Petiteville", "Petiteville Transport", "Night Walkers", "Town of Petiteville"):
        assert name in names
    assert "Ficha de auditoría" in spanish["street-audit"].fields["organisations"]


def test_an_organisation_that_nobody_knows_is_no_name(spanish: dict[str, Document]) -> None:
    assert spanish["lamp-map"].fields["organisations"] == ""


def test_bodies_are_plain_text_without_the_records_embedded_in_them(spanish: dict[str, Document]) -> None:
    body = spanish["guidance/one"].fields["body"]
    assert "Pida a las mujeres" in body
    assert "street-audit" not in body
    assert "600 metros" in spanish["night-bus"].fields["body"]
    assert "**" not in spanish["night-bus"].fields["body"]


def test_every_document_has_every_field_that_counts(spanish: dict[str, Document]) -> None:
    assert all(set(document.fields) == set(WEIGHTS) for document in spanish.values())
