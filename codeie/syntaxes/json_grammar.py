"""What JSON may stand for the instances of a schema."""

from __future__ import annotations

from collections.abc import Callable

from codeie.grammars import Bounds, Node, Ref, choice, listed, optional, seq
from codeie.introspection import ClassSpec, FieldSpec, Kind, Schema, TypeSpec
from codeie.syntaxes.code_grammar import FREE, ITEM, STRING, RuleNames, families, plain_rule
from codeie.syntaxes.literal_scalars import ISO

__all__ = ["JsonGrammar"]


class JsonGrammar:
    """The rules of objects and values, made as they are needed.

    Args:
        schema: The classes.
        bounds: What objects may hold; of it ``filled`` counts here.
        write: A plain value as JSON.

    Attributes:
        rules: The rules so far.
    """

    def __init__(self, schema: Schema, bounds: Bounds, write: Callable[[object], str]) -> None:
        self.rules: dict[str, Node] = {}
        self._schema = schema
        self._write = write
        self._names = RuleNames()
        self._filled = bounds.filled
        self._objects: dict[type, Ref] = {}
        self._families = families(schema)

    def items(self, most: int | None) -> Node:
        """A list of objects of the classes that are asked for."""
        self.rules["item"] = choice(*(self.object(spec) for spec in self._schema.classes))
        return seq("[", listed(ITEM, seq(",", choice(" ", "\n")), most=most), "]")

    def object(self, spec: ClassSpec) -> Ref:
        """Any object of the class."""
        known = self._objects.get(spec.cls)
        if known is None:
            known = self._objects[spec.cls] = Ref(self._names.named(spec.name))
            parts = [self._field(field, spec) for field in spec.init_fields]
            self.rules[known.name] = seq(f'{{"class": {self._write(spec.name)}', *parts, "}")
        return known

    def _field(self, field: FieldSpec, spec: ClassSpec) -> Node:
        given = seq(", ", f"{self._write(field.name)}: ", self._value(field.type, field))
        needed = field.required or f"{spec.name}.{field.name}" in self._filled
        return given if needed else optional(given)

    def _value(self, spec: TypeSpec, field: FieldSpec) -> Node:
        string = STRING if field.in_text else FREE
        args = spec.args
        match spec.kind:
            case Kind.UNION:
                return choice(*(self._value(arg, field) for arg in args))
            case Kind.STR:
                return string
            case Kind.LITERAL:
                return choice(*map(self._write, spec.values))
            case Kind.ENUM if spec.cls is not None:
                names = spec.cls.__members__  # type: ignore[attr-defined] # an Enum
                return choice(*map(self._write, names))
            case Kind.CLASS if spec.cls is not None:
                return choice(*map(self.object, self._families.get(spec.cls, ())))
            case Kind.LIST | Kind.SET | Kind.FROZENSET:
                return seq("[", listed(self._value(args[0], field), ", "), "]")
            case Kind.TUPLE if spec.variadic:
                return seq("[", listed(self._value(args[0], field), ", "), "]")
            case Kind.TUPLE:
                parts = [part for arg in args for part in (", ", self._value(arg, field))][1:]
                return seq("[", *parts, "]")
            case Kind.DICT:
                pair = seq(self._key(args[0], field), ": ", self._value(args[1], field))
                return seq("{", listed(pair, ", "), "}")
            case Kind.ANY:
                kinds = (Kind.FLOAT, Kind.BOOL, Kind.NONE)
                plain = [plain_rule(kind, ISO[kind], self.rules) for kind in kinds]
                nested = seq("[", listed(Ref("any"), ", "), "]")
                self.rules.setdefault("any", choice(STRING, *plain, nested))
                return Ref("any")
        return plain_rule(spec.kind, ISO[spec.kind], self.rules)

    def _key(self, spec: TypeSpec, field: FieldSpec) -> Node:
        """A key of an object, which is a string whatever it stands for."""
        value = self._value(spec, field)
        if spec.kind in (Kind.INT, Kind.FLOAT, Kind.BOOL, Kind.NONE):
            return seq('"', value, '"')
        if spec.kind is Kind.LITERAL:
            return choice(
                *(one if one[0] == '"' else f'"{one}"' for one in map(self._write, spec.values))
            )
        return value
