"""Instances from calls that are values already: for forms of answers that are not code."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from codeie.diagnostics import Diagnostic, Position, Severity
from codeie.introspection import Classes, introspect
from codeie.parsing._limits import ParseLimits
from codeie.parsing._report import Report
from codeie.parsing._result import Outcome, ParseResult
from codeie.parsing.expression.code import read_code
from codeie.parsing.expression.values import CallValue, DictValue
from codeie.parsing.instances.build import Builder
from codeie.parsing.instances.context import Context
from codeie.parsing.instances.results import Results
from codeie.parsing.instances.scalars import FAILED
from codeie.parsing.instances.where import At
from codeie.parsing.text.buffer import Buffer

__all__ = ["Call", "Lines", "build", "value_of"]


@dataclass(frozen=True, slots=True)
class Call:
    """What an answer says of one instance, in whatever words.

    Args:
        name: The class's name as written; a near one is resolved, as in code.
        arguments: Values with their fields' names, or ``None`` for those by position. A value
            is a string, a number, ``None``, a list, a dict, a `Call` inside this one, or what
            `value_of` made of code.
        start: Code points before it in the answer.
        end: Where it ends.
    """

    name: str
    arguments: Sequence[tuple[str | None, object]]
    start: int = 0
    end: int = 0


class Lines:
    """Where the lines of a text begin, so that stretches of it become positions."""

    __slots__ = ("_starts",)

    def __init__(self, text: str) -> None:
        self._starts = (0, *(found.end() for found in re.finditer("\n", text)))

    def place(self, start: int, end: int) -> Position:
        """The stretch from ``start`` to ``end``."""
        line = bisect_right(self._starts, start)
        return Position(start, max(start, end), line, start - self._starts[line - 1] + 1)


def build(
    answer: str,
    calls: Sequence[Call],
    schema: Classes,
    *,
    found: Sequence[Diagnostic] = (),
    limits: ParseLimits = ParseLimits(),
) -> ParseResult:
    """Build the instances that an answer names, by the rules that hold for code.

    Names, types, conversions and limits are those of `parse`, and so are the diagnostics;
    each has the place of its call in the answer.

    Args:
        answer: The answer that the calls were found in.
        calls: What it says, in order.
        schema: A `Schema`, or the classes.
        found: What was wrong with the answer besides.
        limits: Bounds.
    """
    known = introspect(schema)
    report = Report(limits.max_diagnostics)
    for one in found:
        report.add(one.code, one.message, one.position or Position(0, 0, 1, 1), one.severity)
    context = Context(known, limits, report, Buffer(""))
    builder = Builder(context)
    lines = Lines(answer)
    results = Results(context)
    for ordinal, call in enumerate(calls):
        at = At(None, ordinal)
        position = lines.place(call.start, call.end)
        context.begin_aside(position)
        instance = builder.instance(_plain(call), None, at)
        if instance is FAILED:
            continue
        results.add(instance, answer[call.start : call.end], position, at)
        if results.full:
            break
    items = tuple(results.kept)
    wrong = report.counts[Severity.ERROR] + report.counts[Severity.WARNING]
    outcome = Outcome.ITEMS if items else Outcome.UNPARSED if wrong else Outcome.EMPTY
    return ParseResult(
        items,
        report.finished(answer),
        outcome,
        output=answer,
        labels=tuple(spec.name for spec in known.classes),
    )


def _plain(value: object) -> object:
    """A value as the evaluator would have given it."""
    match value:
        case Call():
            return CallValue(value.name, [(key, _plain(each)) for key, each in value.arguments])
        case list():
            return [_plain(each) for each in value]
        case dict():
            return DictValue([(_plain(key), _plain(each)) for key, each in value.items()])
        case _:
            return value


def value_of(code: str, limits: ParseLimits = ParseLimits()) -> object:
    """What a piece of code says, such as an argument of a `Call`; nothing in it is run.

    Code that cannot be read becomes a value that is reported where it is used.

    Args:
        code: A literal, a list, a call: one expression.
        limits: Bounds.
    """
    value = read_code(code, limits)
    return Call(value.name, value.arguments) if type(value) is CallValue else value
