"""What pages and data files say to machines: JSON-LD, Open Graph, COinS, feeds, llms.txt."""

import io
import json
import re
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import feedparser
import pytest

import built
from built import Html
from loaded import Loaded
from safecities import exports, feeds, linked
from safecities.pages import Renderer

Change = Callable[[str, str, str], Path]
Load = Callable[[], Loaded]

SITE = "https://tiny.example/"
UNLINKED = re.compile(r"(?:\w\w/)?(?:404|search|coverage)\.html")
SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built.four(tmp_path_factory.getbasetemp())


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, str]:
    found = {path.relative_to(site).as_posix(): path.read_text(encoding="utf-8") for path in site.rglob("*.html")}
    return {name: text for name, text in found.items() if not UNLINKED.fullmatch(name)}


def graph(text: str) -> dict[str, dict[str, Any]]:
    """The nodes of a page, by type."""
    (script,) = SCRIPT.findall(text)
    document = json.loads(script)
    assert document["@context"] == "https://schema.org"
    return {node["@type"]: node for node in document["@graph"]}


def inside(node: Any) -> list[dict[str, Any]]:
    if isinstance(node, list):
        return [part for item in node for part in inside(item)]
    return [node, *(part for value in node.values() for part in inside(value))] if isinstance(node, dict) else []


def test_every_page_is_described_and_has_a_way_to_it(pages: dict[str, str]) -> None:
    assert len(pages) > 40
    for name, text in pages.items():
        nodes = graph(text)
        main = next(iter(nodes.values()))
        assert main["@id"] == SITE + name
        assert main.get("name") or main.get("headline")
        steps = nodes["BreadcrumbList"]["itemListElement"]
        assert [step["position"] for step in steps] == list(range(1, len(steps) + 1))
        for step in steps:
            assert step["name"]
            assert step["item"].removeprefix(SITE) in pages, name


def test_what_a_node_refers_to_is_described_in_the_same_page(pages: dict[str, str]) -> None:
    for name, text in pages.items():
        parts = inside(list(graph(text).values()))
        known = {part["@id"] for part in parts if "@type" in part and "@id" in part}
        assert {part["@id"] for part in parts if list(part) == ["@id"]} <= known, name


def test_a_node_says_nothing_that_is_not_known(pages: dict[str, str]) -> None:
    for text in pages.values():
        for part in inside(list(graph(text).values())):
            assert all(value not in ("", None, [], {}) for value in part.values()), part


def test_a_case_study_is_an_article_that_cites_its_sources(pages: dict[str, str]) -> None:
    node = graph(pages["es/casestudies/night-bus.html"])["Article"]
    assert node["headline"] == "Autobús nocturno con parada a petición"
    assert (node["inLanguage"], node["datePublished"], node["dateModified"]) == ("es", "2026-01-01", "2026-01-02")
    assert node["citation"][0]["name"] == "Report on the night line"
    assert node["contentLocation"][0]["geo"] == {"@type": "GeoCoordinates", "latitude": 48.85, "longitude": 2.35}


def test_a_tool_is_what_its_page_is_about(pages: dict[str, str]) -> None:
    work = graph(pages["tools/street-audit.html"])["WebPage"]["mainEntity"]
    assert (work["@type"], work["name"], work["isbn"]) == (
        "Book", "Ficha de auditoría de la calle", "978-2-921916-52-3")
    assert work["license"] == "https://spdx.org/licenses/CC-BY-4.0.html"
    assert work["inLanguage"] == ["es", "en"]


def test_guidance_is_an_article_and_a_list_a_collection_with_its_data(site: Path, pages: dict[str, str]) -> None:
    assert graph(pages["guidance/one.html"])["Article"]["headline"] == "Light a street together"
    nodes = graph(pages["es/tools/index.html"])
    assert nodes["CollectionPage"]["inLanguage"] == "es"
    files = [part["contentUrl"].removeprefix(SITE) for part in nodes["Dataset"]["distribution"]]
    assert files
    assert all((site / name).is_file() for name in files)
    assert "Dataset" not in graph(pages["tools/category/safety-audit.html"])


