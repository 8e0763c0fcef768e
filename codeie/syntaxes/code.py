"""Answers that are Python code: calls in a list, one assignment each, or opened by the prompt."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from codeie.grammars import Bounds, Grammar, choice, listed, optional, seq
from codeie.introspection import Schema
from codeie.parsing import IncrementalParser, ParseLimits, ParseResult, parse
from codeie.parsing.text.letters import compiled
from codeie.syntaxes.answer_grammar import answer_grammar
from codeie.syntaxes.code_grammar import ITEM, CodeGrammar
from codeie.syntaxes.names import variable
from codeie.syntaxes.values import Arguments, CodeWriter
from codeie.syntaxes.values import listed as list_of

__all__ = ["Assignments", "Calls", "Opened", "OpenedCall", "PythonSyntax", "opened"]


class PythonSyntax:
    """What all forms of code share: `codeie.parsing.parse` reads them."""

    __slots__ = ()

    stop: ClassVar[tuple[str, ...]] = ()

    def read(
        self,
        answer: str,
        schema: Schema,
        *,
        prefill: str = "",
        limits: ParseLimits = ParseLimits(),
    ) -> ParseResult:
        """See `Syntax.read`."""
        if answer.strip() in self.stop:
            # It ends at once, and the server did not cut its end off: nothing was found.
            return replace(parse("", schema, prefill=prefill, limits=limits), output=answer)
        # What nobody sees was left out by `Prompt.read`, which knows the document's text.
        return parse(answer, schema, prefill=prefill, limits=limits, text=answer)

    def in_pieces(
        self, schema: Schema, *, text: str | None = None, limits: ParseLimits = ParseLimits()
    ) -> IncrementalParser | None:
        """See `InPieces`."""
        return IncrementalParser(schema, text=text, limits=limits)


@dataclass(frozen=True, slots=True)
class Calls(PythonSyntax):
    """A list of constructor calls, one a line.

    Args:
        arguments: How they are given; see `CodeWriter`.
        flat: Whether an argument may be its string alone; see `CodeWriter`.
        indent: What stands before each call.
    """

    arguments: Arguments = "mixed"
    flat: bool = True
    indent: str = ""

    name: ClassVar[str] = "calls"

    def write(self, instances: Sequence[object], schema: Schema) -> str:
        """See `Syntax.write`."""
        writer = self._writer(schema)
        return list_of([writer.call(instance) for instance in instances], self.indent)

    def grammar(self, schema: Schema, bounds: Bounds = Bounds(), text: str = "") -> Grammar:
        """See `Grammatical.grammar`; the calls may stand on one line, too."""

        def made(schema: Schema, bounds: Bounds) -> Grammar:
            code = CodeGrammar(self._writer(schema), bounds)
            call = choice(*(code.call(spec) for spec in schema.classes))
            line = f"\n{self.indent}"
            calls = listed(ITEM, seq(",", choice(line, " ")), least=1, most=bounds.items)
            whole = seq("[", optional(line), calls, optional(","), optional("\n"), "]")
            return Grammar(choice("[]", whole), {"item": call, **code.rules})

        return answer_grammar(self, made, schema, bounds, text)

    def _writer(self, schema: Schema) -> CodeWriter:
        return CodeWriter(schema, arguments=self.arguments, flat=self.flat)


@dataclass(frozen=True, slots=True)
class Assignments(PythonSyntax):
    """One assignment for each instance; the bare word ``None`` for no instances."""

    name: ClassVar[str] = "assignments"

    def write(self, instances: Sequence[object], schema: Schema) -> str:
        """See `Syntax.write`."""
        writer = CodeWriter(schema, arguments="keyword", flat=False)
        numbers: dict[str, int] = {}
        lines: list[str] = []
        for instance in instances:
            spec = writer.spec_of(instance)
            numbers[spec.name] = numbers.get(spec.name, 0) + 1
            lines.append(f"{variable(spec, numbers[spec.name], schema)} = {writer.call(instance)}")
        return "\n".join(lines) or "None"


@dataclass(frozen=True, slots=True)
class OpenedCall:
    """A call in two halves.

    Args:
        beginning: Up to the trigger, with the line's end.
        rest: The other arguments and the closing parenthesis.
    """

    beginning: str
    rest: str


def opened(instance: object, writer: CodeWriter, number: int = 1) -> OpenedCall:
    """The assignment of a call, one argument a line, opened after its trigger.

    Args:
        instance: An event.
        writer: How arguments are written.
        number: Which of the text's events it is, from 1.

    Raises:
        PromptError: If it cannot be written.
    """
    spec = writer.spec_of(instance)
    trigger = spec.trigger_field
    given = [f"    {source},\n" for source in writer.given(instance, spec)]
    first = trigger.name if trigger is not None else ""
    leading = [line for line in given if line.startswith(f"    {first}=")]
    others = [line for line in given if line not in leading]
    return OpenedCall(
        f"{variable(spec, number, writer.schema)} = {spec.name}(\n{''.join(leading)}",
        f"{''.join(others)})",
    )


@dataclass(frozen=True, slots=True)
class Opened(PythonSyntax):
    """Assigned calls, one argument a line, of which the prompt may have opened the first.

    Args:
        beginning: The code with which the prompt ends, as ``sail_1 = Sail(``; the answer
            goes on with it, or writes the call again.
        called: The name of the class whose call that is.
    """

    beginning: str = ""
    called: str = ""

    name: ClassVar[str] = "opened"

    def write(self, instances: Sequence[object], schema: Schema) -> str:
        """See `Syntax.write`; the calls are whole."""
        writer = CodeWriter(schema, arguments="keyword", flat=False)
        halves = [opened(instance, writer, n) for n, instance in enumerate(instances, 1)]
        return "\n".join(half.beginning + half.rest for half in halves) or "None"

    def read(
        self,
        answer: str,
        schema: Schema,
        *,
        prefill: str = "",
        limits: ParseLimits = ParseLimits(),
    ) -> ParseResult:
        """See `Syntax.read`."""
        again = rf"\s*(?:```\w*\s*)?(?:\w+\s*=\s*)?{re.escape(self.called)}\s*\("
        begun = prefill or self.beginning
        if self.beginning and compiled(again).match(answer) is not None:
            begun = ""
        return parse(answer, schema, prefill=begun, limits=limits, text=answer)

    def in_pieces(
        self, schema: Schema, *, text: str | None = None, limits: ParseLimits = ParseLimits()
    ) -> IncrementalParser | None:
        """See `InPieces`; how a call that is opened goes on shows only later."""
        return (
            None
            if self.beginning
            else PythonSyntax.in_pieces(self, schema, text=text, limits=limits)
        )
