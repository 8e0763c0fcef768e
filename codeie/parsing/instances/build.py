"""Calls become instances of the user's classes, one item at a time."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from codeie.diagnostics import Code, Position, Severity
from codeie.introspection import ClassSpec, FieldSpec, Naming, Schema, TypeSpec, nearest
from codeie.parsing._limits import ParseLimits
from codeie.parsing._report import Report, Trial
from codeie.parsing.expression.values import BadValue, CallValue, DictValue, NameValue
from codeie.parsing.instances.convert import Converter, shown
from codeie.parsing.instances.plan import Plan, Plans, plans_for
from codeie.parsing.instances.records import Record, read_record
from codeie.parsing.instances.rewrites import class_first
from codeie.parsing.instances.scalars import FAILED
from codeie.parsing.instances.where import At, Slot, path_of, slot_at, slots_of
from codeie.parsing.text.buffer import Buffer

__all__ = ["Bound", "BrokenHead", "Builder"]


@dataclass(frozen=True, slots=True)
class Bound:
    """What a name stands for.

    Args:
        value: An instance, or a plain value as the evaluator gave it.
        nodes: How many values it is made of, all names replaced.
        depth: How many instances it nests.
    """

    value: object
    nodes: int = 1
    depth: int = 0


@dataclass(frozen=True, slots=True)
class BrokenHead:
    """A class's name without its opening parenthesis.

    Args:
        spec: The class.
        inside: Index of what follows.
        bracket: Index of the bracket that stands for the parenthesis; -1 if there is none.
    """

    spec: ClassSpec
    inside: int
    bracket: int


@dataclass(slots=True)
class Builder:
    """Builds instances and says what could not be built.

    Args:
        schema: The classes.
        limits: The bounds.
        report: Where diagnostics go.
        source: The answer, for positions.
        labels: Other names of classes.
    """

    schema: Schema
    limits: ParseLimits
    report: Report
    source: Buffer
    labels: Mapping[str, ClassSpec] = field(default_factory=dict)
    names: dict[str, Bound] = field(default_factory=dict)
    nodes: int = 0
    depth: int = 0
    deepest: int = 0
    _start: int = 0
    _end: int = 0
    _slots: Slot | None = None
    _aside: Position | None = None
    plans: Plans = field(init=False)
    naming: Naming = field(init=False)
    _converter: Converter = field(init=False)
    _mentions: dict[str, dict[type, object]] = field(default_factory=dict)
    _unindexed: list[object] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.plans = plans_for(self.schema)
        self.naming = Naming(self.schema, self.labels)
        self._converter = Converter(self)

    # The item at hand.

    def begin(self, start: int, end: int) -> None:
        """Start on the item between two indices of the source."""
        self._start, self._end, self._slots, self._aside = start, end, None, None
        self.nodes = self.depth = self.deepest = 0

    def begin_aside(self, position: Position) -> None:
        """Start on an item whose text may be forgotten; all is said about its whole place."""
        self.begin(0, 0)
        self._aside = position

    def bind(self, name: str, value: object) -> None:
        """Let a name stand for the value of the item at hand."""
        self.names[name] = Bound(value, max(1, self.nodes), self.deepest)

    def remember(self, instance: object) -> None:
        """Let bare strings refer to an instance that was read."""
        self._unindexed.append(instance)

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

    def too_many_nodes(self, at: At) -> None:
        """Report, once for an item, that it is made of too many values."""
        if self.nodes < 2 * self.limits.max_nodes:
            self.nodes += 2 * self.limits.max_nodes
            self.say(
                Code.TOO_LARGE,
                f"the item is made of more than {self.limits.max_nodes:,} values",
                at,
            )

    # Names.

    def bound(self, name: str) -> Bound | None:
        """What a name stands for, or ``None``."""
        return self.names.get(name)

    def referenced(self, name: NameValue) -> object:
        """The value a name stands for; a `BadValue` if there is none."""
        known = self.names.get(name.name)
        if known is not None:
            self.nodes += known.nodes
            depth = self.depth + known.depth
            self.deepest = max(self.deepest, depth)
            if depth > self.limits.max_depth:
                return BadValue(Code.TOO_DEEP, f"{name.name}, nested more than {depth - 1} deep,")
            return known.value
        if name.name in _JSON:
            return _JSON[name.name]
        if "." in name.name:
            return BadValue(Code.NOT_A_LITERAL, f"the attribute {shown(name)}")
        return BadValue(
            Code.UNDEFINED_NAME, f"{shown(name)}, which is not assigned before its use,"
        )

    def class_for(self, name: str, at: At | None) -> ClassSpec | None:
        """The class that a name means, noting it if the name is only near."""
        spec = self.naming.meant(name)
        if spec is not None and self.naming.exact(name) is None:
            self.say(Code.RESOLVED_NAME, f"{name} was taken for {spec.name}", at, Severity.WARNING)
        return spec

    def unknown_class(self, name: str, at: At | None) -> None:
        """Report a class that the schema does not have."""
        likely = self.naming.like(name)
        hint = f"; the nearest are {', '.join(likely)}" if likely else ""
        self.say(Code.UNKNOWN_CLASS, f"{name[:80]} is not a class of the schema{hint}", at)

    def _index(self, instance: object) -> None:
        plan = self.plans.of(type(instance))
        if plan is not None and plan.string_field is not None:
            text = getattr(instance, plan.string_field.name, None)
            if type(text) is str:
                self._mentions.setdefault(text, {}).setdefault(type(instance), instance)

    def mentioned(self, text: str, classes: Sequence[type]) -> object:
        """The instance read before that the string names, if it is of one of the classes."""
        for instance in self._unindexed:
            self._index(instance)
        self._unindexed.clear()
        known = self._mentions.get(text, {})
        fitting = [one for cls, one in known.items() if issubclass(cls, tuple(classes))]
        return fitting[0] if len(fitting) == 1 else FAILED

    def is_field(self, name: str) -> bool:
        """Whether any class of the schema has a field of that name."""
        return name in self.plans.field_names

    def broken_head(self, text: str, start: int) -> BrokenHead | None:
        """A class's name at ``start`` whose opening parenthesis is missing or another bracket."""
        match = self.plans.broken_heads.match(text, start)
        spec = self.schema.named(match[1]) if match else None
        if match is None or spec is None:
            return None
        whole = re.match(r"\w+", text[start : start + 200])
        if whole and whole[0] != match[1] and self.schema.named(whole[0]):
            return None  # "OrganizationBasedIn(" is no damaged "Organization("
        glued = None
        if match.end(1) == match.end():
            glued = re.match(r"(\w+)[ \t]{0,8}=(?!=)", text[match.end() : match.end() + 120])
        if glued is not None and spec.field(glued[1]) is None:
            return None  # "Person1 = …" is an assignment
        return BrokenHead(spec, match.end(), match.end() - 1 if match[2] else -1)

    # Instances.

    def instance(self, value: object, spec: TypeSpec | None, at: At) -> object:
        """Build what is declared, or any class of the schema if nothing is.

        Args:
            value: A call, a dict, a string; whatever else is reported.
            spec: The declared type, of kind ``CLASS``.
            at: Where it stands.
        """
        self.depth += 1
        self.deepest = max(self.deepest, self.depth)
        try:
            if type(value) is CallValue:
                return self._from_call(value, spec, at)
            if type(value) is DictValue:
                return self._from_dict(value, spec, at)
            if type(value) is str and spec is not None and spec.cls is not None:
                plan = self.plans.of(spec.cls)
                if plan is not None and plan.string_field is not None:
                    if len(plan.fields) > 1:  # else it is how prompts show such arguments
                        self.say(
                            Code.CONVERTED,
                            f"{shown(value)} was taken for {plan.spec.name}"
                            f"({plan.string_field.name}={shown(value)})",
                            at,
                            Severity.NOTE,
                        )
                    return self._from_call(CallValue(plan.spec.name, [(None, value)]), spec, at)
        finally:
            self.depth -= 1
        wanted = str(spec) if spec is not None else "an instance of a class of the schema"
        self.say(Code.WRONG_TYPE, f"expected {wanted}, got {shown(value)}", at)
        return FAILED

    def _from_call(self, call: CallValue, spec: TypeSpec | None, at: At) -> object:
        named = self.schema.named(call.name)
        if named is None and spec is None:
            call = class_first(call, self.naming.exact)
            named = self.schema.named(call.name)
        if named is None:
            named = self.class_for(call.name, at)
        if named is None:
            text = self._sole_string(call)
            if text is not None and spec is not None and spec.cls is not None:
                plan = self.plans.of(spec.cls)
                if plan is not None and plan.string_field is not None:
                    self.say(
                        Code.RESOLVED_NAME,
                        f"{call.name} is not a class of the schema; {plan.spec.name} was taken, "
                        "the only class that can stand here",
                        at,
                        Severity.WARNING,
                    )
                    return self._built(plan, [(None, text)], at)
            self.unknown_class(call.name, at)
            return FAILED
        if spec is not None and spec.cls is not None and not issubclass(named.cls, spec.cls):
            self.say(Code.WRONG_TYPE, f"expected {spec}, got {shown(call)}", at)
            return FAILED
        plan = self.plans.of(named.cls)
        assert plan is not None  # noqa: S101 # it is a class of the schema
        return self._built(plan, call.arguments, at)

    def _built(self, plan: Plan, arguments: Iterable[tuple[str | None, object]], at: At) -> object:
        made: dict[str, object] = {}
        failed: set[str] = set()
        fields, positional = plan.fields, plan.positional
        next_position = 0
        lost = False
        convert = self._converter.convert
        for index, (keyword, value) in enumerate(arguments):
            if keyword is None:
                if next_position >= len(positional):
                    self.say(
                        Code.TOO_MANY_ARGUMENTS,
                        f"{plan.spec.name} takes {len(positional)} positional arguments; "
                        f"{shown(value)} is left out",
                        At(at, index, ""),
                    )
                    continue
                known: FieldSpec | None = positional[next_position]
                next_position += 1
            else:
                known = fields.get(keyword)
            if known is None:
                known = self._near_field(plan, keyword or "", At(at, index, f".{keyword}"))
                if known is None:
                    continue
            name = known.name
            if type(value) is str and name in plan.plain and not (name in made or name in failed):
                made[name] = value
                continue
            place = At(at, index, plan.path_steps[name])
            if name in made or name in failed:
                self.say(
                    Code.DUPLICATE_FIELD,
                    f"{plan.spec.name}.{known.name} is given again; the first value is kept",
                    place,
                )
                continue
            converted = convert(value, known.type, place)
            if converted is FAILED:
                failed.add(known.name)
                lost = lost or known.required
            else:
                made[known.name] = converted
        for missing in plan.required:
            if missing.name not in made and missing.name not in failed:
                lost = not self._filled(plan, missing, made, at) or lost
        if lost:
            return FAILED
        return self.guarded(plan.spec.cls, (), made, at)

    def _near_field(self, plan: Plan, keyword: str, at: At) -> FieldSpec | None:
        name = nearest(keyword, plan.fields)
        if name is not None:
            self.say(
                Code.RESOLVED_NAME,
                f"{plan.spec.name} has no field {keyword}; it was taken for {name}",
                at,
                Severity.WARNING,
            )
            return plan.fields[name]
        self.say(
            Code.UNKNOWN_FIELD,
            f"{plan.spec.name} has no field {keyword[:80]}; it has "
            f"{', '.join(plan.fields) or 'none'}",
            at,
        )
        return None

    def _filled(self, plan: Plan, missing: FieldSpec, made: dict[str, object], at: At) -> bool:
        """Give a missing field the one value that says "nothing", if its type has one."""
        name = f"{plan.spec.name}.{missing.name}"
        if missing.type.optional:
            made[missing.name] = None
        elif missing.type.is_collection and (
            missing.type.variadic or missing.type.kind is not missing.type.kind.TUPLE
        ):
            made[missing.name] = _EMPTY[missing.type.kind.value]()
        else:
            self.say(
                Code.MISSING_FIELD, f"{name} is required and missing; the item is left out", at
            )
            return False
        self.say(
            Code.MISSING_FIELD,
            f"{name} is missing; {made[missing.name]!r} was taken",
            at,
            Severity.WARNING,
        )
        return True

    def guarded(
        self,
        make: Callable[..., Any],
        positional: tuple[object, ...],
        named: dict[str, object],
        at: At,
    ) -> object:
        """Call the user's class; what its own code raises is a diagnostic."""
        try:
            return make(*positional, **named)
        except Exception as error:  # noqa: BLE001 # the user's own code may raise anything
            reason = f"{type(error).__name__}: {error}"[:200]
            self.say(Code.REJECTED, f"{make.__name__} refused these values ({reason})", at)
            return FAILED

    def _from_dict(self, value: DictValue, spec: TypeSpec | None, at: At) -> object:
        record = read_record(value, self, spec.cls if spec is not None else None, at)
        if record is None:
            return FAILED
        return self.built_record(record, at)

    def built_record(self, record: Record, at: At) -> object:
        """The instance of a record."""
        plan = self.plans.of(record.spec.cls)
        assert plan is not None  # noqa: S101 # records name classes of the schema
        return self._built(plan, record.arguments, at)

    def plan(self, spec: ClassSpec) -> Plan:
        """The plan of a class of the schema."""
        plan = self.plans.of(spec.cls)
        assert plan is not None  # noqa: S101
        return plan

    # Strings in wrappers, and choices.

    def _sole_string(self, call: CallValue) -> str | None:
        if len(call.arguments) == 1 and type(call.arguments[0][1]) is str:
            return call.arguments[0][1]
        return None

    def string_in(self, value: object, at: At) -> str | None:
        """The string that a wrapper holds: ``Name("x")``, or an instance with one string."""
        text: str | None = None
        if type(value) is CallValue:
            text = self._sole_string(value)
        elif (plan := self.plans.of(type(value))) is not None and plan.string_field is not None:
            held = getattr(value, plan.string_field.name, None)
            text = held if type(held) is str else None
        if text is not None:
            self.say(
                Code.CONVERTED,
                f"the string {shown(text)} was taken out of {shown(value)}",
                at,
                Severity.NOTE,
            )
        return text

    def best_of(
        self,
        attempts: Sequence[tuple[Callable[..., object], object, TypeSpec, At]],
        spec: TypeSpec,
        at: At,
    ) -> object:
        """The conversion that costs least: fewest errors, then warnings, then notes."""
        report = self.report
        best: tuple[object, Trial] | None = None
        value = attempts[0][1]
        for convert, given, member, place in attempts:
            mark = report.mark()
            result = convert(given, member, place)
            trial = report.taken_back(mark)
            if result is not FAILED and (best is None or trial.cost < best[1].cost):
                best = (result, trial)
        if best is None:
            self.say(Code.WRONG_TYPE, f"expected {spec}, got {shown(value)}", at)
            return FAILED
        report.say_again(best[1])
        return best[0]


_JSON: dict[str, object] = {"true": True, "false": False, "null": None}
_EMPTY: dict[str, Callable[[], object]] = {
    "list": list,
    "set": set,
    "frozenset": frozenset,
    "dict": dict,
    "tuple": tuple,
}
