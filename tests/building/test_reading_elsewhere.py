"""Nothing but the content folders is read, and nothing that nobody looked at is published."""

from collections.abc import Callable
from pathlib import Path

import pytest

import built

SECRET = "a word that stands nowhere else: quixotry"


def published(site: Path) -> list[str]:
    return [path for path, data in built.tree(site).items() if SECRET.encode() in data]


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """A folder outside the repository with files of many kinds, each a secret."""
    folder = tmp_path / "secret"
    folder.mkdir()
    for name in ("page.md", "picture.png", "themes.yml", "base.html", "style.css", "base.css"):
        (folder / name).write_text(f"---\ntitle: {SECRET}\n---\n{SECRET}", encoding="utf-8")
    return folder


@pytest.mark.parametrize(("name", "target"), [
    ("docs/picture.png", "picture.png"), ("docs/guidance/page.md", "page.md"), ("docs/folder", "."),
    ("docs/_folder", "."), ("docs/.folder", "."), ("docs/_picture.png", "picture.png"),
    ("tools_db/page.md", "page.md"), ("casestudies/folder", "."), ("vocabularies/x.yml", "themes.yml"),
    ("overrides/assets", "."), ("overrides/assets/css/more.css", "style.css"), ("overrides/base.html", "base.html"),
    ("overrides/_folder", "."),
])
def test_a_link_to_another_place_stops_the_build(
    root: Path, secret: Path, tmp_path: Path, name: str, target: str
) -> None:
    place = root / name
    place.parent.mkdir(parents=True, exist_ok=True)
    place.symlink_to(secret / target)
    done = built.run("build", "--root", root, "--site-dir", tmp_path / "site")
    assert done.returncode == 1
    assert f"{name}:1:1: error: a symbolic link" in done.stderr + done.stdout
    assert SECRET not in done.stderr + done.stdout
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize("name", ["docs", "tools_db", "casestudies", "vocabularies", "overrides"])
def test_a_content_folder_that_is_a_link_stops_the_build(root: Path, tmp_path: Path, name: str) -> None:
    (root / name).rename(tmp_path / "elsewhere")
    (root / name).symlink_to(tmp_path / "elsewhere")
    done = built.run("build", "--root", root, "--site-dir", tmp_path / "site")
    assert done.returncode == 1
    assert f"{name}:1:1: error: a symbolic link" in done.stderr + done.stdout


@pytest.mark.parametrize("name", ["_own/picture.png", "_page.md", "_own/page.md", ".own/picture.png",
                                  "guidance/_x.png"])
def test_what_is_passed_over_is_not_published(root: Path, tmp_path: Path, name: str) -> None:
    place = root / "docs" / name
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(f"---\ntitle: {SECRET}\n---\n{SECRET}", encoding="utf-8")
    site = built.build(root, tmp_path / "site")
    assert published(site) == []


def test_a_picture_beside_a_page_is_published(root: Path, tmp_path: Path) -> None:
    """So that the tests above cannot pass because nothing is."""
    (root / "docs" / "guidance" / "picture.png").write_text(SECRET, encoding="utf-8")
    assert published(built.build(root, tmp_path / "site")) == ["guidance/picture.png"]


def link(folder: Path, secret: Path) -> None:
    (folder / "link").symlink_to(secret)
    (secret / "docs").mkdir()


@pytest.mark.parametrize(("old", "new", "words"), [
    ("docs_dir: docs", "docs_dir: ../secret", "docs_dir must be a folder below"),
    ("docs_dir: docs", "docs_dir: {secret}", "docs_dir must be a folder below"),
    ("docs_dir: docs", "docs_dir: docs/../../secret", "docs_dir must be a folder below"),
    ("docs_dir: docs", "docs_dir: .", "docs_dir must be a folder below"),
    ("docs_dir: docs", "docs_dir: link/docs", "docs_dir must be a folder below"),
    ("docs_dir: docs", "docs_dir: link", "link:1:1: error: a symbolic link"),
    ("docs_dir: docs", "docs_dir: vocabularies", "docs_dir must be a folder for guidance pages alone"),
    ("docs_dir: docs", "docs_dir: .git/hooks", "docs_dir must be a folder for guidance pages alone"),
    ("docs_dir: docs", "INHERIT: other.yml", "docs_dir must be stated"),
    ("custom_dir: overrides", "custom_dir: ../secret", "custom_dir must be a folder below"),
    ("custom_dir: overrides", "custom_dir: link/docs", "custom_dir must be a folder below"),
])
def test_settings_that_lead_elsewhere_stop_the_build(
    root: Path, secret: Path, tmp_path: Path, old: str, new: str, words: str
) -> None:
    link(root, secret)
    (root / "other.yml").write_text("docs_dir: ../secret\n", encoding="utf-8")
    settings = root / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8")
    assert old in text
    settings.write_text(text.replace(old, new.format(secret=secret)), encoding="utf-8")
    done = built.run("build", "--root", root, "--site-dir", tmp_path / "site")
    assert done.returncode in (1, 2)  # a fault of the content, or of the settings
    assert words in done.stderr + done.stdout
    assert SECRET not in done.stderr + done.stdout


@pytest.mark.parametrize("link", [
    "[x](../../../../etc/passwd)", "![x](../../secret/picture.png)", "![x](/etc/passwd)", "[x](site:../secret/page.md)",
    "![x](file:///etc/passwd)",
])
def test_a_way_out_of_docs_is_refused_or_leads_nowhere(
    root: Path, secret: Path, tmp_path: Path, put_page: Callable[[str], None], link: str
) -> None:
    put_page(link)
    done = built.run("build", "--root", root, "--site-dir", tmp_path / "site")
    assert SECRET not in done.stderr + done.stdout
    assert done.returncode == 1 or published(tmp_path / "site") == []


@pytest.fixture
def put_page(root: Path) -> Callable[[str], None]:
    """Write a guidance page with a body."""
    def write(body: str) -> None:
        (root / "docs" / "guidance" / "more.md").write_text(
            f"---\ntitle: More\nsummary: More.\nlast_edited: 2026-01-01\n---\n{body}\n", encoding="utf-8")
    return write
