"""How a record is cited: what there is to cite, and the same as BibTeX, RIS, CSL-JSON and COinS.

In: an entry or a guidance page, and the language of a reader. Out: a :class:`Work`, and its text in each format. What
one cites of a tool is the work itself, the same in all languages; of a case study or a guidance page, the page on this
site, which names its sources.
Formats: BibTeX as biber and classic BibTeX read it (UTF-8); RIS as Research Information Systems described it in 2001
(UTF-8, CRLF); CSL-JSON 1.0; COinS: an OpenURL ContextObject (Z39.88-2004), which Zotero reads in pages.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple
from urllib.parse import quote

from safecities import addresses, schema
from safecities.catalogue import Catalogue, Entry, Guidance
from safecities.locales import catalogue as messages

SITE_NAME = "Safe Cities Knowledge Base"
"""What the site calls itself, as a message id."""

SOURCES = "Sources:"
"""What stands before the sources of a case study, as a message id."""

NOBODY = "unknown"
"""What stands among a record's organisations where the source names none."""


class Form(NamedTuple):
    """What kind of work it is in each format."""

    csl: str
    ris: str
    bibtex: str
    schema: str


_BOOK = Form("book", "BOOK", "book", "Book")
_REPORT = Form("report", "RPRT", "techreport", "Report")
_PAGE = Form("webpage", "ELEC", "misc", "Article")
_OTHER = Form("document", "GEN", "misc", "CreativeWork")
_FORMS = {
    "checklist": _REPORT, "compendium": _BOOK, "guide": _REPORT, "indicator-set": _REPORT, "policy": _REPORT,
    "research": _REPORT, "safety-audit": _REPORT, "service-protocol": _REPORT,
    "training-manual": Form("book", "BOOK", "manual", "Book"),
    "data-tool": Form("software", "COMP", "misc", "CreativeWork"),
    "registry": Form("dataset", "DATA", "misc", "Dataset"),
}
"""Forms by category; one that isn't named here is some document."""


_KEYLESS = re.compile(r"[^a-zA-Z0-9]+")
"""What may stand in the name of a guidance page and not in a key of BibTeX."""


class Work(NamedTuple):
    """Something to cite. Texts may be empty where nothing is known.

    ``title`` is the work's own, ``translated`` what this site calls it where that is another one. ``day`` is known of
    pages of this site only; ``year`` is also known of other works. ``language`` is that of the work, which may be known
    by a title in ``title_language`` only.
    """

    id: str
    form: Form
    title: str
    translated: str
    authors: tuple[str, ...]
    year: int | None
    day: date | None
    language: str
    title_language: str
    url: str
    site: str = ""
    isbn: str = ""
    doi: str = ""
    note: str = ""
    abstract: str = ""
    keywords: tuple[str, ...] = ()


def of(catalogue: Catalogue, entry: Entry, lang: str | None = None, *, brief: bool = False) -> Work:
    """What one cites of a record. ``lang`` is the reader's language; None: the record's own.

    ``brief`` leaves out abstract and keywords, which a page that cites the record says anyway.
    """
    site = catalogue.site
    lang = lang or (entry.language if entry.language in site.tags else site.default)
    text, fields = entry.text(lang, site.default), entry.fields
    page = addresses.lasting(site, addresses.record(site, entry.kind, entry.id, lang))
    more: dict[str, Any] = {} if brief else {
        "abstract": text.summary, "keywords": tuple(catalogue.label("themes", name, lang) for name in fields.themes)}
    if not isinstance(fields, schema.Tool):
        say = messages(lang).gettext
        day, name = fields.day, say(SITE_NAME)
        return Work(entry.id, _PAGE, text.title, "", (name,), day.year, day, text.lang, text.lang, page, name,
                    note=f"{say(SOURCES)} {'; '.join(map(_source, fields.sources))}", **more)
    identifier = fields.identifier or ""
    isbn, doi = identifier.removeprefix("ISBN "), identifier.removeprefix("doi:")
    title = fields.original_title or entry.original.title
    return Work(
        entry.id, _form(fields), title, text.title if text.title != title else "",
        tuple(name for name in fields.organisations if name != NOBODY), entry.year, None, _language(entry),
        (fields.original_language or "") if fields.original_title else entry.language,
        _where(fields) or page, isbn=isbn if isbn != identifier else "", doi=doi if doi != identifier else "", **more)


def of_guidance(catalogue: Catalogue, page: Guidance, lang: str) -> Work:
    """What one cites of a guidance page: the page, as it was last edited."""
    site = catalogue.site
    text, name = page.text(lang, site.default), messages(lang).gettext(SITE_NAME)
    address = addresses.lasting(site, addresses.guidance(site, page.id, lang))
    key, day = _KEYLESS.sub("-", page.id).strip("-") or "page", page.last_edited
    return Work(key, _PAGE, text.title, "", (name,), day.year, day, text.lang, text.lang, address, name)


