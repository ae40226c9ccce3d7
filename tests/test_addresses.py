"""Where things stand in the site, and the way from one to another."""

import posixpath
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote, urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaded import Loaded
from safecities import addresses
from safecities.site import Site, load_site


@pytest.fixture
def site(tiny: Path) -> Site:
    return load_site(tiny)


def test_the_default_language_is_at_the_root_and_others_in_folders(site: Site) -> None:
    assert addresses.record(site, "tool", "lamp-map", "en") == "tools/lamp-map.html"
    assert addresses.record(site, "tool", "lamp-map", "es") == "es/tools/lamp-map.html"
    assert addresses.record(site, "case-study", "night-bus", "es") == "es/casestudies/night-bus.html"
    assert addresses.guidance(site, "guidance/one", "en") == "guidance/one.html"
    assert addresses.guidance(site, "index", "es") == "es/index.html"
    assert addresses.listing(site, "tool", "en") == "tools/index.html"
    assert addresses.listing(site, "case-study", "es") == "es/casestudies/index.html"
    assert addresses.term_list(site, "tool", "category", "guide", "es") == "es/tools/category/guide.html"


def test_no_two_things_have_one_address(load: Callable[[], Loaded]) -> None:
    loaded = load()
    found = [addresses.record(loaded.site, entry.kind, entry.id, lang)
             for entry in loaded.catalogue.entries.values() for lang in loaded.site.tags]
    for lang in loaded.site.tags:
        found += [addresses.guidance(loaded.site, name, lang) for name in loaded.catalogue.guidance]
        found += [addresses.listing(loaded.site, kind, lang) for kind in ("tool", "case-study")]
    assert len(found) == len(set(found))


@pytest.mark.parametrize(("target", "page", "way"), [
    ("tools/a.html", "index.html", "tools/a.html"), ("tools/a.html", "tools/b.html", "a.html"),
    ("index.html", "es/tools/a.html", "../../index.html"), ("tools/a.html", "tools/a.html", "a.html"),
    ("es/index.html", "index.html", "es/index.html"), ("tools/index.html?category=guide#x", "es/index.html",
                                                       "../tools/index.html?category=guide#x"),
    ("", "tools/a.html", "../"), ("", "index.html", "./"), ("search/", "tools/a.html", "../search/"),
    ("tools/a b.html", "index.html", "tools/a%20b.html"), ("tools/ñ.html", "index.html", "tools/%C3%B1.html"),
    ("#x", "tools/a.html", "../#x"),
])
def test_the_way_from_a_page_to_an_address(target: str, page: str, way: str) -> None:
    assert addresses.relative(target, page) == way


NAME = st.text("ab-é1_", min_size=1, max_size=4)
ADDRESS = st.lists(NAME, min_size=1, max_size=4).map(lambda parts: "/".join(parts) + ".html")


@given(ADDRESS, ADDRESS)
def test_a_browser_that_follows_the_way_arrives(target: str, page: str) -> None:
    arrived = unquote(urljoin(f"https://a.example/{page}", addresses.relative(target, page)))
    assert posixpath.normpath(arrived) == f"https:/a.example/{target}"


def test_an_absolute_address_begins_with_that_of_the_site(site: Site) -> None:
    assert addresses.absolute(site, "es/tools/a b.html") == "https://tiny.example/es/tools/a%20b.html"
    assert addresses.absolute(site, "") == "https://tiny.example/"


def test_without_a_configured_address_there_is_no_absolute_one(site: Site) -> None:
    assert addresses.absolute(replace(site, url=""), "index.html") == ""
