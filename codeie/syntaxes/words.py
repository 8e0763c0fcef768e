"""Values in words: how they are written so that they cannot be misread, and read again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from codeie.introspection import ClassSpec, Kind, TypeSpec, nearest
from codeie.parsing import Call, ParseLimits, value_of
from codeie.parsing.text.letters import compiled
from codeie.syntaxes.source import quoted

__all__ = ["Chunk", "balanced", "called", "meaning", "plain", "split", "value_at", "value_words"]

# Bounded, so that quotes without a partner cost no more than this each.
_STRING = re.compile(r'"(?:[^"\\]|\\.){0,5000}+"|' + r"'(?:[^'\\]|\\.){0,5000}+'")
_PLAIN_CODE = compiled(r"[-+]?\d[\d_.eE+-]*|True|False|None|[^\W\d]\w*(?:\.[^\W\d]\w*)+")
_CALLED = compiled(r"[^\W\d][\w.]*\(")
_PAIRS = {"(": ")", "[": "]", "{": "}"}
_DEEPEST = 32
_BEFORE_A_VALUE = ",;:"

_AMBIGUOUS = re.compile(r"""[;,:()|"'\[\]{}\\]|^\s|\s$|^$""")
_LOOKS_LIKE_CODE = compiled(r"[-\d]|\w+\.\w+$|(?:None|True|False)$")


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


def value_at(text: str, position: int, ends: re.Pattern[str]) -> Chunk:
    """The value that begins at a place: a string literal, code in brackets, a call, or words.

    Args:
        text: The answer.
        position: Where it begins; space before it is passed over.
        ends: What bare words end before.
    """
    while position < len(text) and text[position].isspace():
        position += 1
    if (string := _STRING.match(text, position)) is not None:
        return Chunk(string[0], position, string.end())
    if text[position : position + 1] in ("[", "{"):
        stop = balanced(text, position)
        if stop > position + 1:
            return Chunk(text[position:stop], position, stop)
    elif (call := _CALLED.match(text, position)) is not None:
        stop = balanced(text, call.end() - 1)
        if stop > call.end():
            return Chunk(text[position:stop], position, stop)
    found = ends.search(text, position)
    return _chunk(text, position, found.start() if found is not None else len(text), 0)


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
        (None, meaning(text, fields[index].type if index < len(fields) else None, limits))
        for index, text in enumerate(positional)
    ]
    known = {field.name: field for field in spec.init_fields} if spec is not None else {}
    for key, text in named:
        near = nearest(key, known)
        kind = known[near].type if near is not None else None
        arguments.append((key, meaning(text, kind, limits)))
    return Call(name, arguments, *place)


def meaning(text: str, kind: TypeSpec | None, limits: ParseLimits) -> object:
    """What a value in words means where a type is expected.

    Quoted strings and brackets are code. A bare word is a string where the type is one, or
    holds nothing else that the word could be.

    Args:
        text: The value, without space around it.
        kind: The type; ``None`` if it is not known.
        limits: Bounds.
    """
    if _STRING.fullmatch(text):
        return value_of(text, limits)
    if kind is not None and kind.kind is Kind.STR:
        return text
    if text[:1] in _PAIRS and balanced(text, 0) == len(text):
        return value_of(text, limits)
    if _CALLED.match(text) and balanced(text, text.index("(")) == len(text):
        return value_of(text, limits)
    if _PLAIN_CODE.fullmatch(text) and not (kind is not None and _only_classes(kind)):
        return value_of(text, limits)
    return text


def _only_classes(spec: TypeSpec) -> bool:
    if spec.kind is Kind.UNION or spec.is_collection:
        return all(_only_classes(arg) for arg in spec.args if arg.kind is not Kind.NONE)
    return spec.kind is Kind.CLASS
