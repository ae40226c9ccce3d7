"""Building again: what hasn't changed is taken over, and the site is still the one that a build from nothing gives."""

import os
import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import built
from safecities import build, cache, edition, pipeline, plugin
from safecities.pages import Renderer
from safecities.site import load_site

Edit = Callable[[Path], None]


def make(root: Path, target: Path) -> None:
    build.build_site(pipeline.load(load_site(root))[0], target, 1)


def replace(name: str, old: str, new: str) -> Edit:
    def edit(root: Path) -> None:
        path = root / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")
    return edit


def add(name: str, text: str) -> Edit:
    def edit(root: Path) -> None:
        (root / name).write_text(text, encoding="utf-8")
    return edit


def remove(name: str) -> Edit:
    return lambda root: (root / name).unlink()


TOOL = """---
title: Whistle kit
summary: Whistles for everyone.
categories: [data-tool]
themes: [data]
countries: [FR]
organisations: [Night Walkers]
versions:
  - language: es
related: [night-bus]
status: stub
added: 2026-02-01
---
Blow it.
"""

SPANISH = """---
title: Mapa de lámparas
summary: Un mapa.
translation: draft
translated_from: "000000000000"
---
Una marca.
"""

EDITS: dict[str, Edit] = {
    "nothing": lambda root: None,
    "a body": replace("casestudies/night-bus.md", "Drivers stop", "All drivers stop"),
    "a title": replace("tools_db/lamp-map.md", "title: Lamp map", "title: A map of lamps"),
    "a summary that a box shows": replace("tools_db/street-audit.md", "summary: ", "summary: Now "),
    "a fact": replace("casestudies/night-bus.md", "countries: [FR]", "countries: [FR, BE]"),
    "a theme": replace("tools_db/lamp-map.md", "themes: [data]", "themes: [data, public-transport]"),
    "a new record": add("tools_db/whistle-kit.md", TOOL),
    "a new translation": add("tools_db/lamp-map.es.md", SPANISH),
    "a translation's body": replace("tools_db/lamp-map.es.md", "Una marca.", "Otra marca."),
    "a translation gone": remove("tools_db/lamp-map.es.md"),
    "a relation gone": replace("tools_db/whistle-kit.md", "related: [night-bus]\n", ""),
    "a label": replace("vocabularies/themes.yml", "Public transport", "Buses and trains"),
    "guidance": replace("docs/guidance/one.md", "Ask the women", "Ask all women"),
    "guidance that cites less": replace("docs/guidance/one.md", ": see [the night bus](record:night-bus)", ""),
    "a translation of guidance gone": remove("docs/guidance/one.es.md"),
    "the site's name": replace("mkdocs.yml", "site_name: ", "site_name: New "),
    "a record gone": remove("tools_db/whistle-kit.md"),
}


def test_after_any_edit_the_site_is_that_of_a_build_from_nothing(tmp_path: Path) -> None:
    root, target = built.tiny_in_four(tmp_path / "tiny"), tmp_path / "site"
    make(root, target)
    for name, edit in EDITS.items():
        edit(root)
        make(root, target)
        clean = tmp_path / "clean"
        shutil.copytree(root, tmp_path / "other", symlinks=True, ignore=shutil.ignore_patterns(".cache"))
        make(tmp_path / "other", clean)
        assert built.differing(built.tree(clean), built.tree(target)) == [], name
        shutil.rmtree(clean)
        shutil.rmtree(tmp_path / "other")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return built.copied(built.TINY, tmp_path / "tiny")


def inodes(target: Path) -> dict[str, int]:
    return {path.relative_to(target).as_posix(): path.stat().st_ino for path in target.rglob("*") if path.is_file()}


