"""Dataclasses become a schema, or an error that says what to do."""

from __future__ import annotations

import abc
import dataclasses
import enum
import gc
import subprocess
import sys
import textwrap
import weakref
from dataclasses import dataclass, field, make_dataclass
from types import SimpleNamespace
from typing import Any, Generic, Optional, TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import schemas

from codeie.errors import SchemaError
from codeie.introspection import Role, Schema, introspect
from codeie.types import Entity, Event, Relation

T = TypeVar("T")


@dataclass
class Person(Entity):
    """A human being."""

    name: str
    friends: list[Person] = field(default_factory=list)


@dataclass
class Place:
    name: str


@dataclass
class Base(Relation):
    """The head has to do with the tail."""

    head: Person


@dataclass(frozen=True, slots=True)
class Frozen:
    """Frozen, with slots."""

    name: str
    same: Frozen | None = None


@dataclass
class WorksFor(Base):
    tail: Organization


@dataclass
class Organization(Entity):
    name: str
    place: Place | None = None


def test_what_is_needed_comes_along_in_order() -> None:
    """Bases and parts that were not asked for support the rest, each before its users."""
    schema = introspect([WorksFor])
    assert [WorksFor] == [spec.cls for spec in schema.classes]
    assert [Person, Base, Place, Organization] == [spec.cls for spec in schema.supporting]
    assert schema.requested(WorksFor)
    assert not schema.requested(Base)
    assert schema.named("Base") is schema.of(Base)
    assert hash(schema) == hash(introspect([WorksFor]))


def test_classes_stay_in_the_order_asked_for() -> None:
    """What is asked for keeps its order and is not supporting; repeats count once."""
    schema = introspect([WorksFor, Organization, Person, WorksFor])
    assert [WorksFor, Organization, Person] == [spec.cls for spec in schema.classes]
    assert [Base, Place] == [spec.cls for spec in schema.supporting]


def test_a_class_knows_its_role_bases_and_guideline() -> None:
    """Roles come from markers, guidelines from a class's own docstring only."""
    schema = introspect([Person, WorksFor, Place, Frozen])
    assert [Role.ENTITY, Role.RELATION, Role.RECORD, Role.RECORD] == [
        spec.role for spec in schema.classes
    ]
    assert ["A human being.", "", "", "Frozen, with slots."] == [
        spec.guideline for spec in schema.classes
    ]
    assert [(Entity,), (Base,), (), ()] == [spec.bases for spec in schema.classes]


def test_made_docstrings_are_no_guidelines() -> None:
    """What `@dataclass` writes as a docstring is left out; a docstring like it is not."""
    made = make_dataclass("Made", [("name", str)])
    assert (made.__doc__ or "").startswith("Made(name")
    assert "" == introspect(made).classes[0].guideline
    made.__doc__ = "Made(by hand)"
    assert "Made(by hand)" == introspect(made).classes[0].guideline
    made.__doc__ = None
    assert "" == introspect(made).classes[0].guideline


@given(schemas())
def test_a_schema_is_given_back_as_it_is(schema: Schema) -> None:
    """A schema may be given wherever classes may."""
    assert introspect(schema) is schema


@given(st.data())
def test_parts_come_before_their_users(data: st.DataObject) -> None:
    """In generated schemas every supporting class follows its base and the parts it requires."""
    schema = data.draw(schemas(max_classes=5))
    order = [spec.cls for spec in schema.supporting]
    for spec in schema.supporting:
        parts = {part for each in spec.fields for part in each.type.classes()} - {spec.cls}
        needed = parts | {base for base in spec.bases if dataclasses.is_dataclass(base)}
        for part in needed & set(order):
            assert order.index(part) < order.index(spec.cls)


def test_local_classes_see_each_other_and_their_function() -> None:
    """Forward references inside a function mean what is defined in that function."""

    class Colour(enum.Enum):
        RED = 1

    @dataclass
    class Group:
        members: list[Person]
        colour: Colour
        others: Optional["Group"] = None  # noqa: UP037, UP045

    @dataclass
    class Person:
        name: str

    schema = introspect([Group])
    assert [Person] == [spec.cls for spec in schema.supporting]
    assert (Colour,) == schema.enums
    assert [Group] == list(schema.classes[0].fields[2].type.classes())


