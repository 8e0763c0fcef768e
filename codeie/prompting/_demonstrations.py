"""Demonstrations as they are given: pairs become values, and strings are looked for."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import TypeAlias

from codeie.errors import CodeIEWarning, InputError
from codeie.introspection import ClassSpec, FieldSpec, Kind, Schema
from codeie.prompting._prompt import Demonstration
from codeie.viewable import Outlined

__all__ = [
    "DemonstrationLike",
    "Quoted",
    "as_demonstrations",
    "quoted",
    "ungrounded",
    "warn_of_strings",
]

DemonstrationLike: TypeAlias = Demonstration | tuple[str, Sequence[object]]
"""What is taken for a demonstration: one, or its text and its instances."""


def as_demonstrations(given: Iterable[DemonstrationLike]) -> tuple[Demonstration, ...]:
    """The demonstrations of a list in which some may be pairs of a text and its instances.

    Raises:
        InputError: If something else is given.
    """
    if isinstance(given, str | Demonstration) or not isinstance(given, Iterable):
        raise InputError(
            f"demonstrations are a list of (text, instances), got {type(given).__name__}"
        )
    return tuple(map(_as_demonstration, given))


def _as_demonstration(given: object) -> Demonstration:
    match given:
        case Demonstration():
            return given
        case [str() as text, list() | tuple() as instances]:
            return Demonstration(text, tuple(instances))
        case [str(), instances]:
            raise InputError(
                "the second of a pair (text, instances) is a list, also of one instance; "
                f"got {type(instances).__name__}"
            )
    raise InputError(
        "a demonstration is a Demonstration or a pair (text, instances), "
        f"got {type(given).__name__}; they are a list, also a single one: [(text, instances)]"
    )


def warn_of_strings(demonstrations: Sequence[Demonstration], schema: Schema, level: int) -> None:
    """Warn of strings in demonstrations that their texts do not hold.

    They teach a model to write what is not there.

    Args:
        demonstrations: What is to be shown.
        schema: The classes.
        level: How many calls above this one the demonstrations were given.
    """
    for number, one in enumerate(demonstrations, 1):
        for each in ungrounded((*one.instances, *one.given), one.text, schema):
            warnings.warn(
                f"demonstration {number}: {each}, which its text does not hold: {_short(one.text)}",
                CodeIEWarning,
                stacklevel=level + 1,
            )


@dataclass(frozen=True, slots=True)
class Quoted(Outlined):
    """A string of an instance that is a quotation from its text.

    Args:
        spec: The class of the instance.
        field: Its field that holds the string.
        string: The string.
    """

    spec: ClassSpec
    field: FieldSpec
    string: str

    def __str__(self) -> str:
        return f"{self.spec.cls.__name__}.{self.field.name} is {_short(self.string)}"


def quoted(values: Iterable[object], schema: Schema) -> Iterator[Quoted]:
    """The strings of instances, and of instances in them, that should be quotations.

    Args:
        values: Instances; what the schema does not know is passed over.
        schema: The classes.
    """
    for value in values:
        spec = schema.of(type(value))
        if spec is None:
            continue
        for field in spec.init_fields:
            if field.in_text and not field.init_var:
                held = getattr(value, field.name, None)
                yield from (Quoted(spec, field, string) for string in _strings(held, field))
                yield from quoted(_members(held), schema)


def ungrounded(values: Iterable[object], text: str, schema: Schema) -> list[Quoted]:
    """The strings that should be quotations from a text and are not in it.

    The words of a string may stand apart, for a mention may have gaps, and in other case.

    Args:
        values: As for `quoted`.
        text: The text.
        schema: The classes.
    """
    return [each for each in quoted(values, schema) if not _holds(text, each.string)]


def _strings(held: object, field: FieldSpec) -> Iterator[str]:
    literal = any(spec.kind is Kind.LITERAL for spec in (field.type, *field.type.args))
    if literal or (not field.required and held == field.default):
        return  # a choice, or a word for "nothing said"
    yield from (string for string in _members(held) if isinstance(string, str))


def _members(held: object) -> Iterator[object]:
    match held:
        case Mapping():
            yield from held.values()
        case list() | tuple() | Set():
            yield from held
        case _:
            yield held


def _holds(text: str, string: str) -> bool:
    """Whether the words of a string stand in the text, in order: a mention may have gaps."""
    text, position = text.casefold(), 0
    for word in string.casefold().split():
        position = text.find(word, position)
        if position < 0:
            return False
        position += len(word)
    return True


def _short(text: str) -> str:
    return repr(text if len(text) <= 60 else f"{text[:59]}…")
