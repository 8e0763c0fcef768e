"""Bars of scores, drawn with matplotlib where it is installed."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.util import find_spec
from itertools import cycle
from typing import TYPE_CHECKING

from codeie.errors import EvaluationError, MissingExtra
from codeie.evaluation._calibration import Calibration
from codeie.evaluation._scores import Scores

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["plot_reliability", "plot_scores", "plot_types"]

_COLORS = ("#d55e00", "#0072b2", "#009e73", "#cc79a7")  # of Okabe and Ito, for all eyes
_HEIGHT = 0.35  # inches a bar
_ROOM = 1.2  # inches for title and axis


def plot_scores(scores: Mapping[str, Scores], *, level: float = 0.95) -> Figure:
    """One bar of micro F1 for each system, with its confidence interval.

    Intervals stand on the bars because two F1 without them invite conclusions that a few
    hundred documents do not bear.

    Args:
        scores: From the system's name to its score, in the order shown from the top.
        level: The level of the intervals.

    Returns:
        A matplotlib figure: ``figure.savefig("runs.png")``, or show it in a notebook.

    Raises:
        EvaluationError: If there is nothing to draw.
        MissingExtra: If matplotlib is not installed.
    """
    figure, axes = _canvas(len(scores), "micro F1")
    names = list(scores)
    intervals = [scores[name].interval(level) for name in names]
    values = [scores[name].f1 for name in names]
    # A percentile interval may miss the estimate by a hair; a bar's error cannot be negative.
    below = [max(0.0, f1 - each.low) for f1, each in zip(values, intervals, strict=True)]
    above = [max(0.0, each.high - f1) for f1, each in zip(values, intervals, strict=True)]
    axes.barh(names, values, xerr=[below, above], color="#56b4e9", ecolor="#444444", capsize=3)
    axes.invert_yaxis()
    return figure


def plot_types(scores: Scores) -> Figure:
    """One bar of F1 for each type, with the number of gold values beside its name.

    Raises:
        EvaluationError: If there are no types.
        MissingExtra: If matplotlib is not installed.
    """
    figure, axes = _canvas(len(scores.by_type), f"F1, {scores.metric}")
    names = [f"{name} ({counts.gold:,})" for name, counts in scores.by_type.items()]
    axes.barh(names, [counts.f1 for counts in scores.by_type.values()], color="#009e73")
    axes.invert_yaxis()
    return figure


def plot_reliability(calibrations: Mapping[str, Calibration]) -> Figure:
    """How often values are right, against how sure they were said to be; on the diagonal is best.

    A reliability diagram (DeGroot and Fienberg 1983). A point is a bin; the larger it is, the more
    values are in it.

    Args:
        calibrations: From what is shown, such as ``"before"``, to its calibration.

    Raises:
        EvaluationError: If there is nothing to draw.
        MissingExtra: If matplotlib is not installed.
    """
    figure, axes = _canvas(len(calibrations), "confidence")
    figure.set_size_inches(5, 5)
    axes.set_ylim(0, 1)
    axes.set_ylabel("share that is right")
    axes.plot([0, 1], [0, 1], color="#999999", linewidth=0.8, linestyle="dashed")
    for (name, each), color in zip(calibrations.items(), cycle(_COLORS)):
        held = [one for one in each.bins if one.count]
        x, y = [one.confidence for one in held], [one.accuracy for one in held]
        sizes = [10 + 90 * one.count / each.count for one in held]
        axes.plot(x, y, color=color, label=f"{name} (ECE {each.expected_error:.3f})")
        axes.scatter(x, y, s=sizes, color=color)
    axes.legend(loc="upper left")
    return figure


def _canvas(bars: int, label: str) -> tuple[Figure, Axes]:
    if not bars:
        raise EvaluationError("there is nothing to draw: no scores were given")
    if find_spec("matplotlib") is None:
        raise MissingExtra(
            "the package 'matplotlib' is not installed; pip install \"codeie[plots]\" adds it"
        )
    # Not pyplot: it keeps every figure, and chooses a window where a file was asked for.
    from matplotlib.figure import Figure

    figure = Figure(figsize=(7, _ROOM + _HEIGHT * bars), layout="constrained")
    axes = figure.add_subplot()
    axes.set_xlim(0, 1)
    axes.set_xlabel(label)
    axes.grid(axis="x", alpha=0.3)
    axes.set_axisbelow(True)
    return figure, axes
