"""Files for machines that read or serve the whole site: Atom feeds, sitemap, robots.txt, llms.txt, headers.

In: the catalogue and the addresses of all pages. Out: address and text of each file, from templates in
``overrides/feeds``. Dates come from the records, so that the same input gives the same bytes.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from safecities import addresses, policy
from safecities.catalogue import Catalogue, Entry
from safecities.linked import LIST_NAMES
from safecities.locales import catalogue as messages
from safecities.pages import FED, NEWEST, Renderer, by_day
from safecities.reader import Reader, place_in_all
from safecities.site import ADDRESS_FOLDERS


@dataclass(frozen=True)
class Feed:
    """A feed to be: its address, the page whose news it tells, that page's name, and the records to choose from."""

    address: str
    page: str
    name: str
    entries: Sequence[Entry]


def of_language(renderer: Renderer, lang: str) -> Iterator[Feed]:
    """The feeds there are in a language: of everything, of each kind, and of each list of a facet in :data:`FED`."""
    catalogue = renderer.catalogue
    site, say = catalogue.site, messages(lang).gettext
    prefix = site.prefix(lang)
    yield Feed(f"{prefix}feed.xml", f"{prefix}index.html", "", renderer.newest[()])
    for kind, folder in ADDRESS_FOLDERS.items():
        name = say(LIST_NAMES[kind])
        yield Feed(f"{prefix}{folder}/feed.xml", addresses.listing(site, kind, lang), name,
                   renderer.newest[kind,])
        for facet, option, path in renderer.plain_lists(kind, lang):
            if facet.name in FED:
                yield Feed(f"{prefix}{path.removesuffix('.html')}.xml", prefix + path, f"{name}: {option.label}",
                           renderer.newest[kind, facet.name, option.value])


def feed(renderer: Renderer, lang: str, wanted: Feed, number: int | None = NEWEST) -> tuple[str, str]:
    """An Atom feed (RFC 4287) in one language: the records added or checked last, at most ``number`` (None: all)."""
    catalogue = renderer.catalogue
    site = catalogue.site
    reader = Reader(catalogue, lang, place_in_all(catalogue, "feed.xml", lang, ""))
    newest = sorted(wanted.entries, key=by_day, reverse=True)[:number]
    rows = [(entry, reader.text(entry), addresses.lasting(site, addresses.record(site, entry.kind, entry.id, lang)))
            for entry in newest]
    text = renderer.plain(
        "feeds/feed.xml", reader, entries=rows, of=wanted.name,
        self_address=addresses.lasting(site, wanted.address), home_address=addresses.lasting(site, wanted.page),
        updated=max((entry.fields.day for entry in newest), default=date(1970, 1, 1)))
    return wanted.address, text


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
    return "_headers", renderer.plain("feeds/_headers", reader, headers=policy.HEADERS.items(),
                                      lasting=policy.LASTING, lifetime=policy.LIFETIME)


def redirects(renderer: Renderer) -> tuple[str, str]:
    """``_redirects``, from which Netlify learns what to show for missing addresses in each language."""
    catalogue = renderer.catalogue
    default = catalogue.site.default
    reader = Reader(catalogue, default, place_in_all(catalogue, "_redirects", default, ""))
    languages = [tag for tag in catalogue.site.tags if tag != default]
    return "_redirects", renderer.plain("feeds/_redirects", reader, languages=languages)


LISTS = (*(f"{folder}/index.html" for folder in ADDRESS_FOLDERS.values()), addresses.MAP, addresses.TIMELINE)


_MARKDOWN = re.compile(r"([\\`*_\[\]<>])")


def outline(renderer: Renderer) -> Iterator[tuple[str, str]]:
    """``llms.txt`` (llmstxt.org): what the site is, its main parts and its data, in the default language."""
    catalogue = renderer.catalogue
    site = catalogue.site
    reader = Reader(catalogue, site.default, place_in_all(catalogue, "llms.txt", site.default, ""))

    def link(name: str, address: str, summary: str = "") -> Markup:
        shown = [_MARKDOWN.sub(r"\\\1", text) for text in (name, summary)]
        way = addresses.absolute(site, address) or address
        return Markup(f"- [{shown[0]}]({way})" + (f": {shown[1]}" if summary else ""))  # noqa: S704 - no HTML at all

    guides = []
    for page in catalogue.guidance.values():
        text = reader.text(page)
        guides.append(link(text.title, addresses.guidance(site, page.id, site.default), text.summary))
    yield "llms.txt", renderer.plain("feeds/llms.txt", reader, link=link, guides=guides, data=addresses.DATA_FILES)
