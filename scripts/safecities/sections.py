"""The sections of a case study's body, in their order, as message ids for translation."""


def _(message: str) -> str:
    """Mark a message for extraction; it is translated where it is used."""
    return message


SECTIONS: tuple[str, ...] = (_("Situation"), _("What was done"), _("Results"), _("Lessons"), _("Transfer"))

