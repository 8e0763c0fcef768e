"""Class definitions from specs: what every code style shows, in each style's own layout."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Sequence

from codeie.introspection import ClassSpec, FieldSpec, Schema
from codeie.prompting._names import annotation
from codeie.syntaxes.source import comment, docstring, one_line, quoted
from codeie.syntaxes.values import default_source
from codeie.types import Entity, Event, Relation

__all__ = [
    "base_names",
    "bases_first",
    "compact_class",
    "compact_enum",
    "field_note",
    "guideline_of",
    "own_fields",
    "shown_guidelines",
    "such_as",
]

_MARKERS = (Entity, Relation, Event)


def such_as(candidates: Iterable[str]) -> str:
    """Candidates as guidelines name them; ``""`` for none."""
    quoted_ones = ", ".join(quoted(candidate) for candidate in candidates)
    return f"such as: {quoted_ones}" if quoted_ones else ""


def guideline_of(spec: ClassSpec) -> str:
    """A class's guideline with its candidates, as it was written: lines are kept."""
    examples = such_as(spec.candidates)
    if not examples:
        return spec.guideline
    examples = examples[0].upper() + examples[1:] + "."
    return f"{spec.guideline} {examples}" if spec.guideline else examples


def field_note(field: FieldSpec) -> str:
    """What stands in the comment beside a field: guideline, then candidates."""
    parts = [one_line(field.guideline).rstrip(".;,"), such_as(field.candidates)]
    return ", ".join(part for part in parts if part)


def base_names(spec: ClassSpec, schema: Schema) -> list[str]:
    """The bases to name: markers, and classes that the prompt shows."""
    known = (schema.of(base) for base in spec.bases)
    return [
        shown.name if shown is not None else base.__name__
        for base, shown in zip(spec.bases, known, strict=True)
        if shown is not None or base in _MARKERS
    ]


def own_fields(spec: ClassSpec, schema: Schema) -> tuple[FieldSpec, ...]:
    """The fields that a class does not share with a base that the prompt shows."""
    inherited = [
        field
        for base in spec.bases
        if (shown := schema.of(base)) is not None
        for field in shown.fields
    ]
    return tuple(field for field in spec.init_fields if field not in inherited)


def bases_first(specs: Sequence[ClassSpec]) -> Iterator[ClassSpec]:
    """The specs in their order, but none before a base of it."""
    by_class = {spec.cls: spec for spec in specs}
    done: set[type] = set()

    def visit(spec: ClassSpec) -> Iterator[ClassSpec]:
        if spec.cls in done:
            return
        done.add(spec.cls)
        for base in spec.bases:
            if base in by_class:
                yield from visit(by_class[base])
        yield spec

    for spec in specs:
        yield from visit(spec)


def compact_class(spec: ClassSpec, schema: Schema) -> str:
    """A dataclass with its guideline on one line and each field's beside the field."""
    bases = ", ".join(base_names(spec, schema))
    lines = ["@dataclass", f"class {spec.name}({bases}):" if bases else f"class {spec.name}:"]
    guideline = one_line(guideline_of(spec))
    if guideline:
        lines.append(f"    {docstring(guideline)}")
    for field in own_fields(spec, schema):
        default = default_source(field, schema)
        note = comment(field_note(field))
        lines.append(
            f"    {field.name}: {annotation(field.type, schema)}"
            + (f" = {default}" if default else "")
            + (f"  # {note}" if note else "")
        )
    if len(lines) == 2:
        lines.append("    ...")
    return "\n".join(lines)


def compact_enum(cls: type[enum.Enum]) -> str:
    """An Enum class with its members on one line; values that are no literals show as ``...``."""
    members = "; ".join(f"{name} = {_enum_value(member)}" for name, member in _members(cls))
    return f"class {cls.__name__}(Enum):\n    {members or '...'}"


def _members(cls: type[enum.Enum]) -> Iterable[tuple[str, enum.Enum]]:
    return cls.__members__.items()


def _enum_value(member: enum.Enum) -> str:
    value = member.value
    if isinstance(value, str):
        return quoted(value)
    return repr(value) if isinstance(value, bool | int | float) else "..."


def shown_guidelines(schema: Schema, classes: str) -> Iterator[str]:
    """The guidelines that stand in class definitions, as they stand there.

    Args:
        schema: Has the guidelines.
        classes: The definitions as a style shows them.
    """
    for spec in schema.known:
        notes = [docstring(one_line(guideline_of(spec)))[3:-3]]
        notes += [comment(field_note(field)) for field in spec.fields]
        yield from (note for note in notes if note and note in classes)
