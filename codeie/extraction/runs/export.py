"""A run's results in other forms: JSON lines, CSV, Parquet, and data frames.

JSON lines and Parquet have one document each, failures too; CSV and frames one row an item, with
the document's own columns beside it. All are written as the file is read, so they may be large.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import IO, Any, Final, Protocol

from codeie.documents import check_parquet
from codeie.errors import InputError
from codeie.whole import written_whole

__all__ = ["Exported", "check_output", "item_rows", "table_of", "write_export"]

_AT_ONCE: Final = 1024


class Exported(Protocol):
    """A document, as it is exported."""

    @property
    def number(self) -> int:
        """Its place in the input, from 1."""
        ...

    @property
    def record(self) -> Mapping[str, Any]:
        """What became of it."""
        ...

    @property
    def metadata(self) -> Mapping[str, Any]:
        """Its own columns."""
        ...


_Documents = Callable[[], Iterator[Exported]]


def write_export(documents: _Documents, path: Path, *, overwrite: bool) -> int:
    """Write results to a file, whose name says in which form; whole, or not at all.

    Args:
        documents: Begins to go through them.
        path: Where to.
        overwrite: Whether it may be there already.

    Returns:
        How many lines or rows were written.

    Raises:
        InputError: If the name says no form, the file is there already or cannot be written.
        MissingExtra: If it is Parquet and pyarrow is not installed.
    """
    write = check_output(path, overwrite=overwrite)
    try:
        with written_whole(path) as file:
            return write(documents, file)
    except OSError as error:
        raise InputError(f"{path} cannot be written: {error.strerror or error}") from error


def check_output(path: Path, *, overwrite: bool) -> Callable[[_Documents, IO[bytes]], int]:
    """How to write a file of that name, found out before any work.

    Raises:
        InputError: If the name says no form, or the file is there already.
        MissingExtra: If it is Parquet and pyarrow is not installed.
    """
    write = _FORMS.get(path.suffix.lower())
    if write is None:
        raise InputError(f"{path}: the name says no form; end it in {', '.join(_FORMS)}")
    if path.exists() and not overwrite:
        raise InputError(f"{path} exists already; take another name, or overwrite=True (--force)")
    if write is _write_parquet:
        check_parquet()
    return write


def item_rows(documents: Iterable[Exported]) -> Iterator[dict[str, Any]]:
    """One flat row for each item: its document's columns, its own, its fields and their places.

    A field in another has its path for a name, ``head.name``; the place of a string is in
    ``head.name.start`` and ``head.name.end``. What holds several is JSON.
    """
    for document in documents:
        for place, item in enumerate(document.record.get("items", ()), 1):
            own: dict[str, Any] = {
                "document": document.record.get("id"),
                "number": document.number,
                "item": place,
                "class": item["class"],
                "match": item["match"],
                "confidence": item["confidence"],
            }
            own |= dict(_flat(item["fields"], item["spans"], ""))
            taken = {
                f"document.{name}" if name in own else name: _plain(value)
                for name, value in document.metadata.items()
            }
            yield taken | own


def _flat(
    fields: Mapping[str, Any], spans: Mapping[str, Any], before: str
) -> Iterator[tuple[str, Any]]:
    for name, value in fields.items():
        path = f"{before}{name}"
        if isinstance(value, Mapping) and set(value) == {"class", "fields"}:
            yield from _flat(value["fields"], spans, f"{path}.")
            continue
        yield path, _plain(value)
        if path in spans:
            yield f"{path}.start", spans[path][0]
            yield f"{path}.end", spans[path][1]


def _plain(value: Any) -> Any:
    return _json(value) if isinstance(value, list | dict | tuple) else value


def _columns(rows: Iterable[Mapping[str, Any]]) -> dict[str, type]:
    """The columns of rows, in the order of their first occurrence, and what type each has.

    The type of a column with several is `str`: such values are written as JSON.
    """
    types: dict[str, set[type]] = {}
    for row in rows:
        for name, value in row.items():
            found = types.setdefault(name, set())
            if value is not None:
                found.add(type(value))
    return {name: _common(found) for name, found in types.items()}


def _common(types: set[type]) -> type:
    if types == {int, float}:
        return float
    return types.pop() if len(types) == 1 and types <= {bool, int, float, str} else str


def _cell(value: Any, kind: type) -> Any:
    if value is None or isinstance(value, kind):
        return value
    return float(value) if kind is float else _json(value)


def _write_lines(documents: _Documents, handle: IO[bytes]) -> int:
    count = 0
    for one in documents():
        record = {**one.record, "number": one.number, "metadata": one.metadata}
        handle.write(_json(record).encode() + b"\n")
        count += 1
    return count


def _write_csv(documents: _Documents, handle: IO[bytes]) -> int:
    names = list(_columns(item_rows(documents()))) or ["document", "number", "item", "class"]
    text = _Encoded(handle)
    writer = csv.DictWriter(text, names, restval="")
    writer.writeheader()
    count = 0
    for row in item_rows(documents()):
        writer.writerow(row)
        count += 1
    return count


class _Encoded:
    """Writes text as UTF-8, what is no letter with a mark in its place."""

    def __init__(self, handle: IO[bytes]) -> None:
        self._handle = handle

    def write(self, text: str) -> int:
        """Write some."""
        return self._handle.write(text.encode("utf-8", "backslashreplace"))


def _write_parquet(documents: _Documents, handle: IO[bytes]) -> int:
    import pyarrow as pa
    from pyarrow import parquet

    own = _columns(
        {name: _plain(value) for name, value in one.metadata.items()} for one in documents()
    )
    kinds = {bool: pa.bool_(), int: pa.int64(), float: pa.float64(), str: pa.string()}
    span = pa.struct([("path", pa.string()), ("start", pa.int64()), ("end", pa.int64())])
    item = pa.struct(
        [
            ("class", pa.string()),
            ("fields", pa.string()),
            ("spans", pa.list_(span)),
            ("match", pa.string()),
            ("confidence", pa.float64()),
        ]
    )
    told = pa.struct([(name, pa.string()) for name in ("code", "severity", "message", "path")])
    taken = {name: f"document.{name}" if name in _OURS else name for name in own}
    schema = pa.schema(
        [
            ("id", pa.string()),
            ("number", pa.int64()),
            *((taken[name], kinds[kind]) for name, kind in own.items()),
            ("outcome", pa.string()),
            ("items", pa.list_(item)),
            ("diagnostics", pa.list_(told)),
            ("error", pa.string()),
            ("model", pa.string()),
            ("input_tokens", pa.int64()),
            ("output_tokens", pa.int64()),
        ]
    )
    count = 0
    with parquet.ParquetWriter(handle, schema) as writer:
        each = documents()
        while batch := list(islice(each, _AT_ONCE)):
            rows = [
                _nested(one.record)
                | {"number": one.number}
                | {
                    taken[name]: _cell(_plain(value), own[name])
                    for name, value in one.metadata.items()
                }
                for one in batch
            ]
            writer.write_table(pa.Table.from_pylist(list(map(_sound, rows)), schema))
            count += len(batch)
    return count


_OURS: Final = (
    "id",
    "number",
    "outcome",
    "items",
    "diagnostics",
    "error",
    "model",
    "input_tokens",
    "output_tokens",
)


def _nested(record: Mapping[str, Any]) -> dict[str, Any]:
    error = record["error"]
    return {
        "id": record["id"],
        "outcome": record["outcome"],
        "items": [
            {
                "class": item["class"],
                "fields": _json(item["fields"]),
                "spans": [
                    {"path": path, "start": start, "end": end}
                    for path, (start, end) in item["spans"].items()
                ],
                "match": item["match"],
                "confidence": item["confidence"],
            }
            for item in record["items"]
        ],
        "diagnostics": [
            {name: one[name] for name in ("code", "severity", "message", "path")}
            for one in record["diagnostics"]
        ],
        "error": None if error is None else error["message"],
        "model": record["model"],
        "input_tokens": record["usage"]["input_tokens"],
        "output_tokens": record["usage"]["output_tokens"],
    }


def _sound(value: Any) -> Any:
    """The same without halves of surrogate pairs, which UTF-8 cannot write."""
    match value:
        case str():
            return value.encode("utf-8", "backslashreplace").decode()
        case list():
            return list(map(_sound, value))
        case dict():
            return {name: _sound(each) for name, each in value.items()}
    return value


def _json(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    try:
        text.encode()
    except UnicodeEncodeError:  # half of a surrogate pair
        return json.dumps(value, ensure_ascii=True, allow_nan=False)
    return text


_FORMS: Final = {".jsonl": _write_lines, ".csv": _write_csv, ".parquet": _write_parquet}


def table_of(documents: _Documents) -> dict[str, list[Any]]:
    """The rows of items, column by column, each of one type."""
    kinds = _columns(item_rows(documents()))
    table: dict[str, list[Any]] = {name: [] for name in kinds}
    for row in item_rows(documents()):
        for name, kind in kinds.items():
            table[name].append(_sound(_cell(row.get(name), kind)))
    return table
