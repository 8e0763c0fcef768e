"""Several systems on the same documents, ranked: what each scores, costs and is behind the best."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from codeie.errors import CodeIEError, EvaluationError
from codeie.evaluation._metrics import METRIC_NAMES
from codeie.evaluation._saved import SavedRun
from codeie.evaluation._scores import Comparison, Interval, Scores, compare
from codeie.viewable import Outlined

if TYPE_CHECKING:
    from rich.console import RenderableType

__all__ = ["Standing", "Standings", "rank"]


@dataclass(frozen=True, slots=True)
class Standing(Outlined):
    """One system among others.

    Args:
        name: What it is called.
        scores: How it scored.
        interval: The confidence interval of its F1.
        comparison: How it differs from the system that all are compared with; ``None`` for that
            one itself, and where that one came to nothing.
        invented: Strings of its answers that are not in their texts.
        input_tokens: Read, for one document on average. This and what follows is ``None`` where
            the run does not say.
        output_tokens: Written, for one document on average.
        calls: Questions, for one document on average.
        seconds: From asking to the last answer, divided by the documents that were asked about.
    """

    name: str
    scores: Scores
    interval: Interval
    comparison: Comparison | None = None
    invented: float | None = None
    input_tokens: float | None = None
    output_tokens: float | None = None
    calls: float | None = None
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Standings:
    """Several systems on the same documents, best first; shows itself in notebooks and terminals.

    Args:
        metric: What they are ranked by.
        against: The system that the others are compared with.
        rows: The systems that were evaluated, best first.
        failures: Why there is nothing to rank of the others, by their names.
        runs: What was ranked, by name.
    """

    metric: str
    against: str
    rows: tuple[Standing, ...]
    failures: Mapping[str, CodeIEError] = field(default_factory=dict)
    runs: Mapping[str, SavedRun] = field(default_factory=dict)

    @property
    def metrics(self) -> tuple[str, ...]:
        """The metrics that all runs have."""
        return tuple(_common(self.runs))

    def by(self, metric: str, *, against: str | None = None) -> Standings:
        """The same runs by another of their metrics; see `rank`."""
        return rank(self.runs, self.failures, metric=metric, against=against)

    def to_dict(self) -> dict[str, Any]:
        """All of it as JSON types under stable keys: ``metric``, ``against`` and ``systems``.

        Each system has the same keys; where it failed, all but ``system`` and ``error`` are null.
        """
        from codeie.evaluation._standings_show import standings_records

        records = standings_records(self)
        return {"metric": self.metric, "against": self.against, "systems": records}

    def to_json(self, *, indent: int | None = None) -> str:
        """`to_dict` as JSON; on one line unless ``indent`` is given."""
        return json.dumps(self.to_dict(), indent=indent, ensure_ascii=True, allow_nan=False)

    def to_markdown(self) -> str:
        """The table as Markdown, with a line of what it is about below it."""
        from codeie.evaluation._standings_show import standings_markdown

        return standings_markdown(self)

    def __rich__(self) -> RenderableType:
        from codeie.evaluation._standings_show import standings_renderable

        return standings_renderable(self)

    def _repr_html_(self) -> str:
        from codeie.evaluation._standings_show import standings_html

        return standings_html(self)

    def _repr_mimebundle_(
        self, include: Collection[str] | None = None, exclude: Collection[str] | None = None
    ) -> dict[str, str]:
        from codeie.display import plain

        bundle = {
            "text/plain": plain(self, width=200),
            "text/html": self._repr_html_(),
            "text/markdown": self.to_markdown(),
        }
        return {
            kind: text
            for kind, text in bundle.items()
            if (include is None or kind in include) and kind not in (exclude or ())
        }


def rank(
    runs: Mapping[str, SavedRun],
    failures: Mapping[str, CodeIEError] | None = None,
    *,
    metric: str | None = None,
    against: str | None = None,
) -> Standings:
    """Rank runs on the same documents, and compare each with one of them.

    The differences come with a paired interval and the p-value of a paired randomisation test,
    see `compare`; both are of one pair by itself, so among many systems some will seem to differ
    that do not.

    Args:
        runs: By the names to show, such as ``{"json": read_run("runs/json")}``.
        failures: Systems of which there is no run, and why.
        metric: To rank by; by default the first that all runs have.
        against: The name of the system to compare with; by default the best.

    Raises:
        EvaluationError: If the runs are not of the same documents and gold by the same rules,
            do not all have the metric, or there is no system ``against``.
    """
    failures = dict(failures or {})
    if against is not None and against not in {**runs, **failures}:
        raise EvaluationError(
            f"there is no system {against!r} to compare with; there are {', '.join(runs)}"
        )
    if len({run.documents for run in runs.values()}) > 1:
        raise EvaluationError("the runs are not of the same documents: use one dataset and seed")
    if not runs:
        return Standings(metric or "", against or "", (), failures)
    name = _common_metric(runs, metric)
    scores = {system: run.scores[name] for system, run in runs.items()}
    ordered = sorted(runs, key=lambda system: -scores[system].f1)
    chosen = ordered[0] if against is None else against
    base = scores.get(chosen)
    rows = tuple(
        _standing(
            system,
            runs[system],
            scores[system],
            compare(scores[system], base) if base is not None and system != chosen else None,
        )
        for system in ordered
    )
    return Standings(name, chosen, rows, failures, dict(runs))


def _common_metric(runs: Mapping[str, SavedRun], metric: str | None) -> str:
    common = _common(runs)
    if metric is None:
        if not common:
            raise EvaluationError("the runs have no metric in common")
        return common[0]
    known = METRIC_NAMES.get(metric.casefold(), metric)
    if known not in common:
        raise EvaluationError(
            f"not all runs have the metric {metric!r}; they have {', '.join(common) or 'none'}"
        )
    return known


def _common(runs: Mapping[str, SavedRun]) -> list[str]:
    first = next(iter(runs.values()), None)
    names = first.scores if first is not None else ()
    return [name for name in names if all(name in run.scores for run in runs.values())]


def _standing(name: str, run: SavedRun, scores: Scores, comparison: Comparison | None) -> Standing:
    def said(key: str, over: float | None) -> float | None:
        value = run.about.get(key)
        return value / over if isinstance(value, int | float) and over else None

    documents = len(run.documents)
    return Standing(
        name=name,
        scores=scores,
        interval=scores.interval(),
        comparison=comparison,
        invented=said("invented", 1),
        input_tokens=said("input_tokens", documents),
        output_tokens=said("output_tokens", documents),
        calls=said("calls", documents),
        seconds=said("seconds", said("asked", 1)),
    )
