"""What ``mkdocs.yml`` says of the site: its root, name, address and languages.

In: a folder that holds ``mkdocs.yml``. Out: a frozen :class:`Site`. The i18n plugin's ``languages`` are the only
list of languages there is. The file is read without MkDocs, so that records can be checked without it.
"""

import functools
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import yaml
import yaml_env_tag

CONTENT_FOLDERS = {"tool": "tools_db", "case-study": "casestudies"}
"""Kind of record -> the folder under the root in which its files lie."""

ADDRESS_FOLDERS = {"tool": "tools", "case-study": "casestudies"}
"""Kind of record -> the folder of its pages in the site."""


class SiteError(Exception):
    """``mkdocs.yml`` is missing or says something that we cannot work with; the message is for people."""


@dataclass(frozen=True)
class Language:
    """A language of the site: its BCP 47 tag, its own name (an endonym, as the switcher shows it), and its line."""

    tag: str
    name: str
    line: int = 1


@dataclass(frozen=True)
class Site:
    """The site as configured.

    ``url`` ends in a slash, or is empty when no address is configured. ``plain`` says that MkDocs' pages depend on
    nothing but files that we know of: no other plugin, hook or variable of the environment has a say in them.
    ``alone`` says that nothing but ours has a say in what MkDocs makes of a page, so that pages may be stamped.
    """

    root: Path
    name: str
    description: str
    url: str
    languages: tuple[Language, ...]
    default: str
    docs_dir: Path
    site_dir: Path
    plain: bool = False
    alone: bool = True

    @property
    def tags(self) -> tuple[str, ...]:
        """The BCP 47 tags of all languages, the default one first."""
        return tuple(language.tag for language in self.languages)

    @property
    def cache_dir(self) -> Path:
        """Where everything lies that may be deleted at any time."""
        return self.root / ".cache"

    def prefix(self, lang: str) -> str:
        """The folder of a language in the site: empty for the default language, else ``es/``."""
        return "" if lang == self.default else f"{lang}/"


class _Loader(yaml.SafeLoader):
    """MkDocs' own configuration may hold ``!ENV`` and ``!!python/name:…``, which only MkDocs needs."""


_Loader.add_constructor("!ENV", yaml_env_tag.construct_env_tag)
_Loader.add_multi_constructor("", lambda loader, suffix, node: None)


def find_root(start: Path) -> Path:
    """The nearest folder from ``start`` upwards that holds ``mkdocs.yml``; raises :class:`SiteError`."""
    for folder in (start, *start.parents):
        if (folder / "mkdocs.yml").is_file():
            return folder
    raise SiteError(f"no mkdocs.yml in {start} or above it; name the folder that holds it with --root")


def _plugins(config: Mapping[str, Any]) -> dict[str, Any]:
    """The ``plugins`` of mkdocs.yml, which may be a list of names and mappings or one mapping."""
    plugins = config.get("plugins") or []
    if isinstance(plugins, dict):
        return plugins
    if not isinstance(plugins, list):
        raise SiteError("mkdocs.yml: plugins must be a list")
    found: dict[str, Any] = {}
    for plugin in plugins:
        found.update(plugin if isinstance(plugin, dict) else {plugin: {}})
    return found


@functools.lru_cache(maxsize=8)
def _load(path: Path, stamp: int) -> Mapping[str, Any]:
    """``mkdocs.yml`` as plain data; ``stamp`` is its time of change in nanoseconds, for the cache."""
    try:
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 - a SafeLoader of ours
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise SiteError(f"mkdocs.yml cannot be read: {' '.join(str(error).split())}") from error
    if not isinstance(data, dict):
        raise SiteError("mkdocs.yml holds no settings")
    return data


def _line(text: str, tag: str) -> int:
    """The line of mkdocs.yml that lists a language."""
    listed = re.search(rf"""locale:\s*['"]?{re.escape(tag)}\b(?!-)""", text)
    return text.count("\n", 0, listed.start()) + 1 if listed else 1


def _languages(config: Mapping[str, Any], text: str) -> list[tuple[Language, bool]]:
    """The languages that are built, each with whether it is the default; raises :class:`SiteError`."""
    where = "mkdocs.yml: plugins: i18n: languages"
    i18n = _plugins(config).get("i18n")
    rows = i18n.get("languages") if isinstance(i18n, dict) else None
    if not isinstance(rows, list) or not rows:
        raise SiteError(f"{where}: no language is listed there")
    found = []
    for row in rows:
        if not isinstance(row, dict) or not isinstance(row.get("locale"), str):
            raise SiteError(f"{where}: every row needs a `locale`, such as {{locale: en, name: English}}")
        if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", row["locale"]):
            raise SiteError(f"{where}: `{row['locale']}` is no BCP 47 tag; accepted are tags such as en or pt-BR")
        if row.get("build", True) is not False:
            language = Language(row["locale"], str(row.get("name") or row["locale"]), _line(text, row["locale"]))
            found.append((language, bool(row.get("default"))))
    if not found:
        raise SiteError(f"{where}: no language of them is built")
    if sum(default for _, default in found) != 1:
        raise SiteError(f"{where}: exactly one of them needs `default: true`")
    return found


