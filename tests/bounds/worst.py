"""The worst that a file of 256 KiB can hold, as far as we know, and the way through everything that reads it.

Run as a program, it goes through all of it and prints by how much memory grew over each case, in MiB.
"""

import os
import resource
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from loaded import FRONT
from safecities import analysis, catalogue, guidance, markdown, rules
from safecities.content import read_content
from safecities.problems import Problem
from safecities.site import load_site

SIZE = 256 * 1024
TINY = Path(__file__).parent.parent / "fixtures" / "tiny"


def filled(part: str, size: int = SIZE - 400) -> str:
    """A part again and again, up to the largest size of a file with its front matter."""
    data = (part * (size // len(part.encode()) + 1)).encode()[:size]
    return data.decode(errors="ignore")


def numbered(row: Callable[[int], str]) -> str:
    """Rows that all differ, up to the same size."""
    rows, size = [], 0
    for number in range(SIZE):
        rows.append(row(number))
        size += len(rows[-1].encode())
        if size > SIZE - 400:
            break
    return "".join(rows[:-1])


REPEATED = [
    "a", "[", "](", "[a](", "![", "[[", "[^", "[^a]", "[a]", "[a\\]", "[a]: <", "[a](/b)", "[a](b)",
    "![a](b)\n", "`", "` ", "``` a\n", "```\n", "~~~ a\n\n", "*", "*a ", "**a_ ", "a_b*c_", "*a **b ", "~a ",
    "<", "<a ", "<!--", "<!- ", "<?", "<![CDATA[", '<a b="', "<a@b", "<http://a.b>", ">", "> ", "- ", "1. ",
    "* ", "-\n", "a\n=\n", "---\n", "|", "|a|\n|-|\n", "\\", "&", "&amp;", "&#1;", "\n", " \n", "\t", "a\n",
    "a  \n", "# a\n", "## a\n", "## [\n", "#", "مدن ", "a\u0301", "\u0301", "l'", "'a ", "](record:",
    'href="record:', "[[x]]\n", "[[x\n", "   ", "http://a.b/", "&lt;h2&gt;", "*[a]: b\n", "!!! a\n    b\n",
    "a\n: b\n", "a {: .b ", "# {#b .c}\n", "ﷺ", "½", "ا", "a-b.c,",
]
BODIES: dict[str, str] = {part: filled(part) for part in REPEATED} | {
    "runs of backticks": " ".join("`" * length for length in range(1, 720)),
    "quotes ever deeper": "\n".join(">" * depth for depth in range(1, 720)),
    "lists ever deeper": "\n".join(" " * 2 * depth + "- a" for depth in range(500)),
    "notes": numbered(lambda number: f"[^{number}]\n\n[^{number}]: a\n\n"),
    "names of links": numbered(lambda number: f"[a{number}]: /b\n"),
    "one long link often": "[a]: /" + "b" * 100_000 + "\n\n" + "[a]" * 50_000,
    "a table of short rows": "|a" * 2_000 + "|\n" + "|-" * 2_000 + "|\n" + "|b|\n" * 60_000,
    "a table of two columns": "|a|b|\n|-|-|\n" + "|c\n" * 80_000,
    "a wide table": ("|a" * 500 + "|\n") + ("|-" * 500 + "|\n") + ("|b" * 500 + "|\n") * 240,
    "a table of one row": "|a" * 40_000 + "|\n" + "|-" * 40_000 + "|\n",
    "different words": numbered(lambda number: f"w{number} "),
    "different words in Arabic": numbered(lambda number: "".join(chr(0x627 + int(c)) for c in str(number)) + " "),
    "different links": numbered(lambda number: f"[a](b{number})\n"),
    "links to headings that there aren't": numbered(lambda number: f"[a word](#b{number})\n"),
    "different pictures": numbered(lambda number: f"![a](b{number})\n"),
    "a link to a heading and much else": "[a](#b)\n\n" + filled("> - 1. *a **b ", SIZE - 600),
    "scripts in one line of Arabic": filled("[مدن](javascript:b) "),
    "scripts defined elsewhere": numbered(lambda number: f"[a{number}]\n\n[a{number}]: javascript:{number}\n\n"),
    "different scripts": numbered(lambda number: f"[a](javascript:b{number})\n"),
    "different boxes": numbered(lambda number: f"[[night-bu{number}]]\n"),
    "different records": numbered(lambda number: f"[a](record:b{number})\n"),
    "different sections": numbered(lambda number: f"## b{number}\n"),
    "different first headings": numbered(lambda number: f"# b{number}\n"),
    "one heading, numbered": numbered(lambda number: f"## b {number}\n## b\n"),
    "a word and blanks": "a" + " " * (SIZE - 500) + "b",
}

CASE_STUDY = """title: A case
summary: What was done.
themes: [data]
organisations: [unknown]
sources:
  - title: A source
status: stub
added: 2026-01-01
"""
PAGE = """title: A page
summary: A page.
last_edited: 2026-01-01
"""


def listed(item: Callable[[int], str]) -> str:
    """A list as long as front matter can be."""
    found, size = [], 0
    while size < 31_000:
        found.append(item(len(found)))
        size += len(found[-1].encode()) + 2
    return f"[{', '.join(found[:-1])}]"


def letters(number: int, first: str = "a") -> str:
    return "".join(chr(ord(first) + number // 26**place % 26) for place in range(3))


FRONT_MATTER: dict[str, str] = {
    "unknown fields": FRONT + "".join(f"k{number}: x\n" for number in range(3_500)),
    "fields that are nearly known": FRONT + "".join(f"title{number}: x\n" for number in range(2_200)),
    "related": FRONT + f"related: {listed(lambda number: f'r{number}')}\n",
    "related that are nearly known": FRONT + f"related: {listed(lambda number: f'night-bus{number}')}\n",
    "countries": FRONT + f"countries: {listed(lambda number: letters(number, 'A'))}\n",
    "one country": FRONT + f"countries: {listed(lambda number: 'FR')}\n",
    "organisations": FRONT.replace("[unknown]", listed(lambda number: f"a{number}")),
    "terms": FRONT + f"audiences: {listed(lambda number: f'resident{number}')}\n",
    "languages": FRONT.replace("  - language: en\n", "".join(
        f"  - language: {letters(number)}\n" for number in range(1_500))),
    "a language of many parts": FRONT + "language: en" + "-abcdefg" * 3_500 + "\n",
    "a licence of many": FRONT + "licence: " + "MIT OR " * 4_000 + "MIT\n",
    "a licence in brackets": FRONT + "licence: " + "(" * 4_000 + "MIT" + ")" * 4_000 + "\n",
    "a licence that is open": FRONT + "licence: " + "(" * 14_000 + "\n",
    "a long identifier": FRONT + "identifier: 10.1234/" + "x" * 29_000 + "\n",
    "hyphens in an identifier": FRONT + "identifier: " + "1-" * 14_000 + "\n",
    "blanks in an identifier": FRONT + "identifier: 'doi:" + " " * 29_000 + "x'\n",
    "a long address": FRONT + "sources:\n  - title: x\n    url: https://" + "a" * 29_000 + "\n",
    "an address of question marks": FRONT + 'sources:\n  - title: x\n    url: "https://a' + "?" * 29_000 + ' "\n',
    "an address of slashes": FRONT + 'sources:\n  - title: x\n    url: "https://a' + "/" * 29_000 + '<"\n',
    "a long title": FRONT.replace("Checklist", "x" * 29_000),
    "blanks in a title": FRONT.replace("Checklist", '"x' + " " * 29_000 + 'x"'),
    "a long number": FRONT + "coordinates: 1." + "1" * 29_000 + "\n",
    "long years": FRONT + "years: " + "1" * 29_000 + "\n",
    "a long id": FRONT + "related: [" + "a-" * 14_000 + "!]\n",
    "brackets": "[" * 30_000 + "\n", "braces": "{a: " * 7_000 + "\n", "hyphens": "- " * 15_000 + "\n",
    "questions": "? " * 15_000 + "\n", "a text of brackets": FRONT + "a: " + "[" * 25_000 + "\n",
    "comments": FRONT + "# a\n" * 7_000, "glued comments": FRONT + "x: [" + "'a',#\n" * 4_500 + "]\n",
    "question marks": FRONT + "x: [" + "?a," * 9_000 + "]\n", "lines of a text": FRONT + "x: |\n" + "  #\n" * 7_000,
    "empty lines": FRONT + "x: >\n" + "\n" * 30_000, "escapes": FRONT + 'x: "' + "\\u0061" * 5_000 + '"\n',
}


VOCABULARIES: dict[str, str] = {
    "broader terms that there aren't": numbered(
        lambda number: f"t{number}: {{label: {{en: x}}, broader: u{number}}}\n"),
    "one term above the other": numbered(lambda number: f"t{number}: {{label: {{en: x}}, broader: t{number + 1}}}\n"),
    "a circle": "t0: {label: {en: x}, broader: t6000}\n" + numbered(
        lambda number: f"t{number + 1}: {{label: {{en: x}}, broader: t{number}}}\n" if number < 6000 else ""),
    "fields that are nearly known": "t: {" + numbered(lambda number: f"label{number}: x, ") + "}\n",
    "terms twice": filled("t: x\n"), "terms": numbered(lambda number: f"term{number}: {{label: {{en: x}}}}\n"),
}


def repository(folder: Path) -> Path:
    """A repository to spoil."""
    root = folder / "worst"
    shutil.copytree(TINY, root)
    return root


def read(root: Path, name: str, front: str, body: str) -> list[Problem]:
    """Check a file as `safecities validate` does; make what a page and search need of it, if nothing is wrong."""
    path = root / name
    path.write_text(f"---\n{front}---\n{body}", encoding="utf-8")
    try:
        content, found = read_content(load_site(root))
        found += rules.check_files(content)
        problems = rules.check(content, found)
        [problem.as_text() for problem in problems]
        if not any(problem.level == "error" for problem in problems) and not name.startswith("docs/"):
            written = catalogue.build(content).entries[path.stem].original.body
            markdown.render(written)
            text = markdown.text(written)
            analysis.Groups("fr", {}).count(text)
            analysis.words(text, "ar")
        if name.startswith("docs/"):
            guidance.separate_embeds(body)
            guidance.clean(body)
        return problems
    finally:
        path.unlink()


def cases() -> Iterator[tuple[str, str, str, str]]:
    """All of it: what it is, the file's name, its front matter and its body."""
    for what, body in BODIES.items():
        for name, front in (("tools_db/x.md", FRONT), ("casestudies/x.md", CASE_STUDY), ("docs/x.md", PAGE)):
            yield what, name, front, body
    for what, front in FRONT_MATTER.items():
        yield what, "tools_db/x.md", front, "A text.\n"


def most() -> int:
    """The most memory that this process has had so far, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def growth(root: Path, case: tuple[str, str, str, str]) -> int:
    """By how much a process of its own grows over a case."""
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        before = most()
        read(root, *case[1:])
        os.write(writer, str(most() - before).encode())
        os._exit(0)
    os.close(writer)
    os.waitpid(child, 0)
    with os.fdopen(reader) as answer:
        return int(answer.read())


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        root = repository(Path(folder))
        for name, front in (("tools_db/x.md", FRONT), ("docs/x.md", PAGE)):
            read(root, name, front, "A text.\n")
        for case in cases():
            sys.stdout.write(f"{growth(root, case)} {case[1]} {case[0]!r}\n")
