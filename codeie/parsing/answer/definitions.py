"""Code that holds no items: definitions, imports, docstrings."""

from __future__ import annotations

import re
from collections.abc import Generator

from codeie.parsing.answer.prose import read_prose
from codeie.parsing.answer.state import Read
from codeie.parsing.text import tokens
from codeie.parsing.text.brackets import line_end

__all__ = ["skip_block", "skip_definition", "skip_imports", "skip_string"]

Step = Generator[None, None, int]


def skip_definition(read: Read, start: int, word: str) -> Step:
    """Pass over a class with its body, or over the head of a function."""
    source = read.source
    head = yield from _logical_line(read, start)
    line = source.text[start:head]
    colon = line.rstrip().endswith(":") or re.search(r":[ \t]*(?:\.\.\.|pass|#.*)?[ \t]*$", line)
    if not colon or ("(" not in line and not re.match(r"class\s+\w+\s*:", line)):
        return (yield from read_prose(read, start))
    read.line_start = True
    read.from_start = False
    if word != "class":
        return head
    if read.context.naming.exact(line[5:].strip().partition("(")[0].strip(" :.")) is not None:
        read.echoing = not read.entries
    return (yield from skip_block(read, head, _indent(source.text, start)))


def _indent(text: str, position: int) -> int:
    return position - (text.rfind("\n", 0, position) + 1)


def _logical_line(read: Read, start: int) -> Step:
    """The end of a line, brackets followed for at most a few lines."""
    end = yield from line_end(read.source, start)
    for _ in range(20):
        line = read.source.text[start:end]
        if line.count("(") <= line.count(")"):
            break
        end = yield from line_end(read.source, min(end + 1, len(read.source.text)))
    return end


def skip_block(read: Read, position: int, indent: int) -> Step:
    """Pass over lines that are blank or indented more than ``indent``, docstrings included."""
    source = read.source
    while True:
        start = position + 1
        if not (yield from source.ahead(start, 1)):
            return min(start, len(source.text))
        end = yield from line_end(source, start)
        line = source.text[start:end]
        stripped = line.lstrip()
        if stripped and len(line) - len(stripped) <= indent:
            return position
        for quotes in ('"""', "'''"):
            if line.count(quotes) % 2:
                end = yield from _after(read, end, quotes)
                break
        position = end


def _after(read: Read, position: int, quotes: str) -> Step:
    source = read.source
    while (found := source.text.find(quotes, position)) < 0:
        position = max(position, len(source.text) - 2)
        if not (yield from source.more()):
            return len(source.text)
    return (yield from line_end(source, found + 3))


def skip_string(read: Read, start: int) -> Step:
    """A string that stands alone: a docstring, or a text that is echoed."""
    source = read.source
    yield from source.ahead(start, 4)
    match = re.compile(r"""[a-zA-Z]?(\"\"\"|'''|"|')""").match(source.text, start)
    if match is None:
        return (yield from read_prose(read, start))
    quotes = match[1]
    if len(quotes) == 3:
        read.wrote_something = True
        position = match.end()
        while (found := source.text.find(quotes, position)) < 0:
            position = max(position, len(source.text) - 2)
            if not (yield from source.more()):
                return len(source.text)
        read.target = ""
        return found + 3
    end = yield from line_end(source, start)
    whole = tokens.STRING_TOKEN.match(source.text, start, end)
    if whole is None or not (read.target or whole.end() == end):
        return (yield from read_prose(read, start))
    if read.target and read.target != "text":
        from codeie.parsing.expression.literals import LiteralError, text_of_literal

        try:
            read.context.begin(start, whole.end())
            read.context.bind(read.target, text_of_literal(whole.group()))
        except LiteralError:
            pass
    read.target = ""
    read.line_start = False
    return whole.end()


_IMPORT = re.compile(r"(?:from[ \t]+([\w.]+)[ \t]+)?import[ \t]+\(?([^\n#()]*)")
_HOMES = frozenset({"entity", "relation", "event", "entities", "relations", "events", "schema"})


def skip_imports(read: Read, start: int) -> Step:
    """An import line: a stage-one answer where it names classes of the schema."""
    source = read.source
    end = yield from _logical_line(read, start)
    match = _IMPORT.match(source.text, start, end)
    if match is None:
        return (yield from read_prose(read, start))
    read.line_start = True
    names = [name.split(" as ")[0].strip() for name in match[2].split(",")]
    names = [name for name in names if name]
    known = [name for name in names if read.context.naming.meant(name)]
    home = (match[1] or "").rpartition(".")[2].lower() in _HOMES
    if not known and not home:
        return end
    read.context.begin(start, end)
    for name in names:
        spec = read.context.class_for(name, None)
        if spec is None:
            if name not in ("Entity", "Relation", "Event", "*"):
                read.context.unknown_class(name, None)
        elif spec.cls not in read.classes:
            read.classes.append(spec.cls)
    read.wrote_something = True
    return end
