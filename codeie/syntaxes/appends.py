"""Dictionaries that are appended to a list for each task, as CodeIE writes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from codeie.introspection import ClassSpec, Role, Schema
from codeie.syntaxes.code import PythonSyntax
from codeie.syntaxes.mentions import is_string
from codeie.syntaxes.source import quoted
from codeie.syntaxes.values import CodeWriter

__all__ = ["LISTS", "Appends"]

LISTS = {
    Role.ENTITY: "entity_list",
    Role.RELATION: "entity_relation_list",
    Role.EVENT: "event_list",
    Role.RECORD: "record_list",
}


@dataclass(frozen=True, slots=True)
class Appends(PythonSyntax):
    """``entity_list.append({"text": "Ada", "type": "Person"})`` for each instance.

    Args:
        indent: What stands before each line.
        owner: What the lists belong to, such as ``"self."``.
    """

    indent: str = "\t"
    owner: str = ""

    name: ClassVar[str] = "appends"
    stop: ClassVar[tuple[str, ...]] = ("# END",)

    def write(self, instances: Sequence[object], schema: Schema) -> str:
        """See `Syntax.write`."""
        writer = CodeWriter(schema, arguments="keyword")
        lines: list[str] = []
        for instance in instances:
            spec = writer.spec_of(instance)
            entry = _entry(instance, spec, writer)
            lines.append(f"{self.indent}{self.owner}{LISTS[spec.role]}.append({entry})")
        return "\n".join(lines)


def _entry(instance: object, spec: ClassSpec, writer: CodeWriter) -> str:
    """The dictionary for an instance; the call itself where no dictionary can say it."""
    string = _string(instance, writer.schema)
    named_otherwise = any(field.name in ("type", "label", "class_") for field in spec.init_fields)
    if string is not None and spec.role in (Role.ENTITY, Role.RECORD) and not named_otherwise:
        return f'{{"text": {quoted(string)}, "type": {quoted(spec.name)}}}'
    names = [field.name for field in spec.init_fields]
    if spec.role is Role.RELATION and len(names) == 2:
        ends = [getattr(instance, name, None) for name in names]
        strings = [_string(end, writer.schema) for end in ends]
        if None not in strings:
            pairs = [("rel_type", spec.name)]
            for number, (end, text) in enumerate(zip(ends, strings, strict=True), 1):
                pairs.append((f"ent{number}_type", writer.spec_of(end).name))
                pairs.append((f"ent{number}_text", text or ""))
            return "{" + ", ".join(f'"{key}": {quoted(value)}' for key, value in pairs) + "}"
    return writer.call(instance)


def _string(instance: object, schema: Schema) -> str | None:
    """The one string that an instance of a class with one field consists of."""
    spec = schema.of(type(instance))
    if spec is None or not is_string(spec):
        return None
    string = getattr(instance, spec.init_fields[0].name, None)
    return string if isinstance(string, str) else None
