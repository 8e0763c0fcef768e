"""An extraction as plain data for JSON: stable, documented keys, nothing that JSON lacks."""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum
import json
import math
from collections.abc import Mapping, Sequence
from typing import Any

from codeie._iso import iso
from codeie.diagnostics import Diagnostic
from codeie.errors import ClientError, CodeIEError
from codeie.extraction._kept_places import layout_record, place_record
from codeie.extraction._step import Step, kept_usage, usage
from codeie.grounding import Grounded, Mention
from codeie.parsing import Outcome
from codeie.types import Document, Span

__all__ = ["as_json", "error_record", "extraction_record", "json_value", "whole_record"]


def extraction_record(
    document: Document,
    items: Sequence[Grounded[Any]],
    diagnostics: Sequence[Diagnostic],
    outcome: Outcome,
    steps: Sequence[Step],
    error: CodeIEError | None,
) -> dict[str, Any]:
    """The fields of an extraction as one record, as `codeie extract --jsonl` writes it.

    Returns:
        A dictionary of JSON types with these keys, always all of them:

        - ``id``: the document's name, or null.
        - ``outcome``: ``"items"``, ``"empty"``, ``"unparsed"`` or ``"failed"``.
        - ``items``: one object for each instance, in the order of the answer, with
          ``class`` (its name), ``fields`` (see `json_value`), ``spans`` (field path to
          ``[start, end]``, half-open, in code points; what was not found is absent),
          ``mentions`` (each string's ``path``, ``string``, ``span`` or null, ``match``,
          ``parts`` of a discontinuous one, ``similarity`` and ``ambiguous``; of a document that
          a reader made from a file also ``places``, each with ``kind``, ``path``, ``start`` and
          ``end``, and where there are some ``boxes`` and ``source``), ``match`` (the
          weakest of them), ``confidence`` (in [0, 1], or null) and ``field_confidences`` (by
          field, where several answers were compared).
        - ``diagnostics``: ``code``, ``severity``, ``message``, ``path``, and ``line`` and
          ``column`` in the answer, or null.
        - ``error``: of why there is no answer ``type``, ``message``, ``status`` (of HTTP, or
          null), ``retryable`` (whether the same call may succeed later) and ``hint`` (what to
          do); or null.
        - ``model``: the model that answered, or null.
        - ``usage``: ``input_tokens``, ``output_tokens``, ``cached_tokens``, ``estimated``, of
          what was asked now.
        - ``kept``: ``answers``, how many were taken from a run's file, and the same as of
          ``usage``: what those had cost when they were asked for.
    """
    model = steps[-1].completion.model if steps else ""
    return {
        "id": document.id,
        "outcome": outcome.value,
        "items": [_item(item, document) for item in items],
        "diagnostics": [_diagnostic(diagnostic) for diagnostic in diagnostics],
        "error": error_record(error) if error is not None else None,
        "model": model or None,
        "usage": dataclasses.asdict(usage(steps)),
        "kept": {
            "answers": sum(step.kept for step in steps),
            **dataclasses.asdict(kept_usage(steps)),
        },
    }


def whole_record(
    record: Mapping[str, Any],
    document: Document,
    items: Sequence[Grounded[Any]],
    diagnostics: Sequence[Diagnostic],
    dropped: Sequence[Grounded[Any]],
) -> dict[str, Any]:
    """A record with all that it takes to have the extraction again.

    Besides the keys of `extraction_record` it has ``text``, ``metadata`` and ``dropped`` (as
    ``items``); an item has ``diagnostics``, a mention ``others``, and a diagnostic ``offset`` and
    ``end`` of its place and ``excerpt``. ``layout`` says of what file the document is and where
    in it each string stands that was found; null, if no reader made the document. A document with
    images has ``images``, each with ``data`` (base64), ``caption``, ``name`` and ``at``.
    """
    found = (
        span
        for item in (*items, *dropped)
        for mention in item.mentions
        for span in (mention.span, *mention.parts)
        if span is not None
    )
    return {
        **record,
        "text": document.text,
        "metadata": json_value(document.metadata),
        "layout": layout_record(document.layout, found),
        "items": [_whole_item(item, document) for item in items],
        "diagnostics": [_whole_diagnostic(one) for one in diagnostics],
        "dropped": [_whole_item(item, document) for item in dropped],
        **({"images": [one.to_dict() for one in document.images]} if document.images else {}),
    }


