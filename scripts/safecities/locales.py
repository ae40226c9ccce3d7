"""What depends on the reader's language: messages, plural forms, dates, names of languages, writing direction.

In: a BCP 47 tag, and the gettext catalogues in ``locale/<tag>/LC_MESSAGES/messages.po`` (with _ for -, as
gettext wants it; read as they are: no compiled copy can be out of date). Out: translations, and CLDR's data through
Babel.
"""

import difflib
import functools
import gettext
import io
import unicodedata
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from importlib import resources
from importlib.resources.abc import Traversable

import babel
import babel.dates
import babel.numbers
import langcodes
from babel.messages import mofile, pofile

DOMAIN = "messages"

SOURCE_LANGUAGE = "en"
"""The language in which messages are written in the code and templates."""

_RIGHT_TO_LEFT = frozenset({"Adlm", "Arab", "Hebr", "Mand", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa", "Yezi"})
"""ISO 15924 codes of living scripts that run right to left."""

_SAMPLES = (0, 1, 2, 3, 5, 6, 7, 11, 21, 100, 101, 1_000_000)
"""Numbers that between them fall into every plural category of every language in CLDR."""


@functools.cache
def cldr(tag: str) -> babel.Locale:
    """CLDR's data for a language, or for the nearest one that CLDR knows, at last English."""
    parts = tag.split("-")
    while parts:
        try:
            return babel.Locale.parse("-".join(parts), sep="-")
        except (babel.UnknownLocaleError, ValueError):
            parts.pop()
    return babel.Locale("en")


@functools.cache
def script(tag: str) -> str:
    """The ISO 15924 code of the script in which a language is written: CLDR's likely one, if none is given."""
    return langcodes.get(tag).maximize().script or ""


@functools.cache
def direction(tag: str) -> str:
    """``rtl`` or ``ltr``, from the script in which the language is written."""
    return "rtl" if script(tag) in _RIGHT_TO_LEFT else "ltr"


@functools.cache
def with_territory(tag: str) -> str:
    """A language with the territory where most speak it, as Open Graph wants it: ``es_ES`` for es."""
    likely = langcodes.get(tag).maximize()
    return f"{likely.language}_{likely.territory}"


LONGEST_TAG = 100
"""Characters of a language tag; real ones have at most 35, and langcodes recurses once a part."""


@functools.lru_cache(maxsize=1024)
def is_language_tag(text: str) -> bool:
    """Whether a text is a well-formed BCP 47 tag whose parts are registered."""
    return len(text) <= LONGEST_TAG and langcodes.tag_is_valid(text) and "_" not in text


@functools.cache
def language_name(tag: str, lang: str) -> str:
    """The name of the language ``tag`` in the language ``lang``: ``language_name("fr", "es")`` is francés."""
    names = cldr(lang).languages
    return names.get(tag.replace("-", "_")) or names.get(langcodes.get(tag).language or "") or tag


@functools.cache
def long_date(day: date, lang: str) -> str:
    """A date as the language writes it out: 30 octobre 2010. English without a region is British here."""
    return babel.dates.format_date(day, "long", locale=cldr("en-GB" if lang == "en" else lang))


def money(amount: Decimal, currency: str, lang: str) -> str:
    """An amount in a currency (ISO 4217) as the language writes it; cents only where there are some."""
    pattern = cldr(lang).currency_formats["standard"]
    whole = amount == amount.to_integral_value()
    if whole:
        pattern = babel.numbers.parse_pattern(pattern.pattern.replace(".00", ""))
    return str(pattern.apply(amount, cldr(lang), currency=currency, currency_digits=not whole))


@functools.lru_cache(maxsize=256)
def _po(tag: str) -> tuple[str, Traversable] | None:
    for name in dict.fromkeys((tag.replace("-", "_"), tag.split("-")[0])):
        path = resources.files("safecities") / "locale" / name / "LC_MESSAGES" / f"{DOMAIN}.po"
        if path.is_file():
            return name, path
    return None


def has_catalogue(tag: str) -> bool:
    """Whether there is a catalogue of messages for a language (or for the language without its region)."""
    return _po(tag) is not None


@functools.cache
def catalogues() -> tuple[str, ...]:
    """The languages for which there are messages, the language of the code first."""
    folders = (resources.files("safecities") / "locale").iterdir()
    tags = (folder.name.replace("_", "-") for folder in folders if folder.is_dir())
    return (SOURCE_LANGUAGE, *sorted(filter(has_catalogue, tags)))


@functools.lru_cache(maxsize=1024)
def language_named(text: str) -> str | None:
    """The tag of the language that may be meant by its name, in itself or in a language of the messages."""
    wanted = text.strip().casefold()
    tag = wanted.replace("_", "-")
    if is_language_tag(tag):
        return langcodes.get(tag, normalize=False).to_tag()
    names = {known.casefold(): tag for lang in catalogues() for tag, known in cldr(lang).languages.items()
             if known[:1].casefold() == wanted[:1]}
    near = difflib.get_close_matches(wanted, names, n=1, cutoff=0.8)
    return names[near[0]].replace("_", "-") if near else None


@functools.cache
def catalogue(tag: str) -> gettext.NullTranslations:
    """The messages in a language; where a message or the whole catalogue is missing, the English text."""
    found = _po(tag)
    if found is not None:
        name, path = found
        messages = pofile.read_po(io.BytesIO(path.read_bytes()), locale=name)
        compiled = io.BytesIO()
        mofile.write_mo(compiled, messages)
        compiled.seek(0)
        return gettext.GNUTranslations(compiled)
    return gettext.NullTranslations()


def plural_forms(lang: str, one: str, many: str) -> Mapping[str, str]:
    """CLDR plural category -> the message in that form, for scripts that count with ``Intl.PluralRules``.

    ``one`` and ``many`` are the English message ids; the forms keep their ``%(n)s``.
    """
    translations, rule = catalogue(lang), cldr(lang).plural_form
    forms: dict[str, str] = {}
    for number in _SAMPLES:
        forms.setdefault(rule(number), translations.ngettext(one, many, number))
    return {**forms, "other": forms.get("other") or translations.ngettext(one, many, 100)}


@functools.lru_cache(maxsize=65536)
def sort_key(text: str, lang: str) -> tuple[str, str]:
    """A key that sorts titles as a reader expects: without regard to case, accents, and quotes at the beginning.

    Not the Unicode Collation Algorithm, but right for the letters of the site's languages, whose base letters stand
    in Unicode in the order of their alphabets (ñ, which Spanish puts after n, sorts with n).
    """
    bare = text.lstrip(" \"'«»“”‘’([¿¡").lower()
    if lang.split("-")[0] == "ar":
        bare = bare.removeprefix("ال")
    if not bare.isascii():
        bare = "".join(c for c in unicodedata.normalize("NFKD", bare) if not unicodedata.combining(c))
    return bare, text
