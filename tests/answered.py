"""Issue forms as GitHub writes them when somebody has filled them in."""

from collections.abc import Mapping

from safecities.questions import AGREEMENT, QUESTIONS

TOOL = {
    "Language of your answers": "English",
    "Title": "Map of dark stops",
    "Summary": "A map on which residents mark bus stops without light.",
    "Categories": "- [ ] Guide\n- [ ] Safety audit\n- [X] Data tool",
    "Themes": "- [X] Public space\n- [ ] Public transport\n- [X] Data",
    "Countries": "Chile, France",
    "Organisations": "Vecinas de Villa Chica",
    "Year or years": "2012",
    "Where it can be read": "Spanish: https://villachica.example/mapa\nFrench",
    "Before you send it": f"- [X] {AGREEMENT}",
}
"""A tool with all that is required and a little more, for the tiny repository."""

CASE_STUDY = {
    "Language of your answers": "English",
    "Title": "Light at the stops",
    "Summary": "A town put lamps at its darkest bus stops.",
    "Themes": "- [X] Public transport",
    "Organisations": "Town of Petiteville",
    "Sources": "Report on lamps | Town of Petiteville | 2015 | p. 3-9 | https://petiteville.example/lamps.pdf",
    "Before you send it": f"- [X] {AGREEMENT}",
}
"""A case study with what is required, for the tiny repository."""

ANSWERS = {"tool": TOOL, "case-study": CASE_STUDY}


def issue(kind: str, answers: Mapping[str, str]) -> bytes:
    """The text of an issue; a question without an answer gets what GitHub puts there."""
    labels = [question.label for question in QUESTIONS[kind]]
    return "\n\n".join(f"### {label}\n\n{answers.get(label) or '_No response_'}" for label in labels).encode("utf-8")
