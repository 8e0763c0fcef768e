"""GoLLIE (Sainz et al. 2024): annotation guidelines as the docstrings of dataclasses."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from codeie.introspection import ClassSpec, Role, Schema
from codeie.prompting._classes import (
    base_names,
    bases_first,
    compact_enum,
    field_note,
    guideline_of,
    own_fields,
)
from codeie.prompting._names import annotation
from codeie.prompting._style import Request, Style, numbered, once
from codeie.prompting._template import Value
from codeie.syntaxes import Calls
from codeie.syntaxes.source import comment, docstring, quoted
from codeie.syntaxes.values import CodeWriter, default_source

__all__ = ["STYLES"]

_PAPER = "Sainz et al. 2024, GoLLIE: Annotation Guidelines improve Zero-Shot Information Extraction"
_CALLS = Calls("keyword", indent="    ")

# What is known beforehand, and how the comment above the answer introduces it.
_CONDITIONS = {
    "entities": "These entities are in the text:",
    "relations": "These coarse relations are in the text; give each its exact class:",
    "triggers": "These triggers are in the text, each with the class of its event:",
    "query": "Fill in the template about this:",
}
_USES = {
    "entities": "Relations between entities that are known.",
    "relations": "Exact classes for relations that are known coarsely.",
    "triggers": "Arguments of events whose triggers are known.",
    "query": "Slots of a template about an entity that is known.",
}


def _class(spec: ClassSpec, schema: Schema) -> str:
    bases = ", ".join(base_names(spec, schema))
    lines = ["@dataclass", f"class {spec.name}({bases}):" if bases else f"class {spec.name}:"]
    if guideline := guideline_of(spec):
        lines.append(f"    {docstring(guideline, '    ')}")
    for field in own_fields(spec, schema):
        default = default_source(field, schema)
        line = f"    {field.name}: {annotation(field.type, schema)}"
        line += f" = {default}" if default else ""
        note = field_note(field)
        note = note[:1].upper() + note[1:]
        if note and spec.role is Role.RECORD:
            lines += [line, f"    {docstring(note, '    ')}"]  # templates explain below the field
        else:
            lines.append(f"{line}  # {comment(note)}" if note else line)
    return "\n".join(lines if len(lines) > 2 else [*lines, "    pass"])


def _known(instances: Sequence[object], schema: Schema) -> str:
    """Known instances as the lines of a comment: their string, and their class."""
    writer = CodeWriter(schema, arguments="keyword")
    lines: list[str] = []
    for instance in instances:
        spec = writer.spec_of(instance)
        field = spec.trigger_field
        string = getattr(instance, field.name, None) if field is not None else None
        by_string = isinstance(string, str) and spec.role is not Role.RELATION
        shown = f"{quoted(string)}: {spec.name}" if by_string else writer.call(instance)  # type: ignore[arg-type] # a str, see above
        lines.append(f"# {shown}")
    return "\n".join(lines)


def _values(condition: str) -> Callable[[Request], Mapping[str, Value]]:
    def values(request: Request) -> Mapping[str, Value]:
        schema = request.schema
        return {
            "classes": [
                *(compact_enum(cls) for cls in schema.enums),
                *(_class(spec, schema) for spec in bases_first(schema.known)),
            ],
            "condition": condition,
            "demonstrations": [
                numbered(
                    number,
                    {
                        "text": quoted(one.text),
                        "given": _known(one.given, schema),
                        "answer": _CALLS.write(one.instances, schema),
                    },
                )
                for number, one in enumerate(request.demonstrations)
            ],
            "text": quoted(request.text),
            "given": _known(request.given, schema),
        }

    return values


STYLES = (
    Style(
        name="gollie",
        summary="Whole guidelines as docstrings, candidates as comments; keyword calls.",
        paper=_PAPER,
        ask=once(_values("These things are known:"), _CALLS),
        syntax=_CALLS,
        stop=("\ntext =",),
    ),
    *(
        Style(
            name=f"gollie-{name}",
            summary=_USES[name],
            paper=_PAPER,
            ask=once(_values(sentence), _CALLS),
            syntax=_CALLS,
            template="gollie",
            stop=("\ntext =",),
        )
        for name, sentence in _CONDITIONS.items()
    ),
)
