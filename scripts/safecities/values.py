"""What one value of a field may be, each kind stated once: its check, what it becomes, and its JSON Schema.

In: a text, as front matter has it. Out: a typed value, or an error that says what is accepted and what may be meant.
Vocabulary terms and record ids are only checked for their form here; whether they exist, the rules know.
"""

import contextlib
import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, NamedTuple

import langcodes
import pycountry
from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression
from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError
from stdnum import isbn

from safecities import locales, territories
from safecities.problems import nearest, shown
from safecities.records.files import SLUG

FIRST_YEAR, LAST_YEAR = 1500, 2100

URL_SCHEMES = ("https", "http", "mailto", "tel")

REPEATED = "repeated"
"""The type of the error that an entry of a list stands twice; which ones do, :mod:`safecities.fields` tells."""

LICENCES = ("unknown", "CC0-1.0", "CC-BY-4.0", "CC-BY-SA-4.0", "CC-BY-ND-4.0", "CC-BY-NC-4.0", "CC-BY-NC-SA-4.0",
            "CC-BY-NC-ND-4.0")
"""Licences that works of this kind often have, for hints; every SPDX id is accepted."""


class Years(NamedTuple):
    """A span of years; ``None`` is an open side."""

    start: int | None
    end: int | None


class Coordinates(NamedTuple):
    """A place on WGS 84, in decimal degrees."""

    lat: float
    lon: float


def _wrong(message: str) -> PydanticCustomError:
    return PydanticCustomError("value", "{message}", {"message": message})


def _text(value: str) -> str:
    if not value.strip():
        raise _wrong("is empty; write something or delete the line")
    if "\n" in value.strip():
        raise _wrong(f"must be one line; write it without line breaks: {shown(' '.join(value.split()))}")
    return value.strip()


def _meant(*values: str | None) -> str:
    """A hint that offers ready-made values, or an empty text."""
    offered = [f"`{value}`" for value in dict.fromkeys(values) if value]
    return f"; did you mean {' or '.join(offered)}?" if offered else ""


def _year(value: object) -> int:
    text = str(value)
    if not re.fullmatch(r"[0-9]{4}", text) or not FIRST_YEAR <= int(text) <= LAST_YEAR:
        hint = (f"; several years go into `years`{_meant(_span(text))}" if _span(text)
                else _meant(str(int(text)) if text.isdecimal() and not text.isascii() else None))
        raise _wrong(f"{shown(text)} is no year; accepted is YYYY from {FIRST_YEAR} to {LAST_YEAR}, such as 2008{hint}")
    return int(text)


def _span(text: str) -> str | None:
    """What may be meant by ``2008-2010`` or ``since 2008``."""
    years = re.findall(r"(?<![0-9])[0-9]{4}(?![0-9])", text)
    if len(years) == 2 and years[0] <= years[1]:
        return "/".join(years)
    return f"{years[0]}/.." if len(years) == 1 and re.search(r"(?i)since|from|[-–—/]\s*$", text) else None


def _years(value: object) -> Years:
    text = str(value)
    match = re.fullmatch(r"([0-9]{4}|\.\.)/([0-9]{4}|\.\.)", text)
    if match is None or text == "../..":
        whole = f"{text}/{text}" if re.fullmatch(r"[0-9]{4}", text) else None
        raise _wrong(f"{shown(text)} is no span of years; accepted is YYYY/YYYY, either side may be open: 2002/.."
                     f"{_meant(whole, _span(text))}")
    start, end = (None if side == ".." else _year(side) for side in match.groups())
    if start is not None and end is not None and start > end:
        raise _wrong(f"{shown(text)} ends before it begins")
    return Years(start, end)


def _date(value: object) -> date:
    text = str(value)
    try:
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        raise _wrong(f"{shown(text)} is no date; accepted is YYYY-MM-DD, such as 2010-10-30"
                     f"{_meant(*_dates(text))}") from None


_DATES = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%d %B %Y", "%B %d, %Y",
          "%d %b %Y")


def _dates(text: str) -> list[str]:
    """The dates that people may mean who write them in another way: 1/2/2026 is one of two."""
    found = []
    for style in _DATES:
        with contextlib.suppress(ValueError):
            found.append(datetime.strptime(text.strip(), style).date().isoformat())
    return found


