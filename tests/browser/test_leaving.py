"""Leaving the site at once: the button is always in view, and Shift pressed three times does the same."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

GUIDANCE = "guidance/local-policy/gender-approach.html"
KINDS = [
    "index.html",
    GUIDANCE,
    "tools/montreal-charter.html",
    "tools/index.html",
    "search.html",
    "casestudies/map.html",
    "casestudies/timeline.html",
    "coverage.html",
    "glossary.html",
    f"ar/{GUIDANCE}",
    "ar/tools/index.html",
]
NEUTRAL = "https://www.wikipedia.org/"

ON_TOP = """link => {
  const { left, top, right, bottom } = link.getBoundingClientRect();
  const inside = left >= 0 && top >= 0 && right <= document.documentElement.clientWidth && bottom <= innerHeight;
  const [x, y] = [(left + right) / 2, (top + bottom) / 2];
  const points = [[x, y], [left + 6, y], [right - 6, y], [x, top + 6], [x, bottom - 6]];
  const large = right - left >= 44 && bottom - top >= 24;
  return inside && large && points.every(([x, y]) => link.contains(document.elementFromPoint(x, y)));
}"""


def press_shift(page: Page, times: int, pause: int = 0) -> None:
    for _ in range(times):
        page.keyboard.press("Shift")
        page.wait_for_timeout(pause)


def is_empty(page: Page) -> bool:
    return page.evaluate(
        "document.title === '' && document.documentElement.innerText.trim() === ''"
        " && document.querySelectorAll('body *').length === 0"
    )


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844), (320, 480)])
def test_the_way_out_is_in_view_on_every_kind_of_page_and_nothing_covers_it(
    new_context, site: Path, width: int, height: int
) -> None:
    page = new_context(viewport={"width": width, "height": height}).new_page()
    for address in KINDS:
        page.goto((site / address).as_uri())
        way_out = page.locator("[data-exit]")
        assert way_out.evaluate(ON_TOP), address
        page.evaluate("scrollTo(0, document.documentElement.scrollHeight / 2)")
        assert way_out.evaluate(ON_TOP), f"{address}, scrolled"
        page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
        assert way_out.evaluate(ON_TOP), f"{address}, at its end"


OPENED = {
    "filters": ("tools/index.html", "[data-sheet] > summary", "[data-sheet] input"),
    "languages": (GUIDANCE, ".languages summary", ".languages a"),
    "results": ("ar/tools/montreal-charter.html", None, "header [data-search-results] a"),
    "citation": ("tools/montreal-charter.html", ".cite summary", ".cite__code"),
}
"""What can lie over a page: where, what opens it, and what is then to be seen."""


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844), (320, 256)])
@pytest.mark.parametrize("name", OPENED)
def test_nothing_that_opens_covers_the_way_out(new_context, site: Path, name: str, width: int, height: int) -> None:
    address, opener, shown = OPENED[name]
    page = new_context(viewport={"width": width, "height": height}).new_page()
    page.goto((site / address).as_uri())
    if opener is None:
        page.locator("header input[type=search]").press_sequentially("مدينة")
    elif not page.locator(shown).first.is_visible():
        page.locator(opener).click()
    expect(page.locator(shown).first).to_be_visible()
    assert page.locator("[data-exit]").evaluate(ON_TOP)
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    assert page.locator("[data-exit]").evaluate(ON_TOP)
    if opener is None:
        page.locator("[data-exit]").focus()
    press_shift(page, 3)
    assert is_empty(page)


def test_without_script_the_way_out_is_a_link_to_a_neutral_page(scriptless: Page, site: Path, watch) -> None:
    watch.allowed.append(NEUTRAL)
    scriptless.route(f"{NEUTRAL}**", lambda route: route.fulfill(
        body="<!doctype html><title>Neutral</title><link rel=icon href='data:,'>", content_type="text/html"))
    scriptless.goto((site / "tools" / "montreal-charter.html").as_uri())
    scriptless.locator("[data-exit]").click()
    scriptless.wait_for_url(NEUTRAL)


def test_the_way_out_covers_no_control_that_cant_be_scrolled_clear_of_it(new_context, site: Path) -> None:
    page = new_context(viewport={"width": 390, "height": 844}).new_page()
    for address in KINDS:
        page.goto((site / address).as_uri())
        page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
        covered = page.evaluate("""() => {
          const exit = document.querySelector("[data-exit]").getBoundingClientRect();
          const meets = ({ left, top, right, bottom }) =>
            bottom > exit.top && top < exit.bottom && right > exit.left && left < exit.right;
          return Array.from(document.querySelectorAll("footer a, footer p"))
            .filter((element) => meets(element.getBoundingClientRect())).map((element) => element.innerText);
        }""")
        assert covered == [], address


@pytest.mark.parametrize("address", KINDS)
def test_shift_three_times_empties_the_page_for_good(page: Page, site: Path, address: str) -> None:
    page.goto((site / address).as_uri())
    press_shift(page, 2)
    assert not is_empty(page)
    press_shift(page, 1)
    assert is_empty(page)
    page.wait_for_timeout(150)
    assert is_empty(page)
    assert page.url.startswith("file://")


def test_a_click_empties_the_page_too(page: Page, site: Path) -> None:
    page.goto((site / "tools" / "montreal-charter.html").as_uri())
    page.locator("[data-exit]").click()
    assert is_empty(page)


@pytest.mark.parametrize(
    "control", ["input[value=observatory]", "#sort", ".languages summary", "header [data-search-results] a"]
)
def test_shift_leaves_wherever_the_focus_is_as_long_as_nothing_is_typed_there(
    page: Page, site: Path, control: str
) -> None:
    page.goto((site / "tools" / "index.html").as_uri())
    if "results" in control:
        page.locator("header input[type=search]").press_sequentially("charter")
    page.locator(control).first.focus()
    expect(page.locator(control).first).to_be_focused()
    press_shift(page, 3)
    assert is_empty(page)


@pytest.mark.parametrize("field", ["header input[type=search]", "#words"])
def test_capitals_typed_into_a_field_dont_leave(page: Page, site: Path, field: str) -> None:
    page.goto((site / "tools" / "index.html").as_uri())
    page.locator(field).focus()
    press_shift(page, 4)
    expect(page.locator("h1")).to_be_visible()


def test_shift_with_another_key_between_or_too_slowly_doesnt_leave(page: Page, site: Path) -> None:
    page.goto((site / "tools" / "montreal-charter.html").as_uri())
    press_shift(page, 2)
    page.keyboard.press("a")
    press_shift(page, 2)
    page.keyboard.press("Shift+Tab")
    expect(page.locator("h1")).to_be_visible()
    page.clock.install()
    page.reload()
    for _ in range(5):
        page.keyboard.press("Shift")
        page.clock.run_for(1600)
    expect(page.locator("h1")).to_be_visible()
    press_shift(page, 3)
    assert is_empty(page)


def test_over_http_a_neutral_page_takes_the_place_of_the_one_left(page: Page, served: str, watch) -> None:
    watch.allowed.append(NEUTRAL)
    asked = []
    page.route(
        f"{NEUTRAL}**",
        lambda route: (
            asked.append(route.request.headers),
            route.fulfill(
                body="<!doctype html><title>Neutral</title><link rel=icon href='data:,'>", content_type="text/html"
            ),
        ),
    )
    page.goto(served + "index.html")
    page.goto(served + "tools/montreal-charter.html")
    press_shift(page, 3)
    page.wait_for_url(NEUTRAL)
    assert page.title() == "Neutral"
    assert "referer" not in asked[0]
    page.go_back()
    page.wait_for_url(served + "index.html")  # the page that was left is in the history no more


def test_without_a_network_the_empty_page_stays(new_context, served: str, watch) -> None:
    context = new_context()
    page = context.new_page()
    page.goto(served + "tools/montreal-charter.html")
    context.set_offline(True)
    page.locator("[data-exit]").click()
    assert is_empty(page)
    page.wait_for_timeout(150)
    assert is_empty(page)
    assert page.url == served + "tools/montreal-charter.html"
    context.close()
    # The browser may have been about to fetch the page's icon.
    watch.complaints = [said for said in watch.complaints if "ERR_INTERNET_DISCONNECTED" not in said]
