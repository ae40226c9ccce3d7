"""A list of thousands of rows: answered at once where the reader looks, and all of it there soon after."""

import json
import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from reading import open_list, option, query, shown

from safecities.pages import BLOCK
from safecities.search.postings import encode_numbers

ROWS = 2_000
EVERY = 7
"""Each seventh record is an observatory."""

ROW = re.compile(r'<li class="row .*?</li>', re.DOTALL)
BLOCKS = re.compile(r'<div data-results.*?</ol>\s*</div>', re.DOTALL)
COLUMNS = re.compile(r'(safecities\.part\("facets-tools","[^"]*",)(.*)\);', re.DOTALL)


@pytest.fixture
def long(site: Path, watch, tmp_path: Path) -> Path:
    """The list of tools of a site, with very many rows in place of its own."""
    for name in ("assets", "search/en"):
        shutil.copytree(site / name, tmp_path / name)
    page = (site / "tools" / "index.html").read_text(encoding="utf-8")
    row = ROW.search(page)[0]
    rows = [re.sub('data-record="[^"]*"', f'data-record="r{at:04}"', row).replace("</h2>", f" number{at}</h2>")
            for at in range(ROWS)]
    blocks = ["".join(rows[at : at + BLOCK]) for at in range(0, ROWS, BLOCK)]
    lists = "".join(f'<ol class="rows">{block}</ol>' for block in blocks)
    made = BLOCKS.sub(f'<div data-results class="is-long">{lists}</div>', page, count=1)
    folder = tmp_path / "tools"
    folder.mkdir()
    (folder / "index.html").write_text(made, encoding="utf-8")
    columns = {
        "ids": [f"r{at:04}" for at in range(ROWS)], "year": [2000 + at % 20 for at in range(ROWS)],
        "years": [[2000 + at % 20] * 2 for at in range(ROWS)], "added": ["2026-01-01"] * ROWS,
        "facets": {"category": {"observatory": encode_numbers(range(0, ROWS, EVERY))}}}
    text = COLUMNS.sub(lambda match: f"{match[1]}{json.dumps(columns)});",
                       (site / "search" / "facets-tools.js").read_text(encoding="utf-8"))
    (tmp_path / "search" / "facets-tools.js").write_text(text, encoding="utf-8")
    watch.allowed.append(tmp_path.as_uri() + "/")
    return folder / "index.html"


def settled(page: Page, number: int) -> list[str]:
    """All rows that the list shows, once it shows so many."""
    expect(page.locator("[data-results] > ol > li")).to_have_count(number)
    return shown(page)


def in_view_after_click(box: Locator) -> list[str]:
    """The rows that are in view when a click has been answered, before anything else is done."""
    return box.evaluate("box => { box.click(); return Array.from(document.querySelectorAll('[data-record]')).filter("
                        "(row) => row.getBoundingClientRect().top < innerHeight).map((row) => row.dataset.record); }")


def test_a_click_leaves_the_rows_that_fit_all_in_order_and_back_brings_all(page: Page, long: Path) -> None:
    page.goto(long.as_uri())
    wanted = [f"r{at:04}" for at in range(0, ROWS, EVERY)]
    box = option(page, "category", "observatory")
    first = in_view_after_click(box)
    assert len(first) > 1
    assert first == wanted[:len(first)]
    assert settled(page, len(wanted)) == wanted
    expect(page.locator("[data-count]")).to_have_text(f"{len(wanted)} tools")
    assert query(page) == [("category", "observatory")]
    page.get_by_label("Order").select_option("year")
    by_year = sorted(wanted, key=lambda name: (-(int(name[1:]) % 20), name))
    expect(page.locator("[data-record]").first).to_have_attribute("data-record", by_year[0])
    page.wait_for_function("last => Array.from(document.querySelectorAll('[data-results] > ol > li'))"
                           ".at(-1).dataset.record === last", arg=by_year[-1])
    assert settled(page, len(wanted)) == by_year
    page.go_back()
    page.go_back()
    expect(box).not_to_be_checked()
    assert settled(page, ROWS) == [f"r{at:04}" for at in range(ROWS)]


def test_rows_that_do_not_fit_are_out_of_view_at_once_and_gone_soon(page: Page, long: Path) -> None:
    open_list(page, long.as_uri())
    none = option(page, "category", "charter")
    assert in_view_after_click(none) == []
    assert settled(page, 0) == []
    none.uncheck()
    option(page, "category", "observatory").check()  # while blocks come back that are not needed
    wanted = [f"r{at:04}" for at in range(0, ROWS, EVERY)]
    assert settled(page, len(wanted)) == wanted
    option(page, "category", "observatory").uncheck()
    assert settled(page, ROWS) == [f"r{at:04}" for at in range(ROWS)]


def test_a_row_far_down_is_found_in_the_page_and_reached_by_keyboard(page: Page, long: Path) -> None:
    page.goto(long.as_uri())
    expect(page.get_by_role("button", name="Apply")).to_be_hidden()
    far = ROWS - 3
    assert page.evaluate("words => window.find(words)", f"number{far}")
    found = page.locator(f"[data-record=r{far:04}]")
    held = page.evaluate("getSelection().anchorNode.parentElement.closest('[data-record]').dataset.record")
    assert held == f"r{far:04}"
    expect(found).to_be_in_viewport()
    found.locator("a").focus()
    page.keyboard.press("Tab")
    expect(page.locator(f"[data-record=r{far + 1:04}] a")).to_be_focused()
    expect(page.locator(f"[data-record=r{far + 1:04}]")).to_be_in_viewport()


def test_what_is_out_of_view_is_not_laid_out(page: Page, long: Path) -> None:
    page.goto(long.as_uri())
    skipped = page.evaluate(
        "() => Array.from(document.querySelectorAll('[data-results] h2')).filter("
        "(title) => !title.checkVisibility({ contentVisibilityAuto: true })).length")
    assert skipped > ROWS * 0.8
    expect(page.locator("[data-record]")).to_have_count(ROWS)


@pytest.mark.parametrize("lang", ["", "ar/"])
@pytest.mark.parametrize("width", [390, 800, 1024, 1280])
def test_a_block_that_is_not_laid_out_is_about_as_high_as_its_rows(
        page: Page, site: Path, lang: str, width: int) -> None:
    """Of Arabic within a quarter: systems have fonts for it of widths that differ more than those for Latin letters."""
    page.set_viewport_size({"width": width, "height": 800})
    page.goto((site / f"{lang}tools" / "index.html").as_uri())
    blocks = page.locator("[data-results] > ol")
    heights = blocks.evaluate_all("all => all.slice(0, -1).map((block) => block.getBoundingClientRect().height)")
    blocks.first.evaluate("block => block.parentElement.classList.add('is-long')")
    assumed = blocks.first.evaluate("block => getComputedStyle(block).containIntrinsicBlockSize")
    assert float(assumed.split()[-1].removesuffix("px")) == pytest.approx(
        sum(heights) / len(heights), rel=0.25 if lang else 0.15)


def test_paper_gets_every_row_that_fits(page: Page, long: Path) -> None:
    page.goto(long.as_uri())
    option(page, "category", "observatory").evaluate(
        "box => { box.click(); dispatchEvent(new Event('beforeprint')); }")
    assert len(shown(page)) == len(range(0, ROWS, EVERY))
