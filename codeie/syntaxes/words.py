"""Values in words: how they are written so that they cannot be misread, and read again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from codeie.introspection import ClassSpec, FieldSpec, Kind, TypeSpec, nearest
from codeie.parsing import Call, ParseLimits, value_of
from codeie.syntaxes.source import quoted

__all__ = ["Chunk", "balanced", "called", "plain", "split", "value_words"]

# Bounded, so that quotes without a partner cost no more than this each.
_STRING = re.compile(r'"(?:[^"\\]|\\.){0,5000}+"|' + r"'(?:[^'\\]|\\.){0,5000}+'")
_PLAIN_CODE = re.compile(r"[-+]?\d[\d_.eE+-]*|True|False|None|[^\W\d]\w*(?:\.[^\W\d]\w*)+")
_CALLED = re.compile(r"[^\W\d][\w.]*\(")
_PAIRS = {"(": ")", "[": "]", "{": "}"}
_DEEPEST = 32
_BEFORE_A_VALUE = ",;:"

_AMBIGUOUS = re.compile(r"""[;,:()|"'\[\]{}\\]|^\s|\s$|^$""")
_LOOKS_LIKE_CODE = re.compile(r"[-\d]|\w+\.\w+$|(?:None|True|False)$")


# Writing.


def plain(text: str) -> str:
    """A string as it stands in a list of words: quoted only where it could be misread."""
    return quoted(text) if _AMBIGUOUS.search(text) or not text.isprintable() else text


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


# Reading.


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of a text between separators, without the space around it."""

    text: str
    start: int
    end: int


def split(text: str, separator: str, start: int = 0) -> Iterator[Chunk]:
    """The pieces between separators that stand outside strings and brackets.

    Args:
        text: One line.
        separator: A character.
        start: Where the text begins in the answer; added to the pieces' places.
    """
    position = begin = 0
    fresh = True  # a quote opens a string only where a value may begin: O'Brien is a name
    while position < len(text):
        character = text[position]
        if character == separator:
            yield _chunk(text, begin, position, start)
            begin = position + 1
            fresh = True
        elif fresh and character in "\"'" and (string := _STRING.match(text, position)):
            position = string.end() - 1
        elif character in _PAIRS:
            position = balanced(text, position) - 1
        elif not character.isspace():
            fresh = character in _BEFORE_A_VALUE
        position += 1
    yield _chunk(text, begin, len(text), start)


def balanced(text: str, position: int) -> int:
    """The place after the bracket that closes the one at ``position``; the next if none does."""
    closers: list[str] = []
    index = position
    while index < len(text):
        character = text[index]
        if character in "\"'" and (string := _STRING.match(text, index)):
            index = string.end()
            continue
        if character in _PAIRS:
            closers.append(_PAIRS[character])
            if len(closers) > _DEEPEST:
                break
        elif closers and character == closers[-1]:
            closers.pop()
            if not closers:
                return index + 1
        index += 1
    return position + 1


def _chunk(text: str, begin: int, end: int, start: int) -> Chunk:
    inner = text[begin:end]
    left = len(inner) - len(inner.lstrip())
    right = len(inner.rstrip())
    return Chunk(inner.strip(), start + begin + left, start + begin + max(left, right))


def called(
    spec: ClassSpec | None,
    name: str,
    positional: Sequence[str],
    named: Sequence[tuple[str, str]],
    place: tuple[int, int],
    limits: ParseLimits,
) -> Call:
    """The call that values in words mean.

    Args:
        spec: The class that the name means, if the schema has it: its fields' types tell
            what a bare word is.
        name: Its name as written.
        positional: Values in the order of the fields.
        named: Values with their fields' names.
        place: Where it is said in the answer.
        limits: Bounds.
    """
    fields = spec.positional_fields if spec is not None else ()
    if spec is not None and len(fields) == 1 and len(positional) > 1:
        positional = [", ".join(positional)]  # a string with commas, and nothing to take them
    arguments: list[tuple[str | None, object]] = [
        (None, _value(text, fields[index] if index < len(fields) else None, limits))
        for index, text in enumerate(positional)
    ]
    known = {field.name: field for field in spec.init_fields} if spec is not None else {}
    for key, text in named:
        near = nearest(key, known)
        arguments.append((key, _value(text, known[near] if near is not None else None, limits)))
    return Call(name, arguments, *place)


def _value(text: str, field: FieldSpec | None, limits: ParseLimits) -> object:
    """What a value in words means for a field.

    Quoted strings and brackets are code. A bare word is a string where the field is one, or
    holds nothing else that the word could be.
    """
    if _STRING.fullmatch(text):
        return value_of(text, limits)
    if field is not None and field.type.kind is Kind.STR:
        return text
    if text[:1] in _PAIRS and balanced(text, 0) == len(text):
        return value_of(text, limits)
    if _CALLED.match(text) and balanced(text, text.index("(")) == len(text):
        return value_of(text, limits)
    if _PLAIN_CODE.fullmatch(text) and not (field is not None and _only_classes(field.type)):
        return value_of(text, limits)
    return text


def _only_classes(spec: TypeSpec) -> bool:
    if spec.kind is Kind.UNION or spec.is_collection:
        return all(_only_classes(arg) for arg in spec.args if arg.kind is not Kind.NONE)
    return spec.kind is Kind.CLASS
