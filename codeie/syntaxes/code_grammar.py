"""What code may stand for the instances of a schema: `CodeWriter` for all of them at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from codeie.grammars import (
    Bounds,
    Node,
    Ref,
    Token,
    choice,
    listed,
    optional,
    seq,
)
from codeie.introspection import ClassSpec, FieldSpec, Kind, Schema, TypeSpec
from codeie.syntaxes.literal_scalars import PYTHON
from codeie.syntaxes.values import CodeWriter

__all__ = ["FREE", "ITEM", "STRING", "CodeGrammar", "RuleNames", "families", "plain_rule"]

STRING: Final = Ref("string")
"""A string of a field that quotes the text."""
FREE: Final = Ref("free")
"""A string of any other field."""

ITEM: Final = Ref("item")
"""One item of an answer."""


class RuleNames:
    """Names for rules: of small letters and digits, each given once."""

    def __init__(self) -> None:
        self._given = {STRING.name, FREE.name, "root", "start", "answer", "item", "any"}
        self._given |= {kind.value.lower() for kind in Kind}

    def named(self, wish: str) -> str:
        """A name like the one that is wished for."""
        # Names of tokens may begin so, and other rules of the text's.
        base = re.sub(r"[^a-z]", "", wish.lower()) or "rule"
        base = f"{base}rule" if base.startswith("text") else base
        name, number = base, 1
        while name in self._given:
            number += 1
            name = f"{base}{number}"
        self._given.add(name)
        return name


def plain_rule(kind: Kind, node: Node, rules: dict[str, Node]) -> Node:
    """A plain value, by the name of its kind if it is more than a word or two."""
    if not isinstance(node, Token):
        return node
    name = kind.value.lower()
    rules.setdefault(name, node)
    return Ref(name)


def families(schema: Schema) -> Mapping[type, tuple[ClassSpec, ...]]:
    """For each class, those of the schema that are it or derive from it."""
    return {
        spec.cls: tuple(one for one in schema.known if issubclass(one.cls, spec.cls))
        for spec in schema.known
    }


class CodeGrammar:
    """The rules of calls and values, made as they are needed.

    Args:
        writer: How calls are written.
        bounds: What they may hold; of it ``filled`` counts here.

    Attributes:
        rules: The rules so far.
    """

    def __init__(self, writer: CodeWriter, bounds: Bounds = Bounds()) -> None:
        self.writer = writer
        self.schema = writer.schema
        self.rules: dict[str, Node] = {}
        self._names = RuleNames()
        self._filled = bounds.filled
        self._calls: dict[type, Ref] = {}
        self._states: dict[tuple[type, int, bool, bool], Node] = {}
        self._shared: dict[Node, Ref] = {}
        self._families = families(self.schema)

    def family(self, spec: TypeSpec) -> list[ClassSpec]:
        """The classes whose instances a type has at its top."""
        members = spec.args if spec.kind is Kind.UNION else (spec,)
        found = [
            one
            for member in members
            if member.kind is Kind.CLASS and member.cls is not None
            for one in self._families.get(member.cls, ())
        ]
        return list({one.cls: one for one in found}.values())

    def call(self, spec: ClassSpec) -> Ref:
        """Any call of the class."""
        known = self._calls.get(spec.cls)
        if known is None:
            # Before it is made, because a class may hold itself.
            known = self._calls[spec.cls] = Ref(self._names.named(spec.name))
            self.rules[known.name] = seq(f"{spec.name}(", self.arguments(spec), ")")
        return known

    def arguments(self, spec: ClassSpec) -> Node:
        """What may stand between the parentheses of a call."""
        return self._from(spec, 0, given=False, skipped=False)

    def after_first(self, spec: ClassSpec) -> Node:
        """What may follow the first field's value, with the comma before it."""
        return self._from(spec, 1, given=True, skipped=False)

    def without_first_string(self, spec: ClassSpec) -> Node | None:
        """What may stand there if no string literal by position comes first; ``None`` if nothing."""
        first = spec.init_fields[0]
        other = self.value(first.type, first, strings=False)
        options = [seq(other, self.after_first(spec))] if other is not None else []
        if not self._needed(first, spec):
            options.append(self._from(spec, 1, given=False, skipped=True))
        return choice(*options) if options else None

    def first_string(self, spec: ClassSpec) -> Node | None:
        """The string literals that the first field may be, by position; ``None`` if it is none."""
        fields = spec.init_fields
        if not fields or fields[0] not in self.writer.leading(spec):
            return None
        strings = self._options(fields[0].type, fields[0], flat=True)
        return choice(*strings.strings) if strings.strings else None

    def _needed(self, field: FieldSpec, spec: ClassSpec) -> bool:
        return field.required or f"{spec.name}.{field.name}" in self._filled

    def _from(self, spec: ClassSpec, number: int, *, given: bool, skipped: bool) -> Node:
        """The fields from one on.

        Args:
            spec: The class.
            number: The field's.
            given: Whether one stands before it, so that a comma has to.
            skipped: Whether one before it was left out, so that keywords have to be used.
        """
        key = spec.cls, number, given, skipped
        if key not in self._states:
            self._states[key] = self._made(spec, number, given=given, skipped=skipped)
        return self._states[key]

    def _made(self, spec: ClassSpec, number: int, *, given: bool, skipped: bool) -> Node:
        fields = spec.init_fields
        if number == len(fields):
            return seq()
        field = fields[number]
        leads = field in self.writer.leading(spec) and not skipped
        value = self.value(field.type, field)
        written = seq(", " if given else "", "" if leads else f"{field.name}=", value or seq())
        further = self._from(spec, number + 1, given=True, skipped=skipped)
        if self._needed(field, spec):
            return seq(written, further)
        left_out = self._from(spec, number + 1, given=given, skipped=True)
        if further == left_out:
            return seq(optional(written), further)
        # What follows depends on whether it is there; as a rule, it stands once.
        return choice(seq(written, self._ruled(spec, further)), left_out)

    def _ruled(self, spec: ClassSpec, node: Node) -> Node:
        if node == seq():
            return node
        if node not in self._shared:
            name = self._names.named(f"{spec.name}more")
            self._shared[node] = Ref(name)
            self.rules[name] = node
        return self._shared[node]

    def value(self, spec: TypeSpec, field: FieldSpec, *, strings: bool = True) -> Node | None:
        """Any value of a type.

        Args:
            spec: The type.
            field: Whose value it is, or is a part of.
            strings: Whether string literals are among them.
        """
        found = self._options(spec, field, flat=True)
        options = [*(found.strings if strings else ()), *found.others]
        return choice(*options) if options else None

    def _options(self, spec: TypeSpec, field: FieldSpec, *, flat: bool) -> _Options:
        if spec.kind is Kind.UNION:
            members = [arg for arg in spec.args if arg.kind is not Kind.NONE]
            collections = sum(arg.is_collection for arg in members)
            found = _Options()
            for arg in spec.args:
                # As the writer has it: where several could be meant, each says its class.
                only = collections == 1 if arg.is_collection else len(members) == 1
                found.add(self._options(arg, field, flat=flat and only))
            return found
        string = STRING if field.in_text else FREE
        match spec.kind:
            case Kind.STR:
                return _Options([string])
            case Kind.LITERAL:
                values = [self.writer.value(value) for value in spec.values]
                quotes = [value for value in values if value[:1] in ("'", '"')]
                return _Options(
                    [choice(one) for one in quotes],
                    [choice(one) for one in values if one not in quotes],
                )
            case Kind.ENUM:
                names = spec.cls.__members__ if spec.cls is not None else {}  # type: ignore[attr-defined] # an Enum
                return _Options([], [choice(f"{spec}.{name}") for name in names])
            case Kind.CLASS:
                return self._instances(spec, flat=flat)
            case Kind.ANY:
                return _Options([string], [self._anything()])
        if spec.is_collection:
            return _Options([], list(self._collections(spec, field, flat=flat)))
        return _Options([], [self._plain(spec.kind)])

    def _instances(self, spec: TypeSpec, *, flat: bool) -> _Options:
        found = _Options()
        for one in self.family(spec):
            fields = one.init_fields
            alone = len(fields) == 1 and fields[0].type.kind is Kind.STR
            if flat and self.writer.flat and alone and one.cls is spec.cls:
                found.strings.append(STRING if fields[0].in_text else FREE)
            else:
                found.others.append(self.call(one))
        return found

    def _collections(self, spec: TypeSpec, field: FieldSpec, *, flat: bool) -> Iterator[Node]:
        def of(arg: TypeSpec) -> Node:
            found = self._options(arg, field, flat=flat)
            return choice(*found.strings, *found.others)

        args = spec.args
        match spec.kind:
            case Kind.LIST:
                yield seq("[", listed(of(args[0]), ", "), "]")
            case Kind.SET | Kind.FROZENSET:
                yield choice(f"{spec.kind.value}()")
                yield seq("{", listed(of(args[0]), ", ", least=1), "}")
            case Kind.DICT:
                yield seq("{", listed(seq(of(args[0]), ": ", of(args[1])), ", "), "}")
            case Kind.TUPLE if spec.variadic:
                one = of(args[0])
                more = seq(", ", listed(one, ", ", least=1))
                yield choice("()", seq("(", one, choice(",", more), ")"))
            case Kind.TUPLE:
                parts = [part for arg in args for part in (choice(", "), of(arg))][1:]
                yield seq("(", *parts, "," if len(args) == 1 else "", ")")

    def _plain(self, kind: Kind) -> Node:
        node = PYTHON[kind]
        return plain_rule(kind, node, self.rules)

    def _anything(self) -> Node:
        """Numbers, truth values and lists of them; of what else there is, a class should tell."""
        kinds = (Kind.INT, Kind.FLOAT, Kind.BOOL, Kind.NONE)
        plain = [self._plain(kind) for kind in kinds]
        self.rules.setdefault(
            "any", choice(STRING, *plain, seq("[", listed(Ref("any"), ", "), "]"))
        )
        return choice(*plain, seq("[", listed(Ref("any"), ", "), "]"))


class _Options:
    """The ways to write a value: as a string literal, and as anything else."""

    def __init__(self, strings: list[Node] | None = None, others: list[Node] | None = None) -> None:
        self.strings = strings if strings is not None else []
        self.others = others if others is not None else []

    def add(self, more: _Options) -> None:
        self.strings += more.strings
        self.others += more.others