def test_links_to_a_page_can_be_shown_with_title_summary_and_locale(pages: dict[str, str]) -> None:
    territories = {"en": "en_US", "es": "es_ES", "fr": "fr_FR", "ar": "ar_EG"}
    for name, text in pages.items():
        page = Html(text)
        said = {held["property"]: held["content"] for held in page.all("meta") if "property" in held}
        assert set(said) - {"og:locale:alternate"} == {
            "og:title", "og:description", "og:locale", "og:url", "og:site_name", "og:type", "og:image",
            "og:image:width", "og:image:height", "og:image:alt"}, name
        assert page.all("meta", name="twitter:card") == [{"name": "twitter:card", "content": "summary_large_image"}]
        (described,) = page.all("meta", name="description")
        assert said["og:url"] in {held["href"] for held in page.all("link", rel="canonical")}
        if "/category/" not in name and "index.html" not in name:
            assert said["og:description"] == described["content"]
        assert said["og:locale"] in territories.values()
    assert 'og:locale" content="ar_EG"' in pages["ar/tools/index.html"]
    assert re.findall('og:locale:alternate" content="(.*?)"', pages["es/tools/street-audit.html"]) == ["en_US", "fr_FR"]
    assert "og:locale:alternate" not in pages["ar/tools/street-audit.html"]  # it shows the English text


def test_links_to_a_page_bring_a_picture_in_its_language_and_of_its_section(site: Path, pages: dict[str, str]) -> None:
    shown = {name: re.findall('og:image" content="(.*?)"', text) for name, text in pages.items()}
    for name, (picture,) in shown.items():
        lang = name.partition("/")[0] if name.partition("/")[0] in ("es", "fr", "ar") else "en"
        section = name.removeprefix(f"{lang}/").partition("/")[0]
        section = section if section in ("guidance", "tools", "casestudies") else "site"
        assert picture == f"{SITE}assets/cards/{section}.{lang}.png", name
        assert (site / picture.removeprefix(SITE)).is_file()
    assert {picture for found in shown.values() for picture in found} == {
        f"{SITE}assets/cards/{path.name}" for path in (site / "assets/cards").iterdir()}


def test_a_records_page_says_how_to_cite_it(pages: dict[str, str]) -> None:
    page = Html(pages["fr/tools/street-audit.html"])
    assert len(page.all("details", **{"class": "cite"})) == 1
    (span,) = page.all("span", **{"class": "Z3988"})
    assert parse_qs(span["title"] or "", strict_parsing=True)["rft.title"] == ["Ficha de auditoría de la calle"]
    codes = [text for (tag, _, _), text in zip(page.elements, page.texts, strict=True) if tag == "pre"]
    assert codes[0].startswith("@book{street-audit,\n  author = {{Vecinas de Villa Chica}},\n")
    assert codes[1].startswith("TY  - BOOK\nAU  - Vecinas de Villa Chica\n")
    (said,) = (text for (_, held, _), text in zip(page.elements, page.texts, strict=True)
               if held.get("class") == "cite__text")
    assert said == ("Vecinas de Villa Chica. (2008). Ficha de auditoría de la calle [Fiche d'audit de la rue]. "
                    "https://villachica.example/ficha.pdf")


def test_a_guidance_page_says_how_to_cite_it(pages: dict[str, str]) -> None:
    page = Html(pages["ar/guidance/one.html"])
    (span,) = page.all("span", **{"class": "Z3988"})
    told = parse_qs(span["title"] or "", strict_parsing=True)
    assert told["rft_id"] == [f"{SITE}ar/guidance/one.html"]
    assert told["rft.title"] == ["إنارة شارع معاً"]
    codes = [text for (tag, _, _), text in zip(page.elements, page.texts, strict=True) if tag == "pre"]
    assert codes[0].startswith("@misc{guidance-one,\n")
    assert "  date = {2026-01-03},\n  langid = {ar},\n" in codes[0]
    assert codes[1].startswith("TY  - ELEC\n")
    (said,) = (text for (_, held, _), text in zip(page.elements, page.texts, strict=True)
               if held.get("class") == "cite__text")
    assert said == f"قاعدة معارف المدن الآمنة. (2026). إنارة شارع معاً. {SITE}ar/guidance/one.html"
    assert "Z3988" not in pages["ar/index.html"]


NASTY = "</script><script>alert(1)</script><!-- & \\\\u2028 \"quoted\" مصابيح"


def test_no_text_leaves_its_script_element(change: Change, load: Load) -> None:
    change("tools_db/lamp-map.md", "title: Lamp map", f"title: '{NASTY}'")
    catalogue = load().catalogue
    blocks = Renderer(catalogue).record(catalogue.entries["lamp-map"], "en")
    (script,) = SCRIPT.findall(blocks["about"])
    assert not re.search(r"[<>&]", script)
    assert json.loads(script)["@graph"][0]["name"] == NASTY
    assert "<script>alert" not in blocks["main"] + blocks["about"]


def test_without_an_address_of_the_site_nodes_have_lasting_names(change: Change, load: Load) -> None:
    change("mkdocs.yml", "site_url: https://tiny.example/\n", "")
    catalogue = load().catalogue
    blocks = Renderer(catalogue).record(catalogue.entries["night-bus"], "es")
    assert graph(blocks["about"])["Article"]["@id"] == "urn:safecities:es/casestudies/night-bus.html"


