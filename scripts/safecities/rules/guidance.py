"""Rules on guidance pages."""

import os
import posixpath
from collections.abc import Iterator
from urllib.parse import unquote

from safecities import addresses, markdown, targets
from safecities import guidance as markup
from safecities.content import Content
from safecities.problems import HINTS, nearest, shown
from safecities.rules.registry import Finding, rule
from safecities.site import ADDRESS_FOLDERS


@rule("error")
def unknown_record_in_guidance(content: Content) -> Iterator[Finding]:
    """A record that a guidance page embeds (`[[id]]`) or links to (`record:id`) exists."""
    ids = content.record_ids
    for item in content.pages:
        for at, reference in enumerate(markup.references(item.source.body)):
            if reference.kind != "site" and reference.target not in ids:
                yield Finding(item.source.path, item.source.body_mark(reference.at),
                              f"there is no record {shown(reference.target)}"
                              f"{nearest(reference.target, ids) if at < HINTS else ''}")


@rule("error")
def dead_link(content: Content) -> Iterator[Finding]:
    """A link in a guidance page to another page, a file of the site (`site:…`) or a list leads somewhere, and a picture
    is there. Addresses of pages and pictures are relative to the page: one that begins with `/` leads astray.
    """
    known = _site_addresses(content)
    for item in content.pages:
        body = item.source.body  # read anew each time
        for at, reference in enumerate(markup.references(body)):
            target = reference.target.partition("#")[0].partition("?")[0]
            if reference.kind == "site" and target not in known:
                yield Finding(item.source.path, item.source.body_mark(reference.at),
                              f"the site has no address {shown(target)}{nearest(target, known) if at < HINTS else ''}")
        if markup.excess(body):
            continue
        folder = posixpath.dirname(item.source.path)
        examined = markdown.examine(body)
        for urls, places, what in ((examined.links, targets.links, "page"),
                                   (examined.images, targets.images, "picture")):
            hints = HINTS
            for url in dict.fromkeys(urls):
                fault = _dead(url, folder, what, content)
                if fault and hints and what == "page" and fault.startswith("there is no"):
                    hints -= 1
                    fault += nearest(fault.split("`")[1], (page.source.path for page in content.pages))
                for at in places(body)[url] if fault else ():
                    yield Finding(item.source.path, item.source.body_mark(at), fault)


def _dead(url: str, folder: str, what: str, content: Content) -> str:
    """What is wrong with an address relative to a page in ``folder``; an empty text for a sound or foreign one."""
    path = unquote(url.partition("#")[0].partition("?")[0])
    if markdown.scheme(url) or not path or (what == "picture" and path.startswith("//")):
        return ""  # of pictures on other servers another rule speaks
    if path.startswith(("/", "\\")):
        return (f"{shown(url)} begins with {shown(path[0])}, which leads astray in a folder or below an address; "
                f"accepted are the {what}'s place relative to this page, such as ../index.md, or a full address")
    target = posixpath.normpath(posixpath.join(folder, path))
    if not target.startswith(f"{content.site.docs_dir.relative_to(content.site.root).as_posix()}/"):
        record = posixpath.basename(target).partition(".")[0]
        hint = f"; did you mean `record:{record}`?" if record in content.record_ids else ""
        return f"{shown(url)} leads out of the folder of guidance pages, and nothing there is published by itself{hint}"
    if any(part.startswith(("_", ".")) for part in target.split("/")):
        return f"{shown(target)} is not published, because a part of its name begins with _ or ."
    there = os.path.isfile(content.site.root / target)  # noqa: PTH113 - Path.is_file raises for long names
    return "" if there else f"there is no {what} {shown(target)}"


def _site_addresses(content: Content) -> frozenset[str]:
    """What may follow ``site:``, as addresses in the default language."""
    found = {f"data/{name}" for name in addresses.DATA_FILES} | {
        "index.html", "search.html", "feed.xml", addresses.MAP, addresses.TIMELINE, addresses.COVERAGE}
    for kind, folder in ADDRESS_FOLDERS.items():
        found.add(f"{folder}/index.html")
        for item in content.records:
            if item.kind == kind:
                found.add(f"{folder}/{item.source.id}.html")
                for facet, name in (("category", "categories"), ("theme", "themes"), ("country", "countries"),
                                    ("audience", "audiences")):
                    for value in getattr(item.fields, name, ()):
                        found.add(addresses.term_list(content.site, kind, facet, value, content.site.default))
    return frozenset(found)
