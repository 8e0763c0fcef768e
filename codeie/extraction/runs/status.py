"""Where a run stands, and what it has cost: values for people and programs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from codeie.clients import Usage, cost_of
from codeie.display import Cell, Viewable, Worded, note_html, table_html, table_text, visible
from codeie.errors import MissingExtra
from codeie.parsing import Outcome
from codeie.wording import counted

if TYPE_CHECKING:
    from rich.console import RenderableType

__all__ = ["Cost", "Status", "cost_from"]


@dataclass(frozen=True, slots=True)
class Cost(Worded):
    """What the answers of a run's file cost when they were asked for.

    Calls that failed are not in it, since no provider says what they cost.

    Args:
        usage: The tokens.
        calls: How many answers were paid for.
        usd: What they cost in US dollars, as far as prices are known; ``None`` if no price is.
        unknown: The clients whose price is not known.
        priced: Whether prices could be looked up at all, for which genai-prices is needed.
    """

    usage: Usage = Usage()
    calls: int = 0
    usd: float | None = None
    unknown: tuple[str, ...] = ()
    priced: bool = True

    def __str__(self) -> str:
        """The cost as people say it, and what of it is not known."""
        said = f"{counted(self.calls, 'call')}, {self.usage.input_tokens:,} tokens read, "
        said += f"{self.usage.output_tokens:,} written"
        if self.usage.estimated:
            said += " (estimated)"
        if not self.calls:
            return said
        if self.usd is not None:
            said += f", ${self.usd:,.4f}"
        if not self.priced:
            return f'{said}; prices need: pip install "codeie[prices]"'
        if self.unknown:
            said += f"; the price of {', '.join(self.unknown)} is not known"
        return said


def cost_from(spent: Mapping[str, tuple[int, Usage]]) -> Cost:
    """The cost of what each client was asked.

    Args:
        spent: Calls and tokens, by the client's name.
    """
    usd: float | None = None
    unknown: list[str] = []
    priced = True
    for name, (_, usage) in spent.items():
        try:
            price = cost_of(usage, name)
        except MissingExtra:
            price, priced = None, False
        if price is None:
            unknown.append(name)
        else:
            usd = (usd or 0.0) + price
    return Cost(
        usage=sum((usage for _, usage in spent.values()), Usage()),
        calls=sum(calls for calls, _ in spent.values()),
        usd=usd,
        unknown=tuple(unknown),
        priced=priced,
    )


@dataclass(frozen=True, slots=True)
class Status(Viewable):
    """Where a run stands, by its file.

    Args:
        path: The file.
        total: How many documents the input has; ``None`` if it was not gone through yet and does
            not say.
        outcomes: How many documents came to what, by outcome: ``"items"``, ``"empty"`` and
            ``"unparsed"``.
        failed: How many have no answer.
        under_way: How many are being asked about now.
        items: How many instances were found.
        processes: How many sessions are at work.
        cost: What was paid.
    """

    path: str
    total: int | None = None
    outcomes: Mapping[str, int] = field(default_factory=dict)
    failed: int = 0
    under_way: int = 0
    items: int = 0
    processes: int = 0
    cost: Cost = Cost()

    @property
    def done(self) -> int:
        """How many documents have an answer."""
        return sum(self.outcomes.values())

    @property
    def left(self) -> int | None:
        """How many documents were not come to yet; ``None`` if that is not known."""
        return None if self.total is None else max(0, self.total - self.done - self.failed)

    def __str__(self) -> str:
        """The status in a few lines."""
        of = "" if self.total is None else f" of {self.total:,}"
        lines = [f"{self.path}: {self.done:,}{of} documents answered, {self.failed:,} failed"]
        if self.left:
            lines[0] += f", {self.left:,} left"
        found = f"{counted(self.items, 'item')}"
        for outcome, what in (("empty", "found nothing"), ("unparsed", "could not be read")):
            if self.outcomes.get(outcome):
                found += f"; {self.outcomes[outcome]:,} answers {what}"
        lines.append(found)
        if self.processes:
            lines.append(f"{self.under_way:,} under way in {counted(self.processes, 'session')}")
        lines.append(str(self.cost))
        return "\n".join(lines)

    def _states(self) -> list[tuple[Cell, ...]]:
        others = {
            "failed": self.failed,
            "under way": self.under_way,
            "left": max(0, (self.left or 0) - self.under_way),
        }
        return [
            *(
                (said, self.outcomes[name])
                for name, said in _STATES.items()
                if name in self.outcomes
            ),
            *((name, count) for name, count in others.items() if count),
        ]

    def _about(self) -> tuple[str, str]:
        """What stands above the states, and what below them."""
        of = "" if self.total is None else f" of {self.total:,}"
        at_work = (
            f"; {counted(self.processes, 'session is', 'sessions are')} at work"
            if self.processes
            else ""
        )
        return (
            f"{self.path}: {self.done:,}{of} documents answered, {counted(self.items, 'item')}",
            f"{self.cost}{at_work}",
        )

    def __rich__(self) -> RenderableType:
        from rich.console import Group
        from rich.text import Text

        above, below = self._about()
        table = table_text(_HEADERS, self._states(), caption=above)
        return Group(table, Text(visible(below), style="dim"))

    def _repr_html_(self) -> str:
        above, below = self._about()
        return table_html(_HEADERS, self._states(), caption=above) + note_html(below)


_HEADERS = ("state", "documents")
_STATES = {
    Outcome.ITEMS.value: "answered, with items",
    Outcome.EMPTY.value: "answered: nothing found",
    Outcome.UNPARSED.value: "answered, but not readable",
}
