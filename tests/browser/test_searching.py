"""Search from the header of a record's page, deep in the tree, in each language as its readers type it."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from reading import answered, ask, found, open_list, option, query

import built

PREFIX = {"en": "", "es": "es/", "fr": "fr/", "ar": "ar/"}
DEEP = "tools/town-for-equality.html"
OBSERVATORY = "tools/observatoire-seine-saint-denis.html"
MARRIAGE = "tools/protocol-forced-marriage-seine-saint-denis.html"
CHARTER = "tools/montreal-charter.html"
ROSARIO = "casestudies/rosario-gender-violence-programme.html"
CLINIC = "casestudies/guatemala-mobile-clinic.html"
REGISTRY = "tools/registro-central-abuso-sexual.html"
BUILDING = "tools/construyendo-equidad-rosario.html"

QUERIES = {
    "en": [
        ("observatory Seine", OBSERVATORY),
        ("observatories Seine", OBSERVATORY),
        ("OBSERVATORY Seine", OBSERVATORY),
        ("shelter", ROSARIO),
        ("shelters", ROSARIO),
        ("charter rights", CHARTER),
        ("rights charter", CHARTER),
        ("montréal charter", CHARTER),
        ("forced marriages", MARRIAGE),
        ("regist", REGISTRY),
        ("obsevatory Seine", OBSERVATORY),
        ("marraige", MARRIAGE),
        ("Médicos Sin Fronteras", CLINIC),
    ],
    "es": [
        ("observatorio Seine", OBSERVATORY),
        ("observatorios Seine", OBSERVATORY),
        ("clínica móvil", CLINIC),
        ("clinica movil", CLINIC),
        ("CLÍNICAS MÓVILES", CLINIC),
        ("matrimonio forzado", MARRIAGE),
        ("matrimonios forzados", MARRIAGE),
        ("línea telefónica", ROSARIO),
        ("linea telefonica", ROSARIO),
        ("obsrvatorio Seine", OBSERVATORY),
        ("años", BUILDING),
    ],
    "fr": [
        ("observatoire", OBSERVATORY),
        ("l'observatoire", OBSERVATORY),
        ("l’observatoire", OBSERVATORY),
        ("mariage forcé", MARRIAGE),
        ("mariage force", MARRIAGE),
        ("mariages forcés", MARRIAGE),
        ("équité", BUILDING),
        ("equite", BUILDING),
        ("ÉQUITÉ", BUILDING),
        ("obsevatoire", OBSERVATORY),
        ("charte montrealaise", CHARTER),
    ],
    "ar": [
        ("مرصد", OBSERVATORY),
        ("المرصد", OBSERVATORY),
        ("والمرصد", OBSERVATORY),
        ("مَرْصَد", OBSERVATORY),
        ("مـــرصد", OBSERVATORY),
        ("ميثاق", CHARTER),
        ("الميثاق", CHARTER),
        ("الزواج القسري", MARRIAGE),
        ("زواج قسري", MARRIAGE),
        ("العيادة المتنقلة", CLINIC),
        ("عياده متنقله", CLINIC),
        ("الإيواء", ROSARIO),
        ("الايواء", ROSARIO),
        ("السجل المركزي", REGISTRY),
        ("سجل مركزي", REGISTRY),
        ("بروتوكل", MARRIAGE),
    ],
}
"""What readers type (singular and plural, with and without accents, articles, vowel marks; slips), and look for."""


@pytest.mark.parametrize("lang", QUERIES)
def test_a_reader_finds_a_record_however_its_words_are_typed(page: Page, site: Path, lang: str) -> None:
    own = (site / PREFIX[lang]).as_uri().removesuffix("/") + "/"
    foreign = tuple(own + prefix for prefix in PREFIX.values() if prefix) if lang == "en" else ()
    page.goto(own + DEEP)
    missed = {}
    for words, wanted in QUERIES[lang]:
        results = ask(page, words)
        if own + wanted not in results[:3]:
            missed[words] = results[:3]
        assert all(address.startswith(own) and not address.startswith(foreign or "\0") for address in results), words
    assert missed == {}


@pytest.mark.parametrize(
    ("lang", "words", "wanted"),
    [
        ("en", "observatory", OBSERVATORY),
        ("es", "clinica movil", CLINIC),
        ("fr", "equite", BUILDING),
        ("ar", "المرصد", OBSERVATORY),
    ],
)
def test_a_result_opens_the_page_that_it_names(page: Page, site: Path, lang: str, words: str, wanted: str) -> None:
    page.goto((site / PREFIX[lang] / DEEP).as_uri())
    ask(page, words)
    link = page.locator(f"header [data-search-results] a[href$='{wanted}']")
    title = link.locator("[data-hit-title]").inner_text()
    link.click()
    page.wait_for_url((site / PREFIX[lang] / wanted).as_uri())
    expect(page.locator("h1")).to_have_text(title)
    expect(page.locator("html")).to_have_attribute("lang", lang)


def test_each_result_says_its_kind_and_marks_the_words(page: Page, site: Path) -> None:
    page.goto((site / DEEP).as_uri())
    hits = page.locator("header [data-search-results] a")
    kinds: set[str] = set()
    for words in ("observatories", "charter Montreal", "public awareness"):
        ask(page, words)
        kinds |= set(hits.locator("[data-hit-kind]").all_inner_texts())
    assert {"Tool", "Case study", "Guidance"} == kinds
    ask(page, "observatories")
    expect(hits.first.locator("[data-hit-title] mark").first).to_have_text(re.compile("^Observator(y|ies)$", re.I))
    said = page.locator("header [data-search-status]").inner_text()
    assert int(said.removesuffix(" results")) >= hits.count()


def test_search_works_by_keyboard_alone(page: Page, site: Path) -> None:
    page.goto((site / DEEP).as_uri())
    page.keyboard.press("/")
    box = page.locator("header input[type=search]")
    expect(box).to_be_focused()
    expect(box).to_have_value("")
    page.keyboard.type("safety")
    links = page.locator("header [data-search-results] a")
    expect(links.nth(1)).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(links.first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(box).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(links.first).to_be_hidden()
    expect(box).to_be_focused()
    expect(box).to_have_value("safety")
    page.keyboard.press("ArrowDown")
    expect(links.first).to_be_focused()
    page.keyboard.press("Escape")
    expect(links.first).to_be_hidden()
    page.keyboard.type(" ")
    expect(links.first).to_be_visible()
    wanted = links.first.evaluate("link => link.href")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(wanted)


def test_the_last_result_keeps_the_focus_and_tab_leaves_the_panel(page: Page, site: Path) -> None:
    page.goto((site / DEEP).as_uri())
    results = ask(page, "forced marriage")
    for _ in range(len(results) + 2):
        page.keyboard.press("ArrowDown")
    expect(page.locator("header [data-search-results] a").last).to_be_focused()
    for _ in range(3):
        page.keyboard.press("Tab")
    expect(page.locator("header [data-search-panel]")).to_be_hidden()


def test_a_slash_typed_into_a_field_is_a_slash(page: Page, site: Path) -> None:
    page.goto((site / "tools" / "index.html").as_uri())
    words = page.get_by_label("Words in this list")
    words.press_sequentially("and/or")
    expect(words).to_have_value("and/or")
    expect(words).to_be_focused()


@pytest.mark.parametrize(
    ("lang", "words", "start"),
    [
        ("en", "zzzzqqqq", "Nothing found for “zzzzqqqq”"),
        ("ar", "ظظظظظظظظ", ""),
        ("es", "wwwwwwwww", ""),
        ("fr", "zzzz <qqqqq>", ""),
    ],
)
def test_when_nothing_is_found_the_page_says_so(page: Page, site: Path, lang: str, words: str, start: str) -> None:
    page.goto((site / PREFIX[lang] / DEEP).as_uri())
    assert ask(page, words) == []
    said = page.locator("header [data-search-status]").inner_text()
    assert said.startswith(start)
    assert words in said
    assert page.locator("header [data-search-status]").get_attribute("aria-live") == "polite"


def test_typed_markup_stays_text(page: Page, site: Path) -> None:
    page.goto((site / DEEP).as_uri())
    ask(page, "<img src=x onerror=alert(1)> $& observatory")
    assert page.locator("header [data-search-panel] img").count() == 0


def test_enter_leads_to_a_page_of_results_with_an_address(page: Page, site: Path) -> None:
    page.goto((site / DEEP).as_uri())
    box = page.locator("header input[type=search]")
    box.press_sequentially("gender violence")
    box.press("Enter")
    page.wait_for_url("**/search.html?q=gender*")
    assert page.url.startswith((site / "search.html").as_uri())
    assert query(page) == [("q", "gender violence")]
    results = page.locator("main [data-search-results] a")
    expect(results.first).to_be_visible()
    expect(page.locator("main [role=search] [name=q]")).to_have_value("gender violence")
    expect(page.locator("header [data-search-panel]")).to_be_hidden()
    said = page.locator("main [data-search-status]").inner_text()
    assert int(said.removesuffix(" results")) >= results.count()
    results.first.click()
    page.wait_for_url(lambda address: "search.html" not in address)
    expect(page.locator("h1")).to_be_visible()


def test_the_page_of_results_answers_to_its_address_and_keeps_it_current(page: Page, site: Path) -> None:
    page.goto((site / "ar" / "search.html").as_uri() + "?q=%D8%A7%D9%84%D9%85%D8%B1%D8%B5%D8%AF")
    expect(page.locator(f"main [data-search-results] a[href$='{OBSERVATORY}']")).to_be_visible()
    box = page.locator("main [role=search] [name=q]")
    box.fill("ميثاق")
    expect(page.locator(f"main [data-search-results] a[href$='{CHARTER}']").first).to_be_visible()
    box.press("Enter")
    page.wait_for_function("new URLSearchParams(location.search).get('q') === 'ميثاق'")
    page.reload()
    expect(page.locator(f"main [data-search-results] a[href$='{CHARTER}']").first).to_be_visible()


def test_the_home_pages_large_search_leads_to_the_results(page: Page, site: Path) -> None:
    page.goto((site / "fr" / "index.html").as_uri())
    page.locator("main [name=q]").fill("mariage force")
    page.locator("main form button").click()
    page.wait_for_url("**/fr/search.html?q=mariage*")
    expect(
        page.locator(
            f"main [data-search-results] a[href$='fr/{MARRIAGE}'], main [data-search-results] a[href$='{MARRIAGE}']"
        ).first
    ).to_be_visible()


def test_all_results_are_one_link_away_when_the_panel_holds_only_the_best(page: Page, site: Path) -> None:
    page.goto((site / DEEP).as_uri())
    few = ask(page, "women")
    page.get_by_role("link", name="All results").click()
    page.wait_for_url("**/search.html?q=women")
    expect(page.locator("main [data-search-results] a").nth(len(few))).to_be_visible()
    everything = found(page, "main")
    assert everything[0] == few[0]
    assert set(few) <= set(everything)


def test_every_record_is_found_by_its_own_title(page: Page, site: Path) -> None:
    page.goto((site / DEEP).as_uri())
    lost = []
    for folder in ("tools", "casestudies"):
        for name, row in built.records(site, folder).items():
            for lang, text in {"en": row, **row["translations"]}.items():
                ranked = page.evaluate(
                    "async ([base, title, lang]) =>"
                    " (await safecities.search(base, title, { lang, limit: 10 })).hits.map(({ address }) => address)",
                    ["../search/", text["title"], lang],
                )
                if f"{PREFIX[lang]}{folder}/{name}.html" not in ranked:
                    lost.append((lang, name, ranked))
    assert lost == []


def test_search_that_cannot_read_its_files_says_so_and_the_form_still_leads_on(
    new_context: Callable[..., BrowserContext], site: Path, watch
) -> None:
    context = new_context()
    context.route("**/search/**", lambda route: route.abort())
    page = context.new_page()
    page.goto((site / DEEP).as_uri())
    page.locator("header input[type=search]").press_sequentially("charter")
    expect(page.locator("header [data-search-status]")).to_have_text(
        "The search files could not be read. Is the folder complete?"
    )
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=charter")
    watch.complaints = [said for said in watch.complaints if "ERR_FAILED" not in said]


def test_a_slow_answer_never_replaces_that_to_a_later_question(page: Page, site: Path) -> None:
    page.goto((site / DEEP).as_uri())
    box = page.locator("header input[type=search]")
    box.focus()
    for words in ("wo", "women", "women charter", "observatory"):
        box.fill(words)
        page.wait_for_timeout(130)
    answered(page, "observatory")
    late = found(page)
    assert late == ask(page, "observatory")
    assert "observat" in late[0]


def test_search_works_the_same_over_http(page: Page, served: str) -> None:
    page.goto(served + "ar/" + DEEP)
    assert served + "ar/" + OBSERVATORY in ask(page, "المرصد")
    page.locator("header input[type=search]").press("Enter")
    page.wait_for_url(served + "ar/search.html?q=*")
    expect(page.locator("main [data-search-results] a").first).to_be_visible()


def test_a_first_letter_is_answered_with_nothing(page: Page, site: Path) -> None:
    page.goto((site / "index.html").as_uri())
    page.keyboard.press("/")
    page.keyboard.type("x")
    page.wait_for_timeout(500)
    expect(page.locator("header [data-search-panel]")).to_be_hidden()
    expect(page.locator("header [data-search-status]")).to_be_empty()
    page.keyboard.type("zzqq")
    expect(page.locator("header [data-search-status]")).to_contain_text("Nothing found")


def test_the_slash_leads_to_the_box_from_a_filter_too(page: Page, site: Path) -> None:
    open_list(page, (site / "tools" / "index.html").as_uri())
    option(page, "category", "guide").focus()
    page.keyboard.press("/")
    expect(page.locator("header input[type=search]")).to_be_focused()
    page.get_by_label("Words in this list").focus()
    page.keyboard.press("/")
    expect(page.get_by_label("Words in this list")).to_have_value("/")
