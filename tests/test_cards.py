"""Social cards: as large as they should be, nothing cut off, Arabic letters joined."""

import io
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from built import FOUR, LANGUAGES
from loaded import Loaded
from safecities import addresses, cards
from safecities.pages import Renderer

Load = Callable[[], Loaded]

PAPER = (0xFB, 0xF8, 0xF3)
FLOOR = 600
"""Above this row there is paper, where nothing is drawn."""


@pytest.fixture
def renderer(tiny: Path, load: Load) -> Renderer:
    shutil.copytree(FOUR, tiny, dirs_exist_ok=True)
    return Renderer(load().catalogue)


def drawn(renderer: Renderer, lang: str) -> dict[str, Image.Image]:
    return {address: Image.open(io.BytesIO(data)).convert("RGB")
            for address, data in cards.of_language(renderer, lang)}


def ink(picture: Image.Image, top: int = 0) -> tuple[int, int, int, int]:
    """The box around what is drawn between a row and the floor: left, top, right, bottom."""
    part = picture.crop((0, top, picture.width, FLOOR))
    marks = Image.new("L", part.size)
    marks.putdata([pixel != PAPER for pixel in part.get_flattened_data()])
    box = marks.getbbox()
    assert box is not None
    return box


def test_each_language_and_section_has_a_card_of_its_own_and_nothing_is_cut_off(renderer: Renderer) -> None:
    found = {address: picture for lang in LANGUAGES for address, picture in drawn(renderer, lang).items()}
    assert set(found) == {f"assets/cards/{section}.{lang}.png" for section in addresses.CARDS for lang in LANGUAGES}
    assert {picture.size for picture in found.values()} == {(1200, 630)}
    assert len({picture.tobytes() for picture in found.values()}) == len(found)
    for address, picture in found.items():
        left, _, right, bottom = ink(picture)
        assert left > 80, address
        assert right < 1120, address
        assert bottom < FLOOR - 10, address


def test_arabic_begins_at_the_right_and_its_letters_are_joined(
        renderer: Renderer, monkeypatch: pytest.MonkeyPatch) -> None:
    def width(name: str) -> int:
        class Messages:
            def gettext(self, _: str) -> str:
                return name
        monkeypatch.setattr(cards, "messages", lambda _: Messages())
        left, _, right, _ = ink(drawn(renderer, "ar")["assets/cards/site.ar.png"], top=300)
        assert right > 1090
        return right - left

    assert width("بيت") < 0.8 * width("ب\u200cي\u200cت")  # the joiner that keeps letters apart


def test_a_language_whose_script_the_font_lacks_has_the_default_ones_card(renderer: Renderer) -> None:
    site = renderer.catalogue.site
    assert addresses.card(site, "tools", "hi") == "assets/cards/tools.en.png"
    assert list(cards.of_language(renderer, "hi")) == []
