"""The Whoosh index: search from the terminal, and what is nearest to a record. Nothing else knows Whoosh.

The terms are made by :mod:`safecities.analysis`; Whoosh gets them ready-made and ranks. :mod:`.engine` is Whoosh as we
use it, :mod:`.stored` writes the indexes on disk, :mod:`.answers` searches them, :mod:`.memory` has small ones for the
time of a build.
"""

from safecities.index.answers import MOST_WORDS, Hit, Hits, IndexMissingError, Note, search
from safecities.index.memory import Nearest
from safecities.index.stored import FILTERS, build, write

__all__ = ["FILTERS", "MOST_WORDS", "Hit", "Hits", "IndexMissingError", "Nearest", "Note", "build", "search", "write"]
