"""What the site makes itself, no file under docs can be."""

from collections.abc import Callable
from pathlib import Path

import pytest

from loaded import Loaded

PAGE = "---\ntitle: A page\nsummary: Of ours.\n---\nText.\n"


TAKEN = ["robots.txt", "llms.txt", "data/tools.csv", "data/notes.txt", "search/index.txt", "search.md",
         "coverage.es.md", "coverage.md", "404.md", "tools/index.md", "tools/lamp-map.md", "casestudies/picture.png",
         "assets/cards/site.en.png", "assets/css/page.txt", "es/index.md", "es/picture.png"]
FREE = ["notes.txt", "tools.md", "guidance/search.md", "guidance/data/rows.csv", "assets/photo.png",
        "assets/images/photo.png", "research.md", "fr/index.md", "spain/picture.png"]


@pytest.mark.parametrize(("name", "refused"), [*((name, True) for name in TAKEN), *((name, False) for name in FREE)])
def test_a_file_in_the_place_of_what_the_site_makes_is_refused_and_no_other(
        put: Callable[[str, str], Path], load: Callable[[], Loaded], name: str, refused: bool) -> None:
    put(f"docs/{name}", PAGE if name.endswith(".md") else "x")
    assert (f"docs/{name}:1 file-name" in load().found()) is refused
