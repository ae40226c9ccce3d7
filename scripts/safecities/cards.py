"""Social cards: the pictures that others show beside a link to a page, one a section of the site and language.

In: a language. Out: PNG (1200 × 630 pixels), drawn from ``overrides/cards/card.svg``. The only module that knows resvg,
which joins Arabic letters as HarfBuzz does. The font is Amiri Bold 1.002 (SIL Open Font License 1.1) as the npm package
@expo-google-fonts/amiri 0.4.1 ships it, unchanged; fonts of the machine are not looked at, so that every machine draws
the same.
"""

import textwrap
from collections.abc import Iterator
from importlib import resources

from safecities import addresses
from safecities.citation import SITE_NAME
from safecities.linked import LIST_NAMES
from safecities.locales import catalogue as messages
from safecities.locales import script
from safecities.pages import Renderer
from safecities.reader import Reader, place_in_all
from safecities.site import ADDRESS_FOLDERS

_NAMES = {"guidance": "Guidance", **{folder: LIST_NAMES[kind] for kind, folder in ADDRESS_FOLDERS.items()}}
"""The sections' names, as message ids."""

_LINE = 24
"""Characters that fit between the margins."""


def of_language(renderer: Renderer, lang: str) -> Iterator[tuple[str, bytes]]:
    """The cards of a language, address and picture of each; none if the font lacks its script."""
    import resvg_py  # only a build from nothing needs it

    site, say = renderer.catalogue.site, messages(lang).gettext
    if script(lang) not in addresses.DRAWN_SCRIPTS:
        return
    reader = Reader(renderer.catalogue, lang, place_in_all(renderer.catalogue, "", lang, ""))
    with resources.as_file(resources.files("safecities") / "data" / "Amiri-Bold.ttf") as font:
        for section in addresses.CARDS:
            drawing = renderer.plain("cards/card.svg", reader, section=section,
                                     heading=say(_NAMES[section]) if section in _NAMES else "",
                                     lines=_lines(say(SITE_NAME)))
            picture = resvg_py.svg_to_bytes(svg_string=drawing, skip_system_fonts=True, font_files=[str(font)])
            yield addresses.card(site, section, lang), bytes(picture)


def _lines(name: str) -> list[str]:
    """A name in as few lines as it needs, all about as long."""
    broken = [textwrap.wrap(name, width, break_long_words=False) for width in range(1, _LINE + 1)]
    return next(lines for lines in broken if len(lines) == len(broken[-1]))
