"""Examples made from the classes alone, for prompts that show no demonstrations.

A model that has never seen the form of the answer writes one of its own. The examples show the
form: texts of what the classes name as examples ("such as: …"), or of the classes' own names
where they name none, with the answers that a style writes for them. They say nothing of the
user's texts, and are marked as made wherever they are seen.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from string import ascii_uppercase
from typing import Final, TypeAlias

from codeie.introspection import ClassSpec, FieldSpec, Kind, Role, Schema, TypeSpec
from codeie.parsing import Call, build
from codeie.prompting._prompt import Demonstration
from codeie.syntaxes.mentions import is_string
from codeie.syntaxes.names import phrase

__all__ = ["made_examples"]

_SHOWN: Final = 2
"""Classes of each role in one example. Shown one of all six classes of WNUT17, a model of 0.5B found
all six in most of 20 training texts: 60 of the 106 strings that it wrote were in none of them."""
_EXAMPLES: Final = 5
"""More would cost more than they teach."""
_FIELDS: Final = (8, 2)
"""So many fields of an instance are filled in, and of one in it, besides those that must be."""
_DEEPEST: Final = 4
"""Instances in instances, where fields that must be filled in need them."""

_Made: TypeAlias = str | int | float | bool | list[object] | dict[object, object] | Call | None

# Values that are no strings, as they stand in a text.
_PLAIN: Final[dict[Kind, _Made]] = {
    Kind.INT: 7,
    Kind.FLOAT: 2.5,
    Kind.BOOL: False,
    Kind.DATE: dt.date(2001, 2, 3).isoformat(),
    Kind.DATETIME: dt.datetime(2001, 2, 3, 4, 5).isoformat(),
    Kind.TIME: dt.time(4, 5).isoformat(),
    Kind.TIMEDELTA: "P2D",
    Kind.DECIMAL: "2.5",
    Kind.UUID: "00000000-0000-4000-8000-000000000000",
}


def made_examples(schema: Schema) -> tuple[Demonstration, ...]:
    """Texts with instances of a few classes each, for all classes or some of many.

    One that has all classes teaches small models to find all classes everywhere.

    Args:
        schema: The classes, as a model shall see them.

    Returns:
        The examples; none if the classes take nothing that can be made up.
    """
    made = [_example(specs, schema) for specs in _groups(schema)]
    return tuple(one for one in made if one is not None)


def _example(specs: Iterable[ClassSpec], schema: Schema) -> Demonstration | None:
    """A text with an instance of each of the classes that take what can be made up."""
    maker = _Maker(schema)
    for spec in specs:
        maker.add(spec)
    text = _text(_accepted(maker.calls, schema), schema)
    calls = sorted(maker.calls, key=lambda call: _place(call, text, schema))
    instances = build("", calls, schema).instances
    return Demonstration(text, instances, made=True) if instances else None


def _accepted(calls: list[Call], schema: Schema) -> list[Call]:
    """Those of which the classes make instances: a class may refuse what is made up."""
    if len(build("", calls, schema).instances) == len(calls):
        return calls
    return [call for call in calls if build("", [call], schema).instances]


def _groups(schema: Schema) -> Iterator[list[ClassSpec]]:
    """The classes of each example: some of each role, as each role has a form of its own."""
    roles = [[spec for spec in schema.classes if spec.role is role] for role in Role]
    longest = max(map(len, roles), default=0)
    for start in range(0, min(longest, _SHOWN * _EXAMPLES), _SHOWN):
        yield [spec for specs in roles for spec in specs[start : start + _SHOWN]]


@dataclass(slots=True)
class _Maker:
    """Makes instances, and names what is in several of them alike."""

    schema: Schema
    calls: list[Call] = field(default_factory=list)
    mentions: dict[type, list[Call]] = field(default_factory=dict)

    def add(self, spec: ClassSpec) -> None:
        """Make an instance of a class, unless another has it as a part."""
        if is_string(spec):
            self._mention(spec, ())
            return
        call = self._call(spec, 0)
        if call is not None:
            self.calls.append(call)

    def _mention(self, spec: ClassSpec, taken: Sequence[Call]) -> Call:
        """A mention of a class that is one string, an earlier one if it is not taken."""
        made = self.mentions.setdefault(spec.cls, [])
        for call in made:
            if call not in taken:
                return call
        only = spec.init_fields[0]
        call = Call(spec.name, [(only.name, _string(spec, only, len(made)))])
        made.append(call)
        if self.schema.requested(spec.cls):
            self.calls.append(call)
        return call

    def _call(self, spec: ClassSpec, depth: int) -> Call | None:
        arguments: list[tuple[str | None, object]] = []
        taken: list[Call] = []
        for number, each in enumerate(spec.init_fields):
            most = _FIELDS[depth] if depth < len(_FIELDS) else 0
            if not each.required and (number >= most or each.type.kind is Kind.BOOL):
                continue
            value = self._value(each.type, spec, each, depth, taken)
            if value is None and each.required and not each.type.optional:
                return None
            if value is not None:
                arguments.append((each.name, value))
        return Call(spec.name, arguments)

    def _value(
        self, kind: TypeSpec, spec: ClassSpec, of: FieldSpec, depth: int, taken: list[Call]
    ) -> _Made:
        def part(arg: TypeSpec) -> _Made:
            return self._value(arg, spec, of, depth, taken)

        match kind.kind:
            case Kind.STR | Kind.ANY:
                return _string(spec, of, 0)
            case Kind.ENUM if kind.cls is not None:
                return next(iter(getattr(kind.cls, "__members__", ())), None)
            case Kind.LITERAL:
                return next((one for one in kind.values if isinstance(one, str | int)), None)
            case Kind.UNION:
                # Relations that join many classes are not all shown between the same two.
                turn = len(self.calls) if all(arg.kind is Kind.CLASS for arg in kind.args) else 0
                first = turn % len(kind.args)
                args = kind.args[first:] + kind.args[:first]
                return next((made for arg in args if (made := part(arg)) is not None), None)
            case Kind.LIST | Kind.SET | Kind.FROZENSET | Kind.DICT if depth >= len(_FIELDS):
                return {} if kind.kind is Kind.DICT else []  # a class may hold a list of itself
            case Kind.LIST | Kind.SET | Kind.FROZENSET:
                return [made for arg in kind.args if (made := part(arg)) is not None]
            case Kind.TUPLE if not (kind.variadic and depth >= len(_FIELDS)):
                return [part(arg) for arg in kind.args]
            case Kind.TUPLE:
                return []
            case Kind.DICT:
                return {part(kind.args[0]): part(kind.args[1])}
            case Kind.CLASS if kind.cls is not None:
                return self._instance(kind.cls, depth + 1, taken)
        return _PLAIN.get(kind.kind)

    def _instance(self, cls: type, depth: int, taken: list[Call]) -> Call | None:
        """An instance of the class, or of one below it that was asked for."""
        specs = [one for one in self.schema.classes if issubclass(one.cls, cls)]
        own = self.schema.of(cls)
        spec = own if own is not None else next(iter(specs), None)
        if spec is None or depth > _DEEPEST:
            return None
        if not is_string(spec):
            return self._call(spec, depth)
        call = self._mention(spec, taken)
        taken.append(call)
        return call


def _string(spec: ClassSpec, of: FieldSpec, number: int) -> str:
    """A string for a field: an example that the class names, else one made of its name."""
    named = of.candidates or (spec.candidates if is_string(spec) else ())
    if number < len(named):
        return named[number]
    if spec.role is Role.EVENT and of is spec.trigger_field:
        return phrase(spec)
    what = phrase(spec).title() if is_string(spec) else of.name.replace("_", " ").strip()
    return f"{what} {ascii_uppercase[(number - len(named)) % 26]}"


# The text.


def _text(calls: Sequence[Call], schema: Schema) -> str:
    """Sentences that state what the instances say, and little else."""
    sentences: list[str] = []
    alone: list[str] = []
    for call in calls:
        spec = schema.named(call.name)
        strings = list(dict.fromkeys(_stated(call, schema)))
        if spec is None or not strings:
            continue
        if is_string(spec):
            alone += strings
        elif spec.role is Role.RELATION and len(strings) == 2:
            sentences.append(f"{strings[0]} {phrase(spec)} {strings[1]}.")
        else:
            sentences.append(f"{_enumerated(strings)}.")
    missing = [one for one in alone if not any(one in sentence for sentence in sentences)]
    first = [f"It is about {_enumerated(missing)}."] if missing else []
    return " ".join([*first, *sentences])


def _place(call: Call, text: str, schema: Schema) -> int:
    """Mentions in the order of the text, then what is made of them."""
    spec = schema.named(call.name)
    if spec is None or not is_string(spec):
        return len(text)
    return text.find(next(_stated(call, schema), ""))


def _enumerated(strings: Sequence[str]) -> str:
    *most, last = strings
    return f"{', '.join(most)} and {last}" if most else last


def _stated(value: object, schema: Schema) -> Iterator[str]:
    """What of a value stands in the text, in order."""
    match value:
        case Call():
            spec = schema.named(value.name)
            for name, held in value.arguments:
                of = spec.field(name) if spec is not None and name is not None else None
                if of is not None and of.in_text and of.type.kind is not Kind.LITERAL:
                    yield from _stated(held, schema)
        case list():
            for one in value:
                yield from _stated(one, schema)
        case dict():
            for pair in value.items():
                yield from _stated(list(pair), schema)
        case bool() | None:
            return
        case _:
            yield str(value)
