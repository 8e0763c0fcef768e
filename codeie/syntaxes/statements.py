"""Statements that add what was found, the string from the text before its class."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from codeie.grammars import Bounds, Grammar, Node, choice, seq
from codeie.introspection import ClassSpec, Schema
from codeie.syntaxes.answer_grammar import answer_grammar, lines
from codeie.syntaxes.code import PythonSyntax
from codeie.syntaxes.code_grammar import CodeGrammar
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

    def grammar(self, schema: Schema, bounds: Bounds = Bounds(), text: str = "") -> Grammar:
        """See `Grammatical.grammar`."""

        def made(schema: Schema, bounds: Bounds) -> Grammar:
            code = CodeGrammar(CodeWriter(schema), bounds)
            options = [form for spec in schema.classes for form in _forms(spec, code)]
            return Grammar(lines(bounds, self.stop), {"item": choice(*options), **code.rules})

        return answer_grammar(self, made, schema, bounds, text)


def _forms(spec: ClassSpec, code: CodeGrammar) -> list[Node]:
    string = code.first_string(spec)
    if string is None:
        return [seq("add(", code.call(spec), ")")]
    forms = [seq("add(", string, ", ", spec.name, code.after_first(spec), ")")]
    other = code.without_first_string(spec)
    return [*forms, *([seq("add(", f"{spec.name}(", other, "))")] if other is not None else [])]


def _statement(instance: object, writer: CodeWriter) -> str:
    """``add(string, Class, …)``; ``add(Class(…))`` where no string leads."""
    spec = writer.spec_of(instance)
    given = writer.given(instance, spec)
    if not given or given[0][0] not in _QUOTES:
        return f"add({writer.call(instance)})"
    return f"add({', '.join([given[0], spec.name, *given[1:]])})"
