"""Parsing as one function: the answer in, instances and diagnostics out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, TypeVar, cast

from codeie.introspection import Schema
from codeie.parsing._incremental import IncrementalParser
from codeie.parsing._limits import ParseLimits
from codeie.parsing._result import ParseResult

__all__ = ["parse"]

T = TypeVar("T")


def parse(
    output: str,
    schema: Schema[T] | Sequence[type[T]] | type[T],
    *,
    prefill: str = "",
    strict: bool = False,
    limits: ParseLimits = ParseLimits(),
    labels: Mapping[str, type] | None = None,
    salvage: Literal["items", "fields"] = "items",
    text: str | None = None,
) -> ParseResult[T]:
    """Read instances of the schema's classes from a model's answer, executing nothing.

    Args:
        output: The answer as received, without the prefill.
        schema: A `Schema`, or the classes.
        prefill: What the model was given to continue.
        strict: Whether problems are raised instead of returned.
        limits: Bounds on size, nesting and numbers.
        labels: Other names of classes, such as a dataset's labels.
        salvage: ``"items"`` leaves out an item that the answer ends inside of; ``"fields"``
            keeps its complete fields, if they are enough for an instance.
        text: The text that the answer is about, if it is known: zero-width characters and
            controls of writing direction are part of a string where the text has them.

    Returns:
        The instances with their places, and what was dropped, repaired or noted.

    Raises:
        ExceptionGroup: With ``strict``, of one `ParseError` for each diagnostic that is not
            a note.
        SchemaError: If a class cannot be used.

    Examples:
        >>> from dataclasses import dataclass
        >>> @dataclass
        ... class Person:
        ...     name: str
        >>> parse('result = [Person(name="Ada"), Person(name="Bo', [Person]).instances
        [Person(name='Ada')]
    """
    parser = IncrementalParser(
        schema, prefill=prefill, limits=limits, labels=labels, salvage=salvage, text=text
    )
    parser.feed(output, last=True)
    result = parser.close()
    if strict:
        result.raise_problems()
    return cast("ParseResult[T]", result)
