"""A text that no value is made of, and why: mostly because it has two readings."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Refused", "readings"]


@dataclass(frozen=True, slots=True)
class Refused:
    """No value; ``why`` completes "expected int, got '1.250', …"."""

    why: str


def readings(*values: object) -> Refused:
    """What has several readings, all named, so that a person or a model can say which.

    Examples:
        >>> readings(1250, 1.25).why
        'which may mean 1250 or 1.25'
    """
    return Refused(f"which may mean {' or '.join(map(str, values))}")
