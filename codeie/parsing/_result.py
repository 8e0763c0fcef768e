"""What parsing an answer gives: instances, where each came from, and what went wrong."""

from __future__ import annotations

import enum
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Generic

from codeie.diagnostics import Diagnostic, Diagnostics, Position, Severity
from codeie.display import (
    Cell,
    Grid,
    Label,
    Mark,
    Part,
    Viewable,
    Written,
    annotated_text,
    diagnostics_html,
    diagnostics_text,
    field_values,
    listing_html,
    note_html,
    pen_for,
    said,
    table_html,
    view_html,
)
from codeie.errors import ParseError
from codeie.types import Span
from codeie.viewable import Outlined
from codeie.wording import counted

if TYPE_CHECKING:
    from rich.console import RenderableType
    from typing_extensions import TypeVar

    # Where it is not said what the instances are, they are objects. The standard library's
    # TypeVar takes a default from Python 3.13 on.
    T = TypeVar("T", default=object, covariant=True)
else:
    from typing import TypeVar

    T = TypeVar("T", covariant=True)

__all__ = ["Outcome", "ParseResult", "ParsedItem"]

_REPR = 400  # code points of an instance's repr that a table shows


class Outcome(enum.StrEnum):
    """Whether an answer said something, said "nothing", or could not be read."""

    ITEMS = "items"
    """At least one instance was read."""
    EMPTY = "empty"
    """The answer says that there is nothing: ``[]``, ``None``, or no words at all."""
    UNPARSED = "unparsed"
    """Something was written and none of it became an instance."""
    FAILED = "failed"
    """There is no answer: the model could not be asked. Set by the extractor, never by parsing."""

    @property
    def is_read(self) -> bool:
        """Whether there was an answer that could be read, be it an empty one."""
        return self in (Outcome.ITEMS, Outcome.EMPTY)


@dataclass(frozen=True, slots=True)
class ParsedItem(Outlined, Generic[T]):
    """One instance and the code it was read from.

    Args:
        value: An instance of one of the schema's classes.
        position: Its place in the answer.
        places: Where in the text some of its strings are, by field path, if the form of the
            answer itself tells, as where the text is written again with marks.
    """

    value: T
    position: Position
    places: Mapping[str, Span] = field(default_factory=dict)

    def _outline(self) -> Iterable[Part]:
        where = f"line {self.position.line}, column {self.position.column} of the answer"
        rows: list[tuple[Cell, ...]] = [
            (name, said(held), said(self.places.get(name)) if name in self.places else None)
            for name, held in field_values(self.value)
        ]
        yield (
            Grid(("", "class"), [("", Label(type(self.value).__name__))], where)
            if not rows
            else Grid(
                ("field", "value", "place in the text"),
                rows,
                f"{type(self.value).__name__}, {where}",
            )
        )


@dataclass(frozen=True, slots=True)
class ParseResult(Viewable, Generic[T]):
    """All that was read from one answer.

    Args:
        items: The instances with their places, in the order of the answer.
        diagnostics: What was dropped, repaired, resolved or noted, in order of position.
        outcome: Whether there were items, nothing, or nothing readable.
        rationale: Comments the model wrote beside its code, in order.
        output: The answer that was parsed.
        classes: The classes named by the answer to a question that asks which classes occur,
            as in ``from Entity import Person``.
        labels: The names of the schema's classes in order, by which they have their colours.
    """

    items: tuple[ParsedItem[T], ...]
    diagnostics: tuple[Diagnostic, ...]
    outcome: Outcome
    rationale: tuple[str, ...] = ()
    output: str = ""
    classes: tuple[type, ...] = ()
    labels: tuple[str, ...] = field(default=(), repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "diagnostics", Diagnostics.of(self.diagnostics))

    @property
    def instances(self) -> list[T]:
        """The instances, in the order of the answer."""
        return [item.value for item in self.items]

    def shifted(self, offset: int, lines: int) -> ParseResult[T]:
        """The same, as part of an answer with whole lines before it; see `Position.shifted`.

        ``output`` stays what it was.
        """
        return replace(
            self,
            items=tuple(
                replace(item, position=item.position.shifted(offset, lines)) for item in self.items
            ),
            diagnostics=tuple(one.shifted(offset, lines) for one in self.diagnostics),
        )

    def __rich__(self) -> RenderableType:
        from rich.console import Group

        shown = annotated_text(self.output, self._marks(), labels=self.labels)
        said = [diagnostics_text(self.diagnostics)] if self.diagnostics else []
        return Group(shown, *said)

    def _repr_html_(self) -> str:
        heading = f"{counted(len(self.items), 'item')} ({self.outcome.value})"
        written = [
            Written(item.position.offset, item.position.end, number, type(item.value).__name__)
            for number, item in enumerate(self.items, 1)
            if item.position.end > item.position.offset
        ]
        pen = pen_for(self.labels, (each.label for each in written))
        keys = [each.item for each in written]
        rows = [
            (number, Label(type(item.value).__name__), repr(item.value)[:_REPR])
            for number, item in enumerate(self.items, 1)
        ]
        parts = [
            note_html(heading),
            listing_html(self.output, written, self.diagnostics, pen),
            table_html(
                ("#", "class", "instance"), rows, caption="Instances", labels=self.labels, keys=keys
            )
            if len(keys) == len(rows) > 0
            else "",
            # The others stand at their place in the answer.
            diagnostics_html([one for one in self.diagnostics if one.position is None]),
        ]
        return view_html(parts, pen, Counter(each.label for each in written))

    def _marks(self) -> list[Mark]:
        marks = [
            Mark(
                Span(item.position.offset, item.position.end),
                type(item.value).__name__,
                key=str(number),
                title=repr(item.value)[:200],
            )
            for number, item in enumerate(self.items, 1)
            if item.position.end > item.position.offset
        ]
        for one in self.diagnostics:
            where = one.position
            if where is not None and where.offset < len(self.output):
                end = min(max(where.end, where.offset + 1), len(self.output))
                marks.append(Mark(Span(where.offset, end), one.code.value, title=one.message))
        return marks

    def raise_problems(self) -> None:
        """Raise all diagnostics but the notes, together.

        Raises:
            ExceptionGroup: Of one `ParseError` for each.
        """
        problems = [one for one in self.diagnostics if one.severity is not Severity.NOTE]
        if problems:
            raise ExceptionGroup(
                f"the answer has {len(problems)} "
                + ("problem" if len(problems) == 1 else "problems"),
                [_error(one) for one in problems],
            )


def _error(diagnostic: Diagnostic) -> ParseError:
    where = diagnostic.position
    return ParseError(
        diagnostic.message,
        line=where.line if where else 0,
        column=where.column if where else 0,
        context=diagnostic.excerpt,
        code=diagnostic.code.value,
    )
