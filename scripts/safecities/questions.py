"""The questions of the issue forms, each stated once: how it is asked, and what its answer says in a record.

In: an answer as somebody typed it. Out: fields as front matter holds them, or :class:`UnclearError` with all that is
wrong. Whether the values are sound (lengths, check digits, years), the schema knows.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from safecities import locales, names, schema
from safecities.names import Names, UnknownNameError
from safecities.problems import shown
from safecities.sections import SECTIONS
from safecities.site import Site
from safecities.vocabularies import Vocabulary

Fields = dict[str, Any]

_MOST = 100
"""No answer has more entries; each costs a comparison with thousands of names."""


class UnclearError(ValueError):
    """An answer that says nothing sure; ``messages`` say what was found and what is accepted."""

    def __init__(self, *messages: str) -> None:
        super().__init__("; ".join(messages))
        self.messages = messages


@dataclass(frozen=True)
class Words:
    """The names that answers may use."""

    languages: Names
    countries: Names
    terms: Mapping[str, Names]
    default_language: str


def words_of(site: Site, vocabularies: Mapping[str, Vocabulary]) -> Words:
    """The names that answers may use in a site."""
    return Words(names.languages(site), names.countries(site),
                 {name: names.terms(vocabularies[name]) for name in schema.VOCABULARY_FIELDS}, site.default)


Read = Callable[[str, Words], Fields]


@dataclass(frozen=True)
class Question:
    """A question: its label, how it is asked, and how its answer (never empty) is read.

    ``section`` is set where the answer is a part of the body: the section's name, or an empty text where the part
    has no heading. ``options`` are the words to choose from; ``vocabulary`` names one whose terms are the options.
    """

    label: str
    description: str
    read: Read
    element: Literal["input", "textarea", "dropdown", "checkboxes"] = "input"
    required: bool = False
    section: str | None = None
    options: tuple[str, ...] = ()
    vocabulary: str | None = None
    placeholder: str = ""


def _line(answer: str) -> str:
    if "\n" in answer:
        raise UnclearError("must be one line")
    return answer


def _each(parts: Iterable[str], read: Callable[[str], Any]) -> list[Any]:
    """Every part as read; raises :class:`UnclearError` with the faults of all of them."""
    values: list[Any] = []
    faults: list[str] = []
    for number, part in enumerate(parts, start=1):
        if number > _MOST:
            raise UnclearError(*faults, f"has more than {_MOST} entries")
        try:
            value = read(part)
        except UnclearError as unclear:
            faults += unclear.messages
        except UnknownNameError as unknown:
            faults.append(str(unknown))
        else:
            if value not in values:
                values.append(value)
    if faults:
        raise UnclearError(*faults)
    return values


def _lines(answer: str) -> Iterator[str]:
    """The lines that say something, without the signs of a list."""
    for line in answer.split("\n"):
        text = re.sub(r"^\s*[-*•]\s+", "", line).strip()
        if text:
            yield text


def _items(answer: str, known: Names) -> Iterator[str]:
    """What is chosen: ticked boxes, or names one a line or between commas; a name may hold a comma itself."""
    for line in answer.split("\n"):
        box = re.fullmatch(r"\s*[-*] \[([ xX])\] (.*)", line)
        if box and box[1] == " ":
            continue
        text = box[2].strip() if box else re.sub(r"^\s*[-*•]\s+", "", line).strip()
        if not box and names.fold(text) not in known.meant:
            yield from filter(None, (part.strip() for part in re.split(r"[,;،؛、]", text)))
        elif text:
            yield text


def _text(name: str) -> Read:
    return lambda answer, words: {name: _line(answer)}


def _list(name: str) -> Read:
    return lambda answer, words: {name: list(dict.fromkeys(_lines(answer)))}


def _terms(name: str) -> Read:
    def read(answer: str, words: Words) -> Fields:
        return {name: _each(_items(answer, words.terms[name]), words.terms[name].find)}
    return read


def _countries(answer: str, words: Words) -> Fields:
    return {"countries": _each(_items(answer, words.countries), words.countries.find)}


def _tag(text: str, words: Words) -> str:
    try:
        return words.languages.find(text)
    except UnknownNameError as unknown:
        if len(text) < 40 and locales.is_language_tag(text):
            return text
        raise UnclearError(f"{unknown}; write a language's name, or its code such as fr or pt-BR") from None


def _own_language(answer: str, words: Words) -> Fields:
    tag = _tag(_line(answer), words)
    return {} if tag == words.default_language else {"language": tag}


def _original_language(answer: str, words: Words) -> Fields:
    return {"original_language": _tag(_line(answer), words)}


def _choice(name: str) -> Read:
    return lambda answer, words: {name: _line(answer).casefold()}


_URL = re.compile(r"https?://\S+", re.IGNORECASE)


def _version(line: str, words: Words) -> Fields:
    """``French: https://…``, or a language alone where no link is known."""
    links = _URL.findall(line)
    if len(links) > 1:
        raise UnclearError(f"{shown(line)} holds more than one link; write one a line")
    language = _URL.sub(" ", line).strip(" \t:|,;–—-()")
    if not language:
        raise UnclearError(f"{shown(line)} names no language; write it before the link, such as French: https://…")
    return {"language": _tag(language, words), **({"url": links[0]} if links else {})}


