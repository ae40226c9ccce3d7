"""Map, timeline and coverage as pages of the finished site. That their links lead somewhere: test_site.py."""

import gzip
import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

import built
from built import LANGUAGES, Html

PAGES = ("index.html", "casestudies/map.html", "casestudies/timeline.html", "coverage.html")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built.project(tmp_path_factory.getbasetemp())


def prefix(lang: str) -> str:
    return "" if lang == "en" else f"{lang}/"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("address", PAGES)
def test_pictures_are_well_formed_small_and_ask_for_nothing(site: Path, lang: str, address: str) -> None:
    text = (site / prefix(lang) / address).read_text(encoding="utf-8")
    pictures = re.findall(r"<svg\b.*?</svg>", text, re.DOTALL)
    assert len(pictures) >= 2
    for picture in pictures:
        drawn = ElementTree.fromstring(picture)
        assert drawn.get("aria-hidden") == "true"
        assert all(link.get("tabindex") == "-1" and link.get("href") for link in drawn.iter("a"))
        assert not list(drawn.iter("image")) and " style=" not in picture
    assert len(gzip.compress(text.encode())) < 60_000


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_list_below_the_map_says_all_that_the_map_shows(site: Path, lang: str) -> None:
    page = Html((site / prefix(lang) / "casestudies/map.html").read_text(encoding="utf-8"))
    records = built.records(site, "casestudies")
    countries = {code for row in records.values() for code in row.get("countries") or ()}
    assert {held["data-country"] for held in page.with_attribute("data-country")} <= countries
    assert {held["id"] for held in page.all("li") if "id" in held} == {f"country-{code}" for code in countries}
    links = {held.get("href") for tag, held, around in page.elements if tag == "a" and "svg" not in around}
    drawn = {held.get("href") for tag, held, around in page.elements if tag == "a" and "svg" in around}
    assert {f"{name}.html" for name in records} <= links
    assert {target for target in drawn if target and target.endswith(".html")} <= links
    assert {target for target in drawn if target and "?" in target} == {
        f"index.html?country={held['data-country']}" for held in page.with_attribute("data-country")}


def test_the_timeline_names_every_case_study_once(site: Path) -> None:
    page = Html((site / "casestudies/timeline.html").read_text(encoding="utf-8"))
    named = [held["data-record"] for held in page.with_attribute("data-record")]
    assert sorted(str(name) for name in named) == sorted(built.records(site, "casestudies"))


def test_time_runs_as_the_reader_reads(site: Path) -> None:
    def years(lang: str) -> list[float]:
        text = (site / prefix(lang) / "casestudies/timeline.html").read_text(encoding="utf-8")
        return [float(at) for at in re.findall(r'class="years__mark" x="([0-9.]+)%"', text)]

    assert years("en") == sorted(years("en"))
    assert years("ar") == pytest.approx([100 - at for at in years("en")])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_cells_of_the_heat_tables_agree_with_the_data(site: Path, lang: str) -> None:
    text = (site / prefix(lang) / "coverage.html").read_text(encoding="utf-8")
    tools = json.loads((site / "data" / "tools.json").read_text(encoding="utf-8"))
    cells = re.findall(r'\?language=([A-Za-z-]+)&amp;category=([a-z-]+)">(\d+)</a>', text)
    assert len(cells) > 20
    for tag, category, number in cells:
        assert int(number) == sum(
            category in row["categories"] and tag in {version["language"] for version in row["versions"]}
            for row in tools), (tag, category)


def test_lists_and_home_lead_to_the_pictures(site: Path) -> None:
    for address in ("index.html", "casestudies/index.html"):
        links = {held.get("href") for held in Html((site / address).read_text(encoding="utf-8")).all("a")}
        assert {"casestudies/map.html", "map.html"} & links, address
