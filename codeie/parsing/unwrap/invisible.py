r"""Characters that nobody sees, from tokenizers, web pages and editors: they are not the answer's.

Zero-width spaces, byte-order marks, soft hyphens, joiners and controls of writing direction, raw
or as an escape (``\u200b``). They stay where the text has them between the same letters. If the
text is not known, only joiners stay: between letters of scripts that join, and in emoji.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from typing import Final

from codeie.parsing.unwrap.pieces import Piece, Taken, replaced

__all__ = ["INVISIBLE", "Visible", "read_invisible"]

_CODES: Final = (
    *(0xAD, 0x61C, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F)),
    *(*range(0x2060, 0x2065), *range(0x2066, 0x206A), 0xFEFF),
)
INVISIBLE: Final = frozenset(map(chr, _CODES))
"""What is left out of an answer unless the text has it."""

_RAW: Final = f"[{''.join(map(chr, _CODES))}]"
_ESCAPE: Final = rf"\\(?:u(?i:{'|'.join(f'{code:04x}' for code in _CODES)})|x(?i:ad))"
# Any other escape is passed over whole: an escaped backslash begins none.
_FOUND: Final = re.compile(rf"(?P<run>(?:{_RAW}|{_ESCAPE})++)|\\(?!{_RAW}).", re.DOTALL)
_ANY: Final = re.compile(_RAW)
_ONE: Final = re.compile(rf"{_RAW}|{_ESCAPE}")
_CUT: Final = re.compile(r"\\(?:u[0-9a-fA-F]{0,3}|x[0-9a-fA-F]?)?\Z")
_CODE: Final = r"\\(?:u(?P<u>[0-9a-fA-F]{4})|U(?P<U>000[0-9a-fA-F]{5})|x(?P<x>[0-9a-fA-F]{2})|.)"
_BEFORE: Final = re.compile(rf"{_CODE}\Z", re.DOTALL)
_AFTER: Final = re.compile(_CODE, re.DOTALL)

_LETTER: Final = r"[\u0600-\u1cff\ua800-\uabff\ufb50-\ufdff\ufe70-\ufefc\U00010a00-\U00011fff\U0001e900-\U0001e95f]"
_PICTURE: Final = r"[\u2190-\u2bff\u3030\ufe0f\ud800-\udfff\U0001f000-\U0001faff]"
_JOINED: Final = re.compile(rf"{_LETTER}[\u200c\u200d]{_LETTER}|{_PICTURE}\u200d{_PICTURE}")
_LONGEST: Final = 32
"""A run of so many is nothing to wait for."""


def read_invisible(answer: str, document: str | None) -> Taken | None:
    """Leave out what nobody sees and the text does not have.

    Args:
        answer: The answer.
        document: The text that the answer is about; ``None`` if it is not known.
    """
    own = _Own(document)
    found = [run for run in _runs(answer) if not own.has(answer, run)]
    if not found:
        return None
    counts = Counter(one for run in found for one in _said(run))
    named = ", ".join(f"U+{ord(c):04X} {unicodedata.name(c)} ({n:,})" for c, n in counts.items())
    what = f"characters that nobody sees were left out: {named}"
    pieces = replaced(answer, (Piece("", *run.span()) for run in found))
    return Taken(pieces, what, found[0].start(), found[-1].end())


class Visible:
    """How far an answer that still arrives can be read as it is: up to what will be left out.

    Args:
        document: The text that the answer is about; ``None`` if it is not known.
    """

    __slots__ = ("_over", "_own", "_text")

    def __init__(self, document: str | None) -> None:
        self._own = _Own(document)
        self._text = "\n"  # one code point that was given, and what was not yet
        self._over = False

    def grow(self, chunk: str) -> str:
        """Add a piece; gives what can be read now."""
        if self._over:
            return ""
        text = self._text + chunk
        cut = _CUT.search(text, max(1, len(text) - 6))
        stop = cut.start() if cut is not None else len(text)
        for found in _FOUND.finditer(text, 1):
            short = found.end() - found.start() <= _LONGEST
            if found.end() == len(text) and short:
                stop = min(stop, found.start())  # it may go on
            elif found["run"] and not (short and self._own.has(text, found)):
                stop, self._over = min(stop, found.start()), True
                break
        self._text = text[stop - 1 :]
        return text[1:stop]


def _runs(text: str) -> Iterator[re.Match[str]]:
    if "\\" not in text and (text.isascii() or _ANY.search(text) is None):
        return iter(())
    return (found for found in _FOUND.finditer(text) if found["run"])


def _said(run: re.Match[str]) -> str:
    """What a run says, its escapes undone."""
    ones = _ONE.findall(run.group())
    return "".join(one if len(one) == 1 else chr(int(one[2:], 16)) for one in ones)


def _neighbour(escape: re.Match[str] | None, character: str) -> str:
    """The character beside a run, or the one that an escape there stands for."""
    if escape is None:
        return character
    code = int(escape["u"] or escape["U"] or escape["x"] or "0", 16)
    return chr(code) if code < 0x110000 else ""


def _letter(character: str) -> str:
    """A neighbour that tells a place; at the edge of a string there is none."""
    return character if character.isalnum() else ""


class _Own:
    """Which runs are the text's own.

    Args:
        document: The text; ``None`` if it is not known.
    """

    __slots__ = ("_places",)

    def __init__(self, document: str | None) -> None:
        self._places: set[tuple[str, str, str]] | None = None
        if document is None:
            return
        self._places = set()
        # Its escapes are words in it, for forms of answers that have none.
        for run in (*re.finditer(f"{_RAW}++", document), *_runs(document)):
            said, (start, end) = _said(run), run.span()
            before, after = document[start - 1 : start], document[end : end + 1]
            for left in {_letter(before), ""}:
                self._places |= {(left, said, right) for right in {_letter(after), ""}}

    def has(self, text: str, run: re.Match[str]) -> bool:
        """Whether a run of an answer stays."""
        start, end = run.span()
        before = _neighbour(
            _BEFORE.search(text, max(0, start - 10), start), text[start - 1 : start]
        )
        after = _neighbour(_AFTER.match(text, end), text[end : end + 1])
        said = _said(run)
        if self._places is None:
            return _JOINED.fullmatch(f"{before}{said}{after}") is not None
        return (_letter(before), said, _letter(after)) in self._places
