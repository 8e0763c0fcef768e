"""Hypothesis strategies: schemas over all supported types, instances of them, hostile strings.

schemas()                 a `Schema` of dataclasses that did not exist before
instances(schema)         a list of instances of its classes
schema_and_instances()    both
hostile_text()            strings that break careless quoting, splitting or escaping
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum
import typing
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Annotated, Any, Literal, Optional
from uuid import UUID

from hypothesis import strategies as st

from codeie.introspection import ClassSpec, Kind, Schema, TypeSpec, introspect
from codeie.types import Entity, Event, Guideline, NotInText, Relation

FRAGMENTS = (
    *("'", '"', "'''", '"""', "\\", "\\'", '\\"', "\\n", "\\N{BULLET}", "\\x41", "\\u00e9"),
    *("\n", "\r\n", "\r", "\t", "\0", "\x0b", "\x1b[31m", "\x85", "\u2028", "\ufeff", "\u200d"),
    *("#", "# x", "{", "}", "{}", "{{", "{% if %}", "{{ 7 }}", "%s", "$", "`", "```", "```python"),
    *("(", ")", "[", "]", ",", "=", ":", ";", "result = [", "]\n", "),", "None", "<br>", "&amp;"),
    *("</script>", "<|im_end|>", "</s>", "é", "e\u0301", "İ", "ß", "ﬁ", "日本", "👩\u200d🔬", "🇳🇴"),
    *("Ada", "Lovelace", "New York", "a", " ", "  ", "\u00a0", "“", "”", "’", "–"),
)
"""Pieces that have broken a prompt, a parser or a page before."""

CLASS_NAMES = (
    *("Person", "Organization", "WorksFor", "Place", "X", "drug_dose", "Été", "Persons"),
    *("Person2", "List_", "Result", "LongNameOfAClassThatGoesOnAndOn", "_Hidden", "match"),
)
FIELD_NAMES = (
    *("name", "head", "tail", "trigger", "value", "span", "class_", "text", "result", "id", "self"),
    *("type", "date", "list", "größe", "x", "cls", "names", "_private", "match", "Person"),
)
_ENUM_NAMES = ("Colour", "Polarity", "Größe")
_MEMBERS = ("RED", "deep_blue", "Négation", "A1", "_x", "NONE")


_PIECES = st.lists(st.sampled_from(FRAGMENTS), min_size=1, max_size=6).map("".join)
_CHARACTERS = st.characters(exclude_categories=["Cs"])


def hostile_text(*, min_size: int = 0, max_size: int = 40) -> st.SearchStrategy[str]:
    """Strings without lone surrogates, of at most ``max_size`` code points, often nasty."""
    return st.one_of(
        _PIECES.map(lambda text: text[:max_size]).filter(lambda text: len(text) >= min_size),
        st.text(_CHARACTERS, min_size=min_size, max_size=max_size),
    )


def guidelines() -> st.SearchStrategy[str]:
    """What an annotator might write on one line, hostile characters included."""
    return st.one_of(
        st.sampled_from(
            ["a person's name", 'as written, such as "Ada"', "e.g.: x, y", "Not titles.", "ü # \\"]
        ),
        hostile_text(min_size=1).map(lambda text: " ".join(text.split())).filter(bool),
    )


def enums(names: tuple[str, ...] = _ENUM_NAMES) -> st.SearchStrategy[type[enum.Enum]]:
    """Enum classes with one to four members of string or integer values."""
    members = st.dictionaries(
        st.sampled_from(_MEMBERS),
        st.one_of(hostile_text(max_size=8), st.integers(-9, 9)),
        min_size=1,
        max_size=4,
    )
    return st.builds(lambda name, values: enum.Enum(name, values), st.sampled_from(names), members)


class TextLike(str):
    """A ``str`` subclass, as in slot-filling schemas."""

    __slots__ = ()


_SCALARS: tuple[Any, ...] = (
    *(str, int, float, bool, Decimal, dt.date, dt.datetime, dt.time, dt.timedelta, UUID),
    TextLike,
)
_KEYS: tuple[Any, ...] = (
    str,
    int,
    dt.date,
    dt.timedelta,
    UUID,
    Literal["a", "b'"],
    Literal[1, "x", False],
)


