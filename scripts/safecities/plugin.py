"""The MkDocs plugin, and the only module that knows MkDocs: it asks MkDocs for guidance pages and for shells.

In: MkDocs' events. Out: calls of the pipeline. mkdocs-static-i18n builds each further language by building again
inside its on_post_build, so that every event comes once a language; ours run before its own.
"""

import functools
import logging
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Literal

import jinja2
from markupsafe import Markup
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import config_options
from mkdocs.config.base import Config, load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority, get_plugin_logger
from mkdocs.structure import StructureItem
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page
from mkdocs.utils import get_theme_dir
from mkdocs.utils.templates import TemplateContext

from safecities import addresses, assets, build, guidance, guides, history, locales, pipeline, policy, press, work
from safecities.build import BuildError
from safecities.catalogue import Catalogue, Entry, Guidance
from safecities.menu import GUIDANCE_FOLDER, HOME, OVERVIEW, Chapter, outline
from safecities.pages import Plan, Renderer
from safecities.preview import Preview
from safecities.reader import Place, Reader, place_in_all, place_of
from safecities.shell import Shell, ShellError, ShellKey, slot
from safecities.site import ADDRESS_FOLDERS, CONTENT_FOLDERS, SiteError, load_site
from safecities.templates import Compiled, equip, frame_is_ours, template_folders
from safecities.termlinks import TermLinks
from safecities.vocabularies import GLOSSARY

log = get_plugin_logger(__name__)

SHELLS: dict[str, ShellKey] = {
    "shell": ("", 0),
    **{f"{folder}/shell": (folder, 1) for folder in ADDRESS_FOLDERS.values()},
    **{f"{folder}/term/shell": (folder, 2) for folder in ADDRESS_FOLDERS.values()},
}
"""Where shell pages seem to lie under docs -> which pages are stamped from them."""

TEMPLATES = {HOME: "home.html", OVERVIEW: "outline.html", "glossary": "glossary.html"}
"""Pages with a template of their own, by their paths under docs."""

NOT_FOUND = "404.html"
"""The page that servers show for missing addresses."""

class SafeCitiesConfig(Config):  # type: ignore[no-untyped-call]
    """The plugin's settings in mkdocs.yml."""

    leave_to = config_options.Type(str, default="https://www.wikipedia.org/")
    whole = config_options.ListOfItems(config_options.Type(str), default=[])
    jobs = config_options.Type(int, default=0)


