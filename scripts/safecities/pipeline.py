"""The way from files to everything else, in order: what the commands and the MkDocs plugin both do.

In: a site. Out: a catalogue, an index, and a finished folder of pages.
"""

import functools
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from safecities import assets, cache, cards, exports, feeds, press, rules, takeaway
from safecities import catalogue as catalogues
from safecities.cache import digest
from safecities.catalogue import Catalogue, Entry, Guidance
from safecities.content import Content, keep, read_content
from safecities.edition import Edition, Make
from safecities.known import Known
from safecities.pages import Plan, Renderer
from safecities.problems import Problem, has_errors
from safecities.records import content_files
from safecities.shell import Shell, ShellKey
from safecities.site import ADDRESS_FOLDERS, CONTENT_FOLDERS, Site

if TYPE_CHECKING:
    from safecities.index import Nearest

_STAMP = "content.stamp"

NEAREST = 4
"""How many records the index adds to a guidance page's related tools."""


class InvalidContentError(Exception):
    """The content has errors, so nothing may be built from it."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(f"{sum(problem.level == 'error' for problem in problems)} errors in the content")
        self.problems = problems


def validate(site: Site) -> list[Problem]:
    """All problems of a site's content."""
    return _checked(site)[1]


def load(site: Site) -> tuple[Catalogue, list[Problem]]:
    """files → records → rules → catalogue; raises :class:`InvalidContentError`. The problems left are warnings."""
    content, problems = _checked(site)
    if has_errors(problems):
        raise InvalidContentError(problems)
    return catalogues.build(content), problems


def _checked(site: Site) -> tuple[Content, list[Problem]]:
    known = Known(site.cache_dir, " ".join((site.default, *site.tags)))
    content, found = read_content(site, known)
    found += rules.check_files(content)
    keep(content, {problem.path for problem in found}, known)
    return content, rules.check(content, found)


def write_index(catalogue: Catalogue) -> Path:
    """catalogue → index: the Whoosh index in the cache; returns its folder."""
    from safecities import index  # brings Whoosh along, which takes a while to load

    folder = catalogue.site.cache_dir / "index"
    stamp = content_stamp(catalogue.site)
    index.build(catalogue, folder)
    (folder / _STAMP).write_text(stamp, encoding="utf-8")
    return folder


def related_tools(catalogue: Catalogue, nearest: "Nearest", page: Guidance) -> tuple[Entry, ...]:
    """The records of a guidance page's tab: its own ``related``, those it embeds, then the nearest by their words."""
    named = (*page.related, *page.embeds)
    near = nearest.nearest(page.id, NEAREST + len(named), kinds=("tool", "case-study"))
    further = [name for name in near if name not in named][:NEAREST]
    return tuple(catalogue.entries[name] for name in dict.fromkeys((*named, *further)))


def print_language(renderer: Renderer, edition: Edition, common: str, lang: str, shells: Mapping[ShellKey, Shell],
                   left_out: frozenset[str]) -> None:
    """catalogue → pages → press: all pages of records and lists in a language but those ``left_out``."""
    prefix = renderer.catalogue.site.prefix(lang)

    def wanted() -> Iterator[tuple[str, str, Make]]:
        for plan in renderer.all(lang):
            if plan.address not in left_out:
                shell = shells[plan.section, plan.address.removeprefix(prefix).count("/")]
                yield plan.address, digest(common, shell.key, plan.key), functools.partial(_page, plan, shell)

    edition.items(wanted())


def _page(plan: Plan, shell: Shell) -> list[tuple[str, bytes]]:
    return [(plan.address, shell.stamp(plan.blocks()))]


def print_search(renderer: Renderer, edition: Edition, common: str, lang: str) -> None:
    """catalogue → search: the browser's files of one language."""
    edition.item(f"search/{lang}", digest(common, renderer.keys.texts(lang)),
                 functools.partial(_search_files, renderer, common, lang))


def _search_files(renderer: Renderer, common: str, lang: str) -> Iterator[tuple[str, str]]:
    """The search files of a language; the words of documents are kept for the next time."""
    from safecities import search  # brings numpy along, which takes a while to load
    from safecities.search.words import Words

    path = renderer.catalogue.site.cache_dir / f"words-{lang}.json"
    kept = cache.read(path) or {}
    words = Words(kept["words"] if kept.get("common") == common else None)
    yield from search.language_files(renderer.catalogue, lang, words, lambda page: renderer.keys.text(page, lang))
    if words.outdated:
        cache.write(path, {"common": common, "words": words.data()})


