"""What the walk through an answer knows: where it is, what it read last, what was said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from codeie.diagnostics import Code, Position, Severity
from codeie.parsing._limits import ParseLimits
from codeie.parsing._report import Report
from codeie.parsing._result import ParsedItem
from codeie.parsing.expression.evaluate import Evaluator
from codeie.parsing.expression.values import Bound
from codeie.parsing.instances.build import Builder
from codeie.parsing.instances.context import Context
from codeie.parsing.instances.results import Entry, Results
from codeie.parsing.text.buffer import Buffer

__all__ = ["Aside", "Here", "Last", "Level", "Read", "Said"]


@dataclass(slots=True)
class Level:
    """A bracket around items that is being read; the outermost level is none.

    Args:
        closer: The bracket that ends it; ``""`` for the outermost.
        target: The name it is assigned to, if it is.
        label: The key of the class that its elements are of, as in ``{"Person": [...]}``.
        wrapper: Whether it is a call that only wraps items, so that keywords are passed over.
        keyed: Whether it is a JSON object whose values are lists.
        values: What was read in it, for the name it is assigned to; each with the number of
            values it is made of, and of instances that it nests.
    """

    closer: str = ""
    target: str = ""
    label: str = ""
    wrapper: bool = False
    keyed: bool = False
    values: list[tuple[object, int, int]] = field(default_factory=list)

    def hold(self, value: object, nodes: int, depth: int) -> None:
        """Keep a value for the name that the bracket is assigned to."""
        self.values.append((value, nodes or 1, depth))

    def bound(self) -> Bound:
        """All that was read in it, as what its name stands for; each element counts."""
        parts = tuple(Bound(*held) for held in self.values)
        return Bound(
            [part.value for part in parts],
            1 + sum(part.nodes for part in parts),
            max((part.depth for part in parts), default=0),
            parts,
        )


@dataclass(slots=True)
class Here:
    """Where the walk is.

    Args:
        target: The name that the next value is assigned to.
        line_start: Whether a line begins here, so that a statement may.
        separated: Whether an item may begin here.
        after_comma: Whether that is for a comma on this line.
        from_start: Whether there was no statement yet: the answer may begin inside the
            prompt's list.
        finished: Whether nothing more is to be read.
        condition: Place of the condition that what is indented here stands under.
    """

    target: str = ""
    line_start: bool = True
    separated: bool = True
    after_comma: bool = False
    from_start: bool = True
    finished: bool = False
    condition: Position | None = None

    def anew(self) -> None:
        """A statement or an item may begin here."""
        self.line_start = self.separated = True
        self.target = ""


@dataclass(slots=True)
class Last:
    """What was read last, which may be taken back for what follows on its line.

    Args:
        entry: The item, if it is a result.
        name: The name it was assigned to.
        end: Offset after it, in prefill and answer together.
    """

    entry: Entry | None = None
    name: str = ""
    end: int = 0

    def forget(self) -> None:
        """What follows is no more about it."""
        self.entry, self.name = None, ""


@dataclass(slots=True)
class Said:
    """What the answer said so far.

    Args:
        nothing: That there is nothing to extract, in a word or with an empty bracket.
        something: Anything that is no white space.
        result: That its result begins: a list was opened, or an item read.
        listed: An item in a list; calls in sentences then only speak of it.
        echo: The prompt's classes again, so that its texts may follow.
        json: JSON, which is noted once.
    """

    nothing: bool = False
    something: bool = False
    result: bool = False
    listed: bool = False
    echo: bool = False
    json: bool = False


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
class Read:
    """One reading of an answer.

    Args:
        context: The item at hand.
        builder: Builds instances.
        deliver: What to call with each item as it is read.
        salvage: Whether the complete fields of a cut item are kept.
        results: The items.
        rationale: The comments.
        classes: Classes that import lines name.
        asides: Calls in sentences.
        levels: The brackets around what is read next, the outermost level first.
        loose: Lists of strings, by the names they are assigned to.
        assigned: Places of items, by the names they are assigned to.
        chosen: Whether a list of results is made of names.
        wasted: Code points that were looked at in vain.
    """

    context: Context
    builder: Builder
    deliver: Callable[[ParsedItem], None]
    salvage: bool = False
    here: Here = field(default_factory=Here)
    last: Last = field(default_factory=Last)
    said: Said = field(default_factory=Said)
    rationale: list[str] = field(default_factory=list)
    classes: list[type] = field(default_factory=list)
    asides: list[Aside] = field(default_factory=list)
    levels: list[Level] = field(default_factory=lambda: [Level()])
    loose: dict[str, Position] = field(default_factory=dict)
    assigned: dict[str, Position] = field(default_factory=dict)
    chosen: bool = False
    ordinal: int = 0
    wasted: int = 0
    source: Buffer = field(init=False)
    limits: ParseLimits = field(init=False)
    report: Report = field(init=False)
    evaluator: Evaluator = field(init=False)
    results: Results = field(init=False)

    def __post_init__(self) -> None:
        self.source, self.limits = self.context.source, self.context.limits
        self.report = self.context.report
        self.evaluator = Evaluator(self.limits, self.context.bound_to)
        self.results = Results(self.context)

    @property
    def level(self) -> Level:
        """The bracket around what is read next."""
        return self.levels[-1]

    @property
    def inside(self) -> bool:
        """Whether there is a bracket around what is read next."""
        return len(self.levels) > 1

    def leave(self) -> Level:
        """Leave the innermost bracket; its values get the name it is assigned to."""
        level = self.levels.pop()
        if level.target:
            self.context.names[level.target] = level.bound
        return level

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

    def bound(self, name: str, start: int, end: int) -> Bound | None:
        """What a name stands for; if it is nothing, that is reported."""
        known = self.context.bound_to(name)
        if known is None and name not in ("True", "False"):
            message = f"{name}, which is not assigned before its use, is not read"
            self.say(Code.UNDEFINED_NAME, message, start, end)
        return known

    def is_field(self, name: str) -> bool:
        """Whether any class of the schema has a field of that name."""
        return name in self.context.constructors.field_names

    def stop_at(self, start: int) -> int:
        """The index at which an item from ``start`` is too large.

        After much text was looked at in vain, less is looked at for each item, which keeps
        the whole linear for any input.
        """
        offset = self.source.base + start
        spent = self.wasted > 8 * offset + 16 * self.limits.max_item
        return start + (min(1024, self.limits.max_item) if spent else self.limits.max_item)
