"""Python source with its words coloured, for HTML and for the terminal.

The colours written out have a contrast of about 4:1 both on white and on near-black, so one
rendering serves light and dark pages without a style sheet; ``view.css`` has better ones for each.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from codeie.display._cells import left_out
from codeie.display._html import MONOSPACED, note_html
from codeie.display._visible import escaped, visible

if TYPE_CHECKING:
    from rich.text import Text

__all__ = ["CODE", "code_css", "code_html", "code_text", "coloured"]

# Token types of Pygments by name; the nearest ancestor of a token that is listed counts.
_STYLES = {
    "Token.Comment": ("comment", "italic"),
    "Token.Keyword": ("keyword", ""),
    "Token.Literal.Number": ("number", ""),
    "Token.Literal.String": ("string", ""),
    "Token.Name.Builtin": ("name", ""),
    "Token.Name.Class": ("name", "bold"),
    "Token.Name.Decorator": ("decorator", ""),
    "Token.Name.Function": ("name", ""),
    "Token.Operator.Word": ("keyword", ""),
}
_COLOURS = {
    "comment": "#7f7f7f",
    "decorator": "#b0599a",
    "keyword": "#8e6bd8",
    "name": "#2f81d6",
    "number": "#b8691b",
    "string": "#2e8b57",
}
_CSS = {"italic": ";font-style:italic", "bold": ";font-weight:600", "": ""}


CODE = (
    f"{MONOSPACED};line-height:1.45;margin:.3em 0;padding:.5em .8em;"
    "border-radius:.3em;color:inherit;background-color:rgba(128,128,128,.1)"
)


def code_html(code: str, *, limit: int = 20_000, highlight: bool = True) -> str:
    """Python source as HTML; broken code is shown all the same.

    Args:
        code: Any text, such as a prompt's class definitions or a model's answer.
        limit: Code points shown at most; the output says how many there are beyond.
        highlight: Whether to colour it; not for prose.
    """
    body = "".join(
        f'<span style="{code_css(kind, extra)}">{escaped(piece)}</span>' if kind else escaped(piece)
        for piece, kind, extra in coloured(code[:limit], highlight)
    )
    pre = f'<pre dir="ltr" style="{CODE}">{body}</pre>'
    return pre + "".join(note_html(note) for note in left_out(len(code) - limit, "character"))


def code_css(kind: str, extra: str) -> str:
    """The style of a piece of code of a kind that has a colour."""
    return f"color:var(--codeie-{kind},{_COLOURS[kind]}){_CSS[extra]}"


def code_text(code: str, *, limit: int = 20_000, highlight: bool = True) -> Text:
    """The same for the terminal, as a rich `Text`."""
    from rich.text import Text

    text = Text()
    for piece, kind, extra in coloured(code[:limit], highlight):
        text.append(visible(piece), style=f"{extra} {_COLOURS.get(kind, '')}".strip() or None)
    for note in left_out(len(code) - limit, "character"):
        text.append(f"\n{note}", style="dim")
    return text


def coloured(code: str, highlight: bool = True) -> list[tuple[str, str, str]]:
    """Code in pieces, each with its kind and whether it is italic or bold; ``""`` if it is neither.

    Whoever counts places in the code may rely on it: not a character is changed.
    """
    if not highlight:
        return [(code, "", "")]
    from pygments.lexers.python import PythonLexer

    pieces: list[tuple[str, str, str]] = []
    # Not `get_tokens`, which makes other line breaks of "\r".
    for _, token, piece in PythonLexer().get_tokens_unprocessed(code):
        kind, extra = "", ""
        ancestor = token
        while ancestor is not None:
            if str(ancestor) in _STYLES:
                kind, extra = _STYLES[str(ancestor)]
                break
            ancestor = ancestor.parent
        if piece.startswith("\n") and pieces and pieces[-1][0].endswith("\r"):
            # The two halves of a Windows line break stay together, so that `visible` sees it.
            before, *style = pieces[-1]
            pieces[-1] = (before[:-1], style[0], style[1])
            piece = f"\r{piece}"
        pieces.append((piece, kind, extra))
    return pieces
