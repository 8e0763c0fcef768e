"""The reading of code: each instance as soon as its closing bracket is there."""

from __future__ import annotations

from collections.abc import Mapping

from codeie.diagnostics import Code, Position, Severity
from codeie.introspection import ClassSpec, Schema
from codeie.parsing._limits import ParseLimits
from codeie.parsing._report import Report
from codeie.parsing._result import Outcome, ParsedItem, ParseResult
from codeie.parsing.answer.asides import read_asides
from codeie.parsing.answer.assigned import report_unused
from codeie.parsing.answer.state import Read
from codeie.parsing.answer.walk import walk
from codeie.parsing.instances.build import Builder
from codeie.parsing.instances.context import Context
from codeie.parsing.text.buffer import Buffer

__all__ = ["Reading"]


class Reading:
    """Reads code piece by piece.

    Args:
        schema: The classes.
        prefill: What the model was given to continue.
        limits: Bounds on size, nesting and numbers.
        labels: Other names of classes.
        salvage: Whether the complete fields of a cut item are kept.
    """

    def __init__(
        self,
        schema: Schema,
        prefill: str,
        limits: ParseLimits,
        labels: Mapping[str, ClassSpec],
        *,
        salvage: bool,
    ) -> None:
        self._limits = limits
        self._length = 0
        self._new: list[ParsedItem] = []
        self._source = Buffer(prefill)
        report = Report(limits.max_diagnostics)
        context = Context(schema, limits, report, self._source, labels)
        self._read = Read(context, Builder(context), self._new.append, salvage=salvage)
        self._steps = walk(self._read)

    def feed(self, chunk: str, *, last: bool = False) -> list[ParsedItem]:
        """Add a piece, and give the items that it completed."""
        room = self._limits.max_output - self._length
        self._length += len(chunk)
        self._source.add(chunk[: max(0, room)])
        self._source.closed = last
        next(self._steps, None)
        items, self._new[:] = list(self._new), []
        return items

    def result(self, output: str) -> ParseResult:
        """All that was read from an output, after its last piece."""
        read_asides(self._read)
        report_unused(self._read)
        return _result(self._read, output)


def _result(read: Read, output: str) -> ParseResult:
    items = tuple(read.results.kept)
    if len(output) > read.limits.max_output:
        read.report.add(
            Code.TOO_LARGE,
            f"the answer has {len(output):,} characters; the first {read.limits.max_output:,} "
            "were read",
            read.source.place(read.limits.max_output, read.limits.max_output),
        )
    nothing = read.said.nothing or not (read.said.something or read.report.found)
    if items:
        outcome = Outcome.ITEMS
    elif read.classes or (nothing and not read.report.found):
        outcome = Outcome.EMPTY
    else:
        outcome = Outcome.UNPARSED
        if not read.report.found:
            read.report.add(
                Code.NO_CODE,
                "the answer holds nothing that can be read as a result, not even an empty list",
                Position(0, 0, 1, 1),
                Severity.ERROR,
            )
    return ParseResult(
        items,
        read.report.finished(output),
        outcome,
        tuple(read.rationale),
        output,
        tuple(read.classes),
        tuple(spec.name for spec in read.context.schema.classes),
    )
