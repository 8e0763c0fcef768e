"""JSON by task, as YAYI-UIE asks for it: mentions by class, relations and events as objects.

Mentions are ``{"Person": ["Ada"], "Company": ["Acme"]}``, relations ``[{"relation": "WorksFor",
"head": "Ada", "tail": "Acme"}]`` and events ``[{"type": "Sail", "trigger": "left", "arguments":
{"vessels": ["Lotta"]}}]``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

from codeie.diagnostics import Code
from codeie.errors import PromptError
from codeie.introspection import ClassSpec, Role, Schema
from codeie.parsing import Call, says_nothing
from codeie.parsing.text.letters import compiled
from codeie.syntaxes.json_list import dumped, integer, json_value, not_json, object_of, too_deep
from codeie.syntaxes.mentions import mentions_of
from codeie.syntaxes.pieces import InWords, Reading
from codeie.syntaxes.roles import Told
from codeie.syntaxes.strings import listed_strings
from codeie.syntaxes.values import CodeWriter

__all__ = ["Grouped"]

_KEY = compiled(r"""["']?([^\W\d]\w*(?: \w+){0,4})["']?\s*:\s*(\[)?""")
_MOST_DAMAGED = 20
"""Objects that cannot be read, after which the rest is not looked at: each costs a whole look."""


@dataclass(frozen=True, slots=True)
class Grouped(InWords):
    """JSON for the instances of one role.

    Args:
        role: What is asked for: mentions, relations or events.
    """

    role: Role

    name: ClassVar[str] = "grouped"

    def write(self, instances: Sequence[object], schema: Schema) -> str:
        """See `Syntax.write`; mentions stand class by class.

        Raises:
            PromptError: If an instance has another role, or a form that this JSON has not.
        """
        if self.role is Role.ENTITY:
            return _mentions(instances, schema)
        writer = CodeWriter(schema)
        form = _relation if self.role is Role.RELATION else _event
        return dumped([form(instance, writer) for instance in instances])

    def find(self, reading: Reading) -> None:
        """See `InWords.find`; what is whole of a damaged answer is kept."""
        begun = re.search(r"[\[{]", reading.answer)
        if begun is None:
            reading.said_nothing = says_nothing(reading.answer, silence=True)
            if not reading.said_nothing:
                reading.say(Code.NO_CODE, "the answer holds no JSON")
            return
        before = len(reading.diagnostics)
        if self.role is Role.ENTITY:
            _find_mentions(reading, begun.start())
        else:
            made = _relation_call if self.role is Role.RELATION else _event_call
            _find_objects(reading, begun.start(), made)
        said = len(reading.diagnostics) > before
        reading.said_nothing = not reading.calls and not said


# Writing.


def _mentions(instances: Sequence[object], schema: Schema) -> str:
    mentions = mentions_of(instances, schema)
    if len(mentions) < len(instances):
        raise PromptError("only mentions, classes of one string, stand in lists by class")
    lists: dict[str, list[str]] = {}
    for each in mentions:
        lists.setdefault(each.spec.name, []).append(each.string)
    return dumped(lists)


def _relation(instance: object, writer: CodeWriter) -> dict[str, Any]:
    spec = writer.spec_of(instance)
    if spec.role is not Role.RELATION or len(spec.init_fields) != 2:
        raise PromptError(f"{instance!r:.80} is no relation of two ends")
    head, tail = (
        _argument(getattr(instance, each.name), each.type, writer) for each in spec.init_fields
    )
    return {"relation": spec.name, "head": head, "tail": tail}


def _event(instance: object, writer: CodeWriter) -> dict[str, Any]:
    spec = writer.spec_of(instance)
    trigger = spec.trigger_field
    if spec.role is not Role.EVENT or trigger is None:
        raise PromptError(f"{instance!r:.80} is no event")
    said = writer.said(instance, spec)
    return {
        "type": spec.name,
        "trigger": getattr(instance, trigger.name),
        "arguments": {
            each.name: _argument(value, each.type, writer)
            for each, value in said
            if each is not trigger
        },
    }


def _argument(value: object, kind: Any, writer: CodeWriter) -> Any:
    """A mention as its string, where nothing else of that type has one; else as an object."""
    if isinstance(value, list | tuple) and kind.args and kind.is_collection:
        return [_argument(each, kind.args[0], writer) for each in value]
    mention = next(iter(mentions_of([value], writer.schema)), None)
    told = Told(writer.schema)
    if mention is not None and told.of(mention.string, kind) == mention.spec:
        return mention.string
    return json_value(value, writer.schema)


# Reading.


def _find_mentions(reading: Reading, position: int) -> None:
    text = reading.answer
    while (key := _KEY.search(text, position)) is not None:
        closer = "]" if key[2] else "}"
        listed = listed_strings(reading, key.end(), closer)
        for string, begin, end in listed.strings:
            reading.calls.append(Call(key[1], [(None, string)], begin, end))
        position = max(key.end(), listed.end)


def _find_objects(
    reading: Reading, start: int, made: Callable[[Reading, Mapping[str, Any]], Call | None]
) -> None:
    for found, begin, end in _objects(reading, start):
        call = made(reading, found)
        if call is None:
            message = "the object lacks the keys that tell what it is, so it is left out"
            reading.say(Code.SYNTAX_ERROR, message, begin, end)
        else:
            reading.calls.append(Call(call.name, call.arguments, begin, end))


def _objects(reading: Reading, start: int) -> Iterator[tuple[Mapping[str, Any], int, int]]:
    text, limits = reading.answer, reading.limits
    if too_deep(text, limits):
        reading.say(Code.TOO_DEEP, f"JSON nested deeper than {limits.max_depth}; it is not read")
        return
    decoder = json.JSONDecoder(
        strict=False,
        parse_int=partial(integer, limits),
        parse_constant=not_json,
        object_pairs_hook=object_of,
    )
    damaged = 0
    position = text.find("{", start)
    while position >= 0 and damaged < _MOST_DAMAGED:
        try:
            found, end = decoder.raw_decode(text, position)
        except (ValueError, RecursionError):
            damaged += 1
            following = text.find("{", position + 1)
            whole = following >= 0 or text.rstrip().endswith(("]", "}"))
            code = Code.SYNTAX_ERROR if whole else Code.UNTERMINATED
            message = "the object cannot be read as JSON, so it is left out"
            reading.say(code, message, position, following if following >= 0 else len(text))
            position = following
            continue
        if isinstance(found, Mapping):
            yield found, position, end
        position = text.find("{", end)
    if position >= 0:
        message = "too many objects cannot be read as JSON; the rest is not read"
        reading.say(Code.TOO_LARGE, message, position)


def _relation_call(reading: Reading, found: Mapping[str, Any]) -> Call | None:
    name, head, tail = found.get("relation"), found.get("head"), found.get("tail")
    if not isinstance(name, str) or head is None or tail is None:
        return None
    spec = reading.naming.meant(name)
    ends = [each.name for each in spec.init_fields[:2]] if spec is not None else []
    first, second = ends if len(ends) == 2 else (None, None)
    return Call(name, [(first, head), (second, tail)])


def _event_call(reading: Reading, found: Mapping[str, Any]) -> Call | None:
    name, arguments = found.get("type"), found.get("arguments", {})
    if not isinstance(name, str) or not isinstance(arguments, Mapping):
        return None
    spec: ClassSpec | None = reading.naming.meant(name)
    trigger = spec.trigger_field if spec is not None else None
    said: list[tuple[str | None, object]] = [
        (role, value) for role, value in arguments.items() if value not in (None, "", [])
    ]
    if isinstance(found.get("trigger"), str):
        said.insert(0, (trigger.name if trigger is not None else None, found["trigger"]))
    return Call(name, said)
