"""Short answers to narrow questions: a letter, yes or no, marks, verdicts."""

from __future__ import annotations

import re

from codeie.diagnostics import Code, Severity
from codeie.parsing._limits import ParseLimits
from codeie.parsing.readers._lines import read_lines
from codeie.parsing.readers._turn import Piece, Reading, Turn, built, problem
from codeie.parsing.readers._words import call, quoted

__all__ = ["read_choice", "read_marks", "read_verdicts", "said_no"]

_LETTER = re.compile(r"^\W*([A-Za-z])(?:\W|$)|\b([A-Z])[.):]|\b([A-Z])\b")
_YES_NO = re.compile(r"\b(yes|no|true|false)\b", re.IGNORECASE)
_MARK = re.compile(r"@@(.{1,500}?)##", re.DOTALL)
_QUOTED = r'"(?:[^"\\\n]|\\.){0,300}+"|' + r"'(?:[^'\\\n]|\\.){0,300}+'"
_VERDICT = re.compile(
    rf"^[ \t]{{0,20}}(?:\d{{1,4}}[.)]|[-*])?[ \t]{{0,20}}(?P<phrase>{_QUOTED}|[^|\n]{{1,300}}?)"
    r"[ \t]{0,20}\|[ \t]{0,20}(?P<verdict>true|false|yes|no)[ \t]{0,20}(?:\|(?P<reason>[^\n]*))?$",
    re.MULTILINE | re.IGNORECASE,
)
_IN_BRACKETS = re.compile(r"[(\[]([^()\[\]]+)[)\]]\W*$")
_ALIKE = 0.9  # of a text and its repetition; a refusal or other prose is far below
_COMPARED = 20_000  # code points of a text that is compared with its repetition
_NOTHING = re.compile(r"\W*+(?:none|nothing|no \w+)?\W*+", re.IGNORECASE)


def read_choice(turn: Turn, limits: ParseLimits) -> Reading:
    """A letter, of choices that the topic holds as code; yes or no; or lines of mentions."""
    kind, *codes = turn.asked.topic
    if kind == "lines":
        return read_lines(turn, limits)
    if kind == "decide":
        verdict = _yes(turn.answer)
        if verdict is None:
            return _unclear(turn, "expected yes or no")
        return _whole(turn, codes[0], limits) if verdict else Reading()
    found = _LETTER.search(turn.answer)
    index = ord((found[1] or found[2] or found[3]).upper()) - ord("A") if found else -1
    if not 0 <= index <= len(codes):
        return _unclear(turn, f"expected a letter from A to {chr(ord('A') + len(codes))}")
    return _whole(turn, codes[index], limits) if index < len(codes) else Reading()


def _whole(turn: Turn, code: str, limits: ParseLimits) -> Reading:
    return built(turn, [Piece(code, 0, len(turn.answer))], limits)


def _unclear(turn: Turn, expected: str) -> Reading:
    message = f"{expected}, got {turn.answer.strip()[:60]!r}"
    note = problem(turn, Code.SYNTAX_ERROR, message, 0, len(turn.answer))
    return Reading(diagnostics=[note], unreadable=True)


def _yes(answer: str) -> bool | None:
    found = _YES_NO.search(answer)
    return None if found is None else found[1].lower() in ("yes", "true")


def read_marks(turn: Turn, limits: ParseLimits) -> Reading:
    """The text again, with ``@@`` and ``##`` around the mentions of one class."""
    kind, name, *_ = turn.asked.topic
    if kind == "check":
        return Reading() if _yes(turn.answer) is not None else _unclear(turn, "expected yes or no")
    spec = turn.asked.schema.named(name)
    pieces = [
        Piece(call(spec, name, [quoted(mark[1])], []), mark.start(), mark.end())
        for mark in _MARK.finditer(turn.answer)
    ]
    if not pieces and _about(turn.answer, turn.asked.text):
        message = "the text was written again with small changes, and nothing is marked in it"
        note = problem(turn, Code.REPAIRED, message, 0, len(turn.answer), Severity.NOTE)
        return Reading(diagnostics=[note])
    unmarked = turn.answer.split() == turn.asked.text.split() or _NOTHING.fullmatch(turn.answer)
    if not pieces and not unmarked:
        message = "the answer is neither the text nor marks anything in it"
        note = problem(turn, Code.NO_CODE, message, 0, len(turn.answer))
        return Reading(diagnostics=[note], unreadable=True)
    return built(turn, pieces, limits)


def _about(answer: str, text: str) -> bool:
    """Whether an answer is the text, but not word for word."""
    answer, text = " ".join(answer.split()), " ".join(text.split())
    if answer == text or len(answer) > _COMPARED or len(text) > _COMPARED:
        return False
    from rapidfuzz.distance import Indel

    return Indel.normalized_similarity(answer, text, score_cutoff=_ALIKE) > 0


def said_no(turns: list[Turn]) -> set[tuple[str, str]]:
    """The classes and strings that a later check of the same conversation denied."""
    return {
        (turn.asked.topic[1], turn.asked.topic[2])
        for turn in turns
        if turn.asked.topic[:1] == ("check",) and _yes(turn.answer) is False
    }


def read_verdicts(turn: Turn, limits: ParseLimits) -> Reading:
    """Lines of candidate, verdict and reason; the class stands in brackets at the end."""
    pieces: list[Piece] = []
    reasons: list[str] = []
    diagnostics = []
    said = False
    for line in _VERDICT.finditer(turn.answer):
        said = True
        reason = (line["reason"] or "").strip()
        if reason:
            reasons.append(reason)
        if not _yes(line["verdict"]):
            continue
        named = _IN_BRACKETS.search(reason[-300:])
        if named is None:
            message = "the candidate is accepted, but no class is named for it"
            diagnostics.append(problem(turn, Code.UNKNOWN_CLASS, message, line.start(), line.end()))
            continue
        name = named[1].strip()
        spec = turn.asked.schema.named(name)
        pieces.append(Piece(call(spec, name, [line["phrase"]], []), line.start(), line.end()))
    reading = built(turn, pieces, limits)
    reading.diagnostics = [*diagnostics, *reading.diagnostics]
    reading.rationale = reasons
    if not said and not _NOTHING.fullmatch(turn.answer):
        message = "the answer holds no line of the form candidate | True or False | reason"
        reading.diagnostics.append(problem(turn, Code.NO_CODE, message, 0, len(turn.answer)))
    reading.unreadable = bool(reading.diagnostics) and not reading.items
    return reading
