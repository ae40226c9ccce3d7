"""Work spread over processes: printing pages and search files, a language each.

In: a renderer, an order, and a :class:`concurrent.futures.Executor` or how many processes to use. Out: files in a
folder, and rows of the edition. What is printed doesn't depend on how the work was spread: each piece is a pure
function of the content and the shells.
"""

import contextlib
import ctypes
import gc
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Mapping
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from pathlib import Path
from typing import Any

from safecities import pipeline
from safecities.edition import FRAME, Edition, Order, Row
from safecities.locales import script
from safecities.pages import Renderer
from safecities.shell import Shell, ShellKey
from safecities.site import load_site

FEW = 400
"""Texts (records times languages) below which processes cost more than they save."""

_PR_SET_PDEATHSIG = 1

Rows = Mapping[str, Row]

_Piece = tuple[Callable[..., Rows], tuple[Any, ...]]

_renderers: dict[str, Renderer] = {}


def renderer_of(root: str) -> Renderer:
    """The renderer of the site at ``root``: the parent's in a forked process, else loaded once a process."""
    if root not in _renderers:
        _renderers[root] = Renderer(pipeline.load(load_site(Path(root)))[0])
    return _renderers[root]


def print_language(order: Order, lang: str, shells: Mapping[ShellKey, Shell], left_out: frozenset[str]) -> Rows:
    """Print all pages of records and lists in a language but those ``left_out``."""
    edition = order.edition()
    pipeline.print_language(renderer_of(order.root), edition, order.common, lang, shells, left_out)
    give_back()
    return edition.rows


def print_search(order: Order, lang: str) -> Rows:
    """Write the browser's search files of a language."""
    edition = order.edition()
    pipeline.print_search(renderer_of(order.root), edition, order.common, lang)
    give_back()
    return edition.rows


def print_others(order: Order, pages_only: bool) -> Rows:
    """Write every file that is no page and of no language; with ``pages_only`` just what makes a site."""
    edition = order.edition()
    pipeline.print_schema(renderer_of(order.root), edition, order.common)
    pipeline.print_assets(renderer_of(order.root), edition, order.common)
    if not pages_only:
        pipeline.print_others(renderer_of(order.root), edition, order.common)
    give_back()
    return edition.rows


def give_back() -> None:
    """Give memory that is free back to the system (glibc), since other processes of ours can use it."""
    with contextlib.suppress(AttributeError, OSError):
        ctypes.CDLL(None).malloc_trim(0)


def _leave() -> None:
    """What there is now is left for good: nobody looks for garbage in it, if nobody looks for any by themselves."""
    if not gc.isenabled():
        gc.freeze()


def clear_away() -> None:
    """Look for what goes round in circles, which MkDocs leaves much of, where nothing has looked so far."""
    if not gc.isenabled():
        gc.collect()
    give_back()


def processes(texts: int) -> int:
    """How many processes suit so many texts on this machine."""
    return 1 if texts < FEW else len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1


