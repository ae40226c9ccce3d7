"""Rules on the bodies of records and their translations."""

import re
from collections.abc import Iterator

from safecities import markdown, schema
from safecities.content import GUIDANCE, Content
from safecities.locales import SOURCE_LANGUAGE, catalogue, has_catalogue
from safecities.problems import nearest, shown
from safecities.records import Mark
from safecities.rules.registry import Finding, rule
from safecities.sections import SECTIONS


@rule("error")
def raw_html(content: Content) -> Iterator[Finding]:
    """A body is Markdown without HTML. Where a text needs the sign itself, `<` is written `\\<` or put into code."""
    for item in content.files:
        # Examining costs time, and without this sign there is no HTML.
        if "<" in item.source.body and markdown.examine(item.source.body).raw_html:
            tag = re.search(r"<[A-Za-z/!?][^\n>]*>?", item.source.body)
            found = tag[0] if tag else "<"
            yield Finding(item.source.path, item.source.in_body(found),
                          f"HTML is not allowed in a body: {shown(found)}; use Markdown, or write \\< for the sign "
                          "itself")


@rule("error")
def link_target(content: Content) -> Iterator[Finding]:
    """A link in a body leads to a full address (https, http, mailto or tel) or to a heading of the same page (#…).

    Other records are linked by `related`. Guidance pages may also link to other pages, to records (`record:`) and to
    the site's lists (`site:`).
    """
    for item in content.files:
        accepted = (*schema.URL_SCHEMES, *(("record", "site") if item.kind == GUIDANCE else ()))
        if "](" not in item.source.body and "]:" not in item.source.body and "<" not in item.source.body:
            continue
        for url in markdown.examine(item.source.body).links:
            scheme = markdown.scheme(url)
            if scheme and scheme not in accepted:
                yield Finding(item.source.path, item.source.in_body(url),
                              f"the link {shown(url)} begins with `{scheme}:`; accepted are "
                              f"{', '.join(accepted)}")
            elif not scheme and item.kind != GUIDANCE and not url.startswith("#"):
                yield Finding(item.source.path, item.source.in_body(f"]({url}" if url else "]()"),
                              f"the link {shown(url)} is no full address; begin it with https:// or, for another "
                              "record, name that record's id under `related`")


@rule("error")
def picture(content: Content) -> Iterator[Finding]:
    """Bodies of records hold no pictures: pages must stay light on slow connections, and readable when they are read
    aloud. Pictures of guidance pages lie beside them in docs, and on no other server.
    """
    for item in content.record_files:
        if "![" in item.source.body:
            for url in markdown.examine(item.source.body).images:
                yield Finding(item.source.path, item.source.in_body(url),
                              f"the picture {shown(url)} is not allowed; describe in words what it shows, or link "
                              "to it")
    for item in content.pages:
        if "![" in item.source.body:
            for url in markdown.examine(item.source.body).images:
                if markdown.scheme(url) or url.startswith("//"):
                    yield Finding(item.source.path, item.source.in_body(url),
                                  f"the picture {shown(url)} lies on another server, which would learn who reads the "
                                  "page; put it beside the page in docs")


@rule("error")
def heading_level(content: Content) -> Iterator[Finding]:
    """Headings in a body start at `##`: the page's own title is the only heading above them."""
    for item in content.record_files:
        for heading in markdown.headings(item.source.body):
            if heading.level == 1:
                line = item.source.body_line + heading.line - 1
                yield Finding(item.source.path, Mark(line, 1),
                              f"the heading {shown(heading.text)} is of the first level; write `## {heading.text}`")


@rule("error")
def body_section(content: Content) -> Iterator[Finding]:
    """A case study's body has the sections Situation, What was done, Results, Lessons, Transfer (or their names in the
    file's language), in this order. A section with nothing known is left out.
    """
    originals = {item.source.id: item.fields.language or content.site.default for item in content.records}
    for item in content.record_files:
        lang = item.source.lang or originals.get(item.source.id, content.site.default)
        if item.kind != "case-study" or not (lang == SOURCE_LANGUAGE or has_catalogue(lang)):
            continue
        names = [catalogue(lang).gettext(section) for section in SECTIONS]
        last = -1
        for heading in markdown.headings(item.source.body):
            if heading.level != 2:
                continue
            mark = Mark(item.source.body_line + heading.line - 1, 1)
            place = names.index(heading.text) if heading.text in names else None
            if place is None:
                yield Finding(item.source.path, mark, f"the section {shown(heading.text)} is not one of a case study: "
                              f"{', '.join(names)}{nearest(heading.text, names)}")
            elif place <= last:
                what = "stands twice" if place == last else f"comes after {shown(names[last])}"
                yield Finding(item.source.path, mark,
                              f"the section {shown(heading.text)} {what}; the order is {', '.join(names)}")
            else:
                last = place
