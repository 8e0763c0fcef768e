"""What begins with a word: a call, an assignment, a name, or words that are only prose."""

from __future__ import annotations

import re
from typing import Final

from codeie.diagnostics import Code, Severity
from codeie.parsing.answer.assigned import read_named
from codeie.parsing.answer.brackets import enter, leave_all, wait_for_head
from codeie.parsing.answer.definitions import skip_definition, skip_imports
from codeie.parsing.answer.element import read_broken, read_element, read_leftover
from codeie.parsing.answer.prose import read_prose
from codeie.parsing.answer.state import Read
from codeie.parsing.damage.heads import broken_head
from codeie.parsing.text import markers
from codeie.parsing.text.brackets import Damage, scan
from codeie.parsing.text.buffer import Step
from codeie.parsing.text.letters import compiled
from codeie.parsing.text.nothing import NOTHING
from codeie.parsing.text.tokens import CALLED, WORD

__all__ = ["pass_over_junk", "read_word_inside", "read_word_outside"]

_ADDERS: Final = (".append", ".extend", ".add", ".update", ".insert", ".union")
_TAKERS: Final = (".remove", ".discard", ".pop", ".clear")
_CHANGE: Final = compiled(
    rf"del[ \t]+(?P<deleted>{WORD})"
    rf"|(?P<changed>{WORD})(?:\[[^\]\n]{{1,40}}\])?\.{WORD}[ \t]{{0,8}}[-+*/]?=(?!=)"
)
"""What changes what was read already."""
_CONDITION: Final = compiled(
    r"(?:if|elif|while|case|except)\b(?![ \t]+__name__)[^\n]{0,120}:(?=[ \t]*(?:#|\n|\w+[ \t]*[=(.]))"
)
"""What may keep what is below it from being done."""
_PARENTHESIS: Final = re.compile(r"[ \t]{0,8}\(")
_WRAPS: Final = compiled(rf"(?:{WORD}\s*=\s*)?\[")
_ARGUMENTS: Final = compiled(rf"""\)|["'\d{{]|{WORD}\s*[=(]""")
_STATEMENT: Final = re.compile(
    r"[^\n(\[{\"'=:]*+(?:[\n(\[{\"']|=.|:[^\n=]{0,150}+(?:\n|=.))", re.DOTALL
)
"""The head of a line: up to a bracket, a quote or the line's end."""
# Not longer than what is waited for, so that the end of what is there is the answer's end.
_LINE_ENDS: Final = re.compile(r"[ \t`.]{0,99}+(?:[\r\n<]|$)")


def read_word_outside(read: Read, start: int) -> Step:
    """Read a statement, or prose, outside all brackets."""
    here, source = read.here, read.source
    yield from source.until(_STATEMENT, start, markers.LONGEST)
    text = source.text
    nothing = NOTHING.match(text, start)
    if nothing and (here.target or _LINE_ENDS.match(text, nothing.end())):
        read.said.nothing = True
        here.target = ""
        here.line_start = False
        return nothing.end()
    if here.line_start and (condition := _CONDITION.match(text, start)):
        here.condition = source.place(start, condition.end())
    match = markers.NAME.match(text, start)
    if match is None:
        return (yield from read_prose(read, start))
    name = "".join(match.group().split())
    after = match.end()
    change = _CHANGE.match(text, start)
    if change and (change["deleted"] or change["changed"]) in read.context.names:
        message = "what is changed later is not followed; the items were read as they stand"
        read.say(Code.NOT_A_LITERAL, message, start, change.end())
        return (yield from source.line_end(start))
    if text[after : after + 1] in " \t":  # or the answer ends
        if not here.target and name in ("class", "def", "async"):
            return (yield from skip_definition(read, start, name))
        if not here.target and name in ("from", "import"):
            return (yield from skip_imports(read, start))
        if name in ("return", "yield"):
            here.target = "return"
            return after
    if (broken := broken_head(text, start, read.context.constructors)) is not None:
        return (yield from read_broken(read, start, broken))
    if (assigned := markers.ASSIGNED.match(text, start)) is not None:
        names = assigned["names"]
        beside = here.after_comma and not (here.line_start or here.target)
        if beside and read.is_field(names):
            return (yield from read_leftover(read, start))
        if read.context.naming.exact(names) is None:
            if names in markers.TEXT_NAMES:
                return _text(read, start, assigned.end())
            here.target, here.from_start = names, False
            read.said.something = True
            return assigned.end()
    if (called := _PARENTHESIS.match(text, after)) is not None:
        return (yield from _called(read, start, name, called.end()))
    if here.target and not here.line_start:
        return _alias(read, name, start, after)
    return (yield from read_prose(read, start))


def _alias(read: Read, name: str, start: int, end: int) -> int:
    """Let a name stand for what another one does."""
    if (known := read.bound(name, start, end)) is not None:
        read.context.names[read.here.target] = known
    read.here.target = ""
    return end


