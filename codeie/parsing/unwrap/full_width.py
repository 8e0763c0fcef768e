"""Full-width and CJK punctuation written as code, a habit of models that answer in Chinese.

``［Person（"Ann"）］``, ``Person（name＝“Ann”）``. In strings it is the text's and stays.
"""

from __future__ import annotations

import re

from codeie.parsing.text.letters import compiled
from codeie.parsing.unwrap.names import Names
from codeie.parsing.unwrap.pieces import Piece, Taken, replaced

__all__ = ["read_full_width"]

_MEANT = dict(zip("（）［］｛｝【】〔〕，、＝：；＂＇．", "()[]{}[][],,=:;\"'.", strict=True))
_TOKEN = compiled(
    r'(?P<string>"(?:[^"\\\n]|\\.)*+"|(?<!\w)\'(?:[^\'\\\n]|\\.)*+\'|“[^“”\n]*+”|‘[^‘’\n]*+’'
    r"|「[^「」\n]*+」)|(?P<wide>＂[^＂\n]*+＂|＇[^＇\n]*+＇)|(?P<sign>[（）［］｛｝【】〔〕，、＝：；．])"
)


def read_full_width(text: str, names: Names) -> Taken | None:
    """Replace full-width punctuation outside strings, if it is the code's.

    Args:
        text: The answer.
        names: The classes.
    """
    evidence = re.compile(
        rf"{names.words}\s?（|[［【]\s{{0,40}}{names.words}\s?[(（]"
        rf"|[)）]\s?[，、；]\s{{0,40}}{names.words}\s?[(（]"
        rf"|{names.words}\([^()\n]{{0,200}}[＝：＂＇，、]|{names.words}\([^()\n]{{0,400}}）"
    )
    found = evidence.search(text)
    if found is None:
        return None
    changes: list[Piece] = []
    for token in _TOKEN.finditer(text):
        if token["sign"]:
            changes.append(Piece(_MEANT[token["sign"]], *token.span()))
        elif wide := token["wide"]:
            quote, body = _MEANT[wide[0]], wide[1:-1]
            if quote not in body and "\\" not in body:
                changes.append(Piece(f"{quote}{body}{quote}", *token.span()))
        elif (string := token["string"])[0] == "「" and '"' not in string and "\\" not in string:
            changes.append(Piece(f'"{string[1:-1]}"', *token.span()))
    if not changes:
        return None
    what = "full-width punctuation was taken for the code's"
    return Taken(replaced(text, changes), what, found.start(), found.end())