def outer() -> SimpleNamespace:
    """Classes of a function that has ended when they are looked at."""

    @dataclass
    class Group:
        members: list[Person]

    @dataclass
    class Person:
        name: str

    return SimpleNamespace(Group=Group, Person=Person)


def test_classes_of_an_ended_function_are_found_among_those_given() -> None:
    """Given together, they see each other; alone, the module's class of the name counts."""
    local = outer()
    together = introspect([local.Group, local.Person])
    assert [local.Person] == list(together.classes[0].fields[0].type.classes())
    assert [Person] == list(introspect(local.Group).classes[0].fields[0].type.classes())


def test_classes_of_no_module_see_each_other() -> None:
    """What a class's module does not know is looked for among the classes given."""
    group = make_dataclass("Group", [("members", "list[Member]")])
    member = make_dataclass("Member", [("group", "Group | None", None)])
    group.__module__ = member.__module__ = "no.such.module"
    schema = introspect([group, member])
    assert [member] == list(schema.classes[0].fields[0].type.classes())
    assert [group] == list(schema.classes[1].fields[0].type.classes())


def test_a_class_named_twice_over_time_is_two_classes() -> None:
    """A definition run again gives new classes that work beside the old ones."""
    first, second = outer(), outer()
    for local in (first, second):
        schema = introspect([local.Group, local.Person])
        assert local.Person is schema.classes[1].cls
    with pytest.raises(SchemaError, match=r"two classes are named Person: .*run again"):
        introspect([first.Person, second.Person])


def test_a_subclass_without_the_decorator() -> None:
    """Without fields of its own it is a class of the schema; with some it is an error."""

    class Author(Person):
        """A person who writes."""

    assert ["name", "friends"] == [each.name for each in introspect(Author).classes[0].fields]

    class Painter(Person):
        style: str

    with pytest.raises(SchemaError, match=r"Painter adds fields .* decorate it with @dataclass"):
        introspect(Painter)


def test_generic_bases_are_left_out() -> None:
    """A generic base is no class of the schema; a subclass that names its types is."""

    @dataclass
    class Box(Generic[T]):
        held: T

    @dataclass
    class PersonBox(Box[Person], abc.ABC):
        held: Person

    schema = introspect(PersonBox)
    assert [Person] == [spec.cls for spec in schema.supporting]
    assert (Box,) == schema.classes[0].bases


def test_abstract_classes_support_their_subclasses() -> None:
    """An abstract class may be a field's type or a base, if a subclass of it can be made."""

    @dataclass
    class Shape(abc.ABC):
        @abc.abstractmethod
        def area(self) -> float:
            """Its area."""

    @dataclass
    class Square(Shape):
        side: float

        def area(self) -> float:
            return self.side**2

    @dataclass
    class Drawing:
        shape: Shape

    schema = introspect([Drawing, Square])
    assert [Shape] == [spec.cls for spec in schema.supporting]
    with pytest.raises(SchemaError, match="Shape is abstract, so there can be no instances of it"):
        introspect([Shape, Square])
    with pytest.raises(
        SchemaError, match=r"Drawing\.shape requires a Shape, which is abstract, and none"
    ):
        introspect([Drawing])


def test_constructors_by_hand() -> None:
    """A hand-written constructor is fine if it takes the fields by name."""

    @dataclass
    class Open:
        name: str

        def __init__(self, **values: Any) -> None:
            self.name = values["name"]

    @dataclass
    class Same:
        name: str

        def __init__(self, name: str) -> None:
            self.name = name.strip()

    @dataclass
    class Other:
        name: str

        def __init__(self, label: str) -> None:
            self.name = label

    assert 2 == len(introspect([Open, Same]).classes)
    with pytest.raises(SchemaError, match=r"Other\.name: the constructor does not take it; leave"):
        introspect(Other)


@dataclass
class A:
    b: B


@dataclass
class B:
    a: tuple[A, str]


@dataclass
class Tree:
    left: Tree
    right: list[Tree]


@dataclass
class User:
    trees: list[Tree]
    either: Tree | A


@dataclass(eq=False)
class Mutable:
    name: str = ""


class Elsewhere:
    @dataclass
    class Base(WorksFor):
        pass


