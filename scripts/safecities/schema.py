"""The fields of records, translations and guidance pages, each stated once.

In: front matter as plain data (every scalar a string). Out: frozen, typed values, or all that is wrong with them.
From these models come validation, the JSON Schema for editors' completion, and the field reference in the docs. What a
single value may be, :mod:`safecities.values` says.
"""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from safecities.values import (
    UNIQUE,
    Amount,
    Country,
    Currency,
    Day,
    Digest,
    Distinct,
    Identifier,
    Licence,
    Line,
    Lines,
    Note,
    Pages,
    Place,
    Slugs,
    Summary,
    Tag,
    Title,
    Url,
    Year,
    YearSpan,
    choice,
)


class _Fields(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Version(_Fields):
    """A language in which the work can be read."""

    language: Tag = Field(description="The language of this version, as a BCP 47 tag.")
    url: Url | None = Field(None, description="Where it can be read; leave it out when no link is known.")
    format: Line | None = Field(None, description="What opens there: PDF, HTML, print …")
    pages: Pages | None = Field(None, description="How many pages it has.")
    title: Title | None = Field(None, description="The title of this version, in its own language.")
    archive_url: Url | None = Field(None, description="A copy in a web archive.")


class Reference(_Fields):
    """A source that the facts rest on."""

    title: Line = Field(description="The title of the source.")
    author: Line | None = Field(None, description="Who wrote it.")
    publisher: Line | None = Field(None, description="Who published it.")
    year: Year | None = Field(None, description="The year of publication, YYYY.")
    pages: Pages | None = Field(None, description="The pages used, such as 55-59.")
    url: Url | None = Field(None, description="Where it can be read.")
    language: Tag | None = Field(None, description="The language it is in.")


class Partner(_Fields):
    """Somebody who took part."""

    name: Line = Field(description="The partner's name.")
    role: Line | None = Field(None, description="What the partner did.")


class Cost(_Fields):
    """What it cost."""

    amount: Amount = Field(description="The amount, digits only.")
    currency: Currency = Field(description="The currency, as an ISO 4217 code.")
    year: Year | None = Field(None, description="The year of the prices.")
    note: Line | None = Field(None, description="What the amount covers.")


class Prose(_Fields):
    """What a translation may say anew."""

    title: Title = Field(description="The title, in the file's language; at most 200 characters.")
    summary: Summary = Field(description="One or two sentences, shown in lists and results; at most 400 characters.")
    content_note: Note | None = Field(None, description="A short neutral note, where the text describes violence.")


class Record(Prose):
    """Fields of tools and case studies alike."""

    language: Tag | None = Field(None, description="The language this file is written in; default: the site's.")
    original_title: Title | None = Field(None, description="The work's own name, when it isn't the title.")
    original_language: Tag | None = Field(None, description="The language of the work's own name.")
    themes: Annotated[Slugs, Field(min_length=1, max_length=6)] = Field(description="One to six themes.")
    audiences: Slugs = Field((), description="For whom it is useful.")
    settings: Slugs = Field((), description="Where the violence or the work happens.")
    violence_forms: Slugs = Field((), description="The forms of violence it deals with.")
    countries: Annotated[tuple[Country, ...], Distinct, UNIQUE] = Field(
        (), description="ISO 3166-1 alpha-2 codes; region and continent follow from them.")
    place: Line | None = Field(None, description="City, district or province, as the source names it.")
    coordinates: Place | None = Field(None, description="Latitude and longitude of the place, decimal degrees.")
    scope: choice("neighbourhood", "city", "metropolitan", "subnational", "national", "multinational",  # type: ignore[valid-type]
                   "global") | None = Field(None, description="How far it reaches.")
    organisations: Annotated[Lines, Field(min_length=1)] = Field(
        description="Who made or ran it; [unknown] where the source names nobody.")
    versions: tuple[Version, ...] = Field((), description="Where it can be read, one row a language.")
    sources: tuple[Reference, ...] = Field((), description="What the facts rest on.")
    related: Slugs = Field((), description="Ids of related records; shown on both sides.")
    status: choice("stub", "partial", "complete") = Field(  # type: ignore[valid-type]
        description="How much of what is known the record carries.")
    added: Day = Field(description="The day the record was added, YYYY-MM-DD.")
    reviewed: Day | None = Field(None, description="The day it was last checked against its sources.")

    @property
    def day(self) -> date:
        """The day as of which the record stands."""
        return self.reviewed or self.added


class Tool(Record):
    """A tool: something made to be used, such as a guide, an observatory or a checklist."""

    categories: Annotated[Slugs, Field(min_length=1, max_length=3)] = Field(description="One to three kinds of tool.")
    versions: tuple[Version, ...] = Field(min_length=1, description="Where it can be read, one row a language.")
    year: Year | None = Field(None, description="The year it was published or set up, YYYY.")
    years: YearSpan | None = Field(None, description="The years it ran: YYYY/YYYY, either side may be open (2002/..).")
    identifier: Identifier | None = Field(None, description="An ISBN or a DOI.")
    licence: Licence | None = Field(
        None, description="An SPDX licence id, or unknown.")
    access: choice("free", "registration", "paid", "unknown") | None = Field(  # type: ignore[valid-type]
        None, description="What it takes to get it.")


class CaseStudy(Record):
    """A case study: something done in a place, told so that others can learn from it."""

    sources: tuple[Reference, ...] = Field(min_length=1, description="What the facts rest on.")
    years: YearSpan | None = Field(None, description="The years it ran: YYYY/YYYY, either side may be open (2002/..).")
    partners: tuple[Partner, ...] = Field((), description="Who took part, and as what.")
    funders: Lines = Field((), description="Who paid for it.")
    cost: Cost | None = Field(None, description="What it cost.")
    evidence: choice("described", "self-reported", "monitored", "evaluated", "evaluated-with-comparison",  # type: ignore[valid-type]
                      "systematic-review", "unrated") = Field(
        "unrated", description="What the results rest on; never inferred.")
    awards: Lines = Field((), description="Awards it received.")


class Translation(Prose):
    """A translation of a record or a guidance page: prose only, its facts stand in the original."""

    translation: choice("machine", "draft", "reviewed") = Field(  # type: ignore[valid-type]
        description="Who stands behind it: a machine, a draft by a person, or a reviewer.")
    translated_from: Digest = Field(
        description="The digest of the text it was made from; `safecities translations --stamp` sets it.")


class Guidance(Prose):
    """A guidance page."""

    last_edited: Day = Field(description="The day the text was last edited, YYYY-MM-DD.")
    related: Slugs = Field((), description="Ids of records for the page's tab Related tools.")

    @property
    def day(self) -> date:
        """The day as of which the page stands."""
        return self.last_edited


MODELS: dict[str, type[Record]] = {"tool": Tool, "case-study": CaseStudy}
"""Kind of record -> its fields."""

VOCABULARY_FIELDS = ("categories", "themes", "audiences", "settings", "violence_forms")
"""Fields that hold terms, each of the vocabulary of the same name."""
