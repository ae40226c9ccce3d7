"""How records are cited: what others' programs read back is what was meant."""

import codecs
import json
import re
import string
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import latexcodec  # noqa: F401 - registers the codec
import pytest
import rispy
from hypothesis import given
from hypothesis import strategies as st
from pybtex.database import parse_string

from loaded import Loaded
from safecities import citation, exports
from safecities.citation import Work, bibtex, coins, csl, latex, ris

Change = Callable[[str, str, str], Path]
Load = Callable[[], Loaded]

NASTY = 'Lamps {on} & "off": 100 % of $5_#2 ~ ^ \\ } <b>, مصابيح and شارع'

PLAIN = Work("lamp-map", citation._REPORT, "Lamp map", "", ("Vecinas, A. and B.",), 2008, None, "es", "es",
             "https://a.example/x_y%20z?a=1&b=2#c")


def unlatex(text: str) -> str:
    for command, letter in ((r"\textbackslash{}", "\ue000"), (r"\textbraceleft{}", "{"), (r"\textbraceright{}", "}"),
                            (r"\textasciitilde{}", "~"), (r"\textasciicircum{}", "^")):
        text = text.replace(command, letter)
    return re.sub(r"\\([#$%&_])", r"\1", text).replace("\ue000", "\\")


def in_bibtex(text: str) -> Any:
    (entry,) = parse_string(text, "bibtex").entries.values()
    return entry


def value(text: str) -> str:
    return unlatex(text.removeprefix("{").removesuffix("}"))


ANY = st.text(st.characters(exclude_categories=("Cs", "Cc", "Co", "Zl", "Zp")), min_size=1).map(
    lambda text: " ".join(text.split())).filter(bool)
ONE_OF_NASTY = st.text(string.punctuation + "ab é ش", min_size=1).map(lambda text: " ".join(text.split())).filter(bool)


@given(ANY | ONE_OF_NASTY)
def test_any_title_is_read_back_from_bibtex(title: str) -> None:
    entry = in_bibtex(bibtex(PLAIN._replace(title=title)))
    assert value(entry.fields["title"]) == title
    assert entry.fields["url"] == PLAIN.url
    assert entry.fields["year"] == "2008"


@given(ANY | ONE_OF_NASTY)
def test_any_title_is_read_back_from_ris(title: str) -> None:
    (found,) = rispy.loads(ris(PLAIN._replace(title=title)))
    assert found["title"] == title


@given(ANY | ONE_OF_NASTY)
def test_any_title_is_read_back_from_coins(title: str) -> None:
    found = parse_qs(coins(PLAIN._replace(title=title)), strict_parsing=True)
    assert found["rft.title"] == [title]
    assert found["rft.aucorp"] == list(PLAIN.authors)
    assert found["rft_id"] == [PLAIN.url]
    assert (found["rft.genre"], found["rft_val_fmt"]) == (["report"], ["info:ofi/fmt:kev:mtx:book"])


def test_latex_reads_the_letters_that_were_meant() -> None:
    read = codecs.decode(latex(NASTY).replace("{}", " "), "ulatex").replace(" ", "")
    for letter in '&"%_#<>':
        assert read.count(letter) == NASTY.count(letter), letter
    assert "مصابيح" in read


def test_a_name_with_commas_and_an_and_in_it_is_one_author() -> None:
    entry = in_bibtex(bibtex(PLAIN._replace(authors=("Vecinas, A. and B.", "Other"))))
    assert [value(str(person)) for person in entry.persons["author"]] == ["Vecinas, A. and B.", "Other"]


@pytest.mark.parametrize("breaking", ["\n", "\r\n", "\u2028", "\x0b"])
def test_a_line_break_ends_no_field(breaking: str) -> None:
    work = PLAIN._replace(note=f"one{breaking}ER  - two")
    (found,) = rispy.loads(ris(work))
    assert found["notes"] == ["one ER  - two".replace("  ", " ")]
    assert value(in_bibtex(bibtex(work)).fields["note"]) == "one ER - two"


def test_a_tool_is_cited_as_the_work_that_it_is(load: Load) -> None:
    catalogue = load().catalogue
    work = citation.of(catalogue, catalogue.entries["street-audit"], "en")
    assert (work.title, work.translated, work.title_language) == (
        "Ficha de auditoría de la calle", "Street audit sheet", "es")
    assert (work.form.ris, work.form.bibtex) == ("BOOK", "book")
    assert (work.isbn, work.year, work.url) == ("978-2-921916-52-3", 2008, "https://villachica.example/ficha.pdf")
    assert citation.of(catalogue, catalogue.entries["street-audit"], "es").translated == ""


