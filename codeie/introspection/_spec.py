"""A schema as data: what `introspect` finds out once, and every other part reads.

Types are looked at once and become `TypeSpec` trees, so that no renderer, parser or
grounder ever touches an annotation (the way of ``msgspec.inspect``).
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Iterator
from dataclasses import MISSING, dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any, Generic

from codeie.display import Grid, Part, Viewable
from codeie.introspection._declared import declared
from codeie.viewable import Outlined

if TYPE_CHECKING:
    from rich.console import RenderableType
    from typing_extensions import TypeVar

    # The standard library's takes a default from Python 3.13 on.
    T = TypeVar("T", default=Any, covariant=True)
else:
    from typing import TypeVar

    T = TypeVar("T", covariant=True)

__all__ = ["ClassSpec", "FieldSpec", "Kind", "Role", "Schema", "TypeSpec"]


class Kind(enum.StrEnum):
    """What sort of type a `TypeSpec` describes."""

    STR = "str"
    INT = "int"
    FLOAT = "float"
    BOOL = "bool"
    DATE = "date"
    DATETIME = "datetime"
    TIME = "time"
    TIMEDELTA = "timedelta"
    DECIMAL = "Decimal"
    UUID = "UUID"
    NONE = "None"
    ANY = "Any"
    """`typing.Any` or `object`: any literal is taken as it is."""
    ENUM = "enum"
    LITERAL = "Literal"
    UNION = "union"
    LIST = "list"
    TUPLE = "tuple"
    SET = "set"
    FROZENSET = "frozenset"
    DICT = "dict"
    CLASS = "class"
    """A dataclass."""


class Role(enum.StrEnum):
    """What a class of a schema stands for, from its marker base."""

    ENTITY = "entity"
    RELATION = "relation"
    EVENT = "event"
    RECORD = "record"
    """A dataclass without a marker."""


@dataclass(frozen=True, slots=True)
class TypeSpec(Outlined):
    """One annotation, resolved.

    Args:
        kind: What sort of type.
        args: Of a union its members (``NONE`` last); of a list, set or frozenset the element;
            of a dict key and value; of a tuple its elements.
        cls: The Enum class, the dataclass, or the ``str`` subclass.
        values: The values of a ``Literal``.
        variadic: Whether a tuple is ``tuple[X, ...]`` (then ``args`` has one member).
    """

    kind: Kind
    args: tuple[TypeSpec, ...] = ()
    cls: type | None = None
    values: tuple[object, ...] = ()
    variadic: bool = False

    def __str__(self) -> str:
        """The annotation as Python source, in today's spelling (``X | None``)."""
        match self.kind:
            case Kind.UNION:
                return " | ".join(map(str, self.args))
            case Kind.LITERAL:
                return f"Literal[{', '.join(map(repr, self.values))}]"
            case Kind.CLASS | Kind.ENUM:
                return self.cls.__name__ if self.cls is not None else self.kind.value
            case Kind.TUPLE:
                inner = ", ".join(map(str, self.args)) or "()"
                return f"tuple[{inner}{', ...' if self.variadic else ''}]"
            case Kind.LIST | Kind.SET | Kind.FROZENSET | Kind.DICT:
                return f"{self.kind.value}[{', '.join(map(str, self.args))}]"
            case _:
                return self.kind.value

    @property
    def optional(self) -> bool:
        """Whether ``None`` is a value of this type."""
        return self.kind in (Kind.NONE, Kind.ANY) or any(arg.optional for arg in self._members)

    @property
    def is_collection(self) -> bool:
        """Whether values hold many elements: list, tuple, set, frozenset or dict."""
        return self.kind in _COLLECTIONS

    @property
    def _members(self) -> tuple[TypeSpec, ...]:
        return self.args if self.kind is Kind.UNION else ()

    def classes(self) -> Iterator[type]:
        """The dataclasses named anywhere in the annotation, in order, repeats included."""
        if self.kind is Kind.CLASS and self.cls is not None:
            yield self.cls
        for arg in self.args:
            yield from arg.classes()


_COLLECTIONS = frozenset({Kind.LIST, Kind.TUPLE, Kind.SET, Kind.FROZENSET, Kind.DICT})


@dataclass(frozen=True, slots=True)
class FieldSpec(Outlined):
    """One field of a class of a schema.

    Args:
        name: The field's name.
        type: Its annotation, resolved.
        guideline: What the annotator is told about it, on one line; ``""`` if nothing.
        candidates: Examples from "such as: …".
        default: Its default, or `dataclasses.MISSING`.
        default_factory: What makes its default, or ``None``.
        init: Whether the constructor takes it.
        kw_only: Whether only by keyword.
        init_var: Whether it is an ``InitVar``, so the constructor takes it and no attribute
            of the instance needs to hold it.
        in_text: Whether its strings are quotations from the text, to be grounded.
    """

    name: str
    type: TypeSpec
    guideline: str = ""
    candidates: tuple[str, ...] = ()
    default: object = field(default_factory=lambda: MISSING)  # MISSING itself would mean "none"
    default_factory: Callable[[], object] | None = None
    init: bool = True
    kw_only: bool = False
    init_var: bool = False
    in_text: bool = True

    @property
    def required(self) -> bool:
        """Whether the constructor cannot do without it."""
        return self.init and self.default is MISSING and self.default_factory is None

    def __reduce__(self) -> tuple[Any, ...]:
        # A copy of MISSING is not MISSING, so it is left to be filled in anew.
        given = {name: value for name, value in _state(self).items() if value is not MISSING}
        return _field_spec, (given,)


