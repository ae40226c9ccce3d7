"""What pages say to machines: schema.org's terms as JSON-LD 1.1.

In: a reader on a page. Out: nodes as plain data, and the document that holds them, fit to stand in a script element.
Addresses are absolute, for a node is talked about elsewhere too.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from markupsafe import Markup
from pydantic_core import to_json

from safecities import addresses, facets, schema, territories
from safecities.catalogue import Entry, Guidance, Text
from safecities.citation import SITE_NAME, Work
from safecities.locales import catalogue as messages
from safecities.menu import GUIDANCE_FOLDER, OVERVIEW
from safecities.reader import Reader
from safecities.site import ADDRESS_FOLDERS

Node = dict[str, Any]

CONTEXT = "https://schema.org"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
"""The licence of what this site says; works that it describes have their own."""

HOME = "Home"
LIST_NAMES = {"tool": "Tools database", "case-study": "Case studies"}
"""The names of pages above others, as message ids."""

DATA = (("json", "application/json"), ("csv", "text/csv"), ("bib", "application/x-bibtex"),
        ("ris", "application/x-research-info-systems"))
"""The files in which the records of a kind can be had, and their media types."""

Crumb = tuple[str, str]
"""The name of a page above another, and its address from the site's root."""



def document(nodes: Sequence[Node]) -> Node:
    """Nodes as one JSON-LD document."""
    return {"@context": CONTEXT, "@graph": list(nodes)}


def encoded(node: Node) -> str:
    """A node as it may stand in a script element: JSON in which no tag can begin or end, nor a comment."""
    return to_json(node).decode().replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def script(*nodes: str) -> Markup:
    """The document of encoded nodes, for a script element."""
    return Markup(f'{{"@context":"{CONTEXT}","@graph":[{",".join(nodes)}]}}')  # noqa: S704 - each one is encoded


def _known(node: Node) -> Node:
    """A node without what isn't known."""
    return {name: value for name, value in node.items() if value}


def _home(reader: Reader) -> str:
    site = reader.catalogue.site
    return addresses.lasting(site, f"{site.prefix(reader.lang)}index.html")


def publisher(reader: Reader) -> list[Node]:
    """The site and those who make it, to whom the nodes of all its pages refer."""
    home, name = _home(reader), messages(reader.lang).gettext(SITE_NAME)
    return [{"@type": "WebSite", "@id": home, "name": name, "inLanguage": reader.lang},
            {"@type": "Organization", "@id": f"{home}#publisher", "name": name}]


def _publisher(reader: Reader) -> Node:
    return {"@id": f"{_home(reader)}#publisher"}


def _page(reader: Reader, form: str, text: Text) -> Node:
    """What every page with a text of its own says of itself."""
    here = addresses.lasting(reader.catalogue.site, reader.address)
    return {"@type": form, "@id": here, "headline" if form == "Article" else "name": text.title,
            "description": text.summary, "inLanguage": text.lang, "license": LICENCE,
            "isPartOf": {"@id": _home(reader)}}


def crumbs(reader: Reader, higher: Iterable[Crumb]) -> Node:
    """The way from the first page to this one."""
    site = reader.catalogue.site
    home = (messages(reader.lang).gettext(HOME), f"{site.prefix(reader.lang)}index.html")
    return {"@type": "BreadcrumbList", "itemListElement": [
        {"@type": "ListItem", "position": at, "name": name, "item": addresses.lasting(site, address)}
        for at, (name, address) in enumerate((home, *higher), 1)]}


def _list_of(reader: Reader, kind: str) -> Crumb:
    name = messages(reader.lang).gettext(LIST_NAMES[kind])
    return name, addresses.listing(reader.catalogue.site, kind, reader.lang)


def narrowest(entry: Entry) -> tuple[str, str] | None:
    """The facet and value of the list that is right above a record; None: it is the list of all."""
    if entry.categories:
        return "category", entry.categories[0]
    return ("country", entry.fields.countries[0]) if entry.fields.countries else None


def around(reader: Reader, kind: str, narrow: tuple[str, str] | None) -> list[Node]:
    """What is the same for all records of a kind in a list (None: in no narrower one than that of all)."""
    found = [_list_of(reader, kind)]
    if narrow:
        label = facets.NAMED[narrow[0]].label(reader.catalogue, narrow[1], reader.lang)
        found.append((label, addresses.term_list(reader.catalogue.site, kind, *narrow, reader.lang)))
    return [crumbs(reader, found), *publisher(reader)]


