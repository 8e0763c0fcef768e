"""A run for people: where it stands, what was found and what failed, as tables that open.

Records come from a file that anybody may have changed, so nothing in them is taken for granted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from codeie.display import (
    Cell,
    details_html,
    note_html,
    table_html,
    table_text,
)
from codeie.extraction.runs.status import Status
from codeie.wording import counted

if TYPE_CHECKING:
    from rich.console import RenderableType

__all__ = [
    "Failed",
    "failures_html",
    "failures_text",
    "record_html",
    "record_text",
    "results_html",
    "results_text",
    "run_html",
    "run_text",
]

Failed = tuple[int, str | None, BaseException]
"""A document's place and name, and why it has no answer."""

_MOST: Final = 50  # documents of a run that are listed
_ITEMS: Final = 500  # items of one document
_LONGEST: Final = 300  # code points of one string

_RESULTS: Final = ("#", "document", "outcome", "items", "diagnostics")
_FAILURES: Final = ("#", "document", "error", "why")
_FOUND: Final = ("#", "class", "strings and places", "match")


def run_html(
    status: Status,
    failures: Iterable[Failed],
    results: Iterable[tuple[int, Mapping[str, Any]]],
) -> str:
    """Where a run stands; what failed and what was found unfold."""
    parts = [status._repr_html_()]
    if status.failed:
        heading = f"{_documents(status.failed)} without an answer"
        parts.append(details_html(heading, failures_html(failures, status.failed)))
    if status.done:
        heading = f"{_documents(status.done)} with an answer"
        parts.append(details_html(heading, results_html(results, status.done)))
    return "".join(parts)


def run_text(status: Status, failures: Iterable[Failed]) -> RenderableType:
    """The same for the terminal: where the run stands, and what failed."""
    from rich.console import Group

    failed = [failures_text(failures, status.failed)] if status.failed else []
    return Group(status, *failed)


def failures_html(failures: Iterable[Failed], total: int) -> str:
    """What failed, and why.

    Args:
        failures: In order; no more are read than are shown.
        total: How many there are.
    """
    return table_html(_FAILURES, _failed(failures)) + _beyond(total)


def failures_text(failures: Iterable[Failed], total: int) -> RenderableType:
    """The same for the terminal."""
    from rich.console import Group
    from rich.text import Text

    return Group(table_text(_FAILURES, _failed(failures)), Text(_rest(total), style="dim"))


def results_html(results: Iterable[tuple[int, Mapping[str, Any]]], total: int) -> str:
    """A line for each document, which opens; see `failures_html`."""
    shown = [
        details_html(_line(number, record), record_html(record))
        for number, record in islice(results, _MOST)
    ]
    return "".join(shown) + _beyond(total)


def results_text(results: Iterable[tuple[int, Mapping[str, Any]]], total: int) -> RenderableType:
    """The same for the terminal, where nothing opens."""
    from rich.console import Group
    from rich.text import Text

    rows = [_summary(number, record) for number, record in islice(results, _MOST)]
    return Group(table_text(_RESULTS, rows), Text(_rest(total), style="dim"))


def record_html(record: Mapping[str, Any]) -> str:
    """The items of a document, as its record has them, and what was said of its answer."""
    rows, said = _items(record), _said(record)
    return (
        (table_html(_FOUND, rows, limit=_ITEMS) if rows else note_html("No items."))
        + (table_html(("severity", "diagnostic", "code"), said) if said else "")
    )  # fmt: skip


def record_text(record: Mapping[str, Any]) -> RenderableType:
    """The same for the terminal."""
    from rich.console import Group
    from rich.text import Text

    rows, said = _items(record), _said(record)
    return Group(
        table_text(_FOUND, rows, limit=_ITEMS) if rows else Text("No items."),
        *([table_text(("severity", "diagnostic", "code"), said)] if said else []),
    )


def _failed(failures: Iterable[Failed]) -> list[tuple[Cell, ...]]:
    return [
        (number, name, type(error).__name__, _short("\n".join(_why(error))))
        for number, name, error in islice(failures, _MOST)
    ]


def _why(error: BaseException) -> list[str]:
    return [str(error), *getattr(error, "__notes__", ())]


def _summary(number: int, record: Mapping[str, Any]) -> tuple[Cell, ...]:
    name = record.get("id")
    return (
        number,
        None if name is None else _short(str(name)),
        str(record.get("outcome", "")),
        len(_listed(record, "items")),
        len(_listed(record, "diagnostics")),
    )


def _line(number: int, record: Mapping[str, Any]) -> str:
    _, name, outcome, _, _ = _summary(number, record)
    items, said = (len(_listed(record, each)) for each in ("items", "diagnostics"))
    return f"{number}. {name or 'Document'}: {outcome}, {counted(items, 'item')}, {counted(said, 'diagnostic')}"


def _items(record: Mapping[str, Any]) -> list[Sequence[Cell]]:
    return [
        (
            number,
            str(item.get("class", "")),
            "\n".join(map(_mention, _listed(item, "mentions"))) or _short(repr(item.get("fields"))),
            str(item.get("match", "")),
        )
        for number, item in enumerate(_listed(record, "items"), start=1)
    ]


def _mention(mention: Mapping[str, Any]) -> str:
    span = mention.get("span")
    place = f"{span[0]}–{span[1]}" if isinstance(span, list) and len(span) == 2 else "nowhere"
    return f"{mention.get('path', '')}: {_short(str(mention.get('string', '')))} ({place})"


def _said(record: Mapping[str, Any]) -> list[Sequence[Cell]]:
    return [
        tuple(_short(str(one.get(key, ""))) for key in ("severity", "message", "code"))
        for one in _listed(record, "diagnostics")
    ]


def _listed(record: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    found = record.get(key)
    return [each for each in found if isinstance(each, Mapping)] if isinstance(found, list) else []


def _documents(count: int) -> str:
    return counted(count, "document")


def _beyond(total: int) -> str:
    return note_html(_rest(total)) if total > _MOST else ""


def _rest(total: int) -> str:
    return f"The first {_MOST} of {total:,} are shown." if total > _MOST else ""


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
