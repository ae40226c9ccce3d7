"""Progress on a terminal: how much of a build is done, and about how long the rest will take.

In: how many pages there are; a counter that all processes share. Out: one line on a terminal, written again and again,
and nothing anywhere else.
"""

import contextlib
import multiprocessing
import os
import signal
import time
from collections.abc import Iterator
from typing import TextIO

from safecities import edition

EVERY = 0.5
"""Seconds between two looks."""

_TELLING = 100
"""From one page in so many on, the time that was needed tells of the rest."""


def line(done: int, total: int, seconds: float) -> str:
    """What a person wants to know after so many seconds."""
    if not done:
        return "Building the site …"
    text = f"Building the site … {done:,} of about {total:,} pages"
    if done * _TELLING < total:
        return text
    left = seconds / done * max(0, total - done)
    return text + (f", about {left:.0f} s left" if left < 90 else f", about {left / 60:.0f} min left")


@contextlib.contextmanager
def shown(total: int, stream: TextIO) -> Iterator[None]:
    """Show progress on ``stream`` while the block runs, if it is a terminal."""
    if not stream.isatty() or not hasattr(signal, "setitimer"):
        yield
        return
    counter = multiprocessing.Value("Q")
    began = time.monotonic()

    def look(*_: object) -> None:
        # Past the stream's own buffer, in the midst of whose work this may come.
        os.write(stream.fileno(), f"\r{line(counter.value, total, time.monotonic() - began)}\x1b[K".encode())

    edition.count_into(counter)
    # A timer and not a thread: processes that have threads must not be forked.
    before = signal.signal(signal.SIGALRM, look)
    signal.setitimer(signal.ITIMER_REAL, EVERY, EVERY)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        edition.count_into(None)
        os.write(stream.fileno(), b"\r\x1b[K")
