"""Brackets around items: lists, tuples, sets, wrappers, JSON objects; where they open and close."""

from __future__ import annotations

import re
from typing import Final

from codeie.diagnostics import Code, Severity
from codeie.introspection import folded
from codeie.parsing.answer.element import read_element
from codeie.parsing.answer.prose import read_prose
from codeie.parsing.answer.state import Level, Read
from codeie.parsing.text.buffer import Step
from codeie.parsing.text.letters import compiled
from codeie.parsing.text.markers import LONGEST
from codeie.parsing.text.nothing import NOTHING
from codeie.parsing.text.tokens import MATCHING, WORD

__all__ = ["close", "enter", "leave_all", "open_bracket", "wait_for_head"]

_OPENERS: Final = re.compile(r"[\[({\s]*+")
_CLOSERS: Final = re.compile(r"[)\]}]*+")
_HEAD: Final = compiled(
    r"""(?>\s*+(?:["'][^"'\n]{0,100}+["']?|[\w.]*+)\s*+(?:[:=]\s*+)?"""
    r"""(?:["'][^"'\n]{0,80}+["']?\s*+:?)?)(?=[\s\S])"""
)
"""What decides whether a bracket holds items, a wrapped list or a dict: up to its next sign."""
_CODE: Final = compiled(rf"""[\[({{\])}}"'#]|{WORD}\s*[(,\]]|{WORD}(?:\.{WORD})+\s*\(|$""")
_CALL: Final = compiled(rf"{WORD}\s*\(")
_COMPUTED: Final = compiled(
    r"""
      \.[a-z_]\w{0,20} | \[[-\d: ]{1,20}\]
    | [ \t]{0,3}(?:
        \*[ \t]{0,3}\d
      | (?:[-&^]|==|!=|[<>]=?|(?:and|or|is|in|not[ \t]in)(?=[ \t\[]))[ \t]{0,3}(?:not[ \t]{1,3})?
        (?:\[|None\b|True\b|False\b)
      | if\b[^\n]{1,100}\belse\b
      )
    """,
    re.VERBOSE,
)
"""What follows a list that is not all that counts."""
_TAIL: Final = re.compile(r"[ \t]{0,3}(?=[^ \t])(?!if\b)[^\n]{24}|[^\n]*\n")
"""As much of the rest of the line as it takes to tell."""
_KEYED: Final = re.compile(r"""(["'])([^"'\n\\]{1,100})\1\s{0,40}:\s{0,40}([\[{])""")
_ARGUMENT_KEYS: Final = ("arguments", "args", "parameters", "fields")


def wait_for_head(read: Read, position: int) -> Step:
    """The index of what a bracket holds first, once enough of it is there to tell what it is."""
    after = yield from read.source.blank(position)
    return (yield from read.source.until(_HEAD, after, LONGEST))


def enter(read: Read, start: int, closer: str, *, wrapper: bool = False) -> int:
    """Go inside the bracket at ``start``."""
    here = read.here
    level = Level(closer, here.target, read.level.label, wrapper)
    read.levels.append(level)
    here.anew()
    here.line_start = here.from_start = False
    return start + 1


def open_bracket(read: Read, start: int) -> Step:
    """Enter a list, tuple, set or JSON object, or read a dict."""
    source, said = read.source, read.said
    opener, inside = source.text[start], read.inside
    if len(read.levels) > read.limits.max_depth:
        message = f"lists nested more than {read.limits.max_depth} deep are not entered"
        read.say(Code.TOO_DEEP, message, start, start + 1)
        return (yield from source.run_end(start + 1, _OPENERS))
    if inside and opener != "{":
        return enter(read, start, MATCHING[opener])
    after = yield from wait_for_head(read, start + 1)
    rest = source.text[after : after + LONGEST]
    if not inside:
        if not (read.here.target or _CODE.match(rest) or NOTHING.match(rest)):
            return (yield from read_prose(read, start))
        said.something = said.result = True
    if opener == "{":
        return (yield from _open_braces(read, start, rest))
    if rest.startswith("]"):
        said.nothing = True
    return enter(read, start, MATCHING[opener])


def _open_braces(read: Read, start: int, rest: str) -> Step:
    """A dict is an item; an object of lists and a set are brackets around items."""
    if rest[:1] in ("'", '"'):
        _note_json(read, start)
    keyed = _KEYED.match(rest)
    if rest.startswith("}"):
        read.said.nothing = True
        return enter(read, start, "}")
    if keyed is not None and not (read.is_field(keyed[2]) or folded(keyed[2]) in _ARGUMENT_KEYS):
        opened = enter(read, start, "}")
        read.level.keyed = True
        return opened
    if _CALL.match(rest):
        return enter(read, start, "}")
    return (yield from read_element(read, start))


def _note_json(read: Read, start: int) -> None:
    root = read.levels[1] if read.inside else None
    in_code = read.here.target or (root is not None and (root.target or root.wrapper))
    if not in_code and not read.said.json:
        read.said.json = True
        read.say(Code.JSON, "JSON was read as if it were code", start, start + 1, Severity.NOTE)


def close(read: Read, start: int) -> Step:
    """Leave the bracket that a closing one ends, and those in it that were not closed."""
    closer, here = read.source.text[start], read.here
    if all(level.closer != closer for level in read.levels):
        if not here.from_start:
            message = f"the bracket {closer} closes nothing and was passed over"
            read.say(Code.REPAIRED, message, start, start + 1, Severity.NOTE)
        if read.inside:
            return start + 1
        here.line_start = here.separated = True
        return (yield from read.source.run_end(start + 1, _CLOSERS))
    while True:
        level = read.leave()
        if not (level.values or read.results.entries or read.report.found):
            read.said.nothing = True  # [[]] says as much as []
        if level.closer == closer:
            break
        message = f"a closing {level.closer} is missing here"
        read.say(Code.REPAIRED, message, start, start + 1, Severity.NOTE)
    here.line_start = here.separated = False
    read.last.entry = None
    if closer != "]" or read.inside:
        return start + 1
    yield from read.source.until(_TAIL, start + 1, LONGEST)
    computed = _COMPUTED.match(read.source.text, start + 1)
    if computed is None:
        return start + 1
    message = "something is computed from the list before; its items were read as they stand"
    read.say(Code.NOT_A_LITERAL, message, start, computed.end())
    if computed.group().endswith("["):  # what it is computed with is a list of items, too
        here.separated = True
        return computed.end() - 1
    return computed.end()


def leave_all(read: Read, position: int) -> None:
    """The answer ended, or went on with something else, inside brackets."""
    if read.inside:
        read.say(
            Code.UNTERMINATED,
            f"the closing {read.levels[1].closer} of the list is missing; items may be, too",
            position,
            position,
            Severity.NOTE,
        )
    while read.inside:
        read.leave()
