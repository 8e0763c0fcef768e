"""Statements that add what was found, the string from the text before its class."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from codeie.introspection import Schema
from codeie.syntaxes.code import PythonSyntax
from codeie.syntaxes.values import CodeWriter

__all__ = ["Statements"]

_QUOTES = ("'", '"')


@dataclass(frozen=True, slots=True)
class Statements(PythonSyntax):
    """``add(string, Class, …)`` for each instance.

    Where there is none, an answer ends at once: a word for it, such as ``None``, is what small models
    write of most texts once they have seen it.
    """

    name: ClassVar[str] = "statements"
    stop: ClassVar[tuple[str, ...]] = ("# END",)

    def write(self, instances: Sequence[object], schema: Schema) -> str:
        """See `Syntax.write`."""
        writer = CodeWriter(schema)
        return "\n".join(_statement(instance, writer) for instance in instances)


def _statement(instance: object, writer: CodeWriter) -> str:
    """``add(string, Class, …)``; ``add(Class(…))`` where no string leads."""
    spec = writer.spec_of(instance)
    given = writer.given(instance, spec)
    if not given or given[0][0] not in _QUOTES:
        return f"add({writer.call(instance)})"
    return f"add({', '.join([given[0], spec.name, *given[1:]])})"
