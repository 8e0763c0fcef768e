"""Made-up schemas with made-up instances, the same for the same seed."""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum
import random
from collections.abc import Collection, Iterator
from typing import Any, Final

from codeie.introspection import ClassSpec, Kind, Role, Schema, TypeSpec, introspect
from codeie.types import Entity, Event, Relation

__all__ = ["instances_of", "made_schemas"]


class _Colour(enum.Enum):
    RED = "red"
    DEEP_BLUE = 2


@dataclasses.dataclass
class _Person(Entity):
    """A person with a name."""

    name: str


@dataclasses.dataclass
class _City(Entity):
    """A town, such as: "Oban"."""

    name: str


_EXTRA: Final[tuple[tuple[str, Any, object], ...]] = (
    ("count", int, 0),
    ("share", float, 0.5),
    ("sure", bool, False),
    ("note", str, ""),
    ("since", dt.date | None, None),
    ("colour", _Colour | None, None),
    ("people", list[_Person], list),
    ("place", _City | None, None),
    ("either", _Person | _City | None, None),
    ("names", tuple[str, ...], ()),
)
_ENDS: Final = (_Person, _City)
_STRINGS: Final = (
    "Ada",
    "Ada Lovelace",
    "O'Brien",
    'the "Engine"',
    "Oban, Argyll: the pier (north)",
    "None",
    "12",
    "true",
    "a; b | c",
    "50 % [sic]",
    "C:\\notes",
    "naïve Größe 東京",
    "{{ text }}",
)
_CLASS_NAMES: Final = {
    Role.ENTITY: ("Person", "City", "Organisation"),
    Role.RELATION: ("LivesIn", "WorksFor", "Knows"),
    Role.EVENT: ("Attack", "Meeting", "Sale"),
    Role.RECORD: ("Invoice", "Recipe", "Reading"),
}


def made_schemas(seed: int, roles: Collection[str]) -> Iterator[Schema]:
    """Endless schemas of one to three classes with the roles asked for.

    Args:
        seed: The same seed gives the same schemas.
        roles: What the classes stand for.
    """
    chance = random.Random(f"schemas/{seed}")  # noqa: S311 # examples, not secrets
    allowed = [role for role in Role if role in roles]
    while True:
        count = chance.randint(1, 3)
        drawn = [chance.choice(allowed) for _ in range(count)]
        names = [_CLASS_NAMES[role][number] for number, role in enumerate(drawn)]
        yield introspect(
            [_made(name, role, chance) for name, role in zip(names, drawn, strict=True)]
        )


def _made(name: str, role: Role, chance: random.Random) -> type:
    extra = chance.sample(_EXTRA, chance.randint(0, 3))
    bases: tuple[type, ...] = ()
    first: list[tuple[str, Any]] = [("title", str)]
    match role:
        case Role.ENTITY:
            bases, first = (Entity,), [("name", str)]
            extra = []  # a mention is one string
        case Role.RELATION:
            bases, first = (Relation,), [("head", _Person), ("tail", chance.choice(_ENDS))]
            extra = extra[:1]
        case Role.EVENT:
            bases, first = (Event,), [("trigger", str)]
    optional = [(field, kind, _default(default)) for field, kind, default in extra]
    return dataclasses.make_dataclass(name, [*first, *optional], bases=bases)


def _default(default: object) -> Any:
    if default is list:
        return dataclasses.field(default_factory=list)
    return dataclasses.field(default=default)


def instances_of(schema: Schema, chance: random.Random, most: int = 4) -> list[Any]:
    """Some instances of the classes asked for, none alike; perhaps none at all.

    Args:
        schema: The classes.
        chance: Draws them.
        most: How many at most.
    """
    found: list[Any] = []
    for _ in range(chance.randint(0, most)):
        one = _instance(chance.choice(schema.classes), schema, chance, 2)
        if one not in found:
            found.append(one)
    return found


def _instance(spec: ClassSpec, schema: Schema, chance: random.Random, depth: int) -> Any:
    return spec.cls(
        **{
            field.name: _value(field.type, schema, chance, depth)
            for field in spec.init_fields
            if field.required or chance.random() < 0.5
        }
    )


def _value(spec: TypeSpec, schema: Schema, chance: random.Random, depth: int) -> Any:
    match spec.kind:
        case Kind.STR:
            return (spec.cls or str)(chance.choice(_STRINGS))
        case Kind.INT:
            return chance.randint(-99, 10_000)
        case Kind.FLOAT:
            return chance.choice((0.25, -1.5, 1250.75))
        case Kind.BOOL:
            return chance.random() < 0.5
        case Kind.DATE:
            return dt.date(1815, 12, 10) + dt.timedelta(chance.randint(0, 60_000))
        case Kind.NONE:
            return None
        case Kind.ENUM if spec.cls is not None:
            return chance.choice(list(spec.cls.__members__.values()))  # type: ignore[attr-defined] # an Enum
        case Kind.LITERAL:
            return chance.choice(spec.values)
        case Kind.UNION:
            members = [arg for arg in spec.args if depth > 0 or not any(arg.classes())]
            return _value(chance.choice(members or spec.args), schema, chance, depth)
        case Kind.CLASS if spec.cls is not None and (inner := schema.of(spec.cls)) is not None:
            return _instance(inner, schema, chance, depth - 1)
        case Kind.TUPLE if not spec.variadic:
            return tuple(_value(arg, schema, chance, depth) for arg in spec.args)
        case _ if spec.is_collection and spec.kind is not Kind.DICT:
            size = chance.randint(0, 2) if depth > 0 or not any(spec.classes()) else 0
            many = [_value(spec.args[0], schema, chance, depth) for _ in range(size)]
            return _COLLECTIONS[spec.kind](many)
    raise NotImplementedError(f"check_style makes no values of type {spec}")


_COLLECTIONS: Final[dict[Kind, Any]] = {
    Kind.LIST: list,
    Kind.TUPLE: tuple,
    Kind.SET: set,
    Kind.FROZENSET: frozenset,
}