def test_by_its_category_a_tool_is_a_report_a_dataset_or_some_document(change: Change, load: Load) -> None:
    change("tools_db/street-audit.md", "identifier: ISBN 978-2-921916-52-3\n", "")
    catalogue = load().catalogue
    forms = {name: citation.of(catalogue, catalogue.entries[name]).form.ris for name in ("street-audit", "lamp-map")}
    assert forms == {"street-audit": "RPRT", "lamp-map": "COMP"}
    change("tools_db/lamp-map.md", "[data-tool]", "[never-heard-of]")
    assert citation.of(load().catalogue, load().catalogue.entries["lamp-map"]).form.ris == "GEN"


def test_who_nobody_knows_is_no_author(load: Load) -> None:
    catalogue = load().catalogue
    work = citation.of(catalogue, catalogue.entries["lamp-map"])
    assert work.authors == ()
    assert "unknown" not in bibtex(work) + ris(work) + coins(work)
    assert work.url == "https://tiny.example/tools/lamp-map.html"


def test_a_case_study_is_cited_as_a_page_of_this_site_that_cites_its_sources(load: Load) -> None:
    catalogue = load().catalogue
    work = citation.of(catalogue, catalogue.entries["night-bus"], "es")
    assert work.title == "Autobús nocturno con parada a petición"
    assert work.url == "https://tiny.example/es/casestudies/night-bus.html"
    assert work.authors == ("Base de conocimientos Ciudades Seguras",)
    assert "Report on the night line, 2015, https://petiteville.example/report.pdf" in work.note
    (found,) = rispy.loads(ris(work))
    assert (found["type_of_reference"], found["date"], found["language"]) == ("ELEC", "2026/01/02", "es")
    assert parse_qs(coins(work))["rft_val_fmt"] == ["info:ofi/fmt:kev:mtx:dc"]
    assert csl(work)["issued"] == {"date-parts": [[2026, 1, 2]]}
    assert csl(work)["type"] == "webpage"


@pytest.mark.parametrize("kind", [None, "tool", "case-study"])
def test_every_record_is_in_every_bibliography(kind: str | None, change: Change, load: Load) -> None:
    change("tools_db/lamp-map.md", "title: Lamp map", f"title: '{NASTY}'")
    catalogue = load().catalogue
    wanted = {name: citation.of(catalogue, entry).title for name, entry in catalogue.entries.items()
              if kind in (None, entry.kind)}
    entries = parse_string(exports.as_bibtex(catalogue, kind), "bibtex").entries
    assert {name: value(entry.fields["title"]) for name, entry in entries.items()} == wanted
    found = rispy.loads(exports.as_ris(catalogue, kind))
    assert {row["id"]: row["title"] for row in found} == wanted
    assert {row["id"]: row["title"] for row in json.loads(exports.as_csl(catalogue, kind))} == wanted


def test_one_record_is_written_as_among_all(load: Load) -> None:
    catalogue = load().catalogue
    for entry in catalogue.entries.values():
        work = citation.of(catalogue, entry)
        assert bibtex(work) in exports.as_bibtex(catalogue)
        assert ris(work) in exports.as_ris(catalogue)
        assert csl(work) in json.loads(exports.as_csl(catalogue))


def test_a_guidance_page_is_cited_as_a_page_whatever_its_name_and_title_hold(
        put: Callable[[str, str], Path], change: Change, load: Load) -> None:
    change("mkdocs.yml", "site_url: https://tiny.example/\n", "")
    put("docs/guidance/Café {1}, 2.md", f"---\ntitle: '{NASTY}'\nsummary: S\nlast_edited: 2026-01-05\n---\nText.\n")
    catalogue = load().catalogue
    work = citation.of_guidance(catalogue, catalogue.guidance["guidance/Café {1}, 2"], "en")
    entry = parse_string(bibtex(work), "bibtex").entries["guidance-Caf-1-2"]
    assert unlatex(entry.fields["title"]) == f"{{{NASTY}}}"
    assert entry.fields["url"] == "urn:safecities:guidance/Caf%C3%A9%20%7B1%7D%2C%202.html"
    (reference,) = rispy.loads(ris(work))
    assert (reference["title"], reference["date"], reference["type_of_reference"]) == (NASTY, "2026/01/05", "ELEC")
    assert parse_qs(coins(work))["rft.title"] == [NASTY]
