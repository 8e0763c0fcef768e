"""Questions for texts that do not exist yet: what they shall state, and what was wrong with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from codeie.introspection import Schema
from codeie.prompting._explanation import plain_prompt
from codeie.prompting._prompt import Prompt
from codeie.prompting._template import Value
from codeie.prompting.styles._words import described
from codeie.syntaxes import Json
from codeie.syntaxes.json_list import dumped, json_value
from codeie.syntaxes.source import quoted
from codeie.syntaxes.values import CodeWriter

__all__ = ["negative_prompt", "paraphrase_prompt", "structure_prompt", "text_prompt"]


def text_prompt(
    instances: Sequence[object],
    schema: Schema,
    *,
    about: str = "",
    before: str = "",
    errors: Sequence[str] = (),
) -> Prompt:
    """Ask for a text that states given instances and nothing else of the classes.

    Args:
        instances: What it shall state.
        schema: The classes.
        about: What kind of text it shall be.
        before: What was written last, if that was wrong.
        errors: What was wrong with it.

    Raises:
        PromptError: If an instance cannot be written.
    """
    writer = CodeWriter(schema, arguments="keyword", flat=False)
    facts = [writer.call(one) for one in instances]
    return plain_prompt(
        "write-text", _asked(schema, about, before, errors, facts=facts), "", schema
    )


def paraphrase_prompt(
    text: str,
    strings: Sequence[str],
    schema: Schema,
    *,
    before: str = "",
    errors: Sequence[str] = (),
) -> Prompt:
    """Ask for a text in other words, in which some strings stay as they are.

    Args:
        text: The text.
        strings: What stays.
        schema: The classes.
        before: What was written last, if that was wrong.
        errors: What was wrong with it.
    """
    values = _asked(schema, "", before, errors, strings=[quoted(one) for one in strings])
    values["text"] = quoted(text)
    return plain_prompt("paraphrase", values, text, schema)


def negative_prompt(
    seed: str, schema: Schema, *, before: str = "", errors: Sequence[str] = ()
) -> Prompt:
    """Ask for a text like another one in which nothing of the classes is.

    Args:
        seed: A text of the kind.
        schema: The classes.
        before: What was written last, if that was wrong.
        errors: What was wrong with it.
    """
    values = _asked(schema, "", before, errors)
    values["text"] = quoted(seed)
    return plain_prompt("write-negative", values, seed, schema)


def structure_prompt(schema: Schema, *, shown: Sequence[Sequence[object]] = ()) -> Prompt:
    """Ask for instances that a text might state, as JSON.

    Args:
        schema: The classes.
        shown: What there is already, to be different from.

    Raises:
        PromptError: If an instance cannot be written.
    """
    rows = [dumped([json_value(one, schema) for one in each]) for each in shown]
    values: dict[str, Value] = {"classes": described(schema, schema.known), "shown": rows}
    return replace(plain_prompt("propose-structure", values, "", schema), syntax=Json())


def _asked(
    schema: Schema, about: str, before: str, errors: Sequence[str], **more: Value
) -> dict[str, Value]:
    return {
        "classes": described(schema, schema.known),
        "about": about,
        "before": quoted(before) if before else "",
        "errors": list(errors),
        **more,
    }
