"""A query is words, phrases in quotes and what to leave out, the same in the terminal and in the browser."""

import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safecities import queries

sys.path.append(str(Path(__file__).parent / "search"))
from javascript import run

TYPED = [
    "", " ", "safe city", '"safe city"', '"safe city', 'safe" city', "“safe city” night",
    "« ville sûre » nuit", "„a b“ c", "-city", "safe -city", "safe-city", "Seine-Saint-Denis",
    "safe -Seine-Saint-Denis", '-"safe city" women',
    "--x", "- x", "a - b", "\u2212city safe", "l'observatoire -d’État", '""', '"" x',
    '-""', '"-a" b', '"a"-b', "(a OR b) AND *",
    'المرصد -"المدينة الآمنة" والنساء', "١٦ 16", "a,b;-c", "“a” “b c” -“d” e",
    "«المدينة الآمنة» –نساء", "”المدينة الآمنة“ \u2010نساء", "‹a b› \u2011c", "「a b」 \uff0dc",
    "\uff02a b\uff02 \ufe63c",
    "a\u200f-b", "\u061c-شرطة مرصد", "\u2067-\u2069\"a b\"\u202c c", "a -b c", "a -self-defence", "-\"a\" b",
    "la ville –sûre– et —belle—", "‘a b’ ’c", "\u201fa b\u201d", "»a b« c", "„a b” c", "\u00ad-x", "-\u200bx",
]


def as_data(query: queries.Query) -> dict[str, Any]:
    return {"words": [list(token.forms) for token in query.words],
            "phrases": [[list(token.forms) for token in phrase] for phrase in query.phrases],
            "without": [[list(token.forms) for token in phrase] for phrase in query.without],
            "apart": [[list(token.forms) for token in phrase] for phrase in query.apart],
            "unfinished": query.unfinished}


@pytest.mark.parametrize("lang", ["en", "fr", "ar"])
def test_the_browser_reads_a_query_the_same(lang: str) -> None:
    told = run(["fold", "query"], """([texts, lang]) => texts.map((text) => {
      const { words, ...others } = safecities.query(text, lang);
      return { words: words.map(({ forms }) => forms), ...others };
    })""", [TYPED, lang])
    assert told == [as_data(queries.parse(text, lang)) for text in TYPED]


@pytest.mark.parametrize(("text", "words", "phrases", "without", "apart"), [
    ('night "safe city" -bus', "night safe city", ["safe city"], ["bus"], []),
    ("Seine-Saint-Denis", "seine saint denis", [], [], []),
    ('-"safe city" women', "women", [], [], ["safe city"]),
    ('women -self-defence -"bus"', "women", [], ["self defence", "bus"], []),
    ("women \u200f-bus \u2067\u2212tram\u2069", "women", [], ["bus", "tram"], []),
    ('"safe city', "safe city", [], [], []),
    ("-", "", [], [], []),
    ("«safe city» \u2010bus \u2212tram", "safe city", ["safe city"], ["bus", "tram"], []),
    ("»safe city« 「night bus」 ‹a b›", "safe city night bus a b", ["safe city", "night bus", "a b"], [], []),
    ("city –bus —tram", "city bus tram", [], [], []),
])
def test_quotes_hold_words_together_and_a_minus_leaves_out(
        text: str, words: str, phrases: list[str], without: list[str], apart: list[str]) -> None:
    query = queries.parse(text, "en")
    assert [token.forms[0] for token in query.words] == words.split()
    assert [" ".join(token.forms[0] for token in phrase) for phrase in query.phrases] == phrases
    assert [" ".join(token.forms[0] for token in phrase) for phrase in query.without] == without
    assert [" ".join(token.forms[0] for token in phrase) for phrase in query.apart] == apart


@pytest.mark.parametrize(("text", "plain"), [
    ('"safe city" -bus  night', "safe city night"), ("« ville sûre » -\"a b\"", "ville sûre"), ("-a", ""), ('"a', "a"),
    ("  safe   city ", "safe city"),
])
def test_a_query_can_be_had_without_quotes_and_what_is_left_out(text: str, plain: str) -> None:
    assert run(["fold", "query"], "(text) => safecities.plainQuery(text)", text) == plain


@pytest.mark.parametrize(("text", "unfinished"), [("a b", True), ('a "b"', False), ("a -b", False), ("", False)])
def test_only_a_last_word_by_itself_may_be_unfinished(text: str, unfinished: bool) -> None:
    assert queries.parse(text, "en").unfinished is unfinished


@given(st.text())
def test_any_text_is_a_query(text: str) -> None:
    query = queries.parse(text, "fr")
    assert len(query.words) >= sum(map(len, query.phrases))


@pytest.mark.parametrize(("phrase", "text", "lang", "together"), [
    ("safe city", "A Safe City for all", "en", True), ("city safe", "A safe city", "en", False),
    ("sécurité des femmes", "la securite des femmes", "fr", True), ("مدينة آمنة", "المدينة الآمنة", "ar", True),
    ("safe city", "safe", "en", False),
])
def test_a_phrase_stands_together_or_not(phrase: str, text: str, lang: str, together: bool) -> None:
    words = queries.parse(phrase, lang).words
    assert queries.stand_together(words, text, lang) is together
    in_browser = run(["fold", "query"], "([phrase, text, lang]) => safecities.together(text, phrase, lang)",
                     [[list(token.forms) for token in words], text, lang])
    assert in_browser is together
