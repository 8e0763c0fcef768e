"""Diagnostics as they are found, and what of the answer they show."""

from __future__ import annotations

from dataclasses import dataclass, field

from codeie.diagnostics import Code, Diagnostic, Position, Severity

__all__ = ["Cost", "Point", "Report", "Trial", "excerpt"]

_WIDTH = 80


@dataclass(frozen=True, slots=True, order=True)
class Cost:
    """How many diagnostics of each severity; fewer errors are less, whatever else there is."""

    errors: int
    warnings: int
    notes: int


@dataclass(frozen=True, slots=True)
class Point:
    """A point in a report."""

    found: int
    dropped: int
    counts: dict[Severity, int]


@dataclass(frozen=True, slots=True)
class Trial:
    """What was said while something was only tried.

    Args:
        found: The diagnostics.
        dropped: How many more were beyond the limit.
        cost: How bad they are, the dropped ones included.
    """

    found: list[Diagnostic]
    dropped: int
    cost: Cost


@dataclass(slots=True)
class Report:
    """Collects diagnostics within a bound.

    Args:
        limit: How many are kept; the rest is counted.
        found: The diagnostics so far, without excerpts.
        dropped: How many were beyond the limit.
        counts: How many of each severity, the dropped ones included.
    """

    limit: int
    found: list[Diagnostic] = field(default_factory=list)
    dropped: int = 0
    counts: dict[Severity, int] = field(default_factory=lambda: dict.fromkeys(Severity, 0))

    def mark(self) -> Point:
        """Remember this point, to take back what is said after it."""
        return Point(len(self.found), self.dropped, dict(self.counts))

    def taken_back(self, mark: Point) -> Trial:
        """Unsay all that was said after the mark, and give it."""
        more = [self.counts[one] - mark.counts[one] for one in Severity]
        trial = Trial(self.found[mark.found :], self.dropped - mark.dropped, Cost(*more))
        del self.found[mark.found :]
        self.dropped, self.counts = mark.dropped, mark.counts
        return trial

    def say_again(self, trial: Trial) -> None:
        """Say what was taken back, after all."""
        self.found += trial.found
        self.dropped += trial.dropped
        cost = trial.cost
        for severity, more in zip(Severity, (cost.errors, cost.warnings, cost.notes), strict=True):
            self.counts[severity] += more

    def add(
        self,
        code: Code,
        message: str,
        position: Position,
        severity: Severity = Severity.ERROR,
        path: str = "",
    ) -> None:
        """Note one thing; beyond the limit it is only counted."""
        self.counts[severity] += 1
        if len(self.found) < self.limit:
            self.found.append(Diagnostic(code, message, severity, position, "", path))
        else:
            self.dropped += 1

    def finished(self, output: str) -> tuple[Diagnostic, ...]:
        """All diagnostics in order of position, with excerpts of the answer."""
        found = sorted(self.found, key=_offset)
        if self.dropped:
            end = Position(len(output), len(output), output.count("\n") + 1, 1)
            found.append(
                Diagnostic(
                    Code.TOO_LARGE,
                    f"{self.dropped:,} more diagnostics are not listed; "
                    "raise ParseLimits.max_diagnostics to see them",
                    Severity.WARNING,
                    end,
                )
            )
        return tuple(_with_excerpt(one, output) for one in found)


def _with_excerpt(one: Diagnostic, output: str) -> Diagnostic:
    if one.position is None:
        return one
    shown = excerpt(output, one.position)
    return Diagnostic(one.code, one.message, one.severity, one.position, shown, one.path)


def _offset(diagnostic: Diagnostic) -> int:
    return diagnostic.position.offset if diagnostic.position else 0


def excerpt(output: str, position: Position) -> str:
    """The line at a position, shortened around it, and a line of carets under the place.

    Examples:
        >>> print(excerpt("result = [Foo(1)]", Position(10, 16, 1, 11)))
        result = [Foo(1)]
                  ^^^^^^
    """
    start = position.offset - position.column + 1
    end = output.find("\n", position.offset)
    end = len(output) if end < 0 else end
    column = position.column - 1
    if end - start > _WIDTH:
        left = max(start, min(position.offset - _WIDTH // 3, end - _WIDTH))
        right = min(end, left + _WIDTH)
        before, after = "…" * (left > start), "…" * (right < end)
        column = position.offset - left + len(before)
        line = f"{before}{output[left:right]}{after}"
    else:
        line = output[start:end]
    width = max(1, min(position.end - position.offset, len(line) - column))
    shown = line
    if not line.isprintable():
        shown = "".join(one if one.isprintable() else " " for one in line)
    return f"{shown.rstrip()}\n{' ' * column}{'^' * width}"
