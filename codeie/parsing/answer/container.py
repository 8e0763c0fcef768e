"""The level inside a list, tuple, set or wrapper: items, one after another."""

from __future__ import annotations

import re
from collections.abc import Generator

import libcst as cst

from codeie.diagnostics import Code, Severity
from codeie.parsing.answer.element import take
from codeie.parsing.answer.item import read_broken, read_element, read_leftover
from codeie.parsing.answer.prose import read_tag
from codeie.parsing.answer.state import Container, Read
from codeie.parsing.answer.statement import open_braces, read_comment, read_fence
from codeie.parsing.answer.tail import check_tail
from codeie.parsing.damage.heads import broken_head
from codeie.parsing.text import markers
from codeie.parsing.text.brackets import blank, head, looked_at, run_end

__all__ = ["close_all", "read_slot"]

Step = Generator[None, None, int]
_CALL = re.compile(r"[^\W\d]\w{0,99}(?:\.[^\W\d]\w{0,99}){0,4}[ \t]{0,8}\(")
_KEYWORD = re.compile(r"([^\W\d]\w{0,99})[ \t]{0,8}=(?!=)")
_NAMED = re.compile(r"[^\W\d]\w{0,99}+(?:\.[^\W\d]\w{0,99}+){0,4}+")
_SPACES = re.compile(r"\s*+")
_OPENERS = re.compile(r"[\[({\s]*+")
_JUNK_END = re.compile(r"[,\n\])}\[({`<#]|(?<!\w)[\"']|[^\W\d]\w{0,99}[ \t]{0,8}\(")


def read_slot(read: Read, position: int) -> Step:
    """Read one thing between two commas, and give the index after it."""
    source = read.source
    start = yield from blank(source, position)
    new_line = "\n" in source.text[position:start]
    if start >= len(source.text):
        close_all(read, start)
        read.finished = True
        return start
    if read.just_read is not None or read.just_bound:
        if new_line:
            read.just_read, read.just_bound = None, ""
        else:
            after = yield from check_tail(read, start)
            if after > start:
                return after
    yield from looked_at(source, start)
    text = source.text
    character = text[start]
    container = read.containers[-1]
    if character == ",":
        read.separated = True
        return start + 1
    if character == "#":
        return (yield from read_comment(read, start))
    if character in ")]}":
        return _close(read, start)
    if character in "`~" and (fence := markers.FENCE.match(text, start)):
        close_all(read, start)
        return (yield from read_fence(read, fence.end()))
    if character == "<" or text.startswith("[/INST]", start):
        return (yield from read_tag(read, start))
    if character in "[(":
        if len(read.containers) >= read.limits.max_depth:
            return (yield from _too_deep(read, start))
        read.containers.append(
            Container({"[": "]", "(": ")"}[character], source.base + start, label=container.label)
        )
        read.separated = True
        return start + 1
    if character == "{":
        return (yield from _braces(read, start))
    if character == "_" or character.isalpha():
        return (yield from _word(read, start, new_line))
    if character in "\"'":
        return (yield from _string(read, start))
    return (yield from _junk(read, start))


def _too_deep(read: Read, start: int) -> Step:
    read.say(
        Code.TOO_DEEP,
        f"lists nested more than {read.limits.max_depth} deep are not entered",
        start,
        start + 1,
    )
    return (yield from run_end(read.source, start + 1, _OPENERS))


def _braces(read: Read, start: int) -> Step:
    if len(read.containers) >= read.limits.max_depth:
        return (yield from _too_deep(read, start))
    after = yield from blank(read.source, start + 1)
    yield from head(read.source, after, markers.LONGEST)
    label = read.containers[-1].label
    depth = len(read.containers)
    end = yield from open_braces(read, start, after)
    if len(read.containers) > depth:
        read.containers[-1].label = label
    return end


def _close(read: Read, start: int) -> int:
    source = read.source
    closer = source.text[start]
    closers = [one.closer for one in read.containers]
    if closer not in closers:
        read.say(
            Code.REPAIRED,
            f"the bracket {closer} closes nothing and was passed over",
            start,
            start + 1,
            Severity.NOTE,
        )
        return start + 1
    while True:
        container = read.containers.pop()
        _bind(read, container)
        if not (container.values or read.entries or read.report.found):
            read.said_nothing = True  # [[]] says as much as []
        if container.closer == closer:
            break
        read.say(
            Code.REPAIRED,
            f"a closing {container.closer} is missing here",
            start,
            start + 1,
            Severity.NOTE,
        )
    read.line_start = False
    read.separated = False
    read.just_read = None
    return start + 1


