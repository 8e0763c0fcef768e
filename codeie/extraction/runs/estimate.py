"""What a run over many documents would take, before anybody is asked."""

from __future__ import annotations

import math
import random
import statistics
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from codeie.clients import Client, Completion, Usage, sight_tokens
from codeie.display import Worded
from codeie.errors import CodeIEError, InputError
from codeie.extraction._exchange import Call, Exchange, Together
from codeie.extraction._input import read_each
from codeie.extraction._step import Step
from codeie.extraction.asking.store import AnswerStore
from codeie.extraction.runs.about import others_in
from codeie.extraction.runs.file import RunFile
from codeie.extraction.runs.states import entry_of
from codeie.extraction.runs.status import Cost, cost_from
from codeie.extraction.runs.written import FEWEST, SURE, Written, by_answers, by_style, is_answered
from codeie.tokens import counter_for
from codeie.types import Document
from codeie.wording import counted

__all__ = ["Estimate", "Interval", "estimate_of", "known_from"]

_NOTHING: Final = "[]"
_ALIKE: Final = ("class ", "style", "strategy", "chunk")
"""What has to be the same for answers to take as much."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A number that is not known, and between which two it likely is.

    Args:
        low: The lower one.
        likely: The best guess.
        high: The upper one.
    """

    low: float
    likely: float
    high: float

    def __str__(self) -> str:
        """The guess, with its bounds."""
        if self.low == self.high:
            return f"{self.likely:,.0f}"
        return f"{self.likely:,.0f} ({self.low:,.0f} to {self.high:,.0f})"


@dataclass(frozen=True, slots=True)
class Estimate(Worded):
    """What a run would take.

    Tokens that are read are counted, over a sample of the documents. What the model would write
    is not known before it does: it is guessed from the length of the texts, by ``basis``.

    Args:
        documents: How many there are to ask about.
        sampled: How many of them were looked at.
        unread: How many of these could not be read.
        calls: How many calls.
        input_tokens: How many tokens are read.
        output_tokens: How many tokens are written.
        usd: What they cost in US dollars; ``None`` if the price is not known.
        exact: Whether tokens were counted with the model's own vocabulary.
        cost: The likely cost, which says of whom the price is not known.
        basis: What tells how much answers take.
        answered: How many documents more there are, whose answers the run's file has.
    """

    documents: int
    sampled: int
    unread: int
    calls: Interval
    input_tokens: Interval
    output_tokens: Interval
    usd: Interval | None
    exact: bool
    cost: Cost
    basis: str = ""
    answered: int = 0

    def __str__(self) -> str:
        """The estimate in a few lines."""
        how = "" if self.exact else ", counted with another model's vocabulary"
        lines = [
            f"{counted(self.documents, 'document')}, {self.sampled:,} of them looked at",
            f"calls: {self.calls}",
            f"tokens read: {self.input_tokens}{how}",
            f"tokens written: {self.output_tokens}, guessed from the length of the texts",
        ]
        if self.basis:
            lines[-1] += f" by {self.basis}"
        if self.answered:
            lines[0] += f"; {self.answered:,} more are answered in the file"
        if self.usd is not None:
            bounds = f"${self.usd.low:,.2f} to ${self.usd.high:,.2f}"
            lines.append(f"cost: ${self.usd.likely:,.2f} ({bounds})")
        elif not self.cost.priced:
            lines.append('cost: prices need: pip install "codeie[prices]"')
        else:
            lines.append(f"cost: the price of {', '.join(self.cost.unknown)} is not known")
        if self.unread:
            lines.append(f"{self.unread:,} of those looked at could not be read")
        return "\n".join(lines)


@dataclass(slots=True)
class _Asked:
    """What a client is asked, if nothing is found.

    Attributes:
        calls: How many calls.
        read: Tokens of what it is sent.
        text: Tokens of the texts in it.
        length: Code points of the documents, shared out among who is asked about them.
    """

    calls: int = 0
    read: int = 0
    text: int = 0
    length: float = 0.0

    def written(self, rate: float, how: Written) -> float:
        """How many tokens it writes."""
        return rate * (self.length if how.of_documents else self.text)


@contextmanager
def known_from(
    path: str | Path | None, style: str, choices: Mapping[str, str]
) -> Iterator[tuple[Written, Callable[[Document], bool]]]:
    """How much answers take, and which documents are answered already.

    Args:
        path: A run's file, which tells both if it has enough answers; ``None`` for none.
        style: The prompt style, of which a table tells what answers take, if the file does not.
        choices: What would be asked with; see `begin_about`.

    Yields:
        The two, for as long as the file is open.

    Raises:
        InputError: If there is no such file, or its answers are to other questions.
    """
    if path is None:
        yield by_style(style), lambda _: False
        return
    name = RunFile(path).path.name
    with AnswerStore(path) as store:
        others = store.look(lambda file: others_in(file, choices))
        if wrong := [said for part, said in (others or {}).items() if part.startswith(_ALIKE)]:
            raise InputError(f"{path} does not tell what answers will take: {'; '.join(wrong)}")
        how = store.look(lambda file: by_answers(file, name))
        if isinstance(how, int):
            table, why = by_style(style), f"{name} has answers about {how:,}"
            how = replace(table, basis=f"{table.basis} ({why} documents, and {FEWEST} are needed)")
        elif others:
            how = replace(how, basis=f"{how.basis} ({'; '.join(others.values())})")
        same = others is not None and not others

        def answered(document: Document) -> bool:
            entry = entry_of(1, document)
            return same and store.look(lambda file: is_answered(file, entry))

        yield how, answered