def _language(value: str) -> str:
    if not locales.is_language_tag(value):
        hint = "; each language has a row of its own" if "," in value else _meant(locales.language_named(value))
        raise _wrong(f"{shown(value)} is no BCP 47 language tag; accepted are tags such as en, es, pt-BR, zh-Hant"
                     f"{hint}")
    # Tags are the same in capitals and small letters; two spellings of one language would be two languages in lists.
    return langcodes.get(value, normalize=False).to_tag()


def _country(value: str) -> str:
    if value not in territories.countries():
        hint = _meant(territories.country_named(value)) or "; accepted are codes such as AR, FR, NO"
        raise _wrong(f"{shown(value)} is no ISO 3166-1 alpha-2 code{hint}")
    return value


def _currency(value: str) -> str:
    codes = [currency.alpha_3 for currency in pycountry.currencies]
    if value not in codes:
        raise _wrong(f"{shown(value)} is no ISO 4217 code; accepted are codes such as CAD, EUR, USD"
                     f"{nearest(value, codes)}")
    return value


def _amount(value: object) -> Decimal:
    text = str(value)
    try:
        if not re.fullmatch(r"[0-9]{1,15}(\.[0-9]{1,2})?", text):
            raise InvalidOperation
        return Decimal(text)
    except InvalidOperation:
        raise _wrong(f"{shown(text)} is no amount; accepted are digits with at most two decimals: 1250000") from None


def _coordinates(value: object) -> Coordinates:
    match = re.fullmatch(r"(-?[0-9]{1,2}(?:\.[0-9]{1,6})?), *(-?[0-9]{1,3}(?:\.[0-9]{1,6})?)", str(value))
    if match is None:
        raise _wrong(f"{shown(value)} is no place; accepted is `lat, lon` in decimal degrees, each with at most six "
                     f"decimals: -32.95, -60.64{_meant(_decimal_degrees(str(value)))}")
    lat, lon = (float(part) for part in match.groups())
    if abs(lat) > 90 or abs(lon) > 180:
        raise _wrong(f"{shown(value)}: latitude goes from -90 to 90, longitude from -180 to 180")
    return Coordinates(round(lat, 2) + 0.0, round(lon, 2) + 0.0)  # + 0.0: no negative zero


_DEGREES = re.compile(r"([0-9]{1,3})(?:[.,]([0-9]{1,6}))?\s*°?\s*([NSEWO]?)", re.IGNORECASE)


def _decimal_degrees(text: str) -> str | None:
    """What may be meant by ``48,85, 2,35``, ``59.91 N, 10.75 E`` or ``160.1, 10``, longitude first."""
    whole = re.fullmatch(rf"\s*(-?)\s*{_DEGREES.pattern}[\s,;/]+(-?)\s*{_DEGREES.pattern}\s*", text, re.IGNORECASE)
    if whole is None or len(text) > 60:
        return None
    groups = whole.groups("")
    found = [(sign == "-" or letter.upper() in tuple("SWO"), float(f"{degrees}.{decimals or 0}"), letter.upper())
             for sign, degrees, decimals, letter in (groups[:4], groups[4:])]
    if found[0][2] in tuple("EWO") or (not found[0][2] and found[0][1] > 90):
        found.reverse()
    if found[0][1] > 90 or found[1][1] > 180:
        return None
    return ", ".join(f"{-size if negative and size else size:g}" for negative, size, _ in found)


_URL = re.compile(r"https?://[^\s<>\"\\^`{|}/?#]+(?:[/?#][^\s<>\"\\^`{|}]*)?", re.IGNORECASE)


def _url(value: str) -> str:
    if not _URL.fullmatch(value):
        address = re.search(r"https?://[^\s<>)\]]+|www\.[^\s<>)\]]+", value.strip().replace(" ", "%20"))
        found = address[0] if address and "://" in address[0] else f"https://{address[0]}" if address else ""
        raise _wrong(f"{shown(value)} is no web address; accepted are addresses that begin with https:// or http:// "
                     f"and hold no spaces and none of <>\"\\^`{{|}}{_meant(found if _URL.fullmatch(found) else None)}")
    return value


