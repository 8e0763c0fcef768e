"""Dictionaries that are appended to a list for each task, as CodeIE writes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from codeie.grammars import Bounds, Grammar, Node, choice, optional, seq
from codeie.introspection import ClassSpec, FieldSpec, Kind, Role, Schema
from codeie.syntaxes.answer_grammar import answer_grammar, lines
from codeie.syntaxes.code import PythonSyntax
from codeie.syntaxes.code_grammar import FREE, STRING, CodeGrammar
from codeie.syntaxes.mentions import is_string
from codeie.syntaxes.source import quoted
from codeie.syntaxes.values import CodeWriter

__all__ = ["LISTS", "Appends"]

LISTS = {
    Role.ENTITY: "entity_list",
    Role.RELATION: "entity_relation_list",
    Role.EVENT: "event_list",
    Role.RECORD: "record_list",
}


@dataclass(frozen=True, slots=True)
class Appends(PythonSyntax):
    """``entity_list.append({"text": "Ada", "type": "Person"})`` for each instance.

    Args:
        indent: What stands before each line.
        owner: What the lists belong to, such as ``"self."``.
    """

    indent: str = "\t"
    owner: str = ""

    name: ClassVar[str] = "appends"
    stop: ClassVar[tuple[str, ...]] = ("# END",)

    def write(self, instances: Sequence[object], schema: Schema) -> str:
        """See `Syntax.write`."""
        writer = CodeWriter(schema, arguments="keyword")
        appended: list[str] = []
        for instance in instances:
            spec = writer.spec_of(instance)
            entry = _entry(instance, spec, writer)
            appended.append(f"{self.indent}{self.owner}{LISTS[spec.role]}.append({entry})")
        return "\n".join(appended)

    def grammar(self, schema: Schema, bounds: Bounds = Bounds(), text: str = "") -> Grammar:
        """See `Grammatical.grammar`; the first line need not be indented."""

        def made(schema: Schema, bounds: Bounds) -> Grammar:
            code = CodeGrammar(CodeWriter(schema, arguments="keyword"), bounds)
            options = [
                seq(f"{self.owner}{LISTS[spec.role]}.append(", _entries(spec, code), ")")
                for spec in schema.classes
            ]
            line = seq(optional(self.indent), choice(*options))
            return Grammar(lines(bounds, self.stop), {"item": line, **code.rules})

        return answer_grammar(self, made, schema, bounds, text)


def _entry(instance: object, spec: ClassSpec, writer: CodeWriter) -> str:
    """The dictionary for an instance; the call itself where no dictionary can say it."""
    string = _string(instance, writer.schema)
    if string is not None and _is_mention(spec):
        return f'{{"text": {quoted(string)}, "type": {quoted(spec.name)}}}'
    names = [field.name for field in spec.init_fields]
    if spec.role is Role.RELATION and len(names) == 2:
        ends = [getattr(instance, name, None) for name in names]
        strings = [_string(end, writer.schema) for end in ends]
        if None not in strings:
            pairs = [("rel_type", spec.name)]
            for number, (end, text) in enumerate(zip(ends, strings, strict=True), 1):
                pairs.append((f"ent{number}_type", writer.spec_of(end).name))
                pairs.append((f"ent{number}_text", text or ""))
            return "{" + ", ".join(f'"{key}": {quoted(value)}' for key, value in pairs) + "}"
    return writer.call(instance)


def _is_mention(spec: ClassSpec) -> bool:
    """Whether its dictionaries are a text and a type."""
    named_otherwise = any(field.name in ("type", "label", "class_") for field in spec.init_fields)
    return is_string(spec) and spec.role in (Role.ENTITY, Role.RECORD) and not named_otherwise


def _entries(spec: ClassSpec, code: CodeGrammar) -> Node:
    """What `_entry` may be for any instance of the class."""
    if _is_mention(spec):
        return seq('{"text": ', _string_of(spec), f', "type": {quoted(spec.name)}}}')
    fields = spec.init_fields
    if spec.role is not Role.RELATION or len(fields) != 2:
        return code.call(spec)
    ends = [code.family(field.type) for field in fields]
    strings = [[one for one in end if is_string(one)] for end in ends]
    options: list[Node] = []
    if all(strings):
        said = [
            choice(
                *(
                    seq(f'"ent{n}_type": {quoted(one.name)}, "ent{n}_text": ', _string_of(one))
                    for one in end
                )
            )
            for n, end in enumerate(strings, 1)
        ]
        options.append(seq(f'{{"rel_type": {quoted(spec.name)}, ', said[0], ", ", said[1], "}"))
    if strings != ends or not all(map(_of_classes, fields)):
        options.append(code.call(spec))
    return choice(*options)


def _of_classes(field: FieldSpec) -> bool:
    members = field.type.args if field.type.kind is Kind.UNION else (field.type,)
    return all(member.kind is Kind.CLASS for member in members)


def _string_of(spec: ClassSpec) -> Node:
    return STRING if spec.init_fields[0].in_text else FREE


def _string(instance: object, schema: Schema) -> str | None:
    """The one string that an instance of a class with one field consists of."""
    spec = schema.of(type(instance))
    if spec is None or not is_string(spec):
        return None
    string = getattr(instance, spec.init_fields[0].name, None)
    return string if isinstance(string, str) else None
