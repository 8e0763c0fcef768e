"""Code that holds no items: definitions, imports, docstrings."""

from __future__ import annotations

import re

from codeie.parsing.answer.prose import read_prose
from codeie.parsing.answer.state import Read
from codeie.parsing.text.buffer import Step
from codeie.parsing.text.letters import compiled
from codeie.parsing.text.tokens import TRIPLE

__all__ = ["skip_definition", "skip_imports"]


def skip_definition(read: Read, start: int, word: str) -> Step:
    """Pass over a class with its body, or over the head of a function."""
    source = read.source
    head = yield from _logical_line(read, start)
    line = source.text[start:head]
    colon = line.rstrip().endswith(":") or re.search(r":[ \t]*(?:\.\.\.|pass|#.*)?[ \t]*$", line)
    if not colon or ("(" not in line and not _CLASS.match(line)):
        return (yield from read_prose(read, start))
    read.here.line_start = True
    read.here.from_start = False
    if word != "class":
        return head
    if read.context.naming.exact(line[5:].strip().partition("(")[0].strip(" :.")) is not None:
        read.said.echo = not read.results.entries
    return (yield from _skip_block(read, head, _indent(source.text, start)))


def _indent(text: str, position: int) -> int:
    return position - (text.rfind("\n", 0, position) + 1)


def _logical_line(read: Read, start: int) -> Step:
    """The end of a line, brackets followed for at most a few lines."""
    end = yield from read.source.line_end(start)
    for _ in range(20):
        line = read.source.text[start:end]
        if line.count("(") <= line.count(")"):
            break
        end = yield from read.source.line_end(min(end + 1, len(read.source.text)))
    return end


def _skip_block(read: Read, position: int, indent: int) -> Step:
    """Pass over lines that are blank or indented more than ``indent``, docstrings included."""
    source = read.source
    while True:
        start = position + 1
        if not (yield from source.ahead(start, 1)):
            return min(start, len(source.text))
        end = yield from source.line_end(start)
        line = source.text[start:end]
        stripped = line.lstrip()
        if stripped and len(line) - len(stripped) <= indent:
            return position
        for quotes, closing in TRIPLE.items():
            if line.count(quotes) % 2:
                closed = yield from source.search(closing, end, 2)
                end = len(source.text) if closed is None else closed.end()
                end = yield from source.line_end(end)
                break
        position = end


_CLASS = compiled(r"class\s+\w+\s*:")
_IMPORT = compiled(r"(?:from[ \t]+([\w.]+)[ \t]+)?import[ \t]+\(?([^\n#()]*)")
_HOMES = frozenset({"entity", "relation", "event", "entities", "relations", "events", "schema"})


def skip_imports(read: Read, start: int) -> Step:
    """An import line: a stage-one answer where it names classes of the schema."""
    source = read.source
    end = yield from _logical_line(read, start)
    match = _IMPORT.match(source.text, start, end)
    if match is None:
        return (yield from read_prose(read, start))
    read.here.line_start = True
    names = [name.split(" as ")[0].strip() for name in match[2].split(",")]
    names = [name for name in names if name]
    home = (match[1] or "").rpartition(".")[2].lower() in _HOMES
    if not home and not any(map(read.context.naming.meant, names)):
        return end
    read.context.begin(start, end)
    for name in names:
        spec = read.context.class_for(name, None)
        if spec is None:
            if name not in ("Entity", "Relation", "Event", "*"):
                read.context.unknown_class(name, None)
        elif spec.cls not in read.classes:
            read.classes.append(spec.cls)
    read.said.something = True
    return end