def _identifier(value: str) -> str:
    bare = re.sub(r"^(?:ISBN(?:-1[03])?:?\s*|(?:https?://(?:dx\.)?doi\.org/|doi:?\s*))", "", value, flags=re.IGNORECASE)
    if re.fullmatch(r"10\.[0-9]{4,9}/\S+", bare):
        return f"doi:{bare}"
    if re.fullmatch(r"[0-9Xx \-]{10,17}", bare):
        if not isbn.is_valid(bare):
            raise _wrong(f"{shown(value)}: the check digit of this ISBN is wrong; compare it with the book")
        return f"ISBN {isbn.format(isbn.compact(bare))}"
    raise _wrong(f"{shown(value)} is neither an ISBN (10 or 13 digits) nor a DOI (10.1234/…)")


def _licence(value: str) -> str:
    if value == "unknown":
        return value
    try:
        return str(canonicalize_license_expression(value))
    except InvalidLicenseExpression:
        raise _wrong(f"{shown(value)} is no SPDX licence id; accepted are ids such as CC-BY-4.0, or unknown"
                     f"{nearest(value, LICENCES)}") from None


def _slug(value: str) -> str:
    if not SLUG.fullmatch(value):
        if re.search("[,;]", value):
            hint = "; between two entries stands a comma"
        else:
            last = value.strip().rpartition("/")[2].removesuffix(".md")
            folded = unicodedata.normalize("NFKD", last).encode("ascii", "ignore").decode().lower()
            hint = _meant("-".join(re.findall("[a-z0-9]+", folded)))
        raise _wrong(f"{shown(value)} is no id; accepted are small letters a-z, digits and single hyphens{hint}")
    return value


def is_digest(value: object) -> bool:
    """Whether a value has the form of a digest."""
    return isinstance(value, str) and bool(re.fullmatch(r"[0-9a-f]{12}", value))


def _digest(value: str) -> str:
    if not is_digest(value):
        raise _wrong(f"{shown(value)} is no digest; run `safecities translations --stamp` on the file")
    return value


def _distinct(values: tuple[Any, ...]) -> tuple[Any, ...]:
    if len(set(values)) < len(values):
        raise PydanticCustomError(REPEATED, "an entry stands twice")
    return values


def _one_of(*accepted: str) -> Callable[[str], str]:
    def check(value: str) -> str:
        if value not in accepted:
            found = f"{shown(value)} is not accepted" if value.strip() else "is empty"
            raise _wrong(f"{found}; accepted are {', '.join(accepted)}"
                         f"{nearest(value, accepted)}")
        return value
    return check


class Choice(NamedTuple):
    """A note on a field that it accepts these words."""

    accepted: tuple[str, ...]


def choice(*accepted: str) -> Any:
    """The type of a text that is one of a few."""
    return Annotated[str, AfterValidator(_one_of(*accepted)), WithJsonSchema({"enum": list(accepted)}),
                     Choice(accepted)]


def in_brackets(value: object) -> str:
    """A value as one line of front matter has it, for messages."""
    match value:
        case list():
            return f"[{', '.join(map(in_brackets, value))}]"
        case dict():
            return f"{{{', '.join(f'{name}: {in_brackets(part)}' for name, part in value.items())}}}"
        case _:
            return str(value)


def _scalar(function: Callable[..., Any], pattern: str, words: str, *types: str,
            ) -> tuple[BeforeValidator, WithJsonSchema]:
    def check(value: object) -> Any:
        if isinstance(value, list | dict):
            plain = isinstance(value, list) and value and all(isinstance(part, str) for part in value)
            hint = f"; did you mean {shown(', '.join(value))}?" if plain else ""
            raise _wrong(f"must be one text, not a list or several fields: {shown(in_brackets(value))}{hint}")
        return function(value)
    limits = {"integer": {"minimum": FIRST_YEAR, "maximum": LAST_YEAR}, "number": {"minimum": 0, "maximum": 10**15 - 1}}
    described: dict[str, Any] = {"type": ["string", *types] if types else "string", "pattern": pattern,
                                 "$comment": words}
    return BeforeValidator(check), WithJsonSchema(described | limits.get("".join(types), {}))


# Patterns are what Python's and a browser's regular expressions have in common. What a pattern cannot say (check
# digits, registered languages, days that there are, cents), only the validator knows.
_SOMETHING_IN_ONE_LINE = r"^\s*\S([^\n]*\S)?\s*$"
_YEAR = "(1[5-9][0-9]{2}|20[0-9]{2}|2100)"
_DECIMALS = r"(\.[0-9]{1,6})?"
_LATITUDE = rf"-?(90(\.0{{1,6}})?|[0-8]?[0-9]{_DECIMALS})"
_LONGITUDE = rf"-?(180(\.0{{1,6}})?|(1[0-7][0-9]|0?[0-9]{{1,2}}){_DECIMALS})"


