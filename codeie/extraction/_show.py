"""An extraction for people: HTML for notebooks, a rich renderable for terminals.

What is to be seen is worked out once, as marks and rows; `codeie.display` draws it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from codeie.clients import Usage
from codeie.diagnostics import Code, Diagnostic
from codeie.display import (
    Pen,
    details_html,
    diagnostics_html,
    diagnostics_text,
    listing_html,
    note_html,
    visible,
)
from codeie.errors import CodeIEError
from codeie.extraction._answers import answers_of, written_of
from codeie.extraction._step import Step, kept_usage, usage
from codeie.grounding import Grounded
from codeie.grounding.showing import items_html, items_text
from codeie.parsing import Outcome
from codeie.types import Document
from codeie.wording import counted

if TYPE_CHECKING:
    from rich.console import RenderableType

__all__ = ["extraction_html", "extraction_renderable"]


def extraction_html(
    document: Document,
    items: Sequence[Grounded[Any]],
    diagnostics: Sequence[Diagnostic],
    outcome: Outcome,
    steps: Sequence[Step],
    error: CodeIEError | None,
    labels: Sequence[str] = (),
) -> str:
    """The fields of an extraction as HTML: text with marks and arcs, tables, diagnostics, answer.

    It is one piece that loads nothing. What matters is in the HTML itself; the style sheet in it
    adds arcs and filters, and the script shows what belongs together. All strings are escaped.
    """
    answers = answers_of(steps)

    def below(pen: Pen) -> list[str]:
        written = written_of(items, steps)
        answered = (
            details_html(_answers_heading(steps), listing_html(answers, written, diagnostics, pen))
            if answers.strip()
            else ""
        )
        return [diagnostics_html(diagnostics), answered, *map(note_html, _footer(steps))]

    return items_html(
        document.text,
        items,
        labels=labels or _labels(steps),
        above=[
            *(note_html(f"Document {name}") for name in _name(document)),
            *(
                note_html(problem, problem=True)
                for problem in _problem(outcome, error, diagnostics)
            ),
        ],
        between=[note_html(note) for note in _nothing(document, outcome)],
        below=below,
    )


def extraction_renderable(
    document: Document,
    items: Sequence[Grounded[Any]],
    diagnostics: Sequence[Diagnostic],
    outcome: Outcome,
    steps: Sequence[Step],
    error: CodeIEError | None,
    labels: Sequence[str] = (),
) -> RenderableType:
    """The fields of an extraction for the terminal, with the same parts as `extraction_html`."""
    from rich.console import Group
    from rich.text import Text

    labels = labels or _labels(steps)
    parts: list[RenderableType] = [
        *(Text(visible(f"Document {name}"), style="bold") for name in _name(document)),
        *(
            Text(visible(problem), style="bold #d55e00")
            for problem in _problem(outcome, error, diagnostics)
        ),
        *items_text(document.text, items, labels=labels),
        *(Text(note, style="italic") for note in _nothing(document, outcome)),
    ]
    if diagnostics:
        parts.append(diagnostics_text(diagnostics))
    parts += [Text(visible(footer), style="dim") for footer in _footer(steps)]
    return Group(*parts)


def _labels(steps: Sequence[Step]) -> list[str]:
    # The schema's order, so that a class has the same colour in all documents. A step may have
    # asked about some of the classes only.
    asked = (spec.name for step in steps for spec in step.prompt.schema.classes)
    return list(dict.fromkeys(asked))


def _name(document: Document) -> list[str]:
    return [document.id] if document.id is not None else []


def _problem(
    outcome: Outcome, error: CodeIEError | None, diagnostics: Sequence[Diagnostic]
) -> list[str]:
    if error is not None:
        kind, hints = type(error).__name__, getattr(error, "__notes__", [])
        return ["\n".join([f"No answer ({kind}): {error}", *hints])]
    if outcome is Outcome.UNPARSED:
        return [
            "The model answered, but nothing in its answer could be read as an instance; "
            "this does not mean that there is nothing to find."
        ]
    return [one.message for one in diagnostics if one.code is Code.INTERRUPTED]


def _nothing(document: Document, outcome: Outcome) -> list[str]:
    if outcome is not Outcome.EMPTY:
        return []
    if not document.text.strip():
        return ["The text is empty."]
    return ["The model found nothing that fits the schema."]


def _answers_heading(steps: Sequence[Step]) -> str:
    return (
        "The model's answer" if len(steps) == 1 else f"The model's {counted(len(steps), 'answer')}"
    )


def _footer(steps: Sequence[Step]) -> list[str]:
    model = steps[-1].completion.model if steps else ""
    kept = sum(step.kept for step in steps)
    said = [
        *([model] if model else []),
        *_tokens(usage(steps)),
        *([f"{kept:,} of {counted(len(steps), 'answer')} from the run's file"] if kept else []),
        *(f"which had cost {tokens}" for tokens in _tokens(kept_usage(steps))),
    ]
    return [", ".join(said)] if said else []


def _tokens(cost: Usage) -> list[str]:
    if not (cost.input_tokens or cost.output_tokens):
        return []
    about = " (estimated)" if cost.estimated else ""
    return [f"{cost.input_tokens:,} tokens read, {cost.output_tokens:,} written{about}"]