def test_json_ld_of_all_records_says_what_their_pages_say(load: Load) -> None:
    catalogue = load().catalogue
    found = json.loads(exports.as_jsonld(catalogue, None, "es"))["@graph"]
    by_id = {node["@id"]: node for node in found}
    for entry in catalogue.entries.values():
        blocks = Renderer(catalogue).record(entry, "es")
        node = next(iter(graph(blocks["about"]).values()))
        assert by_id[node["@id"]] == node
    assert {node["@type"] for node in found} == {"WebSite", "Organization", "WebPage", "Article"}


def test_every_feed_is_sound_and_is_named_by_its_list(site: Path, pages: dict[str, str]) -> None:
    found = [path for path in site.rglob("*.xml") if path.name != "sitemap.xml"]
    assert len(found) == 4 * (1 + 2 + 2 + 3 + 1)
    for path in found:
        feed = feedparser.parse(path.read_bytes())
        assert (feed.bozo, feed.version) == (False, "atom10"), path
        address = path.relative_to(site).as_posix()
        assert feed.feed.id == SITE + address
        assert feed.feed.title
        assert feed.feed.updated
        assert feed.feed.author
        page = next(link.href for link in feed.feed.links if link.rel == "alternate").removeprefix(SITE)
        named = [held["href"] for held in Html(pages[page]).all("link", type="application/atom+xml")]
        assert path.name in [name and name.rpartition("/")[2] for name in named]
        assert feed.entries
        for entry in feed.entries:
            assert entry.id.removeprefix(SITE) in pages
            assert entry.title
            assert entry.updated


def test_a_lists_feed_has_the_records_of_the_list(site: Path) -> None:
    feed = feedparser.parse((site / "es/tools/category/safety-audit.xml").read_bytes())
    assert [entry.id for entry in feed.entries] == [f"{SITE}es/tools/street-audit.html"]
    assert feed.feed.language == "es"


def test_an_exported_feed_has_every_record_and_survives_any_title(
        change: Change, load: Load, monkeypatch: pytest.MonkeyPatch) -> None:
    title = "Lamps <b> & ]]> {x} مصابيح"
    change("tools_db/lamp-map.md", "title: Lamp map", f"title: '{title}'")
    monkeypatch.setattr(feeds, "NEWEST", 1)
    feed = feedparser.parse(exports.as_atom(load().catalogue, "tool").encode(), sanitize_html=False)
    assert not feed.bozo
    assert [entry.id.rpartition("/")[2] for entry in feed.entries] == ["lamp-map.html", "street-audit.html"]
    assert feed.entries[0].title == title


def test_the_archive_holds_the_data_in_every_format(load: Load) -> None:
    catalogue = load().catalogue
    data = exports.as_zip(catalogue)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert archive.read("data/tools.json").decode() == exports.as_json(catalogue, "tool")
        assert archive.read("data/casestudies.ris").decode() == exports.as_ris(catalogue, "case-study")
        assert {date(*info.date_time[:3]) for info in archive.infolist()} == {date(1980, 1, 1)}
    assert set(names) == {"data/schema.json"} | {
        f"data/{kind}.{ending}" for kind in ("tools", "casestudies")
        for ending in ("json", "csv", "jsonld", "ris", "bib", "csl.json", "atom.xml")}
    assert data == exports.as_zip(catalogue)


def test_llms_txt_leads_to_pages_and_data_that_there_are(site: Path) -> None:
    text = (site / "llms.txt").read_text(encoding="utf-8")
    assert text.startswith("# Safe Cities Knowledge Base\n\n> A knowledge base of three records, for tests\n")
    assert "- [Light a street together](https://tiny.example/guidance/one.html): Walk it" in text
    targets = re.findall(r"\]\((.*?)\)", text)
    assert len(targets) > 10
    assert all((site / target.removeprefix(SITE)).is_file() for target in targets)


def test_llms_txt_is_no_html_and_its_names_are_no_markdown(change: Change, load: Load) -> None:
    change("docs/guidance/one.md", "title: Light a street together", "title: 'Don''t & [do] *this*'")
    ((_, text),) = feeds.outline(Renderer(load().catalogue))
    assert r"- [Don't & \[do\] \*this\*](" in text


def test_one_encoder_escapes_whatever_it_is_given() -> None:
    node = {"name": "</script>&<!--"}
    assert json.loads(linked.encoded(node)) == node
    assert not re.search("[<>&]", linked.encoded(node))
