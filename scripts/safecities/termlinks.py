"""Terms of the glossary in guidance pages, linked where a page first uses them.

In: a page's elements, as Python-Markdown has them. Out: the same, with links; not in headings, links and code.
"""

from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from safecities.glossary import Finder

_CLOSED = frozenset({"a", "code", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "th", "script", "style"})


class TermLinks(Extension):
    """An extension of Python-Markdown; :meth:`begin` tells it what the next page needs."""

    def __init__(self) -> None:
        super().__init__()
        self._links = _Links()

    def begin(self, finder: Finder | None, address: str) -> None:
        """Link the terms that ``finder`` finds in the next page to ``address`` with the term's id behind it."""
        self._links.finder, self._links.address, self._links.seen = finder, address, set()

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - its name is Python-Markdown's
        """Register with Python-Markdown: after everything that makes elements out of text."""
        md.treeprocessors.register(self._links, "safecities-terms", 8)


class _Links(Treeprocessor):
    finder: Finder | None = None
    address: str
    seen: set[str]

    def run(self, root: Element) -> None:
        """Link terms in an element and in all within it, in the order of the text."""
        if self.finder is not None and root.tag not in _CLOSED:
            children = list(root)
            root.text, place = self._linked(root, root.text, 0)
            for child in children:
                self.run(child)
                child.tail, place = self._linked(root, child.tail, place + 1)

    def _linked(self, parent: Element, text: str | None, place: int) -> tuple[str | None, int]:
        """Put links for the terms of a piece of text into ``parent`` at ``place``.

        Returns what of the text comes before the first link, and the place after the last one.
        """
        if not text or isinstance(text, AtomicString) or text.lstrip().startswith("[[") or self.finder is None:
            return text, place
        before: str | None = text
        last: Element | None = None
        end = 0
        for found in self.finder.find(text):
            if found.term in self.seen:
                continue
            self.seen.add(found.term)
            link = Element("a", {"class": "term", "href": self.address + found.term})
            link.text = text[found.start : found.end]
            if last is None:
                before = text[: found.start]
            else:
                last.tail = text[end : found.start]
            parent.insert(place, link)
            last, end, place = link, found.end, place + 1
        if last is not None:
            last.tail = text[end:]
        return before, place

