"""What becomes of raw confidences: a curve that was fitted to how often they were right."""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace

from codeie.clients import Completion
from codeie.diagnostics import Code, Diagnostic, Severity
from codeie.display import Grid, Part
from codeie.errors import InputError
from codeie.viewable import Outlined

__all__ = ["Confidence", "Curve", "as_confidences", "without_logprobs"]


@dataclass(frozen=True, slots=True)
class Curve(Outlined):
    """A line that never falls, from what a model says of itself to how often that is right.

    Args:
        points: Pairs of a raw confidence and the true one, by the raw one; between two it is
            straight, beyond the ends it is level.

    Raises:
        InputError: If there are no points, one is not within [0, 1], or they fall.

    Examples:
        >>> Curve(((0.2, 0.1), (0.6, 0.5)))(0.4)
        0.3
    """

    points: tuple[tuple[float, float], ...]

    def __post_init__(self) -> None:
        flat = [value for point in self.points for value in point]
        if not flat or not all(0 <= value <= 1 for value in flat):
            raise InputError("a curve has points, all of them between 0 and 1")
        raw, true = ([point[side] for point in self.points] for side in (0, 1))
        if raw != sorted(set(raw)) or true != sorted(true):
            raise InputError("a curve's points go to the right, and never down")

    def __call__(self, raw: float) -> float:
        """The true confidence."""
        place = bisect_left(self.points, (raw, 2.0))
        if place == 0:
            return self.points[0][1]
        if place == len(self.points):
            return self.points[-1][1]
        (left, low), (right, high) = self.points[place - 1], self.points[place]
        return round(low + (high - low) * (raw - left) / (right - left), 6)

    def _outline(self) -> Iterable[Part]:
        rows = [(f"{raw:.4f}", f"{true:.4f}") for raw, true in self.points]
        yield Grid(("the model says", "it is right"), rows)


@dataclass(frozen=True, slots=True)
class Confidence(Outlined):
    """How an extractor's confidences are made true, and which items it leaves out by them.

    `codeie.evaluation.fit_confidence` makes one from labelled documents.

    Args:
        curve: Makes of a raw confidence a true one; ``None`` leaves them as they are.
        threshold: Items below this confidence are left out, with a diagnostic each; those of
            which none is known stay.
        classes: The names of the classes it is for; empty for all.

    Raises:
        InputError: If the threshold is not within [0, 1].
    """

    curve: Curve | None = None
    threshold: float = 0.0
    classes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not 0 <= self.threshold <= 1:
            raise InputError(f"threshold must be between 0 and 1, got {self.threshold!r:.80}")

    def to_json(self) -> str:
        """The same as text, to be kept in a file."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Confidence:
        """What `to_json` has written.

        Raises:
            InputError: If it is something else.
        """
        try:
            found = json.loads(text)
            points = found["curve"] and found["curve"]["points"]
            curve = (
                Curve(tuple((float(raw), float(true)) for raw, true in points)) if points else None
            )
            return cls(curve, float(found["threshold"]), tuple(map(str, found["classes"])))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise InputError(f"this is no confidence as to_json writes it: {error}") from error

    def _outline(self) -> Iterable[Part]:
        classes = ", ".join(self.classes) or "all classes"
        yield f"For {classes}; items below {self.threshold:g} are left out"
        if self.curve is not None:
            yield self.curve


def as_confidences(given: object) -> tuple[Confidence, ...] | None:
    """What an extractor is given as its confidence; ``None`` if it asks for none.

    Raises:
        InputError: If it is something else.
    """
    if given is False or given is None:
        return None
    if given is True:
        return ()
    listed = tuple(given) if isinstance(given, list | tuple) else (given,)
    if not listed or not all(isinstance(one, Confidence) for one in listed):
        raise InputError(
            "confidence is True, a Confidence as evaluation.fit_confidence makes it, or several "
            f"for different classes; got {given!r:.80}"
        )
    return listed


def without_logprobs(completion: Completion, name: str, *, can: bool) -> Completion:
    """The completion, with what is to be said if it has no log-probabilities.

    Args:
        completion: What was answered when they were asked for.
        name: The client's name.
        can: Whether the client says that it gives them.
    """
    known = completion.logprobs is not None or completion.confidences is not None
    told = any(one.code is Code.NO_CONFIDENCE for one in completion.diagnostics)
    if known or told or not completion.text.strip():
        return completion
    why = (
        f"{name} told of no log-probabilities, or of such that do not say its answer"
        if can
        else f"{name} gives no log-probabilities"
    )
    note = Diagnostic(
        Code.NO_CONFIDENCE, f"{why}, so it is not known how sure it was.", Severity.WARNING
    )
    return replace(completion, diagnostics=(*completion.diagnostics, note))
