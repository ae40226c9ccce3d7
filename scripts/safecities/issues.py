"""A record from an issue: what people answered in the form, without git, becomes a file like any other.

In: the Markdown that GitHub makes of an issue form (``### Label``, the answer, ``_No response_`` where there is none),
written by anybody. Out: the text of a record that ``validate`` accepts, or every fault, each with the label of its
question. What was typed stands in the file as it was typed; nothing is guessed and nothing left out silently.
"""

import dataclasses
import itertools
import re
import tempfile
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from safecities import locales, markdown, rules
from safecities.content import Content, read_content
from safecities.names import UnknownNameError
from safecities.newrecord import RecordExistsError, free_path, today
from safecities.problems import Problem, nearest, shown
from safecities.questions import ID, QUESTIONS, Question, UnclearError, Words, words_of
from safecities.records.files import MAX_FILE, MAX_ID, plain_lines
from safecities.records.refusals import FORBIDDEN
from safecities.site import Site

_HEADING = re.compile(r"^### (.*)$", re.MULTILINE)
_EMPTY = ("", "_No response_")
_LETTERS = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i"})
"""Latin letters that Unicode does not take apart into a base letter and a mark."""


class UnclearIssueError(ValueError):
    """An issue of which no record can be made; ``faults`` say why, each beginning with a question's label."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


@dataclasses.dataclass(frozen=True)
class Draft:
    """A valid record that is not written yet; ``remarks`` are the warnings that it gives rise to."""

    path: Path
    text: str
    remarks: tuple[str, ...]


@dataclasses.dataclass(frozen=True)
class _Part:
    """A piece of the file and the question that it answers, an empty label where nobody was asked."""

    label: str
    text: str


def draft(site: Site, raw: bytes, kind: str | None = None, name: str | None = None) -> Draft:
    """A record from the text of an issue.

    ``kind`` is found from the questions if it is not given, ``name`` (the id) made from the title. Raises
    :class:`UnclearIssueError` with all faults at once.
    """
    text = _decoded(raw)
    kind = kind or _kind(text)
    answers, faults = _answers(text, kind)
    content, problems = read_content(site)
    broken = [f"{problem.path}: {problem.message}" for problem in problems
              if problem.path.startswith("vocabularies/") and problem.level == "error"]
    if broken:
        raise UnclearIssueError(broken)
    given = words_of(site, content.vocabularies)
    fields: dict[str, Any] = {}
    front: list[_Part] = []
    for question in QUESTIONS[kind]:
        if question.section is not None:
            continue
        try:
            found = _read(question, answers, given)
        except UnclearError as unclear:
            faults += [f"{question.label}: {message}" for message in unclear.messages]
        else:
            fields |= found
            if found:
                front.append(_Part(question.label, _yaml(found)))
    front.append(_Part("", _yaml({"status": "stub", "added": today()})))
    body = list(_body(kind, answers, fields.get("language", site.default)))
    faults += _left_open(body)
    path = _path(site, kind, name, answers, faults)
    parts = [_Part("", "---\n"), *front, _Part("", "---\n"), *body]
    # Without an id that is free, the fields are looked at all the same, under a name that nobody has.
    remarks = []
    for problem in _check(site, content, path or free_path(site, kind, _unused(content)), parts):
        if problem.level == "error" and not (faults and problem.rule == "missing-field"):
            faults.append(_with_label(problem, parts))
        elif problem.level == "warning":
            remarks.append(_with_label(problem, parts))
    if faults or path is None:
        raise UnclearIssueError(list(dict.fromkeys(faults)))
    return Draft(path, _text(parts), tuple(remarks))


def _decoded(raw: bytes) -> str:
    if len(raw) > MAX_FILE:
        raise UnclearIssueError([f"the issue is longer than {MAX_FILE:,} bytes"])
    try:
        return plain_lines(raw.decode("utf-8"))
    except UnicodeDecodeError:
        raise UnclearIssueError(["the text is not UTF-8"]) from None


def _kind(text: str) -> str:
    """The kind whose own questions, those that no other kind has, stand in the text."""
    headings = {label for label, _, _ in _headings(text)}
    labels = {kind: {question.label for question in questions} for kind, questions in QUESTIONS.items()}
    found = {kind: len(headings & own.difference(*(others for other, others in labels.items() if other != kind)))
             for kind, own in labels.items()}
    best = [kind for kind, number in found.items() if number and number == max(found.values())]
    if len(best) != 1:
        kinds = " or ".join(QUESTIONS)
        raise UnclearIssueError([f"the questions are not those of one form; name the form with --kind {kinds}"])
    return best[0]


def _headings(text: str) -> Iterator[tuple[str, int, int]]:
    """The words of each heading, where its line begins and where it ends."""
    for match in _HEADING.finditer(text):
        yield match[1].strip(), match.start(), match.end()


def _answers(text: str, kind: str) -> tuple[dict[str, str], list[str]]:
    """Label -> what was answered, and what is wrong with the headings.

    A heading in the text that is no question's stays a part of the answer above it.
    """
    labels = [question.label for question in QUESTIONS[kind]]
    found = list(_headings(text))
    headings = [heading for heading in found if heading[0] in labels]
    ends = [*(start for _, start, _ in headings), len(text)][1:]
    faults = []
    before = text[: headings[0][1] if headings else len(text)].strip()
    if before:
        faults.append(f"above the first question stands {shown(before)}; delete it")
    answers: dict[str, str] = {}
    for (label, _, begin), end in zip(headings, ends, strict=True):
        if label in answers:
            faults.append(f"{label}: the line `### {label}` stands twice; delete the one that is no question")
        answers.setdefault(label, text[begin:end].strip())
    other = {label for label, _, _ in found} - set(labels)
    for label in labels:
        if label not in answers:
            close = nearest(label, other, most=1)
            faults.append(f"{label}: the line `### {label}` is missing{close}")
    for label, answer in answers.items():
        bad = FORBIDDEN.search(answer)
        if bad:
            faults.append(f"{label}: the character U+{ord(bad[0]):04X} is not allowed; delete it")
            answers[label] = FORBIDDEN.sub("", answer)
    return answers, faults


def _read(question: Question, answers: Mapping[str, str], given: Words) -> dict[str, Any]:
    """The fields that an answer says; raises :class:`UnclearError`."""
    answer = answers.get(question.label)
    if answer is None:
        return {}  # that its heading is missing has been said
    unticked = all(re.fullmatch(r"\s*[-*] \[ \].*|\s*", line) for line in answer.split("\n"))
    if answer in _EMPTY or unticked or (question.element == "dropdown" and answer == "None"):
        if question.required:
            raise UnclearError(f"is missing: {question.description or 'tick the box'}")
        return {}
    try:
        found = question.read(answer, given)
    except UnknownNameError as unknown:
        raise UnclearError(str(unknown)) from None
    return {name: value for name, value in found.items() if value or question.required}


def _yaml(fields: Mapping[str, Any]) -> str:
    """Fields as YAML that reads back as what was typed; lists of short words stand in one line."""
    return "".join(yaml.safe_dump({name: value}, allow_unicode=True, sort_keys=False, width=MAX_FILE,
                                  default_flow_style=None if isinstance(value, list | dict) else False)
                   for name, value in fields.items())


def _body(kind: str, answers: Mapping[str, str], lang: str) -> Iterator[_Part]:
    for question in QUESTIONS[kind]:
        answer = answers.get(question.label, "")
        if question.section is None or answer in _EMPTY:
            continue
        heading = f"## {locales.catalogue(lang).gettext(question.section)}\n\n" if question.section else ""
        yield _Part(question.label, f"{heading}{answer}\n\n")


def _left_open(body: list[_Part]) -> list[str]:
    """Answers that swallow the heading of the next one: what they leave open would hide it."""
    findings = markdown.examine("".join(part.text for part in body))
    headings = {heading.line for heading in findings.headings if heading.level == 2}
    faults, line = [], 1
    for part, following in itertools.pairwise(body):
        line += part.text.count("\n")
        if line not in headings:
            faults.append(f"{part.label}: a block of code (``` or ~~~) is opened and never closed before "
                          f"{shown(following.label)}")
    return faults


def _path(site: Site, kind: str, name: str | None, answers: Mapping[str, str], faults: list[str]) -> Path | None:
    """Where the record goes, or None with one more fault."""
    given = answers.get(ID.label, "")
    title = answers.get("Title", "")
    label = "--id" if name is not None else ID.label
    name = name if name is not None else given if given not in _EMPTY else None
    if name is None:
        if title in _EMPTY:
            return None  # that the title is missing has been said
        label, name = "Title", slug(title)
        if not name:
            faults.append(f"{ID.label}: is needed, for the title has no Latin letters; accepted are small letters a-z, "
                          "digits and single hyphens")
            return None
    try:
        return free_path(site, kind, name)
    except RecordExistsError as error:
        taken = str(error).partition(";")[0]
        faults.append(f"{label}: {taken}; give another name under `{ID.label}`")
    except ValueError as error:
        faults.append(f"{label}: {error}")
    return None


def slug(title: str) -> str:
    """An id from a title: its letters without accents, words with hyphens between them, at most 80 characters."""
    parts = unicodedata.normalize("NFKD", title.casefold().translate(_LETTERS))
    words = re.findall(r"[a-z0-9]+", "".join(c for c in parts if not unicodedata.combining(c) and c not in "'’"))
    while len("-".join(words)) > MAX_ID and len(words) > 1:
        words.pop()
    return "-".join(words)[:MAX_ID]


def _unused(content: Content) -> str:
    name = "new"
    while name in content.record_ids:
        name += "-new"
    return name


def _check(site: Site, content: Content, path: Path, parts: list[_Part]) -> list[Problem]:
    """What the rules say of a record if it stood beside all others; it is read from a folder of its own."""
    relative = path.relative_to(site.root)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder).resolve()
        file = root / relative
        file.parent.mkdir(parents=True)
        file.write_bytes(_text(parts).encode("utf-8"))
        new, found = read_content(dataclasses.replace(site, root=root, docs_dir=root / "docs"))
        together = dataclasses.replace(
            content, records=(*content.records, *new.records), files=(*content.files, *new.files),
            record_ids=content.record_ids | new.record_ids)
        problems = rules.check(together, [*found, *rules.check_files(new)])
    return [problem for problem in problems if problem.path == relative.as_posix()]


def _text(parts: list[_Part]) -> str:
    return "".join(part.text for part in parts).rstrip() + "\n"


def _with_label(problem: Problem, parts: list[_Part]) -> str:
    """A problem of the file as one of the answer that stands in its line."""
    line, label = 1, ""
    for part in parts:
        if part.label and line <= problem.line:
            label = part.label
        line += part.text.count("\n")
        if problem.line < line:
            label = part.label
            break
    return f"{label}: {problem.message}" if label else problem.message


__all__ = ["Draft", "UnclearIssueError", "draft", "slug"]
