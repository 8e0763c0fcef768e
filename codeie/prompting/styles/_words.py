"""A schema and its instances in words, for the styles that are not code."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from codeie.introspection import ClassSpec, Kind, Naming, Schema, TypeSpec
from codeie.prompting._choose import kind_of
from codeie.prompting._classes import field_note, guideline_of
from codeie.prompting._names import annotation
from codeie.prompting._source import comment, quoted

__all__ = [
    "Mention",
    "Pair",
    "described",
    "fitting",
    "listed_mentions",
    "mention_lines",
    "mentions_of",
    "names",
    "pairs",
    "phrase",
    "plain",
    "string_classes",
    "value_words",
]

_LINE = re.compile(
    r"^[ \t\-*•\d.)]{0,20}([^\W\d]\w*(?: \w+){0,4})[ \t]{0,20}:[ \t]{0,20}(\S.*)$", re.MULTILINE
)
_LONGEST = 100_000
_AMBIGUOUS = re.compile(r"""[;,:()|"'\[\]{}\\]|^\s|\s$|^$""")


@dataclass(frozen=True, slots=True)
class Mention:
    """A string of the text and its class, of those whose instances are one string each.

    Args:
        spec: The class.
        string: The string.
    """

    spec: ClassSpec
    string: str

    @property
    def code(self) -> str:
        """The call that makes the instance."""
        return f"{self.spec.name}({self.spec.init_fields[0].name}={quoted(self.string)})"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two mentions that a relation may connect."""

    head: Mention
    tail: Mention

    def code(self, relation: ClassSpec) -> str:
        """The call that makes the relation between them."""
        head, tail = relation.positional_fields[:2]
        return f"{relation.name}({head.name}={self.head.code}, {tail.name}={self.tail.code})"

    def sentence(self, relation: ClassSpec) -> str:
        """What the relation says of them."""
        return f"{one_line_of(self.head)} {phrase(relation)} {one_line_of(self.tail)}"


def described(schema: Schema, specs: Iterable[ClassSpec]) -> list[str]:
    """Each class on a line: name, guideline, and its fields with type and note.

    Args:
        schema: Gives other classes their names.
        specs: The classes.
    """
    lines: list[str] = []
    for spec in specs:
        guideline = comment(guideline_of(spec))
        line = f"- {spec.name}: {guideline}" if guideline else f"- {spec.name}"
        fields = []
        for field in spec.init_fields:
            note = comment(field_note(field))
            kind = "" if _is_string(spec) else annotation(field.type, schema)
            about = "; ".join(part for part in (kind, note) if part)
            fields.append(f"{field.name} ({about})" if about else field.name)
        if not _is_string(spec) or "(" in fields[0]:
            line += f" [{', '.join(fields)}]"
        lines.append(line)
    return lines


def _is_string(spec: ClassSpec) -> bool:
    fields = spec.init_fields
    return len(fields) == 1 and fields[0].type.kind is Kind.STR


def string_classes(schema: Schema) -> tuple[ClassSpec, ...]:
    """The classes whose instances are one string each: mentions."""
    return tuple(spec for spec in schema.known if _is_string(spec))


def mentions_of(instances: Iterable[object], schema: Schema) -> list[Mention]:
    """Those of the instances that are mentions."""
    found: list[Mention] = []
    for instance in instances:
        spec = schema.of(type(instance))
        if spec is not None and _is_string(spec):
            found.append(Mention(spec, str(getattr(instance, spec.init_fields[0].name))))
    return found


def mention_lines(mentions: Iterable[Mention]) -> str:
    """A line ``Class: string`` for each mention, or ``None``."""
    lines = (f"{mention.spec.name}: {plain(mention.string)}" for mention in mentions)
    return "\n".join(dict.fromkeys(lines)) or "None"


def listed_mentions(answer: str, schema: Schema) -> list[Mention]:
    """The lines of an answer that say ``Class: string``."""
    naming = Naming(schema)
    found = [
        Mention(spec, _unquoted(match[2].strip()))
        for match in _LINE.finditer(answer[:_LONGEST])
        if (spec := naming.meant(match[1])) is not None and _is_string(spec)
    ]
    return list(dict.fromkeys(found))


def _unquoted(text: str) -> str:
    return text[1:-1] if len(text) > 2 and text[0] == text[-1] and text[0] in "\"'" else text


def pairs(mentions: Sequence[Mention]) -> Iterator[Pair]:
    """All ordered pairs of different mentions."""
    for head in mentions:
        for tail in mentions:
            if head is not tail:
                yield Pair(head, tail)


def fitting(pair: Pair, schema: Schema) -> list[ClassSpec]:
    """The relations asked for whose head and tail may be of the pair's classes."""
    return [spec for spec in schema.classes if _fits(pair, spec)]


def _fits(pair: Pair, spec: ClassSpec) -> bool:
    fields = spec.positional_fields
    if len(fields) < 2 or any(field.required for field in spec.init_fields[2:]):
        return False
    ends = ((pair.head, fields[0].type), (pair.tail, fields[1].type))
    return all(issubclass(end.spec.cls, tuple(_classes(kind))) for end, kind in ends)


def _classes(spec: TypeSpec) -> Iterator[type]:
    """The dataclasses that a value itself may be of, not those inside collections."""
    if spec.kind is Kind.CLASS and spec.cls is not None:
        yield spec.cls
    if spec.kind is Kind.UNION:
        for arg in spec.args:
            yield from _classes(arg)


def plain(text: str) -> str:
    """A string as it stands in a list of words: quoted only where it could be misread."""
    return quoted(text) if _AMBIGUOUS.search(text) or not text.isprintable() else text


def one_line_of(mention: Mention) -> str:
    """The mention's string on one line."""
    return comment(mention.string)


def value_words(source: str) -> str:
    """A value's code in words: a string that cannot be misread goes without its quotes.

    Args:
        source: As `CodeWriter` wrote it.
    """
    if source[:1] in ('"', "'"):
        inner = source[1:-1]
        if "\\" not in inner and plain(inner) == inner and not _LOOKS_LIKE_CODE.match(inner):
            return inner
    return source


_LOOKS_LIKE_CODE = re.compile(r"[-\d]|\w+\.\w+$|(?:None|True|False)$")


def phrase(spec: ClassSpec) -> str:
    """The class's name as words: ``WorksFor`` is "works for"."""
    return kind_of(spec).replace("_", " ").strip()


def names(specs: Iterable[ClassSpec]) -> str:
    """Their names with commas."""
    return ", ".join(spec.name for spec in specs)
