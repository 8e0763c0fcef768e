"""Demonstrations in a file: one JSON object a line, read back without running anything."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from codeie.diagnostics import Severity
from codeie.errors import InputError
from codeie.images import Image, as_images
from codeie.introspection import Classes, Schema, introspect
from codeie.prompting._demonstrations import DemonstrationLike, as_demonstrations
from codeie.prompting._prompt import Demonstration
from codeie.syntaxes import Json
from codeie.syntaxes.json_list import dumped, json_value

__all__ = ["read_demonstrations", "write_demonstrations"]

_LONGEST = 10_000_000
"""Characters of a line; a longer one is no demonstration."""


def write_demonstrations(
    path: str | Path, demonstrations: Iterable[DemonstrationLike], classes: Classes
) -> None:
    """Keep demonstrations in a file, with their rationales.

    Args:
        path: The file, which is written anew: one JSON object a line.
        demonstrations: What to keep.
        classes: The classes of their instances.

    Raises:
        PromptError: If an instance cannot be written as JSON.
        InputError: If something is no demonstration, or is too long, or the file cannot be written.
    """
    schema = introspect(classes)
    lines = [_line(one, schema) for one in as_demonstrations(demonstrations)]
    try:
        Path(path).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    except OSError as error:
        raise InputError(f"{path} cannot be written: {error.strerror}") from None


def read_demonstrations(path: str | Path, classes: Classes) -> tuple[Demonstration, ...]:
    """Demonstrations that `write_demonstrations` kept.

    Args:
        path: The file.
        classes: The classes of their instances.

    Raises:
        InputError: If the file cannot be read, or a line holds no demonstration of these
            classes; the message names the line.
    """
    schema = introspect(classes)
    try:
        with Path(path).open(encoding="utf-8") as file:
            return tuple(_read(line, number, path, schema) for number, line in _lines(file))
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} cannot be read: {error}") from None


def _line(one: Demonstration, schema: Schema) -> str:
    row: dict[str, Any] = {
        "text": one.text,
        "instances": [json_value(each, schema) for each in one.instances],
    }
    if one.given:
        row["given"] = [json_value(each, schema) for each in one.given]
    if one.rationale:
        row["rationale"] = list(one.rationale)
    if one.images:
        row["images"] = [image.to_dict() for image in one.images]
    line = json.dumps(row, ensure_ascii=False)
    if len(line) > _LONGEST:
        raise InputError(f"a demonstration comes to more than {_LONGEST:,} characters: {one!r:.80}")
    return line


def _lines(file: Iterable[str]) -> Iterator[tuple[int, str]]:
    return ((number, line) for number, line in enumerate(file, 1) if line.strip())


def _read(line: str, number: int, path: str | Path, schema: Schema) -> Demonstration:
    where = f"{path}, line {number}"
    try:
        row = json.loads(line[:_LONGEST])
    except (ValueError, RecursionError):
        raise InputError(f"{where} is no JSON") from None
    if not isinstance(row, dict) or not isinstance(row.get("text"), str) or "instances" not in row:
        raise InputError(f"{where} is no demonstration: an object with text and instances")
    rationale = row.get("rationale", [])
    if not isinstance(rationale, list) or not all(isinstance(each, str) for each in rationale):
        raise InputError(f"{where}: rationale must be a list of strings")
    instances, given = (
        _instances(row.get(key, []), f"{where}: {key}", schema) for key in ("instances", "given")
    )
    images = _images(row.get("images", []), f"{where}: images")
    return Demonstration(row["text"], instances, given, tuple(rationale), images=images)


def _images(held: object, where: str) -> tuple[Image, ...]:
    if not isinstance(held, list):
        raise InputError(f"{where} must be a list of images")
    try:
        return as_images(map(Image.from_dict, held))
    except InputError as error:
        raise InputError(f"{where}: {error}") from None


def _instances(held: object, where: str, schema: Schema) -> tuple[object, ...]:
    if not isinstance(held, list):
        raise InputError(f"{where} must be a list of objects with their class")
    whole = Schema((*schema.supporting, *schema.classes), (), schema.enums)
    result = Json().read(dumped(held), whole)
    wrong = [one for one in result.diagnostics if one.severity is Severity.ERROR]
    if wrong or len(result.items) != len(held):
        reason = wrong[0].message if wrong else "something in it is no instance"
        raise InputError(f"{where}: {reason}")
    return tuple(result.instances)
