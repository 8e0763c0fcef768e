"""Annotations become types as data."""

# ruff: noqa: UP006, UP007, UP045 - all spellings of a type are wanted here

from __future__ import annotations

import collections.abc
import dataclasses
import datetime as dt
import decimal
import enum
import sys
import textwrap
import typing
import uuid
from collections.abc import Iterator
from dataclasses import KW_ONLY, InitVar, dataclass, field, make_dataclass
from types import ModuleType
from typing import (
    Annotated,
    Any,
    ClassVar,
    Final,
    Generic,
    Literal,
    NewType,
    Optional,
    Self,
    TypeVar,
    Union,
)

import pytest

from codeie.errors import SchemaError
from codeie.introspection import FieldSpec, Kind, TypeSpec, introspect
from codeie.types import Guideline, NotInText


class Colour(enum.Enum):
    RED = "red"
    BLUE = "blue"


class Label(str):
    __slots__ = ()


@dataclass
class Part:
    name: str


@dataclass(frozen=True)
class Key:
    name: str


T = TypeVar("T")


@dataclass
class Box(Generic[T]):
    held: T


Name = NewType("Name", str)
STR, INT, NONE, ANY = (TypeSpec(kind) for kind in (Kind.STR, Kind.INT, Kind.NONE, Kind.ANY))
PART = TypeSpec(Kind.CLASS, cls=Part)


def only_field(hint: Any, **options: Any) -> FieldSpec:
    """The spec of a field with that annotation."""
    cls = make_dataclass("Holder", [("it", hint, field(**options))])
    return introspect([cls]).classes[0].fields[0]


CASES: list[tuple[Any, TypeSpec]] = [
    (str, STR),
    (int, INT),
    (float, TypeSpec(Kind.FLOAT)),
    (bool, TypeSpec(Kind.BOOL)),
    (dt.date, TypeSpec(Kind.DATE)),
    (dt.datetime, TypeSpec(Kind.DATETIME)),
    (dt.time, TypeSpec(Kind.TIME)),
    (dt.timedelta, TypeSpec(Kind.TIMEDELTA)),
    (decimal.Decimal, TypeSpec(Kind.DECIMAL)),
    (uuid.UUID, TypeSpec(Kind.UUID)),
    (None, NONE),
    (Any, ANY),
    (object, ANY),
    (typing.LiteralString, STR),
    (Colour, TypeSpec(Kind.ENUM, cls=Colour)),
    (Label, TypeSpec(Kind.STR, cls=Label)),
    (Part, PART),
    (Name, STR),
    (Final[str], STR),
    (Annotated[str, "a name"], STR),
    (Literal["a", 1, True], TypeSpec(Kind.LITERAL, values=("a", 1, True))),
    (Literal["a", None], TypeSpec(Kind.UNION, (TypeSpec(Kind.LITERAL, values=("a",)), NONE))),
    (Literal[None], NONE),
    (Literal[Colour.RED], TypeSpec(Kind.LITERAL, values=(Colour.RED,))),
    (Optional[str], TypeSpec(Kind.UNION, (STR, NONE))),
    (None | str, TypeSpec(Kind.UNION, (STR, NONE))),
    (Union[str, int], TypeSpec(Kind.UNION, (STR, INT))),
    (str | Part | None, TypeSpec(Kind.UNION, (STR, PART, NONE))),
    (Union[Optional[Name], Annotated[str, "x"]], TypeSpec(Kind.UNION, (STR, NONE))),
    (Union[Name, Annotated[str, "x"]], STR),
    (list[str], TypeSpec(Kind.LIST, (STR,))),
    (list, TypeSpec(Kind.LIST, (ANY,))),
    (typing.List, TypeSpec(Kind.LIST, (ANY,))),
    (typing.List[str], TypeSpec(Kind.LIST, (STR,))),
    (collections.abc.Sequence[Part], TypeSpec(Kind.LIST, (PART,))),
    (typing.Iterable[Part], TypeSpec(Kind.LIST, (PART,))),
    (tuple[str, int], TypeSpec(Kind.TUPLE, (STR, INT))),
    (tuple[str, ...], TypeSpec(Kind.TUPLE, (STR,), variadic=True)),
    (tuple, TypeSpec(Kind.TUPLE, (ANY,), variadic=True)),
    (tuple[()], TypeSpec(Kind.TUPLE)),
    (typing.Tuple[()], TypeSpec(Kind.TUPLE)),
    (set[str], TypeSpec(Kind.SET, (STR,))),
    (set[Key], TypeSpec(Kind.SET, (TypeSpec(Kind.CLASS, cls=Key),))),
    (collections.abc.Set[str], TypeSpec(Kind.SET, (STR,))),
    (frozenset[tuple[str, int]], TypeSpec(Kind.FROZENSET, (TypeSpec(Kind.TUPLE, (STR, INT)),))),
    (dict[str, list[int]], TypeSpec(Kind.DICT, (STR, TypeSpec(Kind.LIST, (INT,))))),
    (dict, TypeSpec(Kind.DICT, (ANY, ANY))),
    (typing.Mapping[str, int], TypeSpec(Kind.DICT, (STR, INT))),
    (InitVar[str], STR),
]


