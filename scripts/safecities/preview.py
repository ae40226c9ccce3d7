"""The preview: after a change, only what it touches is printed anew.

In: the content as it is now, and the folder of the preview's pages. Out: fresh pages in that folder. MkDocs is asked
again only if guidance pages or the frame of pages can have changed; even then, pages that are as they were are linked.
"""

import gc
import shutil
from collections.abc import Callable
from pathlib import Path

from safecities import build, edition, pipeline, work
from safecities.catalogue import Catalogue
from safecities.pages import Renderer
from safecities.site import SiteError, load_site


class Preview:
    """What ``mkdocs serve`` keeps from one build to the next."""

    def __init__(self) -> None:
        self._folder = self._ledger = Path()
        self._old: Path | None = None
        self._last: work.Printing | None = None

    def printing(self, catalogue: Catalogue, folder: Path, jobs: int) -> work.Printing:
        """The printing of a build of everything, in MkDocs' order."""
        self._folder, self._ledger = folder, edition.ledger(catalogue.site.cache_dir, folder)
        return work.Printing(Renderer(catalogue), build.order(catalogue.site, folder, self._old, self._ledger), jobs)

    def keep(self, printing: work.Printing) -> None:
        """Keep what a finished build was made from."""
        edition.keep(self._ledger, printing.finish(build.frame_key(printing)).rows)
        self._last = printing
        gc.freeze()  # what lives as long as the preview needs no looking through

    def rebuild(self, root: Path, builder: Callable[[], None]) -> None:
        """Bring the preview up to date after a change; ``builder`` is MkDocs' way of doing so."""
        if self._refreshed(root):
            return
        # MkDocs empties its folder first; what is in it now lends its files to the next edition.
        self._old = self._folder.with_name(f"{self._folder.name}.before")
        self._folder.rename(self._old)
        self._folder.mkdir()
        done = False
        try:
            builder()
            done = True
        finally:
            if not done:
                shutil.rmtree(self._folder, ignore_errors=True)
                self._old.rename(self._folder)
            shutil.rmtree(self._old, ignore_errors=True)
            self._old = None

    def close(self) -> None:
        """Forget everything: the preview ends, and so does its folder."""
        if self._ledger.name:
            self._ledger.unlink(missing_ok=True)

    def _refreshed(self, root: Path) -> bool:
        """Print what has changed, if MkDocs' pages haven't."""
        gc.disable()  # as in `safecities build`
        try:
            catalogue = pipeline.load(load_site(root))[0]
            order = build.order(catalogue.site, self._folder, self._folder, self._ledger)
            like = self._last.renderer if self._last and self._last.order.common == order.common else None
            printing = work.Printing(Renderer(catalogue, like), order)
            key = build.frame_key(printing)
            if key is None or not printing.frame(key):
                return False
            printing.start()
            made = printing.finish()
            made.clear()
            edition.keep(self._ledger, made.rows)
            self._last = printing
            return True
        except (SiteError, pipeline.InvalidContentError):
            return False  # MkDocs' build tells of it
        finally:
            gc.enable()