def annotations(
    classes: tuple[type, ...] = (),
    enum_classes: tuple[type[enum.Enum], ...] = (),
    *,
    collections: bool = True,
    unions: bool = True,
    any_type: bool = False,
) -> st.SearchStrategy[Any]:
    """Annotations of fields, over all supported types.

    Args:
        classes: Dataclasses that may be used.
        enum_classes: Enums that may be used.
        collections: Whether list, tuple, set, frozenset and dict occur.
        unions: Whether unions of several types occur (``X | None`` always does).
        any_type: Whether ``Any`` occurs.
    """
    hashable = st.sampled_from((*_KEYS, *enum_classes))
    leaves = (*_SCALARS, *_KEYS, *4 * enum_classes, *2 * classes, *((Any,) if any_type else ()))
    leaf = st.sampled_from(leaves)
    shapes = [*4 * ["leaf"], "X | None", "Optional"]
    shapes += ["union"] * unions
    shapes += ["list", "list", "tuple", "pair", "set", "frozenset", "dict"] * collections

    return _annotation(leaf, hashable, shapes, 2)


@st.composite
def _annotation(
    draw: st.DrawFn,
    leaf: st.SearchStrategy[Any],
    hashable: st.SearchStrategy[Any],
    shapes: list[str],
    depth: int,
) -> Any:
    # Drawn step by step: st.recursive costs ten times as much for each new set of leaves, and
    # a composite made for each has its source read by Hypothesis each time.
    def drawn(depth: int) -> Any:
        shape = draw(st.sampled_from(shapes)) if depth > 0 else "leaf"
        match shape:
            case "set":
                return set[draw(hashable)]  # type: ignore[misc] # an annotation is a value here
            case "frozenset":
                return frozenset[draw(hashable)]  # type: ignore[misc]
            case "dict":
                return dict[draw(hashable), drawn(depth - 1)]  # type: ignore[misc]
            case "leaf":
                return draw(leaf)
        inner = drawn(depth - 1)
        match shape:
            case "X | None":
                return inner | None
            case "Optional":
                return Optional[inner]  # noqa: UP045 - both spellings are wanted
            case "union":
                return inner | drawn(depth - 1)
            case "list":
                return list[inner]
            case "tuple":
                return tuple[inner, ...]
            case _:
                return tuple[inner, drawn(depth - 1)]

    return drawn(depth)


@st.composite
def schemas(
    draw: st.DrawFn,
    *,
    max_classes: int = 3,
    max_fields: int = 4,
    nesting: bool = True,
    inheritance: bool = True,
    collections: bool = True,
    unions: bool = True,
    any_type: bool = False,
    kw_only: bool = True,
    init_false: bool = False,
    init_vars: bool = False,
) -> Schema:
    """A schema of newly made dataclasses.

    Args:
        draw: Given by Hypothesis.
        max_classes: How many classes at most; those a later one uses may become supporting.
        max_fields: How many fields each declares at most, besides inherited ones.
        nesting: Whether fields may hold other classes, or the class itself.
        inheritance: Whether a class may derive from an earlier one.
        collections: Whether list, tuple, set, frozenset and dict occur.
        unions: Whether unions of several types occur.
        any_type: Whether ``Any`` occurs.
        kw_only: Whether keyword-only fields occur.
        init_false: Whether fields occur that the constructor does not take.
        init_vars: Whether ``InitVar`` occurs; its value cannot be had from an instance.
    """
    count = draw(st.integers(1, max_classes))
    names = draw(st.permutations(CLASS_NAMES))[:count]
    enum_classes = (draw(enums()),) if draw(st.booleans()) else ()
    frozen = draw(st.booleans())
    made: list[type] = []
    for name in names:
        parents = [cls for cls in made if inheritance]
        parent = draw(st.sampled_from([None, None, *parents]))
        hints = annotations(
            tuple(made) if nesting else (),
            enum_classes,
            collections=collections,
            unions=unions,
            any_type=any_type,
        )
        if nesting:
            itself = typing.ForwardRef(name)
            hints |= st.sampled_from([Optional[itself], list[itself]])  # type: ignore[valid-type] # noqa: UP045
        made.append(
            _made(
                draw,
                name,
                parent,
                hints,
                max_fields=max_fields,
                kw_only=kw_only,
                init_false=init_false,
                init_vars=init_vars,
                frozen=frozen,
            )
        )
    asked = [cls for cls in made if cls is made[-1] or draw(st.booleans()) or draw(st.booleans())]
    return introspect(draw(st.permutations(asked)))


