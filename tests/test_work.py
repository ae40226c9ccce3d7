"""Work spread over processes gives what one process gives."""

import os
import signal
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from loaded import Loaded
from safecities import build, pipeline, press, work
from safecities.pages import BLOCKS, Renderer
from safecities.shell import Shell, ShellKey, slot

SHELLS: dict[ShellKey, Shell] = {
    key: Shell.cut("|".join(slot(name) for name in BLOCKS))
    for key in [("", 0), *((folder, deep) for folder in ("tools", "casestudies") for deep in (1, 2))]
}


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def printed(renderer: Renderer, folder: Path, jobs: int = 1, executor: Executor | None = None) -> dict[str, bytes]:
    printing = work.Printing(renderer, build.order(renderer.catalogue.site, folder), jobs, executor)
    printing.start()
    for lang in ("en", "es"):
        printing.language(lang, SHELLS)
    made = printing.finish()
    assert {address for row in made.rows.values() for address in row.files} == tree(folder).keys()
    return tree(folder)


@pytest.fixture
def renderer(load: Callable[[], Loaded]) -> Renderer:
    return Renderer(load().catalogue)


def test_processes_print_the_same_bytes_as_one(renderer: Renderer, tmp_path: Path) -> None:
    alone = printed(renderer, tmp_path / "alone")
    assert {"es/tools/street-audit.html", "search/es/meta.js", "data/tools.json", "sitemap.xml"} <= alone.keys()
    assert printed(renderer, tmp_path / "forked", 2) == alone


def test_any_executor_will_do(renderer: Renderer, tmp_path: Path) -> None:
    alone = printed(renderer, tmp_path / "alone")
    # One thread: the pieces share the renderer here, which processes don't.
    assert printed(renderer, tmp_path / "threads", executor=ThreadPoolExecutor(1)) == alone


def test_what_fails_in_a_process_is_raised_at_the_end(renderer: Renderer, tmp_path: Path) -> None:
    printing = work.Printing(renderer, build.order(renderer.catalogue.site, tmp_path / "out"), 2)
    printing.language("en", {})
    with pytest.raises(KeyError):
        printing.finish()
    printing.close()


def test_a_process_that_knows_no_renderer_loads_the_site_itself(renderer: Renderer, tmp_path: Path) -> None:
    root = str(renderer.catalogue.site.root)
    work.Printing(renderer, build.order(renderer.catalogue.site, tmp_path))
    assert work.renderer_of(root) is renderer
    work._renderers.clear()
    assert work.renderer_of(root).catalogue.entries.keys() == renderer.catalogue.entries.keys()


def test_pages_left_out_are_not_printed(renderer: Renderer, tmp_path: Path) -> None:
    order = build.order(renderer.catalogue.site, tmp_path)
    work.Printing(renderer, order).language("en", SHELLS, frozenset({"tools/street-audit.html"}))
    assert not (tmp_path / "tools/street-audit.html").exists()
    assert (tmp_path / "tools/lamp-map.html").exists()


def test_pages_alone_make_a_site_that_may_be_replaced(renderer: Renderer, tmp_path: Path) -> None:
    order = build.order(renderer.catalogue.site, tmp_path)
    printing = work.Printing(renderer, order, pages_only=True)
    printing.start()
    printing.language("en", SHELLS)
    assert (tmp_path / press.OWN_MARK).is_file()
    assert not (tmp_path / "search").exists()
    assert not (tmp_path / "data/tools.json").exists()


@pytest.mark.parametrize(("texts", "number"), [(0, 1), (work.FEW - 1, 1)])
def test_a_small_site_needs_one_process(texts: int, number: int) -> None:
    assert work.processes(texts) == number


def test_when_a_process_is_ended_from_outside_the_build_says_so_and_the_old_site_stays(
        renderer: Renderer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here, print_search = os.getpid(), pipeline.print_search

    def ended(*arguments: Any) -> None:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        print_search(*arguments)

    monkeypatch.setattr(pipeline, "print_search", ended)
    with pytest.raises(build.BuildError, match="--jobs 1"):
        build.build_site(renderer.catalogue, tmp_path / "site", 2)
    assert not (tmp_path / "site").exists()
    build.build_site(renderer.catalogue, tmp_path / "site", 1)
    assert (tmp_path / "site" / press.OWN_MARK).is_file()
