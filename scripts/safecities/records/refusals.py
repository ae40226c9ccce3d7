"""What the readers of files refuse, each with the place where it stands.

A refusal is an exception inside the reader and a :class:`~safecities.problems.Problem` outside it. Its class's
docstring is the rule as editors read it, and its name in kebab-case is the permanent id of the rule.
"""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Mark:
    """A place in a file: line and column, both from 1, columns in characters."""

    line: int
    column: int


class Refusal(Exception):  # noqa: N818 - what it is called everywhere
    """Base of all refusals; never raised itself."""

    def __init__(self, message: str, mark: Mark) -> None:
        super().__init__(message)
        self.message = message
        self.mark = mark

    @classmethod
    def rule(cls) -> str:
        """The rule's id: ``DuplicateKey`` is ``duplicate-key``."""
        return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", cls.__name__).lower()


class FileName(Refusal):
    """A record's file is named by its id: small letters a-z, digits and single hyphens, at most 80 characters,
    then `.md`; a translation has its language before that, as in `paris-audit.fr.md`.
    """


class FileSize(Refusal):
    """A file is at most 256 KiB, its front matter at most 32 KiB."""


class SymbolicLink(Refusal):
    """A record is a file of its own in its folder; a symbolic link is refused, wherever it leads and wherever it
    stands: among records, pages, vocabularies and templates.
    """


class FileKind(Refusal):
    """Beside guidance pages (`.md`) lie pictures (AVIF, GIF, JPEG, PNG, WebP) and documents (CSV, EPUB, Office and
    OpenDocument files, PDF, plain text), and nothing that a browser would run in the site's name: no HTML, SVG, XML
    or scripts.
    """


class Encoding(Refusal):
    """Files are UTF-8 without errors."""


class ControlCharacter(Refusal):
    """No control characters (but for line ends and tabs) and no bidirectional overrides, nor their escapes in YAML:
    they hide what a text says from the person who reviews it.
    """


class FrontMatter(Refusal):
    """A record begins with its front matter: a line `---`, the fields, and another line `---`."""


class YamlSyntax(Refusal):
    """Front matter and vocabularies are YAML: `field: value` lines, lists and nested fields."""


class YamlFeature(Refusal):
    """YAML is read as plain data: no anchors (`&`), aliases (`*`), tags (`!`), merge keys (`<<`) or several
    documents. A text that begins with such a sign goes between quotes.
    """


class YamlDepth(Refusal):
    """Fields are nested at most six deep."""


class DuplicateKey(Refusal):
    """A field stands only once; the second one would silently win over the first."""


FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ue000-\uf8ff]")
"""What :class:`ControlCharacter` refuses: C0 and C1 controls but for tab, line feed and carriage return; line and
paragraph separators; the bidirectional embeddings, overrides and isolates of UAX 9; byte order marks inside a text;
lone noncharacters; private-use characters."""

REFUSALS: tuple[type[Refusal], ...] = (
    FileName, FileSize, FileKind, SymbolicLink, Encoding, ControlCharacter, FrontMatter,
    YamlSyntax, YamlFeature, YamlDepth, DuplicateKey,
)
"""All of them, in the order in which the manual lists them."""