def _form(tool: schema.Tool) -> Form:
    if (tool.identifier or "").startswith("ISBN"):
        return _BOOK
    return next((_FORMS[name] for name in tool.categories if name in _FORMS), _OTHER)


def _language(entry: Entry) -> str:
    """The language that a work is in, as far as it is known."""
    return entry.fields.original_language or next(iter(entry.languages), "")


def _where(tool: schema.Tool) -> str:
    """Where a work can be read, in its own language if there is a choice; empty if no link is known."""
    versions = sorted(tool.versions, key=lambda version: version.language != tool.original_language)
    return next((url for version in versions for url in (version.url, version.archive_url) if url), "")


def _source(source: schema.Reference) -> str:
    named = [source.author, source.title, source.publisher, str(source.year or "")]
    return ", ".join(part for part in (*named, source.url) if part)


def _line(text: str) -> str:
    """A text on one line: a line break would end a field."""
    return " ".join(text.split())


# BibTeX counts braces even behind a backslash, so these need commands.
_COMMANDS = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}", **{c: f"\\{c}" for c in "#$%&_"}}
_SPECIAL = re.compile(r"[\\{}~^#$%&_]")


def latex(text: str) -> str:
    """A text as LaTeX sets it, letter by letter."""
    return _SPECIAL.sub(lambda match: _COMMANDS[match[0]], _line(text))


def bibtex(work: Work) -> str:
    """A work as a BibTeX entry; its key is the record's id. Names and titles keep their capitals and commas."""
    fields = [
        ("author", " and ".join(f"{{{latex(name)}}}" for name in work.authors)),
        ("title", f"{{{latex(work.title)}}}"),
        ("institution", latex("; ".join(work.authors)) if work.form.bibtex == "techreport" else ""),
        ("organization", latex(work.site)),
        ("year", str(work.year or "")),
        ("date", work.day.isoformat() if work.day else ""),
        ("langid", work.language),
        ("isbn", work.isbn),
        ("doi", latex(work.doi)),
        ("url", work.url),  # read verbatim; the schema allows no braces in it
        ("note", latex(work.note)),
        ("abstract", latex(work.abstract)),
        ("keywords", latex(", ".join(work.keywords))),
    ]
    rows = "".join(f"  {name} = {{{value}}},\n" for name, value in fields if value)
    return f"@{work.form.bibtex}{{{work.id},\n{rows}}}\n"


def ris(work: Work) -> str:
    """A work as a RIS reference."""
    return "".join(f"{tag}  - {_line(value)}\r\n" for tag, value in _tags(work)) + "ER  - \r\n"


def _tags(work: Work) -> Iterator[tuple[str, str]]:
    yield "TY", work.form.ris
    yield from (("AU", name) for name in work.authors)
    found = (("TI", work.title), ("T2", work.site), ("PY", str(work.year or "")),
             ("DA", work.day.strftime("%Y/%m/%d") if work.day else ""), ("LA", work.language), ("SN", work.isbn),
             ("DO", work.doi), ("UR", work.url), ("N1", work.note), ("AB", work.abstract))
    yield from ((tag, value) for tag, value in found if value)
    yield from (("KW", word) for word in work.keywords)
    yield "ID", work.id


def csl(work: Work) -> dict[str, Any]:
    """A work as an item of CSL-JSON."""
    day = work.day
    parts = [day.year, day.month, day.day] if day else [work.year] if work.year else []
    found = {
        "id": work.id, "type": work.form.csl, "title": work.title, "container-title": work.site,
        "author": [{"literal": name} for name in work.authors], "issued": parts and {"date-parts": [parts]},
        "language": work.language, "URL": work.url, "ISBN": work.isbn, "DOI": work.doi, "note": work.note,
        "abstract": work.abstract, "keyword": ", ".join(work.keywords)}
    return {name: value for name, value in found.items() if value}


_GENRES = {"BOOK": "book", "RPRT": "report"}


def coins(work: Work) -> str:
    """A work as the title of a COinS span. Its makers are bodies (``aucorp``), else Zotero would split their names."""
    kind = "dc" if work.form is _PAGE else f"book&rft.genre={_GENRES.get(work.form.ris, 'document')}"
    found = [("rft.title", work.title), *(("rft.aucorp", name) for name in work.authors),
             ("rft.date", work.day.isoformat() if work.day else str(work.year or "")), ("rft.language", work.language),
             ("rft.isbn", work.isbn), ("rft_id", f"info:doi/{work.doi}" if work.doi else ""), ("rft_id", work.url)]
    parts = "".join(f"&{name}={_quoted(value)}" for name, value in found if value)
    return f"ctx_ver=Z39.88-2004&rft_val_fmt=info%3Aofi%2Ffmt%3Akev%3Amtx%3A{kind}{parts}"


_QUOTED = {code: quote(bytes([code]), "") for code in range(256)}


def _quoted(value: str) -> str:
    """As :func:`urllib.parse.quote`, without any safe characters, in a third of the time."""
    return value.encode().decode("latin-1").translate(_QUOTED)
