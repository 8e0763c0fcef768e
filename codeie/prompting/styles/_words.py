"""A schema in words, for the styles that are not code."""

from __future__ import annotations

import enum
from collections.abc import Iterable

from codeie.introspection import ClassSpec, Schema
from codeie.prompting._classes import field_note, guideline_of
from codeie.prompting._names import annotation
from codeie.syntaxes.mentions import is_string
from codeie.syntaxes.source import comment

__all__ = ["described", "names"]


def described(schema: Schema, specs: Iterable[ClassSpec]) -> list[str]:
    """Each class on a line: name, guideline, and its fields with type and note; then enumerations.

    Args:
        schema: Gives other classes their names.
        specs: The classes.
    """
    lines: list[str] = []
    for spec in specs:
        guideline = comment(guideline_of(spec))
        line = f"- {spec.name}: {guideline}" if guideline else f"- {spec.name}"
        fields = []
        for field in spec.init_fields:
            note = comment(field_note(field))
            kind = "" if is_string(spec) else annotation(field.type, schema)
            about = "; ".join(part for part in (kind, note) if part)
            fields.append(f"{field.name} ({about})" if about else field.name)
        if not is_string(spec) or "(" in fields[0]:
            line += f" [{', '.join(fields)}]"
        lines.append(line)
    return [*lines, *(_choices(cls) for cls in schema.enums)]


def _choices(cls: type[enum.Enum]) -> str:
    """The members of an enumeration that fields refer to, as answers write them."""
    return f"- {cls.__name__}: one of {', '.join(f'{cls.__name__}.{name}' for name in cls.__members__)}"


def names(specs: Iterable[ClassSpec]) -> str:
    """Their names with commas."""
    return ", ".join(spec.name for spec in specs)