def estimate_of(
    documents: Iterable[Any],
    extract: Callable[[Document], Exchange[Any]],
    client: Client,
    calls_at_most: Callable[[Document], int | None],
    how: Written,
    answered: Callable[[Document], bool],
    *,
    sample: int,
    seed: int,
    most_written: int | None,
) -> Estimate:
    """Estimate a run.

    Args:
        documents: What it would go through. All are read, those in the sample are looked at.
        extract: What would be asked about one document.
        client: Who would be asked, where a call names nobody.
        calls_at_most: How many calls a document takes at most, if that is known.
        how: How much answers take.
        answered: Whether a document needs no asking any more.
        sample: How many documents to look at.
        seed: Which ones.
        most_written: The most tokens of an answer, if that is bounded.

    Raises:
        InputError: If there are no documents, or ``sample`` is below 1.
    """
    if sample < 1:
        raise InputError(f"sample must be at least 1, got {sample}")
    left = _Left(answered)
    draw = random.Random(seed)  # noqa: S311 - a sample, not a secret
    total, chosen = _sampled(left.of(read_each(iter(documents))), sample, draw)
    if not total and not left.without:
        raise InputError("there are no documents to estimate a run over")
    counter = counter_for(client.name)
    clients: dict[str, _Asked] = {}
    calls, read, most = list[int](), list[int](), 0
    for document in chosen:
        asked = read_here = 0
        texts: dict[str, int] = {}
        for call in _questions_about(extract(document)) if isinstance(document, Document) else ():
            name = (call.client or client).name
            part = clients.setdefault(name, _Asked())
            tokens = sum(counter.count(message.content) for message in call.prompt.messages)
            tokens += sight_tokens(call.prompt, (call.client or client).capabilities.images)
            part.calls, part.read = part.calls + 1, part.read + tokens
            texts[name] = texts.get(name, 0) + counter.count(call.prompt.text)
            asked, read_here = asked + 1, read_here + tokens
        for name, text in texts.items():
            clients[name].text += text
            clients[name].length += len(document.text) * text / max(1, sum(texts.values()))
        calls.append(asked)
        read.append(read_here)
        if isinstance(document, Document):
            most += max(asked, calls_at_most(document) or asked)
    share, more = total / max(1, len(chosen)), most / max(1, sum(calls))
    low, likely, high = (
        cost_from(
            {
                name: (0, _usage(part, share * factor, part.written(rate, how), most_written))
                for name, part in clients.items()
            }
        )
        for factor, rate in zip(_factors(read, total, more), how.rates, strict=True)
    )
    known = low.usd is not None and likely.usd is not None and high.usd is not None
    return Estimate(
        documents=total,
        sampled=len(chosen),
        unread=sum(not isinstance(one, Document) for one in chosen),
        calls=Interval(*(sum(calls) * share * factor for factor in _factors(calls, total, more))),
        input_tokens=Interval(*(one.usage.input_tokens for one in (low, likely, high))),
        output_tokens=Interval(*(one.usage.output_tokens for one in (low, likely, high))),
        usd=Interval(low.usd or 0.0, likely.usd or 0.0, high.usd or 0.0)
        if known and not likely.unknown
        else None,
        exact=counter.exact,
        cost=likely,
        basis=how.basis,
        answered=left.without,
    )


class _Left:
    """The documents that are to be asked about.

    Args:
        answered: Whether one is not.

    Attributes:
        without: How many were not.
    """

    def __init__(self, answered: Callable[[Document], bool]) -> None:
        self.without = 0
        self._answered = answered

    def of(self, documents: Iterable[Any]) -> Iterator[Any]:
        """Those of the documents, in order; what could not be read is among them."""
        for document in documents:
            if isinstance(document, Document) and self._answered(document):
                self.without += 1
            else:
                yield document


def _sampled(documents: Iterator[Any], size: int, draw: random.Random) -> tuple[int, list[Any]]:
    """How many documents there are, and some of them, each as likely as any other."""
    chosen: list[Any] = []
    total = 0
    for total, document in enumerate(documents, 1):
        if len(chosen) < size:
            chosen.append(document)
        elif (place := draw.randrange(total)) < size:
            chosen[place] = document
    return total, chosen


def _questions(exchange: Exchange[Any]) -> Generator[Call, None, Any]:
    """What would be asked, if every answer were that there is nothing."""
    said: Any = None
    try:
        while True:
            try:
                asked = exchange.send(said)
            except StopIteration as end:
                return end.value
            if isinstance(asked, Together):
                said = []
                for part in asked.exchanges:
                    result = yield from _questions(part)
                    said.append(result)
            else:
                yield asked
                said = Step(asked.prompt, Completion(_NOTHING), asked.role)
    finally:
        exchange.close()


def _questions_about(exchange: Exchange[Any]) -> Iterator[Call]:
    with suppress(CodeIEError):  # what cannot be asked costs nothing more
        yield from _questions(exchange)


def _usage(part: _Asked, scale: float, written: float, most_written: int | None) -> Usage:
    if most_written is not None:
        written = min(written, part.calls * most_written)
    return Usage(round(part.read * scale), round(written * scale))


def _factors(sampled: Sequence[int], total: int, more: float) -> tuple[float, float, float]:
    """What to multiply a guess by for its lower bound, itself and its upper bound."""
    count, mean = len(sampled), statistics.fmean(sampled or [0])
    if count < 2 or not mean:
        error = 0.0 if count == total else 1.0
    else:
        seen = math.sqrt(1 - count / total)
        error = SURE * statistics.stdev(sampled) / math.sqrt(count) / mean * seen
    return max(0.0, 1 - error), 1.0, (1 + error) * more
