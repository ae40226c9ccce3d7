"""Strings that have broken other programs, and a repository made of nothing else.

Two sets: the payloads of the package brs-kb (cross-site scripting), and the Big List of Naughty Strings.
"""

import json
import shutil
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

from brs_kb.payloads import FULL_PAYLOAD_DATABASE
from pydantic import TypeAdapter, ValidationError

from built import TINY
from safecities import guidance, values
from safecities.digest import digest
from safecities.markdown import examine, scheme
from safecities.records import Refusal
from safecities.records.files import decoded, plain_lines

BLNS = Path(__file__).parent / "fixtures" / "blns" / "blns.json"

OWN = [
    "</script><script>alert(1)</script>", "<!--<script>", "]]><x>", "a\u2028b", "a\u2029b", '"},alert(1),{"',
    "\\u003c/script>", "=HYPERLINK(\"https://elsewhere.example\")", "+1", "-1", "@SUM(A1)", "\t=1",
    "%0d%0aSet-Cookie: a=b", "{{ 7*7 }}", "{% raw %}", "_('x')", "THE-ID-OF-A-RECORD", "\ue0f1main\ue0f2",
    "[[street-audit]]", "[x](record:street-audit)", "%(n)s", "../../etc/passwd", "con.md", "a\0b", "\u202egnp.exe",
    "&#60;img src=x onerror=alert(1)&#62;", "constructor", "__proto__", "safecities",
]
"""What would be a danger here in particular."""

STRINGS = sorted({*OWN, *(entry.payload for entry in FULL_PAYLOAD_DATABASE.values()),
                  *json.loads(BLNS.read_text(encoding="utf-8"))})

IN_PAGE, IN_BODY = 4, 8
"""How many strings a record of the repository has in each of its lists, and in its body."""


def quoted(text: str) -> str:
    """A text as YAML (JSON is YAML), characters as they are."""
    return json.dumps(text, ensure_ascii=False)


def is_text(text: str, model: object) -> bool:
    """Whether a text may stand in a file at all, and in a field of this model."""
    try:
        decoded(quoted(text).encode("utf-8", "surrogatepass"))
        decoded(text.encode("utf-8", "surrogatepass"))
        TypeAdapter(model).validate_python(text)
    except (Refusal, ValidationError):
        return False
    return "\r" not in text


def is_body(text: str) -> bool:
    """Whether a text may be the body of a record."""
    try:
        decoded(text.encode("utf-8", "surrogatepass"))
    except Refusal:
        return False
    found = examine(plain_lines(text))
    return not (found.excess or found.raw_html or found.images or any(heading.level == 1 for heading in found.headings)
                or any(not url.startswith("#") and scheme(url) not in values.URL_SCHEMES for url in found.links))


TITLES = [text for text in STRINGS if is_text(text, values.Title)]
LINES = [text for text in STRINGS if is_text(text, values.Line)]
SUMMARIES = [text for text in STRINGS if is_text(text, values.Summary)]
ADDRESSES = [text for text in STRINGS if is_text(text, values.Url)]
BODIES = [text for text in STRINGS if is_body(text)]


def taken(source: Iterator[str], number: int) -> list[str]:
    """So many different texts, as the fields of a record must be; stripped, as they are read."""
    return list(dict.fromkeys(next(source).strip() for _ in range(number)))