def _versions(answer: str, words: Words) -> Fields:
    return {"versions": _each(_lines(answer), lambda line: _version(line, words))}


def _source(line: str) -> Fields:
    """``Title | publisher | 2010 | p. 55-59 | https://…``: the title first, the others in any order."""
    title, *others = (part.strip() for part in line.split("|"))
    row: Fields = {"title": title}
    for part in filter(None, others):
        pages = re.fullmatch(r"(?:pp?|pages?|págs?|páginas?)\.?\s*(\S.*)", part, re.IGNORECASE)
        if re.match("https?:", part, re.IGNORECASE):
            name, value = "url", part
        elif part.isdecimal():
            name, value = "year", _digits(part)
        elif pages:
            name, value = "pages", pages[1]
        else:
            name, value = "publisher", part
        if name in row:
            raise UnclearError(f"{shown(line)} has two parts for `{name}`; accepted is: title | publisher | year | "
                               "p. pages | link")
        row[name] = value
    if not title or _URL.fullmatch(title):
        raise UnclearError(f"{shown(line)} has no title; accepted is: title | publisher | year | p. pages | link")
    return row


def _sources(answer: str, words: Words) -> Fields:
    return {"sources": _each(_lines(answer), _source)}


def _partner(line: str) -> Fields:
    name, *role = (part.strip() for part in line.split("|"))
    if not name or len(role) > 1:
        raise UnclearError(f"{shown(line)} is unclear; accepted is a name, or: name | role")
    return {"name": name, **({"role": role[0]} if role and role[0] else {})}


def _partners(answer: str, words: Words) -> Fields:
    return {"partners": _each(_lines(answer), _partner)}


def _cost(answer: str, words: Words) -> Fields:
    found = re.fullmatch(r"([\d.]+)\s*([A-Za-z]{3})(?:[\s,]+\(?(\d{4})\)?)?", _line(answer))
    if found is None:
        raise UnclearError(f"{shown(answer)} is unclear; accepted are digits, a currency's code and, if it is known, "
                           "the year: 250000 USD 2008")
    year = {"year": _digits(found[3])} if found[3] else {}
    return {"cost": {"amount": _digits(found[1]), "currency": found[2].upper(), **year}}


_SINCE = r"since|from|desde|depuis|de|منذ|من"
_UNTIL = r"until|till|to|up to|hasta|jusqu['’](?:en|à)|حتى|إلى"
_BETWEEN = rf"\s*(?:[-–—/]|{_UNTIL}|a|à)\s*"


_SPANS = (
    rf"(?:(?:{_SINCE})\s+)?(?P<a>\d{{4}}){_BETWEEN}(?P<b>\d{{4}})",
    rf"(?:{_SINCE})\s+(?P<a>\d{{4}})",
    rf"(?:{_UNTIL})\s+(?P<b>\d{{4}})",
    r"(?P<a>\d{4})\s*(?:[-–—]|/(?:\.\.)?)",
    r"(?:\.\./|[-–—]\s*)(?P<b>\d{4})",
)
"""How people write a span of years from ``a`` to ``b``, in the languages that the site began with."""


def _digits(text: str) -> str:
    """A text with the digits of any script, such as Arabic ones, as 0 to 9."""
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)


def _span(answer: str) -> tuple[str | None, str | None]:
    text = _digits(_line(answer)).strip().casefold()
    for pattern in _SPANS:
        found = re.fullmatch(pattern, text)
        if found:
            sides = found.groupdict()
            return sides.get("a"), sides.get("b")
    raise UnclearError(f"{shown(answer)} is unclear; accepted are 2012, 2012-2015, since 2012, until 2015")


def _years(answer: str, words: Words) -> Fields:
    """A year is a span of one year: for what ran."""
    year = _digits(answer)
    if re.fullmatch(r"\d{4}", year):
        return {"years": f"{year}/{year}"}
    start, end = _span(answer)
    return {"years": f"{start or '..'}/{end or '..'}"}


def _year_or_years(answer: str, words: Words) -> Fields:
    """A year is the one in which it was made: for tools."""
    year = _digits(answer)
    return {"year": int(year)} if re.fullmatch(r"\d{4}", year) else _years(answer, words)


def _agreed(answer: str, words: Words) -> Fields:
    if not re.fullmatch(r"[-*] \[[xX]\] .*", answer):
        raise UnclearError("must be ticked: without it, nothing can be published")
    return {}


def _nothing(answer: str, words: Words) -> Fields:
    return {}


def _accepted(model: type[schema.Record], name: str) -> tuple[str, ...]:
    """The words that a field accepts."""
    described = model.model_json_schema()["properties"][name]
    return tuple(next(part["enum"] for part in (described, *described.get("anyOf", ())) if "enum" in part))


ID = Question(
    "Short name", "For the address of the page: small letters a-z, digits and hyphens. Only needed where the title "
    "has no Latin letters, or where the title's name is taken.", _nothing, placeholder="safety-walks-cairo")