def test_items_are_all_written_whatever_their_size(tmp_path: Path) -> None:
    made: list[str] = []

    def making(name: str, size: int) -> edition.Make:
        def make() -> list[tuple[str, str | bytes]]:
            made.append(name)
            return [(f"{name}.html", "x" * size), (f"{name}.bin", b"y")]
        return make

    sizes = {"a": 1, "b": edition._AT_ONCE, "c": 3, "d": 2 * edition._AT_ONCE, "e": 0, "f": 5}
    first = edition.Edition(tmp_path / "first")
    first.items((name, "key", making(name, size)) for name, size in sizes.items())
    assert list(first.rows) == made == list(sizes)
    assert [(tmp_path / "first" / f"{name}.html").stat().st_size for name in sizes] == list(sizes.values())
    second = edition.Edition(tmp_path / "second", edition.Last(tmp_path / "first", first.rows))
    second.items((name, "key" if name != "c" else "other", making(name, size)) for name, size in sizes.items())
    assert made == [*sizes, "c"]
    assert second.rows == {**first.rows, "c": second.rows["c"]}


def test_a_record_is_the_same_page_in_whatever_order_it_is_asked_for(root: Path) -> None:
    catalogue = pipeline.load(load_site(root))[0]
    pages = [(entry, lang) for lang in catalogue.site.tags for entry in catalogue.entries.values()]
    inline, other = Renderer(catalogue), Renderer(catalogue)
    told = {(entry.id, lang): inline.record(entry, lang) for entry, lang in pages}
    by_record = sorted(pages, key=lambda page: page[0].id)  # as where each language has a thread of its own
    for entry, lang in [*by_record, *reversed(pages), *random.Random(1).choices(pages, k=100)]:
        assert other.record(entry, lang) == told[entry.id, lang]


def test_without_a_change_every_file_is_the_same_one(root: Path, tmp_path: Path) -> None:
    make(root, tmp_path / "site")
    before = inodes(tmp_path / "site")
    make(root, tmp_path / "site")
    assert inodes(tmp_path / "site") == before


