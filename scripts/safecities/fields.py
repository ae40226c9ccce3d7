"""Front matter against its model: typed values, or problems in editors' words with their places.

In: a :class:`~safecities.records.Source` and a model of :mod:`safecities.schema`. Out: the model's instance or
None, and a :class:`~safecities.problems.Problem` for each fault that the model finds, all at once.
"""

import re
from collections.abc import Iterator, Set
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from safecities import schema, values
from safecities.problems import Problem, nearest, shown
from safecities.records import Source
from safecities.records.strict_yaml import Path

Model = TypeVar("Model", bound=BaseModel)

RULES = {
    "missing-field": "A record has every field that its kind requires.",
    "unknown-field": "A record has no fields but those of its kind; the message names the nearest one that there is.",
    "field-value": "Every field holds what its type accepts: a date, a year, a code of the right list, one of the "
                   "words that are allowed, a text that is not too long. The field reference says which.",
    "translation-fact": "A translation holds prose only (title, summary, content note, body) and says who made it. "
                        "Every other fact stands once, in the original.",
}
"""The rules that this module applies, as editors read them."""


def check(source: Source, model: type[Model], damaged: Set[Path] = frozenset()) -> tuple[Model | None, list[Problem]]:
    """Validate the front matter of ``source``; the instance is None when there is any problem.

    What is wrong at ``damaged`` places has been told already.
    """
    try:
        return model.model_validate(source.data), []
    except ValidationError as error:
        errors = [row for row in error.errors(include_url=False, include_input=True)
                  if not any(row["loc"][:length] in damaged for length in range(len(row["loc"]) + 1))]
        return None, sorted({*_problems(source, model, errors), *_repeated(source, model)})


def _repeated(source: Source, model: type[BaseModel]) -> Iterator[Problem]:
    """Entries that stand twice in a list, each at its place, also where another entry is not sound."""
    for name, field in model.model_fields.items():
        found = source.data.get(name)
        if values.Distinct not in field.metadata or not isinstance(found, list):
            continue
        first: dict[str, int] = {}
        for at, value in enumerate(found):
            if isinstance(value, str) and value.strip():
                number = first.setdefault(value.strip(), at)
                if number != at:
                    mark = source.mark((name, at))
                    yield Problem(source.path, mark.line, mark.column, "error", f"`{name}[{at + 1}]` {shown(value)} "
                                  f"stands twice, first as `{name}[{number + 1}]`; keep one of them", "field-value")


def _problems(source: Source, model: type[BaseModel], errors: list[ErrorDetails]) -> Iterator[Problem]:
    for error in errors:
        # pydantic names union branches and validators in the path; only what was written in the file is a place.
        path = tuple(error["loc"])
        if error["type"] == "too_short" and error["input"]:
            continue  # pydantic counts sound entries only; why the others are not sound is said already
        if error["type"] == values.REPEATED:
            continue  # see _repeated
        if error["type"] == "missing":
            mark, rule = source.mark(path[:-1]) if len(path) > 1 else source.mark(()), "missing-field"
            message = f"`{_dotted(path)}` is missing: {_description(model, path)}{_accepted(model, path)}"
        elif error["type"] == "extra_forbidden":
            mark, (rule, message) = source.key_mark(path), _unknown(source, model, path)
        else:
            mark, rule = source.mark(path), "field-value"
            message = f"`{_dotted(path)}` {_in_words(error, rows=_rows(model, path))}"
        yield Problem(source.path, mark.line, mark.column, "error", message, rule)


def _dotted(path: tuple[int | str, ...]) -> str:
    """``("versions", 1, "language")`` as people count: versions[2].language."""
    text = ""
    for part in path:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def _model_at(model: type[BaseModel], path: tuple[int | str, ...]) -> type[BaseModel]:
    for part in path:
        if isinstance(part, str):
            annotation = str(model.model_fields[part].annotation)
            inner = (schema.Version, schema.Reference, schema.Partner, schema.Cost)
            model = next((found for found in inner if found.__name__ in annotation), model)
    return model


