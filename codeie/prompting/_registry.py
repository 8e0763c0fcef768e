"""The prompt styles by name: codeie's own, and those that a program adds."""

from __future__ import annotations

import difflib
from typing import Final

from codeie.errors import InputError, PromptError, UnknownStyle
from codeie.prompting._prompt import Layout
from codeie.prompting._style import Style
from codeie.prompting.styles import (
    bart_gen,
    chatie,
    code4struct,
    code4uie,
    codeie,
    codekgc,
    deepstruct,
    gner,
    gollie,
    gpt_ner,
    instructuie,
    json_list,
    knowcoder,
    mention_first,
    promptner,
    qa4re,
    qga_ee,
    rebel,
    sel,
    sumask,
    tanl,
    text2event,
    uniner,
    yayi_uie,
)

__all__ = ["register_style", "style_named", "styles"]

_STYLES: Final[dict[str, Style]] = {
    style.name: style
    for style in (
        *code4uie.STYLES,
        *mention_first.STYLES,
        *gollie.STYLES,
        *codeie.STYLES,
        *code4struct.STYLES,
        *codekgc.STYLES,
        *knowcoder.STYLES,
        *json_list.STYLES,
        *sel.STYLES,
        *instructuie.STYLES,
        *chatie.STYLES,
        *qa4re.STYLES,
        *gpt_ner.STYLES,
        *promptner.STYLES,
        *sumask.STYLES,
        *tanl.STYLES,
        *gner.STYLES,
        *rebel.STYLES,
        *text2event.STYLES,
        *deepstruct.STYLES,
        *bart_gen.STYLES,
        *qga_ee.STYLES,
        *uniner.STYLES,
        *yayi_uie.STYLES,
    )
}


def styles() -> tuple[Style, ...]:
    """All styles: codeie's own in the order of the documentation, then those registered."""
    return tuple(_STYLES.values())


AUTO: Final = "auto"
"""The name for the style that is best in a layout, by measurement."""

# The string before its class: small and middling code models copy, then decide, and that beats
# naming a class first and finding a string for it, at half the tokens of the function style
# (benchmarks/results/prompts.md). Models that were not taught conversations do better with the
# list that they see begun.
_BEST: Final[dict[Layout, str]] = {"conversation": "mention-first", "completion": "code4uie"}


def style_named(style: str | Style, layout: Layout = "conversation") -> Style:
    """The style of that name; a style that is given as itself.

    Args:
        style: A name, ``"auto"`` for the best of the layout, or a style.
        layout: How its prompts are sent.

    Raises:
        UnknownStyle: If there is none; the message lists the nearest names.
    """
    if isinstance(style, Style):
        return style
    found = _STYLES.get(_BEST[layout] if style == AUTO else style)
    if found is None:
        near = difflib.get_close_matches(str(style), _STYLES, n=3, cutoff=0.4) or list(_STYLES)
        raise UnknownStyle(f"there is no prompt style {style!r}; try {', '.join(near)}")
    return found


def register_style(style: Style) -> None:
    """Make a style of your own known by its name, in this process, for all that takes one.

    Args:
        style: The style. To register the same value again does nothing.

    Raises:
        PromptError: If another style has the name.
        InputError: If it is no `Style`.
    """
    if not isinstance(style, Style):
        raise InputError(f"expected a codeie.Style to register, got {type(style).__name__}")
    # One step, so that of two threads that register one name one fails.
    if _STYLES.setdefault(style.name, style) != style:
        raise PromptError(
            f"there is a prompt style {style.name!r} already; give yours another name"
        )
