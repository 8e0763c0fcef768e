"""Parsing while the answer arrives: each instance as soon as its closing bracket is there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from codeie.diagnostics import Code, Position, Severity
from codeie.introspection import Classes, introspect
from codeie.parsing._limits import ParseLimits
from codeie.parsing._report import Report
from codeie.parsing._result import Outcome, ParsedItem, ParseResult
from codeie.parsing.answer.asides import read_asides
from codeie.parsing.answer.assigned import report_loose
from codeie.parsing.answer.state import Read
from codeie.parsing.answer.walk import walk
from codeie.parsing.instances.build import Builder
from codeie.parsing.instances.context import Context
from codeie.parsing.text.buffer import Buffer

__all__ = ["IncrementalParser"]


class IncrementalParser:
    """Reads an answer piece by piece, with the same result as `parse` of the whole.

    Args:
        schema: A `Schema`, or the classes.
        prefill: What the model was given to continue.
        limits: Bounds on size, nesting and numbers.
        labels: Other names of classes.
        salvage: As for `parse`.
    """

    def __init__(
        self,
        schema: Classes,
        *,
        prefill: str = "",
        limits: ParseLimits = ParseLimits(),
        labels: Mapping[str, type] | None = None,
        salvage: Literal["items", "fields"] = "items",
    ) -> None:
        known = introspect(schema)
        self._limits = limits
        self._chunks: list[str] = []
        self._length = 0
        self._new: list[ParsedItem] = []
        self._source = Buffer(prefill)
        report = Report(limits.max_diagnostics)
        named = {label: known.of(cls) for label, cls in (labels or {}).items()}
        context = Context(
            known,
            limits,
            report,
            self._source,
            {label: spec for label, spec in named.items() if spec is not None},
        )
        self._read = Read(context, Builder(context), self._new.append, salvage=salvage == "fields")
        self._reading = walk(self._read)
        self._result: ParseResult | None = None

    def feed(self, chunk: str, *, last: bool = False) -> list[ParsedItem]:
        """Add a piece of the answer.

        Args:
            chunk: The piece, of any size.
            last: Whether nothing follows.

        Returns:
            The items that it completed.
        """
        self._chunks.append(chunk)
        room = self._limits.max_output - self._length
        self._length += len(chunk)
        self._source.add(chunk[: max(0, room)])
        self._source.closed = last
        next(self._reading, None)
        items, self._new[:] = list(self._new), []
        return items

    def close(self) -> ParseResult:
        """Say that nothing follows, and give all that was read."""
        if self._result is None:
            self.feed("", last=True)
            read_asides(self._read)
            report_loose(self._read)
            self._result = _result(self._read, "".join(self._chunks))
        return self._result


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
    )
