"""Questions besides the extraction: why instances are right, what is known, what errors teach."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from codeie.images import Image
from codeie.introspection import Schema
from codeie.prompting._prompt import Demonstration, Prompt
from codeie.prompting._template import Value, named_template
from codeie.prompting.styles._words import described
from codeie.syntaxes import Prose
from codeie.syntaxes.names import phrase
from codeie.syntaxes.source import quoted
from codeie.syntaxes.values import CodeWriter

__all__ = ["explanation_prompt", "knowledge_prompt", "plain_prompt", "proposal_prompt"]


def explanation_prompt(one: Demonstration, schema: Schema) -> Prompt:
    """Ask for a reason for each instance of a demonstration, by number.

    Args:
        one: The demonstration.
        schema: The classes.

    Raises:
        PromptError: If an instance cannot be written.
    """
    writer = CodeWriter(schema)
    calls = [f"{number}. {writer.call(each)}" for number, each in enumerate(one.instances, 1)]
    values: dict[str, Value] = {
        "classes": described(schema, schema.known),
        "text": quoted(one.text),
        "things": calls,
    }
    return plain_prompt("explain", values, one.text, schema)


def knowledge_prompt(
    text: str, schema: Schema, images: Sequence[Image] = (), *, sees: bool = True
) -> Prompt:
    """Ask what a model knows of the names in a text, and of what is seen beside it.

    Args:
        text: The document's text.
        schema: The classes that will be asked for.
        images: The images beside the text.
        sees: Whether the model sees them; else it is told their captions.
    """
    captions = [] if sees else [f"Image {n}: {quoted(i.caption)}" for n, i in enumerate(images, 1)]
    values: dict[str, Value] = {
        "text": quoted(text),
        "kinds": ", ".join(phrase(spec) for spec in schema.classes),
        "shown": "".join(f"{caption}\n" for caption in captions),
        "seen": ", and of what the images show," if images else "",
    }
    prompt = plain_prompt("knowledge", values, text, schema)
    return replace(prompt, images=tuple(images)) if sees else prompt


def proposal_prompt(
    errors: Sequence[str], schema: Schema, *, told: Sequence[str] = (), count: int = 3
) -> Prompt:
    """Ask for instructions that would have kept from errors.

    Args:
        errors: Each error in words, on a line.
        schema: The classes.
        told: Instructions that were given already.
        count: How many are asked for.
    """
    values: dict[str, Value] = {
        "classes": described(schema, schema.classes),
        "errors": list(errors),
        "told": list(told),
        "count": str(count),
    }
    return plain_prompt("proposals", values, "", schema)


def plain_prompt(name: str, values: Mapping[str, Value], text: str, schema: Schema) -> Prompt:
    """A question whose answer is a sentence or more, asked with a template of codeie's.

    Args:
        name: The template's, without its version.
        values: What it is filled with.
        text: The text that the question is about; ``""`` if it is about none.
        schema: The classes.
    """
    template = named_template(f"{name}.v1.jinja")
    return Prompt(
        question=template.block("question", values),
        schema=schema,
        text=text,
        style=name,
        version="v1",
        instructions=template.block("instructions", values),
        classes=template.block("classes", values),
        opening=template.block("opening", values),
        stop=("\nText:",) if text else (),
        syntax=Prose(),
        language="text",
    )
