"""What a run's file keeps of a result, and how that is read again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from codeie import errors
from codeie.errors import ClientError, CodeIEError
from codeie.extraction._extraction import Extraction
from codeie.extraction._record import json_value

__all__ = ["read_record", "recorded_error", "to_about", "to_record"]

_KINDS: Final[dict[str, type[CodeIEError]]] = {
    name: getattr(errors, name)
    for name in errors.__all__
    if issubclass(getattr(errors, name), CodeIEError)
}


def to_record(extraction: Extraction[Any]) -> str:
    """What is kept of an extraction: its record, with what it has cost, whenever that was.

    So it is the same when it is made again from answers that were kept.
    """
    record = extraction.to_dict()
    spent = extraction.usage + extraction.kept_usage
    del record["kept"]
    for name in record["usage"]:
        record["usage"][name] = getattr(spent, name)
    return _json(record)


def to_about(extraction: Extraction[Any]) -> str:
    """What is kept of its document: its own columns, and its text if it has to be asked again.

    How long it is, in code points, says what answers of this run take for a text.
    """
    document = extraction.document
    about: dict[str, Any] = {
        "metadata": json_value(document.metadata),
        "length": len(document.text),
    }
    if extraction.error is not None:
        # What the file does not keep, without which it cannot be asked about again.
        lacks = document.given is not None or bool(document.images)
        about |= {"text": document.text, "given": lacks}
    return _json(about)


def read_record(record: str) -> Mapping[str, Any]:
    """A record or what is kept of a document; nothing, if it is damaged."""
    try:
        value = json.loads(record)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def recorded_error(record: Mapping[str, Any]) -> CodeIEError:
    """The error of a record, as far as a file says it."""
    try:
        said = record["error"]
        message, kind = str(said["message"]), _KINDS.get(said["type"], CodeIEError)
        if not issubclass(kind, ClientError):
            return kind(message)
        status = said["status"]
        return kind(
            message,
            status_code=status if isinstance(status, int) else None,
            retryable=bool(said["retryable"]),
            hint=str(said["hint"]),
        )
    except (KeyError, TypeError):
        return CodeIEError("it failed; the run's file does not say why, go through the run again")


def _json(value: object) -> str:
    # Escaped, for a text may hold half of a surrogate pair, which SQLite does not take.
    return json.dumps(value, ensure_ascii=True, allow_nan=False, separators=(",", ":"))
