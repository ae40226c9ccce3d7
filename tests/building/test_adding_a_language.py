"""A language is added by one line of mkdocs.yml, one catalogue of messages and its labels; no code knows of it."""

import re
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml

import built
from built import Html
from loaded import PROJECT
from safecities import index, locales
from safecities.catalogue import build as build_catalogue
from safecities.content import read_content
from safecities.site import load_site

sys.path.append(str(Path(__file__).parents[1] / "search"))
from javascript import hits

OVER = built.TINY.parent / "portuguese"
LAST = "        - {locale: es, name: Español, build: true}\n"
PAGES = "https://tiny.example/"


def with_language(root: Path, line: str) -> Path:
    """The tiny repository with a line more in its list of languages, and the project's vocabularies."""
    built.copied(built.TINY, root)
    shutil.copytree(PROJECT / "vocabularies", root / "vocabularies", dirs_exist_ok=True)
    config = root / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    assert LAST in text
    config.write_text(text.replace(LAST, f"{LAST}        - {line}\n"), encoding="utf-8")
    return root


@pytest.fixture(scope="session")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny repository with Portuguese."""
    root = with_language(tmp_path_factory.mktemp("portuguese") / "tiny", "{locale: pt, name: Português, build: true}")
    shutil.copytree(OVER, root, dirs_exist_ok=True, ignore=shutil.ignore_patterns("README.md"))
    done = built.run("translations", "--root", root, "--stamp", root)
    assert done.returncode == 0, done.stderr
    return root


@pytest.fixture(scope="session")
def site(root: Path) -> Path:
    return built.build(root, root.parent / "site")


def page(site: Path, name: str) -> Html:
    return Html((site / name).read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def search_files(site: Path) -> Mapping[str, str]:
    return {path.relative_to(site).as_posix(): path.read_text(encoding="utf-8")
            for path in (site / "search").rglob("*.js") if path.parent.name == "pt"}


def test_the_content_has_no_problem(root: Path) -> None:
    done = built.run("validate", "--root", root, "--strict")
    assert (done.stdout.splitlines()[-1], done.returncode) == ("no problems", 0), done.stdout


def test_there_is_a_page_for_each_page_of_the_default_language(site: Path) -> None:
    def names(folder: Path) -> set[str]:
        return {path.relative_to(folder).as_posix() for path in folder.rglob("*.html")}

    other = {name for name in names(site) if name.startswith(("es/", "pt/"))}
    default = names(site) - other
    assert len(default) > 20
    assert names(site / "pt") == default


def test_pages_say_that_they_are_in_portuguese_and_speak_it(site: Path) -> None:
    for path in (site / "pt").rglob("*.html"):
        held = Html(path.read_text(encoding="utf-8"))
        assert held.all("html") == [{"lang": "pt", "dir": "ltr"}], path
    record = page(site, "pt/casestudies/night-bus.html")
    assert record.text("h1") == "Ônibus noturno que para a pedido"
    text = record.text("main")
    for words in (
            "Ambiente", "Assédio sexual", "Transporte público", "França", "Financiadores", "Fontes", "Resultados",
            "Custo", "Nível de evidência", "Aviso sobre o conteúdo:", "resultados informados por quem o realizou"):
        assert words in text, words
    assert "Buscar" in record.text("header")
    assert page(site, "pt/tools/category/safety-audit.html").text("h1").endswith("Auditoria de segurança")


def test_no_english_message_is_left_in_the_frame_and_facts(site: Path) -> None:
    """Every message of the catalogue that stands in an English page by itself stands in Portuguese in its sister."""
    messages = locales.catalogue("pt")
    for path in (site / "pt").rglob("*.html"):
        name = path.relative_to(site / "pt").as_posix()
        english = {text.strip() for text in page(site, name).texts if text.strip()}
        portuguese = {text.strip() for text in page(site, f"pt/{name}").texts if text.strip()}
        said = {text for text in english if messages.gettext(text) != text} - {"Year"}  # in a record's own table
        assert len(said) > 8, name
        assert said & portuguese == set(), name
        assert {messages.gettext(text) for text in said} <= portuguese, name


@pytest.mark.parametrize("name", [
    "index.html", "tools/street-audit.html", "tools/index.html", "casestudies/night-bus.html"])
def test_versions_in_other_languages_name_each_other(site: Path, name: str) -> None:
    addresses = {"en": PAGES + name, "es": f"{PAGES}es/{name}", "pt": f"{PAGES}pt/{name}", "x-default": PAGES + name}
    for lang in ("", "es/", "pt/"):
        links = page(site, lang + name).all("link", rel="alternate")
        assert {held["hreflang"]: held["href"] for held in links if "hreflang" in held} == addresses, lang


def test_a_page_without_a_portuguese_text_says_so_in_portuguese_and_claims_nothing(site: Path) -> None:
    held = page(site, "pt/tools/lamp-map.html")
    notices = [text for (_, attributes, _), text in zip(held.elements, held.texts, strict=True)
               if "data-fallback" in attributes]
    assert ["Ainda não há tradução para português" in text and "inglês" in text for text in notices] == [True]
    for name in ("tools/lamp-map.html", "es/tools/lamp-map.html", "pt/tools/lamp-map.html"):
        assert "pt" not in {link.get("hreflang") for link in page(site, name).all("link", rel="alternate")}
    machine = page(site, "pt/tools/street-audit.html")
    assert "Este texto foi traduzido por uma máquina" in machine.text("main")


def test_the_switcher_of_every_page_leads_to_the_same_page_in_portuguese(site: Path) -> None:
    for path in [*site.rglob("*.html")]:
        name = path.relative_to(site).as_posix()
        links = [held for held in page(site, name).all("a", hreflang="pt") if held.get("lang") == "pt"]
        assert len(links) >= 1, name
        if path.name == "404.html":
            assert [held["href"] for held in links] == ["/pt/index.html"]
            continue
        bare = re.sub("^(es|pt)/", "", name)
        assert all((path.parent / str(held["href"])).resolve() == (site / "pt" / bare).resolve() for held in links)


def test_sitemap_and_feed_have_portuguese(site: Path) -> None:
    tree = ElementTree.parse(site / "sitemap.xml")
    listed = {held.text for held in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")}
    assert f"{PAGES}pt/casestudies/night-bus.html" in listed
    alternates = {held.get("href") for held in tree.iter("{http://www.w3.org/1999/xhtml}link")
                  if held.get("hreflang") == "pt"}
    assert alternates and alternates <= listed
    feed = (site / "pt" / "feed.xml").read_text(encoding="utf-8")
    assert 'xml:lang="pt"' in feed
    assert "Ônibus noturno que para a pedido" in feed


FOUND = [
    ("onibus noturno", "night-bus"), ("Ônibus", "night-bus"), ("motorista", "night-bus"), ("assedio", "night-bus"),
    ("parada", "night-bus"), ("noturna", "night-bus"), ("auditorias", "street-audit"), ("caminhadas", "street-audit"),
    ("autoridade municipal", "street-audit"), ("seguranca", "street-audit"), ("dados", "lamp-map"),
    ("Franca", "night-bus"),
]


@pytest.mark.parametrize(("query", "best"), FOUND)
def test_search_finds_inflected_and_unaccented_portuguese_words(
        search_files: Mapping[str, str], query: str, best: str) -> None:
    assert hits(search_files.values(), [(query, {"lang": "pt", "limit": 1})]) == [[best]]


@pytest.fixture(scope="session")
def whoosh(root: Path) -> Path:
    index.build(build_catalogue(read_content(load_site(root))[0]), root.parent / "index")
    return root.parent / "index"


@pytest.mark.parametrize(("query", "best"), FOUND)
def test_the_terminal_finds_them_too(whoosh: Path, query: str, best: str) -> None:
    assert index.search(whoosh, query, "pt", limit=1)[0].id == best


@pytest.mark.parametrize("name", ["categories", "themes", "audiences", "settings", "violence_forms", "glossary"])
def test_the_vocabularies_have_portuguese_labels(name: str) -> None:
    terms = yaml.safe_load((PROJECT / "vocabularies" / f"{name}.yml").read_text(encoding="utf-8"))
    assert [term for term, held in terms.items() if "pt" not in held["label"]] == []


@pytest.mark.parametrize(("tag", "direction"), [("hi", "ltr"), ("zh", "ltr"), ("fa", "rtl")])
def test_a_language_without_a_catalogue_is_built_in_english_words_and_validation_says_so(
        tag: str, direction: str, tmp_path: Path) -> None:
    root = with_language(tmp_path / "tiny", f"{{locale: {tag}, name: {tag}, build: true}}")
    done = built.run("validate", "--root", root)
    assert done.returncode == 0
    (line,) = [line for line in done.stdout.splitlines() if "[missing-catalogue]" in line]
    assert line.startswith("mkdocs.yml:")
    assert f"warning: there are no messages in `{tag}`" in line
    site = built.build(root, tmp_path / "site")
    held = page(site, f"{tag}/tools/lamp-map.html")
    assert held.all("html") == [{"lang": tag, "dir": direction}]
    assert "There is no translation into" in held.text("main")
