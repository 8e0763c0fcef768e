"""An extraction for people: HTML for notebooks, a rich renderable for terminals.

What is to be seen is worked out once, as marks and rows; `codeie.display` draws it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from codeie.display import (
    annotated_html,
    annotated_text,
    code_html,
    details_html,
    diagnostics_html,
    diagnostics_text,
    note_html,
    table_html,
    table_text,
    visible,
)
from codeie.extraction._marks import marks_of
from codeie.extraction._tables import tables_of
from codeie.parsing import Outcome

if TYPE_CHECKING:
    from rich.console import RenderableType

    from codeie.extraction._extraction import Extraction

__all__ = ["extraction_html", "extraction_renderable"]


def extraction_html(extraction: Extraction[Any]) -> str:
    """An extraction as HTML: the marked text, tables of what was found, diagnostics.

    Inline styles and no script, so it shows in every notebook front end and on any page,
    light or dark. All strings are escaped.
    """
    labels = _labels(extraction)
    answers = [step.completion.text for step in extraction.steps]
    parts = [
        *(note_html(f"Document {name}") for name in _name(extraction)),
        *(note_html(problem, problem=True) for problem in _problem(extraction)),
        annotated_html(extraction.document.text, marks_of(extraction.items), labels=labels),
        *(note_html(note) for note in _nothing(extraction)),
        *(
            table_html(table.headers, table.rows, caption=table.caption, labels=labels)
            for table in tables_of(extraction.items)
        ),
        diagnostics_html(extraction.diagnostics),
        _answers_html(answers) if any(answers) else "",
        *(note_html(footer) for footer in _footer(extraction)),
    ]
    return f'<div style="color:inherit">{"".join(parts)}</div>'


def extraction_renderable(extraction: Extraction[Any]) -> RenderableType:
    """An extraction for the terminal, with the same parts as `extraction_html`."""
    from rich.console import Group
    from rich.text import Text

    labels = _labels(extraction)
    parts: list[RenderableType] = [
        *(Text(visible(f"Document {name}"), style="bold") for name in _name(extraction)),
        *(Text(visible(problem), style="bold #d55e00") for problem in _problem(extraction)),
        annotated_text(extraction.document.text, marks_of(extraction.items), labels=labels),
        Text(),
        *(Text(note, style="italic") for note in _nothing(extraction)),
        *(
            table_text(table.headers, table.rows, caption=table.caption, labels=labels)
            for table in tables_of(extraction.items)
        ),
    ]
    if extraction.diagnostics:
        parts.append(diagnostics_text(extraction.diagnostics))
    parts += [Text(visible(footer), style="dim") for footer in _footer(extraction)]
    return Group(*parts)


def _labels(extraction: Extraction[Any]) -> list[str]:
    # The schema's order, so that a class has the same colour in all documents.
    if extraction.prompt is None:
        return []
    return [spec.name for spec in extraction.prompt.schema.classes]


def _name(extraction: Extraction[Any]) -> list[str]:
    return [extraction.document.id] if extraction.document.id is not None else []


def _problem(extraction: Extraction[Any]) -> list[str]:
    if extraction.error is not None:
        kind, hints = type(extraction.error).__name__, getattr(extraction.error, "__notes__", [])
        return ["\n".join([f"No answer ({kind}): {extraction.error}", *hints])]
    if extraction.outcome is Outcome.UNPARSED:
        return [
            "The model answered, but nothing in its answer could be read as an instance; "
            "this does not mean that there is nothing to find."
        ]
    return []


def _nothing(extraction: Extraction[Any]) -> list[str]:
    if extraction.outcome is not Outcome.EMPTY:
        return []
    if not extraction.document.text.strip():
        return ["The text is empty."]
    return ["The model found nothing that fits the schema."]


def _answers_html(answers: Sequence[str]) -> str:
    # Joined as positions count in them, so that a diagnostic's line is a line of this.
    one = len(answers) == 1
    heading = "The model's answer" if one else f"The model's {len(answers)} answers"
    return details_html(heading, code_html("\n".join(answers)))


def _footer(extraction: Extraction[Any]) -> list[str]:
    completion, usage = extraction.completion, extraction.usage
    said = [completion.model] if completion is not None and completion.model else []
    if usage.input_tokens or usage.output_tokens:
        about = " (estimated)" if usage.estimated else ""
        said.append(f"{usage.input_tokens:,} tokens read, {usage.output_tokens:,} written{about}")
    return [", ".join(said)] if said else []
