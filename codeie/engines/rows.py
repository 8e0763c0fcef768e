"""An extraction as one value of a struct column, the same for every schema."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from codeie.extraction import Extraction, as_json

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["Row", "arrow_type", "row_of"]

Row: TypeAlias = dict[str, Any]


def arrow_type() -> pa.DataType:
    """The struct's type; pyarrow comes with either engine."""
    import pyarrow as pa

    text, whole, share, flag = pa.string(), pa.int64(), pa.float64(), pa.bool_()
    mention = pa.struct({"path": text, "string": text, "start": whole, "end": whole, "match": text})
    item = pa.struct(
        {
            "class": text,
            "fields": text,
            "match": text,
            "confidence": share,
            "mentions": pa.list_(mention),
        }
    )
    diagnostic = pa.struct({"code": text, "severity": text, "message": text, "path": text})
    return pa.struct(
        {
            "id": text,
            "outcome": text,
            "items": pa.list_(item),
            "diagnostics": pa.list_(diagnostic),
            "error": pa.struct({"type": text, "message": text, "retryable": flag}),
            "model": text,
            "input_tokens": whole,
            "output_tokens": whole,
            "kept": whole,
        }
    )


def row_of(extraction: Extraction[Any]) -> Row:
    """What an extraction says, in the fields of the struct; see docs/engines.md.

    The fields of an item are JSON text, as each class has fields of its own.
    """
    record = extraction.to_dict()
    error, usage, kept = record["error"], record["usage"], record["kept"]
    row = {
        "id": record["id"],
        "outcome": record["outcome"],
        "items": [_item(item) for item in record["items"]],
        "diagnostics": [
            {name: one[name] for name in ("code", "severity", "message", "path")}
            for one in record["diagnostics"]
        ],
        "error": None
        if error is None
        else {name: error[name] for name in ("type", "message", "retryable")},
        "model": record["model"],
        "input_tokens": usage["input_tokens"],
        "output_tokens": usage["output_tokens"],
        "kept": kept["answers"],
    }
    written: Row = _written(row)
    return written


def _item(item: Mapping[str, Any]) -> Row:
    mentions = [
        {
            "path": mention["path"],
            "string": mention["string"],
            "start": mention["span"][0] if mention["span"] else None,
            "end": mention["span"][1] if mention["span"] else None,
            "match": mention["match"],
        }
        for mention in item["mentions"]
    ]
    return {
        "class": item["class"],
        "fields": as_json(item["fields"]),
        "match": item["match"],
        "confidence": item["confidence"],
        "mentions": mentions,
    }


def _written(value: Any) -> Any:
    """The same with strings that can be written as UTF-8: half of a surrogate pair is escaped."""
    match value:
        case str():
            return value.encode("utf-8", "backslashreplace").decode()
        case list():
            return [_written(each) for each in value]
        case dict():
            return {_written(key): _written(each) for key, each in value.items()}
    return value
