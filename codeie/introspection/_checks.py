"""What must hold for the classes of a schema together."""

from __future__ import annotations

import enum
import inspect
import keyword
from collections.abc import Iterator

from codeie.errors import SchemaError
from codeie.introspection._spec import ClassSpec, FieldSpec, Kind, Schema, TypeSpec

__all__ = ["check_schema", "enums_of"]


def check_schema(schema: Schema) -> None:
    """Raise unless the classes can be told apart and can be made.

    Args:
        schema: All classes and enums that were found.

    Raises:
        SchemaError: If two have one name, an enum has nothing to choose from, or there is no
            way to make an instance of a class.
    """
    for cls in schema.enums:
        _check_enum(cls, schema)
    _check_names(schema)
    for spec in schema.classes:
        if inspect.isabstract(spec.cls):
            raise SchemaError(
                f"{spec.name} is abstract, so there can be no instances of it; "
                "give its concrete subclasses instead",
                class_name=spec.name,
            )
    _check_base_cases(schema)


def enums_of(spec: TypeSpec) -> Iterator[type[enum.Enum]]:
    """The Enum classes named anywhere in a type, in order, repeats included.

    Args:
        spec: The type.
    """
    if spec.kind is Kind.ENUM and spec.cls is not None and issubclass(spec.cls, enum.Enum):
        yield spec.cls
    for value in spec.values:
        if isinstance(value, enum.Enum):
            yield type(value)
    for arg in spec.args:
        yield from enums_of(arg)


def _check_enum(cls: type[enum.Enum], schema: Schema) -> None:
    name, user = cls.__name__, _user(cls, schema)
    if not cls.__members__:
        raise SchemaError(f"{user} holds the enum {name}, which has no members; add some")
    for member in (name, *cls.__members__):
        if not member.isidentifier() or keyword.iskeyword(member):
            raise SchemaError(
                f"{user} holds the enum {name}, and {member!r} cannot be written as a name in "
                "code; rename it, and keep the text as the member's value"
            )


def _check_names(schema: Schema) -> None:
    known: dict[str, type] = {}
    for cls in (*(spec.cls for spec in schema.known), *schema.enums):
        other = known.setdefault(cls.__name__, cls)
        if other is not cls:
            raise SchemaError(
                f"two classes are named {cls.__name__}: {_where(other, schema)} and "
                f"{_where(cls, schema)}; rename one, or, if one is an older version, run again "
                "what defines the classes that use it",
                class_name=cls.__name__,
            )


def _where(cls: type, schema: Schema) -> str:
    place = f"{cls.__module__}.{cls.__qualname__}"
    return f"{place} (asked for)" if schema.requested(cls) else f"{place} ({_user(cls, schema)})"


def _user(cls: type, schema: Schema) -> str:
    """The field that holds the class, or the class that derives from it."""
    for spec in schema.known:
        for field in spec.fields:
            if cls in (*field.type.classes(), *enums_of(field.type)):
                return f"{spec.name}.{field.name}"
    users = (spec.name for spec in schema.known if cls in spec.bases)
    return f"a base of {next(users)}"


def _check_base_cases(schema: Schema) -> None:
    """Raise if a class cannot be made because it needs, in the end, itself."""
    possible: set[type] = set()
    everything = schema.classes + schema.supporting
    left = [spec for spec in everything if not inspect.isabstract(spec.cls)]
    while ready := [spec for spec in left if _missing(spec, possible) is None]:
        possible |= {spec.cls for spec in ready}
        left = [spec for spec in left if spec.cls not in possible]
    if left:
        raise _no_base_case(schema, left[0], possible)


def _makeable(cls: type, possible: set[type]) -> bool:
    return any(issubclass(other, cls) for other in possible)


def _fillable(spec: TypeSpec, possible: set[type]) -> bool:
    match spec.kind:
        case Kind.CLASS:
            return spec.cls is not None and _makeable(spec.cls, possible)
        case Kind.UNION:
            return any(_fillable(arg, possible) for arg in spec.args)
        case Kind.TUPLE if not spec.variadic:
            return all(_fillable(arg, possible) for arg in spec.args)
        case _:  # an empty collection needs nothing
            return True


def _missing(spec: ClassSpec, possible: set[type]) -> FieldSpec | None:
    """The first field that must be given and that none of the possible classes can fill."""
    return next(
        (field for field in spec.fields if field.required and not _fillable(field.type, possible)),
        None,
    )


def _no_base_case(schema: Schema, start: ClassSpec, possible: set[type]) -> SchemaError:
    """The error for a class that nothing can fill, with the way that leads back to it."""
    path: list[str] = []
    seen: list[type] = []
    spec: ClassSpec | None = start
    while spec is not None and spec.cls not in seen:
        field = _missing(spec, possible)
        if field is None:  # it is abstract
            return SchemaError(
                f"{path[-1]}, which is abstract, and none of its subclasses can be made; "
                "give a concrete one",
                class_name=start.name,
            )
        part = next(cls for cls in field.type.classes() if not _makeable(cls, possible))
        seen.append(spec.cls)
        path.append(f"{spec.name}.{field.name} requires {_article(part.__name__)}")
        fix = f"`{field.name}: {field.type} | None = None`"
        spec = schema.of(part)
    return SchemaError(
        f"no {start.name} can ever be made: {', '.join(path)}; make one of these optional, "
        f"such as {fix}",
        class_name=start.name,
    )


def _article(name: str) -> str:
    return f"{'an' if name[:1] in 'AEIOUaeiou' else 'a'} {name}"
