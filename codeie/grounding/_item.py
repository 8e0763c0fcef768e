"""An instance as the grounder sees it: its strings, their possible places, the choices made."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from codeie.grounding._find import Place
from codeie.grounding._order import Options
from codeie.grounding._strings import Quotation
from codeie.introspection import Role

__all__ = ["Choice", "Item", "anchor_of", "has_trigger", "is_single"]


class Item(NamedTuple):
    """An instance's strings, and what they stand for.

    Args:
        role: Of its class.
        cls: Its class.
        quotations: Its strings, in field order.
        options: The places of each; ``None`` where there is none.
        anchor: Which of them stands for the instance; ``None`` if none was found.
    """

    role: Role
    cls: type
    quotations: Sequence[Quotation]
    options: Sequence[Options | None]
    anchor: int | None


class Choice(NamedTuple):
    """The place of one string.

    Args:
        place: Where it is; ``None`` if nowhere.
        ambiguous: Whether another place is as good.
        others: All its other places, where they are asked for.
    """

    place: Place | None = None
    ambiguous: bool = False
    others: tuple[Place, ...] = ()


def is_single(role: Role, strings: int) -> bool:
    """Whether an instance is one mention, rather than several that belong together."""
    return role is Role.ENTITY or (role is Role.RECORD and strings == 1)


def has_trigger(item: Item) -> bool:
    """Whether what stands for the instance is an event's trigger, which is no mention else."""
    anchor = item.anchor
    return item.role is Role.EVENT and anchor is not None and _is_trigger(item.quotations[anchor])


def anchor_of(quotations: Sequence[Quotation], options: Sequence[Options | None]) -> int | None:
    """Which string stands for an instance: its trigger, or else the first that was found."""
    first = None
    for index, quotation in enumerate(quotations):
        if options[index] is not None:
            if _is_trigger(quotation):
                return index
            first = index if first is None else first
    return first


def _is_trigger(quotation: Quotation) -> bool:
    return quotation.path.startswith("trigger")
