"""The way from files to everything else, in order: what the commands and the MkDocs plugin both do.

In: a site. Out: a catalogue, an index, and a finished folder of pages.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib.metadata import version
from pathlib import Path

from safecities import catalogue as catalogues
from safecities import exports, feeds, index, press, rules, search
from safecities.catalogue import Catalogue, Entry, Guidance
from safecities.content import Content, keep, read_content
from safecities.known import Known
from safecities.pages import Renderer
from safecities.problems import Problem, has_errors
from safecities.records import content_files
from safecities.shell import Shell
from safecities.site import ADDRESS_FOLDERS, CONTENT_FOLDERS, Site

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
    known = Known(site.cache_dir)
    content, found = read_content(site, known)
    found += rules.check_files(content)
    keep(content, {problem.path for problem in found}, known)
    return content, rules.check(content, found)


def write_index(catalogue: Catalogue) -> Path:
    """catalogue → index: the Whoosh index in the cache; returns its folder."""
    folder = catalogue.site.cache_dir / "index"
    stamp = content_stamp(catalogue.site)
    index.build(catalogue, folder)
    (folder / _STAMP).write_text(stamp, encoding="utf-8")
    return folder


def related_tools(catalogue: Catalogue, nearest: index.Nearest, page: Guidance) -> tuple[Entry, ...]:
    """The records of a guidance page's tab: its own ``related``, those it embeds, then the nearest by their words."""
    named = (*page.related, *page.embeds)
    near = nearest.nearest(page.id, NEAREST + len(named), kinds=("tool", "case-study"))
    further = [name for name in near if name not in named][:NEAREST]
    return tuple(catalogue.entries[name] for name in dict.fromkeys((*named, *further)))


def print_language(renderer: Renderer, lang: str, shells: Mapping[press.ShellKey, Shell], left_out: frozenset[str],
                   folder: Path) -> int:
    """catalogue → pages → press: all pages of records and lists in a language but those ``left_out``; their number."""
    stamps = (stamp for stamp in renderer.all(lang) if stamp.address not in left_out)
    return press.print_pages(folder, renderer.catalogue.site, stamps, shells)


def search_files(renderer: Renderer, lang: str) -> Iterable[tuple[str, str]]:
    """catalogue → search: address and text of the browser's files of one language."""
    return search.language_files(renderer.catalogue, lang)


def other_files(renderer: Renderer) -> Iterator[tuple[str, str]]:
    """catalogue → facet columns, exports, feeds: address and text of every file that is no page and of no language."""
    catalogue = renderer.catalogue
    yield from search.shared_files(catalogue)
    yield from exports.files(catalogue)
    for lang in catalogue.site.tags:
        yield feeds.feed(renderer, lang)
    yield from feeds.sitemap(renderer, listed_pages(renderer))


def listed_pages(renderer: Renderer) -> Iterable[str]:
    """The addresses of all lists, in the default language."""
    default = renderer.catalogue.site.default
    yield from feeds.LISTS
    for kind in ADDRESS_FOLDERS:
        for _, _, address in renderer.plain_lists(kind, default):
            yield address


def write_files(folder: Path, files: Iterable[tuple[str, str]]) -> int:
    """Write files under a folder; returns their number."""
    number = 0
    for number, (address, text) in enumerate(files, 1):  # noqa: B007 - the last number is the result
        press.write(folder, address, text)
    return number


def write_search_files(catalogue: Catalogue) -> int:
    """catalogue → search: the browser's files in the cache and, if there is a site already, in it; their number."""
    files = list(search.files(catalogue))
    folders = [catalogue.site.cache_dir]
    if (catalogue.site.site_dir / press.OWN_MARK).is_file():
        folders.append(catalogue.site.site_dir)
    for folder in folders:
        write_files(folder, files)
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
