"""The indexes that are compared, of one corpus and one language, and what making them cost.

In: a corpus built with ``safecities build``, a language, a folder. Out, in the folder: ``records/``, bare pages with
the same text for Pagefind; ``material/``, a site of MkDocs Material with one page and the index that its search plugin
makes of that text; ``documents.json``, titles and bodies for :mod:`scenario`; ``cost.json``, seconds of the processor.

Ours is made by the project's own code, from the catalogue to files. Of Material only the plugin's own work counts, not
MkDocs' 10,000 pages, and it gets one entry a record and not one a heading: both in its favour.
"""

import argparse
import html
import json
import shutil
import string
import subprocess
import sys
import time
import types
from pathlib import Path

import yaml
from material.plugins.search.plugin import SearchIndex, SearchPlugin
from mkdocs.config import load_config

from safecities import pipeline, press, search
from safecities.documents import documents
from safecities.locales import direction
from safecities.site import load_site

PAGES = Path(__file__).parent / "pages"
SHOWN = ("title", "summary", "organisations", "terms", "body")
"""The fields of a document that a page would show."""


def write(path: Path, text: str) -> None:
    """Write a file, its folder too."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def material(folder: Path, lang: str, pages: list[tuple[str, str, str]]) -> float:
    """A site of MkDocs Material whose search knows all pages (address, title, HTML); seconds of its plugin."""
    settings = {"site_name": "Material", "use_directory_urls": False, "docs_dir": "docs", "plugins": ["search"],
                "theme": {"name": "material", "language": lang, "font": False}}
    write(folder / "mkdocs.yml", yaml.safe_dump(settings))
    write(folder / "docs" / "index.md", "# Material\n")
    subprocess.run(  # noqa: S603 - a command of our own
        [sys.executable, "-m", "mkdocs", "build", "--quiet", "--config-file", str(folder / "mkdocs.yml")],
        check=True, timeout=300)
    config = load_config(str(folder / "mkdocs.yml"))
    plugin = next(plugin for plugin in config.plugins.values() if isinstance(plugin, SearchPlugin))
    plugin.on_startup(command="build", dirty=False)
    plugin.on_config(config)
    index: SearchIndex = plugin.search_index
    begin = time.process_time()
    for address, title, content in pages:
        index.add_entry_from_context(types.SimpleNamespace(
            meta={"title": title}, content=content, toc=[], url=address, title=title))
    text = index.generate_search_index(None)
    write(folder / "site" / "search" / "search_index.json", text)
    return time.process_time() - begin


def main() -> None:
    """Make them."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--root", type=Path, required=True, help="the corpus")
    parser.add_argument("--lang", required=True)
    parser.add_argument("--into", type=Path, required=True, help="the folder; what is there goes")
    options = parser.parse_args()
    shutil.rmtree(options.into, ignore_errors=True)
    catalogue, _ = pipeline.load(load_site(options.root))
    begin = time.process_time()
    for address, text in search.language_files(catalogue, options.lang):
        press.write(options.into / "ours", address, text)
    cost = {"ours": time.process_time() - begin}
    found = [document for document in documents(catalogue, options.lang) if document.kind != "guidance"]
    bare = string.Template((PAGES / "record.html").read_text(encoding="utf-8"))
    pages = []
    for document in found:
        fields = {name: html.escape(document.fields[name]) for name in SHOWN}
        page = bare.substitute(fields, lang=options.lang, dir=direction(options.lang))
        write(options.into / "records" / f"{document.id}.html", page)
        pages.append((f"{document.id}.html", document.title, page.partition("<body>")[2].partition("</body>")[0]))
    for name in ("index.html", "pagefind-box.js"):
        text = string.Template((PAGES / name).read_text(encoding="utf-8"))
        write(options.into / "records" / name, text.safe_substitute(lang=options.lang, dir=direction(options.lang)))
    cost["material"] = material(options.into / "material", options.lang, pages)
    write(options.into / "documents.json", json.dumps([[row.title, row.fields["body"]] for row in found]))
    write(options.into / "cost.json", json.dumps(cost))


if __name__ == "__main__":
    main()