def _rows(model: type[BaseModel], path: tuple[int | str, ...]) -> type[BaseModel] | None:
    """The model of a list's rows, where the place is such a list or a row of it."""
    named = tuple(part for part in path if isinstance(part, str))
    found = _model_at(model, named)
    return found if found is not model else None


def _description(model: type[BaseModel], path: tuple[int | str, ...]) -> str:
    field = _model_at(model, path[:-1]).model_fields.get(str(path[-1]))
    return (field.description or "") if field else ""


def _accepted(model: type[BaseModel], path: tuple[int | str, ...]) -> str:
    """What a field accepts, where that is one of a few words or a vocabulary's terms."""
    name = str(path[-1])
    if name in schema.VOCABULARY_FIELDS:
        return f" Accepted are terms of vocabularies/{name}.yml."
    field = _model_at(model, path[:-1]).model_fields.get(name)
    words = next((note.accepted for note in field.metadata if isinstance(note, values.Choice)), ()) if field else ()
    return f" Accepted are {', '.join(words)}." if words else ""


def _unknown(source: Source, model: type[BaseModel], path: tuple[int | str, ...]) -> tuple[str, str]:
    name = str(path[-1])
    known = list(_model_at(model, path[:-1]).model_fields)
    if len(path) == 1 and issubclass(model, schema.Translation):
        facts = {*schema.Tool.model_fields, *schema.CaseStudy.model_fields, *schema.Guidance.model_fields}
        if name in facts:
            original = source.path.removesuffix(f".{source.lang}.md") + ".md"
            return "translation-fact", f"`{name}` is a fact, not prose; it belongs into {original}"
    if len(path) == 1 and issubclass(model, schema.Record):
        if name == "id":
            return "unknown-field", "`id` is the file's name and is not written in the file; delete this line"
        for kind, other in schema.MODELS.items():
            if name in other.model_fields:
                return "unknown-field", f"`{name}` is a field of a {kind.replace('-', ' ')}, not of this kind of record"
    hint = nearest(name, known) or f"; accepted are {', '.join(known)}"
    return "unknown-field", f"unknown field {shown(_dotted(path))}{hint}"


def _list(found: Any, rows: type[BaseModel] | None) -> str:
    """How what is no list would be written as one."""
    if rows is not None:
        first = next(iter(rows.model_fields))
        return f"must be a list: below it, each row begins with a hyphen and a space: `- {first}: …`"
    if not isinstance(found, str) or not found.strip():
        return "must be a list, such as [one, another]" + ("" if found else "; write one or delete the line")
    if re.fullmatch(r"-\S+( -\S+)*", found.strip()):
        return f"must be a list; after each hyphen goes a space: `- {found.split()[0].lstrip('-')}`"
    return f"must be a list; put it between brackets: {shown(f'[{found.strip()}]')}"


def _in_words(error: ErrorDetails, rows: type[BaseModel] | None = None) -> str:
    """A pydantic error in words that say what was found and what is accepted.

    ``rows`` is the model of the rows of the list at that place, if its rows are fields.
    """
    found: Any = error.get("input")
    limits = error.get("ctx", {})
    match error["type"]:
        case "value":
            return error["msg"]
        case "too_long" if isinstance(found, str):
            return f"has {limits['actual_length']} characters; at most {limits['max_length']} are allowed"
        case "too_short":
            return f"is empty; at least {limits['min_length']} is needed"
        case "too_long":
            return f"has {len(found)} entries; at most {limits['max_length']} are allowed"
        case "tuple_type":
            return _list(found, rows)
        case "string_type":
            quoted = "; put a text with a colon between double quotes" if isinstance(found, dict) else ""
            return f"must be one text, not a list or several fields: {shown(values.in_brackets(found))}{quoted}"
        case "model_type" | "model_attributes_type" | "dict_type":
            first = f", such as `{next(iter(rows.model_fields))}: {found}`" if rows and isinstance(found, str) else ""
            return f"must be fields, each with its name, a colon and its value{first}"
        case "literal_error":
            return f"{shown(found)} is not accepted; accepted is {limits['expected']}"
        case _:
            return error["msg"]
