"""What texts shall state, before there are texts: structures from lists, from gold, from a model.

SynthIE (Josifoski et al. 2023) turned the task around: a text for a structure is easier to write
than the structure of a text is to find. STAR (Ma et al. 2024) makes structures from the schema and
lists of values, Xu et al. (2024, ProgGen) lets a model propose them.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from codeie.errors import InputError
from codeie.generation._mentions import (
    Key,
    Structure,
    key_of,
    like,
    mentions_in,
    renamed,
    whole,
)
from codeie.introspection import (
    Classes,
    ClassSpec,
    FieldSpec,
    Kind,
    Role,
    Schema,
    TypeSpec,
    introspect,
)
from codeie.syntaxes.mentions import is_string
from codeie.training import Source, as_labelled
from codeie.viewable import Outlined

__all__ = ["Pool", "from_gold", "from_values"]

_TRIES = 50


class Pool(Outlined):
    """The strings that each class of mentions has.

    Args:
        values: The strings, by class; a string twice is taken once.
    """

    def __init__(self, values: Mapping[type, Iterable[str]]) -> None:
        self._values = {cls: tuple(dict.fromkeys(strings)) for cls, strings in values.items()}

    @classmethod
    def of(cls, examples: Iterable[Source], schema: Classes) -> Pool:
        """What is in gold, and what the classes give as examples ("such as: …").

        Args:
            examples: Texts with what is in them.
            schema: The classes.
        """
        known = introspect(schema)
        found: dict[type, list[str]] = {
            spec.cls: [*spec.candidates, *spec.init_fields[0].candidates]
            for spec in known.known
            if is_string(spec)
        }
        for number, one in enumerate(examples, 1):
            for mention in mentions_in(as_labelled(one, number).instances, known):
                kind, string = key_of(mention, known)
                found[kind].append(string)
        return cls(found)

    def strings(self, cls: type) -> tuple[str, ...]:
        """The strings of a class; none if nothing is known of it."""
        return self._values.get(cls, ())


def from_gold(
    examples: Iterable[Source],
    schema: Classes,
    count: int,
    *,
    pool: Pool | None = None,
    seed: int = 0,
) -> list[Structure]:
    """Structures like those of gold, with other strings: what occurs together stays together.

    Args:
        examples: Texts with what is in them; those with nothing are passed over.
        schema: The classes.
        count: How many are wanted; fewer are given if no others are found.
        pool: The strings to draw from; by default those of the examples.
        seed: The same seed gives the same structures.
    """
    known = introspect(schema)
    every = [tuple(as_labelled(one, n).instances) for n, one in enumerate(examples, 1)]
    drawn = pool or Pool.of([("", each) for each in every], known)
    chance = random.Random(f"{seed}/gold")  # noqa: S311 - examples, not secrets
    asked = [tuple(x for x in each if known.requested(type(x))) for each in every]
    kinds = [each for each in asked if each]
    given = {repr(each) for each in kinds}
    made: dict[str, Structure] = {}
    for _ in range(count * _TRIES if kinds else 0):
        if len(made) >= count:
            break
        one = chance.choice(kinds)
        changes: dict[Key, Any] = {}
        taken: set[str] = set()
        for mention in mentions_in(one, known):
            free = [word for word in drawn.strings(type(mention)) if word not in taken]
            if free:
                string = chance.choice(free)
                taken.add(string)
                changes[key_of(mention, known)] = like(mention, string, known)
        new = renamed(one, changes, known)
        if repr(new) not in given:
            made.setdefault(repr(new), new)
    return list(made.values())


def from_values(
    schema: Classes,
    values: Mapping[type, Sequence[str]],
    count: int,
    *,
    most: int = 3,
    seed: int = 0,
) -> list[Structure]:
    """Structures of the schema with strings from lists, each class as often as the others.

    Args:
        schema: The classes.
        values: The strings of classes: of a mention what it is called, of an event its trigger,
            and of others what their required strings may be. Beside these, what classes and
            fields give as examples ("such as: …") is taken.
        count: How many are wanted; fewer are given if no others are found.
        most: How many instances one has at most.
        seed: The same seed gives the same structures.

    Raises:
        InputError: If a required field has no values.
    """
    known = introspect(schema)
    chance = random.Random(f"{seed}/values")  # noqa: S311 - examples, not secrets
    maker = _Maker(known, values, chance)
    made: dict[str, Structure] = {}
    turn = 0
    for _ in range(count * _TRIES):
        if len(made) >= count:
            break
        instances: list[Any] = []
        for _ in range(chance.randint(1, most)):
            spec = known.classes[turn % len(known.classes)]
            turn += 1
            one = maker.instance(spec)
            if one is not None and one not in instances:
                instances.append(one)
        if instances:
            made.setdefault(repr(instances), whole(instances, known))
    return list(made.values())


class _Maker:
    def __init__(
        self, schema: Schema, values: Mapping[type, Sequence[str]], chance: random.Random
    ) -> None:
        self._schema = schema
        self._values = values
        self._chance = chance

    def instance(self, spec: ClassSpec, without: Collection[Any] = ()) -> Any | None:
        """An instance; ``None`` if none was found that is not among some others."""
        for _ in range(_TRIES):
            given: dict[str, Any] = {}
            for field in spec.init_fields:
                if not field.required and spec.role in (Role.ENTITY, Role.RECORD):
                    continue
                if not field.required and self._chance.random() < 0.5:
                    continue
                value = self._value(field.type, spec, field, list(given.values()))
                if value is not None or field.required:
                    given[field.name] = value
            one = spec.cls(**given)
            if one not in without:
                return one
        return None

    def _value(self, kind: TypeSpec, spec: ClassSpec, field: FieldSpec, before: list[Any]) -> Any:
        match kind.kind:
            case Kind.STR:
                return self._word(spec, field)
            case Kind.CLASS if kind.cls is not None and (inner := self._schema.of(kind.cls)):
                return self.instance(inner, before)
            case Kind.LITERAL:
                return self._chance.choice(kind.values)
            case Kind.ENUM if kind.cls is not None:
                members = kind.cls.__members__.values()  # type: ignore[attr-defined] # an Enum
                return self._chance.choice(list(members))
            case Kind.BOOL:
                return self._chance.random() < 0.5
            case Kind.UNION:
                some = [arg for arg in kind.args if arg.kind is not Kind.NONE]
                return self._value(self._chance.choice(some), spec, field, before)
            case Kind.LIST | Kind.TUPLE if kind.args and any(kind.args[0].classes()):
                one = self._value(kind.args[0], spec, field, before)
                return [one] if kind.kind is Kind.LIST else (one,)
        if field.required:
            raise InputError(f"there are no values for {spec.name}.{field.name}, a {kind}")
        return None

    def _word(self, spec: ClassSpec, field: FieldSpec) -> str | None:
        own = self._values.get(spec.cls, ()) if field == spec.trigger_field else ()
        words = [*own, *field.candidates, *(spec.candidates if own or is_string(spec) else ())]
        if not words and field.required:
            raise InputError(
                f"there are no values for {spec.name}.{field.name}: give values={{{spec.name}: "
                '["…"]}, or examples in its guideline (such as: "…")'
            )
        return self._chance.choice(words) if words else None
