"""What a user does not want to be asked about is left out of a document, and told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from codeie.diagnostics import Code, Diagnostic, Severity
from codeie.errors import InputError
from codeie.places import BlockKind
from codeie.types import Document, Span
from codeie.wording import counted

__all__ = ["PARTS", "checked_parts", "without"]

PARTS: Final = ("boilerplate", "quoted", "references", "code", "note")
"""What can be left out: kinds of blocks, and the sections that list the works cited."""
_REFERENCES: Final = re.compile(
    r"(?:\W|\d|[ivx]+\.)*(?:references(?: cited)?|bibliography|works cited|literature(?: cited)?"
    r"|literatur(?:verzeichnis)?|quellen(?:verzeichnis)?|bibliographie|références|bibliografía"
    r"|referencias|riferimenti|bibliografia|参考文献|список литературы)\W*",
    re.IGNORECASE,
)


def checked_parts(parts: Iterable[str]) -> tuple[str, ...]:
    """The names of parts that are to be left out.

    Raises:
        InputError: If one is no part that can be.
    """
    named = (parts,) if isinstance(parts, str) else tuple(parts)
    for part in named:
        if part not in PARTS:
            raise InputError(
                f"there is no part {part!r:.80} to leave out; there are {', '.join(PARTS)}"
            )
    return named


def without(document: Document, parts: Sequence[str]) -> Document:
    """A document without some parts; what is left keeps its places, and what is gone is told.

    Args:
        document: As it was read.
        parts: Which, of `PARTS`.
    """
    layout = document.layout
    if layout is None or not parts:
        return document
    gone: list[tuple[int, int]] = []
    told: list[Diagnostic] = []
    for part in parts:
        found = [*_stretches(document, part)]
        gone += found
        size = sum(end - start for start, end in found)
        if size:
            what = f"{len(found):,} {part} parts" if part != "references" else "the references"
            told.append(
                Diagnostic(
                    Code.LEFT_OUT,
                    f"{what} of {document.id} ({counted(size, 'character')}) are left out, as was asked.",
                    Severity.NOTE,
                )
            )
    if not gone:
        return document
    left = document.kept(_rest(document.text, sorted(gone)))
    return replace(left, diagnostics=(*document.diagnostics, *told))


def _stretches(document: Document, part: str) -> Iterator[tuple[int, int]]:
    blocks = document.layout.blocks if document.layout is not None else ()
    if part != BlockKind.REFERENCES:
        reach = 0
        for block in blocks:
            if block.kind == part and block.start >= reach:  # not what lies in another one
                yield block.start, block.end
                reach = block.end
        return
    headings = [block for block in blocks if block.kind is BlockKind.HEADING]
    for at, block in enumerate(headings):
        if _REFERENCES.fullmatch(document.text[block.start : block.end].strip()):
            later = (one.start for one in headings[at + 1 :] if one.level <= block.level)
            yield block.start, next(later, len(document.text))


def _rest(text: str, gone: Iterable[tuple[int, int]]) -> Iterator[Span]:
    at = 0
    for start, end in gone:
        if start > at:
            yield Span(at, start)
        # The empty lines behind it go along.
        while end < len(text) and text[end] == "\n":
            end += 1
        at = max(at, end)
    if at < len(text):
        yield Span(at, len(text))