def extract_sections(file: IO[bytes], keywords: object, comment_tags: object,
                     options: object) -> Iterator[tuple[int, None, str, list[str]]]:
    """The titles of the menu's sections in mkdocs.yml as messages to translate, as Babel wants them: see babel.cfg."""
    text = file.read().decode("utf-8")
    items = [yaml.load(text, Loader=_Loader).get("nav") or []]  # noqa: S506 - a SafeLoader of ours
    for item in items:  # grows while it is gone through
        for title, below in (pair for row in item if isinstance(row, dict) for pair in row.items()):
            if isinstance(below, list):
                yield text.count("\n", 0, text.index(f"- {title}:")) + 1, None, title, []
                items.append(below)


def _folder(root: Path, config: Mapping[str, Any], name: str, default: str) -> Path:
    """A folder named in mkdocs.yml."""
    return Path(os.path.normpath(root / str(config.get(name) or default)))


def _below(root: Path, folder: Path) -> bool:
    """Whether a folder lies below the root, and no link on the way to it leads elsewhere."""
    return root in folder.parents and folder.parent.resolve() == root.resolve() / folder.parent.relative_to(root)


def _own_folders(root: Path) -> list[Path]:
    """Folders whose files are no guidance pages."""
    return [root / name for name in (*CONTENT_FOLDERS.values(), "vocabularies", "overrides", ".git", ".cache")]


_EXTENSIONS = frozenset({
    "abbr", "admonition", "attr_list", "codehilite", "def_list", "extra", "fenced_code", "footnotes", "legacy_attrs",
    "legacy_em", "md_in_html", "meta", "nl2br", "sane_lists", "smarty", "tables", "toc", "wikilinks"})
"""Python-Markdown's own extensions, of which a version is known; those of its companion begin with ``pymdownx``."""


def _is_plain(config: Mapping[str, Any], text: str) -> bool:
    theme = config.get("theme")
    extensions = config.get("markdown_extensions") or []
    named = [name for row in extensions for name in (row if isinstance(row, dict) else [row])]
    known = all(str(name).removeprefix("markdown.extensions.") in _EXTENSIONS or str(name).startswith("pymdownx.")
                for name in named)
    return (_is_alone(config) and not (_plugins(config).get("safecities") or {}).get("whole") and known
            and isinstance(theme, dict) and theme.get("custom_dir", "overrides") == "overrides"
            and "!ENV" not in text and "snippets" not in text)


def _is_alone(config: Mapping[str, Any]) -> bool:
    return _plugins(config).keys() <= {"i18n", "safecities"} and not config.get("hooks") and not config.get("INHERIT")


def load_site(root: Path) -> Site:
    """Read ``mkdocs.yml`` in ``root``; raises :class:`SiteError` with what is missing."""
    path = root / "mkdocs.yml"
    if not path.is_file():
        raise SiteError(f"no mkdocs.yml in {root}")
    config = _load(path, path.stat().st_mtime_ns)
    text = path.read_text(encoding="utf-8")
    languages = sorted(_languages(config, text), key=lambda row: not row[1])
    docs_dir = _folder(root, config, "docs_dir", "docs")
    if not _below(root, docs_dir):
        raise SiteError("mkdocs.yml: docs_dir must be a folder below the one that holds mkdocs.yml")
    if any(folder == docs_dir or folder in docs_dir.parents for folder in _own_folders(root)):
        raise SiteError("mkdocs.yml: docs_dir must be a folder for guidance pages alone")
    theme = config.get("theme")
    if isinstance(theme, dict) and theme.get("custom_dir") and not _below(root, _folder(root, theme, "custom_dir", "")):
        raise SiteError("mkdocs.yml: theme: custom_dir must be a folder below the one that holds mkdocs.yml")
    url = str(config.get("site_url") or "")
    return Site(
        root=root,
        name=str(config.get("site_name") or "Safe Cities Knowledge Base"),
        description=str(config.get("site_description") or ""),
        url=url if not url or url.endswith("/") else url + "/",
        languages=tuple(language for language, _ in languages),
        default=languages[0][0].tag,
        docs_dir=docs_dir,
        site_dir=_folder(root, config, "site_dir", "site"),
        plain=_is_plain(config, text),
        alone=_is_alone(config),
    )
