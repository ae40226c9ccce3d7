"""Pages stamped out of a shell are the pages that MkDocs would have made one by one."""

from pathlib import Path

import pytest

import built


def render_whole(root: Path, names: list[str]) -> None:
    """Let MkDocs render the pages of these records instead of stamping them."""
    path = root / "mkdocs.yml"
    text = path.read_text(encoding="utf-8").rstrip()
    assert text.endswith("- safecities")
    path.write_text(f"{text}:\n      whole: [{', '.join(names)}]\n", encoding="utf-8")


def test_stamped_pages_of_all_records_are_the_same_as_whole_ones(tmp_path: Path, four: Path) -> None:
    root = built.tiny_in_four(tmp_path / "tiny")
    render_whole(root, ["street-audit", "lamp-map", "night-bus"])
    assert built.differing(built.tree(four), built.tree(built.build(root, tmp_path / "site"))) == []


def test_stamped_pages_of_real_records_are_the_same_as_whole_ones(
    tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> None:
    stamped = built.project(tmp_path_factory.getbasetemp())
    root = built.copied(built.PROJECT, tmp_path / "project")
    render_whole(root, ["montreal-charter", "observatoire-seine-saint-denis", "rosario-gender-violence-programme"])
    assert built.differing(built.tree(stamped), built.tree(built.build(root, tmp_path / "site"))) == []


def test_records_named_whole_are_rendered_by_mkdocs(tmp_path: Path) -> None:
    """Else the comparisons above would compare stamped pages with themselves."""
    root = built.copied(built.TINY, tmp_path / "tiny", templates=True)
    render_whole(root, ["lamp-map"])
    template = root / "overrides" / "record.html"
    seen = "{% block main %}{% if page is defined %}<p>rendered by MkDocs</p>{% endif %}"
    template.write_text(template.read_text(encoding="utf-8").replace("{% block main %}", seen, 1), encoding="utf-8")
    site = built.build(root, tmp_path / "site")
    for lang in ("", "es"):
        assert "rendered by MkDocs" in (site / lang / "tools" / "lamp-map.html").read_text(encoding="utf-8")
        assert "rendered by MkDocs" not in (site / lang / "tools" / "street-audit.html").read_text(encoding="utf-8")