_TITLE = Question("Title", "In the language in which you answer this form; at most 200 characters.", _text("title"),
                  required=True)

_ORIGINAL = (
    Question("Its own name", "If the title above is not the name that it has itself.", _text("original_title")),
    Question("Language of its own name", "A language's name or code.", _original_language, placeholder="Spanish"),
)

_SUMMARY = Question(
    "Summary", "One or two sentences of your own, at most 400 characters: what it is, who made it, what it is good "
    "for.", _text("summary"), "textarea", required=True)

_LANGUAGE = Question("Language of your answers", "The language in which you fill in this form.", _own_language,
                     "dropdown", required=True)

_PLACE = (
    Question("Countries", "Names or two-letter codes, with commas between them. None for what concerns the whole "
             "world.", _countries, placeholder="Argentina, Chile"),
    Question("Place", "City, district or province, as the source names it.", _text("place")),
    Question("Reach", "How far it reaches.", _choice("scope"), "dropdown",
             options=_accepted(schema.Tool, "scope")),
)

_CONTENT_NOTE = Question("Content note", "A short neutral note, if the text describes violence.",
                         _text("content_note"), placeholder="Mentions sexual violence.")

_SOURCE_HINT = ("One source a line, its parts between upright strokes: title | publisher | year | p. pages | link. "
                "Leave out what you don't know.")

AGREEMENT = ("I wrote this in my own words, from the sources that I name; it may be published under the licence "
             "CC BY 4.0.")

_AGREEMENT = Question("Before you send it", "", _agreed, "checkboxes", required=True, options=(AGREEMENT,))


def _vocabulary(label: str, description: str, name: str, *, required: bool = False) -> Question:
    return Question(label, description, _terms(name), "checkboxes", required=required, vocabulary=name)


_THEMES = _vocabulary("Themes", "One to six.", "themes", required=True)
_WHERE_AND_FOR_WHOM = (
    _vocabulary("Audiences", "For whom it is useful.", "audiences"),
    _vocabulary("Settings", "Where the violence or the work happens.", "settings"),
    _vocabulary("Forms of violence", "Those that it deals with.", "violence_forms"),
)


def _organisations(description: str) -> Question:
    return Question("Organisations", f"{description} One a line; write unknown where the source names nobody.",
                    _list("organisations"), "textarea", required=True)


QUESTIONS: dict[str, tuple[Question, ...]] = {
    "tool": (
        _LANGUAGE, _TITLE, ID, *_ORIGINAL, _SUMMARY,
        _vocabulary("Categories", "What kind of tool it is: one to three.", "categories", required=True),
        _THEMES, *_WHERE_AND_FOR_WHOM, *_PLACE, _organisations("Who made it."),
        Question("Year or years", "When it was made, or when it ran: 2012, 2012-2015, since 2012.", _year_or_years),
        Question("Where it can be read", "One language a line, then the link if you know one. Never guess a link.",
                 _versions, "textarea", required=True, placeholder="French: https://example.org/guide.pdf\nSpanish"),
        Question("ISBN or DOI", "As it stands in the work.", _text("identifier")),
        Question("Licence", "Its SPDX id, such as CC-BY-4.0, or unknown.", _text("licence")),
        Question("Access", "What it takes to get it.", _choice("access"), "dropdown",
                 options=_accepted(schema.Tool, "access")),
        Question("Sources", f"What the facts rest on. {_SOURCE_HINT}", _sources, "textarea"),
        _CONTENT_NOTE,
        Question("Text", "What it is and how it can be used, in your own words. Markdown; no pictures, no HTML.",
                 _nothing, "textarea", section=""),
        _AGREEMENT,
    ),
    "case-study": (
        _LANGUAGE, _TITLE, ID, *_ORIGINAL, _SUMMARY, _THEMES, *_WHERE_AND_FOR_WHOM, *_PLACE,
        _organisations("Who ran it."),
        Question("Partners", "One a line: name, or name | role.", _partners, "textarea"),
        Question("Funders", "One a line.", _list("funders"), "textarea"),
        Question("Years", "When it ran: 2012, 2012-2015, since 2012.", _years),
        Question("Cost", "Digits, a currency's code and, if it is known, the year.", _cost,
                 placeholder="250000 USD 2008"),
        Question("Evidence", "What a source states that the results rest on, never what you conclude.",
                 _choice("evidence"), "dropdown", options=_accepted(schema.CaseStudy, "evidence")),
        Question("Awards", "One a line.", _list("awards"), "textarea"),
        Question("Where it can be read about", "One language a line, then the link if you know one. Never guess a "
                 "link.", _versions, "textarea"),
        Question("Sources", f"What the facts rest on: at least one. {_SOURCE_HINT}", _sources, "textarea",
                 required=True, placeholder="Report on the night line | Town of Petiteville | 2015 | p. 3-9"),
        _CONTENT_NOTE,
        *(Question(section, "In your own words. Markdown; no pictures, no HTML.", _nothing, "textarea",
                   section=section) for section in SECTIONS),
        _AGREEMENT,
    ),
}
"""Kind of record -> the questions of its form, in their order."""
