"""A question in words: its template filled in, and the turns that are sent."""

from __future__ import annotations

from collections.abc import Iterator

from codeie.introspection import Schema
from codeie.prompting._classes import field_note, guideline_of
from codeie.prompting._prompt import Message, Part, Prompt
from codeie.prompting._style import Question, Request, Style
from codeie.prompting._template import render_blocks
from codeie.syntaxes.source import comment, docstring, one_line

__all__ = ["assembled"]


def assembled(style: Style, question: Question, request: Request, prefill: str | None) -> Prompt:
    """The prompt that asks a question by itself.

    Args:
        style: Whose question it is.
        question: What is asked.
        request: What it is asked about.
        prefill: See `codeie.render`.
    """
    blocks = render_blocks(style.file(question), question.values)
    opening = blocks.pop("opening", "")
    system = blocks.pop("system", "")
    body = "\n\n".join(block for block in blocks.values() if block)
    begun = ""
    if prefill is None:
        body = f"{body}\n{opening}" if opening else body
    else:
        begun = opening + prefill
        body += "\n" if begun else ""
    schema = question.schema or request.schema
    return Prompt(
        messages=(
            *([Message("system", system)] if system else []),
            Message("user", body),
        ),
        schema=schema,
        text=request.text,
        style=style.name,
        version=style.version,
        prefill=begun,
        stop=tuple(dict.fromkeys((*style.stop, *question.syntax.stop))),
        parts=tuple(_parts(schema, {"system": system, **blocks})),
        syntax=question.syntax,
        language=style.language,
    )


def _parts(schema: Schema, blocks: dict[str, str]) -> Iterator[Part]:
    for name, text in blocks.items():
        if text:
            yield Part(name, text)
        if name == "classes":
            notes = "\n".join(_shown_guidelines(schema, text))
            if notes:
                yield Part("guidelines", notes)


def _shown_guidelines(schema: Schema, classes: str) -> Iterator[str]:
    """The guidelines that stand in the class definitions, as they stand there."""
    for spec in schema.known:
        notes = [docstring(one_line(guideline_of(spec)))[3:-3]]
        notes += [comment(field_note(field)) for field in spec.fields]
        yield from (note for note in notes if note and note in classes)