def repository(root: Path) -> Path:
    """A valid repository in which every text that is accepted anywhere stands at least once.

    Some hundred records in two languages, a guidance page that shows them, and vocabularies whose labels are hostile.
    """
    shutil.copytree(TINY, root)
    (root / "overrides").mkdir()
    titles, lines, summaries, bodies, addresses = (
        cycle(texts) for texts in (TITLES, LINES, SUMMARIES, BODIES, ADDRESSES))
    labels = cycle(TITLES[::-1])
    for name, terms in (("themes", "public-space public-transport local-policy data"),
                        ("categories", "guide safety-audit data-tool"),
                        ("audiences", "local-government residents transport-operators")):
        more = [*terms.split(), *(f"t{number}" for number in range(100))]
        (root / "vocabularies" / f"{name}.yml").write_text("".join(
            f"{term}:\n  label: {{en: {quoted(next(labels))}, es: {quoted(next(labels))}}}\n"
            f"  definition: {{en: {quoted(next(labels))}}}\n" for term in more), encoding="utf-8")
    number = max(len(LINES) // (4 * IN_PAGE), len(BODIES) // IN_BODY, len(TITLES) // 4, 100) + 1
    for at in range(number):
        tool = at % 2
        title, summary = next(titles), next(summaries)
        body = "\n\n".join(text for text in taken(bodies, IN_BODY) if not text.startswith("#")) + "\n"
        if not is_body(body) or "\n#" in f"\n{body}":
            body = "\n\n".join(f"`` {text} ``" for text in taken(bodies, 2) if "`" not in text and "\n" not in text)
        if not is_body(body):
            body = "A text.\n"
        body = plain_lines(body)
        organisations, authors = taken(lines, IN_PAGE), taken(lines, IN_PAGE)
        fields = [
            f"title: {quoted(title)}", f"summary: {quoted(summary)}", f"original_title: {quoted(next(titles))}",
            f"themes: [t{at % 100}]", f"audiences: [t{(at + 1) % 100}]", f"place: {quoted(next(lines))}",
            f"organisations: [{', '.join(map(quoted, organisations))}]", f"content_note: {quoted(next(lines))}",
            "sources:", *(f"  - {{title: {quoted(next(lines))}, author: {quoted(author)}, publisher: {quoted(author)}, "
                          f"url: {quoted(next(addresses))}}}" for author in authors),
            "status: stub", "added: 2026-01-01",
        ]
        if tool:
            fields += [f"categories: [t{(at + 2) % 100}]", "countries: [FR]", "versions:",
                       f"  - {{language: en, url: {quoted(next(addresses))}, title: {quoted(next(titles))}}}"]
        else:
            fields += [f"awards: [{', '.join(map(quoted, taken(lines, IN_PAGE)))}]", "partners:",
                       f"  - {{name: {quoted(next(lines))}, role: {quoted(next(lines))}}}"]
        folder = root / ("tools_db" if tool else "casestudies")
        (folder / f"r{at}.md").write_text("\n".join(["---", *fields, "---", body]), encoding="utf-8")
        note = next(line.removeprefix("content_note: ") for line in fields if line.startswith("content_note"))
        stamp = digest(title.strip(), summary.strip(), json.loads(note).strip(), body)
        (folder / f"r{at}.es.md").write_text("\n".join([
            "---", f"title: {quoted(next(titles))}", f"summary: {quoted(next(summaries))}", "translation: draft",
            f"translated_from: '{stamp}'", "---", body]), encoding="utf-8")
    page = "".join(f"[[r{at}]]\n" for at in range(40))
    (root / "docs" / "guidance" / "hostile.md").write_text(
        f"---\ntitle: {quoted(TITLES[7])}\nsummary: {quoted(SUMMARIES[8])}\nlast_edited: 2026-01-01\n---\n{page}",
        encoding="utf-8")
    for at, body in enumerate(pages()):
        (root / "docs" / "guidance" / f"h{at}.md").write_text("\n".join([
            "---", f"title: {quoted(next(titles))}", f"summary: {quoted(next(summaries))}", "last_edited: 2026-01-01",
            "---", body]), encoding="utf-8")
    return root


def pages() -> Iterator[str]:
    """Bodies of guidance pages: as many strings in each as may stand in one, but for what leads to other pages."""
    body = ""
    for text in BODIES:
        if guidance.references(text) or "record:" in text or "site:" in text:
            continue
        more = f"{body}\n\n{plain_lines(text)}"
        if guidance.excess(more) or examine(more).excess or len(more) > 20_000:
            yield body
            more = plain_lines(text)
        body = more
    yield body
