"""Scores and errors for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from codeie.display import (
    Cell,
    Label,
    Mark,
    Passage,
    class_of,
    details_html,
    labels_in,
    note_html,
    pen_for,
    shortened,
    table_html,
    table_text,
    view_html,
)
from codeie.evaluation._errors import Error, ErrorKind
from codeie.types import Span

if TYPE_CHECKING:
    from rich.console import RenderableType

    from codeie.evaluation._counts import Counts
    from codeie.evaluation._errors import Confusion, Errors
    from codeie.evaluation._policy import Policy
    from codeie.evaluation._scores import Comparison, Scores

__all__ = [
    "SCORE_HEADERS",
    "comparison_line",
    "confusion_html",
    "confusion_text",
    "errors_html",
    "errors_text",
    "figures",
    "rules_line",
    "score_row",
    "scores_html",
    "scores_text",
]

SCORE_HEADERS = (
    "metric",
    "precision",
    "recall",
    "F1",
    "95 % interval",
    "macro F1",
    "matched",
    "predicted",
    "gold",
    "unparsed",
    "failed",
)
_TYPE_HEADERS = ("type", "precision", "recall", "F1", "matched", "predicted", "gold")
_MOST = 500  # errors that are listed
_QUOTED = 300  # code points of a string in a table


def score_row(scores: Scores, name: str = "") -> tuple[Cell, ...]:
    """A line of a table of scores: metric, P, R, F1 with its interval, counts, unparsed."""
    counts, interval = scores.micro, scores.interval()
    return (
        name or scores.metric,
        f"{counts.precision:.4f}",
        f"{counts.recall:.4f}",
        f"{counts.f1:.4f}",
        f"{interval.low:.4f} to {interval.high:.4f}",
        f"{scores.macro_f1:.4f}",
        _count(counts.matched),
        counts.predicted,
        counts.gold,
        scores.unparsed,
        scores.failed,
    )


def _count(matched: float) -> int | float:
    # Whole unless the policy gives half a point for half a match.
    return int(matched) if matched == int(matched) else round(matched, 1)


def figures(counts: Counts) -> tuple[str, str, str, int | float, int, int]:
    """Precision, recall, F1, matched, predicted, gold."""
    ratios = (counts.precision, counts.recall, counts.f1)
    precision, recall, f1 = (f"{each:.4f}" for each in ratios)
    return precision, recall, f1, _count(counts.matched), counts.predicted, counts.gold


def rules_line(policy: Policy) -> str:
    """By which rules was scored, as far as they are not the usual ones."""
    standard = type(policy)()
    said = [
        f"{name}={getattr(policy, name)!r}"
        for name in type(policy).__dataclass_fields__
        if name in ("by", "counting") or getattr(policy, name) != getattr(standard, name)
    ]
    return "Rules: " + ", ".join(said)


def _types(scores: Scores) -> list[Sequence[Cell]]:
    return [(Label(name), *figures(counts)) for name, counts in scores.by_type.items()]


def scores_html(scores: Scores) -> str:
    """A score with its interval, then each type's."""
    types = _types(scores)
    return (
        table_html(SCORE_HEADERS, [score_row(scores)])
        + (table_html(_TYPE_HEADERS, types, caption="By type") if types else "")
        + note_html(rules_line(scores.policy))
    )


def scores_text(scores: Scores) -> RenderableType:
    """The same for the terminal."""
    from rich.console import Group
    from rich.text import Text

    types = _types(scores)
    by_type = [table_text(_TYPE_HEADERS, types, caption="By type")] if types else []
    return Group(
        table_text(SCORE_HEADERS, [score_row(scores)]),
        *by_type,
        Text(rules_line(scores.policy), style="dim"),
    )


def _kinds(errors: Errors) -> tuple[list[str], list[Sequence[Cell]]]:
    totals = errors.by_kind()
    kinds = [kind for kind, count in totals.items() if count]
    by_type = errors.by_type()
    names = sorted({*by_type, *errors.correct})
    rows: list[Sequence[Cell]] = [
        (
            Label(name),
            errors.correct.get(name, 0),
            *(by_type.get(name, {}).get(kind, 0) for kind in kinds),
        )
        for name in names
    ]
    rows.append(("all", sum(errors.correct.values()), *(totals[kind] for kind in kinds)))
    return ["type", "correct", *(kind.value for kind in kinds)], rows


