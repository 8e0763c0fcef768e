"""How standings are shown: records, Markdown, HTML and the terminal's table, of the same cells."""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from codeie.display import Cell, note_html, table_html, table_markdown, table_text, visible
from codeie.errors import CodeIEError
from codeie.evaluation._scores import Comparison, Interval
from codeie.evaluation._standings import Standing, Standings
from codeie.extraction import error_record

if TYPE_CHECKING:
    from rich.console import RenderableType

__all__ = ["standings_html", "standings_markdown", "standings_records", "standings_renderable"]

_SMALLEST = 0.001  # of a p-value that is written out

_RECORD: Mapping[str, Callable[[Standing], object]] = {
    "system": lambda row: row.name,
    "f1": lambda row: row.scores.f1,
    "interval": lambda row: _pair(row.interval),
    "difference": lambda row: row.comparison.difference if row.comparison else None,
    "difference_interval": lambda row: _pair(row.comparison.interval) if row.comparison else None,
    "p": lambda row: row.comparison.p_value if row.comparison else None,
    "precision": lambda row: row.scores.precision,
    "recall": lambda row: row.scores.recall,
    "documents": lambda row: len(row.scores.by_document),
    "unparsed": lambda row: row.scores.unparsed,
    "failed": lambda row: row.scores.failed,
    "invented": lambda row: row.invented,
    "input_tokens": lambda row: row.input_tokens,
    "output_tokens": lambda row: row.output_tokens,
    "calls": lambda row: row.calls,
    "seconds": lambda row: row.seconds,
    "error": lambda _row: None,
}

# Few and narrow columns: terminals are, and words folded in their middle cannot be read.
_COLUMNS: Mapping[str, Callable[[Standing], Cell]] = {
    "system": lambda row: row.name,
    "F1": lambda row: _with(row.scores.f1, row.interval, ""),
    "difference": lambda row: _difference(row.comparison),
    "p": lambda row: _chance(row.comparison),
    "invented": lambda row: _whole(row.invented),
    "unparsed": lambda row: row.scores.unparsed,
    "failed": lambda row: row.scores.failed,
    "tokens": lambda row: _tokens(row),
    "calls": lambda row: _rounded(row.calls),
    "seconds": lambda row: _rounded(row.seconds),
}


def standings_records(standings: Standings) -> list[dict[str, Any]]:
    """A record for each system, all with the same keys."""
    return [
        *({key: of(row) for key, of in _RECORD.items()} for row in standings.rows),
        *(
            {**dict.fromkeys(_RECORD), "system": name, "error": error_record(error)}
            for name, error in standings.failures.items()
        ),
    ]


def standings_markdown(standings: Standings) -> str:
    """The table, and below it what it is about and why systems failed, each a paragraph."""
    table = table_markdown(tuple(_COLUMNS), _rows(standings))
    notes = (
        html.escape(visible(" ".join(note.split())), quote=False) for note in _notes(standings)
    )
    return "\n\n".join([table, *notes]) + "\n"


def standings_html(standings: Standings) -> str:
    """The table, and notes below it; failures are set off."""
    about, *problems = _notes(standings)
    return (
        table_html(tuple(_COLUMNS), _rows(standings))
        + note_html(about)
        + "".join(note_html(problem, problem=True) for problem in problems)
    )


def standings_renderable(standings: Standings) -> RenderableType:
    """The same for the terminal."""
    from rich.console import Group
    from rich.text import Text

    about, *problems = _notes(standings)
    return Group(
        table_text(tuple(_COLUMNS), _rows(standings)),
        Text(visible(about), style="dim"),
        *(Text(visible(problem), style="bold #d55e00") for problem in problems),
    )


def _rows(standings: Standings) -> list[tuple[Cell, ...]]:
    blank: tuple[Cell, ...] = (None,) * (len(_COLUMNS) - 1)
    return [
        *(tuple(of(row) for of in _COLUMNS.values()) for row in standings.rows),
        *((name, *blank) for name in standings.failures),
    ]


def _notes(standings: Standings) -> list[str]:
    """What the table is about, then a line for each failure."""
    about = "Nothing could be evaluated."
    if standings.rows:
        documents = len(standings.rows[0].scores.by_document)
        plural = "" if documents == 1 else "s"
        about = (
            f"F1 of {standings.metric} on {documents:,} document{plural} and its difference to "
            f"{standings.against}, with 95 % intervals; tokens in/out, calls and seconds for one "
            "document."
        )
    return [about, *(_problem(name, error) for name, error in standings.failures.items())]


def _problem(name: str, error: CodeIEError) -> str:
    return " ".join([f"{name}: {type(error).__name__}: {error}", *getattr(error, "__notes__", ())])


def _pair(interval: Interval) -> list[float]:
    return [interval.low, interval.high]


def _with(number: float, interval: Interval, sign: str) -> str:
    return f"{number:{sign}.3f} [{interval.low:{sign}.3f}, {interval.high:{sign}.3f}]"


def _difference(found: Comparison | None) -> str:
    return "" if found is None else _with(found.difference, found.interval, "+")


def _chance(found: Comparison | None) -> str:
    if found is None:
        return ""
    return f"{found.p_value:.3f}" if found.p_value >= _SMALLEST else f"< {_SMALLEST}"


def _tokens(row: Standing) -> str:
    if row.input_tokens is None or row.output_tokens is None:
        return ""
    return f"{row.input_tokens:,.0f}/{row.output_tokens:,.0f}"


def _whole(number: float | None) -> int | None:
    return None if number is None else round(number)


def _rounded(number: float | None) -> float | None:
    return None if number is None else round(number, 2)