@pytest.mark.parametrize(("hint", "expected"), CASES, ids=lambda case: str(case)[:60])
def test_an_annotation_becomes_its_type(hint: Any, expected: TypeSpec) -> None:
    """Every supported annotation has its one type, whatever its spelling."""
    assert expected == only_field(hint).type


@pytest.mark.parametrize(
    ("hint", "problem"),
    [
        (bytes, "bytes is not supported; use str; supported are str, int, float"),
        (Box[str], "Box is generic, and classes of a schema cannot be; write a dataclass with"),
        (T, "~T is a type variable and classes of a schema cannot be generic"),
        (Iterator[str], "Iterator is not supported"),
        (collections.abc.Callable[[], str], "Callable is not supported"),
        (ModuleType, "module is not supported"),
        (textwrap.TextWrapper, "if TextWrapper is your own class, decorate it with @dataclass"),
        (set[list[str]], "list[str] is not hashable, so no set can hold it; use a list"),
        (dict[Part, str], "Part is not hashable, so no dict can hold it"),
        (Literal[b"x"], "Literal[b'x'] is not supported; use a string or an int"),
        (type[str], "type is not supported"),
        ("1 +", "its annotation '1 +' cannot be read (SyntaxError"),
        ("Unheard", "Unheard is not defined there; if it is a class, give it together with"),
        ("str.unheard", "its annotation 'str.unheard' cannot be read (AttributeError"),
        (list["Unheard"], "Unheard is not defined there"),  # noqa: F821
        (3, "3 is not supported"),
        ([], "[] is not supported"),
    ],
    ids=str,
)
def test_an_unsupported_annotation_is_an_error_with_its_place(hint: Any, problem: str) -> None:
    """The error names class and field, says what is wrong, in one line."""
    cls = make_dataclass("Holder", [("it", hint)])
    with pytest.raises(SchemaError) as caught:
        introspect([cls])
    message = str(caught.value)
    assert message.startswith("Holder.it: ")
    assert problem in message
    assert "\n" not in message
    assert ("Holder", "it") == (caught.value.class_name, caught.value.field_name)


@dataclass
class Everything:
    """All that a dataclass can say about its fields."""

    first: str
    second: int = 2
    seeds: InitVar[int] = 7
    shared: ClassVar[Unheard] = 0  # noqa: F821
    computed: str = field(init=False, default="")
    _: KW_ONLY
    third: str
    tags: list[str] = field(default_factory=list)
    late: str = field(default="x", kw_only=False)
    parent: Self | None = None


