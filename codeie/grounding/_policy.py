"""What to do with repeated strings and with strings that are not in the text, by name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, TypeVar, get_args

from codeie.diagnostics import Diagnostic
from codeie.errors import GroundingError, InputError
from codeie.grounding._result import Grounded, Grounding, MatchKind

__all__ = ["Occurrences", "Ungrounded", "apply", "check"]

T = TypeVar("T")

Occurrences = Literal["in_order", "first", "all", "nearest"]
"""Which place of a repeated string is meant."""

Ungrounded = Literal["keep", "drop", "raise", "reask"]
"""What becomes of an instance with a string that is not in the text."""


def check(name: str, value: str, policies: object) -> None:
    """Refuse a policy that there is not, naming those there are."""
    known = get_args(policies)
    if value not in known:
        raise InputError(f"{name}={value!r} is not a policy; use one of {', '.join(known)}")


def apply(grounded: Iterable[Grounded[T]], ungrounded: Ungrounded) -> Grounding[T]:
    """Keep, drop or refuse what has a string that is not in the text; nothing goes unrecorded.

    Raises:
        GroundingError: At the first such instance, if the policy is ``"raise"``.
    """
    if ungrounded in ("keep", "reask"):
        items = tuple(grounded)
        return Grounding(items, (), tuple([one for item in items for one in item.diagnostics]))
    kept: list[Grounded[T]] = []
    dropped: list[Grounded[T]] = []
    diagnostics: list[Diagnostic] = []
    for item in grounded:
        diagnostics += item.diagnostics
        if item.match is not MatchKind.UNGROUNDED:
            kept.append(item)
        elif ungrounded == "drop":
            dropped.append(item)
        else:
            missing = next(m for m in item.mentions if m.match is MatchKind.UNGROUNDED)
            raise GroundingError(
                f"{type(item.value).__name__}.{missing.path}: {missing.string!r} is not in the "
                "text; use ungrounded='keep' or 'drop' to go on with the rest"
            )
    return Grounding(tuple(kept), tuple(dropped), tuple(diagnostics))
