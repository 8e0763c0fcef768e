"""The strategies that other tests rely on give what they promise."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st
from hypothesis.errors import NoSuchExample
from strategies import hostile_text, instances, schema_and_instances, schemas, values

from codeie.introspection import Kind, Role, Schema, TypeSpec, introspect

SEARCH = settings(max_examples=1000, database=None, phases=[Phase.generate])


def conforms(value: object, spec: TypeSpec) -> bool:
    """Whether a value is of a type, by a second reading of the types."""
    match spec.kind:
        case Kind.UNION:
            return any(conforms(value, arg) for arg in spec.args)
        case Kind.ANY:
            return True
        case Kind.NONE:
            return value is None
        case Kind.LITERAL:
            return value in spec.values
        case Kind.CLASS | Kind.ENUM:
            return type(value) is spec.cls
        case Kind.TUPLE if not spec.variadic:
            sized = isinstance(value, tuple) and len(value) == len(spec.args)
            return sized and all(map(conforms, value, spec.args))
        case Kind.DICT:
            return isinstance(value, dict) and all(
                conforms(key, spec.args[0]) and conforms(held, spec.args[1])
                for key, held in value.items()
            )
        case Kind.LIST | Kind.TUPLE | Kind.SET | Kind.FROZENSET:
            return type(value).__name__ == spec.kind.value and all(
                conforms(element, spec.args[0])
                for element in value  # type: ignore[attr-defined] # it is a collection
            )
        case Kind.STR:
            return type(value) is (spec.cls or str)
        case _:
            return type(value).__name__ == spec.kind.value


@given(st.data())
def test_every_instance_conforms_to_its_spec(data: st.DataObject) -> None:
    """Each field of each generated instance holds a value of the field's type."""
    schema, found = data.draw(schema_and_instances(any_type=True, init_false=True))
    for instance in found:
        spec = schema.of(type(instance))
        assert spec is not None
        for field in spec.fields:
            value: Any = getattr(instance, field.name)
            by_default = field.default_factory is not None or value is field.default
            assert by_default or conforms(value, field.type), (field, value)


@given(schemas(init_vars=True, init_false=True))
def test_a_generated_schema_is_what_introspection_finds(schema: Schema) -> None:
    """Introspecting a generated schema's classes again finds the same."""
    assert introspect([spec.cls for spec in schema.classes]) == schema


@given(schemas(nesting=False, collections=False, unions=False, kw_only=False, inheritance=False))
def test_options_are_kept(schema: Schema) -> None:
    """What an option excludes does not occur."""
    for spec in schema.known:
        for field in spec.fields:
            assert not field.type.is_collection
            assert not list(field.type.classes())
            assert not field.kw_only
            assert field.init
            assert len(field.type.args) in (0, 2)
            assert not field.type.args or field.type.optional


FEATURES: dict[str, Callable[[Schema], bool]] = {
    "supporting": lambda schema: bool(schema.supporting),
    "enums": lambda schema: bool(schema.enums),
    "entity": lambda schema: any(spec.role is Role.ENTITY for spec in schema.known),
    "guideline of a class": lambda schema: any(spec.guideline for spec in schema.known),
    "guideline of a field": lambda schema: any(
        field.guideline for spec in schema.known for field in spec.fields
    ),
    "candidates": lambda schema: any(
        field.candidates for spec in schema.known for field in spec.fields
    ),
    "kw_only": lambda schema: any(field.kw_only for spec in schema.known for field in spec.fields),
    "optional itself": lambda schema: any(
        spec.cls in field.type.classes() for spec in schema.known for field in spec.fields
    ),
    "subclass": lambda schema: any(schema.of(base) for s in schema.known for base in s.bases),
    "default": lambda schema: any(
        not field.required for spec in schema.known for field in spec.fields
    ),
}


def test_every_kind_of_type_and_every_feature_occurs() -> None:
    """Fields of every supported kind are generated, and schemas with each feature."""
    missing: set[object] = {*Kind, *FEATURES} - {Kind.NONE}

    def is_the_last_one(schema: Schema) -> bool:
        missing.difference_update(f.type.kind for spec in schema.known for f in spec.fields)
        missing.difference_update([name for name in FEATURES if FEATURES[name](schema)])
        return not missing

    with contextlib.suppress(NoSuchExample):  # what is missing says more
        find(schemas(any_type=True), is_the_last_one, settings=SEARCH)
    assert missing == set()


@given(hostile_text(min_size=2, max_size=5))
def test_hostile_text_keeps_its_sizes_and_can_be_encoded(text: str) -> None:
    """Sizes are in code points, and there are no lone surrogates."""
    assert 2 <= len(text) <= 5
    assert text.encode().decode() == text


@pytest.mark.parametrize("piece", ["'", '"', "\\", "\n", "{", "#", "\0", '"""'])
def test_hostile_text_is_hostile(piece: str) -> None:
    """Quotes, backslashes, line ends, braces and comment signs all occur."""
    found = find(hostile_text(), lambda text: piece in text, settings=SEARCH)
    assert piece in found


@given(st.data())
def test_strings_come_from_the_strategy_given(data: st.DataObject) -> None:
    """With ``text=`` all strings of instances are drawn from it."""
    schema = data.draw(schemas(nesting=False, collections=False, unions=False))
    for instance in data.draw(instances(schema, text=st.just("only this"), min_size=1)):
        spec = schema.of(type(instance))
        assert spec is not None
        for field in spec.fields:
            if field.type == TypeSpec(Kind.STR) and field.required:
                assert getattr(instance, field.name) == "only this"


@given(values(TypeSpec(Kind.FLOAT)))
def test_floats_are_finite(value: float) -> None:
    """No NaN, which equals nothing, and no infinity, which no literal says."""
    assert abs(value) < float("inf")
