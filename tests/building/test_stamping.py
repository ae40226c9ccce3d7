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


HOOK = """def on_post_page(output, page, **_):
    return output.replace("</body>", f"<!-- seen at {page.url} --></body>")
"""


def pages(site: Path) -> dict[str, str]:
    """All pages but 404.html, whose address nobody knows; by their addresses."""
    return {name: data.decode("utf-8") for name, data in built.tree(site).items()
            if name.endswith(".html") and not name.endswith("404.html")}


def test_with_a_hook_every_page_is_made_by_mkdocs_and_is_the_same_beside_it(tmp_path: Path, four: Path) -> None:
    root = built.tiny_in_four(tmp_path / "tiny")
    (root / "hook.py").write_text(HOOK, encoding="utf-8")
    config = root / "mkdocs.yml"
    config.write_text("hooks: [hook.py]\n" + config.read_text(encoding="utf-8"), encoding="utf-8")
    made, stamped = pages(built.build(root, tmp_path / "site")), pages(four)
    assert made.keys() == stamped.keys()
    for name, page in made.items():
        seen = f"<!-- seen at {name} -->"
        assert seen in page
        assert page.replace(seen, "") == stamped[name]


def own(root: Path, name: str, old: str, new: str) -> None:
    """Give a site a template of its own, which differs from ours."""
    text = (built.PROJECT / "overrides" / name).read_text(encoding="utf-8")
    assert old in text
    (root / "overrides" / name).write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_frame_of_the_sites_own_may_ask_where_the_page_is(tmp_path: Path) -> None:
    root = built.copied(built.TINY, tmp_path / "tiny")
    (root / "overrides").mkdir(exist_ok=True)
    own(root, "base.html", "</footer>", '<p id="here">{{ reader.address }}</p></footer>')
    made = pages(built.build(root, tmp_path / "site"))
    assert [name for name, page in made.items() if f'<p id="here">{name}</p>' not in page] == []
    # What has changed is found, for nothing of it is taken over unseen.
    path = root / "tools_db" / "lamp-map.md"
    path.write_text(path.read_text(encoding="utf-8") + "\nA further paragraph.\n", encoding="utf-8")
    again = pages(built.build(root, tmp_path / "site"))
    assert "A further paragraph." in again["tools/lamp-map.html"]


def test_a_record_template_of_the_sites_own_may_say_anything_anywhere(tmp_path: Path) -> None:
    root = built.copied(built.TINY, tmp_path / "tiny")
    (root / "overrides").mkdir(exist_ok=True)
    own(root, "record.html", "{% block head %}", "{% block head %}<!-- {{ text.title }} {{ entry.id }} -->")
    render_whole(root, ["lamp-map"])
    made = pages(built.build(root, tmp_path / "site"))
    assert "<!-- Lamp map lamp-map -->" in made["tools/lamp-map.html"]
    assert " street-audit -->" in made["tools/street-audit.html"]