def test_fields_are_those_of_the_constructor_in_its_order() -> None:
    """Positional fields come first; ClassVar is no field; InitVar is marked."""
    spec = introspect([Everything]).classes[0]
    assert [
        "first",
        "second",
        "seeds",
        "computed",
        "late",
        "third",
        "tags",
        "parent",
    ] == [each.name for each in spec.fields]
    assert ["first", "second", "seeds", "late"] == [each.name for each in spec.positional_fields]
    assert ["first", "third"] == [each.name for each in spec.fields if each.required]
    assert ["seeds"] == [each.name for each in spec.fields if each.init_var]
    assert "computed" not in [each.name for each in spec.init_fields]
    found = {each.name: each for each in spec.fields}
    assert found["second"].default == 2
    assert found["first"].default is dataclasses.MISSING
    assert found["tags"].default_factory is list
    assert found["parent"].type == TypeSpec(
        Kind.UNION, (TypeSpec(Kind.CLASS, cls=Everything), NONE)
    )


def test_a_default_of_none_makes_a_field_optional() -> None:
    """``name: str = None`` takes ``None``, as its author meant it to."""
    assert TypeSpec(Kind.UNION, (STR, NONE)) == only_field(str, default=None).type
    assert TypeSpec(Kind.UNION, (STR, NONE)) == only_field(str | None, default=None).type
    assert ANY == only_field(Any, default=None).type


def test_not_in_text_is_found_at_any_depth() -> None:
    """A field marked with `NotInText`, or whose elements are, is not grounded."""
    assert only_field(str).in_text
    assert not only_field(Annotated[str, NotInText]).in_text
    assert not only_field(list[Annotated[str, NotInText]]).in_text


def test_notes_in_annotations_are_guidelines() -> None:
    """Strings, `Guideline` values and documentation objects count; other metadata does not."""

    class Doc:
        documentation = "documented"

    spec = only_field(
        Annotated[list[Annotated[str, "one each"]], "names", Guideline("real", ("Ada",)), Doc(), 3]
    )
    assert "names; real; documented; one each" == spec.guideline
    assert ("Ada",) == spec.candidates


@pytest.mark.skipif(sys.version_info < (3, 12), reason="type statements came with Python 3.12")
def test_type_aliases_are_followed(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A ``type`` statement's alias stands for its value, lazily; itself it cannot hold."""
    (tmp_path / "aliased.py").write_text(
        textwrap.dedent("""
        from dataclasses import dataclass
        type Names = list[Person | str]
        type Loop = list[Loop]
        @dataclass
        class Group:
            names: Names
        @dataclass
        class Person:
            name: str
        @dataclass
        class Looping:
            it: Loop
        @dataclass
        class Generic[T]:
            it: T
        """)
    )
    monkeypatch.syspath_prepend(tmp_path)
    import aliased  # type: ignore[import-not-found] # written above

    person = TypeSpec(Kind.CLASS, cls=aliased.Person)
    group = introspect([aliased.Group]).classes[0]
    expected = TypeSpec(Kind.LIST, (TypeSpec(Kind.UNION, (person, STR)),))
    assert expected == group.fields[0].type
    with pytest.raises(SchemaError, match="the type alias Loop refers to itself"):
        introspect([aliased.Looping])
    with pytest.raises(SchemaError, match="T is a type variable"):
        introspect([aliased.Generic])


def test_a_lazily_evaluated_reference_is_asked_what_it_stands_for() -> None:
    """Python 3.14's references know their place; where that fails, the classes given count."""

    class Knows(typing.ForwardRef, _root=True):  # type: ignore[call-arg,misc]
        __slots__ = ()

        def evaluate(self) -> object:
            if self.__forward_arg__ == "Elsewhere":
                return Part
            raise NameError(self.__forward_arg__)

    assert PART == only_field(Knows("Elsewhere")).type
    holder = make_dataclass("Holder", [("it", Knows("Other") | None)])
    other = make_dataclass("Other", [("name", str)])
    found = introspect([holder, other]).classes[0].fields[0].type
    assert [other] == list(found.classes())
