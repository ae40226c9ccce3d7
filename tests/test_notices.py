"""What a reader is told of a text: that it is out of date, since when, and who made it, in the reader's language."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from built import FOUR, Html
from loaded import Loaded
from safecities.pages import Renderer

Put = Callable[[str, str], Path]
Load = Callable[[], Loaded]

DATES = {"es": ("4 de enero de 2026", "2 de enero de 2026"), "fr": ("4 janvier 2026", "2 janvier 2026"),
         "ar": ("4 يناير 2026", "2 يناير 2026")}
ORIGINAL, TRANSLATED = 1767528000, 1767355200
"""Noon of these days, in seconds since 1970."""


@pytest.fixture
def four(tiny: Path) -> None:
    shutil.copytree(FOUR, tiny, dirs_exist_ok=True)


def stale(tiny: Path, put: Put, lang: str, translation: str = "reviewed") -> None:
    """A stale translation, and the days on which its file and its original's were last changed."""
    path = put(f"tools_db/lamp-map.{lang}.md", f"---\ntitle: T\nsummary: S\ntranslation: {translation}\n"
               "translated_from: '000000000000'\n---\n")
    os.utime(path, (TRANSLATED, TRANSLATED))
    os.utime(tiny / "tools_db/lamp-map.md", (ORIGINAL, ORIGINAL))


def notices(load: Load, lang: str) -> list[tuple[str, str, list[str | None]]]:
    """The notices of the record: kind, words, and the dates as machines read them."""
    catalogue = load().catalogue
    page = Html(Renderer(catalogue).record(catalogue.entries["lamp-map"], lang)["main"])
    found = [(held, " ".join(text.split())) for (tag, held, _), text in zip(page.elements, page.texts, strict=True)
             if "data-translation" in held or "data-fallback" in held]
    days = [held["datetime"] for tag, held, within in page.elements if tag == "time" and within[-2:] == ("p", "span")]
    return [(held.get("data-translation") or "fallback", text, days) for held, text in found]


@pytest.mark.parametrize("lang", DATES)
def test_a_stale_translation_names_both_dates_as_the_language_writes_them(
        lang: str, four: None, tiny: Path, put: Put, load: Load) -> None:
    stale(tiny, put, lang)
    ((kind, words, days),) = notices(load, lang)
    assert (kind, days) == ("stale", ["2026-01-04", "2026-01-02"])
    original, translation = DATES[lang]
    assert words.index(original) < words.index(translation)


def test_a_stale_translation_by_a_machine_says_both(four: None, tiny: Path, put: Put, load: Load) -> None:
    stale(tiny, put, "es", "machine")
    assert [kind for kind, _, _ in notices(load, "es")] == ["stale", "machine"]


def test_a_translation_that_is_up_to_date_needs_no_dates(four: None, put: Put, load: Load) -> None:
    put("tools_db/lamp-map.es.md", "---\ntitle: T\nsummary: S\ntranslation: reviewed\n"
        "translated_from: 189df12a9a85\n---\n")
    assert notices(load, "es") == []
