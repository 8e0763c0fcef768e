"""A page that shows gold beside predictions, with every error named; one file, no network."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from codeie.display import (
    Cell,
    Label,
    annotated_html,
    details_html,
    diagnostics_html,
    note_html,
    table_html,
)
from codeie.errors import EvaluationError
from codeie.evaluation._align import Gold, Predicted, rules_of
from codeie.evaluation._errors import Error, ErrorKind, Errors, find_errors
from codeie.evaluation._faithfulness import faithfulness
from codeie.evaluation._page import PAGE, attribute, escaped
from codeie.evaluation._policy import Policy
from codeie.evaluation._score import score
from codeie.evaluation._scores import Scores
from codeie.evaluation._show import SCORE_HEADERS, confusion_html, rules_line, score_row
from codeie.extraction import Extraction, marks_of
from codeie.grounding import Grounded
from codeie.introspection import Classes, introspect
from codeie.parsing import Outcome

__all__ = ["report_html"]

# A looser metric would class the same values once more.
_CLASSED = ("entities", "relations", "triggers", "arguments", "argument-details", "slots")

_OUTCOMES = {
    Outcome.UNPARSED: "The answer could not be read; it is not the same as an empty one.",
    Outcome.FAILED: "There is no answer.",
}


def report_html(
    gold: Gold,
    predicted: Predicted,
    schema: Classes,
    *,
    metrics: Sequence[str] = ("entities",),
    policy: Policy | None = None,
    paper: str | None = None,
    texts: Iterable[str] | None = None,
    title: str = "Evaluation",
    limit: int = 500,
) -> str:
    """An HTML page: scores, errors by kind and type, confusion, and each document's two sides.

    The page is one file that loads nothing; a few lines of script in it filter the documents
    by kind of error, type and words. Every string from outside is escaped.

    Args:
        gold: For each document its gold instances with their spans.
        predicted: For each document, in the same order, an `Extraction` or grounded instances.
        schema: The classes.
        metrics: What to score; the errors shown are those of the strictest metrics among
            them: entities, relations, triggers, arguments, slots.
        policy: By which rules.
        paper: Instead of a policy, the name of a paper whose rules to follow.
        texts: The documents' texts, where predictions are not extractions.
        title: The page's heading.
        limit: How many documents are shown at most; the page says how many there are beyond.

    Raises:
        EvaluationError: As `score` does; if ``metrics`` is empty or texts are missing.
    """
    if not metrics:
        raise EvaluationError("a report needs at least one metric")
    rules = rules_of(policy, paper)
    spec = introspect(schema)
    answers = list(predicted)
    golds = [tuple(items) for items in gold]
    contents = _contents(answers, texts)
    scores = [
        score(golds, answers, spec, metric=name, policy=rules, texts=contents) for name in metrics
    ]
    classed = [each.metric for each in scores if each.metric in _CLASSED] or [scores[0].metric]
    first, *others = (
        find_errors(golds, answers, spec, metric=name, policy=rules, texts=contents)
        for name in classed
    )
    errors = sum(others, first)
    labels = [each.name for each in spec.classes]
    by_document: dict[int, list[Error]] = {}
    for error in errors.found:
        by_document.setdefault(error.document, []).append(error)
    shown = [
        _document(index, golds[index], answers[index], contents[index], by_document, labels)
        for index in range(min(limit, len(golds)))
    ]
    beyond = len(golds) - len(shown)
    rest = note_html(f"{beyond:,} more documents are scored and not shown.") if beyond else ""
    return PAGE.substitute(
        title=escaped(title),
        summary=_summary(scores, errors, answers, labels),
        kinds=_options([kind.value for kind in ErrorKind]),
        types=_options(sorted({error.type for error in errors.found})),
        documents="\n".join(shown) + rest,
        count=len(shown),
    )


def _contents(
    answers: Sequence[Extraction[Any] | Iterable[Grounded[Any]]], texts: Iterable[str] | None
) -> list[str]:
    if texts is not None:
        return list(texts)
    found = [answer.document.text for answer in answers if isinstance(answer, Extraction)]
    if len(found) != len(answers):
        raise EvaluationError("a report shows the documents: give texts= with bare instances")
    return found


def _summary(
    scores: Sequence[Scores], errors: Errors, answers: Sequence[Any], labels: Sequence[str]
) -> str:
    first = scores[0]
    faithful = faithfulness(answers)
    types: list[Sequence[Cell]] = [
        (
            each.metric,
            Label(name),
            f"{c.precision:.4f}",
            f"{c.recall:.4f}",
            f"{c.f1:.4f}",
            c.predicted,
            c.gold,
        )
        for each in scores
        for name, c in each.by_type.items()
    ]
    kinds = list(ErrorKind)
    by_type: list[Sequence[Cell]] = [
        (Label(name), errors.correct.get(name, 0), *(counts[kind] for kind in kinds))
        for name, counts in errors.by_type().items()
    ]
    total: Sequence[Cell] = (
        "all",
        sum(errors.correct.values()),
        *(errors.by_kind()[kind] for kind in kinds),
    )
    return "".join(
        [
            note_html(rules_line(first.policy)),
            table_html(SCORE_HEADERS, [score_row(each) for each in scores]),
            note_html(
                f"{faithful.found:.1%} of {faithful.strings:,} predicted strings are in the text, "
                f"{faithful.verbatim:.1%} letter by letter."
            ),
            table_html(
                ("metric", "type", "precision", "recall", "F1", "predicted", "gold"),
                types,
                caption="By type",
                labels=labels,
            ),
            table_html(
                ("type", "correct", *(kind.value for kind in kinds)),
                [*by_type, total],
                caption=f"Errors by type and kind ({errors.metric})",
                labels=labels,
            ),
            details_html("What was taken for what", confusion_html(errors.confusion)),
        ]
    )


def _document(
    index: int,
    gold: Sequence[Grounded[Any]],
    answer: Any,
    text: str,
    by_document: Mapping[int, Sequence[Error]],
    labels: Sequence[str],
) -> str:
    errors = by_document.get(index, ())
    whole = answer if isinstance(answer, Extraction) else None
    items = whole.items if whole is not None else tuple(answer)
    name = (whole.document.id if whole is not None else None) or f"Document {index + 1}"
    kinds = json.dumps(sorted({error.kind.value for error in errors}))
    types = json.dumps(sorted({error.type for error in errors}))
    problem = _OUTCOMES.get(whole.outcome) if whole is not None else None
    rows = [
        (
            error.kind.value,
            Label(error.type) if error.gold or not error.predicted_type else None,
            " · ".join(mention.string for mention in error.gold),
            Label(error.predicted_type) if error.predicted_type else None,
            " · ".join(mention.string for mention in error.predicted),
        )
        for error in errors
    ]
    table = table_html(("error", "gold", "", "predicted", ""), rows, labels=labels) if rows else ""
    return (
        f'<article data-kinds="{attribute(kinds)}" data-types="{attribute(types)}">'
        f"<h2>{escaped(name)}</h2>"
        + (note_html(problem, problem=True) if problem else "")
        + '<div class="sides"><section><h3>Gold</h3>'
        + annotated_html(text, marks_of(gold), labels=labels)
        + "</section><section><h3>Predicted</h3>"
        + annotated_html(text, marks_of(items), labels=labels)
        + "</section></div>"
        + table
        + (diagnostics_html(whole.diagnostics) if whole is not None else "")
        + "</article>"
    )


def _options(names: Iterable[str]) -> str:
    return "".join(f'<option value="{attribute(name)}">{escaped(name)}</option>' for name in names)
