"""What the rule on links to headings takes for granted."""

import re
from pathlib import Path

from loaded import PROJECT
from safecities import guidance
from safecities.rules.anchors import FRAME


def test_the_ids_of_the_frame_are_those_of_the_templates() -> None:
    texts = "".join(Path(PROJECT, "overrides", name).read_text(encoding="utf-8") for name in ("base.html", "main.html"))
    assert set(re.findall(r'id="([^"{]+)"', texts)) - {"toc-title"} == FRAME


def test_headings_are_named_as_on_the_page() -> None:
    assert guidance.anchors("## What it isn't\n\n## Qué es\n\n## Qué es\n\n## مدن\n\nText.\n{: #own }\n") == {
        "what-it-isnt", "que-es", "que-es_1", "_1", "own"}
