"""Regular expressions, for grammars in which no rule refers to itself."""

from __future__ import annotations

from typing import Final

from codeie.errors import GrammarError, GrammarTooLarge
from codeie.grammars.characters import Characters
from codeie.grammars.nodes import (
    Char,
    Choice,
    Grammar,
    Node,
    Ref,
    Repeat,
    Seq,
    Substring,
    Text,
    Token,
    parts_of,
)

__all__ = ["regex", "regex_class"]

_LONGEST: Final = 1_000_000  # characters; engines refuse far shorter ones


def regex(grammar: Grammar) -> str:
    """A grammar as one regular expression, in what Python, Rust and JavaScript have in common.

    Raises:
        GrammarError: If a rule refers to itself, or it speaks of words of the text.
        GrammarTooLarge: If it would be longer than any engine takes.
    """
    known: dict[str, str] = {}
    _each_rule(grammar, known)
    return _part(grammar.start, known)


def _each_rule(grammar: Grammar, known: dict[str, str]) -> None:
    """The rules in the order in which they can be put into each other."""
    todo = list(grammar.rules)
    under_way: list[str] = []
    while todo:
        name = todo.pop()
        if name in known:
            continue
        missing = [other for other in _named(grammar.rules[name]) if other not in known]
        if not missing:
            known[name] = f"(?:{_part(grammar.rules[name], known)})"
            if name in under_way:
                under_way.remove(name)
            continue
        if any(other in under_way or other == name for other in missing):
            raise GrammarError(
                "a class of the schema holds itself, which no regular expression can say"
            )
        under_way.append(name)
        todo += [name, *missing]


def _named(node: Node) -> list[str]:
    found, todo = [], [node]
    while todo:
        each = todo.pop()
        if isinstance(each, Ref):
            found.append(each.name)
        todo.extend(parts_of(each))
    return found


def _part(node: Node, known: dict[str, str]) -> str:
    match node:
        case Text():
            written = "".join(map(_literal, node.text))
        case Char():
            written = regex_class(node.allowed)
        case Ref():
            written = known[node.name]
        case Token():
            written = _part(node.part, known)
        case Seq():
            written = "".join(_part(part, known) for part in node.parts)
        case Choice():
            written = f"(?:{'|'.join(_part(option, known) for option in node.options)})"
        case Repeat():
            most = "" if node.most is None else node.most
            written = f"(?:{_part(node.part, known)}){{{node.least},{most}}}"
        case Substring():
            raise GrammarError("a regular expression of all parts of a text is too long to use")
    if len(written) > _LONGEST:
        raise GrammarTooLarge(f"the regular expression is longer than {_LONGEST:,} characters")
    return written


def regex_class(allowed: Characters) -> str:
    """A set of characters between brackets."""
    return f"[{''.join(map(_range, allowed.ranges))}]"


def _range(ends: tuple[int, int]) -> str:
    first, last = (_literal(chr(number)) for number in ends)
    return first if ends[0] == ends[1] else f"{first}-{last}"


_ESCAPED: Final = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def _literal(character: str) -> str:
    if character.isascii() and character.isprintable():
        return (
            character
            if character.isalnum() or character in " \"_,;:@!%&=<>'`#~"
            else f"\\{character}"
        )
    return _ESCAPED.get(character) or (
        character if ord(character) > 0x9F else f"\\x{ord(character):02x}"
    )
