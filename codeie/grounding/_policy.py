"""What to do with what is repeated, overlaps, contradicts or is not in the text, by name."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar, get_args

from codeie.diagnostics import Diagnostic
from codeie.errors import GroundingError, InputError
from codeie.grounding._contradicted import contradicted
from codeie.grounding._overlaps import overlapped
from codeie.grounding._repeats import Repeat
from codeie.grounding._report import diagnose_contradiction, diagnose_overlap
from codeie.grounding._result import Grounded, Grounding, MatchKind
from codeie.grounding._strings import Argument

__all__ = ["Contradicted", "Occurrences", "Overlaps", "Policies", "Repeats", "Ungrounded", "apply"]

T = TypeVar("T")

Occurrences = Literal["in_order", "first", "all", "nearest"]
"""Which place of a repeated string is meant."""

Ungrounded = Literal["keep", "drop", "raise", "reask"]
"""What becomes of an instance with a string that is not in the text."""

Repeats = Literal["drop", "keep"]
"""What becomes of a copy for which the text has no further place."""

Overlaps = Literal["keep", "longest", "error"]
"""What becomes of mentions that overlap: all stay, the longest first, or they are refused."""

Contradicted = Literal["keep", "drop"]
"""What becomes of an instance with an argument to which the answer gives another class."""


@dataclass(frozen=True, slots=True)
class Policies:
    """What `codeie.ground` does where there is a choice; its arguments of these names.

    Raises:
        InputError: If a policy has no such name.
    """

    occurrences: Occurrences = "in_order"
    ungrounded: Ungrounded = "keep"
    repeats: Repeats = "drop"
    overlaps: Overlaps = "keep"
    contradicted: Contradicted = "keep"

    def __post_init__(self) -> None:
        """Refuse a policy that there is not, naming those there are."""
        for name, known in _KNOWN.items():
            value = getattr(self, name)
            if value not in known:
                raise InputError(f"{name}={value!r} is not a policy; use one of {', '.join(known)}")


_KNOWN: Mapping[str, tuple[str, ...]] = {
    "occurrences": get_args(Occurrences),
    "ungrounded": get_args(Ungrounded),
    "repeats": get_args(Repeats),
    "overlaps": get_args(Overlaps),
    "contradicted": get_args(Contradicted),
}


def apply(
    grounded: Sequence[Grounded[T]],
    repeats: Mapping[int, Repeat],
    policies: Policies,
    is_mention: Callable[[Grounded[T]], bool],
    arguments: Callable[[object], Sequence[Argument]],
) -> Grounding[T]:
    """Keep, drop or refuse what the policies are about; nothing goes unrecorded.

    Args:
        grounded: All instances, in the order in which they were written.
        repeats: Which of them repeat others, by number.
        policies: What to do.
        is_mention: Whether an instance is one mention, whose place others may not overlap.
        arguments: The mentions that are parts of an instance.

    Raises:
        GroundingError: At the first instance that has a string not in the text, if
            ``ungrounded`` is ``"raise"``, or that overlaps another, if ``overlaps`` is
            ``"error"``.
    """
    left_out = set(repeats) if repeats and policies.repeats == "drop" else set()
    if policies.ungrounded in ("drop", "raise"):
        for number, item in enumerate(grounded):
            if item.match is MatchKind.UNGROUNDED:
                if policies.ungrounded == "raise":
                    raise _not_in_text(item)
                left_out.add(number)
    items = list(grounded)
    if policies.overlaps != "keep":
        mentions = [
            (number, item)
            for number, item in enumerate(grounded)
            if number not in left_out and is_mention(item)
        ]
        for number, owner in sorted(overlapped(mentions).items()):
            said = diagnose_overlap(grounded[number], number, grounded[owner], owner)
            if policies.overlaps == "error":
                raise GroundingError(
                    f"{said.message} Use overlaps='longest' to leave out the shorter of two, "
                    "or 'keep' to have both"
                )
            items[number] = _said_of(items[number], said)
            left_out.add(number)
    about = {number: item for number, item in enumerate(grounded) if number not in left_out}
    for number, one in contradicted(about, is_mention, arguments).items():
        drop = policies.contradicted == "drop"
        items[number] = _said_of(items[number], diagnose_contradiction(one, number, drop=drop))
        if drop:
            left_out.add(number)
    return Grounding(
        tuple([item for number, item in enumerate(items) if number not in left_out])
        if left_out
        else tuple(items),
        tuple([items[number] for number in sorted(left_out)]),
        tuple([one for item in items for one in item.diagnostics]),
    )


def _said_of(item: Grounded[T], said: Diagnostic) -> Grounded[T]:
    return dataclasses.replace(item, diagnostics=(*item.diagnostics, said))


def _not_in_text(item: Grounded[T]) -> GroundingError:
    missing = next(m for m in item.mentions if m.match is MatchKind.UNGROUNDED)
    return GroundingError(
        f"{type(item.value).__name__}.{missing.path}: {missing.string!r} is not in the "
        "text; use ungrounded='keep' or 'drop' to go on with the rest"
    )