Empty = enum.Enum("Empty", [])
Odd = enum.Enum("Odd", {"not a name": 1})
Keyworded = enum.Enum("Keyworded", {"class": 1})
SameName = enum.Enum("Place", {"A": 1})


@pytest.mark.parametrize(
    ("classes", "problem"),
    [
        ([], "a schema needs at least one class; give the dataclasses to extract"),
        (3, "a schema needs a list of classes, got int"),
        ("Person", "a schema needs a list of classes, got str"),
        (["Person"], "a schema needs classes, got 'Person'"),
        (["x" * 99], f"a schema needs classes, got '{'x' * 56}..."),
        ([Person("Ada")], "got Person(name='Ada', friends=[]); give the class Person"),
        ([dict], "dict is not a dataclass; decorate it with @dataclass"),
        ([Entity], "Entity is not a dataclass; decorate it with @dataclass"),
        ([dataclass(type("a b", (), {}))], "'a b' cannot be written as a class name in code"),
        ([dataclass(type("class", (), {}))], "'class' cannot be written as a class name"),
        (
            [make_dataclass("X", [], bases=(Entity, Event))],
            "X is marked as entity and event; keep one of these bases",
        ),
        ([A], "no A can ever be made: A.b requires a B, B.a requires an A; make one of these"),
        ([Person, Tree], "no Tree can ever be made: Tree.left requires a Tree; make one of these"),
        (
            [User],
            "no User can ever be made: User.either requires a Tree, Tree.left requires a Tree",
        ),
        (
            [make_dataclass("X", [("it", Mutable, Mutable())])],
            "X.it: its default, a Mutable, would be shared by all instances; use field(default_f",
        ),
        ([make_dataclass("X", [("it", Empty)])], "X.it holds the enum Empty, which has no members"),
        ([make_dataclass("X", [("it", Odd)])], "Odd, and 'not a name' cannot be written"),
        ([make_dataclass("X", [("it", Keyworded)])], "'class' cannot be written as a name"),
        (
            [Place, make_dataclass("X", [("it", SameName)])],
            f"two classes are named Place: {__name__}.Place (asked for) and "
            f"{__name__}.Place (X.it); rename one",
        ),
        (
            [Elsewhere.Base],
            f"{__name__}.Base (a base of WorksFor) and {__name__}.Elsewhere.Base (asked for)",
        ),
    ],
)
def test_a_wrong_schema_is_an_error_that_says_what_to_do(classes: Any, problem: str) -> None:
    """What is wrong with the classes is said in one line, before any model is asked."""
    with pytest.raises(SchemaError) as caught:
        introspect(classes)
    assert problem in str(caught.value)
    assert "\n" not in str(caught.value)


def test_classes_are_not_kept_alive() -> None:
    """What introspection remembers of a class goes with the class."""
    cls = make_dataclass("Passing", [("name", str)])
    introspect(cls)
    reference = weakref.ref(cls)
    del cls
    gc.collect()
    assert reference() is None


def test_libcst_is_loaded_only_for_comments() -> None:
    """Classes with nothing beside their fields are looked at without libcst."""
    source = """
        import sys
        from dataclasses import dataclass
        from codeie.introspection import introspect
        @dataclass
        class Person:
            name: str
        introspect([Person])
        print("libcst" in sys.modules)
        """
    result = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(source)], capture_output=True, text=True, check=True
    )
    assert "False\n" == result.stdout


@pytest.mark.parametrize(
    ("fields", "ends"),
    [
        (["head", "tail"], ("head", "tail")),
        (["since", "tail", "head"], ("head", "tail")),
        (["owner", "ship", "since"], ("owner", "ship")),
        (["head", "ship"], ("head", "ship")),
        (["name"], None),
    ],
)
def test_a_relation_joins_its_head_and_tail_or_its_first_two_fields(
    fields: list[str], ends: tuple[str, str] | None
) -> None:
    """Whatever else it holds; with fewer than two fields it joins nothing."""
    made = make_dataclass("Joined", [(name, str) for name in fields], bases=(Relation,))
    (spec,) = introspect([made]).classes
    assert ends == (None if spec.ends is None else tuple(each.name for each in spec.ends))
