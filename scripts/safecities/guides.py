"""Guidance pages: what their templates ask for beside what the site's generator knows of a page.

In: a renderer, a reader on the page, the page as the catalogue has it, and the records of its tab. Out: a part of the
context of a template.
"""

from collections.abc import Sequence
from typing import Any

from safecities import casemap, citation, linked
from safecities.catalogue import Catalogue, Entry, Guidance
from safecities.menu import GUIDANCE_FOLDER
from safecities.pages import Renderer
from safecities.reader import Reader

FEATURED = 4
"""How many records the first page names as newest, and as many as most cited."""


def known(renderer: Renderer, reader: Reader, page: Guidance, tools: Sequence[Entry]) -> dict[str, Any]:
    """What the catalogue knows of a page; how to cite it, where it is guidance."""
    cited = (citation.of_guidance(renderer.catalogue, page, reader.lang) if page.id.startswith(GUIDANCE_FOLDER)
             else None)
    text = reader.text(page)
    return {"guidance": page, "text": text, "title": text.title, "tools": tools,
            "work": cited, "codes": renderer.fragments.codes(reader, cited) if cited else "",
            "linked": linked.script(*map(linked.encoded, linked.guidance(reader, page)))}


def unknown(title: str) -> dict[str, Any]:
    """The same for a page without front matter, of which the catalogue knows nothing."""
    return {"guidance": None, "text": None, "title": title, "tools": (), "work": None, "codes": "", "linked": ""}


def first(catalogue: Catalogue) -> dict[str, Any]:
    """What the first page shows of the library."""
    return {"cited_most": catalogue.most_cited(FEATURED), "newest": catalogue.newest(FEATURED),
            "sketch": casemap.case_map(catalogue, casemap.SKETCH)}
