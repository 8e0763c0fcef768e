"""The prompt styles by name."""

from __future__ import annotations

import difflib
from typing import Final

from codeie.errors import UnknownStyle
from codeie.prompting._style import Style
from codeie.prompting.styles import (
    chatie,
    code4struct,
    code4uie,
    codeie,
    codekgc,
    gollie,
    gpt_ner,
    instructuie,
    json_list,
    knowcoder,
    mention_first,
    promptner,
    qa4re,
    sel,
    sumask,
)

__all__ = ["style_named", "styles"]

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
    )
}


def styles() -> tuple[Style, ...]:
    """All styles, in the order of the documentation."""
    return tuple(_STYLES.values())


def style_named(name: str) -> Style:
    """The style of that name.

    Raises:
        UnknownStyle: If there is none; the message lists the nearest names.
    """
    style = _STYLES.get(name)
    if style is None:
        near = difflib.get_close_matches(str(name), _STYLES, n=3, cutoff=0.4) or list(_STYLES)
        raise UnknownStyle(f"there is no prompt style {name!r}; try {', '.join(near)}")
    return style
