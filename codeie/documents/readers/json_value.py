"""JSON: documents of its objects, or all that it says, with the pointer of each string."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from codeie.documents._content import AUTO, Content, decoded
from codeie.documents._rows import Columns, from_row
from codeie.documents._unread import Unread
from codeie.documents._writing import Writing
from codeie.documents.readers.bioc import bioc_documents, holds_bioc
from codeie.errors import InputError
from codeie.places import Place, PlaceKind
from codeie.types import Document

__all__ = ["read_json"]


def read_json(
    content: Content, columns: Columns, encoding: str, errors: str
) -> Iterator[Document | Unread]:
    """The documents of a JSON file.

    A collection of BioC has its documents. A list of objects with a text has one for each, an object with a text is one. Of anything else
    the document is all its strings and numbers, each on a line with its name.

    Args:
        content: The file.
        columns: In which field of an object the text is, and the name.
        encoding: As its user tells.
        errors: As for `decoded`.

    Raises:
        InputError: If it is no JSON.
    """
    file = decoded(content, AUTO if encoding == "auto" else encoding, errors)
    try:
        value = json.loads(file.text)
    except RecursionError:
        raise InputError(f"{content.name}: the JSON is nested too deeply") from None
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise InputError(f"{content.name}: not JSON: {error.msg} at {place}") from error
    except ValueError as error:  # a number of more digits than Python converts
        raise InputError(f"{content.name}: {error}") from error
    if holds_bioc(value):
        yield from bioc_documents(content, value)
    elif isinstance(value, dict) and isinstance(value.get(columns.text), str):
        yield _object(content, value, columns, "", content.name)
    elif isinstance(value, list) and any(
        isinstance(one, dict) and columns.text in one for one in value
    ):
        for number, one in enumerate(value):
            place = f"{content.name}:{number}"
            try:
                if not isinstance(one, dict):
                    raise InputError(f"{place}: expected an object, got {type(one).__name__}")
                yield _object(content, one, columns, f"/{number}", place)
            except InputError as error:
                yield Unread(place, error)
    else:
        yield _all(content, value)


def _object(
    content: Content, value: dict[str, Any], columns: Columns, above: str, place: str
) -> Document:
    document = from_row(value, columns, place, place)
    writing = Writing(content, "json")
    text = document.text
    writing.quote(text, Place(PlaceKind.POINTER, f"{above}/{_escaped(columns.text)}", 0, len(text)))
    return writing.document(document.id, document.metadata)


def _all(content: Content, value: Any) -> Document:
    writing = Writing(content, "json")
    check = content.clock()
    stack: list[Iterator[tuple[str, str, Any]]] = [iter([("", "", value)])]
    while stack:
        check()
        following = next(stack[-1], None)
        if following is None:
            stack.pop()
            continue
        name, pointer, held = following
        if isinstance(held, dict | list):
            if len(stack) > content.limits.depth:
                raise InputError(
                    f"{content.name}: values lie more than {content.limits.depth} deep in each other"
                )
            stack.append(_parts(held, name, pointer))
        elif held is not None:
            said = held if isinstance(held, str) else json.dumps(held)
            writing.apart(1)
            if name:
                writing.say(f"{name}: ")
            writing.quote(said, Place(PlaceKind.POINTER, pointer, 0, len(said)))
    return writing.document(content.name)


def _parts(
    held: dict[str, Any] | list[Any], name: str, pointer: str
) -> Iterator[tuple[str, str, Any]]:
    if isinstance(held, dict):
        return ((key, f"{pointer}/{_escaped(key)}", value) for key, value in held.items())
    return ((name, f"{pointer}/{number}", value) for number, value in enumerate(held))


def _escaped(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")
