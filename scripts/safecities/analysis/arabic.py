"""Arabic: words without their article, and light stems."""

import re

_ARTICLES = ("وال", "بال", "كال", "فال", "ولل", "ال", "لل")
_PARTICLES = ("و", "ب", "ل")
"""And, in, for: written as one word with the next."""
_SUFFIXES = ("هما", "ها", "هم", "هن", "نا", "ان", "ات", "ون", "ين", "ه")
_ADJECTIVE = ("ي",)
_BOUND = ("ات", "ت")
"""What stands before a suffix: the plural, and what ta marbuta becomes there."""
_SHORTEST = 3
"""Letters that must remain of a word when something is cut off."""
_BROKEN_PLURAL = re.compile("(م.)ا(..)")


def forms(word: str) -> tuple[str, ...]:
    """The forms by which a folded word is looked up, the likeliest first.

    Without its article; and where it begins with و, ب or ل both with and without it, for only a dictionary could tell
    وقاية (prevention) from وسلامة (and safety), or ليلة (a night) from لمدينة (for a city).
    """
    bare = _without_article(word)
    if bare == word and word.startswith(_PARTICLES) and len(word) > _SHORTEST:
        return (word, _without_article(word[1:]))
    return (bare,)


def _without_article(word: str) -> str:
    for article in _ARTICLES:
        # The longer ones leave more, so that والدة (mother) keeps its first syllable.
        if word.startswith(article) and len(word) >= 2 * len(article):
            return word[len(article) :]
    return word


def stem(form: str) -> str:
    """A light stem of a folded form without article, after light10 (Larkey, Ballesteros, Connell 2007).

    Cuts one suffix, then the ya of adjectives or of "my"; and what stood before these, the plural of سياساتنا (our
    policies) or the ta of مدينتها (her city), which is the ta marbuta of مدينة. Takes plurals such as مراصد together
    with their singular مرصد.
    """
    if not "\u0620" <= form[:1] <= "\u06ff":
        return form
    cut = _without(_ADJECTIVE, _without(_SUFFIXES, form))
    form = cut if cut == form else _without(_BOUND, cut)
    plural = _BROKEN_PLURAL.fullmatch(form)
    return plural[1] + plural[2] if plural else form


def _without(endings: tuple[str, ...], form: str) -> str:
    for ending in endings:
        if form.endswith(ending) and len(form) - len(ending) >= _SHORTEST:
            return form[: -len(ending)]
    return form