def _end_with(parent: int) -> None:
    """Let this process end when its parent is killed, and not go on writing into a folder that nobody wants (Linux)."""
    with contextlib.suppress(AttributeError, OSError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it was killed before we asked
        os._exit(1)


class Printing:
    """The printing of an edition: does pieces of work at once, or hands them to an executor and waits at the end.

    ``executor`` may be any whose workers see the site's folders (a Dask cluster's too); without one, ``jobs`` above 1
    means that many processes, this one and others that are forked and so share what it has loaded. ``pages_only``
    leaves search and data out.
    """

    def __init__(self, renderer: Renderer, order: Order, jobs: int = 1, executor: Executor | None = None, *,
                 pages_only: bool = False) -> None:
        self.renderer = renderer
        self.order = order
        self.shells: dict[str, Mapping[ShellKey, Shell]] = {}
        self._pages_only = pages_only
        self._edition = order.edition()
        _renderers.clear()
        _renderers[order.root] = renderer
        self._pool: Executor | None = None
        _leave()  # the catalogue
        give_back()
        if executor is None and jobs > 1 and "fork" in multiprocessing.get_all_start_methods():
            context = multiprocessing.get_context("fork")
            self._pool = ProcessPoolExecutor(jobs - 1, context, _end_with, (os.getpid(),))
        self._executor = executor or self._pool
        self._helpers = jobs - 1
        self._waiting: deque[_Piece] = deque()
        self._begun: list[Future[Rows]] = []
        self._handing_on = threading.Lock()  # a piece that no longer waits has begun, whoever looks

    def start(self) -> None:
        """Begin with everything that needs no shell. Not before MkDocs has emptied the folder."""
        site = self.renderer.catalogue.site
        if self._pool is not None and self._edition.is_first:
            self.renderer.compile()  # once for all processes
        if not self._pages_only:
            # First where letters take the most memory, while this process has little of its own yet.
            for lang in sorted(site.tags, key=lambda tag: script(tag) == "Latn"):
                self._submit(print_search, lang)
        self._submit(print_others, self._pages_only)
        _ = self.renderer.relations  # while others have begun; for them it is kept, and no page is printed before
        _leave()

    def language(self, lang: str, shells: Mapping[ShellKey, Shell], left_out: frozenset[str] = frozenset()) -> None:
        """Print the pages of a language from its shells."""
        self.shells[lang] = shells
        self._submit(print_language, lang, shells, left_out)

    def frame(self, key: str) -> bool:
        """Take over from the edition before what MkDocs makes, and print from its shells; False if that can't be."""
        row = self._edition.taken_over(FRAME, key)
        if row is None:
            return False
        for lang, shells in row.kept.items():
            self.language(lang, {(section, depth): Shell(tuple(parts), tuple(slots))
                                 for section, depth, parts, slots in shells})
        return True

    def finish(self, key: str | None = None) -> Edition:
        """Wait for all pieces; raises what the first that failed raised.

        What is in the folder then and no piece has made is MkDocs' frame; with a ``key`` it is noted.
        """
        if self._waiting and FRAME not in self._edition.rows:  # MkDocs was here
            clear_away()
        # This process takes its part too, beginning with what the others would come to last.
        while (last := self._take_last()) is not None:
            piece, arguments = last
            self._edition.rows.update(piece(self.order, *arguments))
        for future in self._begun:
            self._edition.rows.update(future.result())
        self.close()
        if key is not None and FRAME not in self._edition.rows:
            self._edition.claim(FRAME, key, {
                lang: [(*of, shell.parts, shell.slots) for of, shell in shells.items()]
                for lang, shells in self.shells.items()})
        return self._edition

    def close(self) -> None:
        """Drop the pieces that haven't begun, and give up the processes; an executor that was given stays."""
        with self._handing_on:
            self._waiting.clear()
        for future in self._begun:
            future.cancel()
        self._begun.clear()
        if self._pool is not None:
            self._pool.shutdown()
            self._executor = self._pool = None

    def _submit(self, piece: Callable[..., Rows], *arguments: Any) -> None:
        if self._executor is None:
            self._edition.rows.update(piece(self.order, *arguments))
        elif self._pool is None:
            self._begun.append(self._executor.submit(piece, self.order, *arguments))
        else:
            self._waiting.append((piece, arguments))
            if sum(not future.done() for future in self._begun) < self._helpers:
                self._hand_on()

    def _take_last(self) -> _Piece | None:
        with self._handing_on:
            return self._waiting.pop() if self._waiting else None

    def _hand_on(self, _: Future[Rows] | None = None) -> None:
        """Let another process begin with what has waited longest.

        A pool would take pieces before it can do them, and then this process, which is idle in the end, couldn't.
        """
        with self._handing_on:
            if self._pool is None or not self._waiting:
                return
            piece, arguments = self._waiting.popleft()
            try:
                future = self._pool.submit(piece, self.order, *arguments)
            except BrokenExecutor:  # of which the pieces that had begun tell
                return
            self._begun.append(future)
        future.add_done_callback(self._hand_on)
