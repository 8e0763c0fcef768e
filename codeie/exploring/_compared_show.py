"""Compared systems for people: a table, and below it what each says that another does not."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from codeie.display import (
    Cell,
    details_html,
    note_html,
    table_html,
    table_text,
    together_html,
    visible,
)
from codeie.evaluation import Verdict
from codeie.exploring._compare import Compared, ComparedRow
from codeie.wording import counted

if TYPE_CHECKING:
    from rich.console import RenderableType

__all__ = ["compared_html", "compared_text"]

_TEXTS = 20  # texts of one system that are laid beside each other
_LINES = 20  # differences of one system that a terminal lists
_QUOTED = 60  # code points of a text in these

# Few and narrow columns, for terminals are; `Compared.rows` has the others.
_HEADERS = (
    *("system", "tokens", "items", "agreed", "missed", "invented", "class", "edge"),
    *("unparsed", "failed"),
)


def compared_html(compared: Compared) -> str:
    """The table, then for each system the texts about which it says something else."""
    about, *problems = _notes(compared)
    parts = [
        table_html(_HEADERS, map(_cells, compared.rows)),
        note_html(about),
        *(note_html(problem, problem=True) for problem in problems),
    ]
    for name, found in compared.extractions.items():
        if name == compared.against:
            parts.append(details_html(f"{name}: what it found", found._repr_html_()))
        elif compared.against in compared.extractions:
            shown = list(islice(compared.differing(name), _TEXTS))
            sides = "".join(
                note_html(f"Text {number + 1}") + both._repr_html_() for number, both in shown
            )
            heading = f"{name}: where it differs from {compared.against}"
            parts.append(details_html(heading, sides or note_html("Nowhere.")))
    return together_html(parts)


def compared_text(compared: Compared) -> RenderableType:
    """The table, then a line for each difference."""
    from rich.console import Group
    from rich.text import Text

    about, *problems = _notes(compared)
    lists: list[RenderableType] = []
    for name in compared.extractions:
        if name != compared.against and compared.against in compared.extractions:
            every = (
                (number + 1, one.label, _short(one.quoted(both.text)))
                for number, both in compared.differing(name)
                for one in both.differing
            )
            lines = list(islice(every, _LINES))
            if lines:
                caption = f"{name}, other than {compared.against}"
                lists.append(table_text(("text", "difference", "where"), lines, caption=caption))
    return Group(
        table_text(_HEADERS, map(_cells, compared.rows)),
        Text(visible(about), style="dim"),
        *(Text(visible(problem), style="bold #d55e00") for problem in problems),
        *lists,
    )


def _cells(row: ComparedRow) -> tuple[Cell, ...]:
    verdicts: list[Cell] = [
        None if row.verdicts is None else row.verdicts.get(verdict, 0) for verdict in Verdict
    ]
    tokens = f"{row.tokens_read:,}/{row.tokens_written:,}"
    return (row.name, tokens, row.items, *verdicts, row.unparsed, row.failed)


def _notes(compared: Compared) -> list[str]:
    """What the table is about, then a line for each system of which there is nothing."""
    about = "Nothing was found out."
    if compared.extractions:
        texts = len(next(iter(compared.extractions.values())))
        here = any(row.counted for row in compared.rows)
        about = (
            f"Of {counted(texts, 'text')}: tokens of all prompts and answers"
            f"{' (counted here where a model does not tell)' if here else ''}, and how items differ "
            f"from those of {compared.against}: missed, invented, of another class at the same "
            "place, with another edge."
        )
    left = f"Interrupted before: {', '.join(compared.left)}" if compared.left else ""
    return [
        about,
        *(
            " ".join([f"{name}: {type(error).__name__}: {error}", *getattr(error, "__notes__", ())])
            for name, error in compared.failures.items()
        ),
        *filter(None, [left]),
    ]


def _short(text: str) -> str:
    return text if len(text) <= _QUOTED else f"{text[: _QUOTED - 1]}…"
