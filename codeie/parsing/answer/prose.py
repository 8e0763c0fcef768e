"""Words around the code: passed over up to the next thing that may be code."""

from __future__ import annotations

import re
from typing import Final

from codeie.diagnostics import Code
from codeie.parsing.answer.state import Aside, Read
from codeie.parsing.text import markers
from codeie.parsing.text.brackets import Damage, scan
from codeie.parsing.text.buffer import Step
from codeie.parsing.text.letters import compiled
from codeie.parsing.text.tokens import WORD

__all__ = ["read_comment", "read_fence", "read_prose", "read_tag"]

_NO_CODE: Final = -1
_MENTION: Final = -2  # a class's call in a sentence
_BROKEN: Final = -3  # such a call, without its end
_TO_LINE_END: Final = re.compile(r"[^\n]*+\n")


def read_comment(read: Read, start: int) -> Step:
    """Keep a comment as rationale."""
    end = yield from read.source.line_end(start)
    comment = read.source.text[start:end].lstrip("#").strip()
    if comment:
        read.rationale.append(comment)
        read.said.something = True
    return end


def read_fence(read: Read, end: int) -> Step:
    """Pass over a Markdown fence and its language."""
    source = read.source
    while (yield from source.ahead(end, 1)) and source.text[end] == source.text[end - 1]:
        end += 1
    yield from source.until(_TO_LINE_END, end, markers.LONGEST)
    info = markers.LANGUAGES.match(source.text, end)
    read.here.anew()
    return info.end() if info else end


def read_prose(read: Read, start: int) -> Step:
    """Pass over prose: to the end of its line, or to code in it."""
    source, here = read.source, read.here
    read.said.something = True
    assigned = bool(here.target)
    position = start
    while True:
        match = yield from source.search(markers.PROSE_EVENT, position, 110)
        if match is None:
            here.finished = True
            return len(source.text)
        found = match.group()
        size = len(source.text)
        yield from source.ahead(match.start(), 8)
        if found == "[" and len(source.text) > size:
            position = match.start()
            continue  # it may be the beginning of an end marker
        if found == "\n":
            here.anew()
            return match.end()
        if found[0] in "`~<":
            here.anew()
            here.line_start = False
            if match.start() > start or found[0] != "<":
                return match.start()
            position = match.end()
            continue
        if found == "[/INST]":
            return match.start()
        yield from source.ahead(match.end(), markers.LONGEST)
        if (code := _code_at(read, match, assigned=assigned)) >= 0:
            here.line_start = here.separated = True
            return code
        position = match.end()
        if code == _MENTION:
            passed = yield from _mention(read, match.start(), position)
            if passed < 0:
                here.line_start = here.separated = True
                return match.start()
            position = passed


def _mention(read: Read, start: int, position: int) -> Step:
    """A call in the middle of a sentence: set aside, in case nothing better is found.

    Returns:
        The index after it; `_BROKEN` if it has arguments but no end. What is in it is then a
        part of something that is lost, and only the code's own reader says so.
    """
    source = read.source
    found = yield from scan(source, start, read.limits, read.stop_at(start))
    if found.damage is not Damage.NONE:
        read.wasted += found.end - start
        if _ARGUMENT.match(source.text, position) is None:
            return position
        if not (line := _SENTENCE.match(source.text, position)):
            return _BROKEN
        message = "a call in a sentence has no end; it is left out, with what is in it"
        read.say(Code.UNTERMINATED, message, start, line.end())
        return line.end()
    if len(read.asides) < read.limits.max_diagnostics:
        code = source.text[start : found.end]
        read.asides.append(Aside(code, source.place(start, found.end), found.formatted))
    return found.end


_ARGUMENT = compiled(rf"\s{{0,40}}(?:{WORD}\s{{0,8}}[=(]|[\[{{(\"'\d-])")
# The rest of a line after which the answer begins anew.
_SENTENCE = compiled(rf"[^\n]*+(?=\n[ \t]{{0,9}}\n|\n(?:[\[`#]|{WORD}(?:\(|[ \t]{{1,9}}\w)))")
_KEYWORD = compiled(rf"[(\[{{,]\s{{0,40}}{WORD}[ \t]{{0,8}}(?:=[ \t]{{0,8}})?\Z")
_LIST = compiled(
    rf"[\[({{]\s{{0,40}}(?:[\[({{]\s{{0,40}})?(?:(?P<name>{WORD})\s{{0,8}}\("
    r"|\{\s{0,40}[\"']|[\"'][^\"'\n]{1,80}[\"']\s{0,9}:)"
)
_INTRODUCED = re.compile(r"(?:[:=>`-]|^|\n)[ \t]{0,9}$")
_EMPTY = re.compile(r"\[[ \t]{0,9}\]")


def _code_at(read: Read, match: re.Match[str], *, assigned: bool) -> int:
    """The index at which code begins; `_NO_CODE` if these are only words; or `_MENTION`."""
    text, start = read.source.text, match.start()
    opened = match.end() if match.group()[0] in ":=>" else start
    # An argument of a call that is none of a class is no item that somebody introduced.
    argument = not assigned and _KEYWORD.search(text, max(0, start - 120), start) is not None
    if text[opened] in "[({":
        if argument:
            return _NO_CODE
        found = _LIST.match(text, opened)
        if found and (found["name"] is None or read.context.naming.meant(found["name"])):
            return opened
        if match.group()[0] in ":=" and _EMPTY.match(text, opened):
            return opened
        return _NO_CODE
    name = match.group()[:-1].strip()
    if read.context.naming.exact(name) is None:
        return _NO_CODE
    if assigned or (not argument and _INTRODUCED.search(text, max(0, start - 20), start)):
        return start
    return _MENTION


def read_tag(read: Read, start: int) -> Step:
    """A thinking block, an end marker, or a less-than sign in prose."""
    source = read.source
    yield from source.ahead(start, 40)
    text = source.text
    if match := markers.END_MARKER.match(text, start):
        read.here.finished = True
        return match.end()
    if match := markers.THINK.match(text, start):
        return (yield from _thought(read, start, match.end()))
    if match := markers.THINK_END.match(text, start):
        read.results.withdraw("it is part of the model's thinking")
        del read.levels[1:]
        read.said.nothing = False
        read.here.anew()
        return match.end()
    if read.inside:
        return start + 1
    return (yield from read_prose(read, start))


def _thought(read: Read, start: int, position: int) -> Step:
    read.said.something = True
    match = yield from read.source.search(markers.THINK_END, position, 20)
    if match is None:
        message = "the answer ends inside the model's thinking; nothing of it is read"
        read.say(Code.UNTERMINATED, message, start, start + 1)
        read.here.finished = True
        return len(read.source.text)
    read.here.line_start = read.here.separated = True
    return match.end()
