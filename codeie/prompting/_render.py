"""A schema and a text become a `Prompt`; instances become the answer a model should write."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from codeie.introspection import Schema, introspect
from codeie.prompting._classes import field_note, guideline_of
from codeie.prompting._prompt import Demonstration, Message, Part, Prompt
from codeie.prompting._registry import style_named
from codeie.prompting._source import comment, docstring, one_line
from codeie.prompting._style import Request, Style
from codeie.prompting._template import render_blocks

__all__ = ["render", "render_instances"]


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
    providers can cache the prefix.

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
        PromptError: If a demonstration's instance cannot be written as code.
    """
    chosen = style_named(style)
    request = Request(introspect(schema), text, tuple(demonstrations), tuple(given))
    return _prompt(chosen, request, prefill)


def _prompt(style: Style, request: Request, prefill: str | None) -> Prompt:
    blocks = render_blocks(style.file, style.values(request))
    opening = blocks.pop("opening", "")
    system = blocks.pop("system", "")
    body = "\n\n".join(block for block in blocks.values() if block)
    if prefill is None:
        body = f"{body}\n{opening}" if opening else body
    else:
        prefill = opening + prefill
        body += "\n" if prefill else ""
    turns = [Message("system", system)] if system else []
    named = {"system": system}
    for name, block in blocks.items():
        named[name] = block
        if name == "classes":
            named["guidelines"] = "\n".join(_shown_guidelines(request.schema, block))
    return Prompt(
        messages=(*turns, Message("user", body)),
        schema=request.schema,
        text=request.text,
        style=style.name,
        version=style.version,
        prefill=prefill or "",
        stop=style.stop,
        parts=tuple(Part(name, piece) for name, piece in named.items() if piece),
        reader=style.reader,
        language=style.language,
    )


def _shown_guidelines(schema: Schema, classes: str) -> Iterator[str]:
    """The guidelines that stand in the class definitions, as they stand there."""
    for spec in schema.known:
        notes = [docstring(one_line(guideline_of(spec)))[3:-3]]
        notes += [comment(field_note(field)) for field in spec.fields]
        yield from (note for note in notes if note and note in classes)


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
