"""The records as data: JSON, CSV, JSON-LD, bibliographies, an archive, and the JSON Schema of the front matter.

In: the catalogue. Out: the texts of the files in ``data/``. The schema's fields are the columns, in their order; what
follows from a record (its texts in other languages, regions, links both ways) comes after them.
"""

import csv
import functools
import io
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pydantic import BaseModel
from pydantic_core import to_json

from safecities import citation, feeds, linked, schema
from safecities.catalogue import Catalogue, Entry
from safecities.feeds import Feed
from safecities.linked import LIST_NAMES
from safecities.locales import catalogue as messages
from safecities.pages import Renderer
from safecities.reader import Reader, place_of
from safecities.site import ADDRESS_FOLDERS
from safecities.values import Coordinates, Years
from safecities.vocabularies import Vocabulary

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def plain(value: Any) -> Any:
    """A field's value as JSON knows it, in the form in which records write it."""
    if value is None or isinstance(value, (str, int, float)):  # by far the most; a union takes longer
        return value
    match value:
        case Years():
            return "/".join(".." if year is None else str(year) for year in value)
        case Coordinates():
            return {"lat": value.lat, "lon": value.lon}
        case tuple() | list():
            return [plain(item) for item in value]
        case BaseModel():
            return {name: plain(part) for name, part in value if part is not None}
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case _:
            return str(value)


def as_object(catalogue: Catalogue, entry: Entry, lang: str | None = None) -> dict[str, Any]:
    """An entry as one JSON object: ``id``, ``kind``, all fields by their names, then what follows from them.

    A field that the record doesn't have is null or an empty list. The texts are the original's, or with ``lang`` those
    that a reader of that language sees, ``text_language`` saying what language they are in.
    """
    fields = {name: plain(value) for name, value in entry.fields}
    text = entry.text(lang, catalogue.site.default) if lang else entry.original
    translations = {tag: {"title": text.title, "summary": text.summary, "translation": text.state, "stale": text.stale}
                    for tag, text in sorted(entry.texts.items()) if text.state != "original"}
    return {
        "id": entry.id, "kind": entry.kind, **fields, "language": entry.language, "title": text.title,
        "summary": text.summary, "content_note": text.content_note, "text_language": text.lang,
        "regions": list(entry.regions), "related": list(entry.related), "cited_in": list(entry.cited_in),
        "body": (entry.body(lang, catalogue.site.default) if lang else text).body.strip(), "translations": translations,
    }


def _entries(catalogue: Catalogue, kind: str | None) -> tuple[Entry, ...]:
    return catalogue.of_kind(kind) if kind else tuple(catalogue.entries.values())


def _json_piece(row: Mapping[str, Any]) -> str:
    """An object on one line, so that it can be compared and read by line."""
    return to_json(row).decode()


def as_json(catalogue: Catalogue, kind: str | None = None, lang: str | None = None) -> str:
    """All entries, or those of a kind, as a JSON list of objects."""
    return FORMS["json"].whole(kind, (_json_piece(as_object(catalogue, entry, lang))
                                      for entry in _entries(catalogue, kind)))


