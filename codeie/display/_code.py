"""Python source with its words coloured, for HTML and for the terminal.

The colours have a contrast of about 4:1 both on white and on near-black, so one rendering
serves light and dark pages without a style sheet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from codeie.display._cells import left_out
from codeie.display._html import MONOSPACED, note_html
from codeie.display._visible import escaped, visible

if TYPE_CHECKING:
    from rich.text import Text

__all__ = ["code_html", "code_text"]

# Token types of Pygments by name; the nearest ancestor of a token that is listed counts.
_STYLES = {
    "Token.Comment": ("#7f7f7f", "italic"),
    "Token.Keyword": ("#8e6bd8", ""),
    "Token.Literal.Number": ("#b8691b", ""),
    "Token.Literal.String": ("#2e8b57", ""),
    "Token.Name.Builtin": ("#2f81d6", ""),
    "Token.Name.Class": ("#2f81d6", "bold"),
    "Token.Name.Decorator": ("#b0599a", ""),
    "Token.Name.Function": ("#2f81d6", ""),
    "Token.Operator.Word": ("#8e6bd8", ""),
}
_CSS = {"italic": ";font-style:italic", "bold": ";font-weight:600", "": ""}


def code_html(code: str, *, limit: int = 20_000, highlight: bool = True) -> str:
    """Python source as HTML; broken code is shown all the same.

    Args:
        code: Any text, such as a prompt's class definitions or a model's answer.
        limit: Code points shown at most; the output says how many there are beyond.
        highlight: Whether to colour it; not for prose.
    """
    body = "".join(
        f'<span style="color:{colour}{_CSS[extra]}">{escaped(piece)}</span>'
        if colour
        else escaped(piece)
        for piece, colour, extra in _coloured(code[:limit], highlight)
    )
    pre = (
        f'<pre dir="ltr" style="{MONOSPACED};line-height:1.45;margin:.3em 0;padding:.5em .8em;'
        'border-radius:.3em;color:inherit;background-color:rgba(128,128,128,.1)">'
        f"{body}</pre>"
    )
    return pre + "".join(note_html(note) for note in left_out(len(code) - limit, "character"))


def code_text(code: str, *, limit: int = 20_000, highlight: bool = True) -> Text:
    """The same for the terminal, as a rich `Text`."""
    from rich.text import Text

    text = Text()
    for piece, colour, extra in _coloured(code[:limit], highlight):
        text.append(visible(piece), style=f"{extra} {colour}".strip() or None)
    for note in left_out(len(code) - limit, "character"):
        text.append(f"\n{note}", style="dim")
    return text


def _coloured(code: str, highlight: bool) -> list[tuple[str, str, str]]:
    if not highlight:
        return [(code, "", "")]
    from pygments.lexers.python import PythonLexer

    pieces: list[tuple[str, str, str]] = []
    for kind, piece in PythonLexer(stripnl=False, ensurenl=False).get_tokens(code):
        colour, extra = "", ""
        ancestor = kind
        while ancestor is not None:
            if str(ancestor) in _STYLES:
                colour, extra = _STYLES[str(ancestor)]
                break
            ancestor = ancestor.parent
        pieces.append((piece, colour, extra))
    return pieces
