"""What the site makes itself, no file under docs can be."""

from collections.abc import Callable
from pathlib import Path

import pytest

from loaded import Loaded

PAGE = "---\ntitle: A page\nsummary: Of ours.\n---\nText.\n"


@pytest.mark.parametrize("name", [
    "robots.txt", "llms.txt", "data/tools.csv", "data/notes.txt", "search/index.txt", "search.md", "coverage.es.md",
    "coverage.md", "404.md", "tools/index.md", "tools/lamp-map.md", "casestudies/picture.png",
    "assets/cards/site.en.png",
    "assets/css/page.txt", "es/index.md", "es/picture.png",
])
def test_a_file_in_the_place_of_what_the_site_makes_is_refused(
        put: Callable[[str, str], Path], load: Callable[[], Loaded], name: str) -> None:
    put(f"docs/{name}", PAGE if name.endswith(".md") else "x")
    assert f"docs/{name}:1 file-name" in load().found()


@pytest.mark.parametrize("name", [
    "notes.txt", "tools.md", "guidance/search.md", "guidance/data/rows.csv", "assets/photo.png",
    "assets/images/photo.png",
    "research.md", "fr/index.md", "spain/picture.png",
])
def test_files_elsewhere_are_welcome(
        put: Callable[[str, str], Path], load: Callable[[], Loaded], name: str) -> None:
    put(f"docs/{name}", PAGE if name.endswith(".md") else "x")
    assert [line for line in load().found() if "file-name" in line] == []
