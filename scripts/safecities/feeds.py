"""Files for machines that read or serve the whole site: Atom feeds, sitemap, robots.txt, headers.

In: the catalogue and the addresses of all pages. Out: address and text of each file, from templates in
``overrides/feeds``. Dates come from the records, so that the same input gives the same bytes.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from safecities import addresses, policy
from safecities.catalogue import Catalogue, Entry
from safecities.pages import Renderer
from safecities.reader import Reader, place_in_all
from safecities.site import ADDRESS_FOLDERS

NEWEST = 50
"""How many records a feed names at most."""


def _changed(entry: Entry) -> date:
    return entry.fields.reviewed or entry.fields.added


def feed(renderer: Renderer, lang: str) -> tuple[str, str]:
    """The Atom feed (RFC 4287) of the records added or checked last, in one language."""
    catalogue = renderer.catalogue
    reader = Reader(catalogue, lang, place_in_all(catalogue, "feed.xml", lang, ""))
    newest = sorted(catalogue.entries.values(), key=lambda entry: (_changed(entry), entry.id), reverse=True)[:NEWEST]
    rows = [(entry, reader.text(entry), _name(catalogue, addresses.record(catalogue.site, entry.kind, entry.id, lang)))
            for entry in newest]
    text = renderer.plain(
        "feeds/feed.xml", reader, entries=rows, self_address=_name(catalogue, reader.address),
        home_address=_name(catalogue, catalogue.site.prefix(lang) + "index.html"),
        updated=max((_changed(entry) for entry in newest), default=date(1970, 1, 1)))
    return reader.address, text


def _name(catalogue: Catalogue, address: str) -> str:
    """An absolute address; without a configured site, a URN that is as lasting as the address."""
    return addresses.absolute(catalogue.site, address) or f"urn:safecities:{address}"


def pages(catalogue: Catalogue, listed: Iterable[str]) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Every page with a text of its own: its absolute address, and its versions by hreflang, reciprocal.

    ``listed`` are the addresses of lists in the default language. Pages that show a text in another language than
    their own (fallbacks) are left out.
    """
    site = catalogue.site
    for page in (*catalogue.guidance.values(), *catalogue.entries.values()):
        by_language = {
            tag: addresses.record(site, page.kind, page.id, tag) if isinstance(page, Entry)
            else addresses.guidance(site, page.id, tag) for tag in site.tags if tag in page.texts}
        yield from _versions(catalogue, by_language)
    for path in listed:
        yield from _versions(catalogue, {tag: site.prefix(tag) + path for tag in site.tags})


def _versions(catalogue: Catalogue, by_language: dict[str, str]) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    absolute = {tag: addresses.absolute(catalogue.site, address) for tag, address in by_language.items()}
    pairs = list(absolute.items())
    if pairs:
        pairs.append(("x-default", pairs[0][1]))
    for address in absolute.values():
        yield address, pairs if len(absolute) > 1 else []


def sitemap(renderer: Renderer, listed: Iterable[str]) -> Iterator[tuple[str, str]]:
    """``sitemap.xml`` (sitemaps.org 0.9, absolute addresses only) and ``robots.txt``."""
    catalogue = renderer.catalogue
    default = catalogue.site.default
    reader = Reader(catalogue, default, place_in_all(catalogue, "sitemap.xml", default, ""))
    found = list(pages(catalogue, listed)) if catalogue.site.url else []
    yield "sitemap.xml", renderer.plain("feeds/sitemap.xml", reader, pages=found)
    yield "robots.txt", renderer.plain("feeds/robots.txt", reader)


def headers(renderer: Renderer) -> tuple[str, str]:
    """``_headers``, from which Netlify and Cloudflare Pages learn what to send with every file."""
    catalogue = renderer.catalogue
    reader = Reader(catalogue, catalogue.site.default, place_in_all(catalogue, "_headers", catalogue.site.default, ""))
    return "_headers", renderer.plain("feeds/_headers", reader, headers=policy.HEADERS.items())


LISTS = tuple(f"{folder}/index.html" for folder in ADDRESS_FOLDERS.values())
