"""`mkdocs serve`: what an editor changes shows at once, and a mistake doesn't end the preview."""

import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

import built
from safecities import policy

PATIENCE = 15  # seconds until an edit must show


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


class Preview:
    """A running preview of a repository."""

    def __init__(self, root: Path, log: Path) -> None:
        self.root, self.log = root, log
        port = free_port()
        self.address = f"http://127.0.0.1:{port}/"
        self.output = log.open("wb")
        self.process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "mkdocs",
                "serve",
                "--dev-addr",
                f"127.0.0.1:{port}",
                "--config-file",
                str(root / "mkdocs.yml"),
            ],
            stdout=self.output,
            stderr=subprocess.STDOUT,
        )

    def page(self, path: str) -> str:
        try:
            with urllib.request.urlopen(self.address + path, timeout=5) as answer:
                return answer.read().decode("utf-8")
        except (urllib.error.URLError, OSError) as error:
            return f"no answer: {error}"

    def shows(self, path: str, words: str) -> bool:
        """Whether a page comes to hold some words in time."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if words in self.page(path):
                return True
            time.sleep(0.1)
        return False

    def says(self, words: str) -> bool:
        """Whether the terminal comes to show some words in time."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if words in self.log.read_text(encoding="utf-8", errors="replace"):
                return True
            time.sleep(0.1)
        return False

    def edit(self, name: str, old: str, new: str) -> None:
        path = self.root / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=20)
        self.output.close()


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    folder = tmp_path_factory.mktemp("preview")
    running = Preview(built.copied(built.TINY, folder / "tiny", templates=True), folder / "log")
    try:
        assert running.shows("index.html", "Tiny Safe City"), running.log.read_text()
        yield running
    finally:
        running.stop()


def test_an_edited_record_shows_on_its_page_in_the_list_and_in_the_data(preview: Preview) -> None:
    preview.edit("tools_db/lamp-map.md", "title: Lamp map", "title: Map of all lamps")
    assert preview.shows("tools/lamp-map.html", "Map of all lamps")
    for path in ("tools/index.html", "es/tools/lamp-map.html", "data/tools.json", "feed.xml"):
        assert "Map of all lamps" in preview.page(path), path


def test_an_edited_translation_shows(preview: Preview) -> None:
    preview.edit("casestudies/night-bus.es.md", "title: Autobús", "title: Bus")
    assert preview.shows("es/casestudies/night-bus.html", "Bus nocturno")


def test_a_new_record_shows(preview: Preview) -> None:
    text = (preview.root / "tools_db" / "lamp-map.md").read_text(encoding="utf-8")
    (preview.root / "tools_db" / "bench-map.md").write_text(
        re.sub("(?m)^title: .*$", "title: Bench map", text), encoding="utf-8"
    )
    assert preview.shows("tools/bench-map.html", "Bench map")
    assert "Bench map" in preview.page("tools/category/data-tool.html")


def test_an_edited_guidance_page_shows_with_its_boxes(preview: Preview) -> None:
    preview.edit("docs/guidance/one.md", "Ask the women who use the street", "Invite the women who use the street")
    assert preview.shows("guidance/one.html", "Invite the women who use the street")
    assert 'data-record="street-audit"' in preview.page("guidance/one.html")


def test_an_edited_label_shows_wherever_the_term_stands(preview: Preview) -> None:
    preview.edit("vocabularies/categories.yml", "en: Safety audit", "en: Audit of safety")
    assert preview.shows("tools/street-audit.html", "Audit of safety")
    for path in ("tools/index.html", "tools/category/safety-audit.html"):
        assert "Audit of safety" in preview.page(path), path


def test_an_edited_template_shows_on_records_and_guidance_pages(preview: Preview) -> None:
    preview.edit("overrides/base.html", '<footer class="footer">', '<footer class="footer"><p>Seen by the editor</p>')
    assert preview.shows("tools/street-audit.html", "Seen by the editor")
    for path in ("guidance/one.html", "es/tools/index.html"):
        assert "Seen by the editor" in preview.page(path), path


def test_an_edited_style_sheet_shows(preview: Preview) -> None:
    preview.edit("overrides/assets/css/base.css", ":root {", "/* seen */ :root {")
    assert preview.shows("assets/css/site.css", "/* seen */")


def test_the_policy_of_pages_lets_the_preview_reload_them(preview: Preview) -> None:
    assert preview.shows("tools/lamp-map.html", f'content="{policy.PREVIEW}"')
    assert "<script>" in preview.page("tools/lamp-map.html")


def test_a_mistake_is_named_and_the_preview_goes_on_once_it_is_mended(preview: Preview) -> None:
    """Meanwhile MkDocs lets pages wait."""
    preview.edit("tools_db/street-audit.md", "status: partial", "status: partly")
    assert preview.says("tools_db/street-audit.md:")
    said = preview.log.read_text(encoding="utf-8", errors="replace")
    assert "`partly`" in said
    assert "Traceback" not in said
    assert preview.process.poll() is None
    preview.edit("tools_db/street-audit.md", "status: partly", "status: complete")
    preview.edit("tools_db/street-audit.md", "title: Street audit sheet", "title: Street audit form")
    assert preview.shows("tools/street-audit.html", "Street audit form")


def test_one_edit_is_one_build(preview: Preview) -> None:
    """Nothing that a build writes lies where edits are looked for, else it would build for ever."""
    preview.edit("docs/index.md", "or open the", "or else open the")
    assert preview.shows("index.html", "or else open the")
    builds = preview.log.read_text(encoding="utf-8").count("Detected file changes")
    time.sleep(1)
    assert preview.log.read_text(encoding="utf-8").count("Detected file changes") == builds


def test_the_preview_writes_nothing_beside_its_caches(preview: Preview) -> None:
    names = {path.name for path in preview.root.iterdir()}
    assert names <= {*built.CONTENT, "mkdocs.yml", "overrides", ".cache"}
