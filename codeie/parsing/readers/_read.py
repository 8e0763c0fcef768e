"""Any style's answers, whatever their form, become one `ParseResult`."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from codeie.diagnostics import Code, Diagnostic, Severity
from codeie.errors import InputError
from codeie.parsing._limits import ParseLimits
from codeie.parsing._parse import parse
from codeie.parsing._result import Outcome, ParsedItem, ParseResult
from codeie.parsing.readers._answers import read_choice, read_marks, read_verdicts, said_no
from codeie.parsing.readers._json import read_json
from codeie.parsing.readers._lines import read_lines
from codeie.parsing.readers._sel import read_sel
from codeie.parsing.readers._turn import Asked, Reading, Turn, problem

__all__ = ["Asked", "read"]

_TEXT = re.compile(r"\n[ \t]{0,9}Text:")
_NOTHING = re.compile(
    r"\W*+(?:(?:answer|results?|import)\W*+)?(?:none|nothing|no\b.*+)?\W*+", re.I | re.S
)


def read(
    answers: Sequence[str] | str,
    prompts: Sequence[Asked] | Asked,
    *,
    prefilled: Sequence[bool] | bool = False,
    limits: ParseLimits = ParseLimits(),
) -> ParseResult:
    """Read the answers to the questions of a style: code, JSON, lists or words.

    Args:
        answers: What the model wrote, one answer for each question.
        prompts: The questions; `codeie.prompting.Plan.prompts` gives those of a plan.
        prefilled: Whether the answers continue the prompts' prefills.
        limits: Bounds on size, nesting and numbers.

    Returns:
        The instances of all answers in their order. Positions count in the answers joined
        by line breaks, which is the result's ``output``.

    Raises:
        InputError: If there are not as many answers as prompts.
    """
    said = [answers] if isinstance(answers, str) else list(answers)
    asked = list(prompts) if isinstance(prompts, Sequence) else [prompts]
    begun = [prefilled] * len(said) if isinstance(prefilled, bool) else list(prefilled)
    if not len(said) == len(asked) == len(begun):
        raise InputError(f"{len(said)} answers were given for {len(asked)} prompts")
    turns = [
        Turn(answer[: limits.max_output], prompt, was_begun)
        for answer, prompt, was_begun in zip(said, asked, begun, strict=True)
    ]
    readings = [_read(turn, last=turn is turns[-1], limits=limits) for turn in turns]
    denials = said_no(turns)
    items: list[ParsedItem] = []
    diagnostics: list[Diagnostic] = []
    offset = line = 0
    for turn, reading in zip(turns, readings, strict=True):
        for item in reading.items:
            if _key(turn, item) in denials:
                where = item.position
                message = "asked again, the model said that this does not hold; it is left out"
                note = problem(
                    turn, Code.NOT_CONFIRMED, message, where.offset, where.end, Severity.WARNING
                )
                diagnostics.append(note.shifted(offset, line))
            else:
                items.append(replace(item, position=item.position.shifted(offset, line)))
        diagnostics += [one.shifted(offset, line) for one in reading.diagnostics]
        offset += len(turn.answer) + 1
        line += turn.answer.count("\n") + 1
    more = len(diagnostics) - limits.max_diagnostics
    if more > 0:
        diagnostics[-more - 1 :] = [
            Diagnostic(Code.TOO_LARGE, f"{more + 1:,} more diagnostics are not listed")
        ]
    unreadable = any(reading.unreadable for reading in readings)
    return ParseResult(
        tuple(items),
        tuple(diagnostics),
        Outcome.ITEMS if items else Outcome.UNPARSED if unreadable else Outcome.EMPTY,
        tuple(reason for reading in readings for reason in reading.rationale),
        "\n".join(turn.answer for turn in turns),
    )


def _read(turn: Turn, *, last: bool, limits: ParseLimits) -> Reading:
    if turn.asked.topic[:1] == ("choose",):
        # An answer that only decides what is asked next, unless nothing was asked next.
        if not last or _NOTHING.fullmatch(turn.answer):
            return Reading()
        message = "the answer names no class that was asked about"
        note = problem(turn, Code.NO_CODE, message, 0, len(turn.answer))
        return Reading(diagnostics=[note], unreadable=True)
    reader = _READERS.get(turn.asked.reader)
    if reader is None:
        known = ", ".join(_READERS)
        raise InputError(f"there is no reader {turn.asked.reader!r}; there are {known}")
    end = _next_text(turn)
    if end < 0:
        return reader(turn, limits)
    reading = reader(replace(turn, answer=turn.answer[:end]), limits)
    message = "the answer goes on with another text; what follows is not read"
    note = problem(turn, Code.REPAIRED, message, end, len(turn.answer), Severity.WARNING)
    reading.diagnostics = [*reading.diagnostics, note]
    return reading


def _next_text(turn: Turn) -> int:
    """Where an answer in words goes on with the next text, as small models do; else -1.

    In code, `parse` sees to it.
    """
    if turn.asked.reader == "code" or _TEXT.search(turn.asked.text):
        return -1
    found = _TEXT.search(turn.answer)
    # With nothing before it, it is the same text again, and the answer follows.
    return found.start() if found and turn.answer[: found.start()].strip() else -1


def _code(turn: Turn, limits: ParseLimits) -> Reading:
    asked = turn.asked
    begun = asked.prefill if turn.prefilled else asked.begun
    if asked.begun and asked.topic and _repeats(turn.answer, asked.topic[0]):
        begun = ""
    result = parse(turn.answer, asked.schema, prefill=begun, limits=limits)
    return Reading(
        list(result.items),
        list(result.diagnostics),
        list(result.rationale),
        result.outcome is Outcome.UNPARSED,
    )


def _repeats(answer: str, name: str) -> bool:
    """Whether the answer opens the call of the prompt again instead of going on with it."""
    opening = rf"\s*(?:```\w*\s*)?(?:\w+\s*=\s*)?{re.escape(name)}\s*\("
    return re.match(opening, answer) is not None


def _json(turn: Turn, limits: ParseLimits) -> Reading:
    sound = read_json(turn, limits)
    if sound is not None:
        return sound
    reading = _code(turn, limits)
    reading.diagnostics = [one for one in reading.diagnostics if one.code is not Code.JSON]
    return reading


_READERS: dict[str, Callable[[Turn, ParseLimits], Reading]] = {
    "code": _code,
    "json": _json,
    "lines": read_lines,
    "sel": read_sel,
    "choices": read_choice,
    "marks": read_marks,
    "verdicts": read_verdicts,
}


def _key(turn: Turn, item: ParsedItem) -> tuple[str, str] | None:
    if turn.asked.topic[:1] != ("marks",):
        return None
    start = item.position.offset + len("@@")
    return turn.asked.topic[1], turn.answer[start : item.position.end - len("##")]
