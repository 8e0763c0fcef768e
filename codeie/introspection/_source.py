"""The source of a class: from its module's file, a notebook cell or the interpreter."""

from __future__ import annotations

import ast
import functools
import inspect
import linecache
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from codeie.introspection._names import annotated_names

__all__ = ["ClassSource", "class_source"]


@dataclass(frozen=True, slots=True)
class ClassSource:
    """One class definition, as written.

    Args:
        qualname: The class's qualified name.
        text: Whole lines, from ``class`` to the last line of the body; indented as it stood.
        fields: The names that its body annotates, in order.
        docstring: Its docstring, cleaned; ``""`` if it has none.
        line: The first line of the definition or of its decorators, from 1.
    """

    qualname: str
    text: str
    fields: tuple[str, ...]
    docstring: str
    line: int


def class_source(cls: type) -> ClassSource | None:
    """Find the definition of a class, or nothing where its source is not to be had.

    ``inspect.getsource`` cannot do this for classes of a notebook or of the interpreter: their
    lines are only in `linecache`, one entry for each cell. There the newest definition counts,
    so a cell that was run again is read as it is now. A definition counts only if it has the
    fields that the class has.

    Args:
        cls: Any class.
    """
    fields = annotated_names(cls)
    for sources in (_of_module(cls), _of_cells(cls)):
        found = [
            definition
            for source in sources
            for definition in _definitions(source)
            if definition.qualname == cls.__qualname__ and definition.fields == fields
        ]
        if found:
            return _nearest(cls, found)
    return None


def _nearest(cls: type, found: list[ClassSource]) -> ClassSource:
    docstring = inspect.cleandoc(cls.__doc__ or "").strip()
    line = vars(cls).get("__firstlineno__")  # from Python 3.13

    def nearness(place: int) -> tuple[bool, bool, int]:
        definition = found[place]
        return definition.docstring == docstring, definition.line == line, place

    return found[max(range(len(found)), key=nearness)]


def _of_module(cls: type) -> Iterator[str]:
    module = sys.modules.get(cls.__module__)
    if module is None:
        return
    try:
        file = inspect.getsourcefile(module)
    except TypeError:  # built in, or a notebook's __main__
        return
    if file is not None:
        linecache.checkcache(file)
        yield "".join(linecache.getlines(file, vars(module)))


def _of_cells(cls: type) -> Iterator[str]:
    # Entries that are no files have no modification time. Later ones are newer.
    start = f"class {cls.__name__}"
    for entry in list(linecache.cache.values()):
        if len(entry) == 4 and entry[1] is None:
            source = "".join(entry[2])
            if start in source:
                yield source


@functools.lru_cache(maxsize=64)
def _definitions(source: str) -> tuple[ClassSource, ...]:
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ()
    # Not splitlines, which also splits at form feeds and the like, inside of lines.
    lines = [f"{line}\n" for line in source.split("\n")]
    return tuple(_found(tree.body, "", lines))


def _found(body: Iterable[ast.stmt], prefix: str, lines: list[str]) -> Iterator[ClassSource]:
    for node in body:
        match node:
            case ast.ClassDef():
                qualname = prefix + node.name
                yield _definition(node, qualname, lines)
                yield from _found(node.body, f"{qualname}.", lines)
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                yield from _found(node.body, f"{prefix}{node.name}.<locals>.", lines)
            case _:
                yield from _found(_inside(node), prefix, lines)


def _inside(node: ast.stmt) -> Iterator[ast.stmt]:
    for part in ("body", "orelse", "finalbody"):
        yield from getattr(node, part, ())
    for part in ("handlers", "cases"):
        for branch in getattr(node, part, ()):
            yield from branch.body


def _definition(node: ast.ClassDef, qualname: str, lines: list[str]) -> ClassSource:
    end = node.end_lineno or node.lineno
    while end < len(lines) and _is_comment_within(lines[end], node.col_offset):
        end += 1
    return ClassSource(
        qualname=qualname,
        text="".join(lines[node.lineno - 1 : end]),
        fields=tuple(
            statement.target.id
            for statement in node.body
            if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name)
        ),
        docstring=(ast.get_docstring(node) or "").strip(),
        line=min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)]),
    )


def _is_comment_within(line: str, margin: int) -> bool:
    text = line.lstrip()
    return text.startswith("#") and len(line) - len(text) > margin
