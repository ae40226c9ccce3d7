"""What others' checkers say of the project's built pages: vnu, html-validate, Lighthouse, and axe on whole pages.

In: the folder of the built site. Out: a line for each thing they find fault with, and how many; 1 if there is any. Run
by `make check-pages`, which brings the checkers (npm, 240 MB) and needs Node.js and Java.

vnu knows no ``'self'`` of a file and takes JSON-LD for a script: what it says of the policy is left out, for which
tests/browser/test_stopping_scripts.py asks browsers.
"""

import argparse
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent
sys.path += [str(HERE.parent), str(HERE.parent / "browser")]

from find_browsers import chromium  # noqa: E402
from kinds import PREFIXES  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402
from test_barriers import barriers  # noqa: E402

import built  # noqa: E402

VNU = HERE / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
HTML_VALIDATE = HERE / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"
OF_THE_POLICY = r".*violates Content Security Policy \(meta tag\).*"
WANTED = {"accessibility": 100, "best-practices": 100, "seo": 100}
MEASURED = ("index.html", "guidance/local-policy/gender-approach.html", "casestudies/brussels-marolles-walks.html",
            "tools/index.html", "search.html?q=2010")
NOT_FOR_SEARCH_ENGINES = "search.html"
"""Its pages say noindex, for which Lighthouse takes points: results of a search are none of a search engine's."""


def said(*command: str | Path) -> Iterator[str]:
    """What a checker says that has nothing to say when all is well."""
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False, cwd=HERE)
    found = [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]
    yield from found
    if done.returncode and not found:
        yield f"{command[0]} ended with {done.returncode}"


def vnu(site: Path) -> Iterator[str]:
    """Errors, warnings and remarks of the W3C's checker on every page."""
    yield from said("java", "-jar", VNU, "--skip-non-html", "--stdout", "--filterpattern", OF_THE_POLICY, site)


def html_validate(site: Path) -> Iterator[str]:
    """What html-validate's rules ``standard`` find on every page."""
    yield from said("node", HTML_VALIDATE, "--preset", "standard", "--max-warnings", "0", f"{site}/**/*.html")


def lighthouse(site: Path) -> Iterator[str]:
    """Scores below 100 of some pages in two languages, and pages on which anything moves."""
    with built.serve(site) as start:
        addresses = [start + prefix + path for prefix in PREFIXES.values() for path in MEASURED]
        lines = list(said("node", HERE / "lighthouse.js", str(chromium()), *addresses))
    for line in lines:
        if not line.startswith("{"):
            yield line
            continue
        page = json.loads(line)
        print(page["address"].removeprefix(start), page["scores"], f"shift {page['shift']:.4f}", file=sys.stderr)
        allowed = {"is-crawlable"} if NOT_FOR_SEARCH_ENGINES in page["address"] else set()
        low = {name for name, score in WANTED.items() if page["scores"][name] < score}
        if low - ({"seo"} if allowed else set()) or set(page["failing"]) - allowed or page["shift"] >= 0.0005:
            yield f"Lighthouse: {line}"
    if len([line for line in lines if line.startswith("{")]) != len(addresses):
        yield "Lighthouse didn't get through all pages"


def axe(site: Path) -> Iterator[str]:
    """What axe finds on whole pages of each kind; the tests look at thinned ones."""
    from kinds import pages

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        page = browser.new_context(bypass_csp=True, reduced_motion="reduce").new_page()
        for lang in PREFIXES:
            for kind, address in pages(site, lang):
                page.goto(address)
                page.wait_for_load_state("networkidle")
                yield from (f"axe: {lang}, {kind}, {found}" for found in barriers(page, most=100_000))
        browser.close()


CHECKS = {"vnu": vnu, "html-validate": html_validate, "axe": axe, "lighthouse": lighthouse}


def main() -> int:
    """Run the checks named, or all."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("site", type=Path, help="the folder of the built site")
    parser.add_argument("checks", nargs="*", metavar="CHECK", help=f"of {', '.join(CHECKS)}; all if none is named")
    arguments = parser.parse_args()
    unknown = set(arguments.checks) - set(CHECKS)
    if unknown:
        parser.error(f"there is no check {', '.join(sorted(unknown))}; there are {', '.join(CHECKS)}")
    missing = [name for name in ("node", "java") if shutil.which(name) is None]
    if missing or not VNU.exists():
        print(f"missing: {', '.join(missing) or VNU}; run: make check-pages", file=sys.stderr)
        return 1
    if not (arguments.site / "index.html").exists():
        print(f"{arguments.site} holds no built site; run: make site", file=sys.stderr)
        return 1
    number = len(list(arguments.site.rglob("*.html")))
    faults = 0
    for name in arguments.checks or CHECKS:
        found = list(CHECKS[name](arguments.site.resolve()))
        faults += len(found)
        print(*found, f"{name}: {len(found)} findings ({number} pages in all)", sep="\n", flush=True)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
