"""Relations as triples of typed entities, as CodeKGC writes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from codeie.introspection import Role, Schema
from codeie.syntaxes.code import PythonSyntax
from codeie.syntaxes.source import quoted
from codeie.syntaxes.values import CodeWriter, listed

__all__ = ["Triples", "reasons"]

_WRAPPERS = ("Triple", "Rel", "Extract")


@dataclass(frozen=True, slots=True)
class Triples(PythonSyntax):
    """``Extract([Triple(Person("Ada"), Rel("WorksFor"), Company("Acme")), …])``.

    Args:
        reasoned: Whether the relations and the entities stand in comments before it.
    """

    reasoned: bool = False

    name: ClassVar[str] = "triples"

    def write(self, instances: Sequence[object], schema: Schema) -> str:
        """See `Syntax.write`."""
        writer = CodeWriter(schema, flat=False)
        items = listed([_item(instance, writer) for instance in instances], "    ")
        whole = f"Extract({items})" if schema.named("Extract") is None else items
        if not self.reasoned:
            return whole
        return "\n".join([*reasons(instances, schema), f"extract = {whole}"])


def reasons(instances: Sequence[object], schema: Schema) -> list[str]:
    """The steps to the answer as comments: relations, then entities."""
    writer = CodeWriter(schema, flat=False)
    relations: list[str] = []
    entities: list[str] = []
    for instance in instances:
        spec = writer.spec_of(instance)
        if spec.role is not Role.RELATION:
            entities.append(writer.call(instance))
            continue
        relations.append(spec.name)
        ends = (getattr(instance, field.name, None) for field in spec.init_fields)
        entities += [writer.call(end) for end in ends if schema.of(type(end)) is not None]
    return [
        f"# relations: {', '.join(dict.fromkeys(relations)) or 'none'}",
        f"# entities: {', '.join(dict.fromkeys(entities)) or 'none'}",
    ]


def _item(instance: object, writer: CodeWriter) -> str:
    """A triple for a relation of two instances; the call itself for everything else."""
    spec = writer.spec_of(instance)
    fields = spec.init_fields
    if spec.role is Role.RELATION and len(fields) == 2:
        ends = [getattr(instance, field.name) for field in fields]
        taken = any(writer.schema.named(name) is not None for name in _WRAPPERS)
        if not taken and all(writer.schema.of(type(end)) is not None for end in ends):
            head, tail = (writer.value(end) for end in ends)
            return f"Triple({head}, Rel({quoted(spec.name)}), {tail})"
    return writer.call(instance)
