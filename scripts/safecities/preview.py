"""The preview: after a change, only what it touches is printed anew.

In: the content as it is now, and the folder of the preview's pages. Out: fresh pages in that folder. MkDocs is asked
again only if guidance pages or the frame of pages can have changed; even then, pages that are as they were are linked.
"""

import contextlib
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

    def printing(self, catalogue: Catalogue, folder: Path, jobs: int) -> work.Printing:
        """The printing of a build of everything, in MkDocs' order."""
        self._folder, self._ledger = folder, edition.ledger(catalogue.site.cache_dir, folder)
        return work.Printing(Renderer(catalogue), build.order(catalogue.site, folder, self._old, self._ledger), jobs)

    def keep(self, printing: work.Printing) -> None:
        """Keep what a finished build was made from."""
        edition.keep(self._ledger, printing.finish(build.frame_key(printing)).rows)

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
        with contextlib.suppress(SiteError, pipeline.InvalidContentError):  # of which MkDocs' build tells
            catalogue = pipeline.load(load_site(root))[0]
            order = build.order(catalogue.site, self._folder, self._folder, self._ledger)
            printing = work.Printing(Renderer(catalogue), order)
            key = build.frame_key(printing)
            if key is not None and printing.frame(key):
                printing.start()
                made = printing.finish()
                made.clear()
                edition.keep(self._ledger, made.rows)
                return True
        return False
