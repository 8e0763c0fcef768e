"""A JSON list of objects that name their ``class``."""

from __future__ import annotations

import datetime as dt
import enum
import json
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from typing import Any, ClassVar
from uuid import UUID

from codeie._iso import iso
from codeie.diagnostics import Code
from codeie.errors import PromptError
from codeie.grammars import Bounds, Grammar
from codeie.introspection import Schema
from codeie.parsing import Call, ParseLimits, ParseResult, parse
from codeie.syntaxes.answer_grammar import answer_grammar
from codeie.syntaxes.json_grammar import JsonGrammar
from codeie.syntaxes.pieces import Reading
from codeie.syntaxes.source import without_marks
from codeie.syntaxes.values import CodeWriter

__all__ = ["Json", "dumped", "integer", "json_value", "not_json", "object_of", "too_deep"]

_SPACE = re.compile(r"[\s,]*")
_BRACKETS = re.compile(r'"(?:[^"\\]|\\.)*+"?|([\[{])|([\]}])')


@dataclass(frozen=True, slots=True)
class Json:
    """A JSON list of objects that name their class under the key ``class``."""

    name: ClassVar[str] = "json"
    stop: ClassVar[tuple[str, ...]] = ()

    def write(self, instances: Sequence[object], schema: Schema) -> str:
        """See `Syntax.write`."""
        rows = [dumped(json_value(instance, schema)) for instance in instances]
        return f"[{', '.join(rows)}]"

    def read(
        self,
        answer: str,
        schema: Schema,
        *,
        prefill: str = "",
        limits: ParseLimits = ParseLimits(),
    ) -> ParseResult:
        """See `Syntax.read`; what is no whole, sound list is read item by item, as code is."""
        sound = None if prefill else _sound(Reading(answer, schema, limits))
        if sound is not None:
            return sound
        # What nobody sees was left out by `Prompt.read`, which knows the document's text.
        result = parse(answer, schema, prefill=prefill, limits=limits, text=answer)
        kept = tuple(one for one in result.diagnostics if one.code is not Code.JSON)
        return replace(result, diagnostics=kept)

    def grammar(self, schema: Schema, bounds: Bounds = Bounds(), text: str = "") -> Grammar:
        """See `Grammatical.grammar`."""

        def made(schema: Schema, bounds: Bounds) -> Grammar:
            rules = JsonGrammar(schema, bounds, lambda value: dumped(json_value(value, schema)))
            return Grammar(rules.items(bounds.items), rules.rules)

        return answer_grammar(self, made, schema, bounds, text, "json")


def dumped(value: Any) -> str:
    """JSON on one line, with letters as they are."""
    return without_marks(json.dumps(value, ensure_ascii=False), "u{:04x}")


def json_value(value: object, schema: Schema) -> Any:
    """An instance or a plain value as what JSON can hold.

    Args:
        value: What to write.
        schema: Gives the classes their names.

    Raises:
        PromptError: If it cannot be written.
    """
    match value:
        case enum.Enum():
            return value.name
        case float() | Decimal() if not math.isfinite(value):
            raise PromptError(f"JSON has no number for {value}")
        case None | bool() | int() | float() | str():
            return value
        case dt.date() | dt.time() | dt.timedelta():
            return iso(value)
        case Decimal() | UUID():
            return str(value)
        case list() | tuple():
            return [json_value(each, schema) for each in value]
        case set() | frozenset():
            return sorted((json_value(each, schema) for each in value), key=repr)
        case dict():
            return {_key(key, schema): json_value(each, schema) for key, each in value.items()}
    spec = CodeWriter(schema).spec_of(value)
    fields = {
        field.name: json_value(getattr(value, field.name), schema)
        for field in spec.init_fields
        if field.required or getattr(value, field.name) != field.default
    }
    return {"class": spec.name, **fields}


def _key(value: object, schema: Schema) -> str:
    key = json_value(value, schema)
    if isinstance(key, str | int | float | bool) or key is None:
        return key if isinstance(key, str) else json.dumps(key)
    raise PromptError(f"{value!r:.80} cannot be the key of a JSON object")


def _sound(reading: Reading) -> ParseResult | None:
    """The objects of a whole, sound list; ``None`` if the answer is anything else."""
    answer = reading.answer
    start = answer.find("[")
    if start < 0 or answer[:start].strip(" \t\r\n`json") or too_deep(answer, reading.limits):
        return None
    decoder = json.JSONDecoder(
        parse_int=partial(integer, reading.limits),
        parse_constant=not_json,
        object_pairs_hook=object_of,
    )
    position = _after_space(answer, start + 1)
    while answer[position : position + 1] == "{":
        try:
            call, end = decoder.raw_decode(answer, position)
        except (ValueError, RecursionError):
            return None
        if not isinstance(call, Call):
            return None
        reading.calls.append(replace(call, start=position, end=end))
        position = _after_space(answer, end)
    whole = answer[position : position + 1] == "]"
    return reading.result() if whole and reading.calls else None


def _after_space(answer: str, position: int) -> int:
    space = _SPACE.match(answer, position)
    return space.end() if space is not None else position


def too_deep(answer: str, limits: ParseLimits) -> bool:
    """Whether JSON is nested deeper than the limits allow."""
    depth = deepest = 0
    for token in _BRACKETS.finditer(answer):
        depth += (token[1] is not None) - (token[2] is not None)
        deepest = max(deepest, depth)
    return deepest > limits.max_depth + 1


def object_of(pairs: list[tuple[str, Any]]) -> Any:
    """An object that names its class as a call, any other as a dict.

    Raises:
        ValueError: If a key is given twice, so that one value would be lost unseen.
    """
    named = dict(pairs)
    if len(named) < len(pairs):
        raise ValueError("a key is given twice")
    name = named.pop("class", None)
    return Call(name, list(named.items())) if isinstance(name, str) else dict(pairs)


def integer(limits: ParseLimits, digits: str) -> int:
    """A whole number of JSON.

    Raises:
        ValueError: If it has more digits than the limits allow.
    """
    if len(digits) > limits.max_digits:
        raise ValueError("too many digits")
    return int(digits)


def not_json(name: str) -> Any:
    """What Python takes for a number of JSON and JSON has not.

    Raises:
        ValueError: Always.
    """
    raise ValueError(f"{name} is not JSON")
