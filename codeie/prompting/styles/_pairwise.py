"""What the styles share that ask about two mentions at a time."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from codeie.introspection import ClassSpec, Kind, Schema, TypeSpec
from codeie.parsing import Call, ParseResult
from codeie.prompting._style import Question, Request, numbered
from codeie.prompting._template import Value
from codeie.prompting.styles._words import described
from codeie.syntaxes import Lines
from codeie.syntaxes.mentions import Mention, mentions_of, string_classes
from codeie.syntaxes.names import phrase
from codeie.syntaxes.source import comment, quoted

__all__ = ["Pair", "called", "known_mentions", "pairs"]

_LINES = Lines()


@dataclass(frozen=True, slots=True)
class Pair:
    """Two mentions, and the relations that may connect them."""

    head: Mention
    tail: Mention
    relations: tuple[ClassSpec, ...]

    def call(self, relation: ClassSpec) -> Call:
        """The call that makes the relation between them."""
        head, tail = relation.positional_fields[:2]
        ends = [(head.name, called(self.head)), (tail.name, called(self.tail))]
        return Call(relation.name, ends)

    def sentence(self, relation: ClassSpec) -> str:
        """What the relation says of them."""
        return f"{comment(self.head.string)} {phrase(relation)} {comment(self.tail.string)}"


def called(mention: Mention) -> Call:
    """The call that makes the mention's instance."""
    return Call(mention.spec.name, [(mention.spec.init_fields[0].name, mention.string)])


def known_mentions(request: Request) -> Generator[Question, ParseResult, list[Mention]]:
    """The mentions that are given, or else those that a first question finds.

    What it finds are results too, if they were asked for.
    """
    schema = request.schema
    given = mentions_of(request.given, schema)
    if given:
        return given
    asked = string_classes(schema)
    others = tuple(spec for spec in schema.known if spec not in asked)
    shown = replace(schema, classes=asked, supporting=others)
    found = yield Question(_values(request), _LINES, "mentions", schema=shown)
    return list(dict.fromkeys(mentions_of(found.instances, schema)))


def pairs(mentions: Sequence[Mention], schema: Schema) -> Iterator[Pair]:
    """All ordered pairs of different mentions that some relation asked for may connect."""
    for head in mentions:
        for tail in mentions:
            if head is not tail:
                relations = tuple(spec for spec in schema.classes if _fits(head, tail, spec))
                if relations:
                    yield Pair(head, tail, relations)


def _values(request: Request) -> Mapping[str, Value]:
    schema = request.schema
    rows: list[dict[str, str]] = []
    for number, one in enumerate(request.demonstrations):
        shown = [*one.given, *one.instances]
        known = [x for x in shown if mentions_of([x], schema)]
        lines = dict.fromkeys(_LINES.write(known, schema).split("\n"))
        row = {"text": quoted(one.text), "answer": "\n".join(lines)}
        rows.append(numbered(number, row))
    return {
        "classes": described(schema, string_classes(schema)),
        "demonstrations": rows,
        "text": quoted(request.text),
    }


def _fits(head: Mention, tail: Mention, spec: ClassSpec) -> bool:
    fields = spec.positional_fields
    if len(fields) < 2 or any(field.required for field in spec.init_fields[2:]):
        return False
    ends = ((head, fields[0].type), (tail, fields[1].type))
    return all(issubclass(end.spec.cls, tuple(_classes(kind))) for end, kind in ends)


def _classes(spec: TypeSpec) -> Iterator[type]:
    """The dataclasses that a value itself may be of, not those inside collections."""
    if spec.kind is Kind.CLASS and spec.cls is not None:
        yield spec.cls
    if spec.kind is Kind.UNION:
        for arg in spec.args:
            yield from _classes(arg)
