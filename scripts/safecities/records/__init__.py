"""Files as written: YAML, Markdown, line numbers; no policy."""

from safecities.records.files import Parts, Source, content_files, links, read_text, walk
from safecities.records.refusals import REFUSALS, Mark, Refusal

__all__ = ["REFUSALS", "Mark", "Parts", "Refusal", "Source", "content_files", "links",
           "read_text", "walk"]
