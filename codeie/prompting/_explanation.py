"""The question why a demonstration's instances are right."""

from __future__ import annotations

from codeie.introspection import Schema
from codeie.prompting._prompt import Demonstration, Prompt
from codeie.prompting._template import Value, named_template
from codeie.prompting.styles._words import described
from codeie.syntaxes import Prose
from codeie.syntaxes.source import quoted
from codeie.syntaxes.values import CodeWriter

__all__ = ["explanation_prompt"]

_TEMPLATE = "explain.v1.jinja"


def explanation_prompt(one: Demonstration, schema: Schema) -> Prompt:
    """Ask for a reason for each instance of a demonstration, by number.

    Args:
        one: The demonstration.
        schema: The classes.

    Raises:
        PromptError: If an instance cannot be written.
    """
    writer = CodeWriter(schema)
    template = named_template(_TEMPLATE)
    calls = [f"{number}. {writer.call(each)}" for number, each in enumerate(one.instances, 1)]
    values: dict[str, Value] = {
        "classes": described(schema, schema.known),
        "text": quoted(one.text),
        "things": calls,
    }
    return Prompt(
        question=template.block("question", values),
        schema=schema,
        text=one.text,
        style="explain",
        version="v1",
        instructions=template.block("instructions", values),
        classes=template.block("classes", values),
        opening=template.block("opening", values),
        stop=("\nText:",),
        syntax=Prose(),
        language="text",
    )
