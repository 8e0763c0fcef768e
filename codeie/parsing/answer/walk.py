"""The one walk through an answer: at each place, what stands there and who reads it.

Outside all brackets stand statements, prose and blocks to pass over; inside, items. Both are
levels, and the outermost is the one without a closer.
"""

from __future__ import annotations

from collections.abc import Generator

from codeie.parsing.answer.assigned import read_assigned, read_named
from codeie.parsing.answer.brackets import close, leave_all, open_bracket
from codeie.parsing.answer.computed import check_tail
from codeie.parsing.answer.plain import read_head, read_plain, within
from codeie.parsing.answer.prose import read_comment, read_fence, read_prose, read_tag
from codeie.parsing.answer.state import Read
from codeie.parsing.answer.strings import read_string, skip_string
from codeie.parsing.answer.words import pass_over_junk, read_word_inside, read_word_outside
from codeie.parsing.text import markers
from codeie.parsing.text.buffer import Buffer, Step

__all__ = ["walk"]


def walk(read: Read) -> Generator[None, None, None]:
    """Read the whole answer, one thing after another; yields where it waits for text."""
    source = read.source
    plain = within(read.limits)
    yield from source.more()
    position = read_head(read) if plain else 0
    reached = (-1, 0)
    while not read.here.finished:
        position = source.trim(position)
        if reached == (source.base + position, len(read.levels)):
            position += 1  # no step may stand still, whatever is wrong with it
        reached = (source.base + position, len(read.levels))
        if plain and read.inside and read.last.entry is None:
            after = read_plain(read, position)
            if after > position:
                position = after
                continue
        position = yield from _step(read, position)


def _step(read: Read, position: int) -> Step:
    """Read one thing, and give the index after it."""
    here, last, source = read.here, read.last, read.source
    start = yield from source.blank(position)
    new_line = "\n" in source.text[position:start]
    if new_line:
        here.line_start, here.after_comma = True, False
        if source.text[start - 1 : start] == "\n":
            here.condition = None  # nothing is indented
    if start >= len(source.text):
        leave_all(read, start)
        here.finished = True
        return start
    if new_line:
        last.forget()
    elif last.entry is not None or last.name:
        after = yield from check_tail(read, start)
        if after > start:
            return after
    yield from _looked_at(source, start)
    text, inside = source.text, read.inside
    character = text[start]
    if character == "#":
        return (yield from read_comment(read, start))
    if character == "," or (character == ";" and not inside):
        here.separated, here.after_comma = True, character == ","
        return start + 1
    if character in ")]}":
        return (yield from close(read, start))
    if character in "`~" and (fence := markers.FENCE.match(text, start)):
        leave_all(read, start)
        return (yield from read_fence(read, fence.end()))
    if character == "<" or text.startswith("[/INST]", start):
        return (yield from read_tag(read, start))
    if inside:
        return (yield from _inside(read, start, new_line=new_line))
    return (yield from _outside(read, start))


def _looked_at(source: Buffer, position: int) -> Step:
    """Wait for what is needed to tell what a token with a few signs around it is, and no more.

    An instance is given out with its closing bracket, so nothing may wait longer than it must.
    """
    first = source.text[position]
    if first == "[":
        yield from source.ahead(position, 2)
        if source.text.startswith("[/", position):
            yield from source.ahead(position, 7)  # perhaps an end marker
    elif first in "`~'\"rRuUbB<":
        yield from source.ahead(position, 4)
    return position


def _inside(read: Read, start: int, *, new_line: bool) -> Step:
    character = read.source.text[start]
    if character in "[({":
        return (yield from open_bracket(read, start))
    if character == "_" or character.isalpha():
        return (yield from read_word_inside(read, start, new_line=new_line))
    if character in "\"'":
        return (yield from read_string(read, start))
    if character == "*" and (after := (yield from read_named(read, start))) > start:
        return after
    return (yield from pass_over_junk(read, start))


def _outside(read: Read, start: int) -> Step:
    here, text = read.here, read.source.text
    character = text[start]
    if character == "`":
        return start + 1
    if not (here.line_start or here.target or here.separated):
        return (yield from read_prose(read, start))
    if here.target and (after := (yield from read_assigned(read, start))) > start:
        return after
    if character in "[({":
        return (yield from open_bracket(read, start))
    if character in "\"'" or text[start : start + 2].lower() in ('r"', "r'", 'u"', "b'"):
        return (yield from skip_string(read, start))
    if character == "@":
        here.line_start = True
        return (yield from read.source.line_end(start))
    if character == "_" or character.isalpha():
        return (yield from read_word_outside(read, start))
    yield from read.source.ahead(start, 8)
    if here.line_start and (bullet := markers.BULLET.match(read.source.text, start)):
        return bullet.end()
    return (yield from read_prose(read, start))
