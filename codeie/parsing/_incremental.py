"""Parsing while the answer arrives: each instance as soon as it is known to count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Literal

from codeie.introspection import Classes, introspect
from codeie.parsing._limits import ParseLimits
from codeie.parsing._reading import Reading
from codeie.parsing._result import ParsedItem, ParseResult
from codeie.parsing.unwrap import Opening, Visible, names_of, unwrap

__all__ = ["IncrementalParser"]


class IncrementalParser:
    """Reads an answer piece by piece, with the same result as `parse` of the whole.

    What is plainly code is read as it arrives. Where the beginning may be part of a wrapping
    (see `codeie.parsing.unwrap`), nothing is given out before it is known what counts.

    Args:
        schema: A `Schema`, or the classes.
        prefill: What the model was given to continue.
        limits: Bounds on size, nesting and numbers.
        labels: Other names of classes.
        salvage: As for `parse`.
        text: As for `parse`.
    """

    def __init__(
        self,
        schema: Classes,
        *,
        prefill: str = "",
        limits: ParseLimits = ParseLimits(),
        labels: Mapping[str, type] | None = None,
        salvage: Literal["items", "fields"] = "items",
        text: str | None = None,
    ) -> None:
        self._schema = introspect(schema)
        self._limits = limits
        named = {label: self._schema.of(cls) for label, cls in (labels or {}).items()}
        self._labels = {label: spec for label, spec in named.items() if spec is not None}
        self._salvage = salvage == "fields"
        self._prefill = prefill
        self._chunks: list[str] = []
        self._reading = self._begun()
        self._text = text
        self._arriving: tuple[Visible, Opening] | None = None  # of what comes in pieces
        self._read = 0  # code points of the answer that were given to the reading
        self._given: dict[int, ParsedItem] = {}
        self._result: ParseResult | None = None

    def _begun(self, noted: int = 0) -> Reading:
        limits = self._limits
        if noted:
            limits = replace(limits, max_diagnostics=max(1, limits.max_diagnostics - noted))
        return Reading(self._schema, self._prefill, limits, self._labels, salvage=self._salvage)

    def feed(self, chunk: str, *, last: bool = False) -> list[ParsedItem]:
        """Add a piece of the answer.

        Args:
            chunk: The piece, of any size.
            last: Whether nothing follows.

        Returns:
            The items that it completed.
        """
        if self._result is not None:
            return []
        self._chunks.append(chunk)
        if last:
            found = self._finished().items
            return [one for one in found if one.position.offset not in self._given]
        if self._arriving is None:
            self._arriving = Visible(self._text), Opening(found=bool(self._prefill))
        visible, opening = self._arriving
        ready = opening.grow(visible.grow(chunk))
        self._read += len(ready)
        items = [opening.moved(item) for item in self._reading.feed(ready)]
        self._given.update((item.position.offset, item) for item in items)
        return items

    def close(self) -> ParseResult:
        """Say that nothing follows, and give all that was read."""
        return self._finished()

    def _finished(self) -> ParseResult:
        if self._result is None:
            self._result = self._whole("".join(self._chunks))
        return self._result

    def _whole(self, answer: str) -> ParseResult:
        limits = self._limits
        unwrapped = unwrap(
            answer[: limits.max_output],
            names_of(self._schema, self._labels),
            prefilled=bool(self._prefill),
            limit=max(1, limits.max_diagnostics // 2),
            document=self._text,
        )
        # What was read began at the answer's beginning, or nothing was read yet.
        from_start = not self._read or (self._arriving and self._arriving[1].start == 0)
        if unwrapped is None and from_start:
            self._reading.feed(answer[self._read :], last=True)
            return self._reading.result(answer)
        reading = self._begun(len(unwrapped.notes) if unwrapped is not None else 0)
        reading.feed(answer if unwrapped is None else unwrapped.text, last=True)
        if unwrapped is None:
            result = reading.result(answer)
        else:
            result = unwrapped.returned(reading.result(unwrapped.text), answer)
        return replace(result, items=tuple(self._given_before(one) for one in result.items))

    def _given_before(self, item: ParsedItem) -> ParsedItem:
        """The item as it was given out, if it was: whoever has it finds it in the result."""
        known = self._given.get(item.position.offset)
        return known if known == item else item
