"""Strings that stand alone: instances in a list, texts and docstrings outside."""

from __future__ import annotations

import re
from typing import Final

from codeie.diagnostics import Code
from codeie.parsing.answer.items import take
from codeie.parsing.answer.prose import read_prose
from codeie.parsing.answer.state import Level, Read
from codeie.parsing.answer.words import pass_over_junk
from codeie.parsing.expression.literals import LiteralError, text_of_literal
from codeie.parsing.expression.values import BadValue
from codeie.parsing.text import tokens
from codeie.parsing.text.buffer import Step
from codeie.parsing.text.nothing import says_nothing

__all__ = ["read_string", "skip_string"]

_LONGEST: Final = 2000
_OPENING: Final = re.compile(r"""[a-zA-Z]?(\"\"\"|'''|"|')""")


def read_string(read: Read, start: int) -> Step:
    """A string in a list: a key of a JSON object, or an instance of the one class it can be."""
    source, level = read.source, read.level
    yield from source.until(tokens.STRING_TOKEN, start, _LONGEST)
    match = tokens.STRING_TOKEN.match(source.text, start)
    if match is None:
        return (yield from pass_over_junk(read, start))
    end = match.end()
    if level.keyed:
        after = yield from source.blank(end)
        if source.text[after : after + 1] == ":":
            spec = read.context.naming.meant(match.group()[1:-1])
            level.label = spec.name if spec else ""
            return after + 1
    if level.label or _sole_class(read, level):
        take(read, _value(match.group()), start, end)
        return end
    message = "a string where an instance of a class is expected"
    read.say(Code.WRONG_TYPE, message, start, end)
    return end


def _sole_class(read: Read, level: Level) -> bool:
    """Whether a bare string can only be an instance of the one class that was asked for."""
    constructors = read.context.constructors
    if len(constructors.requested) == 1 and level.closer == "]":
        (cls,) = constructors.requested
        if constructors[cls].string_field is not None:
            level.label = constructors[cls].spec.name
            return True
    return False


def _value(literal: str) -> str | BadValue:
    try:
        return text_of_literal(literal)
    except LiteralError as error:
        return BadValue(Code.SYNTAX_ERROR, f"a string in which {error}")


def skip_string(read: Read, start: int) -> Step:
    """A string outside all brackets: a docstring, a text that is echoed, or a name's value."""
    source, here = read.source, read.here
    yield from source.ahead(start, 4)
    match = _OPENING.match(source.text, start)
    if match is None:
        return (yield from read_prose(read, start))
    if len(match[1]) == 3:
        read.said.something = True
        found = yield from source.search(tokens.TRIPLE[match[1]], match.end(), 2)
        if found is None:
            return len(source.text)
        here.target = ""
        return found.end()
    end = yield from source.line_end(start)
    whole = tokens.STRING_TOKEN.match(source.text, start, end)
    if whole is None or not (here.target or whole.end() == end):
        return (yield from read_prose(read, start))
    if here.target and here.target != "text":
        value = _value(whole.group())
        if not isinstance(value, BadValue):
            read.context.begin(start, whole.end())
            read.context.bind(here.target, value)
    if not here.target and not says_nothing(whole.group().strip("rRuUbB'\""), silence=True):
        read.said.something = True
    here.target = ""
    here.line_start = False
    return whole.end()