def _made(
    draw: st.DrawFn,
    name: str,
    parent: type | None,
    hints: st.SearchStrategy[Any],
    *,
    max_fields: int,
    kw_only: bool,
    init_false: bool,
    init_vars: bool,
    frozen: bool,
) -> type:
    marker = draw(st.sampled_from([None, Entity, Relation, Event]))
    bases = (parent,) if parent is not None else (marker,) if marker is not None else ()
    inherited = introspect(parent).classes[0].fields if parent else ()
    free = [field for field in FIELD_NAMES if field not in {spec.name for spec in inherited}]
    names = draw(st.lists(st.sampled_from(free), max_size=max_fields, unique=True))
    after_default = parent is not None and any(
        not spec.required for spec in introspect(parent).classes[0].positional_fields
    )
    fields: list[tuple[str, Any, Any]] = []
    for field_name in names:
        hint = draw(hints)
        options: dict[str, Any] = {"kw_only": kw_only and draw(st.integers(0, 3)) == 0}
        default = _default(draw, hint, name)
        if not default and after_default and not options["kw_only"]:
            if not kw_only:
                continue
            options["kw_only"] = True
        after_default = after_default or bool(default and not options["kw_only"])
        if init_false and default and draw(st.integers(0, 3)) == 0:
            options["init"] = False
        hint = _noted(draw, hint, options)
        if init_vars and "default_factory" not in default and draw(st.integers(0, 3)) == 0:
            hint = dataclasses.InitVar[hint]
            options.pop("init", None)
        fields.append((field_name, hint, dataclasses.field(**options, **default)))
    docstring = draw(st.none() | guidelines())
    namespace = {} if docstring is None else {"__doc__": docstring}
    # With slots Python forgets the default of a field that the constructor does not take.
    all_taken = all(spec.init for spec in inherited) and all(field.init for *_, field in fields)
    return dataclasses.make_dataclass(
        name,
        fields,
        bases=bases,
        namespace=namespace,
        frozen=frozen,
        slots=all_taken and draw(st.booleans()),
    )


def _default(draw: st.DrawFn, hint: Any, name: str) -> dict[str, Any]:
    """The keyword of `dataclasses.field` that gives the default, or nothing."""
    if draw(st.booleans()):
        return {}
    # A class of the same name stands in for the one to be made, which may be a part of itself.
    stand_in = dataclasses.make_dataclass(name, [("it", hint)])
    spec = introspect(stand_in).classes[0].fields[0].type
    if spec.optional and draw(st.booleans()):
        return {"default": None}
    if spec.kind in _EMPTY:
        return {"default_factory": _EMPTY[spec.kind]}
    if spec.kind in _IMMUTABLE:
        return {"default": draw(values(spec))}
    return {}


_EMPTY: dict[Kind, Callable[[], object]] = {
    Kind.LIST: list,
    Kind.SET: set,
    Kind.DICT: dict,
    Kind.FROZENSET: frozenset,
}
_IMMUTABLE = frozenset(
    {
        *(Kind.STR, Kind.INT, Kind.FLOAT, Kind.BOOL, Kind.DATE, Kind.DATETIME, Kind.TIME),
        *(Kind.TIMEDELTA, Kind.DECIMAL, Kind.UUID, Kind.ENUM, Kind.LITERAL),
    }
)


def _noted(draw: st.DrawFn, hint: Any, options: dict[str, Any]) -> Any:
    """The annotation with a guideline in one of the places that need no source."""
    place = draw(st.sampled_from(["nowhere", "nowhere", "string", "Guideline", "metadata", "not"]))
    if place == "string":
        return Annotated[hint, draw(guidelines())]
    if place == "Guideline":
        return Annotated[hint, Guideline(draw(guidelines()), candidates=("a", 'b "c"'))]
    if place == "metadata":
        options["metadata"] = {"guideline": draw(guidelines())}
    if place == "not":
        return Annotated[hint, NotInText]
    return hint


def values(
    spec: TypeSpec,
    schema: Schema | None = None,
    *,
    text: st.SearchStrategy[str] | None = None,
    depth: int = 3,
) -> st.SearchStrategy[Any]:
    """Values of a type.

    Args:
        spec: The type.
        schema: Where its dataclasses are described; needed if it names any.
        text: What strings are drawn from; `hostile_text` if not given.
        depth: How many instances may be nested in one another.
    """
    return _values(spec, schema, hostile_text() if text is None else text, depth)


@st.composite
def _values(
    draw: st.DrawFn,
    spec: TypeSpec,
    schema: Schema | None,
    text: st.SearchStrategy[str],
    depth: int,
) -> Any:
    return _value(draw, spec, schema, text, depth)