def _whole_item(item: Grounded[Any], document: Document) -> dict[str, Any]:
    return {
        **_item(item, document),
        "mentions": [
            {**_mention(mention, document), "others": [_span(other) for other in mention.others]}
            for mention in item.mentions
        ],
        "diagnostics": [_whole_diagnostic(one) for one in item.diagnostics],
    }


def _whole_diagnostic(diagnostic: Diagnostic) -> dict[str, Any]:
    position = diagnostic.position
    return {
        **_diagnostic(diagnostic),
        "offset": position.offset if position is not None else None,
        "end": position.end if position is not None else None,
        "excerpt": diagnostic.excerpt,
    }


def as_json(record: object, *, indent: int | None = None) -> str:
    """A record as JSON, in the text's own letters where they can be written as UTF-8."""
    text = json.dumps(record, ensure_ascii=False, allow_nan=False, indent=indent)
    try:
        text.encode()
    except UnicodeEncodeError:
        # Half of a surrogate pair, from a damaged text: JSON can still write it escaped.
        return json.dumps(record, ensure_ascii=True, allow_nan=False, indent=indent)
    return text


def json_value(value: object) -> Any:
    """A field's value as JSON types.

    Dataclasses become ``{"class": …, "fields": {…}}``; enum members their value; dates,
    times and durations ISO 8601 strings; tuples lists; sets lists in a fixed order; dictionaries objects if
    all their keys are strings, else lists of pairs; numbers that JSON cannot write, and
    anything else, strings.

    Examples:
        >>> json_value({"when": dt.date(2024, 2, 29), "sizes": (1, float("inf"))})
        {'when': '2024-02-29', 'sizes': [1, 'inf']}
    """
    match value:
        case enum.Enum():
            return json_value(value.value)
        case None | bool() | str() | int():
            return value
        case float():
            return value if math.isfinite(value) else str(value)
        case dt.date() | dt.time() | dt.timedelta():
            return iso(value)
        case list() | tuple():
            return [json_value(element) for element in value]
        case set() | frozenset():
            elements = [json_value(element) for element in value]
            return sorted(elements, key=lambda element: json.dumps(element, sort_keys=True))
        case Mapping():
            if all(isinstance(key, str) for key in value):
                return {str(key): json_value(element) for key, element in value.items()}
            return [[json_value(key), json_value(element)] for key, element in value.items()]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {"class": type(value).__name__, "fields": _fields(value)}
    return str(value)


def _fields(value: Any) -> dict[str, Any]:
    return {
        field.name: json_value(getattr(value, field.name))
        for field in dataclasses.fields(value)
        # A field that only ``__post_init__`` sets may not be there.
        if hasattr(value, field.name)
    }


def _item(item: Grounded[Any], document: Document) -> dict[str, Any]:
    return {
        "class": type(item.value).__name__,
        "fields": _fields(item.value),
        "spans": {path: _span(span) for path, span in item.spans.items()},
        "mentions": [_mention(mention, document) for mention in item.mentions],
        "match": item.match.value,
        "confidence": item.confidence,
        "field_confidences": dict(item.field_confidences),
    }


def _mention(mention: Mention, document: Document) -> dict[str, Any]:
    record: dict[str, Any] = {
        "path": mention.path,
        "string": mention.string,
        "span": _span(mention.span) if mention.span is not None else None,
        "match": mention.match.value,
        "parts": [_span(part) for part in mention.parts],
        "similarity": mention.similarity,
        "ambiguous": mention.ambiguous,
    }
    if document.layout is not None:
        spans = mention.parts or ((mention.span,) if mention.span is not None else ())
        record["places"] = [
            place_record(place) for span in spans for place in document.places(span)
        ]
    return record


def error_record(error: CodeIEError) -> dict[str, Any]:
    """An error as JSON types: what happened, whether it may pass, and what to do."""
    of_client = error if isinstance(error, ClientError) else ClientError("")
    return {
        "type": type(error).__name__,
        "message": str(error),
        "status": of_client.status_code,
        "retryable": of_client.retryable,
        "hint": of_client.hint,
    }


def _span(span: Span) -> list[int]:
    return [span.start, span.end]


def _diagnostic(diagnostic: Diagnostic) -> dict[str, Any]:
    position = diagnostic.position
    return {
        "code": diagnostic.code.value,
        "severity": diagnostic.severity.value,
        "message": diagnostic.message,
        "path": diagnostic.path,
        "line": position.line if position is not None else None,
        "column": position.column if position is not None else None,
    }
