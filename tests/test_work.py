"""Work spread over processes gives what one process gives."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from loaded import Loaded
from safecities import pipeline, work
from safecities.pages import BLOCKS, Renderer
from safecities.press import ShellKey
from safecities.shell import Shell, slot

SHELLS: dict[ShellKey, Shell] = {
    key: Shell.cut("|".join(slot(name) for name in BLOCKS))
    for key in [("", 0), *((folder, deep) for folder in ("tools", "casestudies") for deep in (1, 2))]
}


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def printed(workers: work.Workers, folder: Path) -> dict[str, bytes]:
    for lang in ("en", "es"):
        workers.submit(work.print_language, lang, SHELLS, frozenset(), str(folder))
        workers.submit(work.print_search, lang, str(folder))
    workers.submit(work.print_others, str(folder))
    workers.finish()
    return tree(folder)


@pytest.fixture
def renderer(load: Callable[[], Loaded]) -> Renderer:
    return Renderer(load().catalogue)


def test_processes_print_the_same_bytes_as_one(renderer: Renderer, tmp_path: Path) -> None:
    alone = printed(work.Workers(renderer, 1), tmp_path / "alone")
    assert "es/tools/street-audit.html" in alone
    assert printed(work.Workers(renderer, 2), tmp_path / "forked") == alone


def test_any_executor_will_do(renderer: Renderer, tmp_path: Path) -> None:
    alone = printed(work.Workers(renderer, 1), tmp_path / "alone")
    # One thread: the pieces share the renderer here, which processes don't.
    assert printed(work.Workers(renderer, 1, ThreadPoolExecutor(1)), tmp_path / "threads") == alone


def test_what_fails_in_a_process_is_raised_at_the_end(renderer: Renderer, tmp_path: Path) -> None:
    workers = work.Workers(renderer, 2)
    workers.submit(work.print_language, "en", {}, frozenset(), str(tmp_path))
    with pytest.raises(KeyError):
        workers.finish()
    workers.close()


def test_a_process_that_knows_no_renderer_loads_the_site_itself(renderer: Renderer) -> None:
    root = str(renderer.catalogue.site.root)
    work.Workers(renderer, 1)
    assert work.renderer_of(root) is renderer
    work._renderers.clear()
    assert work.renderer_of(root).catalogue.entries.keys() == renderer.catalogue.entries.keys()


def test_pages_left_out_are_not_printed(renderer: Renderer, tmp_path: Path) -> None:
    pipeline.print_language(renderer, "en", SHELLS, frozenset({"tools/street-audit.html"}), tmp_path)
    assert not (tmp_path / "tools/street-audit.html").exists()
    assert (tmp_path / "tools/lamp-map.html").exists()


@pytest.mark.parametrize(("texts", "number"), [(0, 1), (work.FEW - 1, 1)])
def test_a_small_site_needs_one_process(texts: int, number: int) -> None:
    assert work.processes(texts) == number
