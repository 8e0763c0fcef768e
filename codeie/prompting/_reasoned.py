"""Reasons in comments beside an answer in code: before it, after it, or before each item."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal, get_args

from codeie.errors import InputError, PromptError
from codeie.introspection import Schema
from codeie.prompting._changed import changed
from codeie.prompting._prompt import Demonstration
from codeie.prompting._registry import style_named
from codeie.prompting._style import Question, Request, Style
from codeie.syntaxes import Opened, Syntax
from codeie.syntaxes.code import PythonSyntax
from codeie.syntaxes.mentions import is_string
from codeie.syntaxes.names import phrase
from codeie.syntaxes.source import comment, quoted

__all__ = ["Where", "reasoned", "reasons_for"]

Where = Literal["before", "after", "inside"]
"""Where the reasons stand: before the whole answer, after it, or each before its item."""

_OPENING: Final = "# why:\n"
_TOLD: Final[dict[Where, str]] = {
    "before": "Before the code, say why in comments: for each thing that you will write down a line "
    "with the words of the text that show it.",
    "after": "After the code, say why in comments: for each thing that you wrote down a line with "
    "the words of the text that show it.",
    "inside": "Before each thing that you write down, say why in a comment on a line of its own: "
    "the words of the text that show it.",
}


def reasoned(style: str | Style, where: Where = "before") -> Style:
    """A code style whose answers say why.

    Demonstrations show their ``rationale``, a line for each instance; those that have none show
    what their instances are, in words. What a model says is in `ParseResult.rationale`.

    Reasons before an answer are a chain of thought (Wadhwa et al. 2023, Revisiting Relation
    Extraction in the era of Large Language Models); after it they explain and cost no accuracy.

    Args:
        style: A style, or its name; one whose answers are code.
        where: Where the reasons stand.

    Raises:
        UnknownStyle: If there is no such style.
        PromptError: If its answers are no code, or begin in a call that the prompt has opened.
        InputError: If ``where`` is none of the three.

    Examples:
        >>> reasoned("code4uie", "after").name
        'code4uie reasoned after'
    """
    if where not in get_args(Where):
        raise InputError(
            f"where={where!r} is no place for reasons; use one of before, after, inside"
        )
    chosen = style_named(style)
    if not _takes_comments(chosen.syntax):
        raise PromptError(
            f"the style {chosen.name!r} has no place for reasons: they are comments beside code"
        )
    return changed(chosen, _Reasoned(where), f"reasoned {where}")


def _takes_comments(syntax: object) -> bool:
    return isinstance(syntax, PythonSyntax) and not isinstance(syntax, Opened)


@dataclass(frozen=True, slots=True)
class _Reasoned:
    where: Where

    def __call__(self, question: Question, request: Request) -> Question:
        if not _takes_comments(question.syntax):
            return question  # a question about which classes occur, or the like
        schema = question.schema or request.schema
        rows = question.values.get("demonstrations", [])
        told = "\n".join(filter(None, (question.more, _TOLD[self.where])))
        if not isinstance(rows, list) or len(rows) != len(request.demonstrations):
            return replace(question, more=told)
        shown = [
            self._row(row, one, question.syntax, schema)
            for row, one in zip(rows, request.demonstrations, strict=True)
            if isinstance(row, dict)
        ]
        opening = _OPENING if self.where == "before" else ""
        values = {**question.values, "demonstrations": shown}
        return replace(question, values=values, more=told, opening=opening)

    def _row(
        self, row: dict[str, str], one: Demonstration, syntax: Syntax, schema: Schema
    ) -> dict[str, str]:
        reasons = list(one.rationale) or reasons_for(one.instances, schema)
        if self.where == "inside" and len(reasons) != len(one.instances):
            reasons = reasons_for(one.instances, schema)  # each belongs to one of them
        lines = [f"# {comment(reason)}" for reason in reasons if reason.strip()]
        # Where no code at all says that there is nothing, comments alone would say nothing.
        answer = row["answer"] or f"{getattr(syntax, 'indent', '')}None"
        if self.where == "before":
            return {**row, "reasons": "\n".join(lines), "answer": answer}
        if self.where == "after":
            return {**row, "answer": "\n".join([answer, *lines])}
        return {**row, "answer": _inside(answer, lines, syntax, schema)}


def _inside(answer: str, lines: Sequence[str], syntax: Syntax, schema: Schema) -> str:
    """An answer with a line before each item; before all of it, if they do not match."""
    items = syntax.read(answer, schema).items
    if len(items) != len(lines):
        return "\n".join([answer, *lines]) if not items else answer
    pieces: list[str] = []
    position = 0
    for item, line in zip(items, lines, strict=True):
        begin = answer.rfind("\n", 0, item.position.offset) + 1
        if begin < position:  # several items on one line
            begin = position
        indent = answer[begin : begin + len(answer[begin:]) - len(answer[begin:].lstrip(" \t"))]
        pieces += [answer[position:begin], indent, line, "\n"]
        position = begin
    return "".join([*pieces, answer[position:]])


def reasons_for(instances: Sequence[object], schema: Schema) -> list[str]:
    """What instances are, in words, a line each: for demonstrations that say no reasons.

    Args:
        instances: Instances of the schema's classes.
        schema: The classes.
    """
    return [_in_words(instance, schema) for instance in instances] or ["there is nothing of this"]


def _in_words(instance: object, schema: Schema) -> str:
    spec = schema.of(type(instance))
    if spec is None:
        return type(instance).__name__
    held = [getattr(instance, each.name, None) for each in spec.init_fields]
    strings = [text for value in held if (text := _string(value, schema)) is not None]
    if is_string(spec) and strings:
        return f"{quoted(strings[0])} is a {phrase(spec)}"
    if len(strings) == len(held) == 2:
        return f"{quoted(strings[0])} {phrase(spec)} {quoted(strings[1])}"
    said = ", ".join(quoted(text) for text in strings)
    return f"{said}: {phrase(spec)}" if said else phrase(spec)


def _string(value: object, schema: Schema) -> str | None:
    if isinstance(value, str):
        return value
    spec = schema.of(type(value))
    if spec is None or not is_string(spec):
        return None
    return str(getattr(value, spec.init_fields[0].name))
