"""Files as written: YAML, Markdown, line numbers; no policy."""

from safecities.records.files import Source, content_files, read_source, read_text
from safecities.records.refusals import REFUSALS, Mark, Refusal

__all__ = ["REFUSALS", "Mark", "Refusal", "Source", "content_files", "read_source", "read_text"]
