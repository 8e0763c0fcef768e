"""The question of styles whose answers write the text again."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from codeie.diagnostics import Code, Diagnostic, Severity
from codeie.prompting._style import Question, Request
from codeie.prompting._template import Value
from codeie.prompting.styles._words import described
from codeie.syntaxes.retold import Retold

__all__ = ["retold"]

_SHOWN = 3


def retold(
    request: Request, form: Callable[[str], Retold], values: Mapping[str, Value] | None = None
) -> Question:
    """The one question that such a style asks.

    What a demonstration has and the form cannot mark is left out of it, with a diagnostic: a
    mention with a gap, or one that overlaps another.

    Args:
        request: What is asked about.
        form: The form, given a text.
        values: What the template needs besides classes, demonstrations and text.
    """
    rows: list[dict[str, str]] = []
    left_out: list[str] = []
    for one in request.demonstrations:
        answer, lost = form(one.text).marked(one.instances, request.schema)
        rows.append({"text": one.text.strip(), "answer": answer.strip()})
        left_out += lost
    schema = request.schema
    return Question(
        {
            "classes": described(schema, schema.known),
            **(values or {}),
            "demonstrations": rows,
            "text": request.text.strip(),
        },
        form(request.text),
        diagnostics=_said(left_out),
    )


def _said(left_out: Sequence[str]) -> tuple[Diagnostic, ...]:
    if not left_out:
        return ()
    more = len(left_out) - _SHOWN
    listed = "; ".join(left_out[:_SHOWN]) + (f"; and {more:,} more" if more > 0 else "")
    message = f"Left out of the demonstrations: {listed}."
    return (Diagnostic(Code.SHORTENED, message, Severity.WARNING),)