def print_others(renderer: Renderer, edition: Edition, common: str) -> None:
    """catalogue → facet columns, exports, feeds: every file that is no page and of no language's search."""
    catalogue, keys = renderer.catalogue, renderer.keys
    facts = digest(*map(keys.facts, ADDRESS_FOLDERS))
    edition.item("search", digest(common, facts), functools.partial(_shared_files, catalogue))
    for kind in ADDRESS_FOLDERS:
        _print_data(renderer, edition, common, kind)
    for lang in catalogue.site.tags:
        for wanted in feeds.of_language(renderer, lang):
            edition.item(wanted.address, digest(common, keys.listed(wanted.address, lang, wanted.entries)),
                         functools.partial(_feed, renderer, lang, wanted))
        if catalogue.site.url:  # links to a site without an address are shown by nobody
            edition.item(f"cards/{lang}", digest(common, "cards"), functools.partial(cards.of_language, renderer, lang))
    edition.item("llms.txt", digest(common, keys.faces(catalogue.site.default)),
                 functools.partial(feeds.outline, renderer))
    edition.item("sitemap", digest(common, keys.addresses()), functools.partial(_sitemap, renderer))
    edition.item("headers", common, lambda: [feeds.headers(renderer), feeds.redirects(renderer)])


def _shared_files(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    from safecities import search

    return search.shared_files(catalogue)


def _print_data(renderer: Renderer, edition: Edition, common: str, kind: str) -> None:
    """The records of a kind as data: in pieces for the browser, and in whole files, put together from these."""
    catalogue, keys = renderer.catalogue, renderer.keys
    for number, entries in takeaway.chunks(catalogue, kind):
        edition.item(f"takeaway/{kind}/{number}", digest(common, *map(keys.whole, entries)),
                     functools.partial(takeaway.piece_files, catalogue, kind, number, entries))
    edition.item(f"data/{kind}", digest(common, *map(keys.whole, catalogue.of_kind(kind))), functools.partial(
        takeaway.joined_files, catalogue, kind, lambda address: (edition.folder / address).read_text(encoding="utf-8")))


def print_schema(renderer: Renderer, edition: Edition, common: str) -> None:
    """catalogue → exports: the JSON Schema, by which a site of ours is known."""
    edition.item("data/schema", common, functools.partial(exports.schema_files, renderer.catalogue))


def print_assets(renderer: Renderer, edition: Edition, common: str) -> None:
    """templates → press: the scripts and styles of all pages."""
    edition.item("assets", common, functools.partial(assets.files, renderer.catalogue.site))


def _feed(renderer: Renderer, lang: str, wanted: feeds.Feed) -> list[tuple[str, str]]:
    return [feeds.feed(renderer, lang, wanted)]


def _sitemap(renderer: Renderer) -> Iterator[tuple[str, str]]:
    return feeds.sitemap(renderer, listed_pages(renderer))


def listed_pages(renderer: Renderer) -> Iterable[str]:
    """The addresses of all lists, in the default language."""
    default = renderer.catalogue.site.default
    yield from feeds.LISTS
    for kind in ADDRESS_FOLDERS:
        for _, _, address in renderer.plain_lists(kind, default):
            yield address


def write_search_files(catalogue: Catalogue) -> int:
    """catalogue → search: the browser's files in the cache and, if there is a site already, in it; their number."""
    from safecities import search

    pieces = (takeaway.files(catalogue, kind) for kind in ADDRESS_FOLDERS)  # which the columns number
    files = [*search.files(catalogue), *chain.from_iterable(pieces)]
    folders = [catalogue.site.cache_dir]
    if (catalogue.site.site_dir / press.OWN_MARK).is_file():
        folders.append(catalogue.site.site_dir)
    for folder in folders:
        for address, text in files:
            press.write(folder, address, text)
    return len(files)


def fresh_index(site: Site, load_catalogue: Callable[[], Catalogue]) -> Path:
    """The Whoosh index in the cache, made anew first if any content has changed since it was made."""
    folder = site.cache_dir / "index"
    stamp = folder / _STAMP
    if not stamp.is_file() or stamp.read_text(encoding="utf-8") != content_stamp(site):
        write_index(load_catalogue())
    return folder


def content_stamp(site: Site) -> str:
    """A digest of the names, sizes and times of change of everything that the index is made from."""
    state = hashlib.sha256(version("safecities").encode())
    folders = [*(site.root / name for name in (*CONTENT_FOLDERS.values(), "vocabularies")), site.docs_dir]
    for path in (site.root / "mkdocs.yml", *(path for folder in folders for path in content_files(folder))):
        status = path.lstat()
        state.update(f"{path}\0{status.st_size}\0{status.st_mtime_ns}\n".encode())
    return state.hexdigest()