def _at_most(limit: int, *types: str) -> tuple[AfterValidator, Any, WithJsonSchema]:
    described: dict[str, Any] = {"type": ["string", *types] if types else "string"}
    return AfterValidator(_text), Field(max_length=limit), WithJsonSchema(
        {**described, "pattern": _SOMETHING_IN_ONE_LINE, "maxLength": limit})


Line = Annotated[str, *_at_most(300)]
Title = Annotated[str, *_at_most(200)]
Summary = Annotated[str, *_at_most(400)]
Note = Annotated[str, *_at_most(300)]
# For editors, which read YAML's own types, `pages: 48` is a number.
Pages = Annotated[str, *_at_most(300, "integer")]
Year = Annotated[int, *_scalar(_year, f"^{_YEAR}$", "a year of four digits, such as `2008`", "integer")]
YearSpan = Annotated[Years, *_scalar(_years, rf"^({_YEAR}/({_YEAR}|\.\.)|\.\./{_YEAR})$",
                                      "two years, such as `2002/2010`, or `2002/..` where it goes on")]
Day = Annotated[date, *_scalar(_date, "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$",
                                "a day as year-month-day, such as `2010-10-30`")]
Amount = Annotated[Decimal, *_scalar(_amount, r"^[0-9]{1,15}(\.[0-9]{1,2})?$", "digits only, such as `1250000`",
                                     "number")]
Place = Annotated[Coordinates, *_scalar(_coordinates, f"^{_LATITUDE}, *{_LONGITUDE}$",
                                         "latitude and longitude in decimal degrees, such as `-32.95, -60.64`")]
Tag = Annotated[str, AfterValidator(_language), WithJsonSchema(
    {"type": "string", "pattern": "^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$",
     "$comment": "the code of a language (BCP 47), such as `en`, `es`, `pt-BR`"})]
Country = Annotated[str, AfterValidator(_country), WithJsonSchema({
    "enum": sorted(territories.countries()),
    "$comment": "two-letter codes of countries (ISO 3166-1), such as `AR`, `FR`, `NO`"})]
Currency = Annotated[str, AfterValidator(_currency), WithJsonSchema({"enum": sorted(
    currency.alpha_3 for currency in pycountry.currencies),
    "$comment": "the three-letter code of a currency (ISO 4217), such as `CAD`, `EUR`"})]
Url = Annotated[str, AfterValidator(_url), WithJsonSchema({"type": "string", "pattern": f"^{_URL.pattern}$".replace(
    "https?", "[Hh][Tt][Tt][Pp][Ss]?"), "$comment": "a full address that begins with `https://` or `http://`"})]
Slug = Annotated[str, AfterValidator(_slug), WithJsonSchema({
    "type": "string", "pattern": f"^{SLUG.pattern}$", "$comment": "ids of records (their files' names without `.md`)"})]
# An ISBN without hyphens is a number for editors.
Identifier = Annotated[str, AfterValidator(_identifier), WithJsonSchema({
    "type": ["string", "integer"], "minimum": 10**12, "maximum": 10**13 - 1,
    "pattern": r"^([Ii][Ss][Bb][Nn](-1[03])?:?\s*)?[0-9Xx \-]{10,17}$|10\.[0-9]{4,9}/\S+$",
    "$comment": "an ISBN of 10 or 13 digits, or a DOI such as `10.1234/abc`"})]
# The common ones for completion; every SPDX expression is accepted.
Licence = Annotated[str, AfterValidator(_licence), WithJsonSchema({"anyOf": [
    {"enum": list(LICENCES)}, {"type": "string", "pattern": "^[A-Za-z0-9.+() -]+$"}],
    "$comment": "a licence's short name from the SPDX list, such as `CC-BY-4.0`, or `unknown`"})]
Digest = Annotated[str, AfterValidator(_digest), WithJsonSchema({
    "type": "string", "pattern": "^[0-9a-f]{12}$", "$comment": "12 digits and letters, which a command writes"})]
Distinct = AfterValidator(_distinct)
UNIQUE = Field(json_schema_extra={"uniqueItems": True})
Lines = Annotated[tuple[Line, ...], Distinct, UNIQUE]
Slugs = Annotated[tuple[Slug, ...], Distinct, UNIQUE]
