"""Every file of the project's finished site, read as it lies there: links, languages, heads, feeds."""

import posixpath
import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit
from xml.etree import ElementTree

import pytest
import yaml

import built
from built import LANGUAGES, Html
from safecities.feeds import NEWEST
from safecities.locales import catalogue

ATOM = {"atom": "http://www.w3.org/2005/Atom"}
SITEMAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
ROOT = "https://safe-cities-knowledge-base.example/"
NOT_FOUND = "404.html"
UNLISTED = {NOT_FOUND, "search.html", "coverage.html"}
"""Pages without a text of their own or for editors only, by address in their language: no engine should list them."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built.project(tmp_path_factory.getbasetemp())


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, Html]:
    found = {
        path.relative_to(site).as_posix(): Html(path.read_text(encoding="utf-8"))
        for path in sorted(site.rglob("*.html"))
    }
    assert len(found) > 100
    return found


@pytest.fixture(scope="module")
def files(site: Path) -> frozenset[str]:
    return frozenset(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())


def language_of(address: str) -> str:
    first = address.partition("/")[0]
    return first if first in LANGUAGES else "en"


def bare(address: str) -> str:
    """An address without its language."""
    lang = language_of(address)
    return address if lang == "en" else address.removeprefix(f"{lang}/")


def pointing(page: Html) -> Iterator[str]:
    """All that a page points to, whatever the element."""
    for _, attributes, _ in page.elements:
        yield from (
            value or ""
            for name, value in attributes.items()
            if name in ("href", "src", "action", "poster", "data", "srcset", "formaction")
        )


def local(page: str, target: str) -> tuple[str, str] | None:
    """The address and fragment in the site that a link leads to; None if it leads out of the site."""
    parts = urlsplit(target)
    if parts.scheme or parts.netloc:
        return None
    path = unquote(parts.path)
    if bare(page) == NOT_FOUND and path.startswith("/"):
        path = path[1:]  # it is shown at any address, so its links begin at the root
    elif path:
        path = posixpath.normpath(posixpath.join(posixpath.dirname(page), path))
    return path or page, unquote(parts.fragment)


def test_every_page_states_its_language_and_direction(pages: dict[str, Html]) -> None:
    wrong = {
        address: found
        for address, page in pages.items()
        if (found := page.all("html")[0]) != {"lang": language_of(address), "dir": LANGUAGES[language_of(address)]}
    }
    assert wrong == {}


def test_every_link_of_the_site_leads_to_a_file_and_a_place_in_it(
    pages: dict[str, Html], files: frozenset[str]
) -> None:
    ids = {address: {held["id"] for held in page.with_attribute("id")} for address, page in pages.items()}
    dead = set()
    for address, page in pages.items():
        for target in pointing(page):
            place = local(address, target)
            if place and (place[0] not in files or (place[1] and place[1] not in ids.get(place[0], ()))):
                dead.add((address, target))
    assert dead == set()


def test_every_link_to_a_filtered_list_names_filters_of_that_list(pages: dict[str, Html]) -> None:
    wrong = set()
    for address, page in pages.items():
        for link in page.all("a"):
            place = local(address, link.get("href") or "")
            query = parse_qsl(urlsplit(link.get("href") or "").query)
            if place is None or not place[0].endswith("/index.html") or not query:
                continue
            options = {(held.get("name"), held.get("value")) for held in pages[place[0]].all("input", type="checkbox")}
            wrong |= {(address, link["href"]) for pair in query if pair not in options}
    assert wrong == set()


def test_nothing_is_loaded_from_elsewhere(pages: dict[str, Html], site: Path) -> None:
    loaded = [
        (address, tag, value)
        for address, page in pages.items()
        for tag, attributes, _ in page.elements
        for name, value in attributes.items()
        if name in ("src", "srcset", "poster", "data", "action")
        or (name == "href" and tag == "link" and attributes.get("rel") not in ("canonical", "alternate"))
        if re.match(r"(?:[a-z]+:)?//|data:", value or "")
    ]
    styles = [
        path.name
        for path in site.rglob("*.css")
        if re.search(r"@import|url\(\s*['\"]?(?:[a-z]+:)?//", path.read_text(encoding="utf-8"))
    ]
    assert (loaded, styles) == ([], [])


def test_links_that_leave_the_site_name_http_and_send_no_referrer(pages: dict[str, Html]) -> None:
    outward = [
        (address, held)
        for address, page in pages.items()
        for held in page.all("a")
        if urlsplit(held.get("href") or "").scheme
    ]
    assert [row for row in outward if urlsplit(row[1]["href"] or "").scheme not in ("http", "https")] == []
    assert all(
        page.all("meta", name="referrer") == [{"name": "referrer", "content": "no-referrer"}] for page in pages.values()
    )


def test_no_page_holds_scripts_or_styles_of_its_own(pages: dict[str, Html]) -> None:
    inline = [
        (address, tag)
        for address, page in pages.items()
        for tag, attributes, _ in page.elements
        if tag == "style"
        or (tag == "script" and "src" not in attributes and attributes.get("type") != "application/ld+json")
        or "style" in attributes
        or any(name.startswith("on") for name in attributes)
        or (attributes.get("href") or "").lower().startswith("javascript:")
    ]
    assert inline == []


def test_every_page_has_one_first_heading_with_words_in_it(pages: dict[str, Html]) -> None:
    assert {address: len(page.all("h1")) for address, page in pages.items() if len(page.all("h1")) != 1} == {}
    assert [address for address, page in pages.items() if not page.text("h1")] == []


def test_headings_leave_no_level_out(pages: dict[str, Html]) -> None:
    leaps = []
    for address, page in pages.items():
        levels = [int(tag[1]) for tag, _, _ in page.elements if re.fullmatch(r"h[1-6]", tag)]
        leaps += [(address, before, after) for before, after in pairwise(levels) if after > before + 1]
    assert leaps == []


def test_ids_are_unique_and_references_to_them_hold(pages: dict[str, Html]) -> None:
    doubled, dangling = [], []
    for address, page in pages.items():
        ids = Counter(held["id"] for held in page.with_attribute("id"))
        doubled += [(address, name) for name, number in ids.items() if number > 1]
        for name in ("for", "aria-labelledby", "aria-describedby", "aria-controls", "headers", "list"):
            dangling += [
                (address, name, value)
                for held in page.with_attribute(name)
                for value in (held[name] or "").split()
                if value not in ids
            ]
    assert (doubled, dangling) == ([], [])


def test_elements_are_closed_and_no_attribute_is_given_twice(pages: dict[str, Html]) -> None:
    assert {
        address: (page.unclosed, page.doubled) for address, page in pages.items() if page.unclosed or page.doubled
    } == {}


def test_every_page_has_a_title_and_a_description(pages: dict[str, Html]) -> None:
    empty = [
        address
        for address, page in pages.items()
        if not page.text("title") or not (page.all("meta", name="description")[0].get("content") or "").strip()
    ]
    assert empty == []


def test_titles_tell_the_pages_of_a_language_apart(pages: dict[str, Html]) -> None:
    """Records of the two kinds may share a title, as the charter and its case study do; other pages may not."""
    titles: dict[tuple[str, str], list[str]] = {}
    for address, page in pages.items():
        titles.setdefault((language_of(address), page.text("title")), []).append(address)
    same = [
        addresses
        for addresses in titles.values()
        if len(addresses) > 1 and len({bare(address).partition("/")[0] for address in addresses}) < len(addresses)
    ]
    assert same == []


def test_every_page_has_search_in_its_header_a_way_to_leave_and_an_icon(pages: dict[str, Html]) -> None:
    for address, page in pages.items():
        boxes = [
            held
            for tag, held, within in page.elements
            if tag == "input" and held.get("type") == "search" and held.get("name") == "q" and "header" in within
        ]
        assert len(boxes) == 1, address
        ways_out = page.with_attribute("data-exit")
        assert [held["href"] for held in ways_out] == ["https://www.wikipedia.org/"], address
        assert len(page.all("link", rel="icon")) == 1, address
        assert sum("data-search-results" in held for held in page.with_attribute("data-search-results")) >= 1, address


def test_the_switcher_of_every_page_leads_to_the_same_page_in_every_language(pages: dict[str, Html]) -> None:
    for address, page in pages.items():
        lang = language_of(address)
        rows = [
            held
            for tag, held, within in page.elements
            if tag == "a" and "hreflang" in held and "header" in within and "main" not in within
        ]
        assert [row["hreflang"] for row in rows] == list(LANGUAGES), address
        assert [row["hreflang"] for row in rows if row.get("aria-current")] == [lang], address
        if bare(address) != NOT_FOUND:
            for row in rows:
                tag = row["hreflang"] or ""
                wanted = bare(address) if tag == "en" else f"{tag}/{bare(address)}"
                assert local(address, row["href"] or "") == (wanted, ""), (address, tag)


def test_heads_name_the_versions_of_a_page_absolutely_and_each_version_names_the_others(pages: dict[str, Html]) -> None:
    claims = {}
    for address, page in pages.items():
        links = [held for held in page.all("link", rel="alternate") if "hreflang" in held]
        claims[ROOT + address] = {held["hreflang"]: held["href"] for held in links}
        assert len(links) == len(claims[ROOT + address]), address
    for address, versions in claims.items():
        if not versions:
            continue
        assert versions["x-default"] == versions["en"]
        own = versions[language_of(address.removeprefix(ROOT))]
        assert own == address
        assert all(claims[other] == versions for other in versions.values()), address
    assert {bare(address.removeprefix(ROOT)) for address, versions in claims.items() if not versions} == UNLISTED


def test_canonical_addresses_are_absolute_and_the_pages_own(pages: dict[str, Html]) -> None:
    """The project's texts are all translated, so no page of it stands for another; search and 404 name none."""
    for address, page in pages.items():
        named = [held["href"] for held in page.all("link", rel="canonical")]
        assert named == ([] if bare(address) in UNLISTED else [ROOT + address]), address


