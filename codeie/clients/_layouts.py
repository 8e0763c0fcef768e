"""Which layout a prompt is sent in: what the user chose, else what the client does best."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from codeie.errors import InputError
from codeie.prompting import Layout, Prompt, Style

__all__ = ["LayoutChoice", "as_taken", "chosen_layout"]

LayoutChoice = Literal["auto", "conversation", "completion"]
"""What a user may ask for: a layout, or the one that the client does best."""

_PLURAL = {"conversation": "conversations", "completion": "texts to go on with"}


def chosen_layout(wanted: LayoutChoice, taken: Sequence[Layout], style: Style, name: str) -> Layout:
    """The layout of a client's prompts.

    Args:
        wanted: What the user asked for.
        taken: What the client takes, the better first; see `Capabilities`.
        style: What the prompts are like.
        name: The client's name, for messages.

    Raises:
        InputError: If the client or the style cannot have it so; the message says what can.
    """
    if wanted not in ("auto", *_PLURAL):
        raise InputError(
            f"layout must be 'auto', 'conversation' or 'completion', got {wanted!r:.80}"
        )
    for layout in taken:
        if layout in style.layouts and wanted in ("auto", layout):
            return layout
    if wanted != "auto" and wanted not in taken:
        can = " and ".join(_PLURAL[each] for each in taken)
        raise InputError(
            f"{name} takes {can} only, so layout={wanted!r} cannot be sent; leave layout out"
        )
    can = " or ".join(repr(each) for each in style.layouts)
    raise InputError(
        f"the style {style.name!r} can only be sent as {can}, and {name} was to be sent "
        f"{_PLURAL[wanted] if wanted != 'auto' else 'something else'}; choose another style or model"
    )


def as_taken(prompt: Prompt, taken: Sequence[Layout]) -> Prompt:
    """The prompt in a layout that a client takes: its own, if that is one.

    Args:
        prompt: Made for another client, perhaps.
        taken: What the client takes, the better first; see `Capabilities`.
    """
    if not taken or prompt.layout in taken:
        return prompt
    return replace(prompt, layout=taken[0])
