"""A reader of one language on one page: everything that a template may ask for, and nothing else.

In: the catalogue, a language, and the page's addresses. Out: the context of a template, with all that is the same on
every page (layout) and the words of the interface.
"""

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from safecities import addresses, facets, locales, territories
from safecities.catalogue import Catalogue, Entry, Guidance, Page, Text
from safecities.site import Language
from safecities.vocabularies import GLOSSARY


@dataclass(frozen=True)
class Switch:
    """A row of the language switcher: the same page in another language."""

    tag: str
    name: str
    address: str
    current: bool


@dataclass(frozen=True)
class Place:
    """Where a page stands: its address in every language of the site, and where its text really is in that language.

    ``text_lang`` is the language of the page's own text for this reader, ``translated`` the languages of the site in
    which there is such a text. ``section`` is the entry of the site's menu that the page belongs to.
    """

    addresses: Mapping[str, str]
    text_lang: str
    translated: tuple[str, ...]
    section: str = ""


@dataclass(frozen=True)
class Reader:
    """What templates may ask for. ``root`` replaces relative addresses where a page has no fixed one (404)."""

    catalogue: Catalogue
    lang: str
    place: Place
    root: str | None = None

    @functools.cached_property
    def address(self) -> str:
        """The address of the page that is being read, from the site's root."""
        return self.place.addresses[self.lang]

    @functools.cached_property
    def folder(self) -> str:
        """The folder of this page, from which the ways to other pages follow."""
        return self.address.rpartition("/")[0]

    def to(self, address: str) -> str:
        """The way from this page to an address of the site."""
        return self.root + address if self.root is not None else addresses.relative(address, self.address)

    def here(self, address: str) -> str:
        """The way to an address that exists per language, in the reader's language."""
        return self.to(self.catalogue.site.prefix(self.lang) + address)

    def text(self, page: Page) -> Text:
        """The text of a page or record for this reader."""
        return page.text(self.lang, self.catalogue.site.default)

    def body(self, page: Page) -> Text:
        """The text whose body this reader gets."""
        return page.body(self.lang, self.catalogue.site.default)

    def way(self, page: Page) -> str:
        """The way to a record's or guidance page's own page."""
        site = self.catalogue.site
        if isinstance(page, Entry):
            if self.root is not None:
                return self.root + addresses.record(site, page.kind, page.id, self.lang)
            return f"{addresses.way_to_records(site.prefix(self.lang), page.kind, self.folder)}{page.id}.html"
        return self.to(addresses.guidance(site, page.id, self.lang))

    def term_way(self, kind: str, facet: str, value: str) -> str:
        """The way to the plain list of a facet's value."""
        return self.to(addresses.term_list(self.catalogue.site, kind, facet, value, self.lang))

    def term(self, vocabulary: str, term: str) -> str:
        """The label of a term."""
        return self.catalogue.label(vocabulary, term, self.lang)

    def definition(self, vocabulary: str, term: str) -> str:
        """The definition of a term in the reader's language, else in the default one; may be empty."""
        found = self.catalogue.vocabularies[vocabulary].terms[term].definition
        return found.get(self.lang) or found.get(self.catalogue.site.default) or ""

    @property
    def glossary(self) -> list[tuple[str, str]]:
        """The glossary's terms and their labels, in the order of the labels in the reader's language."""
        found = [(name, self.term(GLOSSARY, name)) for name in self.catalogue.glossary]
        return sorted(found, key=lambda row: locales.sort_key(row[1], self.lang))

    def facet(self, name: str, value: str) -> str:
        """The label of a facet's value."""
        return facets.NAMED[name].label(self.catalogue, value, self.lang)

    def money(self, amount: Decimal, currency: str) -> str:
        """An amount of money as the language writes it."""
        return locales.money(amount, currency, self.lang)

    def territory(self, code: str) -> str:
        """The name of a country or region."""
        return territories.name(code, self.lang)

    def language(self, tag: str) -> str:
        """The name of a language in the reader's one."""
        return locales.language_name(tag, self.lang)

    @property
    def languages(self) -> Mapping[str, tuple[str, str]]:
        """The languages of the site: names in the reader's one, and directions."""
        return {tag: (self.language(tag), locales.direction(tag)) for tag in self.catalogue.site.tags}

    def date(self, day: date) -> str:
        """A date, written out."""
        return locales.long_date(day, self.lang)

    def foreign(self, text: Text) -> bool:
        """Whether a text is in another language than the page, and so needs a lang and dir of its own."""
        return text.lang != self.lang

    @property
    def switcher(self) -> tuple[Switch, ...]:
        """The same page in every language of the site."""
        return tuple(Switch(language.tag, language.name, self.to(self.place.addresses[language.tag]),
                            language.tag == self.lang) for language in self.catalogue.site.languages)

    @property
    def available(self) -> tuple[Language, ...]:
        """The languages of the site in which this page's text can be read."""
        return tuple(language for language in self.catalogue.site.languages if language.tag in self.place.translated)

    @property
    def canonical(self) -> str:
        """The absolute address of the page that holds this text in its own language; empty without a site address."""
        site = self.catalogue.site
        return addresses.absolute(site, self.place.addresses.get(self.place.text_lang) or self.address)

    @property
    def card(self) -> str:
        """The absolute address of the picture that stands beside links to this page; empty without a site address."""
        address = addresses.card(self.catalogue.site, self.place.section, self.lang)
        return addresses.absolute(self.catalogue.site, address) if address else ""

    @property
    def alternates(self) -> tuple[tuple[str, str], ...]:
        """Pairs of hreflang and absolute address, ``x-default`` last; none for a page in a language not its text's."""
        site = self.catalogue.site
        if not site.url or self.place.text_lang != self.lang:
            return ()
        pairs = [(tag, addresses.absolute(site, self.place.addresses[tag])) for tag in site.tags
                 if tag in self.place.translated]
        return (*pairs, ("x-default", pairs[0][1])) if pairs else ()

    def context(self, **more: Any) -> dict[str, Any]:
        """The context of a template: the reader, and what this page adds."""
        return {"reader": self, "site": self.catalogue.site, "catalogue": self.catalogue, "lang": self.lang, **more}


def words(lang: str) -> dict[str, Any]:
    """What every template of a language may use, macros too: the words of the interface and the way they run."""
    messages = locales.catalogue(lang)
    return {"_": messages.gettext, "ngettext": messages.ngettext, "direction": locales.direction,
            "with_territory": locales.with_territory,
            "forms": lambda one, many: dict(locales.plural_forms(lang, one, many))}


def place_of(catalogue: Catalogue, page: Entry | Guidance, lang: str, section: str) -> Place:
    """Where a record or a guidance page stands for a reader of ``lang``."""
    site = catalogue.site
    by_language = {tag: addresses.record(site, page.kind, page.id, tag) if isinstance(page, Entry)
                   else addresses.guidance(site, page.id, tag) for tag in site.tags}
    return Place(by_language, page.text(lang, site.default).lang,
                 tuple(tag for tag in site.tags if tag in page.texts), section)


def place_in_all(catalogue: Catalogue, path: str, lang: str, section: str) -> Place:
    """Where a page stands that exists in every language, such as a list; ``path`` is its address without a language."""
    site = catalogue.site
    return Place({tag: site.prefix(tag) + path for tag in site.tags}, lang, site.tags, section)
