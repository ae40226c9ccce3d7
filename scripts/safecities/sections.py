"""The sections of a case study's body, in their order, as message ids for translation."""


def _(message: str) -> str:
    """Mark a message for extraction; it is translated where it is used."""
    return message


RESULTS = _("Results")

SECTIONS: tuple[str, ...] = (_("Situation"), _("What was done"), RESULTS, _("Lessons"), _("Transfer"))