def test_every_page_can_be_reached_from_the_first_one_by_links_alone(pages: dict[str, Html]) -> None:
    reached, fresh = {"index.html"}, ["index.html"]
    while fresh:
        address = fresh.pop()
        for link in pages[address].all("a"):
            place = local(address, link.get("href") or "#")
            if place and place[0] in pages and place[0] not in reached:
                reached.add(place[0])
                fresh.append(place[0])
    assert {bare(address) for address in set(pages) - reached} == {NOT_FOUND}


@pytest.mark.parametrize(("lang", "heading"), [
    ("en", "Page not found"), ("es", "Página no encontrada"), ("fr", "Page introuvable"), ("ar", "الصفحة غير موجودة")])
def test_each_language_has_a_page_for_missing_addresses(pages: dict[str, Html], lang: str, heading: str) -> None:
    page = pages[NOT_FOUND if lang == "en" else f"{lang}/{NOT_FOUND}"]
    assert page.all("html") == [{"lang": lang, "dir": LANGUAGES[lang]}]
    assert page.text("h1") == heading
    assert page.all("meta", name="robots", content="noindex")
    assert all(target.startswith(("/", "https://", "#")) for target in pointing(page))
    # Only servers that know one such page need the script, which goes on to the others.
    assert len(page.all("script", src="/assets/js/missing.js")) == (lang == "en")


