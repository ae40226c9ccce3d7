"""Whole pages of the tiny site, compared with files; `pytest --rewrite-golden -m golden` writes them anew."""

from collections.abc import Callable
from pathlib import Path

import pytest

import built

HERE = Path(__file__).parent

PAGES = {
    "home.en.html": "index.html",
    "guidance.ar.html": "ar/guidance/one.html",
    "tool.fr.html": "fr/tools/street-audit.html",
    "case-study-without-translation.ar.html": "ar/casestudies/night-bus.html",
    "list.en.html": "tools/index.html",
    "category.ar.html": "ar/tools/category/safety-audit.html",
}


@pytest.mark.golden
@pytest.mark.parametrize("name", PAGES)
def test_the_page_is_as_it_was_agreed(
    tmp_path_factory: pytest.TempPathFactory, golden: Callable[[Path, str], None], name: str
) -> None:
    site = built.four(tmp_path_factory.getbasetemp())
    golden(HERE / name, (site / PAGES[name]).read_bytes().decode("utf-8"))


def test_every_file_here_belongs_to_a_page() -> None:
    assert {path.name for path in HERE.glob("*.html")} == set(PAGES)
