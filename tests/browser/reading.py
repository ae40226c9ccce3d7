"""What a person sees on the pages: results of a search, rows and counts of a list."""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from playwright.sync_api import Page, expect

Records = Mapping[str, Mapping[str, Any]]
Chosen = Mapping[str, Iterable[str]]

FACETS = {
    "category": lambda row: row.get("categories") or [],
    "theme": lambda row: row.get("themes") or [],
    "region": lambda row: row.get("regions") or [],
    "country": lambda row: row.get("countries") or [],
    "audience": lambda row: row.get("audiences") or [],
    "setting": lambda row: row.get("settings") or [],
    "evidence": lambda row: [row["evidence"]] if row["kind"] == "case-study" else [],
    "language": lambda row: [version["language"] for version in row.get("versions") or []],
}
"""What a record's values of a facet are, said from its data and not by the site's own code."""


def fitting(records: Records, chosen: Chosen) -> set[str]:
    """The records that the filters leave: one value of each facet is enough, every facet must be met."""
    return {
        name
        for name, row in records.items()
        if all(set(values) & set(FACETS[facet](row)) for facet, values in chosen.items() if values)
    }


def true_counts(records: Records, chosen: Chosen, options: Iterable[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """How many records each option would show, its own facet left out."""

    def count(facet: str, value: str) -> int:
        others = {name: values for name, values in chosen.items() if name != facet}
        return len(fitting(records, {**others, facet: [value]}))

    return {(facet, value): count(facet, value) for facet, value in options}


def answered_in_full(page: Page) -> None:
    """Wait for what a list puts off until its answer is seen: rows and counts out of view, the address."""
    page.evaluate("() => new Promise((done) => { const frame = (left) => left"
                  " ? requestAnimationFrame(() => setTimeout(frame, 0, left - 1)) : done(); frame(3); })")
    expect(page.locator("[data-results][aria-busy]")).to_have_count(0)


def shown(page: Page) -> list[str]:
    """The ids of the rows in view, from top to bottom."""
    answered_in_full(page)
    return page.locator("[data-results] [data-record]:visible").evaluate_all(
        "rows => rows.map((row) => row.dataset.record)"
    )


def counts(page: Page) -> dict[tuple[str, str], int]:
    """The number at the end of each option's label."""
    answered_in_full(page)
    rows = page.locator("[data-facet] label").evaluate_all(
        "labels => labels.map((label) => { const { name, value } = label.querySelector('input');"
        " return [name, value, label.innerText.trim()]; })"
    )
    return {(name, value): int(text.split()[-1]) for name, value, text in rows}


def ticked(page: Page) -> list[tuple[str, str]]:
    """The options that are on."""
    rows = page.locator("[data-facet] input:checked").evaluate_all(
        "inputs => inputs.map(({ name, value }) => [name, value])"
    )
    return [(name, value) for name, value in rows]


def query(page: Page) -> list[tuple[str, str]]:
    """What the address says after its question mark."""
    answered_in_full(page)
    return parse_qsl(urlsplit(page.url).query)


def option(page: Page, facet: str, value: str) -> Any:
    """The checkbox of an option."""
    return page.locator(f"[data-facet] input[type=checkbox][name={facet}][value='{value}']")


def open_list(page: Page, address: str) -> None:
    """Open a list and wait for its filters to work: then the button for those without script is gone."""
    page.goto(address)
    expect(page.locator("[data-filters] button[type=submit]")).to_be_hidden()


def answered(page: Page, words: str) -> None:
    """Wait for the answer to a question: the way to all results is set with it."""
    page.wait_for_function(
        "words => new URL(document.querySelector('[data-search-all]').href).searchParams.get('q') === words", arg=words
    )


def ask(page: Page, words: str) -> list[str]:
    """Type words into the header's empty search, key by key; the addresses of what is found."""
    box = page.locator("header input[type=search]")
    box.fill("")
    box.press_sequentially(words)
    answered(page, words.strip())
    expect(page.locator("header [data-search-status]")).not_to_be_empty()
    return found(page)


def found(page: Page, within: str = "header") -> list[str]:
    """The full addresses of the results."""
    return page.locator(f"{within} [data-search-results] a").evaluate_all("links => links.map((link) => link.href)")