def _value(
    draw: st.DrawFn,
    spec: TypeSpec,
    schema: Schema | None,
    text: st.SearchStrategy[str],
    depth: int,
) -> Any:
    def inner(arg: TypeSpec) -> Any:
        return _value(draw, arg, schema, text, depth)

    def several(*args: TypeSpec) -> list[Any]:
        most = 3 if depth > 0 or not any(spec.classes()) else 0
        size = draw(st.integers(0, most))
        return [tuple(map(inner, args)) if len(args) > 1 else inner(args[0]) for _ in range(size)]

    match spec.kind:
        case Kind.STR:
            return (spec.cls or str)(draw(text))
        case Kind.LITERAL:
            return draw(st.sampled_from(spec.values))
        case Kind.ENUM:
            return draw(st.sampled_from(list(spec.cls)))  # type: ignore[arg-type] # an Enum
        case Kind.UNION:
            members = [arg for arg in spec.args if depth > 0 or not any(arg.classes())]
            return inner(draw(st.sampled_from(members or spec.args)))
        case Kind.TUPLE if not spec.variadic:
            return tuple(map(inner, spec.args))
        case Kind.LIST | Kind.TUPLE | Kind.SET | Kind.FROZENSET | Kind.DICT:
            return _MAKERS[spec.kind](several(*spec.args))
        case Kind.CLASS:
            found = schema.of(spec.cls) if schema is not None and spec.cls is not None else None
            assert found is not None, f"{spec.cls} is not in the schema"
            return _instance(draw, found, schema, text, depth - 1)
        case _:
            return draw(_PLAIN[spec.kind])


_MAKERS: Mapping[Kind, Callable[[list[Any]], Any]] = {
    Kind.LIST: list,
    Kind.TUPLE: tuple,
    Kind.SET: set,
    Kind.FROZENSET: frozenset,
    Kind.DICT: dict,
}
_PLAIN: Mapping[Kind, st.SearchStrategy[Any]] = {
    Kind.INT: st.integers(-(10**20), 10**20),
    Kind.FLOAT: st.floats(allow_nan=False, allow_infinity=False),
    Kind.BOOL: st.booleans(),
    Kind.DATE: st.dates(),
    Kind.DATETIME: st.datetimes(),
    Kind.TIME: st.times(),
    Kind.TIMEDELTA: st.timedeltas(),
    Kind.DECIMAL: st.decimals(allow_nan=False),
    Kind.UUID: st.uuids(),
    Kind.NONE: st.none(),
    Kind.ANY: st.one_of(
        st.none(), st.booleans(), st.integers(-99, 99), hostile_text(), st.lists(hostile_text())
    ),
}


def _instance(
    draw: st.DrawFn,
    spec: ClassSpec,
    schema: Schema | None,
    text: st.SearchStrategy[str],
    depth: int,
) -> Any:
    arguments = {
        field.name: _value(draw, field.type, schema, text, depth)
        for field in spec.init_fields
        if field.required or draw(st.booleans())  # else it is left to its default
    }
    return spec.cls(**arguments)


def instances(
    schema: Schema,
    *,
    min_size: int = 0,
    max_size: int = 4,
    text: st.SearchStrategy[str] | None = None,
    depth: int = 3,
) -> st.SearchStrategy[list[Any]]:
    """Lists of instances of the classes asked for.

    Args:
        schema: The schema.
        min_size: The fewest instances.
        max_size: The most instances.
        text: What strings are drawn from; `hostile_text` if not given.
        depth: How many instances may be nested in one another.
    """
    text = hostile_text() if text is None else text

    def drawn(draw: st.DrawFn) -> Any:
        return _instance(draw, draw(st.sampled_from(schema.classes)), schema, text, depth)

    return st.lists(st.composite(drawn)(), min_size=min_size, max_size=max_size)


@st.composite
def schema_and_instances(
    draw: st.DrawFn,
    *,
    min_size: int = 0,
    max_size: int = 4,
    text: st.SearchStrategy[str] | None = None,
    **options: Any,
) -> tuple[Schema, list[Any]]:
    """A schema and instances of its classes.

    Args:
        draw: Given by Hypothesis.
        min_size: The fewest instances.
        max_size: The most instances.
        text: What strings are drawn from; `hostile_text` if not given.
        options: Those of `schemas`.
    """
    schema = draw(schemas(**options))
    return schema, draw(instances(schema, min_size=min_size, max_size=max_size, text=text))
