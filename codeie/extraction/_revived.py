"""An extraction's record, read again into instances of the user's classes.

A record may come from anywhere: what does not fit the classes is an error that says where,
and nothing of it is ever run.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from os import PathLike
from pathlib import Path
from typing import Any
from uuid import UUID

from codeie.diagnostics import Code, Diagnostic, Position, Severity
from codeie.errors import InputError
from codeie.extraction._kept_places import NotALayout, kept_layout
from codeie.extraction._record import json_value
from codeie.grounding import Grounded, MatchKind, Mention
from codeie.images import Image, as_images
from codeie.introspection import Classes, Kind, Schema, TypeSpec, introspect
from codeie.parsing import Outcome, read_duration
from codeie.types import Document, Span
from codeie.wording import counted

__all__ = ["Revived", "read_lines", "revived"]

_MOST = 64_000_000  # characters of one line
_DEEPEST = 60


@dataclass(frozen=True, slots=True)
class Revived:
    """What a record says of an extraction."""

    document: Document
    items: tuple[Grounded[Any], ...]
    diagnostics: tuple[Diagnostic, ...]
    outcome: Outcome
    dropped: tuple[Grounded[Any], ...]


def revived(record: Mapping[str, Any], schema: Classes, text: str | None = None) -> Revived:
    """Read a record.

    Args:
        record: As `Extraction.to_dict` makes it.
        schema: The classes.
        text: The document's text, where the record has none.

    Raises:
        InputError: If it is no such record, names a class that the schema lacks, or a place
            that the text does not have; says where.
    """
    reader = _Reader(introspect(schema))
    try:
        return reader.whole(record, text)
    except _Wrong as wrong:
        raise InputError(str(wrong)) from wrong.__cause__
    except RecursionError:
        raise InputError("the record is nested too deep") from None


def read_lines(path: str | PathLike[str]) -> Iterator[tuple[int, dict[str, Any]]]:
    """The records of a file of JSON lines, each with the number of its line.

    Raises:
        InputError: If the file cannot be read or a line is no JSON object; names file and line.
    """
    try:
        with Path(path).open(encoding="utf-8") as file:
            for number, line in enumerate(file, start=1):
                if line.strip():
                    yield number, _object(line, f"{path}, line {number}")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} cannot be read: {error}") from error


def _object(line: str, where: str) -> dict[str, Any]:
    if len(line) > _MOST:
        raise InputError(f"{where}: longer than {counted(_MOST, 'character')}")
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{where}: not JSON ({error})") from error
    if not isinstance(record, dict):
        raise InputError(f"{where}: not an object")
    return record


class _Wrong(Exception):
    """What does not fit, and where."""


class _Reader:
    def __init__(self, schema: Schema[Any]) -> None:
        self._schema = schema

    def whole(self, record: Mapping[str, Any], text: str | None) -> Revived:
        known = record.get("text") if text is None else text
        if not isinstance(known, str):
            raise _Wrong("the record has no text: give text=, or write it with to_dict(whole=True)")
        metadata = record.get("metadata")
        name = record.get("id")
        try:
            layout = kept_layout(record.get("layout"), len(known))
        except NotALayout as error:
            raise _Wrong(f"layout: {error}") from None
        held = _list(record.get("images", []), "images")
        try:
            images = as_images(map(Image.from_dict, held))
        except InputError as error:
            raise _Wrong(f"images: {error}") from None
        return Revived(
            Document(
                known,
                name if isinstance(name, str) else None,
                metadata if isinstance(metadata, dict) else {},
                layout=layout,
                images=images,
            ),
            self._items(record, "items", known),
            tuple(
                _diagnostic(one, f"diagnostics[{number}]")
                for number, one in enumerate(_list(record.get("diagnostics", []), "diagnostics"))
            ),
            _member(Outcome, record.get("outcome"), "outcome"),
            self._items(record, "dropped", known),
        )

    def _items(self, record: Mapping[str, Any], key: str, text: str) -> tuple[Grounded[Any], ...]:
        found = _list(record.get(key, []), key)
        return tuple(self._item(each, f"{key}[{at}]", text) for at, each in enumerate(found))

    def _item(self, record: Any, where: str, text: str) -> Grounded[Any]:
        value = self._instance(record, where, 0)
        mentions = tuple(
            _mention(each, f"{where}.mentions[{at}]", text)
            for at, each in enumerate(_list(record.get("mentions", []), f"{where}.mentions"))
        )
        confidence = record.get("confidence")
        shares = record.get("field_confidences") or {}
        return Grounded(
            value,
            mentions,
            tuple(
                _diagnostic(one, f"{where}.diagnostics[{at}]")
                for at, one in enumerate(_list(record.get("diagnostics", []), where))
            ),
            confidence=None if confidence is None else _number(confidence, f"{where}.confidence"),
            field_confidences=tuple(
                (str(name), _number(share, f"{where}.field_confidences"))
                for name, share in shares.items()
            ),
        )

    def _instance(self, record: Any, where: str, depth: int) -> Any:
        if not isinstance(record, dict) or not isinstance(record.get("fields"), dict):
            raise _Wrong(f"{where}: not an instance with class and fields")
        if depth > _DEEPEST:
            raise _Wrong(f"{where}: nested too deep")
        named = record.get("class")
        spec = next((each for each in self._schema.known if each.cls.__name__ == named), None)
        if spec is None:
            have = ", ".join(each.cls.__name__ for each in self._schema.known)
            raise _Wrong(f"{where}: the schema has no class {named!r}; it has {have}")
        given = {
            field.name: self._value(
                record["fields"][field.name], field.type, f"{where}.{field.name}", depth + 1
            )
            for field in spec.init_fields
            if field.name in record["fields"]
        }
        try:
            return spec.cls(**given)
        except Exception as error:
            raise _Wrong(f"{where}: {spec.name} cannot be made: {error}") from error

    def _value(self, value: Any, spec: TypeSpec, where: str, depth: int) -> Any:
        match spec.kind:
            case Kind.CLASS:
                return self._instance(value, where, depth)
            case Kind.UNION:
                return self._any_of(value, spec, where, depth)
            case Kind.LIST | Kind.SET | Kind.FROZENSET | Kind.TUPLE:
                return self._elements(value, spec, where, depth)
            case Kind.DICT:
                return self._pairs(value, spec, where, depth)
            case Kind.ENUM:
                members = list(spec.cls) if spec.cls is not None else []  # type: ignore[call-overload]
                return _same(value, members, where)
            case Kind.LITERAL:
                return _same(value, spec.values, where)
            case Kind.ANY:
                known = isinstance(value, dict) and set(value) == {"class", "fields"}
                return self._instance(value, where, depth) if known else value
        return _scalar(value, spec, where)

    def _any_of(self, value: Any, spec: TypeSpec, where: str, depth: int) -> Any:
        said = ""
        for member in spec.args:
            try:
                return self._value(value, member, where, depth)
            except _Wrong as wrong:
                said = said or str(wrong)
        raise _Wrong(said)

    def _elements(self, value: Any, spec: TypeSpec, where: str, depth: int) -> Any:
        elements = _list(value, where)
        fixed = spec.kind is Kind.TUPLE and not spec.variadic
        if fixed and len(elements) != len(spec.args):
            raise _Wrong(f"{where}: {counted(len(elements), 'element')} for {spec}")
        kinds = spec.args if fixed else (spec.args or (TypeSpec(Kind.ANY),)) * len(elements)
        made = (
            self._value(element, kind, f"{where}[{at}]", depth + 1)
            for at, (element, kind) in enumerate(zip(elements, kinds, strict=False))
        )
        return _COLLECTIONS[spec.kind](made)

    def _pairs(self, value: Any, spec: TypeSpec, where: str, depth: int) -> Any:
        pairs = list(value.items()) if isinstance(value, dict) else _list(value, where)
        key, held = spec.args if len(spec.args) == 2 else (TypeSpec(Kind.ANY),) * 2
        if any(not isinstance(pair, list | tuple) or len(pair) != 2 for pair in pairs):
            raise _Wrong(f"{where}: not pairs of keys and values")
        return {
            self._value(name, key, where, depth + 1): self._value(
                each, held, f"{where}[{name!r}]", depth + 1
            )
            for name, each in pairs
        }


_COLLECTIONS: Mapping[Kind, Callable[[Iterator[Any]], Any]] = {
    Kind.LIST: list,
    Kind.SET: set,
    Kind.FROZENSET: frozenset,
    Kind.TUPLE: tuple,
}


def _scalar(value: Any, spec: TypeSpec, where: str) -> Any:
    try:
        made = _SCALARS[spec.kind](value)
    except (TypeError, ValueError, OverflowError, InvalidOperation):
        made = _UNFIT
    if made is _UNFIT:
        raise _Wrong(f"{where}: expected {spec}, got {value!r:.60}")
    return spec.cls(made) if spec.kind is Kind.STR and spec.cls is not None else made


_UNFIT: Any = object()


def _of(kind: type) -> Callable[[Any], Any]:
    return lambda value: value if type(value) is kind else _UNFIT


def _from_string(make: Callable[[str], Any]) -> Callable[[Any], Any]:
    return lambda value: make(value) if isinstance(value, str) else _UNFIT


def _float(value: Any) -> Any:
    # What JSON cannot write is a string in a record.
    if value in ("inf", "-inf", "nan"):
        return float(value)
    return float(value) if type(value) in (int, float) else _UNFIT


def _timedelta(value: str) -> Any:
    made = read_duration(value)
    return made if isinstance(made, dt.timedelta) else _UNFIT


_SCALARS: Mapping[Kind, Callable[[Any], Any]] = {
    Kind.STR: _from_string(str),
    Kind.INT: _of(int),
    Kind.BOOL: _of(bool),
    Kind.NONE: _of(type(None)),
    Kind.FLOAT: _float,
    Kind.DATE: _from_string(dt.date.fromisoformat),
    Kind.DATETIME: _from_string(dt.datetime.fromisoformat),
    Kind.TIME: _from_string(dt.time.fromisoformat),
    Kind.TIMEDELTA: _from_string(_timedelta),
    Kind.DECIMAL: _from_string(Decimal),
    Kind.UUID: _from_string(UUID),
}


def _same(value: Any, known: Sequence[Any], where: str) -> Any:
    for each in known:
        told = json_value(each)
        if told == value and type(told) is type(value):
            return each
    raise _Wrong(f"{where}: {value!r:.60} is not one of its values")


def _list(value: Any, where: str) -> list[Any]:
    if not isinstance(value, list | tuple):
        raise _Wrong(f"{where}: expected a list, got {value!r:.60}")
    return list(value)


def _number(value: Any, where: str) -> float:
    if type(value) not in (int, float):
        raise _Wrong(f"{where}: expected a number, got {value!r:.60}")
    return float(value)


def _member(kind: Any, value: Any, where: str) -> Any:
    try:
        return kind(value)
    except ValueError as error:
        raise _Wrong(f"{where}: {error}") from None


def _span(value: Any, where: str, text: str) -> Span:
    match value:
        case [int() as start, int() as end] if 0 <= start < end <= len(text):
            return Span(start, end)
    raise _Wrong(
        f"{where}: {value!r:.60} is no place in a text of {counted(len(text), 'character')}"
    )


def _mention(record: Any, where: str, text: str) -> Mention:
    if not isinstance(record, dict) or not isinstance(record.get("string"), str):
        raise _Wrong(f"{where}: not a mention with path and string")
    span = record.get("span")
    return Mention(
        str(record.get("path", "")),
        record["string"],
        None if span is None else _span(span, f"{where}.span", text),
        _member(MatchKind, record.get("match"), f"{where}.match"),
        tuple(
            _span(part, f"{where}.parts", text) for part in _list(record.get("parts", []), where)
        ),
        _number(record.get("similarity", 1.0), f"{where}.similarity"),
        record.get("ambiguous") is True,
        tuple(
            _span(part, f"{where}.others", text) for part in _list(record.get("others", []), where)
        ),
    )


def _diagnostic(record: Any, where: str) -> Diagnostic:
    if not isinstance(record, dict):
        raise _Wrong(f"{where}: not an object")
    numbers = [record.get(name) for name in ("offset", "end", "line", "column")]
    placed = all(type(number) is int for number in numbers)
    return Diagnostic(
        _member(Code, record.get("code"), f"{where}.code"),
        str(record.get("message", "")),
        _member(Severity, record.get("severity"), f"{where}.severity"),
        Position(*numbers) if placed else None,  # type: ignore[arg-type]
        str(record.get("excerpt", "")),
        str(record.get("path", "")),
    )
