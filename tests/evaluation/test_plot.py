"""Bars of scores."""

from __future__ import annotations

import importlib.util
from io import BytesIO

import pytest

from codeie.errors import EvaluationError, MissingExtra
from codeie.evaluation import Counts, Policy, Scores, plot_scores, plot_types

pytest.importorskip("matplotlib", reason="needs the extra codeie[plots]")

GOOD = Scores("entities", Policy(), (Counts(3, 4, 4), Counts(1, 1, 2)), {"A": Counts(4, 5, 6)})
NONE = Scores(
    "entities", Policy(), (Counts(0, 0, 4),), {"A": Counts(0, 0, 3), "B": Counts(0, 0, 1)}
)


def test_each_system_has_a_bar_as_long_as_its_score() -> None:
    """Bars stand in the order given, from 0 to F1, with the names beside them."""
    figure = plot_scores({"ours": GOOD, "<theirs>": NONE})
    (axes,) = figure.axes
    assert [GOOD.f1, 0.0] == [bar.get_width() for bar in axes.patches]  # type: ignore[attr-defined]
    assert ["ours", "<theirs>"] == [label.get_text() for label in axes.get_yticklabels()]
    assert axes.yaxis_inverted()


def test_each_type_has_a_bar_and_its_number_of_gold_values() -> None:
    """Types are named with how much gold there is of them."""
    (axes,) = plot_types(NONE).axes
    assert ["A (3)", "B (1)"] == [label.get_text() for label in axes.get_yticklabels()]
    assert "F1, entities" == axes.get_xlabel()


def test_a_figure_can_be_written() -> None:
    """The figure is a real one: it saves as PNG without a display."""
    file = BytesIO()
    plot_scores({"ours": GOOD}).savefig(file, format="png")
    assert file.getvalue().startswith(b"\x89PNG")


def test_nothing_to_draw_is_an_error() -> None:
    """An empty chart would say nothing in silence."""
    with pytest.raises(EvaluationError, match="nothing to draw"):
        plot_scores({})
    with pytest.raises(EvaluationError, match="nothing to draw"):
        plot_types(Scores("entities", Policy(), ()))


def test_without_matplotlib_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever lacks matplotlib is told what to install."""
    monkeypatch.setattr("codeie.evaluation._plot.find_spec", lambda _: None)
    assert importlib.util.find_spec("matplotlib") is not None
    with pytest.raises(MissingExtra, match=r"pip install \"codeie\[plots\]\""):
        plot_scores({"ours": GOOD})