def _text(read: Read, start: int, value: int) -> int:
    """The prompt's text again: an echo before the result, the next document after it."""
    if read.results.entries or read.said.result:
        if not read.said.echo:
            read.here.finished = True
            message = "the answer goes on with another text; what follows is not read"
            read.say(Code.REPAIRED, message, start, value, Severity.WARNING)
            return len(read.source.text)
        read.results.withdraw("it belongs to an earlier text of the repeated prompt")
    read.here.target = "text"
    return value


def _called(read: Read, start: int, name: str, inside: int) -> Step:
    """Read a call: of a class, of something around items, or of what nobody knows."""
    source, here = read.source, read.here
    read.said.something = True
    if name.endswith(_TAKERS):
        message = "what is taken away again is not followed; the items were read as they stand"
        read.say(Code.NOT_A_LITERAL, message, start, inside)
        found = yield from scan(source, inside - 1, read.limits, read.stop_at(inside - 1))
        return found.end if found.damage is Damage.NONE else inside
    if read.context.naming.exact(name) is None:
        if name in markers.TRANSPARENT or name.endswith(_ADDERS):
            return enter(read, inside - 1, ")", wrapper=True)
        after = yield from wait_for_head(read, inside)
        rest = source.text[after : after + markers.LONGEST]
        if _WRAPS.match(rest):
            if read.context.naming.meant(name) is None:
                return enter(read, inside - 1, ")", wrapper=True)
        elif not here.target:
            spaced = source.text[inside - 2] in " \t"
            if spaced or not _ARGUMENTS.match(rest):
                return (yield from read_prose(read, start))
    here.line_start = False
    read.said.result = True
    return (yield from read_element(read, start))


_CALL: Final = compiled(rf"{WORD}(?:\.{WORD}){{0,4}}[ \t]{{0,8}}\(")
_KEYWORD: Final = compiled(rf"({WORD})[ \t]{{0,8}}=(?!=)")
_NAMED: Final = compiled(rf"{WORD}+(?:\.{WORD}+){{0,4}}+")
_PART: Final = compiled(rf"({WORD}+)[\[.]")
_NAME_ENDS: Final = compiled(r"[\w. \t]{0,600}+[^\w. \t]")
_DEFINITION: Final = compiled(r"(?:class|def)[ \t]+\w+[ \t]*[(:]")
_SPACES: Final = re.compile(r"\s*+")
_JUNK_END: Final = compiled(rf"[,\n\])}}\[({{`<#]|(?<!\w)[\"']|{CALLED}")


def read_word_inside(read: Read, start: int, *, new_line: bool) -> Step:
    """Read an item, a keyword of a wrapper, or a name that stands for an item."""
    source = read.source
    yield from source.ahead(start, 2)
    # Whether it is a call shows at the first character that is not of a name.
    yield from source.until(_NAME_ENDS, start, 600)
    if _CALL.match(source.text, start):
        return (yield from read_element(read, start))
    yield from source.ahead(start, 110)
    text = source.text
    if (broken := broken_head(text, start, read.context.constructors)) is not None:
        return (yield from read_broken(read, start, broken))
    if (keyword := _KEYWORD.match(text, start)) is not None:
        return (yield from _keyword(read, start, keyword, new_line=new_line))
    if nothing := NOTHING.match(text, start):
        return nothing.end()
    if new_line and _DEFINITION.match(text, start):
        return _end_of_list(read, start)
    part = _PART.match(text, start)
    if part is not None and part[1] in read.context.names:
        after = yield from read_named(read, start)
        if after > start:
            return after
    if match := _NAMED.match(text, start):
        after = yield from source.run_end(match.end(), _SPACES)
        if after == len(source.text) or source.text[after] in ",])}#":
            known = read.bound(match.group(), start, match.end())
            if known is not None:
                read.level.hold(known.value, known.nodes, known.depth)
                read.chosen = read.chosen or len(read.levels) == 2
            return match.end()
    return (yield from pass_over_junk(read, start))


def _end_of_list(read: Read, start: int) -> int:
    leave_all(read, start)
    read.here.line_start = True
    return start


def _keyword(read: Read, start: int, keyword: re.Match[str], *, new_line: bool) -> Step:
    """A keyword in a list: the next statement, an argument gone astray, or of a wrapper."""
    text, level = read.source.text, read.level
    column_zero = start == 0 or text[start - 1] == "\n"
    if not level.wrapper and new_line and column_zero:
        return _end_of_list(read, start)
    if level.wrapper and not level.values and text[keyword.end() :].lstrip()[:1] == "[":
        return keyword.end()
    if read.is_field(keyword[1]):
        return (yield from read_leftover(read, start))
    if read.last.end or level.values:
        message = f"{keyword[1]} = has no meaning inside a list and was passed over"
        read.say(Code.REPAIRED, message, start, keyword.end(), Severity.NOTE)
    return keyword.end()


def pass_over_junk(read: Read, start: int) -> Step:
    """Pass over what is no item in a list, up to what may be one."""
    match = yield from read.source.search(_JUNK_END, start + 1, 110)
    end = match.start() if match else len(read.source.text)
    read.say(Code.SYNTAX_ERROR, "this is no item and was passed over", start, end)
    read.here.separated = True
    return end
