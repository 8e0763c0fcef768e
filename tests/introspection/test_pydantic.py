"""Classes made by pydantic's own `dataclass`, and classes of others that are no dataclasses."""

from __future__ import annotations

import dataclasses
import re
from typing import Annotated

import attrs
import pytest
from pydantic import BaseModel, Field, StringConstraints
from pydantic.dataclasses import dataclass

from codeie import Entity, SchemaError, introspect, parse, render, render_instances


@dataclass
class Person(Entity):
    """A human being."""

    name: str = Field(description="Full name", min_length=2, examples=["Ada", "Bo"])
    age: Annotated[int, Field(ge=0, description="In years")] = 3  # or months
    ties: list[str] = Field(default_factory=list, max_length=2)
    size: float = Field(default=1.5, gt=0, lt=10, multiple_of=0.5)
    code: Annotated[str, StringConstraints(pattern="^[a-z]+$")] = "x"
    note: str = dataclasses.field(default="-", metadata={"guideline": "As written"})
    rank: int = Field(default=1, le=9, kw_only=True)


def test_what_field_says_is_shown() -> None:
    """Descriptions, examples, defaults and constraints of `Field` stand in the prompt."""
    shown = str(render([Person], "…", style="code4uie"))
    assert (
        '''class Person(Entity):
    """A human being."""
    name: str  # Full name; length at least 2, such as: "Ada", "Bo"
    age: int = 3  # In years; at least 0; or months
    ties: list[str] = []  # length at most 2
    size: float = 1.5  # more than 0, less than 10, a multiple of 0.5
    code: str = "x"  # of the pattern ^[a-z]+$
    note: str = "-"  # As written
    rank: int = 1  # at most 9
'''
        in shown
    )


def test_required_is_what_pydantic_requires() -> None:
    """A `Field` without a default makes no default of the field."""
    fields = introspect([Person]).classes[0].fields
    assert [field.name for field in fields if field.required] == ["name"]
    assert fields[2].default_factory is list


@pytest.mark.parametrize(
    ("call", "why"),
    [
        ('Person("A")', "name: String should have at least 2 characters, got 'A'"),
        ('Person("Bo", age=-1)', "age: Input should be greater than or equal to 0, got -1"),
        ('Person("Bo", code="X")', "code: String should match pattern '^[a-z]+$', got 'X'"),
        (
            'Person("B", size=10)',
            "name: String should have at least 2 characters, got 'B'; "
            "size: Input should be less than 10, got 10.0",
        ),
    ],
)
def test_a_value_that_pydantic_refuses_is_a_diagnostic(call: str, why: str) -> None:
    """Constraints hold: what breaks one is left out, with pydantic's reason on one line."""
    result = parse(f'[Person("Ada"), {call}]', [Person])
    assert [Person("Ada")] == result.instances
    assert [(one.code.value, one.message) for one in result.diagnostics] == [
        ("rejected-by-class", f"Person refused these values (ValidationError: {why})")
    ]


def test_instances_are_written_and_read_back() -> None:
    """Instances of such classes make the way to code and back."""
    people = [Person("Ada", 36, ["Bo"], 2.5, "x", "-", rank=2), Person("Bo")]
    answer = render_instances(people, [Person], style="code4uie")
    assert answer == '[\nPerson("Ada", age=36, ties=["Bo"], size=2.5, rank=2),\nPerson("Bo"),\n]'
    assert parse(answer, [Person]).instances == people


def test_an_alias_that_alone_is_taken() -> None:
    """A constructor that knows a field by another name only is an error that says what to do."""

    @dataclass
    class Ship:
        name: str = Field(alias="Name")

    with pytest.raises(SchemaError, match=r"Ship\.name: .* as 'Name' only; .*validate_by_name"):
        introspect([Ship])

    @dataclass(config={"validate_by_name": True, "validate_by_alias": True})
    class Boat:
        name: str = Field(alias="Name")

    assert parse('[Boat("Fram"), Boat(name="Gjøa")]', [Boat]).instances == [
        Boat(name="Fram"),
        Boat(name="Gjøa"),
    ]


class Model(BaseModel):
    name: str


class Derived(Model):
    age: int = 0


@attrs.define
class Modern:
    name: str


@attrs.define(slots=False)
class Classic:
    name: str


@pytest.mark.parametrize(
    ("cls", "what", "module"),
    [
        (Model, "a model of pydantic", "pydantic.dataclasses"),
        (Derived, "a model of pydantic", "pydantic.dataclasses"),
        (Modern, "a class of attrs", "dataclasses"),
        (Classic, "a class of attrs", "dataclasses"),
    ],
)
def test_models_of_others_are_an_error_with_the_lines_that_help(
    cls: type, what: str, module: str
) -> None:
    """The error for a class of pydantic or attrs ends in the two lines to put above it."""
    with pytest.raises(SchemaError, match=f"^{cls.__name__} is {what}, not a dataclass; ") as error:
        introspect([cls])
    assert str(error.value).splitlines()[1:] == [f"from {module} import dataclass", "@dataclass"]
    assert re.search(r"two lines above it:$", str(error.value).splitlines()[0])
