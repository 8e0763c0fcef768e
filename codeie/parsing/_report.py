"""Diagnostics as they are found, and what of the answer they show."""

from __future__ import annotations

from dataclasses import dataclass, replace

from codeie.diagnostics import Code, Diagnostic, Position, Severity

__all__ = ["Report", "excerpt"]

_WIDTH = 80


@dataclass(slots=True)
class Report:
    """Collects diagnostics within a bound.

    Args:
        limit: How many are kept; the rest is counted.
        found: The diagnostics so far, without excerpts.
        dropped: How many were beyond the limit.
    """

    limit: int
    found: list[Diagnostic]
    dropped: int = 0

    def add(
        self,
        code: Code,
        message: str,
        position: Position,
        severity: Severity = Severity.ERROR,
        path: str = "",
    ) -> None:
        """Note one thing; beyond the limit only errors' number is known."""
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
        return tuple(
            replace(one, excerpt=excerpt(output, one.position)) if one.position else one
            for one in found
        )


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
    shown = "".join(one if one.isprintable() else " " for one in line)
    return f"{shown.rstrip()}\n{' ' * column}{'^' * width}"
