"""What converting and building share: the item at hand, names, and where problems are said."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from codeie.diagnostics import Code, Position, Severity
from codeie.introspection import ClassSpec, Naming, Schema, why_refused
from codeie.parsing._limits import ParseLimits
from codeie.parsing._report import Report
from codeie.parsing.expression.values import BadValue, Bound, CallValue, NameValue, shown
from codeie.parsing.instances.classes import Constructors, constructors_of
from codeie.parsing.instances.scalars import FAILED
from codeie.parsing.instances.where import At, Slot, path_of, slot_at, slots_of
from codeie.parsing.text.buffer import Buffer

__all__ = ["Context"]

_JSON: Final[dict[str, object]] = {"true": True, "false": False, "null": None}


@dataclass(slots=True)
class Context:
    """The item at hand, and all that is known beside it.

    Args:
        schema: The classes.
        limits: The bounds.
        report: Where diagnostics go.
        source: The answer, for positions.
        labels: Other names of classes.
        names: What names stand for that were assigned so far, or what gives that when a name
            is used; few are.
        used: The names of those that were used since.
        nodes: How many values the item is made of so far.
        depth: How many instances are open around the value at hand.
        deepest: How many instances the item nests so far.
    """

    schema: Schema
    limits: ParseLimits
    report: Report
    source: Buffer
    labels: Mapping[str, ClassSpec] = field(default_factory=dict)
    names: dict[str, Bound | Callable[[], Bound]] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    nodes: int = 0
    depth: int = 0
    deepest: int = 0
    constructors: Constructors = field(init=False)
    naming: Naming = field(init=False)
    _start: int = 0
    _end: int = 0
    _slots: Slot | None = None
    _aside: Position | None = None
    _mentions: dict[str, dict[type, object]] = field(default_factory=dict)
    _unindexed: list[object] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.constructors = constructors_of(self.schema)
        self.naming = Naming(self.schema, self.labels)

    # The item at hand, and what is said about it.

    def begin(self, start: int, end: int) -> None:
        """Start on the item between two indices of the source."""
        self._start, self._end, self._slots, self._aside = start, end, None, None
        self.nodes = self.depth = self.deepest = 0

    def begin_aside(self, position: Position) -> None:
        """Start on an item whose text may be forgotten; all is said about its whole place."""
        self.begin(0, 0)
        self._aside = position

    def say(
        self, code: Code, message: str, at: At | None, severity: Severity = Severity.ERROR
    ) -> None:
        """Report something about a value of the item at hand."""
        start, end = self._start, self._end
        if self._aside is not None:
            self.report.add(code, message, self._aside, severity, path_of(at))
            return
        if at is not None and at.parent is not None and len(self.report.found) < self.report.limit:
            if self._slots is None:
                self._slots = slots_of(self.source.text[start:end])
            slot = slot_at(self._slots, at)
            start, end = start + slot.start, start + max(slot.end, slot.start)
        self.report.add(code, message, self.source.place(start, end), severity, path_of(at))

    def converted(self, message: str, at: At | None, severity: Severity = Severity.NOTE) -> None:
        """Note that a value was taken for another one, as the rules allow."""
        self.say(Code.CONVERTED, message, at, severity)

    def resolved(self, message: str, at: At | None) -> None:
        """Warn that a name was taken for another one."""
        self.say(Code.RESOLVED_NAME, message, at, Severity.WARNING)

    def failed(self, code: Code, message: str, at: At | None) -> object:
        """Report an error, and give `FAILED`."""
        self.say(code, message, at)
        return FAILED

    def too_many_nodes(self, at: At) -> None:
        """Report, once for an item, that it is made of too many values."""
        most = self.limits.max_nodes
        if self.nodes < 2 * most:
            self.nodes += 2 * most
            self.say(Code.TOO_LARGE, f"the item is made of more than {most:,} values", at)

    def make(
        self,
        kind: Callable[..., Any],
        positional: tuple[object, ...],
        named: dict[str, object],
        at: At,
    ) -> object:
        """Call the user's class; what its own code raises is a diagnostic."""
        try:
            return kind(*positional, **named)
        except Exception as error:  # noqa: BLE001 # the user's own code may raise anything
            reason = why_refused(error)[:200]
            message = f"{kind.__name__} refused these values ({reason})"
            return self.failed(Code.REJECTED, message, at)

    # What names stand for.

    def bind(self, name: str, value: object) -> None:
        """Let a name stand for the value of the item at hand."""
        self.names[name] = Bound(value, max(1, self.nodes), self.deepest)

    def bound_to(self, name: str) -> Bound | None:
        """What a name stands for; it counts as used from now on."""
        known = self.names.get(name)
        if known is None:
            return None
        self.used.add(name)
        if not isinstance(known, Bound):
            known = self.names[name] = known()
        return known

    def referenced(self, name: NameValue) -> object:
        """The value a name stands for; a `BadValue` if there is none."""
        known = self.bound_to(name.name)
        if known is not None:
            return self.counted(known, name.name)
        if name.name in _JSON:
            return _JSON[name.name]
        if "." in name.name:
            return BadValue(Code.NOT_A_LITERAL, f"the attribute {shown(name)}")
        return BadValue(
            Code.UNDEFINED_NAME, f"{shown(name)}, which is not assigned before its use,"
        )

    def counted(self, known: Bound, name: str) -> object:
        """The value of what was read before, counted as a part of the item at hand."""
        self.nodes += known.nodes
        depth = self.depth + known.depth
        self.deepest = max(self.deepest, depth)
        if depth > self.limits.max_depth:
            return BadValue(Code.TOO_DEEP, f"{name}, nested more than {depth - 1} deep,")
        return known.value

    def class_for(self, name: str, at: At | None) -> ClassSpec | None:
        """The class that a name means, noting it if the name is only near."""
        spec = self.naming.meant(name)
        if spec is not None and self.naming.exact(name) is None:
            self.resolved(f"{name} was taken for {spec.name}", at)
        return spec

    def unknown_class(self, name: str, at: At | None) -> None:
        """Report a class that the schema does not have."""
        likely = self.naming.like(name)
        hint = f"; the nearest are {', '.join(likely)}" if likely else ""
        self.say(Code.UNKNOWN_CLASS, f"{name[:80]} is not a class of the schema{hint}", at)

    # Strings that stand for instances, and the other way round.

    def remember(self, instance: object) -> None:
        """Let bare strings refer to an instance that was read."""
        self._unindexed.append(instance)

    def mentioned(self, text: str, classes: Sequence[type]) -> object:
        """The instance read before that the string names, if it is of one of the classes."""
        for instance in self._unindexed:
            if (held := self._held(instance)) is not None:
                self._mentions.setdefault(held, {}).setdefault(type(instance), instance)
        self._unindexed.clear()
        known = self._mentions.get(text, {})
        fitting = [one for cls, one in known.items() if issubclass(cls, tuple(classes))]
        return fitting[0] if len(fitting) == 1 else FAILED

    def _held(self, instance: object) -> str | None:
        """The one string of an instance that a bare string could have made."""
        made = self.constructors.of(type(instance))
        if made is None or made.string_field is None:
            return None
        held = getattr(instance, made.string_field.name, None)
        return held if type(held) is str else None

    def string_in(self, value: object, at: At) -> str | None:
        """The string that a wrapper holds: ``Name("x")``, or an instance with one string."""
        text = value.sole_string if type(value) is CallValue else self._held(value)
        if text is not None:
            self.converted(f"the string {shown(text)} was taken out of {shown(value)}", at)
        return text
