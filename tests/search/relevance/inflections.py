"""Other forms of a word by the regular grammar of its language, for the maker of queries.

In: a word in small letters, and the words that there are. Out: those of them that are the same word in another
number, gender or form of the verb, possessive in English, in Arabic also with particles and pronouns. Written from
grammars, not from what a stemmer does, and the pairs read: a rule that joined words that are none of one another was
narrowed to endings that are surely of its kind (*-ivo, -iva*, but not every *-o, -a*, for *casa* is no *caso*).
"""

import re
from collections.abc import Collection, Iterator, Sequence

Paradigm = tuple[str, Sequence[str]]
"""How the stem of a word looks (a regular expression), and the endings with which it makes forms of one word."""


def _each(stem: str, *paradigms: str) -> list[Paradigm]:
    return [(stem, endings.split()) for endings in paradigms]


ENGLISH: list[Paradigm] = [
    # Nouns: way ways, hall halls; bus buses, church churches; city cities; woman women.
    (r"..+([^sxzyh]|[aeou]y|[^cs]h)", ("", "s", "'s", "s'")),
    (r"..+([sxz]|[cs]h)", ("", "es", "'s")),
    (r"..+[^aeiou]", ("y", "ies", "y's")),
    (r".*", ("man", "men", "man's", "men's")),
    # Verbs: clean, walk; visit, but no unit; press, watch; change; study; plan.
    (r".+([aeiou]{2}|[aeiou][^aeiouwxy])[^aeiousxz]", ("", "s", "ed", "ing")),
    (r".+[aeiou].*[^aeiou][aeiou][^aeiousxz]", ("", "s", "ed", "ing")),
    (r".*[aeiou].*([sxz]|[cs]h)", ("", "es", "ed", "ing")),
    (r".+[aeiouy].*[^aeiou]", ("e", "es", "ed", "ing")),
    (r"..+[^aeiou]", ("y", "ies", "ied", "ying")),
    *((rf".*[^aeiou][aeiou]{letter}", ("", "s", f"{letter}ed", f"{letter}ing")) for letter in "bdgmnprt"),
]

SPANISH: list[Paradigm] = [
    # Number: calle calles; red redes; voz voces; acción acciones.
    (r"..+[aeioué]", ("", "s")),
    (r"..+[dlnrjsy]", ("", "es")),
    (r"..+", ("z", "ces")),
    *((r"..+", (accented + end, f"{plain}{end}es"))
      for accented, plain in zip("áéíóú", "aeiou", strict=True) for end in "ns"),
    # Gender and number.
    *_each(r"...+", "ado ada ados adas", "ido ida idos idas", "ivo iva ivos ivas", "oso osa osos osas",
           "ario aria arios arias", "orio oria orios orias", "ico ica icos icas", "ano ana anos anas",
           "ino ina inos inas", "ero era eros eras", "uro ura uros uras", "eño eña eños eñas", "erto erta ertos ertas",
           "dor dora dores doras", "tor tora tores toras", "és esa eses esas", "án ana anes anas"),
    # Verbs, where they are regular and no nouns; estado is the State, and estar regular in nothing.
    *_each(r"(?!est$)...+",
           "ar ando ado ada ados adas", "er iendo ido ida idos idas", "ir iendo ido ida idos idas"),
]

FRENCH: list[Paradigm] = [
    # Number: ville villes; réseau réseaux; local locaux; travail travaux.
    (r"...+[^sxz]", ("", "s")),
    (r"..+(eau|eu|ou)", ("", "x")),
    *_each(r"..+", "al aux", "ail aux"),
    # Gender and number; adverbs in -ment have neither.
    *_each(r"...+", "é ée és ées", "al ale aux ales", "el elle els elles", "ant ante ants antes",
           "ain aine ains aines", "ois oise oises", "ais aise aises", "in ine ins ines", "ien ienne iens iennes",
           "on onne ons onnes", "if ive ifs ives", "eux euse euses", "eur euse eurs euses", "teur trice teurs trices",
           "eur eure eurs eures", "er ère ers ères", "et ète ets ètes", "lic lique lics liques"),
    *_each(r"..+[^m]", "ent ente ents entes"),
    # Verbs, likewise; nouns in -té are no participles, nor is marché of marcher.
    *_each(r"(?!march$)..+[^t]", "er é ée és ées ant"),
    *_each(r"...+", "ir i ie is ies issant"),
    *_each(r"....+", "re u ue us ues ant"),
]

ARABIC: list[Paradigm] = [
    # Sound plurals and duals. A dual in -ان is left out: as often it is the end of a name.
    *_each(r"..+", "ة ات تان تين"),
    (r"....+", ("", "ون", "ين")),
    # Adjectives of relation.
    *_each(r"...+", "ي ية يون يين"),
]

PLURAL = (r"...+", ("", "ات"))
"""Of words without ة: اجتماع اجتماعات. But where there is دورة, دورات is its plural, and none of دور."""

PRONOUNS: list[Paradigm] = [
    *_each(r"..+", "ة ته تها تهم تهن تنا"),
    (r"...+", ("", "ه", "ها", "هم", "هن", "نا")),
]
"""What is attached to an Arabic noun, which has then no article."""

ARTICLES = ("ال", "وال", "بال", "لل")
PREPOSITIONS = ("و", "ب", "ل")
"""Only ever put before a word: at the beginning of one they may as well be its first letter."""


def forms(word: str, lang: str, known: Collection[str]) -> list[str]:
    """The other forms of a word that are among the known words."""
    found = _arabic(word, known) if lang == "ar" else _of(word, {"en": ENGLISH, "es": SPANISH, "fr": FRENCH}[lang])
    return sorted({form for form in found if form in known} - {word})


def _of(word: str, paradigms: Sequence[Paradigm]) -> Iterator[str]:
    for stem, endings in paradigms:
        for ending in endings:
            if word.endswith(ending) and re.fullmatch(stem, start := word.removesuffix(ending)):
                yield from (start + other for other in endings)


def _arabic(word: str, known: Collection[str]) -> Iterator[str]:
    article = next((article for article in ARTICLES if word.startswith(article) and len(word) > len(article) + 2), "")
    noun = word.removeprefix(article)
    nouns = {noun, *_of(noun, ARABIC)}
    singular = noun.removesuffix("ات") + "ة"
    if not any(before + singular in known for before in ("", *ARTICLES)):
        nouns.update(_of(noun, [PLURAL]))
    for form in nouns:
        yield from (before + form for before in ("", *ARTICLES, *PREPOSITIONS))
        yield from (before + bound for bound in _of(form, PRONOUNS) for before in ("", *PREPOSITIONS))