@dataclass(frozen=True, slots=True)
class ClassSpec(Outlined):
    """One dataclass of a schema.

    Args:
        name: The class's name as models see it.
        cls: The user's class; specs are keyed by it, never by name alone.
        role: Entity, relation, event or plain record.
        bases: Its direct bases, without ``object``; markers included.
        guideline: Its docstring, cleaned; ``""`` if it has none of its own.
        fields: In the order of the constructor's positional arguments, then keyword-only ones.
        candidates: Examples from "such as: …" in the docstring.
    """

    name: str
    cls: type
    role: Role = Role.RECORD
    bases: tuple[type, ...] = ()
    guideline: str = ""
    fields: tuple[FieldSpec, ...] = ()
    candidates: tuple[str, ...] = ()

    @property
    def init_fields(self) -> tuple[FieldSpec, ...]:
        """The fields the constructor takes: positional ones in order, then keyword-only ones."""
        return tuple(spec for spec in self.fields if spec.init)

    @property
    def positional_fields(self) -> tuple[FieldSpec, ...]:
        """The fields that may be given without a keyword, in order."""
        return tuple(spec for spec in self.fields if spec.init and not spec.kw_only)

    @property
    def trigger_field(self) -> FieldSpec | None:
        """The field that names an event: ``trigger`` or ``mention``, else the first one."""
        named = (spec for spec in self.init_fields if spec.name in ("trigger", "mention"))
        return next(named, next(iter(self.init_fields), None))

    @property
    def ends(self) -> tuple[FieldSpec, FieldSpec] | None:
        """The fields that a relation joins: ``head`` and ``tail``, else its first two."""
        named = {spec.name: spec for spec in self.init_fields}
        if {"head", "tail"} <= named.keys():
            return named["head"], named["tail"]
        return (self.init_fields[0], self.init_fields[1]) if len(self.init_fields) > 1 else None

    def field(self, name: str) -> FieldSpec | None:
        """The field of that name, or ``None``."""
        return next((spec for spec in self.fields if spec.name == name), None)

    def __reduce__(self) -> tuple[Any, ...]:
        # Defaults that are the class's own are taken from it again: what makes one may be a
        # lambda, which cannot be pickled, and a copy of a default may not be equal to it.
        own = {spec.name for spec in self.fields if _defaults_to(spec, self.cls)}
        bare = tuple(
            replace(spec, default=MISSING, default_factory=None) if spec.name in own else spec
            for spec in self.fields
        )
        return _class_spec, (_state(self) | {"fields": bare}, own)

    def _outline(self) -> Iterable[Part]:
        yield self.guideline or "No guideline."
        rows = [
            (one.name, str(one.type), one.guideline, ", ".join(map(str, one.candidates)))
            for one in self.fields
        ]
        yield Grid(("field", "type", "guideline", "such as"), rows, f"{self.name} ({self.role})")


@dataclass(frozen=True, slots=True)
class Schema(Viewable, Generic[T]):
    """The classes to extract, and all that they need.

    To type checkers a schema of `Person` and `Place` is a ``Schema[Person | Place]``.

    Args:
        classes: What was asked for, in the order given; only these are results.
        supporting: Dataclasses that those refer to or derive from, and that were not asked for.
        enums: The Enum classes that fields refer to.
    """

    classes: tuple[ClassSpec, ...]
    supporting: tuple[ClassSpec, ...] = ()
    enums: tuple[type[enum.Enum], ...] = ()
    _by_class: dict[type, ClassSpec] = field(init=False, repr=False, compare=False)
    _by_name: dict[str, ClassSpec] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        known = self.supporting + self.classes
        object.__setattr__(self, "_by_class", {spec.cls: spec for spec in known})
        object.__setattr__(self, "_by_name", {spec.name: spec for spec in known})

    def __hash__(self) -> int:
        return hash((self.classes, self.supporting))

    def __reduce__(self) -> tuple[Any, ...]:
        return Schema, (self.classes, self.supporting, self.enums)

    def of(self, cls: type) -> ClassSpec | None:
        """The spec of a class, asked for or supporting; ``None`` if it is neither."""
        return self._by_class.get(cls)

    def named(self, name: str) -> ClassSpec | None:
        """The spec of the class that models know by that name; ``None`` if there is none."""
        return self._by_name.get(name)

    @property
    def known(self) -> tuple[ClassSpec, ...]:
        """Supporting classes, then those asked for."""
        return self.supporting + self.classes

    def requested(self, cls: type) -> bool:
        """Whether instances of the class are results, not only parts of results."""
        return any(spec.cls is cls for spec in self.classes)

    def __rich__(self) -> RenderableType:
        from codeie.introspection._show import schema_text

        return schema_text(self)

    def _repr_html_(self) -> str:
        from codeie.introspection._show import schema_html

        return schema_html(self)


def _state(spec: FieldSpec | ClassSpec) -> dict[str, Any]:
    return {each.name: getattr(spec, each.name) for each in fields(spec)}


def _field_spec(given: dict[str, Any]) -> FieldSpec:
    return FieldSpec(**given)


def _class_spec(given: dict[str, Any], own: set[str]) -> ClassSpec:
    specs = tuple(
        _with_default(spec, given["cls"]) if spec.name in own else spec for spec in given["fields"]
    )
    return ClassSpec(**given | {"fields": specs})


def _defaults_to(spec: FieldSpec, cls: type) -> bool:
    said = declared(cls, spec.name)
    return spec.default is said.default and spec.default_factory is said.default_factory


def _with_default(spec: FieldSpec, cls: type) -> FieldSpec:
    said = declared(cls, spec.name)
    return replace(spec, default=said.default, default_factory=said.default_factory)
