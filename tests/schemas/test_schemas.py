"""The ready-made schemas: that they hold together. tests/datasets compares them with the data."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from dataclasses import is_dataclass
from types import ModuleType
from typing import Any

import pytest

import codeie.schemas
from codeie.introspection import ClassSpec, Kind, Role, TypeSpec, introspect
from codeie.parsing import Outcome, parse
from codeie.prompting import render_instances

STARTERS = {
    "astronomy",
    "biomedical",
    "historical",
    "legal",
    "multilingual_news",
    "scientific",
    "starter",
}
"""Schemas for no dataset in particular."""

NAMES = sorted(module.name for module in pkgutil.iter_modules(codeie.schemas.__path__))

# What Table 7 of the survey and the datasets' own descriptions count.
SIZES = {
    "ace05": {Role.ENTITY: 13, Role.RELATION: 6, Role.EVENT: 33},  # seven entities, six values
    "tacred": {Role.ENTITY: 17, Role.RELATION: 41},
    "rams": {Role.EVENT: 139},
    "wikievents": {Role.ENTITY: 16, Role.EVENT: 56},  # the ontology's 51, and five more
    "docred": {Role.ENTITY: 6, Role.RELATION: 96},
    "few_nerd": {Role.ENTITY: 66},
    "nyt": {Role.ENTITY: 3, Role.RELATION: 24},
    "conll03": {Role.ENTITY: 4},
    "ontonotes": {Role.ENTITY: 18},
    "semeval2010": {Role.ENTITY: 1, Role.RELATION: 10},  # nine, and "Other"
    "scierc": {Role.ENTITY: 6, Role.RELATION: 7},
    "casie": {Role.EVENT: 5},
    "fabner": {Role.ENTITY: 12},
    "multinerd": {Role.ENTITY: 15},
    "crossner_ai": {Role.ENTITY: 14},
    "crossner_literature": {Role.ENTITY: 12},
    "crossner_music": {Role.ENTITY: 13},
    "crossner_politics": {Role.ENTITY: 9},
    "crossner_science": {Role.ENTITY: 17},
}


def module(name: str) -> ModuleType:
    """One of the modules."""
    return importlib.import_module(f"codeie.schemas.{name}")


def example(spec: TypeSpec, classes: dict[type, ClassSpec], depth: int = 0) -> Any:
    """A value of a type, every field of it filled down to some depth."""
    match spec.kind:
        case Kind.STR:
            return "some words"
        case Kind.INT | Kind.FLOAT:
            return 3
        case Kind.BOOL:
            return True
        case Kind.UNION:
            return example(spec.args[0], classes, depth)
        case Kind.LIST:
            # An event within an event within an event says nothing new.
            return [] if depth > 2 else [example(spec.args[0], classes, depth + 1)]
        case Kind.CLASS if spec.cls is not None:
            return instance(classes[spec.cls], classes, depth + 1)
    raise AssertionError(f"no example for a field of type {spec}")


def instance(spec: ClassSpec, classes: dict[type, ClassSpec], depth: int = 0) -> Any:
    """An instance of a class."""
    return spec.cls(
        **{field.name: example(field.type, classes, depth) for field in spec.init_fields}
    )


@pytest.mark.parametrize("name", NAMES)
def test_every_class_is_explained(name: str) -> None:
    """Each class has a guideline, and each entity says what its string may be."""
    schema = introspect(module(name).SCHEMA)
    for spec in [*schema.classes, *schema.supporting]:
        assert spec.guideline, f"{spec.name} has no guideline"
        if spec.role is Role.ENTITY:
            assert spec.fields[0].candidates, f"{spec.name} has no candidates"


@pytest.mark.parametrize("name", NAMES)
def test_names_are_listed_in_order(name: str) -> None:
    """What a module defines is in its list of names, constants first, each part sorted."""
    source = module(name)
    own = {
        key
        for key, value in vars(source).items()
        if is_dataclass(value) and getattr(value, "__module__", "") == source.__name__
    }
    assert own
    assert own <= set(source.__all__)
    assert sorted(source.__all__, key=lambda key: (not key.isupper(), key)) == source.__all__
    assert "SCHEMA" in source.__all__
    for key in source.__all__:
        assert hasattr(source, key)


@pytest.mark.parametrize("name", NAMES)
def test_modules_cite_their_source(name: str) -> None:
    """A module's docstring names the paper whose types it has, unless it has its own."""
    text = inspect.getdoc(module(name)) or ""
    assert name == "starter" or any(f"{year}" in text for year in range(1995, 2027))


@pytest.mark.parametrize("name", sorted(set(NAMES) - STARTERS))
def test_labels_stand_for_exactly_the_classes(name: str) -> None:
    """Every class has a label of the dataset, and every label a class of the schema."""
    source = module(name)
    assert set(source.SCHEMA) == set(source.LABELS.values())
    assert len(set(source.SCHEMA)) == len(source.SCHEMA)


@pytest.mark.parametrize("name", sorted(set(NAMES) - STARTERS))
def test_roles_stand_for_fields(name: str) -> None:
    """Every role that a module maps is a field of one of its classes."""
    source = module(name)
    schema = introspect(source.SCHEMA)
    fields = {field.name for spec in [*schema.classes, *schema.supporting] for field in spec.fields}
    assert set(getattr(source, "ROLES", {}).values()) <= fields


@pytest.mark.parametrize("name", NAMES)
def test_symmetric_relations_are_relations_of_the_schema(name: str) -> None:
    """What a module calls symmetric is the name of one of its relations."""
    source = module(name)
    relations = {s.name for s in introspect(source.SCHEMA).classes if s.role is Role.RELATION}
    assert set(getattr(source, "SYMMETRIC", ())) <= relations


@pytest.mark.parametrize("name", sorted(SIZES))
def test_sizes_are_the_published_ones(name: str) -> None:
    """A dataset's schema has as many classes of each sort as the dataset has types."""
    found: dict[Role, int] = {}
    for spec in introspect(module(name).SCHEMA).classes:
        if spec.name != "BioEvent":
            found[spec.role] = found.get(spec.role, 0) + 1
    assert SIZES[name] == found


@pytest.mark.parametrize("name", NAMES)
def test_instances_survive_writing_and_reading(name: str) -> None:
    """One instance of each class, every field filled, is read back as it was written."""
    schema = introspect(module(name).SCHEMA)
    classes = {spec.cls: spec for spec in [*schema.classes, *schema.supporting]}
    made = [instance(spec, classes) for spec in schema.classes]
    answer = render_instances(made, schema)
    result = parse(answer, schema)
    assert Outcome.ITEMS is result.outcome
    assert made == result.instances
    assert () == result.diagnostics


def test_subtypes_of_ace_relations_refine_them() -> None:
    """Each of the 18 finer relations of ACE 2005 is a kind of the coarse one it is named for."""
    ace = module("ace05")
    assert 18 == len(ace.SUBTYPES)
    for label, cls in ace.SUBTYPES.items():
        assert issubclass(cls, ace.LABELS[label.split(":")[0]])
    assert set(ace.ENTITIES) < set(ace.RELATIONS) < set(ace.SCHEMA)
    assert 33 == len(ace.EVENTS)
