"""Rules on the bodies of records, their translations and guidance pages, each file by itself."""

from collections.abc import Iterator

from safecities import guidance, markdown, targets
from safecities.content import GUIDANCE, Written
from safecities.locales import SOURCE_LANGUAGE, catalogue, has_catalogue
from safecities.problems import nearest, shown
from safecities.records import Mark, Source
from safecities.rules.registry import Finding, file_rule
from safecities.sections import SECTIONS
from safecities.site import Site
from safecities.values import URL_SCHEMES


@file_rule("error")
def body_bounds(file: Written, site: Site) -> Iterator[Finding]:
    """A body is of a size and shape that a page can be made of in no time: lists, quotes and emphasis lie at most 50
    deep in each other, tables have at most 50,000 cells, and there are at most 20,000 signs `[`. A guidance page has at
    most 64 KiB, 2,000 lines, 500 signs `[` and as many `<`, and lines that are indented by at most 40 spaces.
    """
    source = file.source
    excess = guidance.excess(source.body) if file.kind == GUIDANCE else ""
    excess = excess or markdown.examine(source.body).excess
    if excess:
        yield Finding(source.path, Mark(source.body_line, 1), f"the text is too much for a page: {excess}")


@file_rule("error")
def raw_html(file: Written, site: Site) -> Iterator[Finding]:
    """A body is Markdown without HTML. Where a text needs the sign itself, `<` is written `\\<` or put into code."""
    source = file.source
    if markdown.examine(source.body).raw_html:
        for at, found in targets.raw_html(source.body):
            yield Finding(source.path, source.body_mark(at), f"HTML is not allowed in a body: {shown(found)}; use "
                          "Markdown, or write \\< for the sign itself")


@file_rule("error")
def link_target(file: Written, site: Site) -> Iterator[Finding]:
    """A link in a body leads to a full address (https, http, mailto or tel) or to a heading of the same page (#…).

    Other records are linked by `related`. Guidance pages may also link to other pages, to records (`record:`) and to
    the site's lists (`site:`).
    """
    source = file.source
    accepted = (*URL_SCHEMES, *(("record", "site") if file.kind == GUIDANCE else ()))
    for url in dict.fromkeys(markdown.examine(source.body).links):
        scheme = markdown.scheme(url)
        if scheme and scheme not in accepted:
            message = f"the link {shown(url)} begins with `{scheme}:`; accepted are {', '.join(accepted)}"
        elif not scheme and file.kind != GUIDANCE and not url.startswith("#"):
            message = (f"the link {shown(url)} is no full address; begin it with https:// or, for another record, name "
                       "that record's id under `related`") if url else "the link leads nowhere; write its address"
        else:
            continue
        for at in targets.links(source.body)[url]:
            yield Finding(source.path, source.body_mark(at), message)


@file_rule("error")
def picture(file: Written, site: Site) -> Iterator[Finding]:
    """Bodies of records hold no pictures: pages must stay light on slow connections, and readable when they are read
    aloud. Pictures of guidance pages lie beside them in docs, and on no other server.
    """
    source = file.source
    for url in dict.fromkeys(markdown.examine(source.body).images):
        if file.kind != GUIDANCE:
            message = f"the picture {shown(url)} is not allowed; describe in words what it shows, or link to it"
        elif markdown.scheme(url) or url.startswith("//"):
            message = (f"the picture {shown(url)} lies on another server, which would learn who reads the page; put it "
                       "beside the page in docs")
        else:
            continue
        for at in targets.images(source.body)[url]:
            yield Finding(source.path, source.body_mark(at), message)


@file_rule("error")
def heading_level(file: Written, site: Site) -> Iterator[Finding]:
    """Headings in a body start at `##`: the page's own title is the only heading above them."""
    if file.kind == GUIDANCE:
        return
    for heading in markdown.examine(file.source.body).headings:
        if heading.level == 1:
            yield Finding(file.source.path, _line(file.source, heading),
                          f"the heading {shown(heading.text)} is of the first level; write `## {heading.text}`")


def _line(source: Source, heading: markdown.WrittenHeading) -> Mark:
    return Mark(source.body_line + heading.line - 1, 1)


@file_rule("error")
def body_section(file: Written, site: Site) -> Iterator[Finding]:
    """A case study's body has the sections Situation, What was done, Results, Lessons, Transfer (or their names in the
    file's language), in this order. A section with nothing known is left out.
    """
    source = file.source
    lang = source.lang or source.data.get("language") or site.default
    if file.kind != "case-study" or not isinstance(lang, str) or not (lang == SOURCE_LANGUAGE or has_catalogue(lang)):
        return
    names = [catalogue(lang).gettext(section) for section in SECTIONS]
    last = -1
    for heading in markdown.examine(source.body).headings:
        if heading.level != 2:
            continue
        place = names.index(heading.text) if heading.text in names else None
        if place is None:
            yield Finding(source.path, _line(source, heading),
                          f"the section {shown(heading.text)} is not one of a case study: "
                          f"{', '.join(names)}{nearest(heading.text, names)}")
        elif place <= last:
            what = "stands twice" if place == last else f"comes after {shown(names[last])}"
            yield Finding(source.path, _line(source, heading),
                          f"the section {shown(heading.text)} {what}; the order is {', '.join(names)}")
        else:
            last = place
