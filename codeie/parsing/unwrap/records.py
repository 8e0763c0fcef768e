"""Which instances the objects of other tools' answers describe.

Calls of tools in each provider's words, extractions of langextract (``extraction_class``,
``extraction_text``, ``attributes``), objects whose keys are classes (``Person``, with
``Person_attributes`` beside it), and records with a class, a text and more about them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from codeie.diagnostics import Code, Severity
from codeie.introspection import ClassSpec, FieldSpec, Kind, folded
from codeie.parsing.instances.meaning import CLASS_KEYS, TEXT_KEYS
from codeie.parsing.unwrap.names import Names
from codeie.parsing.unwrap.pieces import Problem
from codeie.parsing.unwrap.tree import Node, inner
from codeie.parsing.unwrap.write import Argument, Call, Value, field_of

__all__ = ["CLASSES", "Finder"]

_NAME_KEYS: Final = (
    *("name", "function", "tool", "tool_name", "toolName", "function_name", "action"),
    *("recipient_name", "api_name", "func"),
)
_ARGUMENT_KEYS: Final = (
    *("arguments", "parameters", "args", "input", "params", "kwargs", "tool_input"),
    *("action_input", "toolInput", "tool_args", "arguments_json"),
)
_CALL_KEYS: Final = frozenset(
    {
        *(*_NAME_KEYS, *_ARGUMENT_KEYS, "id", "type", "index", "call_id", "tool_call_id"),
        *("toolUseId", "status", "caller", "thought_signature"),
    }
)
CLASSES: Final = CLASS_KEYS | {
    *("extractionclass", "entityclass", "entitygroup", "objecttype", "nodetype", "ner"),
}
"""Keys, folded, whose value may name the class."""
_TEXTS: Final = TEXT_KEYS | {
    *("extractiontext", "surface", "phrase", "word", "quote", "entityname", "surfaceform"),
    "entitytext",
}
_ATTRIBUTES: Final = frozenset({"attributes", "properties", "arguments", "fields", "attrs", "args"})
_ABOUT: Final = frozenset(
    {
        *("start", "end", "startoffset", "endoffset", "offset", "offsets", "length", "startchar"),
        *("endchar", "startpos", "endpos", "startindex", "endindex", "charinterval", "confidence"),
        *("score", "probability", "id", "index", "alignmentstatus", "extractionindex", "no"),
        *("groupindex", "tokeninterval", "description", "position", "evidence", "reason", ""),
        *("reasoning", "explanation", "context", "sentence", "notes", "note", "comment"),
    }
)
"""Keys, folded, that say something about a mention and are no fields of it."""
_DEEPEST: Final = 6


@dataclass(slots=True)
class Finder:
    """Finds the instances that values describe.

    Args:
        text: The text that they stand in.
        names: The classes.
        every: Whether records count that the reading of code knows, too.
        items: What was found: calls, and objects to be read as they are.
        new: Whether there is anything that the reading of code does not know.
        problems: What was left out.
    """

    text: str
    names: Names
    every: bool = False
    items: list[Value] = field(default_factory=list)
    new: bool = False
    problems: list[Problem] = field(default_factory=list)

    def look(self, node: Node, depth: int = 0) -> bool:
        """Add what a value describes; false if that is nothing."""
        if node.kind == "list":
            found = [self.look(item, depth) for item in node.items]
            return any(found)
        if node.kind == "string":
            found = [self.look(one, depth + 1) for one in self._held(node, depth)]
            return any(found)
        if node.kind != "object":
            return False
        made = self._call(node, depth) or self._record(node)
        if made is not None:
            self.items.append(made)
            self.new = True
            return True
        if self._keyed(node):
            return True
        found = [self.look(value, depth) for _, value in node.pairs]
        if any(found):
            # The reading of code knows records in a list under one key, and no other frame.
            frame = len(node.pairs) > 1 or node.pairs[0][1].kind != "list"
            self.new = self.new or (frame and bool(self.items))
            return True
        if self._is_known(node):
            self.items.append(node)
            return True
        return False

    def _held(self, node: Node, depth: int) -> list[Node]:
        """JSON in a string, as in a tool's arguments."""
        if depth >= _DEEPEST or node.text.lstrip()[:1] not in ("{", "["):
            return []
        return inner(self.text, node)

    # Calls of tools.

    def _call(self, node: Node, depth: int) -> Call | None:
        name = next(
            (one for one in map(node.get, _NAME_KEYS) if one and one.kind == "string"), None
        )
        given = node.get(*_ARGUMENT_KEYS)
        if name is None or given is None or self.names.has_fields(*node.keys):
            return None
        arguments = self._arguments(given, depth)
        if arguments is None:
            return None
        spec = self.names.class_of(name.text.rpartition(":")[2] or name.text)
        pure = set(node.keys) <= _CALL_KEYS
        if spec is None and (not pure or self._describes(arguments, depth)):
            return None  # a function around the instances
        return Call(name.text, spec, self._meant(arguments), node, arguments.whole)

    def _describes(self, node: Node, depth: int) -> bool:
        """Whether a value describes instances itself."""
        inside = Finder(self.text, self.names, self.every)
        return (depth < _DEEPEST and inside.look(node, depth + 1)) or _holds_code(node, self.names)

    def _arguments(self, given: Node, depth: int) -> Node | None:
        """The object, or list, of a call's arguments."""
        if given.kind in ("object", "list"):
            return given
        if given.nothing or (given.kind == "string" and not given.text.strip()):
            return Node("object", given.start, given.end)
        held = self._held(given, depth) if given.kind == "string" else []
        return held[0] if len(held) == 1 else None

    def _meant(self, arguments: Node) -> list[Argument]:
        """Arguments, with the objects among them that describe instances as calls."""
        pairs: list[tuple[Node | None, Node]] = [*arguments.pairs]
        pairs += [(None, item) for item in arguments.items]
        return [(key, self._nested(value)) for key, value in pairs]

    def _nested(self, node: Node) -> Value:
        if node.kind == "list":
            node.values = [self._nested(item) for item in node.items]
        if node.kind != "object":
            return node
        return self._call(node, _DEEPEST) or self._record(node) or self._only_class(node) or node

    def _only_class(self, node: Node) -> Call | None:
        """``{"Person": {"name": "Ann"}}`` or ``{"Person": "Ann"}`` as a value."""
        if len(node.pairs) != 1:
            return None
        key, value = node.pairs[0]
        spec = self._class_key(key.text)
        return None if spec is None else self._under(key, spec, value, None)

    # Records with a class and a text.

    def _class_key(self, key: str) -> ClassSpec | None:
        return None if key in self.names.fields else self.names.class_of(key)

    def _record(self, node: Node) -> Call | None:
        for key, value in node.pairs:
            if folded(key.text) in CLASSES and value.kind in ("string", "bare"):
                spec = self.names.class_of(value.text)
                if spec is not None and field_of(spec, key.text) is None:
                    mark = len(self.problems)
                    call, beyond = self.row(node, spec, value.text, key)
                    if beyond or self.every:
                        return call
                    del self.problems[mark:]
        return None

    def row(
        self, node: Node, spec: ClassSpec, name: str, class_key: Node | None
    ) -> tuple[Call, bool]:
        """The instance of a record, and whether it is beyond what the reading of code knows.

        Args:
            node: The record.
            spec: Its class.
            name: The class as written.
            class_key: The key that names it, if one does.
        """
        text: tuple[Node, Node] | None = None
        given: list[Argument] = []
        beyond = class_key is not None and folded(class_key.text) not in CLASS_KEYS
        for key, value in node.pairs:
            word = folded(key.text)
            if key is class_key:
                continue
            if field_of(spec, key.text) is not None:
                given.append((key, self._nested(value)))
            elif word in _ATTRIBUTES and (value.kind == "object" or value.nothing):
                given += self._meant(value)
                beyond = True
            elif word in _TEXTS and text is None:
                text = (key, value)
            elif word in _ABOUT:
                beyond = True
            else:
                given.append((key, self._nested(value)))
        if text is not None:
            beyond = not self._place(text, spec, given) or beyond
        return Call(name, spec, given, node, node.whole), beyond

    def unknown(self, node: Node, name: str, class_key: Node | None) -> Call:
        """A record of a class that there is not, to be reported as such."""
        given: list[Argument] = [(key, value) for key, value in node.pairs if key is not class_key]
        return Call(name, None, given, node, node.whole)

    def _place(self, text: tuple[Node, Node], spec: ClassSpec, given: list[Argument]) -> bool:
        """Give the text of a record to the field that it is for; false if there is none."""
        key, value = text
        taken = _fields(spec, given)
        free = [one for one in spec.init_fields if one.name not in taken]
        first = spec.init_fields[:1]
        strings = [one for one in free if one in first and one.type.kind is Kind.STR]
        target = next((one for one in free if one.required), None) or next(iter(strings), None)
        if target is None:
            self._left_out(value, spec)
            return False
        if target in first and not target.kw_only:
            given.insert(0, (None, self._nested(value)))
        else:
            given.append((Node("string", key.start, key.end, target.name), self._nested(value)))
        return True

    def _left_out(self, value: Node, spec: ClassSpec) -> None:
        message = f"the text beside the fields of {spec.name} is left out"
        self.problems.append(
            Problem(Code.UNKNOWN_FIELD, message, value.start, value.end, Severity.NOTE)
        )

    def _keyed(self, node: Node) -> bool:
        """Objects whose keys are classes: ``{"Person": ["Ann", "Ben"], "Place": "Oslo"}``."""
        classes = {key.text: spec for key in node.names if (spec := self._class_key(key.text))}
        if not classes or self.names.has_fields(*node.keys):
            return False
        attributes: dict[str, Node] = {}
        for key, value in node.pairs:
            owner = [name for name in classes if folded(key.text) == f"{folded(name)}attributes"]
            if owner:
                attributes[owner[0]] = value
            elif key.text not in classes and folded(key.text) not in _ABOUT and not value.nothing:
                return False
        made: list[Value] = []
        mark = len(self.problems)
        for key, value in node.pairs:
            cls = classes.get(key.text)
            if cls is None:
                continue
            for one in value.items if value.kind == "list" else [value]:
                if one.nothing:
                    continue
                call = self._under(key, cls, one, attributes.get(key.text))
                if call is None:
                    del self.problems[mark:]
                    return False
                made.append(call)
        self.items += made
        self.new = True
        return True

    def _under(
        self, key: Node, spec: ClassSpec, value: Node, attributes: Node | None
    ) -> Call | None:
        """The instance that a value under a class's name is."""
        if value.kind == "list":
            return None
        if value.kind == "object":
            made = self._call(value, _DEEPEST) or self._record(value)
            return made or self.row(value, spec, key.text, None)[0]
        given: list[Argument] = []
        if attributes is not None:
            given = self._meant(attributes)
        self._place((key, value), spec, given)
        whole = value.whole and (attributes is None or attributes.whole)
        return Call(key.text, spec, given, value, whole)

    def _is_known(self, node: Node) -> bool:
        """Whether the reading of code knows the object: by a class's name, or by its fields."""
        if any(folded(key.text) in CLASS_KEYS and value.text for key, value in node.pairs):
            return any(folded(one) in _TEXTS or one in self.names.fields for one in node.keys)
        given = set(map(folded, node.keys))
        for spec in self.names.classes:
            fields = {folded(one.name) for one in spec.init_fields}
            required = {folded(one.name) for one in spec.init_fields if one.required}
            if given and given <= fields and required <= given:
                return True
        return False


def _fields(spec: ClassSpec, given: list[Argument]) -> set[str]:
    """The fields that arguments are for."""
    named: list[FieldSpec | None] = [
        field_of(spec, key.text) for key, _ in given if key is not None
    ]
    return {one.name for one in named if one is not None}


def _holds_code(node: Node, names: Names) -> bool:
    """Whether a string among the arguments is code: that of a tool that runs it."""
    return any(value.kind == "string" and names.call.search(value.text) for _, value in node.pairs)
