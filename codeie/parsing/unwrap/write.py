"""Values of JSON, YAML and tables written as the code that says the same."""

from __future__ import annotations

import keyword
import re
from dataclasses import dataclass
from typing import TypeAlias

from codeie.introspection import ClassSpec, FieldSpec, Kind, TypeSpec, folded
from codeie.parsing.text.letters import compiled
from codeie.parsing.unwrap.names import Names
from codeie.parsing.unwrap.pieces import Piece
from codeie.parsing.unwrap.tree import Node, trees

__all__ = ["Argument", "Call", "Value", "field_of", "written"]

_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?")
_CONSTANTS = {"null": "None", "~": "None", "": "None", "None": "None"}
_TRUTH = {"true": "True", "True": "True", "false": "False", "False": "False"}
_LONGEST = 100


@dataclass(slots=True)
class Call:
    """An instance that an object describes in other words than code.

    Args:
        name: The class as written.
        spec: The class, if the schema has it.
        arguments: Its values with their fields' names; without one, by position.
        node: The object.
        whole: Whether the end of its last value is there.
    """

    name: str
    spec: ClassSpec | None
    arguments: list[Argument]
    node: Node
    whole: bool = True

    @property
    def start(self) -> int:
        """Where the object begins."""
        return self.node.start


Value: TypeAlias = Node | Call
"""A value, or an instance that a value describes."""
Argument: TypeAlias = tuple[Node | None, Value]
"""A field's name, if it is given, and its value."""


def written(value: Value, spec: TypeSpec | None, names: Names) -> list[Piece]:
    """The code of a value.

    Args:
        value: What was found.
        spec: The type that its place declares, if it is known.
        names: The classes.
    """
    pieces: list[Piece] = []
    _write(value, spec, names, pieces)
    return pieces


def field_of(spec: ClassSpec | None, key: str) -> FieldSpec | None:
    """The field that a key names, spelled as it should be but for case and punctuation."""
    if spec is None:
        return None
    wanted = folded(key)
    fields = spec.init_fields
    same = next((one for one in fields if one.name == key), None)
    return same or next((one for one in fields if folded(one.name) == wanted), None)


def _write(value: Value, spec: TypeSpec | None, names: Names, pieces: list[Piece]) -> None:
    if isinstance(value, Call):
        _call(value, names, pieces)
    elif (held := _held(value, spec)) is not None:
        _write(held, spec, names, pieces)
    elif value.kind == "string":
        pieces.append(Piece(value.code, value.start, value.end))
    elif value.kind == "bare":
        pieces.append(Piece(_bare(value.text, spec), value.start, value.end))
    elif value.kind == "list":
        pieces.append(Piece("[", value.start, value.start + 1))
        inside = spec.args[0] if spec is not None and spec.is_collection and spec.args else spec
        for index, item in enumerate(value.values or value.items):
            if index:
                pieces.append(Piece(", ", item.start, item.start))
            _write(item, inside, names, pieces)
        if value.whole:
            pieces.append(Piece("]", value.end - 1, value.end))
    else:
        _object(value, spec, names, pieces)


def _held(node: Node, spec: TypeSpec | None) -> Node | None:
    """The list or object that a string holds in JSON, where one is declared and no string."""
    text = node.text.strip() if node.kind == "string" else ""
    if spec is None or text[:1] not in ("[", "{"):
        return None
    kinds = spec.args if spec.kind is Kind.UNION else (spec,)
    wanted = any(one.is_collection for one in kinds) if text[0] == "[" else any(spec.classes())
    found = list(trees(text)) if wanted else []
    if len(found) != 1 or found[0].kind not in ("list", "object") or not found[0].whole:
        return None
    pending = [found[0]]
    while pending:
        inside = pending.pop()
        inside.start, inside.end = node.start, node.end
        pending += inside.items
        for pair in inside.pairs:
            pending += pair
    return found[0]


def _object(node: Node, spec: TypeSpec | None, names: Names, pieces: list[Piece]) -> None:
    cls = next(spec.classes(), None) if spec is not None else None
    known = names.of(cls)
    of_dict = spec.args[1] if spec is not None and spec.kind is Kind.DICT else None
    pieces.append(Piece("{", node.start, node.start + 1))
    for index, (key, item) in enumerate(node.pairs):
        if index:
            pieces.append(Piece(", ", key.start, key.start))
        pieces.append(Piece(f"{key.code or repr(key.text)}: ", key.start, key.end))
        field = field_of(known, key.text)
        _write(item, field.type if field is not None else of_dict, names, pieces)
    if node.whole:
        pieces.append(Piece("}", node.end - 1, node.end))


def _call(call: Call, names: Names, pieces: list[Piece]) -> None:
    start = call.node.start
    pieces.append(Piece(f"{_identifier(call.name)}(", start, start))
    positional = call.spec.positional_fields if call.spec is not None else ()
    for index, (key, value) in enumerate(call.arguments):
        if index:
            pieces.append(Piece(", ", value.start, value.start))
        if key is None:
            field = positional[index] if index < len(positional) else None
        else:
            field = field_of(call.spec, key.text)
            name = key.text if field is None or field.name == key.text else _like(field, key.text)
            pieces.append(Piece(f"{_identifier(name)}=", key.start, key.end))
        _write(value, field.type if field is not None else None, names, pieces)
    if call.whole:
        end = max(call.node.end, start)
        pieces.append(Piece(")", max(start, end - 1), end))


_NO_WORD = compiled(r"[^\w]+")


def _like(field: FieldSpec, key: str) -> str:
    """A field's own name where a key can only be written so: ``from`` for ``from_``."""
    return field.name if keyword.iskeyword(key) or not key.isidentifier() else key


def _identifier(name: str) -> str:
    """The name as one that may stand in code, so that it can be reported."""
    word = name.strip().rpartition(".")[2] if not name.strip().isidentifier() else name.strip()
    word = _NO_WORD.sub("_", word)[:_LONGEST]
    if keyword.iskeyword(word):
        return f"{word}_"
    return word if word.isidentifier() else f"_{word}"


def _bare(text: str, spec: TypeSpec | None) -> str:
    members = spec.args if spec is not None and spec.kind is Kind.UNION else (spec,)
    kinds = {one.kind for one in members if one is not None}
    number = _NUMBER.fullmatch(text) is not None
    if text in _CONSTANTS and not (text == "None" and kinds == {Kind.STR}):
        return "None"
    if Kind.STR in kinds and not kinds & {Kind.INT, Kind.FLOAT, Kind.BOOL}:
        return repr(text)  # 1.50 stays as it is written
    if text in _TRUTH:
        return _TRUTH[text]
    return text if number else repr(text)
