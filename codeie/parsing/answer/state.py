"""What the reader knows while it goes through an answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from codeie.diagnostics import Code, Position, Severity
from codeie.introspection import Schema
from codeie.parsing._limits import ParseLimits
from codeie.parsing._report import Report
from codeie.parsing._result import ParsedItem
from codeie.parsing.expression.evaluate import Evaluator
from codeie.parsing.instances.build import Builder
from codeie.parsing.instances.context import Context
from codeie.parsing.text.buffer import Buffer

__all__ = ["Aside", "Container", "Entry", "Read"]


@dataclass(slots=True)
class Container:
    """A list, tuple, set or wrapper around items that is being read.

    Args:
        closer: The bracket that ends it.
        start: Offset of its opening bracket, in prefill and answer together.
        target: The name it is assigned to, if it is.
        label: The key of the class that its elements are of, as in ``{"Person": [...]}``.
        wrapper: Whether it is a call that only wraps items, so that keywords are passed over.
        keyed: Whether it is a JSON object whose values are lists.
        values: What was read in it, for the name it is assigned to.
        indent: Column of its line's first character.
    """

    closer: str
    start: int
    target: str = ""
    label: str = ""
    wrapper: bool = False
    keyed: bool = False
    values: list[object] = field(default_factory=list)
    nodes: int = 0
    depth: int = 0

    def hold(self, value: object, nodes: int, depth: int) -> None:
        """Keep a value for the name that the container is assigned to."""
        self.values.append(value)
        self.nodes += nodes
        self.depth = max(self.depth, depth)


@dataclass(frozen=True, slots=True)
class Aside:
    """A call in the middle of prose.

    Args:
        code: Its text.
        position: Its place.
        formatted: Whether it holds an f-string.
    """

    code: str
    position: Position
    formatted: bool


@dataclass(slots=True)
class Entry:
    """An item that was read, and whether it was taken back later."""

    item: ParsedItem
    withdrawn: bool = False


@dataclass(slots=True)
class Read:
    """The state of one reading.

    Args:
        schema: The classes.
        limits: The bounds.
        source: The answer.
        report: Where diagnostics go.
        context: The item at hand.
        builder: Builds instances.
        deliver: What to call with each item as it is read.
        is_item: Which classes are results.
    """

    schema: Schema
    limits: ParseLimits
    source: Buffer
    report: Report
    context: Context
    builder: Builder
    evaluator: Evaluator
    deliver: Callable[[ParsedItem], None]
    entries: list[Entry] = field(default_factory=list)
    rationale: list[str] = field(default_factory=list)
    classes: list[type] = field(default_factory=list)
    containers: list[Container] = field(default_factory=list)
    seen: dict[int, list[object]] = field(default_factory=dict)
    ordinal: int = 0
    target: str = ""
    line_start: bool = True
    separated: bool = True
    after_comma: bool = False
    in_list: bool = False
    just_read: Entry | None = None
    just_bound: str = ""
    item_end: int = 0  # offset after the item read last
    salvage: bool = False
    said_nothing: bool = False
    wrote_something: bool = False
    finished: bool = False
    from_start: bool = True  # no statement yet: the answer may begin inside the prompt's list
    json_noted: bool = False
    thinking: bool = False
    echoing: bool = False
    result_started: bool = False
    mentions: list[Aside] = field(default_factory=list)
    wasted: int = 0
    requested: frozenset[type] = frozenset()

    def __post_init__(self) -> None:
        self.requested = self.context.constructors.requested

    def say(
        self,
        code: Code,
        message: str,
        start: int,
        end: int,
        severity: Severity = Severity.ERROR,
    ) -> None:
        """Report something about a stretch of the source's text."""
        self.report.add(code, message, self.source.place(start, end), severity)

    def undefined(self, name: str, start: int, end: int) -> None:
        """Report a name that stands for nothing, unless it is a constant of Python's."""
        if name not in ("True", "False"):
            message = f"{name}, which is not assigned before its use, is not read"
            self.say(Code.UNDEFINED_NAME, message, start, end)

    def stop_at(self, start: int) -> int:
        """The index at which an item from ``start`` is too large.

        After much text was looked at in vain, less is looked at for each item, which keeps
        the whole linear for any input.
        """
        offset = self.source.base + start
        spent = self.wasted > 8 * offset + 16 * self.limits.max_item
        return start + (min(1024, self.limits.max_item) if spent else self.limits.max_item)
