"""Runs the site's scripts outside its pages: in Node.js, else in Chromium; else the test is skipped."""

import json
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest

SCRIPTS = Path(__file__).parents[2] / "overrides" / "assets" / "js"

_IN_NODE = """
globalThis.window = globalThis;
const { sources, expression, data } = JSON.parse(require("fs").readFileSync(0, "utf8"));
for (const source of sources) (0, eval)(source);
(async () => process.stdout.write(JSON.stringify(await (0, eval)(expression)(data))))();
"""

CATCH = """globalThis.parts = {};
safecities.part = (name, version, data) => { parts[name] = { version, data }; };
"""
_ASK = """async (asked) => {
  safecities.load = async (base, name) => parts[name];
  return Promise.all(asked.map(([query, options]) => safecities.search("", query, options)));
}"""

_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def search(files: Iterable[str], asked: Sequence[tuple[str, dict[str, object]]]) -> list[Any]:
    """What the browser's search answers: ``files`` are the texts of its index, ``asked`` queries with their options."""
    scripts = ["fold", "query", "parts", "postings", "lookup", "search-index"]
    answers: list[Any] = run(scripts, _ASK, asked, (CATCH + "".join(files),))
    return answers


def hits(files: Iterable[str], asked: Sequence[tuple[str, dict[str, object]]]) -> list[list[str]]:
    """The ids of what is found for each query."""
    return [[hit["id"] for hit in answer["hits"]] for answer in search(files, asked)]


def run(scripts: list[str], expression: str, data: Any, more: tuple[str, ...] = ()) -> Any:
    """What ``expression``, a function, makes of ``data`` once ``scripts`` and ``more`` sources ran."""
    sources = [(SCRIPTS / f"{name}.js").read_text(encoding="utf-8") for name in scripts] + list(more)
    node = shutil.which("node") or shutil.which("nodejs")
    if node:
        task = json.dumps({"sources": sources, "expression": expression, "data": data})
        done = subprocess.run([node, "-e", _IN_NODE], input=task, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)
    return _in_chromium(sources, expression, data)


def _in_chromium(sources: list[str], expression: str, data: Any) -> Any:
    from playwright.sync_api import Error, sync_playwright

    with sync_playwright() as playwright:
        path = next(filter(None, map(shutil.which, _BROWSERS)), None)
        try:
            browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        except Error as error:
            pytest.skip(f"neither Node.js nor Chromium is here: {error}")
        page = browser.new_page()
        for source in sources:
            page.evaluate(f"() => {{ {source} }}")
        found = page.evaluate(f"async (data) => ({expression})(JSON.parse(data))", json.dumps(data))
        browser.close()
    return found