def _bind(read: Read, container: Container) -> None:
    if container.target:
        read.context.bind(container.target, container.values)


def close_all(read: Read, position: int) -> None:
    """The answer ended, or went on with something else, inside brackets."""
    if read.containers:
        read.say(
            Code.UNTERMINATED,
            f"the closing {read.containers[0].closer} of the list is missing; items may be, too",
            position,
            position,
            Severity.NOTE,
        )
    while read.containers:
        _bind(read, read.containers.pop())


def _word(read: Read, start: int, new_line: bool) -> Step:
    source = read.source
    container = read.containers[-1]
    yield from source.ahead(start, 2)
    while True:
        text = source.text
        match = _CALL.match(text, start)
        if match is not None:
            return (yield from _call(read, start))
        # Whether it is a call shows at the first character that is not of a name.
        stop = re.compile(r"[\w. \t]{0,600}+").match(text, start)
        if stop is not None and stop.end() < len(text):
            break
        if not (yield from source.more()):
            break
    yield from source.ahead(start, 110)
    text = source.text
    head = broken_head(text, start, read.context.constructors)
    if head is not None:
        return (yield from read_broken(read, start, head))
    keyword = _KEYWORD.match(text, start)
    if keyword is not None:
        column_zero = start == 0 or text[start - 1] == "\n"
        if not container.wrapper and new_line and column_zero:
            close_all(read, start)
            read.line_start = True
            return start
        if container.wrapper and not container.values and text[keyword.end() :].lstrip()[:1] == "[":
            return keyword.end()
        if keyword[1] in read.context.constructors.field_names:
            return (yield from read_leftover(read, start))
        if read.item_end or container.values:
            read.say(
                Code.REPAIRED,
                f"{keyword[1]} = has no meaning inside a list and was passed over",
                start,
                keyword.end(),
                Severity.NOTE,
            )
        return keyword.end()
    if nothing := markers.NOTHING.match(text, start):
        return nothing.end()
    if re.compile(r"(?:class|def)[ \t]+\w+[ \t]*[(:]").match(text, start) and new_line:
        close_all(read, start)
        read.line_start = True
        return start
    if match := _NAMED.match(text, start):
        after = yield from run_end(source, match.end(), _SPACES)
        if after == len(source.text) or source.text[after] in ",])}#":
            return _reference(read, match.group(), start)
    return (yield from _junk(read, start))


def _reference(read: Read, name: str, start: int) -> int:
    """Take what a name in a list stands for."""
    end = start + len(name)
    known = read.context.names.get(name)
    if known is not None:
        container = read.containers[-1]
        container.values.append(known.value)
        container.nodes += known.nodes
    else:
        read.undefined(name, start, end)
    return end


def _call(read: Read, start: int) -> Step:
    return (yield from read_element(read, start))


def _string(read: Read, start: int) -> Step:
    source = read.source
    from codeie.parsing.text import tokens

    end = start
    match = tokens.STRING_TOKEN.match(source.text, start)
    while match is None and len(source.text) - start < 2000:
        if not (yield from source.more()):
            break
        match = tokens.STRING_TOKEN.match(source.text, start)
    if match is None:
        return (yield from _junk(read, start))
    end = match.end()
    container = read.containers[-1]
    if container.keyed:
        after = yield from blank(source, end)
        if source.text[after : after + 1] == ":":
            spec = read.context.naming.meant(match.group()[1:-1])
            container.label = spec.name if spec else ""
            return after + 1
    if container.label or _sole_class(read, container):
        take(read, read.evaluator.read(cst.SimpleString(match.group())), start, end)
        return end
    read.say(Code.WRONG_TYPE, "a string where an instance of a class is expected", start, end)
    return end


def _sole_class(read: Read, container: Container) -> bool:
    """Whether a bare string can only be an instance of the one class that was asked for."""
    if len(read.schema.classes) == 1 and container.closer == "]":
        spec = read.schema.classes[0]
        if read.context.constructors[spec.cls].string_field is not None:
            container.label = spec.name
            return True
    return False


def _junk(read: Read, start: int) -> Step:
    source = read.source
    position = start + 1
    while (match := _JUNK_END.search(source.text, position)) is None:
        position = max(start + 1, len(source.text) - 110)
        if not (yield from source.more()):
            break
    end = match.start() if match else len(source.text)
    read.say(Code.SYNTAX_ERROR, "this is no item and was passed over", start, end)
    read.separated = True
    return end