def sections(lang: str) -> list[str]:
    """The names of the module's six sections: those of mkdocs.yml in the words of a language."""
    config = yaml.safe_load((built.PROJECT / "mkdocs.yml").read_text(encoding="utf-8"))
    (guidance,) = (item["Guidance"] for item in config["nav"] if "Guidance" in item)
    messages = catalogue(lang)
    return [messages.gettext(name) for item in guidance if isinstance(item, dict) for name in item]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_first_page_leads_to_all_that_there_is_in_its_language(
    site: Path, pages: dict[str, Html], lang: str
) -> None:
    page = pages["index.html" if lang == "en" else f"{lang}/index.html"]
    headings = [text.strip() for (tag, _, within), text in zip(page.elements, page.texts, strict=True)
                if tag == "h3" and "li" in within]
    assert len(sections(lang)) == 6
    assert headings[:6] == sections(lang)
    assert len(page.all("input", id="q-home")) == 1
    ways = {held.get("href") for held in page.all("a")}
    assert {"guidance/index.html", "casestudies/index.html", "tools/index.html", "casestudies/map.html",
            "how-to-use.html", "reading-safely.html", "about.html", "for-editors.html", "feed.xml"} <= ways
    assert [held["hreflang"] for tag, held, within in page.elements if tag == "a" and "main" in within
            and "hreflang" in held] == [tag for tag in LANGUAGES if tag != lang]
    everything = [row for folder in ("tools", "casestudies") for row in built.records(site, folder).values()]
    newest = sorted(everything, key=lambda row: (row["added"], row["id"]), reverse=True)[:4]
    cited = sorted(everything, key=lambda row: (-len(row["cited_in"]), -len(row["related"]), row["id"]))[:4]
    assert [held["data-record"] for held in page.with_attribute("data-record")] == [
        row["id"] for row in (*newest, *cited)]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_sections_are_named_in_the_readers_language_wherever_they_stand(pages: dict[str, Html], lang: str) -> None:
    prefix = "" if lang == "en" else f"{lang}/"
    overview = pages[f"{prefix}guidance/index.html"]
    named = [text.strip() for (_, held, _), text in zip(overview.elements, overview.texts, strict=True)
             if re.fullmatch("chapter-[0-9]+", held.get("id") or "")]
    assert named == sections(lang)


