"""The digest by which a translation knows whether its original has changed."""

import hashlib
import unicodedata


def digest(title: str, summary: str, content_note: str | None, body: str) -> str:
    """The first 12 hex digits of SHA-256 over title, summary, content note (empty when absent) and body.

    Each is NFC-normalised and stripped of white space at both ends; they are joined by U+001F and encoded as UTF-8.
    """
    parts = (unicodedata.normalize("NFC", part).strip() for part in (title, summary, content_note or "", body))
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:12]
