"""A whole site from a catalogue: a new edition, in one step in the place of the old one.

In: a catalogue and a target. Out: a folder of pages. What hasn't changed since the last edition is taken over; MkDocs,
which makes guidance pages and shells, isn't even loaded if they are as they were.
"""

import functools
from concurrent.futures import BrokenExecutor, Executor
from pathlib import Path

from safecities import edition, history, keys, press, work
from safecities.cache import digest
from safecities.catalogue import Catalogue
from safecities.edition import Order
from safecities.pages import Renderer
from safecities.site import Site
from safecities.templates import frame_is_ours


class BuildError(Exception):
    """The site could not be built; the message is for people."""


def order(site: Site, folder: Path, old: Path | None = None, ledger: Path | None = None) -> Order:
    """The order for an edition in ``folder``, with the edition in ``old`` before it, of which ``ledger`` tells."""
    return Order(str(site.root), str(folder), keys.common(site), str(old or ""), str(ledger or ""))


def frame_key(printing: work.Printing) -> str | None:
    """What MkDocs' pages depend on, or None if that cannot be known: other plugins may look at anything."""
    site = printing.renderer.catalogue.site
    if not site.plain or not frame_is_ours(site):
        return None
    return digest(printing.order.common, printing.renderer.keys.frame())


def build_site(catalogue: Catalogue, target: Path, jobs: int | None = None, executor: Executor | None = None, *,
               pages_only: bool = False) -> None:
    """Build the whole site of a catalogue into ``target``, with ``jobs`` processes or as many as suit, or an executor.

    ``pages_only`` leaves search and data out. Raises :class:`BuildError` for what MkDocs or a template cannot do,
    :class:`press.PressError` for a target that may not be replaced; the target is then as it was.
    """
    site = catalogue.site
    press.refuse_foreign(target, site)
    if fault := history.unusable_epoch():
        raise BuildError(fault)
    ledger = edition.ledger(site.cache_dir, target)
    with press.staged(target) as folder:
        known = edition.remembered(str(ledger), str(target.resolve()))
        jobs = jobs or work.processes(0 if known.rows else len(catalogue.entries) * len(site.tags))
        start = functools.partial(work.Printing, Renderer(catalogue), pages_only=pages_only)
        printing = start(order(site, folder, target.resolve(), ledger), jobs, executor)
        key = frame_key(printing)
        try:
            if key is not None and printing.frame(key):
                printing.start()
            else:
                from safecities import plugin  # MkDocs takes a while to load

                plugin.render(printing, folder)
            made = printing.finish(key)
        except BrokenExecutor:
            raise BuildError("a process that took part in the build was ended from outside, perhaps for want of "
                             "memory; `safecities build --jobs 1` needs the least") from None
        finally:
            printing.close()
    edition.keep(ledger, made.rows)