def test_a_body_changes_its_pages_its_search_and_its_data_and_nothing_else(
        root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(root, tmp_path / "site")
    before = inodes(tmp_path / "site")
    EDITS["a body"](root)
    monkeypatch.setattr(plugin, "render", lambda printing, folder: pytest.fail("MkDocs was asked"))
    make(root, tmp_path / "site")
    after = inodes(tmp_path / "site")
    changed = {name for name in before if before[name] != after[name]}
    kept_together = ("search/en/", "search/takeaway/casestudies/", "data/casestudies.")  # files that are made as one
    assert {name for name in changed if not name.startswith(kept_together)} == {
        "casestudies/night-bus.html", "es/casestudies/night-bus.html",
        "coverage.html", "es/coverage.html"}  # where editors read that the translation is stale now
    assert "data/casestudies.json" in changed
    assert any(name.startswith("search/en/shard") for name in changed)


def test_a_file_that_somebody_touched_is_made_anew(root: Path, tmp_path: Path) -> None:
    target = tmp_path / "site"
    make(root, target)
    whole = built.tree(target)
    for name in ("tools/lamp-map.html", "guidance/one.html", "search/en/meta.js", "data/tools.csv"):
        (target / name).write_bytes(b"x" * (target / name).stat().st_size)
    (target / "index.html").unlink()
    (target / "stray.html").write_text("not ours")
    make(root, target)
    assert built.differing(whole, built.tree(target)) == []


def test_where_there_are_no_hard_links_everything_is_made_anew(
        root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(root, tmp_path / "site")
    whole = built.tree(tmp_path / "site")
    calls = 0

    def link(one: str, other: str) -> None:
        nonlocal calls
        calls += 1
        raise PermissionError

    monkeypatch.setattr(os, "link", link)
    make(root, tmp_path / "site")
    assert calls > 5
    assert built.differing(whole, built.tree(tmp_path / "site")) == []


def damage(path: Path) -> list[Callable[[], object]]:
    """Ways in which a file of the cache can be spoilt."""
    data = path.read_bytes()
    head, _, rest = data.partition(b"\n")
    return [
        lambda: path.write_bytes(b""),
        lambda: path.write_bytes(data[: len(data) // 2]),
        lambda: path.write_bytes(data.replace(b"night-bus", b"night-but")),
        lambda: path.write_bytes(b"0" * 32 + head[32:] + b"\n" + rest),
        lambda: path.write_bytes(os.urandom(200)),
        lambda: (path.unlink(), path.mkdir()),
        lambda: shutil.copy(path.with_name("relations.json"), path),
        lambda: cache.write(path, [1]),  # type: ignore[arg-type]
        lambda: path.write_bytes(head + b"\n" + b"[" * 200_000),
    ]


@pytest.mark.parametrize("name", ["files.json", "site-*.json", "words-en.json"])
@pytest.mark.parametrize("way", range(9))
def test_a_damaged_or_foreign_cache_is_noticed(name: str, way: int, root: Path, tmp_path: Path) -> None:
    target = tmp_path / "site"
    make(root, target)
    edition.remembered.cache_clear()
    (path,) = (root / ".cache").glob(name)
    damage(path)[way]()
    EDITS["a body"](root)
    make(root, target)
    shutil.copytree(root, tmp_path / "other", symlinks=True, ignore=shutil.ignore_patterns(".cache"))
    make(tmp_path / "other", tmp_path / "clean")
    assert built.differing(built.tree(tmp_path / "clean"), built.tree(target)) == []


def test_the_words_of_another_language_are_no_words_of_this_one(root: Path, tmp_path: Path) -> None:
    make(root, tmp_path / "site")
    shutil.copy(root / ".cache" / "words-en.json", root / ".cache" / "words-es.json")
    EDITS["a body"](root)
    make(root, tmp_path / "site")
    shutil.rmtree(root / ".cache")
    make(root, tmp_path / "clean")
    assert built.differing(built.tree(tmp_path / "clean"), built.tree(tmp_path / "site")) == []


def test_what_was_sound_in_one_default_language_is_looked_at_again_in_another(root: Path) -> None:
    config = root / "mkdocs.yml"
    make(root, root / "site")
    text = config.read_text(encoding="utf-8")
    assert "default: true" in text
    config.write_text(re.sub(r"locale: (en|es)\b", lambda tag: f"locale: {'es' if tag[1] == 'en' else 'en'}", text),
                      encoding="utf-8")
    again = pipeline.validate(load_site(root))
    shutil.rmtree(root / ".cache")
    assert again == pipeline.validate(load_site(root)) != []


def test_with_another_plugin_mkdocs_is_always_asked(
        root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(root, tmp_path / "site")
    assert load_site(root).plain
    replace("mkdocs.yml", "plugins:\n", "hooks: [hook.py]\nplugins:\n")(root)
    (root / "hook.py").write_text("from pathlib import Path\n\n\ndef on_page_content(html, **_):\n"
                                "    return html + Path('said').read_text()\n")
    (root / "said").write_text("One.")
    assert not load_site(root).plain
    monkeypatch.chdir(root)
    make(root, tmp_path / "site")
    assert "One." in (tmp_path / "site/guidance/one.html").read_text(encoding="utf-8")
    (root / "said").write_text("Two.")
    make(root, tmp_path / "site")
    assert "Two." in (tmp_path / "site/guidance/one.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(("old", "new", "plain", "alone"), [
    ("plugins:\n", "plugins:\n", True, True),
    ("plugins:\n", "INHERIT: base.yml\nplugins:\n", False, False),
    ("plugins:\n", "hooks: [hook.py]\nplugins:\n", False, False),
    ("plugins:\n", "plugins:\n  - search\n", False, False),
    ("plugins:\n", "markdown_extensions: [toc, pymdownx.superfences, {admonition: {}}]\nplugins:\n", True, True),
    ("plugins:\n", "markdown_extensions: [toc, my_own]\nplugins:\n", False, True),
])
def test_what_else_has_a_say_is_known(root: Path, old: str, new: str, plain: bool, alone: bool) -> None:
    replace("mkdocs.yml", old, new)(root)
    site = load_site(root)
    assert (site.plain, site.alone) == (plain, alone)
