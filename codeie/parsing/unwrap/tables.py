"""Markdown tables: with a column that names the class, or one table under each class's heading.

Chats answer so when they are asked for entities. Cells become values as the fields want them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from codeie.diagnostics import Code
from codeie.introspection import ClassSpec, folded
from codeie.parsing.unwrap.names import Names
from codeie.parsing.unwrap.objects import listed
from codeie.parsing.unwrap.pieces import Piece, Problem, Taken, spliced
from codeie.parsing.unwrap.records import CLASSES, Finder
from codeie.parsing.unwrap.tree import Node
from codeie.parsing.unwrap.write import Value, field_of

__all__ = ["read_tables"]

_RULE = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t\r]*")
_ROW = re.compile(r"[ \t]*\|?(?:[^|\\\n]|\\.)*+\|[^\n]*")
_CELL = re.compile(r"((?:[^|\\\n]|\\.|`[^`\n]*`)*+)(?:\||$)")
_LINE = re.compile(r"[^\n]*(?:\n|$)")
_HEADING = re.compile(
    r"[ \t]*(?:#{1,6}[ \t]*|[*_]{1,3}|\d{1,3}[.)][ \t]*)*([^\n#*_:|]{1,80}?)[ \t]*[:*_]*[ \t\r\n]*"
)
_MARKS = re.compile(r"(\*{1,3}|_{1,3}|`{1,2})(?=\S)(.*\S)\1", re.DOTALL)
_ABSENT = frozenset({"", "-", "–", "—", "n/a", "N/A", "none", "None", "null"})
_DIGITS = re.compile(r"-?\d")


@dataclass(slots=True)
class _Table:
    """The rows of a table, each a list of cells, and what stands over it."""

    start: int
    end: int
    head: list[Node]
    rows: list[list[Node]]
    heading: str


def read_tables(text: str, names: Names) -> Taken | None:
    """Write the rows of tables that tell their class as instances.

    Args:
        text: The answer.
        names: The classes.
    """
    changes: list[tuple[int, int, list[Piece]]] = []
    problems: list[Problem] = []
    for table in _tables(text):
        _drop_cut(text, table, problems)
        found = Finder(text, names, every=True)
        items = _items(table, names, found)
        if items:
            pieces = listed(items, names, table.start, table.end)
            pieces.append(Piece("\n", table.end, table.end))
            changes.append((table.start, table.end, pieces))
            problems += found.problems
    if not changes:
        return None
    what = "the rows of tables were read as if they were code"
    return Taken(spliced(text, changes), what, changes[0][0], changes[-1][1], problems=problems)


def _tables(text: str) -> list[_Table]:
    lines = [(one.start(), one.end()) for one in _LINE.finditer(text) if one.group()]
    tables: list[_Table] = []
    heading = ""
    index = 0
    while index < len(lines):
        line = text[slice(*lines[index])].rstrip("\r\n")
        below = text[slice(*lines[index + 1])].rstrip("\r\n") if index + 1 < len(lines) else ""
        if "|" in line and "-" in below and _RULE.fullmatch(below) and _ROW.match(line):
            first, index = index, index + 2
            rows = []
            while index < len(lines) and _ROW.match(text, *lines[index]) is not None:
                rows.append(_cells(text, *lines[index]))
                index += 1
            tables.append(
                _Table(
                    lines[first][0], lines[index - 1][1], _cells(text, *lines[first]), rows, heading
                )
            )
            continue
        if line.strip():
            named = _HEADING.fullmatch(line)
            heading = named[1] if named is not None else ""
        index += 1
    return tables


def _drop_cut(text: str, table: _Table, problems: list[Problem]) -> None:
    """Leave out a last row that the answer ends inside of: without the bar that the head has."""
    last = text.rfind("\n", 0, table.end) + 1
    barred = text[table.start : text.find("\n", table.start)].rstrip().endswith("|")
    ends = table.end == len(text) and not text.rstrip().endswith("|")
    if barred and ends and table.rows:
        table.rows.pop()
        message = "the answer ends inside this row; it is left out"
        problems.append(Problem(Code.UNTERMINATED, message, last, len(text)))


def _cells(text: str, start: int, end: int) -> list[Node]:
    while end > start and text[end - 1] in " \t\r\n":
        end -= 1
    while start < end and text[start] in " \t":
        start += 1
    if text[start:end].startswith("|"):
        start += 1
    cells: list[Node] = []
    while start < end:
        cell = _CELL.match(text, start, end)
        if cell is None or cell.end() == start:
            break
        cells.append(_cell(text, *cell.span(1)))
        start = cell.end()
    return cells


def _cell(text: str, start: int, end: int) -> Node:
    raw = text[start:end]
    start += len(raw) - len(raw.lstrip())
    said = raw.strip()
    while (marked := _MARKS.fullmatch(said)) is not None:
        start += len(marked[1])
        said = marked[2]
    end = start + len(said)
    if len(said) > 1 and said[0] == said[-1] and said[0] in "\"'" and said[0] not in said[1:-1]:
        return Node("string", start, end, said[1:-1], repr(said[1:-1]))
    said = re.sub(r"\\([|\\*_`\[\]()#+.!<>~-])", r"\1", re.sub(r"<br\s?/?>", "\n", said))
    return Node("bare", start, end, said)


def _items(table: _Table, names: Names, found: Finder) -> list[Value]:
    column = _class_column(table, names)
    heading = names.class_of(table.heading) if column < 0 else None
    items: list[Value] = []
    for cells in table.rows:
        row = Node("object", cells[0].start, cells[-1].end) if cells else None
        if row is None:
            continue
        spec: ClassSpec | None = heading
        name, class_key = table.heading, None
        for index, (key, cell) in enumerate(zip(table.head, cells, strict=False)):
            if index == column:
                spec, name, class_key = names.class_of(cell.text), cell.text, key
                row.pairs.append((key, cell))
            elif cell.kind == "string" or cell.text not in _ABSENT:
                row.pairs.append((key, cell))
        if spec is None and column < 0:
            spec = _only_class(table, names)
            name = spec.name if spec is not None else ""
        if spec is not None:
            items.append(found.row(row, spec, name, class_key)[0])
        elif column >= 0:
            items.append(found.unknown(row, name, class_key))
    return items


def _class_column(table: _Table, names: Names) -> int:
    """The column whose cells name classes: all of them, or some if the head says so."""
    best = -1
    for index, key in enumerate(table.head):
        cells = [row[index].text for row in table.rows if index < len(row)]
        known = [names.class_of(cell) is not None for cell in cells]
        if any(known) and (folded(key.text) in CLASSES or (all(known) and best < 0)):
            if folded(key.text) in CLASSES:
                return index
            best = index
    return best


def _only_class(table: _Table, names: Names) -> ClassSpec | None:
    """The one class that has a field for each column, and a column for each field it needs."""
    heads = [key.text for key in table.head]
    fitting = [
        spec
        for spec in names.classes
        if all(field_of(spec, key) is not None for key in heads)
        and all(
            any(field_of(spec, key) is one for key in heads)
            for one in spec.init_fields
            if one.required
        )
    ]
    return fitting[0] if len(fitting) == 1 else None