def test_every_record_has_a_page_in_every_language(pages: dict[str, Html], site: Path) -> None:
    for folder in ("tools", "casestudies"):
        for name in built.records(site, folder):
            for lang in LANGUAGES:
                prefix = "" if lang == "en" else f"{lang}/"
                assert f"{prefix}{folder}/{name}.html" in pages


def test_plain_lists_hold_the_records_that_their_value_says(pages: dict[str, Html], site: Path) -> None:
    fields = {"category": "categories", "theme": "themes", "country": "countries", "audience": "audiences"}
    checked = 0
    for address, page in pages.items():
        parts = address.removesuffix(".html").split("/")[-3:]
        if len(parts) < 3 or parts[1] not in fields:
            continue
        folder, facet, value = parts
        wanted = {name for name, row in built.records(site, folder).items() if value in (row.get(fields[facet]) or ())}
        assert {held["data-record"] for held in page.with_attribute("data-record")} == wanted, address
        checked += 1
    assert checked > 100


def test_the_sitemap_names_every_page_absolutely_with_reciprocal_versions(site: Path, pages: dict[str, Html]) -> None:
    root = ElementTree.fromstring((site / "sitemap.xml").read_text(encoding="utf-8"))
    rows = {}
    for row in root.findall("s:url", SITEMAP):
        address = row.findtext("s:loc", "", SITEMAP)
        assert address not in rows
        rows[address] = {link.attrib["hreflang"]: link.attrib["href"] for link in row.findall("x:link", SITEMAP)}
    assert all(address.startswith(ROOT) for address in rows)
    assert {address.removeprefix(ROOT) for address in rows} == {
        address for address in pages if bare(address) not in UNLISTED
    }
    for address, versions in rows.items():
        assert set(versions) == {*LANGUAGES, "x-default"}
        assert all(rows[other] == versions for other in versions.values()), address


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_language_has_a_feed_of_its_records(site: Path, files: frozenset[str], lang: str) -> None:
    address = "feed.xml" if lang == "en" else f"{lang}/feed.xml"
    feed = ElementTree.fromstring((site / address).read_text(encoding="utf-8"))
    assert feed.attrib["{http://www.w3.org/XML/1998/namespace}lang"] == lang
    assert feed.findtext("atom:id", "", ATOM) == ROOT + address
    entries = feed.findall("atom:entry", ATOM)
    assert len(entries) == min(NEWEST, sum(len(built.records(site, folder)) for folder in ("tools", "casestudies")))
    ids = [entry.findtext("atom:id", "", ATOM) for entry in entries]
    assert len(set(ids)) == len(ids)
    for entry in entries:
        assert entry.findtext("atom:title", "", ATOM).strip()
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00Z", entry.findtext("atom:updated", "", ATOM))
        link = entry.find("atom:link", ATOM)
        assert link is not None
        assert link.attrib["href"].removeprefix(ROOT) in files


def test_robots_may_read_everything_and_find_the_sitemap(site: Path) -> None:
    lines = (site / "robots.txt").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line] == ["User-agent: *", "Allow: /", f"Sitemap: {ROOT}sitemap.xml"]


def test_the_site_holds_nothing_but_what_its_pages_use(
    site: Path, files: frozenset[str], pages: dict[str, Html]
) -> None:
    used = {
        (held["content"] or "").removeprefix(ROOT) for page in pages.values()
        for held in page.all("meta", property="og:image")
    } | {
        place[0] for address, page in pages.items() for target in pointing(page) if (place := local(address, target))
    }
    searched = {name for name in files if name.startswith("search/")}
    spare = {name for name in files - used - searched if bare(name) != NOT_FOUND} - {
        "robots.txt", "sitemap.xml", "llms.txt", "_headers", "_redirects"}
    assert {name for name in spare if not name.startswith("data/")} == set()


def test_no_file_names_the_machine_that_made_it(site: Path) -> None:
    telling = (str(Path.home()).encode() + b"/", str(built.PROJECT).encode(), str(site).encode())
    assert [name for name, data in built.tree(site).items() if any(word in data for word in telling)] == []
