"""CodeIE (Li et al. 2023): a function that appends what it finds, the string before its type."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from codeie.introspection import Role, Schema
from codeie.prompting._style import Request, Style, once, shown
from codeie.prompting._template import Value
from codeie.syntaxes.appends import LISTS, Appends
from codeie.syntaxes.source import comment, quoted

__all__ = ["STYLES"]

_PAPER = "Li et al. 2023, CodeIE: Large Code Generation Models are Better Few-Shot Information Extractors"
_TASKS = {
    Role.ENTITY: ("named_entity_recognition", "named entities"),
    Role.RELATION: ("relation_extraction", "relations between entities"),
    Role.EVENT: ("event_extraction", "events"),
    Role.RECORD: ("record_extraction", "records"),
}


def _roles(schema: Schema) -> list[Role]:
    return [role for role in Role if any(spec.role is role for spec in schema.classes)]


def _values(syntax: Appends) -> Callable[[Request], Mapping[str, Value]]:
    def values(request: Request) -> Mapping[str, Value]:
        schema = request.schema
        roles = _roles(schema)
        name, _ = _TASKS[roles[0]] if len(roles) == 1 else ("information_extraction", "")
        types = ", ".join(quoted(spec.name) for spec in schema.classes)
        return {
            "name": name,
            "title": "".join(part.title() for part in name.split("_")),
            "things": ", ".join(_TASKS[role][1] for role in roles),
            "lists": [LISTS[role] for role in roles],
            # Demonstrations show the types; without any, nothing else would show all of them.
            "types": "" if any(not one.made for one in request.demonstrations) else comment(types),
            "demonstrations": shown(request, syntax, quoted),
            "text": quoted(request.text),
        }

    return values


_FUNCTION = Appends("\t")
_CLASS = Appends("\t\t", "self.")

STYLES = (
    Style(
        name="codeie",
        summary="A function that appends dictionaries: what small code models follow best.",
        paper=_PAPER,
        ask=once(_values(_FUNCTION), _FUNCTION),
        syntax=_FUNCTION,
    ),
    Style(
        name="codeie-class",
        summary="The same as the constructor of a class.",
        paper=_PAPER,
        ask=once(_values(_CLASS), _CLASS),
        syntax=_CLASS,
    ),
)
