"""The page of results: kinds, languages, phrases, spellings, and what a reader without a mouse or screen is told."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from reading import ask, found, query

HITS = "main [data-search-results] a"


def results(page: Page, site: Path, words: str = "", lang: str = "", more: str = "") -> Page:
    """Open the page of results and wait until it has answered."""
    page.goto((site / lang / "search.html").as_uri() + f"?q={words}{more}")
    expect(page.locator("main [data-search-status]")).not_to_be_empty()
    return page


def tell(page: Page, words: str) -> str:
    """Ask for other words on the page; what it says of the results."""
    page.locator("main [name=q]").fill(words)
    page.locator("main [name=q]").press("Enter")
    page.wait_for_function("words => new URLSearchParams(location.search).get('q') === words", arg=words.strip())
    page.wait_for_timeout(250)
    return page.locator("main [data-search-status]").inner_text()


def kind_counts(page: Page) -> dict[str, int]:
    rows = page.locator("main [name=kind]").evaluate_all(
        "inputs => inputs.map((input) => [input.value,"
        " Number(input.closest('label').querySelector('[data-kind-count]').textContent)])")
    return dict(rows)


def test_results_can_be_narrowed_to_a_kind_and_counts_say_to_how_many(page: Page, site: Path) -> None:
    results(page, site, "safety")
    counted = kind_counts(page)
    assert counted[""] == sum(counted[kind] for kind in ("guidance", "case-study", "tool")) > 50
    for kind, words in (("tool", "Tools"), ("case-study", "Case studies"), ("guidance", "Guidance")):
        page.locator("main").get_by_role("radio", name=words).check()
        expect(page.locator("main [data-search-status]")).to_have_text(f"{counted[kind]} results")
        assert set(page.locator(HITS).evaluate_all("links => links.map((link) => link.dataset.kind)")) == {kind}
        assert kind_counts(page) == counted
        assert ("kind", kind) in query(page)
    page.reload()
    expect(page.locator("main").get_by_role("radio", name="Guidance")).to_be_checked()
    expect(page.locator("main [data-search-status]")).to_have_text(f"{counted['guidance']} results")


def test_results_are_grouped_by_kind_the_kind_of_the_best_first(page: Page, site: Path) -> None:
    results(page, site, "safety")
    counted = kind_counts(page)
    best = page.evaluate("async () => (await safecities.search('search/', 'safety', { lang: 'en', limit: 1 })).hits[0]")
    groups = page.locator("main [data-search-results] [role=group]")
    assert groups.count() == 3
    seen = []
    for group in groups.all():
        kinds = set(group.locator("a").evaluate_all("links => links.map((link) => link.dataset.kind)"))
        assert len(kinds) == 1
        seen += kinds
        head = group.get_by_role("heading", level=2)
        words = {"guidance": "Guidance", "case-study": "Case studies", "tool": "Tools"}[seen[-1]]
        expect(head).to_have_text(f"{words} {counted[seen[-1]]}")
        assert group.get_attribute("aria-labelledby") == head.locator("[data-group-words]").get_attribute("id")
    assert sorted(seen) == ["case-study", "guidance", "tool"]
    assert seen[0] == best["kind"]
    assert found(page, "main")[0].endswith(best["address"])


def test_each_group_leads_to_all_of_its_kind(page: Page, site: Path) -> None:
    results(page, site, "safety")
    counted = kind_counts(page)
    assert counted["tool"] > 50, "more than a page shows at first"
    page.get_by_role("button", name=f"Tools: show all {counted['tool']}").click()
    expect(page.locator(HITS).first).to_be_focused()
    expect(page.locator("main").get_by_role("radio", name="Tools")).to_be_checked()
    assert ("kind", "tool") in query(page)
    expect(page.locator(HITS)).to_have_count(50)
    while page.get_by_role("button", name="More results").is_visible():
        held = page.locator(HITS).count()
        page.get_by_role("button", name="More results").click()
        expect(page.locator(HITS).nth(held)).to_be_focused()
    expect(page.locator(HITS)).to_have_count(counted["tool"])
    assert len(set(found(page, "main"))) == counted["tool"]


def test_the_panel_groups_its_few_results_too(page: Page, site: Path) -> None:
    page.goto((site / "how-to-use.html").as_uri())
    few = ask(page, "safety audit")
    kinds = page.locator("header [data-search-results] a").evaluate_all("links => links.map((a) => a.dataset.kind)")
    assert len(few) == 8
    assert len(set(kinds)) > 1
    assert sorted(kinds, key=lambda kind: list(dict.fromkeys(kinds)).index(kind)) == kinds
    expect(page.locator("header").get_by_role("group", name="Tools")).to_be_visible()


def test_a_word_that_neither_title_nor_summary_shows_is_named_with_its_place(page: Page, site: Path) -> None:
    results(page, site, "Karnataka lighting")
    hit = page.locator(HITS).filter(has=page.locator("[data-hit-beyond]:visible")).first
    expect(hit.locator("[data-hit-beyond]")).to_contain_text("In the text, the facts or by another name:")
    for link in page.locator(HITS).all():
        shown = " ".join(link.locator("[data-hit-title] mark, [data-hit-summary] mark").all_inner_texts()).lower()
        named = link.locator("[data-hit-beyond-words]").inner_text()
        assert shown or named, "each result says why it was found"
        assert set(named.split(", ")) <= {"Karnataka", "lighting", ""}


def test_typing_leaves_no_trace_in_the_address_until_the_reader_is_done(page: Page, site: Path) -> None:
    results(page, site, "charter")
    steps = page.evaluate("history.length")
    box = page.locator("main [name=q]")
    box.press("End")
    box.press_sequentially(" of rights")
    expect(page.locator("main [data-search-status]")).not_to_be_empty()
    page.wait_for_timeout(400)
    assert query(page) == [("q", "charter")]
    box.press("Enter")
    assert query(page) == [("q", "charter of rights")]
    box.fill("observatory")
    expect(page.locator(f"{HITS}[href*=observat]").first).to_be_visible()
    first = page.locator(HITS).first
    first.click()
    page.wait_for_url(lambda address: "search.html" not in address)
    page.go_back()
    expect(page.locator("main [name=q]")).to_have_value("observatory")
    assert query(page) == [("q", "observatory")]
    assert page.evaluate("history.length") == steps + 1, "the page that was opened, and nothing else"


def test_where_nothing_is_found_the_page_offers_what_to_lift(page: Page, site: Path) -> None:
    results(page, site, "%22observatory zebra%22")
    lifts = page.locator("main [data-search-lifts] button")
    expect(lifts).to_have_text(["Search for the words alone: observatory zebra", "Search all languages"])
    lifts.first.click()
    expect(page.locator(HITS).first).to_be_visible()
    expect(page.locator("main [data-search-lifts]")).to_be_hidden()


def test_a_kind_that_has_nothing_is_lifted_and_another_language_is_tried(page: Page, site: Path) -> None:
    results(page, site, "Oyoune", more="&kind=case-study")
    assert page.locator(HITS).count() == 0
    lifts = page.locator("main [data-search-lifts] button")
    expect(lifts.first).to_have_text("Search all kinds (1)")
    lifts.first.press("Enter")
    expect(page.locator(HITS)).to_have_count(1)
    expect(page.locator("main").get_by_role("radio", name="All kinds")).to_be_checked()
    assert query(page) == [("q", "Oyoune")]
    expect(page.locator("main [name=q]")).to_be_focused()
    results(page, site, "conductrices")
    lifts.filter(has_text="Search all languages").click()
    expect(page.locator(HITS + " [data-hit-lang]:visible").first).to_have_text("French")
    assert ("all", "1") in query(page)


@pytest.mark.parametrize("asked", [
    "q=%E0%A4%A&kind=poem&all=perhaps", "q=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E", "q=" + "x" * 5000,
    "q=%F0%9F%92%A9%00%0B", "q=&q=charter&kind=", "q=" + "safety%20" * 300, "q=%22%22%20-%20-%20%22", "&&==&q",
    "q=constructor%20__proto__%20toString", "kind=tool&kind=guidance&q=charter",
])
def test_an_odd_address_is_harmless(page: Page, site: Path, asked: str) -> None:
    page.goto((site / "search.html").as_uri() + "?" + asked)
    page.wait_for_timeout(500)
    assert page.locator("main [data-search-panel] img").count() == 0
    assert len(page.locator("main [data-search-status]").inner_text()) < 250
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    expect(page.locator("main [name=kind]:checked")).to_have_count(1)
    assert tell(page, "charter").endswith("results")


@pytest.mark.parametrize(("words", "lang", "wanted"), [
    ("marche exploratoire", "en", "jabalpur-gender-safety-audit"),
    ("safety audit", "fr", "france-marches-exploratoires"), ("audit de sécurité", "fr", "brussels-marolles-walks"),
    ("marche exploratoire", "fr", "jabalpur-gender-safety-audit"), ("safety audit", "es", "toronto-metrac-audit"),
    ("marcha exploratoria", "es", "jabalpur-gender-safety-audit"),
    ("safety audit", "ar", "jabalpur-gender-safety-audit"), ("femicide", "fr", "ocnf-mexico"),
    ("feminicidio", "en", "ocnf-mexico"), ("harcèlement de rue", "en", "ocac-chile"),
    ("observatoire", "en", "observatoire-allier"), ("lighting", "es", "vienna-mariahilf-pilot"),
])
def test_terms_are_found_by_their_names_in_other_words_and_languages(
        page: Page, site: Path, words: str, lang: str, wanted: str) -> None:
    page.goto((site / ("" if lang == "en" else lang) / "how-to-use.html").as_uri())
    hits = page.evaluate("async ([base, words, lang]) => (await safecities.search(base, words, { lang })).hits.filter("
                         "({ all }) => all).map(({ id }) => id)",
                         ["search/" if lang == "en" else "../search/", words, lang])
    assert wanted in hits


def test_results_are_printed_and_controls_are_not(page: Page, site: Path) -> None:
    results(page, site, "charter")
    page.emulate_media(media="print")
    expect(page.locator(HITS).first).to_be_visible()
    expect(page.locator("main [name=q]")).to_be_visible()  # paper must say what was asked
    for hidden in ("main [data-search-narrow]", "main [type=submit]", "header [name=q]"):
        expect(page.locator(hidden)).to_be_hidden()


def test_other_languages_are_searched_only_when_asked_for(page: Page, site: Path, watch) -> None:
    words = "observatoire d%C3%A9partemental"
    results(page, site, words)
    assert not any("/search/fr/" in address for address in watch.requests)
    before = found(page, "main")
    page.get_by_role("checkbox", name="All languages").check()
    page.wait_for_function("new URLSearchParams(location.search).get('all') === '1'")
    expect(page.locator(HITS + " [data-hit-lang]:visible").first).to_have_text("French")
    for tag in ("es", "fr", "ar"):
        assert any(f"/search/{tag}/meta" in address for address in watch.requests)
    french = page.locator(HITS).filter(has=page.locator("[data-hit-lang]:visible")).first
    assert "/fr/" in french.evaluate("link => link.href")
    expect(french.locator("[data-hit-title]")).to_have_attribute("lang", "fr")
    after = found(page, "main")
    assert len(after) >= len(before)
    pages = [address.replace("/fr/", "/").replace("/es/", "/").replace("/ar/", "/") for address in after]
    assert len(set(pages)) == len(pages), "a page is named once, whatever languages it was found in"


def test_a_page_found_in_the_readers_language_stays_in_it(page: Page, site: Path) -> None:
    results(page, site, "Rosario", more="&all=1")
    assert all("/es/" not in address for address in found(page, "main")[:3])


def test_words_in_quotes_stand_side_by_side_in_what_is_found(page: Page, site: Path) -> None:
    results(page, site, "safety audit")
    loose = page.locator(HITS).count()
    tell(page, '"safety audit"')
    texts = page.locator(HITS).all_inner_texts()
    assert 0 < len(texts) < loose
    assert all("safety audit" in " ".join(text.lower().replace("-", " ").split()) for text in texts)
    assert tell(page, '"audit safety"').startswith("Nothing found")


def test_a_word_after_a_minus_keeps_pages_away(page: Page, site: Path) -> None:
    results(page, site, "observatory")
    everything = kind_counts(page)[""]
    tell(page, "observatory −violence")
    assert 0 < kind_counts(page)[""] < everything
    for text in page.locator(HITS).all_inner_texts():
        assert "violence" not in text.lower()
    tell(page, "Seine-Saint-Denis")
    assert any("seine-saint-denis" in address for address in found(page, "main")), "a hyphen is no minus"


@pytest.mark.parametrize("words", ["-police", '-"safety audit"'])
def test_words_to_leave_out_alone_are_no_search_and_the_page_says_so(page: Page, site: Path, words: str) -> None:
    results(page, site, "charter")
    assert tell(page, words) == "These are only words to leave out. Add one to look for."
    assert page.locator(HITS).count() == 0
    expect(page.locator("main [data-search-lifts]")).to_be_hidden()


def test_what_is_left_out_is_left_out_in_all_languages(page: Page, site: Path) -> None:
    def ids(words: str, *others: str) -> set[str]:
        return set(page.evaluate(
            "async ([words, others]) => (await safecities.search('search/', words, { lang: 'en', others })).hits"
            ".map(({ id }) => id)", [words, list(others)]))

    results(page, site, "police")
    unwanted = ids("police")
    assert ids("audit", "es", "fr", "ar") & unwanted
    assert len(ids("audit -police", "es", "fr", "ar")) > len(ids("audit -police")) // 2
    assert not ids("audit -police", "es", "fr", "ar") & unwanted


def test_a_slip_is_answered_and_the_spelling_that_was_found_is_named(page: Page, site: Path) -> None:
    results(page, site, "obsevatory")
    note = page.locator("main [data-search-notes] li")
    expect(note).to_contain_text("No page has “obsevatory”.")
    button = note.get_by_role("button")
    expect(button).to_have_text("Found instead: “observatory”")
    button.click()
    expect(page.locator("main [name=q]")).to_have_value("observatory")
    expect(note).to_have_count(0)
    expect(page.locator(HITS).first).to_be_visible()
    assert query(page) == [("q", "observatory")]


def test_a_way_out_that_was_taken_stands_in_the_address(page: Page, site: Path) -> None:
    results(page, site, "%22audit safety%22")
    page.get_by_role("button", name="Search for the words alone").click()
    expect(page.locator(HITS).first).to_be_visible()
    assert query(page) == [("q", "audit safety")]


def test_when_nothing_is_found_the_nearest_spelling_is_offered(page: Page, site: Path) -> None:
    results(page, site, "obzerwatorry")
    assert page.locator(HITS).count() == 0
    note = page.locator("main [data-search-notes] li")
    expect(note.get_by_role("button")).to_have_text("Search for “observatory”")
    note.get_by_role("button").press("Enter")
    expect(page.locator(HITS).first).to_be_visible()


def test_of_several_words_the_one_that_stands_nowhere_is_named(page: Page, site: Path) -> None:
    results(page, site, "charter zzzzqqqq")
    expect(page.locator("main [data-search-notes] li")).to_have_text(["No page has “zzzzqqqq”."])
    assert page.locator("main [data-search-notes]").get_attribute("aria-live") == "polite"
    tell(page, "charter")
    expect(page.locator("main [data-search-notes]")).to_be_hidden()


def test_the_page_works_by_keyboard_alone(page: Page, site: Path) -> None:
    results(page, site, "charter")
    page.keyboard.press("/")
    page.locator("main [name=q]").focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator(HITS).first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.locator(HITS).nth(1)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("main [name=q]")).to_be_focused()
    page.keyboard.press("ArrowDown")
    wanted = page.locator(HITS).first.evaluate("link => link.href")
    page.keyboard.press("Enter")
    page.wait_for_url(wanted)


@pytest.mark.parametrize(("lang", "one", "other"), [("ar", "2004", "٢٠٠٤"), ("ar", "16", "١٦"), ("en", "2004", "٢٠٠٤"),
                                                    ("ar", "2004", "۲۰۰۴"), ("fr", "2016", "۲۰۱۶")])
def test_digits_of_both_kinds_find_the_same(page: Page, site: Path, lang: str, one: str, other: str) -> None:
    prefix = "" if lang == "en" else f"{lang}/"
    page.goto((site / prefix / "tools" / "town-for-equality.html").as_uri())
    latin = ask(page, one)
    assert latin
    assert ask(page, other) == latin


def test_the_page_works_the_same_over_http(page: Page, served: str) -> None:
    page.goto(served + "fr/search.html?q=%22marche%20exploratoire%22&all=1&kind=tool")
    expect(page.locator(HITS).first).to_be_visible()
    expect(page.get_by_role("checkbox", name="Toutes les langues")).to_be_checked()


def test_another_language_that_cannot_be_read_is_left_out(
        new_context, site: Path, watch) -> None:
    context = new_context()
    context.route("**/search/fr/**", lambda route: route.abort())
    page = context.new_page()
    page.goto((site / "search.html").as_uri() + "?q=charter&all=1")
    expect(page.locator(HITS).first).to_be_visible()
    context.close()
    watch.complaints = [said for said in watch.complaints if "ERR_FAILED" not in said]
