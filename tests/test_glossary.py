"""The glossary's terms in texts: found by all their names, linked once, and known to search by their other names."""

import re

import markdown
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from safecities.glossary import Finder, names
from safecities.termlinks import TermLinks
from safecities.vocabularies import Term

TERMS = {
    "safety-audit": Term("safety-audit", {"en": "safety audit", "fr": "audit de sécurité", "ar": "تدقيق السلامة"},
                         synonyms={"en": ("walkabout",), "fr": ("marche exploratoire",)}),
    "walk": Term("walk", {"en": "safety walk", "fr": "marche exploratoire"}, synonyms={"en": ("safety audit walk",)}),
    "femicide": Term("femicide", {"en": "femicide / feminicide"}),
    "crowd-map": Term("crowd-map", {"zh": "众包地图"}, synonyms={"zh": ("crowd map",)}),
}


def test_a_name_of_several_terms_says_so() -> None:
    (found,) = Finder(TERMS, "fr").find("La marche exploratoire")
    assert found.terms == ("walk", "safety-audit")
    assert found.term == "walk", "whose label it is"


@pytest.mark.parametrize(("lang", "text", "found"), [
    ("en", "A safety audit, Safety Audits.", [("safety audit", "safety-audit"), ("Safety Audits", "safety-audit")]),
    ("en", "A safety audit walk is one.", [("safety audit walk", "walk")]),
    ("en", "unsafety audit, safety audition", []),
    ("en", "Feminicide or femicide", [("Feminicide", "femicide"), ("femicide", "femicide")]),
    ("fr", "Des marches exploratoires, une marche exploratoire",
     [("marches exploratoires", "walk"), ("marche exploratoire", "walk")]),
    ("fr", "une marchesx exploratoire", []),
    ("ar", "في تدقيق السلامة وتدقيق السلامة", [("تدقيق السلامة", "safety-audit"), ("وتدقيق السلامة", "safety-audit")]),
    ("zh", "用众包地图标出，crowd maps、crowd map", [("众包地图", "crowd-map"), ("crowd map", "crowd-map")]),
    ("ar", "والتدقيق السلامة فتدقيق السلامة بتدقيق السلامة متدقيق السلامة",
     [("والتدقيق السلامة", "safety-audit"), ("فتدقيق السلامة", "safety-audit"),
      ("بتدقيق السلامة", "safety-audit")]),
    ("es", "safety audit", []),
    ("en", "İİ SAFETY AUDIT", [("SAFETY AUDIT", "safety-audit")]),
])
def test_terms_are_found_by_all_their_names(lang: str, text: str, found: list[tuple[str, str]]) -> None:
    assert [(text[one.start : one.end], one.term) for one in Finder(TERMS, lang).find(text)] == found


NAMED = ["ville", "villes", "v", "vx", "sûre", "pour", "s", "Villes-s"]
WORDS = st.lists(st.sampled_from(NAMED), min_size=1, max_size=4)


@settings(max_examples=300, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=8), WORDS)
@example([["ville", "sûre"], ["villes", "sûre"], ["ville", "sûre", "pour"]], ["villes", "sûre", "pour"])
@example([["v" * length] for length in range(1, 60)], ["v" * 70, "v" * 59])
def test_the_longest_name_is_found_wherever_one_stands(names: list[list[str]], text: list[str]) -> None:
    written = sorted({" ".join(name).lower() for name in names}, key=lambda name: (-len(name), name))
    terms = {f"t{at}": Term(f"t{at}", {"fr": name}) for at, name in enumerate(written)}
    one_by_one = "|".join("(?:s|x)?\\ ".join(map(re.escape, name.split())) + "(?:s|x)?" for name in written)
    joined = " ".join(text)
    found = list(Finder(terms, "fr").find(joined))
    assert [(one.start, one.end) for one in found] == [
        match.span() for match in re.finditer(rf"(?<!\w)(?:{one_by_one})(?!\w)", joined, re.IGNORECASE)]
    for one in found:
        said = joined[one.start : one.end].lower()
        assert one.term == f"t{written.index(said)}" if said in written else True, "whose name it is letter by letter"


def test_a_term_is_known_by_its_names_here_and_its_labels_elsewhere() -> None:
    assert list(names(TERMS["safety-audit"], "fr")) == [
        "safety audit", "audit de sécurité", "تدقيق السلامة", "marche exploratoire"]


def linked(text: str, lang: str = "en") -> str:
    links = TermLinks()
    links.begin(Finder(TERMS, lang), "g#")
    return markdown.markdown(text, extensions=[links, "tables"])


LINK = '<a class="term" href="g#safety-audit">'


@pytest.mark.parametrize(("text", "html"), [
    ("A safety audit & one more safety audit.", f"<p>A {LINK}safety audit</a> &amp; one more safety audit.</p>"),
    ("*A* safety audit *and* a femicide *x*.", f"<p><em>A</em> {LINK}safety audit</a> <em>and</em> a "
                                              '<a class="term" href="g#femicide">femicide</a> <em>x</em>.</p>'),
    ("**safety audit**", f"<p><strong>{LINK}safety audit</a></strong></p>"),
    ("# Safety audit\n\nA walkabout.", f"<h1>Safety audit</h1>\n<p>A {LINK}walkabout</a>.</p>"),
    ("[a safety audit](x) and `safety audit`", '<p><a href="x">a safety audit</a> and <code>safety audit</code></p>'),
    ("[[safety audit]]", "<p>[[safety audit]]</p>"),
    ("safety audit, safety walk, safety audit", f'<p>{LINK}safety audit</a>, <a class="term" href="g#walk">safety walk'
                                               "</a>, safety audit</p>"),
])
def test_the_first_use_of_a_term_is_linked(text: str, html: str) -> None:
    assert linked(text) == html


def test_each_page_begins_anew_and_a_page_without_a_finder_has_no_links() -> None:
    links = TermLinks()
    md = markdown.Markdown(extensions=[links])
    for _ in range(2):
        links.begin(Finder(TERMS, "en"), "g#")
        assert LINK in md.convert("A safety audit.")
    links.begin(None, "g#")
    assert "<a" not in md.convert("A safety audit.")
