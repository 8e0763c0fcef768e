"""A schema and a text become a `Prompt`; instances become the answer a model should write."""

from __future__ import annotations

from collections.abc import Sequence

from codeie.introspection import Schema, introspect
from codeie.prompting._plan import Plan
from codeie.prompting._prompt import Demonstration, Prompt
from codeie.prompting._registry import style_named
from codeie.prompting._style import Request

__all__ = ["plan_for", "render", "render_instances"]


def render(
    schema: Schema | Sequence[type] | type,
    text: str,
    *,
    style: str = "code4uie",
    demonstrations: Sequence[Demonstration] = (),
    given: Sequence[object] = (),
    prefill: str | None = None,
) -> Prompt:
    """Make the prompt that asks for the schema's classes in a text.

    The stable part (schema, then demonstrations) goes first and the text last, so that
    providers can cache the prefix. Of a style that asks more than once this is the first
    question; `plan_for` gives them all.

    Args:
        schema: The classes.
        text: The document's text; any characters.
        style: The style's name.
        demonstrations: Texts with their answers, in the order shown.
        given: Instances known beforehand, for styles that take them as a condition.
        prefill: Where the model takes over. ``None``: the prompt ends in the style's opening
            (``result =``), and the model writes the bracket; small models do better so. A
            string: the answer is begun for the model by the opening and that string, such as
            ``" ["``, for clients that can prefill.

    Raises:
        UnknownStyle: If there is no such style.
        SchemaError: If a class cannot be used.
        PromptError: If a demonstration's instance cannot be written as code, or the style
            needs something that is not given.
    """
    plan = plan_for(
        schema, text, style=style, demonstrations=demonstrations, given=given, prefill=prefill
    )
    return plan.first()


def plan_for(
    schema: Schema | Sequence[type] | type,
    text: str,
    *,
    style: str = "code4uie",
    demonstrations: Sequence[Demonstration] = (),
    given: Sequence[object] = (),
    prefill: str | None = None,
) -> Plan:
    """Make the plan of all that a style asks about a text.

    Args:
        schema: As for `render`.
        text: As for `render`.
        style: As for `render`.
        demonstrations: As for `render`.
        given: As for `render`.
        prefill: As for `render`.

    Raises:
        UnknownStyle: If there is no such style.
        SchemaError: If a class cannot be used.
    """
    request = Request(introspect(schema), text, tuple(demonstrations), tuple(given))
    return Plan(style_named(style), request, prefill)


def render_instances(
    instances: Sequence[object],
    schema: Schema | Sequence[type] | type,
    *,
    style: str = "code4uie",
) -> str:
    """Write instances as a model should answer in a style: what stands after the opening.

    The inverse of parsing: reading the result gives equal instances.

    Args:
        instances: Instances of the schema's classes, in the order to show.
        schema: The classes.
        style: The style's name.

    Raises:
        UnknownStyle: If there is no such style.
        PromptError: If an instance cannot be written as code.

    Examples:
        >>> from dataclasses import dataclass
        >>> @dataclass
        ... class Person:
        ...     name: str
        >>> print(render_instances([Person("Ada Lovelace")], [Person]))
        [
        Person("Ada Lovelace"),
        ]
    """
    return style_named(style).answer(instances, introspect(schema))
