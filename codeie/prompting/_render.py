"""A schema and a text become a `Prompt`; instances become the answer a model should write."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from codeie.images import ImageLike, as_images
from codeie.introspection import Classes, Schema, introspect
from codeie.prompting._demonstrations import (
    DemonstrationLike,
    as_demonstrations,
    warn_of_strings,
)
from codeie.prompting._dialogue import Dialogue
from codeie.prompting._example import made_examples
from codeie.prompting._prompt import Demonstration, Layout, Prompt
from codeie.prompting._registry import style_named
from codeie.prompting._style import Request, Style
from codeie.prompting._variation import Variation, vary

if TYPE_CHECKING:
    from codeie.tokens import TokenCounter

__all__ = ["dialogue_for", "render", "render_instances"]


def render(
    schema: Classes,
    text: str,
    *,
    style: str | Style = "auto",
    demonstrations: Sequence[DemonstrationLike] = (),
    example: bool = True,
    given: Sequence[object] = (),
    layout: Layout = "conversation",
    prefill: str | None = None,
    variation: Variation | None = None,
    limit: int | None = None,
    counter: TokenCounter | None = None,
    images: Sequence[ImageLike] = (),
) -> Prompt:
    """Make the prompt that asks for the schema's classes in a text.

    The stable part (schema, then demonstrations) goes first and the text last, so that
    providers can cache the prefix. Of a style that asks more than once this is the first
    question; `dialogue_for` asks them all.

    Args:
        schema: The classes.
        text: The document's text; any characters.
        style: The style's name, a style of your own, or ``"auto"``: the one that is best in
            the layout, by measurement.
        demonstrations: Texts with their answers, in the order shown; pairs ``(text, instances)``
            do. A string that its text does not hold is a `CodeIEWarning`.
        example: Whether a prompt without demonstrations shows examples that are made from the
            classes: their own "such as" strings in a text, and the answer to it. It shows the
            form of the answer, and is marked (`Shown.made`).
        given: Instances known beforehand, for styles that take them as a condition.
        layout: How the prompt is sent: ``"conversation"``, instructions and classes as the
            system's turn, each demonstration as a turn of the user's and one of the
            assistant's; or ``"completion"``, all as one text to go on with.
        prefill: Where the model takes over. ``None``: the prompt ends in the style's opening
            (``result =``), and the model writes the bracket; small models do better so. A
            string: the answer is begun for the model by the opening and that string, such as
            ``" ["``, for clients that can prefill.
        variation: Changes to the schema, for experiments.
        limit: The most tokens the prompt may have. To fit, demonstrations are dropped, the
            least similar to the text first, then guidelines are shortened; the prompt's
            ``diagnostics`` say what was done. Never the text, a class or a field.
        counter: Counts the tokens; by default with ``o200k_base``.
        images: The images beside the text, as for `Document`.

    Raises:
        UnknownStyle: If there is no such style.
        SchemaError: If a class cannot be used.
        InputError: If something is no demonstration, or no image.
        PromptError: If a demonstration's instance cannot be written as code, or the style
            needs something that is not given.
        PromptTooLong: If it exceeds the limit all the same.
    """
    spec, shown = introspect(schema), as_demonstrations(demonstrations)
    warn_of_strings(shown, spec, 2)
    return dialogue_for(
        spec,
        text,
        style=style,
        demonstrations=shown or (made_examples(spec) if example else ()),
        given=given,
        layout=layout,
        prefill=prefill,
        variation=variation,
        limit=limit,
        counter=counter,
        images=images,
    ).first


def dialogue_for(
    schema: Classes,
    text: str,
    *,
    style: str | Style = "auto",
    demonstrations: Sequence[DemonstrationLike] = (),
    given: Sequence[object] = (),
    layout: Layout = "conversation",
    prefill: str | None = None,
    variation: Variation | None = None,
    limit: int | None = None,
    room: int | None = None,
    counter: TokenCounter | None = None,
    images: Sequence[ImageLike] = (),
) -> Dialogue:
    """Begin the dialogue in which a style asks about a text.

    Args:
        schema: As for `render`.
        text: As for `render`.
        style: As for `render`.
        demonstrations: As for `render`. One that was made (`made_examples`) gives way to others.
        given: As for `render`.
        layout: As for `render`.
        prefill: As for `render`.
        variation: As for `render`.
        limit: As for `render`; it holds for each question.
        room: As for `Dialogue`.
        counter: As for `render`.
        images: As for `render`.

    Raises:
        UnknownStyle: If there is no such style.
        SchemaError: If a class cannot be used.
    """
    chosen = style_named(style, layout)
    spec = introspect(schema)
    shown = as_demonstrations(demonstrations)
    shown = tuple(one for one in shown if not one.made) or shown
    if chosen.needs_given and any(one.made for one in shown):
        shown = ()  # it has no things given, so it would show another question than is asked
    if variation is not None:
        spec = vary(spec, variation)
        # An example that was made speaks of the classes by their names.
        renamed = made_examples(spec) if any(one.made for one in shown) else shown
        shown = tuple(_within(one, spec) for one in renamed)
    request = Request(spec, text, shown, tuple(given), as_images(images))
    return Dialogue(
        chosen, request, layout=layout, prefill=prefill, limit=limit, room=room, counter=counter
    )


def _within(one: Demonstration, schema: Schema) -> Demonstration:
    """The demonstration without instances of classes that the variation left out."""
    kept = [each for each in one.instances if schema.requested(type(each))]
    return replace(one, instances=kept)


def render_instances(
    instances: Sequence[object],
    schema: Classes,
    *,
    style: str | Style = "auto",
) -> str:
    """Write instances as a model should answer in a style: what stands after the opening.

    The inverse of parsing: reading the result gives equal instances.

    Args:
        instances: Instances of the schema's classes, in the order to show.
        schema: The classes.
        style: The style's name, or a style of your own.

    Raises:
        UnknownStyle: If there is no such style.
        PromptError: If an instance cannot be written as code.

    Examples:
        >>> from dataclasses import dataclass
        >>> @dataclass
        ... class Person:
        ...     name: str
        >>> print(render_instances([Person("Ada Lovelace")], [Person], style="code4uie"))
        [
        Person("Ada Lovelace"),
        ]
    """
    return style_named(style).syntax.write(instances, introspect(schema))
