"""Events as a tree of brackets, as Text2Event writes them.

``((Sail left (vessels Lotta) (destination Oban)))``: in the bracket of an event its class, its
trigger, and a bracket for each argument, with the role before it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from codeie.diagnostics import Code, Severity
from codeie.errors import PromptError
from codeie.introspection import Role, Schema
from codeie.parsing import Call, says_nothing
from codeie.parsing.text.letters import compiled
from codeie.syntaxes.pieces import InWords, Reading
from codeie.syntaxes.roles import Told, role_arguments, roles_of
from codeie.syntaxes.source import quoted
from codeie.syntaxes.values import CodeWriter
from codeie.syntaxes.words import meaning, value_at, value_words

__all__ = ["Tree"]

_HEAD = compiled(r"\(\s*([^\W\d]\w*)(?=[\s()])")
_BRACKET = re.compile(r"[()]")
_DEEPEST = 32


@dataclass(frozen=True, slots=True)
class Tree(InWords):
    """A bracket ``(Class trigger (role argument) …)`` for each event, in one bracket."""

    name: ClassVar[str] = "tree"

    def write(self, instances: Sequence[object], schema: Schema) -> str:
        """See `Syntax.write`; what is no plain string stands as code.

        Raises:
            PromptError: If an instance is no event.
        """
        writer = CodeWriter(schema)
        return f"({' '.join(_event(instance, writer) for instance in instances)})"

    def find(self, reading: Reading) -> None:
        """See `InWords.find`; a bracket that is not closed does not spoil the others."""
        nodes = _nodes(reading)
        told = Told(reading.schema)
        for node in nodes:
            spec = reading.naming.meant(node.name)
            trigger = spec.trigger_field if spec is not None else None
            said = [(child.name, child.value) for child in node.parts]
            value = meaning(node.value, trigger.type if trigger else None, reading.limits)
            named = trigger.name if trigger is not None else None
            roles = role_arguments(spec, said, told, reading.limits)
            reading.calls.append(Call(node.name, [(named, value), *roles], node.begin, node.end))
        reading.said_nothing = says_nothing(reading.answer, silence=True)
        if not nodes and not reading.diagnostics and not reading.said_nothing:
            message = "the answer holds no bracket of the form (Class trigger (role argument))"
            reading.say(Code.NO_CODE, message)


def _event(instance: object, writer: CodeWriter) -> str:
    spec = writer.spec_of(instance)
    trigger = spec.trigger_field
    if spec.role is not Role.EVENT or trigger is None:
        raise PromptError(f"{instance!r:.80} is no event, and a tree of events has no form for it")
    told = Told(writer.schema)
    first = value_words(quoted(str(getattr(instance, trigger.name))))
    roles = [f" ({name} {words})" for name, words in roles_of(instance, spec, told, writer)]
    return f"({spec.name} {first}{''.join(roles)})"


@dataclass(slots=True)
class _Node:
    """A bracket: an event, an argument, or the one around all, which has no name."""

    name: str
    value: str
    begin: int
    end: int = 0
    parts: list[_Node] = field(default_factory=list)


def _nodes(reading: Reading) -> list[_Node]:
    """The brackets of events, with those of their arguments."""
    text, found = reading.answer, list[_Node]()
    opened: list[_Node] = []
    position = deeper = 0  # brackets opened beyond what is followed
    while (bracket := _BRACKET.search(text, position)) is not None:
        position = bracket.end()
        if bracket[0] == ")":
            if deeper:
                deeper -= 1
            elif opened:
                _close(opened, found, position)
            continue
        head = _HEAD.match(text, bracket.start())
        inside = any(node.name for node in opened)
        if head is not None and inside and _is_event(head[1], opened[-1], reading):
            _mend(opened, found, bracket.start(), reading)
        if len(opened) >= _DEEPEST:
            deeper += 1
            continue
        if head is None:
            opened.append(_Node("", "", bracket.start()))
            continue
        value = value_at(text, head.end(), _BRACKET)
        opened.append(_Node(head[1], value.text, bracket.start()))
        position = max(value.end, head.end())
    if len([node for node in opened if node.name]) == 1 and opened[-1].name:
        _mend(opened, found, len(text), reading)
    for node in opened:
        if node.name:
            message = "the bracket is not closed, so what it says is left out"
            reading.say(Code.UNTERMINATED, message, node.begin)
            break
    return sorted(found, key=lambda node: node.begin)


def _close(opened: list[_Node], found: list[_Node], end: int) -> None:
    node = opened.pop()
    node.end = end
    outer = next((each for each in reversed(opened) if each.name), None)
    if node.name:
        (found if outer is None else outer.parts).append(node)


def _is_event(name: str, outer: _Node, reading: Reading) -> bool:
    """Whether a bracket in that of an event is the next event's, as the outer one was not closed."""
    spec, around = reading.schema.named(name), reading.naming.meant(outer.name)
    return (
        spec is not None
        and spec.role is Role.EVENT
        and (around is None or around.field(name) is None)
    )


def _mend(opened: list[_Node], found: list[_Node], end: int, reading: Reading) -> None:
    """Close an event's bracket, and what is open in it, where the next one's begins."""
    while opened and any(node.name for node in opened):
        if sum(bool(node.name) for node in opened) == 1:
            message = "the bracket is not closed; it is taken to end where its last argument does"
            begin = opened[-1].begin
            reading.say(Code.REPAIRED, message, begin, end, Severity.WARNING)
        _close(opened, found, end)