def cell(value: Any) -> str:
    """A value as one CSV cell: lists joined by `` | ``, fields as ``name: value``; never a formula.

    A text that a spreadsheet would run as a formula gets an apostrophe in front (OWASP, CSV injection).
    """
    if not value and value != 0:  # most fields of a record are empty
        return ""
    text = value if isinstance(value, str) else _flat(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _flat(value: Any) -> str:
    if isinstance(value, list):
        return " | ".join(_flat(item) for item in value)
    if isinstance(value, dict):
        return "; ".join(f"{name}: {_flat(item)}" for name, item in value.items())
    return "" if value is None else str(value)


def as_csv(catalogue: Catalogue, kind: str | None = None, lang: str | None = None) -> str:
    """All entries, or those of a kind, as CSV (RFC 4180, with a byte order mark so that spreadsheets read UTF-8)."""
    return FORMS["csv"].whole(kind, (_csv_row(as_object(catalogue, entry, lang), kind)
                                     for entry in _entries(catalogue, kind)))


@functools.cache
def _columns(kind: str | None) -> tuple[str, ...]:
    models = [schema.MODELS[kind]] if kind else list(schema.MODELS.values())
    fields = dict.fromkeys(name for model in models for name in model.model_fields)
    return ("id", "kind", *fields, "text_language", "regions", "cited_in")


def _csv_head(kind: str | None) -> str:
    return "\ufeff" + _csv_line(_columns(kind))


def _csv_row(row: Mapping[str, Any], kind: str | None) -> str:
    return _csv_line(cell(row.get(column)) for column in _columns(kind))


def _csv_line(cells: Iterable[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue()


@dataclass(frozen=True)
class Form:
    """A format as a head, a piece for each record, what stands between two of them, and a tail.

    A piece is made from the record as an object and as a work to cite. ``ending`` is that of a file's name, ``type``
    its media type. The head is that of a kind.
    """

    ending: str
    type: str
    piece: Callable[[Mapping[str, Any], citation.Work], str]
    head: Callable[[str | None], str] = lambda kind: ""
    between: str = ""
    tail: str = ""

    def whole(self, kind: str | None, pieces: Iterable[str]) -> str:
        """The file of all these pieces; of a kind, or of all kinds together."""
        return self.head(kind) + self.between.join(pieces) + self.tail


FORMS: dict[str, Form] = {
    "csv": Form("csv", "text/csv;charset=utf-8", lambda row, work: _csv_row(row, row["kind"]), _csv_head),
    "json": Form("json", "application/json", lambda row, work: _json_piece(row), lambda kind: "[\n", ",\n", "\n]\n"),
    "ris": Form("ris", "application/x-research-info-systems", lambda row, work: citation.ris(work), between="\r\n"),
    "bibtex": Form("bib", "application/x-bibtex", lambda row, work: citation.bibtex(work), between="\n"),
}
"""The formats in which a browser can put together a selection of records, so that all of them make the whole file."""

Pieces = Mapping[str, Sequence[str]]
"""The pieces of records in their order, by format."""


def pieces(catalogue: Catalogue, entries: Iterable[Entry]) -> Pieces:
    """The pieces of records of one kind, in the records' own languages."""
    made: dict[str, list[str]] = {name: [] for name in FORMS}
    for entry in entries:
        row, work = as_object(catalogue, entry), citation.of(catalogue, entry)
        for name, form in FORMS.items():
            made[name].append(form.piece(row, work))
    return made


def data_file(kind: str, name: str, pieces: Iterable[str]) -> tuple[str, str]:
    """Address and text of the file with all records of a kind in a format, of which these are the pieces."""
    return f"data/{ADDRESS_FOLDERS[kind]}.{FORMS[name].ending}", FORMS[name].whole(kind, pieces)


DESCRIBED: dict[str, type[BaseModel]] = {**schema.MODELS, "translation": schema.Translation,
                                          "guidance": schema.Guidance}
"""What the JSON Schema describes: kind of file -> its fields."""


_LENGTHS = {"minLength": "minItems", "maxLength": "maxItems"}


def _as_written(node: Any) -> Any:
    """A part of pydantic's schema as it holds for files: a field that has no value isn't written there at all."""
    if isinstance(node, list):
        return [_as_written(part) for part in node]
    if not isinstance(node, dict):
        return node
    node = {name: _as_written(part) for name, part in node.items()}
    branches = [branch for branch in node.pop("anyOf", ()) if branch != {"type": "null"}]
    node = {**branches[0], **node} if len(branches) == 1 else {"anyOf": branches, **node} if branches else node
    if not node.get("default", True):
        del node["default"]
    if node.get("type") == "array":  # behind a function that checks, pydantic takes a list's length for a text's
        node = {_LENGTHS.get(name, name): part for name, part in node.items()}
    return node


def json_schema(vocabularies: dict[str, Vocabulary] | Any) -> dict[str, Any]:
    """The JSON Schema (2020-12) of the front matter of tools, case studies, translations and guidance pages.

    It accepts what the validator accepts, but for what only the validator can know; numbers may be numbers, since
    editor programs read YAML's own types. Each kind has a schema of its own in ``$defs``. Terms of the vocabularies
    are listed, so that an editor program can offer them.
    """
    definitions: dict[str, Any] = {}
    branches = []
    for name, model in DESCRIBED.items():
        described = _as_written(model.model_json_schema(ref_template="#/$defs/{model}"))
        definitions |= described.pop("$defs", {})
        for field in schema.VOCABULARY_FIELDS:
            if field in described["properties"]:
                items: dict[str, Any] = {"type": "string"}
                if vocabularies[field].terms:
                    items = {"enum": list(vocabularies[field].terms)}
                described["properties"][field]["items"] = items
        definitions[name] = described
        branches.append({"$ref": f"#/$defs/{name}"})
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Front matter of a record",
            "$defs": definitions, "anyOf": branches}


def schema_text(catalogue: Catalogue) -> str:
    """The JSON Schema as a file."""
    return json.dumps(json_schema(catalogue.vocabularies), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def as_jsonld(catalogue: Catalogue, kind: str | None = None, lang: str | None = None) -> str:
    """All entries, or those of a kind, as one JSON-LD document: what each record's own page says of it."""
    readers = list(_readers(catalogue, kind, lang))
    makers = [node for reader in {reader.lang: reader for reader, _ in readers}.values()
              for node in linked.publisher(reader)]
    nodes = [linked.about(reader, entry, citation.of(catalogue, entry, reader.lang)) for reader, entry in readers]
    return json.dumps(linked.document([*makers, *nodes]), ensure_ascii=False, indent=1) + "\n"


def _readers(catalogue: Catalogue, kind: str | None, lang: str | None) -> Iterator[tuple[Reader, Entry]]:
    """Every entry and a reader of its page in a language; None: in the record's own, if the site has it."""
    site = catalogue.site
    for entry in _entries(catalogue, kind):
        own = lang or (entry.language if entry.language in site.tags else site.default)
        yield Reader(catalogue, own, place_of(catalogue, entry, own, ADDRESS_FOLDERS[entry.kind])), entry


def _works(catalogue: Catalogue, kind: str | None, lang: str | None) -> Iterator[citation.Work]:
    return (citation.of(catalogue, entry, lang) for entry in _entries(catalogue, kind))


def as_ris(catalogue: Catalogue, kind: str | None = None, lang: str | None = None) -> str:
    """All entries, or those of a kind, as RIS references."""
    return FORMS["ris"].whole(kind, map(citation.ris, _works(catalogue, kind, lang)))


def as_bibtex(catalogue: Catalogue, kind: str | None = None, lang: str | None = None) -> str:
    """All entries, or those of a kind, as BibTeX."""
    return FORMS["bibtex"].whole(kind, map(citation.bibtex, _works(catalogue, kind, lang)))


def as_csl(catalogue: Catalogue, kind: str | None = None, lang: str | None = None) -> str:
    """All entries, or those of a kind, as CSL-JSON."""
    items = [citation.csl(work) for work in _works(catalogue, kind, lang)]
    return json.dumps(items, ensure_ascii=False, indent=1) + "\n"


def as_atom(catalogue: Catalogue, kind: str | None = None, lang: str | None = None) -> str:
    """All entries, or those of a kind, as an Atom feed, those changed last first."""
    lang = lang or catalogue.site.default
    named = ADDRESS_FOLDERS[kind] if kind else ""
    address = f"{catalogue.site.prefix(lang)}{named and named + '/'}"
    name = messages(lang).gettext(LIST_NAMES[kind]) if kind else ""
    wanted = Feed(f"{address}feed.xml", f"{address}index.html", name, _entries(catalogue, kind))
    return feeds.feed(Renderer(catalogue), lang, wanted, number=None)[1]


_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the first day that the format knows: the same content gives the same bytes


def as_zip(catalogue: Catalogue, kind: str | None = None, lang: str | None = None) -> bytes:
    """The data of the site in every format, each kind in files of its own, and the schema, as one archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in [kind] if kind else ADDRESS_FOLDERS:
            for ending, make in TEXTS.items():
                address = f"data/{ADDRESS_FOLDERS[name]}.{ENDINGS.get(ending, ending)}"
                archive.writestr(_member(address), make(catalogue, name, lang))
        archive.writestr(_member("data/schema.json"), schema_text(catalogue))
    return out.getvalue()


def _member(address: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(address, _LONG_AGO)
    member.compress_type = zipfile.ZIP_DEFLATED
    member.external_attr = 0o644 << 16
    return member


TEXTS: dict[str, Callable[[Catalogue, str | None, str | None], str]] = {
    "json": as_json, "csv": as_csv, "jsonld": as_jsonld, "ris": as_ris, "bibtex": as_bibtex, "csl": as_csl,
    "atom": as_atom}
"""Formats of text and what writes them: a catalogue, a kind or all, a language or each record's own."""

FORMATS: dict[str, Callable[[Catalogue, str | None, str | None], str | bytes]] = {**TEXTS, "zip": as_zip}
"""Every format of `safecities export`."""

ENDINGS = {"bibtex": "bib", "csl": "csl.json", "atom": "atom.xml"}
"""How the names of files in a format end, where that isn't the format's name."""


def schema_files(catalogue: Catalogue) -> list[tuple[str, str]]:
    """Address and text of the JSON Schema."""
    return [("data/schema.json", schema_text(catalogue))]
