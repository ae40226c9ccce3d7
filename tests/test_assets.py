"""The scripts and styles of all pages are joined from the files of each behaviour, and nothing is lost but comments."""

from pathlib import Path

import pytest

import built
from safecities import assets
from safecities.site import load_site

FOLDER = built.PROJECT / "overrides" / "assets"


STANDING_ALONE = {"start.js", "leave.js", "tabs.js", "missing.js", "print.css"}
"""What not every page needs, or what must not wait for the rest."""


def test_every_script_and_sheet_is_in_a_joined_file_or_stands_for_itself() -> None:
    joined = [Path(name).with_stem(part).name for name, parts in assets.JOINED.items() for part in parts]
    assert len(joined) == len(set(joined))
    assert {path.name for path in FOLDER.glob("*/*.*s")} == {*joined, *STANDING_ALONE}


@pytest.mark.parametrize("name", assets.JOINED)
def test_code_stands_in_its_order_and_without_comments(name: str) -> None:
    text = dict(assets.files(load_site(built.PROJECT)))[f"assets/{name}"]
    at = 0
    for part in assets.JOINED[name]:
        for line in (FOLDER / name).with_stem(part).read_text(encoding="utf-8").splitlines():
            bare = line.strip()
            if bare and not bare.startswith(("//", "/*", "*")) and not bare.endswith("*/"):
                at = text.index(line, at)
    assert not [line for line in text.splitlines() if line.strip().startswith(("//", "/*"))]


def test_a_repositorys_own_file_goes_before_the_programs(tmp_path: Path) -> None:
    root = built.copied(built.TINY, tmp_path / "root")
    own = root / "overrides" / "assets" / "css" / "lists.css"
    own.parent.mkdir(parents=True)
    own.write_text("/* one\n two */\n/* a */ .mine { color: red; } /* b */\n.x { y: url(//z) }\n", encoding="utf-8")
    sheet = dict(assets.files(load_site(root)))["assets/css/site.css"]
    assert "/* a */ .mine { color: red; } /* b */\n.x { y: url(//z) }\n" in sheet
    assert "two" not in sheet
    assert ".chip {" not in sheet
