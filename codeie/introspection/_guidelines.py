"""Guidelines: what people write beside their classes and fields, as one text and candidates."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable
from dataclasses import dataclass

from codeie.types import Guideline

__all__ = ["Reading", "read_docstring", "read_notes"]

# The words that open a list of candidates. Without a colon, "such as" opens one only if its
# members are quoted: "vehicles such as cars" is prose.
_OPENING = re.compile(r"\b(?:such as|for example|for instance|examples?|e\.g\.)(:|,)?\s+", re.I)
_QUOTED = re.compile(r"""\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|“[^”]*”|‘[^’]*’|`[^`]*`)""")
_BETWEEN = re.compile(r"\s*(?:,?\s*(?:and|or)\b|,|;|/)")
_ENDING = re.compile(r"\s*(?:,?\s*etc\.?|…|\.\.\.)?\s*(?:[.!;)\]]|$)")
# "J. R. Hartley" and "Dr. Who" do not end a sentence; a blank line or a bullet does.
_SENTENCE_END = re.compile(
    r"(?<!\b[A-Z])(?<!\b[A-Z][a-z])[.!](?=\s|$)|[)\];]|\n\s*(?:\n|[-*•])|[.!]?\s*$"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What notes say.

    Args:
        text: The guideline, without the candidates.
        candidates: The examples named in it.
    """

    text: str
    candidates: tuple[str, ...] = ()


def read_notes(notes: Iterable[str | Guideline]) -> Reading:
    """Join the notes about one field, in their order, into one line.

    Args:
        notes: What was written in each place; a note that repeats an earlier one is left out.
    """
    texts: list[str] = []
    candidates: list[str] = []
    for note in notes:
        guideline = note if isinstance(note, Guideline) else Guideline(note)
        reading = _without_candidates(" ".join(guideline.text.split()))
        if reading.text and reading.text not in texts:
            texts.append(reading.text)
        candidates += [*reading.candidates, *guideline.candidates]
    return Reading(_joined(texts), tuple(dict.fromkeys(candidates)))


def read_docstring(docstring: str) -> Reading:
    """Take the candidates out of a class's docstring; its line breaks stay.

    Args:
        docstring: The docstring as written.
    """
    reading = _without_candidates(inspect.cleandoc(docstring).strip())
    return Reading(reading.text, tuple(dict.fromkeys(reading.candidates)))


def _joined(texts: list[str]) -> str:
    joined = ""
    for text in texts:
        separator = "" if not joined else " " if joined[-1] in ".!?:;" else "; "
        joined += separator + text
    return joined


def _without_candidates(text: str) -> Reading:
    candidates: list[str] = []
    position = 0
    while opening := _OPENING.search(text, position):
        members, end = _members(text, opening)
        if not members:
            position = opening.end()
            continue
        candidates += members
        text, position = _cut(text, opening.start(), end)
    return Reading(text.strip(), tuple(candidates))


def _members(text: str, opening: re.Match[str]) -> tuple[list[str], int]:
    """The candidates that follow an opening, and where they end; none if it opens no list."""
    members: list[str] = []
    position = opening.end()
    while quoted := _QUOTED.match(text, position):
        members.append(quoted[1][1:-1])
        position = quoted.end()
        between = _BETWEEN.match(text, position)
        if between is None or not _QUOTED.match(text, between.end()):
            break
        position = between.end()
    if members:
        # A sentence that goes on after the list would not read without it.
        return (members, position) if _ENDING.match(text, position) else ([], position)
    if opening[1] != ":" or "\n" in opening[0]:
        return [], position
    stop = _SENTENCE_END.search(text, position)
    end = stop.start() if stop else len(text)
    pieces = re.split(r",\s*(?:and|or)\s+|,\s*|\s+or\s+", text[position:end])
    members = [" ".join(piece.split()) for piece in pieces if piece.strip(" .…") not in ("", "etc")]
    return members, end


def _cut(text: str, start: int, end: int) -> tuple[str, int]:
    """``text`` without the list from ``start`` to ``end``, and where to go on reading."""
    ending = _ENDING.match(text, end)
    closing = ending[0].strip()[-1:] if ending else ""
    before = text[:start].rstrip()
    after = text[ending.end() if ending else end :]
    if before.endswith(("(", "[")) and closing in (")", "]"):
        before, closing = before[:-1].rstrip(), ""
    before = before.rstrip(",;:–—- \n") if before else before
    ends_sentence = closing in (".", "!", ";") and before and before[-1] not in ".!?"
    if ends_sentence or closing in (")", "]"):
        before += closing
    return before + after, len(before)
