"""Advice on a schema: what is allowed, and yet likely to cost results."""

from __future__ import annotations

import builtins
import enum
import keyword
from collections.abc import Iterator
from dataclasses import dataclass

from codeie.introspection._introspect import Classes, introspect
from codeie.introspection._spec import ClassSpec, Role, Schema
from codeie.viewable import Outlined
from codeie.wording import an

__all__ = ["Advice", "Rule", "lint"]

MANY_CLASSES = 30
"""From this many classes on, prompts grow long and models mix classes up."""


class Rule(enum.StrEnum):
    """The stable names of all advice."""

    NO_GUIDELINE = "no-guideline"
    """A class says nothing about what its instances are."""
    SAME_GUIDELINE = "same-guideline"
    """Two classes say the same about themselves."""
    SHADOWS_BUILTIN = "shadows-builtin"
    """A class has the name of a Python built-in or soft keyword."""
    FEW_ARGUMENTS = "few-arguments"
    """A relation has fewer than two fields."""
    MANY_CLASSES = "many-classes"
    """The schema has very many classes."""


@dataclass(frozen=True, slots=True)
class Advice(Outlined):
    """One piece of advice.

    Args:
        rule: Its stable name.
        message: What is doubtful and what to do, in one line.
        class_name: The class it is about; ``""`` if it is about the schema.
    """

    rule: Rule
    message: str
    class_name: str = ""


def lint(schema: Classes) -> list[Advice]:
    """Say what in a schema is likely to cost results, though it is allowed.

    Args:
        schema: A `Schema`, or the classes.

    Returns:
        The advice, class by class.

    Examples:
        >>> from dataclasses import dataclass
        >>> @dataclass
        ... class Person:
        ...     name: str
        >>> [advice.message for advice in lint(Person)]
        ['Person has no docstring; say in one what counts as a Person']
    """
    schema = introspect(schema)
    advice = [found for spec in schema.known for found in _of_class(spec)]
    advice += _of_guidelines(schema)
    if len(schema.classes) >= MANY_CLASSES:
        advice.append(
            Advice(
                Rule.MANY_CLASSES,
                f"the schema has {len(schema.classes)} classes; ask for them in groups",
            )
        )
    return advice


def _of_class(spec: ClassSpec) -> Iterator[Advice]:
    if not spec.guideline:
        yield Advice(
            Rule.NO_GUIDELINE,
            f"{spec.name} has no docstring; say in one what counts as {an(spec.name)}",
            spec.name,
        )
    if hasattr(builtins, spec.name) or keyword.issoftkeyword(spec.name):
        yield Advice(
            Rule.SHADOWS_BUILTIN,
            f"{spec.name} is also a name of Python's own, which models take for that; rename it",
            spec.name,
        )
    if spec.role is Role.RELATION and len(spec.init_fields) < 2:
        yield Advice(
            Rule.FEW_ARGUMENTS,
            f"{spec.name} is a relation with fewer than two fields; give it a head and a tail",
            spec.name,
        )


def _of_guidelines(schema: Schema) -> Iterator[Advice]:
    first: dict[str, str] = {}
    for spec in schema.known:
        if spec.guideline and first.setdefault(spec.guideline, spec.name) != spec.name:
            yield Advice(
                Rule.SAME_GUIDELINE,
                f"{spec.name} has the docstring of {first[spec.guideline]}; "
                "say what tells them apart",
                spec.name,
            )