def _found(errors: Errors) -> list[Sequence[Cell]]:
    return [
        (
            error.document + 1,
            Label(error.kind.value),
            Label(error.type),
            error.predicted_type or None,
            _where(error, number, errors),
        )
        for number, error in enumerate(errors.found[:_MOST], start=1)
    ]


_ERROR_HEADERS = ("document", "error", "class", "predicted as", "where")
_SIDES = ("gold", "predicted")


def _where(error: Error, number: int, errors: Errors) -> Cell:
    """What is in the text, with both sides marked; in words where it is nowhere."""
    sides = (
        *((mention, f"gold: {error.type}") for mention in error.gold),
        *((mention, f"predicted: {error.predicted_type}") for mention in error.predicted),
    )
    text = errors.texts[error.document] if error.document < len(errors.texts) else ""
    marks = tuple(
        Mark(
            Span(mention.parts[0].start, mention.parts[-1].end),
            label,
            parts=mention.parts if len(mention.parts) > 1 else (),
            items=(number,),
        )
        for mention, label in sides
        if mention.parts and mention.parts[-1].end <= len(text)
    )
    if marks:
        return Passage(text, marks)
    nowhere = ", not in the text" if text and error.predicted else ""
    return (
        " · ".join(f"{label}: {shortened(mention.string, _QUOTED)}" for mention, label in sides)
        + nowhere
    )


def errors_html(errors: Errors) -> str:
    """How many errors of which kind, what was taken for what, and each error in its text.

    Each can be found by its kind and its class without a script: what is unticked goes.
    """
    headers, rows = _kinds(errors)
    found = _found(errors)
    kinds = [kind.value for kind in ErrorKind]
    pen = pen_for([*errors.labels, *kinds, *_SIDES], labels_in([*rows, *found]))
    names = list(pen.palette)
    by_kind = {kind.value: count for kind, count in errors.by_kind().items() if count}
    by_class = Counter(class_of(error.type) for error in errors.found)
    table = table_html(
        _ERROR_HEADERS,
        found,
        caption=f"Each error ({len(errors.found):,})",
        labels=names,
        keys=range(1, len(found) + 1),
        limit=_MOST,
    )
    beyond = len(errors.found) - len(found)
    rest = note_html(f"{beyond:,} more errors are not shown.") if beyond else ""
    classes = {name: by_class[name] for name in pen.classes if name in by_class}
    return (
        table_html(
            headers, rows, caption=f"Errors by type and kind ({errors.metric})", labels=names
        )
        + details_html("What was taken for what", confusion_html(errors.confusion))
        + (view_html([table, rest], pen, by_kind | classes) if found else "")
    )


def errors_text(errors: Errors) -> RenderableType:
    """The same for the terminal, with the first twenty errors."""
    from rich.console import Group

    headers, rows = _kinds(errors)
    caption = f"Errors by type and kind ({errors.metric})"
    found = _found(errors)
    listed = [table_text(_ERROR_HEADERS, found, limit=20)] if found else []
    return Group(table_text(headers, rows, caption=caption), *listed)


def confusion_html(confusion: Confusion) -> str:
    """A row for each gold type, a column for each predicted one."""
    return table_html(_columns(confusion), confusion.rows())


def confusion_text(confusion: Confusion) -> RenderableType:
    """The same for the terminal."""
    return table_text(_columns(confusion), confusion.rows())


def _columns(confusion: Confusion) -> list[str]:
    return ["gold, predicted →", *confusion.labels, "none"]


def comparison_line(comparison: Comparison) -> str:
    """The difference of two systems in a sentence."""
    interval = comparison.interval
    return (
        f"F1 differs by {comparison.difference:+.4f} "
        f"({interval.level:.0%} interval {interval.low:+.4f} to {interval.high:+.4f}), "
        f"p = {comparison.p_value:.4f} of {comparison.resamples:,} random assignments."
    )
