"""Words around the code: passed over up to the next thing that may be code."""

from __future__ import annotations

import re
from collections.abc import Generator

from codeie.diagnostics import Code, Severity
from codeie.parsing.answer.state import Aside, Read
from codeie.parsing.text import markers
from codeie.parsing.text.brackets import Damage, scan

__all__ = ["read_prose", "read_tag"]

Step = Generator[None, None, int]
MENTION = -2


def read_prose(read: Read, start: int) -> Step:
    """Pass over prose: to the end of its line, or to code in it."""
    source = read.source
    read.wrote_something = True
    assigned = bool(read.target)
    position = start
    while True:
        match = markers.PROSE_EVENT.search(source.text, position)
        if match is None:
            position = max(position, len(source.text) - 110)
            if not (yield from source.more()):
                read.finished = True
                return len(source.text)
            continue
        found = match.group()
        size = len(source.text)
        yield from source.ahead(match.start(), 8)
        if found == "[" and len(source.text) > size:
            continue  # it may be the beginning of an end marker
        if found == "\n":
            read.line_start = read.separated = True
            read.target = ""
            return match.end()
        if found[0] in "`~<":
            read.target = ""
            read.line_start = False
            read.separated = True
            if match.start() > start or found[0] != "<":
                return match.start()
            position = match.end()
            continue
        if found == "[/INST]":
            return match.start()
        yield from source.ahead(match.end(), markers.LONGEST)
        code = _code_at(read, match, assigned=assigned)
        if code >= 0:
            read.line_start = read.separated = True
            return code
        position = match.end()
        if code == MENTION:
            position = yield from _mention(read, match.start(), position)


def _mention(read: Read, start: int, position: int) -> Step:
    """A call in the middle of a sentence: set aside, in case nothing better is found."""
    source = read.source
    found = yield from scan(source, start, read.limits, read.stop_at(start))
    if found.damage is not Damage.NONE:
        read.wasted += found.end - start
        return position
    if len(read.mentions) < read.limits.max_diagnostics:
        code = source.text[start : found.end]
        read.mentions.append(Aside(code, source.place(start, found.end), found.formatted))
    return found.end


_LIST = re.compile(
    r"[\[({]\s{0,40}(?:[\[({]\s{0,40})?(?:(?P<name>[^\W\d]\w{0,99})\s{0,8}\(|\{\s{0,40}[\"']|[\"'][^\"'\n]{1,80}[\"']\s{0,9}:)"
)
_INTRODUCED = re.compile(r"(?:[:=>`-]|^|\n)[ \t]{0,9}$")
_EMPTY = re.compile(r"\[[ \t]{0,9}\]")


def _code_at(read: Read, match: re.Match[str], *, assigned: bool) -> int:
    """The index at which code begins; -1 if these are only words; or `MENTION`."""
    text, start = read.source.text, match.start()
    opened = match.end() if match.group()[0] in ":=>" else start
    if text[opened] in "[({":
        found = _LIST.match(text, opened)
        if found and (found["name"] is None or read.context.naming.meant(found["name"])):
            return opened
        if match.group()[0] in ":=" and _EMPTY.match(text, opened):
            return opened
        return -1
    name = match.group()[:-1].strip()
    if read.context.naming.exact(name) is None:
        return -1
    if assigned or _INTRODUCED.search(text, max(0, start - 20), start):
        return start
    return MENTION


def read_tag(read: Read, start: int) -> Step:
    """A thinking block, an end marker, or a less-than sign in prose."""
    source = read.source
    yield from source.ahead(start, 40)
    text = source.text
    if match := markers.END_MARKER.match(text, start):
        read.finished = True
        return match.end()
    if match := markers.THINK.match(text, start):
        return (yield from _thought(read, start, match.end()))
    if match := markers.THINK_END.match(text, start):
        for entry in read.entries:
            if not entry.withdrawn:
                entry.withdrawn = True
                read.report.add(
                    Code.REPAIRED,
                    "the item is left out: it is part of the model's thinking",
                    entry.item.position,
                    Severity.WARNING,
                )
        read.containers.clear()
        read.said_nothing = False
        read.target = ""
        read.line_start = read.separated = True
        return match.end()
    if read.containers:
        return start + 1
    return (yield from read_prose(read, start))


def _thought(read: Read, start: int, position: int) -> Step:
    source = read.source
    read.wrote_something = True
    while (match := markers.THINK_END.search(source.text, position)) is None:
        position = max(position, len(source.text) - 20)
        if not (yield from source.more()):
            read.say(
                Code.UNTERMINATED,
                "the answer ends inside the model's thinking; nothing of it is read",
                start,
                start + 1,
            )
            read.finished = True
            return len(source.text)
    read.line_start = read.separated = True
    return match.end()
