"""Asking for a schema: which classes some texts and a task need."""

from __future__ import annotations

from collections.abc import Sequence

from codeie.introspection import Schema
from codeie.prompting._prompt import Prompt
from codeie.prompting._template import Value, named_template
from codeie.syntaxes import Prose
from codeie.syntaxes.source import comment, quoted

__all__ = ["schema_prompt"]


def schema_prompt(texts: Sequence[str], task: str, known: Sequence[str] = ()) -> Prompt:
    """Ask for dataclasses that say what is to be extracted from texts like these.

    Args:
        texts: Some of them.
        task: What for, in the user's words.
        known: Classes that were proposed before, each on a line.
    """
    values: dict[str, Value] = {
        "task": comment(task),
        "texts": [quoted(text) for text in texts],
        "known": [comment(line) for line in known],
    }
    template = named_template("induce.v1.jinja")
    return Prompt(
        question=template.block("question", values),
        schema=Schema(()),
        text="",
        style="induce",
        version="v1",
        instructions=template.block("instructions", values),
        opening=template.block("opening", values),
        stop=("\n```",),
        syntax=Prose(),
        language="text",
    )
