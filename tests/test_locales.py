"""The interface's words, and what depends on the reader's language."""

import io
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from importlib import resources
from pathlib import Path

import pytest
from babel.messages import Catalog, Message, extract, pofile
from babel.messages.frontend import parse_keywords, parse_mapping_cfg

from loaded import PROJECT
from safecities import locales
from safecities.site import extract_sections, load_site

LOCALE = PROJECT / "scripts" / "safecities" / "locale"
TRANSLATED = [tag for tag in locales.catalogues() if tag != locales.SOURCE_LANGUAGE]
KEYWORDS = {**extract.DEFAULT_KEYWORDS, **parse_keywords(["forms:1,2"])}


def read(name: str, lang: str | None = None) -> Catalog:
    return pofile.read_po(io.BytesIO((LOCALE / name).read_bytes()), locale=lang, abort_invalid=True)


def messages(catalogue: Catalog) -> dict[object, Message]:
    return {message.id: message for message in catalogue if message.id}


TEMPLATE = messages(read("messages.pot"))


@pytest.fixture(scope="module")
def catalogues() -> dict[str, Catalog]:
    return {tag: read(f"{name}/LC_MESSAGES/messages.po", name)
            for tag in TRANSLATED for name in [tag.replace("-", "_")]}


def extracted() -> Iterator[object]:
    """What ``make messages`` would collect today."""
    with (PROJECT / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    for folder in ("scripts", "overrides"):
        rules = [(pattern.removeprefix(f"{folder}/"), method) for pattern, method in methods
                 if pattern.startswith(f"{folder}/")]
        settings = {pattern.removeprefix(f"{folder}/"): option for pattern, option in options.items()}
        for found in extract.extract_from_dir(PROJECT / folder, rules, settings, keywords=KEYWORDS):
            yield found[2]
    with (PROJECT / "mkdocs.yml").open("rb") as file:
        yield from (found[1] for found in extract.extract(dict(methods)["mkdocs.yml"], file))


def test_the_template_of_messages_is_up_to_date() -> None:
    assert set(extracted()) - set(TEMPLATE) == set(), "run: make messages"
    assert set(TEMPLATE) - set(extracted()) == set(), "run: make messages"


def test_every_language_of_the_site_has_a_catalogue() -> None:
    tags = [tag for tag in load_site(PROJECT).tags if tag != locales.SOURCE_LANGUAGE]
    assert {"es", "fr", "ar"} <= set(tags) <= set(TRANSLATED)


@pytest.mark.parametrize("lang", TRANSLATED)
def test_every_message_is_translated(lang: str, catalogues: dict[str, Catalog]) -> None:
    found = messages(catalogues[lang])
    missing = [name for name in TEMPLATE if name not in found or not found[name].string
               or not all(forms(found[name]))]
    assert missing == []


@pytest.mark.parametrize("lang", TRANSLATED)
def test_no_message_is_left_over_or_fuzzy(lang: str, catalogues: dict[str, Catalog]) -> None:
    found = messages(catalogues[lang])
    assert [name for name, message in found.items() if message.fuzzy] == []
    assert [name for name in found if name not in TEMPLATE] == []


@pytest.mark.parametrize("lang", TRANSLATED)
def test_every_plural_has_all_forms_of_its_language(lang: str, catalogues: dict[str, Catalog]) -> None:
    wrong = [message.id for message in catalogues[lang]
             if isinstance(message.id, tuple) and len(forms(message)) != catalogues[lang].num_plurals]
    assert wrong == []


def forms(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def placeholders(text: str) -> Counter[str]:
    return Counter(re.findall(r"%\(\w+\)[a-z]|%%|\{\w*\}|<[^>]+>", text))


@pytest.mark.parametrize("lang", TRANSLATED)
def test_placeholders_are_kept(lang: str, catalogues: dict[str, Catalog]) -> None:
    wrong = []
    for name, message in messages(catalogues[lang]).items():
        wanted = placeholders(name if isinstance(name, str) else name[-1])
        texts = [placeholders(text) for text in forms(message)]
        # A form for exactly one or two things may say so in a word; the others need the number.
        if any(text - wanted for text in texts) or texts[-1] != wanted:
            wrong.append(name)
    assert wrong == []


@pytest.mark.parametrize("lang", TRANSLATED)
def test_white_space_at_the_ends_is_kept(lang: str, catalogues: dict[str, Catalog]) -> None:
    def ends(text: str) -> tuple[bool, bool]:
        return text[:1].isspace(), text[-1:].isspace()

    wrong = [name for name, message in messages(catalogues[lang]).items()
             for text in forms(message) if text and ends(text) != ends(name if isinstance(name, str) else name[0])]
    assert wrong == []


@pytest.mark.parametrize("lang", TRANSLATED)
def test_sections_of_case_studies_have_different_names(lang: str) -> None:
    from safecities.sections import SECTIONS

    names = [locales.catalogue(lang).gettext(section) for section in SECTIONS]
    assert len(set(names)) == len(SECTIONS)
    assert set(names) != set(SECTIONS)


def test_a_language_without_a_catalogue_speaks_english() -> None:
    assert not locales.has_catalogue("lv")
    assert locales.catalogue("lv").gettext("Results") == "Results"


def test_a_region_speaks_its_language() -> None:
    assert locales.has_catalogue("es-MX")
    assert locales.catalogue("es-MX").gettext("Results") == locales.catalogue("es").gettext("Results") != "Results"


def test_sections_of_the_menu_are_messages_with_their_lines() -> None:
    menu = b"nav:\n  - a.md\n  - One:\n      - Two:\n          - b.md\n      - Page: c.md\n  - Three: []\n"
    assert [row[:3] for row in extract_sections(io.BytesIO(menu), (), (), {})] == [
        (3, None, "One"), (7, None, "Three"), (4, None, "Two")]
    assert list(extract_sections(io.BytesIO(b"site_name: x"), (), (), {})) == []


def test_a_catalogue_in_a_folder_as_gettext_names_it_is_found(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "locale" / "zh_Hant" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "messages.po").write_text('msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
                                        'msgid "Results"\nmsgstr "結果"\n', encoding="utf-8")
    monkeypatch.setattr(locales.resources, "files", lambda package: tmp_path)
    locales.catalogue.cache_clear()
    try:
        assert locales.has_catalogue("zh-Hant-TW") is False
        assert locales.has_catalogue("zh-Hant")
        assert locales.catalogue("zh-Hant").gettext("Results") == "結果"
    finally:
        locales.catalogue.cache_clear()


def test_catalogues_come_with_the_package() -> None:
    assert (resources.files("safecities") / "locale" / "messages.pot").is_file()


@pytest.mark.parametrize(("tag", "direction"), [
    ("en", "ltr"), ("ar", "rtl"), ("ar-EG", "rtl"), ("he", "rtl"), ("fa", "rtl"), ("ur", "rtl"), ("yi", "rtl"),
    ("ps", "rtl"), ("pa", "ltr"), ("pa-Arab", "rtl"), ("az-Arab", "rtl"), ("ar-Latn", "ltr"), ("ru", "ltr"),
    ("zh-Hant", "ltr"), ("dv", "rtl"), ("x-own", "ltr"),
])
def test_the_direction_follows_from_the_script(tag: str, direction: str) -> None:
    assert locales.direction(tag) == direction


@pytest.mark.parametrize(("tag", "lang", "name"), [
    ("fr", "es", "francés"), ("fr", "fr", "français"), ("ar", "ar", "العربية"), ("en", "ar", "الإنجليزية"),
    ("zh-Hant", "en", "Traditional Chinese"), ("es-419", "en", "Latin American Spanish"), ("sr-Latn", "en", "Serbian"),
    ("pt-BR", "fr", "portugais brésilien"),
])
def test_languages_have_names_in_each_other(tag: str, lang: str, name: str) -> None:
    assert locales.language_name(tag, lang) == name


def test_a_language_that_cldr_does_not_know_is_called_by_its_tag() -> None:
    assert locales.language_name("x-own", "en") == "x-own"


@pytest.mark.parametrize(("tag", "name"), [
    ("en", "English"), ("es", "español"), ("ar", "العربية"), ("zh-Hant", "繁體中文"),
])
def test_a_language_has_a_name_in_itself(tag: str, name: str) -> None:
    assert locales.language_name(tag, tag) == name


@pytest.mark.parametrize(("text", "valid"), [
    ("en", True), ("es-419", True), ("zh-Hant-TW", True), ("EN", True), ("x-own", True), ("xx", False),
    ("en_GB", False), ("", False), ("english", False), ("e", False), ("en-", False), ("-en", False), ("en--GB", False),
    ("é", False),
    ("en-ZZZZZZZZZ", False), (" en", False), ("en\n", False),
])
def test_language_tags_are_told_from_other_words(text: str, valid: bool) -> None:
    assert locales.is_language_tag(text) is valid


@pytest.mark.parametrize(("lang", "text"), [
    ("fr", "30 octobre 2010"), ("es", "30 de octubre de 2010"), ("en", "30 October 2010"), ("ar", "30 أكتوبر 2010"),
])
def test_dates_are_written_out(lang: str, text: str) -> None:
    assert locales.long_date(date(2010, 10, 30), lang) == text


@pytest.mark.parametrize(("lang", "text"), [("en", "€1,200.50"), ("es", "1.200,50\xa0€"), ("fr", "1\u202f200,50\xa0€")])
def test_money_is_written_as_the_language_does(lang: str, text: str) -> None:
    assert locales.money(Decimal("1200.50"), "EUR", lang) == text


@pytest.mark.parametrize(("amount", "text"), [("250000", "$250,000"), ("250000.00", "$250,000")])
def test_empty_cents_are_left_out(amount: str, text: str) -> None:
    assert locales.money(Decimal(amount), "USD", "en") == text


@pytest.mark.parametrize(("lang", "categories"), [
    ("en", {"one", "other"}), ("ar", {"zero", "one", "two", "few", "many", "other"}), ("es", {"one", "many", "other"}),
])
def test_scripts_get_every_plural_form_of_the_language(lang: str, categories: set[str]) -> None:
    found = locales.plural_forms(lang, "%(n)s result", "%(n)s results")
    assert set(found) == categories
    assert all(found.values())


def test_titles_are_sorted_as_readers_expect() -> None:
    titles = ["Zebra", "Éclair", "“Apple”", "apricot", "Ñandú", "nube", "¿Dónde?"]
    assert sorted(titles, key=lambda title: locales.sort_key(title, "es")) == [
        "“Apple”", "apricot", "¿Dónde?", "Éclair", "Ñandú", "nube", "Zebra"]
    assert sorted(["مرصد", "البلدية", "تدقيق"], key=lambda title: locales.sort_key(title, "ar")) == [
        "البلدية", "تدقيق", "مرصد"]