class SafeCities(BasePlugin[SafeCitiesConfig]):  # type: ignore[no-untyped-call]
    """Builds records, lists, search and data beside the pages that MkDocs makes.

    ``leave_to`` is where the button "Leave" leads; ``whole`` names records whose pages MkDocs renders whole instead
    of stamping them (slower, the same page; tests compare the two); ``jobs`` is how many processes print pages (0: as
    many as suit the content and the machine).

    Where somebody else has a say in each page (hooks, other plugins, a frame of the site's own), none is stamped:
    MkDocs puts each of them, ``apart`` from the others, into the frame by itself.
    """

    printing: work.Printing | None = None
    terms = TermLinks()
    renderer: Renderer
    related: dict[str, tuple[Entry, ...]]
    embeds: set[str]
    preview: Preview | None = None
    shells: dict[ShellKey, Shell]
    apart: dict[str, Plan]
    compiled: Compiled
    outline: Sequence[Chapter]
    start: str
    lang: str

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Keep what a preview needs from one build to the next."""
        if command == "serve":
            self.preview = Preview()

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Load the content before the first language is built; the other languages share it."""
        if not _i18n(config).building:
            self.printing = self.printing or self._own_printing(config)
            self.renderer = self.printing.renderer
            self.compiled = Compiled()
            catalogue = self.renderer.catalogue
            if Path(config.docs_dir).resolve() != catalogue.site.docs_dir.resolve():
                raise PluginError(f"mkdocs.yml: docs_dir must be stated in it, and is {config.docs_dir} elsewhere")
        # Cells would be lined up by styles of their own, which the page's policy stops.
        config.mdx_configs.setdefault("tables", {})["use_align_attribute"] = True
        ours = [str(folder) for folder in template_folders(self.renderer.catalogue.site)]
        # Nothing of ours stands on the theme's own templates, and to list its 10,000 icons, once a language, takes as
        # long as a tenth of all guidance pages.
        theirs = get_theme_dir(config.theme.name) if config.theme.name else ""
        extensions: list[Any] = config.markdown_extensions
        if self.terms not in extensions:
            extensions.append(self.terms)
        config.theme.dirs[:] = [*ours, *(folder for folder in config.theme.dirs if folder not in (*ours, theirs))]
        return config

    def _own_printing(self, config: MkDocsConfig) -> work.Printing:
        """The printing of a build that MkDocs itself was asked for."""
        if fault := history.unusable_epoch():
            raise PluginError(fault)
        catalogue = _load(Path(config.config_file_path).parent)
        folder = Path(config.site_dir).resolve()
        # The preview's server has threads, and a process with threads must not be forked.
        texts = len(catalogue.entries) * len(catalogue.site.tags)
        jobs = 1 if threading.active_count() > 1 else self.config.jobs or work.processes(texts)
        if self.preview:
            return self.preview.printing(catalogue, folder, jobs)
        return work.Printing(Renderer(catalogue), build.order(catalogue.site, folder), jobs)

    def on_serve(self, server: Any, config: MkDocsConfig, builder: Any) -> Any:
        """Watch everything that pages are made from; after a change, print only what it touches, if that will do."""
        if self.preview:
            server.builder = functools.partial(self.preview.rebuild, self.renderer.catalogue.site.root, server.builder)
            server._inject_js_into_html = functools.partial(_reloading, server._inject_js_into_html)
        root = self.renderer.catalogue.site.root
        for name in (*CONTENT_FOLDERS.values(), "vocabularies", "overrides"):
            if (root / name).is_dir():
                server.watch(str(root / name))
        return server

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Add a page for each shell; leave out what the theme brings and no page of ours uses."""
        site = self.renderer.catalogue.site
        if self.printing is not None and not _i18n(config).building:
            self.printing.start()
            self.related = {page.id: pipeline.related_tools(self.renderer.catalogue, self.renderer.nearest, page)
                            for page in self.renderer.catalogue.guidance.values() if page.cites}
            vars(self.renderer).pop("nearest", None)  # nobody needs it any more
            work.give_back()
        self.lang = _i18n(config).current_language or site.default
        self.shells = {}
        for file in list(files):
            # Templates of ours, and what comes joined.
            ours = not file.is_documentation_page() and (
                file.src_uri.startswith(("cards/", "feeds/")) or file.src_uri in assets.SOURCES)
            if ours or (file.src_dir == config.docs_dir and _passed_over(file.src_uri)):
                files.remove(file)
        whole = [addresses.record(site, self.renderer.catalogue.entries[name].kind, name, site.default)
                 .removesuffix(".html") for name in self.config.whole]
        self.apart = {} if site.alone and frame_is_ours(site) else {
            name: plan for plan in self.renderer.all(self.lang)
            if (name := plan.address.removeprefix(site.prefix(self.lang)).removesuffix(".html")) not in whole}
        for name in (*SHELLS, *whole, *self.apart):
            suffix = "" if self.lang == site.default else f".{self.lang}"
            files.append(File(f"{name}{suffix}.md", config.docs_dir, config.site_dir, use_directory_urls=False,
                              inclusion=InclusionLevel.NOT_IN_NAV))
        return files

    @event_priority(-150)  # after mkdocs-static-i18n has named the sections in this language
    def on_nav(self, nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
        """Keep the order of the guidance pages, and where they begin."""
        menu = Chapter("", tuple(part for item in nav.items if (part := self._part(item)) is not None))
        self.outline = outline(menu.chapters)
        self.start = OVERVIEW if OVERVIEW in self.renderer.catalogue.guidance else next(
            (guide.id for guide in menu.all), "")
        return nav

    def on_env(self, env: jinja2.Environment, config: MkDocsConfig, files: Files) -> jinja2.Environment:
        """Escape in our own templates as everywhere outside MkDocs; Material's expect that nothing is."""
        ours = {path.relative_to(folder).as_posix() for folder in template_folders(self.renderer.catalogue.site)
                for path in folder.rglob("*") if path.is_file()}
        env.autoescape = lambda name: name in ours
        env.trim_blocks = env.lstrip_blocks = True
        env.bytecode_cache = self.compiled
        equip(env, self.lang)
        return env

    def on_page_read_source(self, page: Page, config: MkDocsConfig) -> str | None:
        """The source of pages that have no file."""
        name = self._name(page)
        if name in SHELLS or name in self.apart:
            return "---\ntitle: shell\ntemplate: shell.html\n---\n"
        if self._whole(name):
            return "---\ntitle: record\ntemplate: record.html\n---\n"
        return None

    def on_page_markdown(self, markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Let embedded records be paragraphs of their own; some pages have a template of their own."""
        if self._name(page) in TEMPLATES:
            page.meta["template"] = TEMPLATES[self._name(page)]
        reader, known = self._reader(page), self.renderer.catalogue.guidance.get(self._name(page))
        text = reader.text(known) if known and known.id.startswith(GUIDANCE_FOLDER) else None
        # As an editor would write it, for MkDocs resolves what looks like a page's own link.
        finder = self.renderer.catalogue.finder(text.lang) if text else None
        self.terms.begin(finder, f"site:{GLOSSARY}.html#")
        self.embeds = {reference.target for reference in guidance.references(markdown) if reference.kind == "embed"}
        return guidance.separate_embeds(markdown)

    def on_page_content(self, html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Put the boxes of embedded records and the addresses of records and lists into the text."""
        reader = self._reader(page)
        catalogue = self.renderer.catalogue

        def address(kind: str, target: str) -> str:
            if kind == "record":
                if target not in catalogue.entries:
                    raise PluginError(f"{page.file.src_uri}: there is no record `{target}`")
                return reader.way(catalogue.entries[target])
            return reader.to(target) if target.startswith("data/") else reader.here(target)

        def box(name: str) -> str | None:
            return self.renderer.box(reader, name) if name in self.embeds and name in catalogue.entries else None

        return guidance.resolve(guidance.clean(html), box, address)

    def on_page_context(self, context: TemplateContext, /, *, page: Page, config: MkDocsConfig,
                        nav: Navigation) -> TemplateContext:
        """What our templates ask for, beside what MkDocs gives."""
        name = self._name(page)
        if name in SHELLS:
            place = place_in_all(self.renderer.catalogue, f"{name}.html", self.lang, SHELLS[name][0])
            reader = Reader(self.renderer.catalogue, self.lang, place)
            return self._with(context, reader, slot=slot)
        if name in self.apart:
            blocks = self.apart[name].blocks()
            return self._with(context, self.apart[name].reader(),
                              slot=lambda block: Markup(blocks[block]))  # noqa: S704 - rendered by our templates
        entry = self._whole(name)
        if entry:
            reader, more = self.renderer.record_context(entry, self.lang)
            return self._with(context, reader, **more)
        return self._with(context, self._reader(page), **self._page(page))

    def on_post_page(self, output: str, page: Page, config: MkDocsConfig) -> str:
        """Keep shells instead of writing them."""
        name = self._name(page)
        if name in SHELLS:
            self.shells[SHELLS[name]] = Shell.cut(output)
            return ""
        return output

    def on_template_context(self, context: TemplateContext, /, *, template_name: str,
                            config: MkDocsConfig) -> TemplateContext:
        """The context of 404.html, whose address isn't known: its links begin at the root of the site."""
        root = context.get("base_url", "").rstrip("/") + "/"
        place = place_in_all(self.renderer.catalogue, NOT_FOUND, self.lang, "")
        return self._with(context, Reader(self.renderer.catalogue, self.lang, place, root))

    def on_post_template(self, output_content: str, template_name: str, config: MkDocsConfig) -> str | None:
        """A page for missing addresses in each language, where MkDocs has one; the sitemap is ours."""
        site = self.renderer.catalogue.site
        if template_name == NOT_FOUND and self.lang != site.default:
            press.write(Path(config.site_dir), site.prefix(self.lang) + NOT_FOUND, output_content)
        return "" if template_name.startswith("sitemap.xml") or self.lang != site.default else output_content

    def _print_language(self, config: MkDocsConfig) -> None:
        """Print this language's pages from its shells."""
        whole = {addresses.record(self.renderer.catalogue.site, entry.kind, entry.id, self.lang)
                 for name in self.config.whole if (entry := self.renderer.catalogue.entries.get(name))}
        if self.printing is not None:
            self.printing.language(self.lang, self.shells, frozenset(
                (*whole, *(plan.address for plan in self.apart.values()))))

    def on_shutdown(self) -> None:
        """Clear up behind a preview."""
        if self.preview:
            self.preview.close()

    @event_priority(-200)
    def _after_all_languages(self, config: MkDocsConfig) -> None:
        """Wait for what is still being printed, after mkdocs-static-i18n has built the last language."""
        work.give_back()
        if not _i18n(config).building and self.printing is not None:
            if self.preview:
                self.preview.keep(self.printing)
            self.printing.finish()
            self.printing = None

    on_post_build = CombinedEvent(_print_language, _after_all_languages)

    def on_build_error(self, error: Exception) -> None:
        """Give up what is still being printed."""
        if self.printing is not None:  # the error may have come before the content was read
            self.printing.close()
            self.printing = None

    def _name(self, page: Page) -> str:
        """A page's path under docs without its language and ending."""
        stem, _, suffix = page.file.src_uri.removesuffix(".md").rpartition(".")
        return stem if stem and suffix in self.renderer.catalogue.site.tags else page.file.src_uri.removesuffix(".md")

    def _whole(self, name: str) -> Any:
        folder, _, record = name.partition("/")
        return self.renderer.catalogue.entries.get(record) if (
            folder in ADDRESS_FOLDERS.values() and record in self.config.whole) else None

    def _reader(self, page: Page) -> Reader:
        catalogue = self.renderer.catalogue
        name = self._name(page)
        known = catalogue.guidance.get(name)
        section = "guidance" if name.startswith(GUIDANCE_FOLDER) or name == "glossary" else name
        if known:
            return Reader(catalogue, self.lang, place_of(catalogue, known, self.lang, section))
        # A page without front matter: MkDocs shows it, our lists don't know it.
        written = getattr(page.file, "locale", None) or catalogue.site.default
        places = {tag: f"{catalogue.site.prefix(tag)}{name}.html" for tag in catalogue.site.tags}
        return Reader(catalogue, self.lang, Place(places, written, (written,), section))

    def _page(self, page: Page) -> dict[str, Any]:
        """What a guidance page's template needs of its page."""
        catalogue, name = self.renderer.catalogue, self._name(page)
        known = catalogue.guidance.get(name)
        contents = list(page.toc)
        own_heading = bool(contents) and contents[0].level == 1
        return {
            **(guides.known(self.renderer, self._reader(page), known, self.related.get(name, ())) if known
               else guides.unknown(page.title or "")),
            "own_heading": own_heading, "contents": contents[0].children if own_heading else contents,
            "crumbs": [self._named(section) for section in reversed(list(page.ancestors))],
            "outline": self.outline, "chapter": self._chapter(page.parent) if page.parent else None,
            "is_home": name == HOME, **(guides.first(catalogue) if name == HOME else {}),
        }

    def _part(self, item: StructureItem) -> Guidance | Chapter | None:
        """What an item of MkDocs' menu is of guidance."""
        if isinstance(item, Section):
            chapter = self._chapter(item)
            return chapter if chapter.all else None
        name = self._name(item) if isinstance(item, Page) else ""
        listed = name.startswith(GUIDANCE_FOLDER) and name != OVERVIEW
        return self.renderer.catalogue.guidance.get(name) if listed else None

    def _chapter(self, section: Section) -> Chapter:
        parts = (self._part(item) for item in section.children)
        return Chapter(self._named(section), tuple(part for part in parts if part is not None))

    def _named(self, section: StructureItem) -> str:
        """A section's title in the language that is built, where there is a message for it."""
        return locales.catalogue(self.lang).gettext(section.title) if section.title else ""

    def _with(self, context: TemplateContext, reader: Reader, **more: Any) -> TemplateContext:
        """MkDocs' context with ours, and with what the frame of every page needs."""
        context.update({**self.renderer.context(reader, **more), "leave_to": self.config.leave_to,  # type: ignore[typeddict-item]
                        "guidance_start": self.start and f"{self.start}.html"})
        return context


def _passed_over(path: str) -> bool:
    """Whether nobody has looked at a file under docs, so that nobody may see it."""
    return any(part[0] in "_." for part in path.split("/"))


def _load(root: Path) -> Catalogue:
    """The catalogue of the site at ``root``; raises MkDocs' error for one that cannot be built."""
    try:
        return pipeline.load(load_site(root))[0]
    except SiteError as error:
        raise PluginError(str(error)) from None
    except pipeline.InvalidContentError as error:
        lines = [problem.as_text() for problem in error.problems if problem.level == "error"]
        raise PluginError("\n".join(["the content has errors:", *lines])) from None


def _i18n(config: MkDocsConfig) -> Any:
    plugin = config.plugins.get("i18n")
    if plugin is None:
        raise PluginError("the plugin safecities needs the plugin i18n, which lists the site's languages")
    return plugin


def _reloading(inject: Callable[[bytes, int], bytes], page: bytes, epoch: int) -> bytes:
    """A page as the preview's server sends it: with MkDocs' own script, which the page's own policy would stop."""
    return inject(page.replace(policy.PAGE.encode(), policy.PREVIEW.encode(), 1), epoch)


class _Collected(logging.Handler):
    """Keeps what MkDocs warns of, since a warning is a fault of the content here."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


def render(printing: work.Printing, folder: Path) -> None:
    """Let MkDocs make its pages in ``folder``, and print the others from its shells.

    Raises :class:`BuildError` for what MkDocs or a template cannot do.
    """
    collected = _Collected()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(collected)
    logger.propagate = False
    try:
        root = printing.renderer.catalogue.site.root
        config = load_config(str(root / "mkdocs.yml"), site_dir=str(folder), strict=False)
        plugin = config.plugins.get("safecities")
        if not isinstance(plugin, SafeCities):
            raise BuildError("mkdocs.yml: plugins: safecities is not listed there")
        plugin.printing = printing
        config.plugins.on_startup(command="build", dirty=False)
        mkdocs_build(config)
        config.plugins.on_shutdown()
        if collected.lines:
            raise BuildError("\n".join(collected.lines))
    except SystemExit as error:
        raise BuildError("\n".join(collected.lines) or str(error)) from None
    except jinja2.TemplateSyntaxError as error:
        raise BuildError(f"{error.filename or error.name}:{error.lineno}: {error.message}") from None
    except RecursionError:
        raise BuildError("the text of a guidance page is nested too deeply") from None
    except (jinja2.TemplateError, ShellError, AttributeError, TypeError) as error:
        raise BuildError(f"a template cannot be rendered: {error}") from error
    finally:
        logger.removeHandler(collected)
