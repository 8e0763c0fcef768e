"""Values that stand in words, as the code they mean for a field."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from codeie.introspection import ClassSpec, FieldSpec, Kind, TypeSpec

__all__ = ["Chunk", "argument", "balanced", "call", "quoted", "split"]

# Bounded, so that quotes without a partner cost no more than this each.
_STRING = re.compile(r'"(?:[^"\\]|\\.){0,5000}+"|' + r"'(?:[^'\\]|\\.){0,5000}+'")
_PLAIN_CODE = re.compile(r"[-+]?\d[\d_.eE+-]*|True|False|None|[^\W\d]\w*(?:\.[^\W\d]\w*)+")
_CALLED = re.compile(r"[^\W\d][\w.]*\(")
_PAIRS = {"(": ")", "[": "]", "{": "}"}
_DEEPEST = 32


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of a text between separators, without the space around it."""

    text: str
    start: int
    end: int


def quoted(text: str) -> str:
    """A string literal on one line."""
    return repr(text)


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
            fresh = False
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


def argument(text: str, field: FieldSpec | None) -> str:
    """What a value in words means for a field, as code.

    Quoted strings and brackets are code. A bare word is a string where the field is one, or
    holds nothing else that the word could be.
    """
    if _STRING.fullmatch(text):
        return text
    if field is not None and field.type.kind is Kind.STR:
        return quoted(text)
    if text[:1] in _PAIRS and balanced(text, 0) == len(text):
        return text
    if _CALLED.match(text) and balanced(text, text.index("(")) == len(text):
        return text
    if _PLAIN_CODE.fullmatch(text) and not (field is not None and _only_classes(field.type)):
        return text
    return quoted(text)


def _only_classes(spec: TypeSpec) -> bool:
    if spec.kind is Kind.UNION or spec.is_collection:
        return all(_only_classes(arg) for arg in spec.args if arg.kind is not Kind.NONE)
    return spec.kind is Kind.CLASS


def call(
    spec: ClassSpec | None, name: str, positional: list[str], named: list[tuple[str, str]]
) -> str:
    """The constructor call for values in words.

    Args:
        spec: The class, if the schema has it.
        name: Its name as written.
        positional: Values in the order of the fields.
        named: Values with their fields' names.
    """
    fields = spec.positional_fields if spec is not None else ()
    if spec is not None and len(fields) == 1 and len(positional) > 1:
        positional = [", ".join(positional)]  # a string with commas, and nothing to take them
    given = [
        argument(text, fields[index] if index < len(fields) else None)
        for index, text in enumerate(positional)
    ]
    for key, text in named:
        field = spec.field(key) if spec is not None else None
        given.append(f"{_identifier(key)}={argument(text, field)}")
    return f"{_identifier(name)}({', '.join(given)})"


def _identifier(name: str) -> str:
    """The name as one word that may stand in code, so that it can be reported."""
    word = re.sub(r"\W+", "_", name.strip())[:80]
    return word if word.isidentifier() else f"_{word}"
