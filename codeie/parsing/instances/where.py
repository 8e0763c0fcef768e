"""Where in the answer a value stands, worked out only when something is to be said about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from codeie.parsing.text import tokens

__all__ = ["At", "Slot", "path_of", "slot_at", "slots_of"]


class At(NamedTuple):
    """The way from an item to one of its values; a tuple, because each value makes one.

    Args:
        parent: The value it is in; ``None`` for the item itself.
        slot: Which argument or element of the parent it is; of the item, its number.
        step: The same as a piece of a path: ``".head"``, ``"[1]"``; for the item nothing.
    """

    parent: At | None
    slot: int
    step: str = ""


def path_of(at: At | None) -> str:
    """The path of a value, as ``$[2].head.name``."""
    steps: list[str] = []
    while at is not None:
        steps.append(at.step if at.parent is not None else f"$[{at.slot}]")
        at = at.parent
    return "".join(reversed(steps))


@dataclass(slots=True)
class Slot:
    """What stands between two commas: its place, and the slots of the last bracket in it."""

    start: int
    end: int
    inside: list[Slot] | None = None
    bare: bool = False  # the bracket is a parenthesis that only groups


def slots_of(code: str) -> Slot:
    """The slots of an item, by one pass over its text.

    Args:
        code: An item that the scanner found whole.
    """
    root = Slot(0, len(code))
    stack: list[tuple[Slot, list[Slot]]] = []
    slot, siblings = root, [root]
    last, fresh, named = 0, False, False
    for kind, start, end in tokens.tokens_of(code):
        if kind in (tokens.CLOSE, tokens.COMMA):
            slot.end = max(last, slot.start)
        if kind == tokens.CLOSE:
            if not stack:
                break
            if fresh:
                siblings.pop()
            slot, siblings = stack.pop()
            fresh = False
            named = True
        elif kind == tokens.COMMA:
            slot = Slot(end, end)
            siblings.append(slot)
            fresh, named = True, False
        else:
            if fresh:
                slot.start, fresh = start, False
            if kind == tokens.OPEN:
                slot.bare = code[start] == "(" and not named
                stack.append((slot, siblings))
                slot.inside = siblings = [Slot(end, end)]
                slot = siblings[0]
                fresh, named = True, False
            else:
                named = kind == tokens.NAME
        last = end
    return root


def slot_at(root: Slot, at: At) -> Slot:
    """The slot of a value; that of the nearest value around it if it cannot be told."""
    steps: list[int] = []
    while at.parent is not None:
        steps.append(at.slot)
        at = at.parent
    slot = root
    for step in reversed(steps):
        while slot.bare and slot.inside and len(slot.inside) == 1:
            slot = slot.inside[0]
        if slot.inside is None or step >= len(slot.inside):
            return slot
        slot = slot.inside[step]
    return slot