def about(reader: Reader, entry: Entry, work: Work) -> Node:
    """A record: a case study as an article that cites its sources, a tool as a page about the work."""
    text, fields = reader.text(entry), entry.fields
    node = _page(reader, "WebPage" if entry.kind == "tool" else "Article", text)
    node["datePublished"] = fields.added.isoformat()
    node["dateModified"] = fields.day.isoformat()
    node["keywords"] = [reader.term("themes", name) for name in fields.themes]
    where = _places(reader, entry)
    if isinstance(fields, schema.Tool):
        node["mainEntity"] = _known({**_work(reader, fields, work), "spatialCoverage": where})
        return node
    node["author"] = node["publisher"] = _publisher(reader)
    node["citation"] = [_source(source) for source in fields.sources]
    if where:
        node["contentLocation"] = where
    return node


def _places(reader: Reader, entry: Entry) -> list[Node]:
    fields = entry.fields
    if fields.place and len(fields.countries) < 2:
        place: Node = {"@type": "Place", "name": fields.place}
        if fields.countries:
            place["address"] = {"@type": "PostalAddress", "addressCountry": fields.countries[0]}
        if fields.coordinates:
            place["geo"] = {"@type": "GeoCoordinates", "latitude": fields.coordinates.lat,
                            "longitude": fields.coordinates.lon}
        return [place]
    return [{"@type": "Country", "name": territories.name(code, reader.lang), "identifier": code}
            for code in fields.countries]


def _work(reader: Reader, tool: schema.Tool, work: Work) -> Node:
    """The work that a tool's page describes."""
    return {
        "@type": work.form.schema, "name": work.title, "alternateName": work.translated,
        "author": [{"@type": "Organization", "name": name} for name in work.authors],
        "datePublished": str(work.year or ""), "isbn": work.isbn,
        "inLanguage": [version.language for version in tool.versions if version.language != "und"],
        "sameAs": f"https://doi.org/{work.doi}" if work.doi else "",
        "url": list(dict.fromkeys(version.url for version in tool.versions if version.url)),
        "license": _licence(tool.licence or "unknown"),
        "isAccessibleForFree": tool.access == "free",
    }


def _licence(name: str) -> str:
    """The address of a licence; of an expression that names several there is none, so its words."""
    return "" if name == "unknown" else name if " " in name else f"https://spdx.org/licenses/{name}.html"


def _source(source: schema.Reference) -> Node:
    return _known({
        "@type": "CreativeWork", "name": source.title, "author": source.author, "url": source.url,
        "publisher": source.publisher and {"@type": "Organization", "name": source.publisher},
        "datePublished": str(source.year or ""), "inLanguage": source.language})


def guidance(reader: Reader, page: Guidance) -> list[Node]:
    """A guidance page: an article, and the way to it; one that tells about the site is just a page."""
    text = reader.text(page)
    is_guidance = page.id.startswith(GUIDANCE_FOLDER)
    overview = reader.catalogue.guidance.get(OVERVIEW) if is_guidance else None
    higher = [(reader.text(overview).title, addresses.guidance(reader.catalogue.site, OVERVIEW, reader.lang))
              ] if overview and overview is not page else []
    node = _page(reader, "Article" if is_guidance else "WebPage", text)
    node["dateModified"] = page.last_edited.isoformat()
    node["author"] = node["publisher"] = _publisher(reader)
    return [node, crumbs(reader, higher), *publisher(reader)]


def listing(reader: Reader, kind: str, description: str) -> list[Node]:
    """The list of all records of a kind, and the files in which they can be had."""
    site, folder = reader.catalogue.site, ADDRESS_FOLDERS[kind]
    name = _list_of(reader, kind)[0]
    data = {
        "@type": "Dataset", "@id": addresses.lasting(site, f"data/{folder}.json"), "name": name,
        "description": description, "license": LICENCE, "creator": _publisher(reader), "isAccessibleForFree": True,
        "distribution": [{"@type": "DataDownload", "encodingFormat": media,
                          "contentUrl": addresses.lasting(site, f"data/{folder}.{ending}")} for ending, media in DATA]}
    return [_collection(reader, name, description), data, crumbs(reader, ()),
            *publisher(reader)]


def term_list(reader: Reader, kind: str, name: str, description: str) -> list[Node]:
    """A page below the list of a kind: the records that have one value of a facet, or all of them shown otherwise."""
    return [_collection(reader, name, description), crumbs(reader, [_list_of(reader, kind)]),
            *publisher(reader)]


def _collection(reader: Reader, name: str, description: str) -> Node:
    here = addresses.lasting(reader.catalogue.site, reader.address)
    return {"@type": "CollectionPage", "@id": here, "name": name, "description": description,
            "inLanguage": reader.lang, "isPartOf": {"@id": _home(reader)}}
