"""Work spread over processes: printing pages and search files, a language each.

In: a renderer, and a :class:`concurrent.futures.Executor` or how many processes to use. Out: files in a folder. What
is printed doesn't depend on how the work was spread: each piece is a pure function of the content and the shells.
"""

import contextlib
import ctypes
import multiprocessing
import os
import signal
from collections.abc import Callable, Mapping
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from pathlib import Path
from typing import Any

from safecities import pipeline
from safecities.pages import Renderer
from safecities.press import ShellKey
from safecities.shell import Shell
from safecities.site import load_site

FEW = 400
"""Texts (records times languages) below which processes cost more than they save."""

_PR_SET_PDEATHSIG = 1

_renderers: dict[str, Renderer] = {}


def renderer_of(root: str) -> Renderer:
    """The renderer of the site at ``root``: the parent's in a forked process, else loaded once a process."""
    if root not in _renderers:
        _renderers[root] = Renderer(pipeline.load(load_site(Path(root)))[0])
    return _renderers[root]


def print_language(root: str, lang: str, shells: Mapping[ShellKey, Shell], left_out: frozenset[str],
                   folder: str) -> int:
    """Print all pages of records and lists in a language but those ``left_out``; returns their number."""
    return pipeline.print_language(renderer_of(root), lang, shells, left_out, Path(folder))


def print_search(root: str, lang: str, folder: str) -> int:
    """Write the browser's search files of a language; returns their number."""
    return pipeline.write_files(Path(folder), pipeline.search_files(renderer_of(root), lang))


def print_others(root: str, folder: str) -> int:
    """Write every file that is no page and of no language; returns their number."""
    return pipeline.write_files(Path(folder), pipeline.other_files(renderer_of(root)))


def processes(texts: int) -> int:
    """How many processes suit so many texts on this machine."""
    return 1 if texts < FEW else len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1


def _end_with(parent: int) -> None:
    """Let this process end when its parent is killed, and not go on writing into a folder that nobody wants (Linux)."""
    with contextlib.suppress(AttributeError, OSError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it was killed before we asked
        os._exit(1)


class Workers:
    """Does pieces of work at once in this process, or hands them to an executor and waits for them at the end.

    ``executor`` may be any whose workers see the site's folders (a Dask cluster's too); without one, ``jobs`` above 1
    forks that many processes, which then share what the parent has loaded.
    """

    def __init__(self, renderer: Renderer, jobs: int, executor: Executor | None = None) -> None:
        self._root = str(renderer.catalogue.site.root)
        _renderers.clear()
        _renderers[self._root] = renderer
        if executor is None and jobs > 1 and "fork" in multiprocessing.get_all_start_methods():
            executor = ProcessPoolExecutor(jobs, multiprocessing.get_context("fork"), _end_with, (os.getpid(),))
        self._executor = executor
        self._futures: list[Future[int]] = []

    def submit(self, piece: Callable[..., int], *arguments: Any) -> None:
        """Do a piece of work (one of this module's functions) now or soon."""
        if self._executor is None:
            piece(self._root, *arguments)
        else:
            self._futures.append(self._executor.submit(piece, self._root, *arguments))

    def finish(self) -> None:
        """Wait for all pieces; raises what the first that failed raised."""
        for future in self._futures:
            future.result()
        self.close()

    def close(self) -> None:
        """Give the processes up; pieces that haven't begun are dropped."""
        self._futures.clear()
        if self._executor is not None:
            self._executor.shutdown(cancel_futures=True)
            self._executor = None
