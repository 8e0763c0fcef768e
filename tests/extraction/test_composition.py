"""Any two strategies in each other, with chunks, with a run's file, in sync and async code."""

from __future__ import annotations

import asyncio
import itertools
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from codeie import (
    Cascade,
    Completion,
    Continue,
    Decompose,
    Ensemble,
    Entail,
    Entity,
    Extraction,
    Extractor,
    Passes,
    Prompt,
    Reask,
    Relation,
    Settings,
    StopReason,
    TwoStage,
    Usage,
    Verify,
    Vote,
)
from codeie.errors import RateLimited
from codeie.parsing import Outcome
from codeie.testing import ScriptedClient


@dataclass
class Person(Entity):
    """A human being with a name."""

    name: str


@dataclass
class Ship(Entity):
    """A vessel with a name."""

    name: str


@dataclass
class Commands(Relation):
    """A person is captain of a ship."""

    head: Person
    tail: Ship


NAMES = {"Ada": Person, "Ida": Person, "Tern": Ship, "Elbe": Ship}
TEXT = "Ada commands the Tern. Ida saw the Elbe."
LONG = f"{'Ada commands the Tern. ' * 9}\n\n{'Ida saw the Elbe off Skagen. ' * 8}"


class Erratic(ScriptedClient):
    """Answers in whatever form it is asked: often right, in turn with some damage of each kind."""

    def __init__(self, fails_at: int = -1) -> None:
        super().__init__(self.answer, name="erratic")
        self.fails_at = fails_at
        self.times: Counter[Prompt] = Counter()
        self.given = 0
        self._guard = threading.Lock()

    def answer(self, prompt: Prompt) -> Completion:
        """The next answer."""
        with self._guard:
            self.given += 1
            number = self.given
        if number == self.fails_at:
            raise RateLimited("later")
        text, reason = self._said(prompt, number)
        return Completion(text, reason, usage=Usage(100, 10))

    def _said(self, prompt: Prompt, number: int) -> tuple[str, StopReason]:
        if prompt.style in ("verify", "verify-all"):
            lines = [f"{n}. {'False' if n == 2 else 'True'}" for n in range(1, 9)]
            verdict = "no" if '"Ida"' in prompt.question else "yes"
            return "\n".join(lines) if prompt.style == "verify-all" else verdict, StopReason.END
        if prompt.style == "entail":
            return ("neutral" if number % 2 else "entailment"), StopReason.END
        if prompt.style == "types":
            return "1. Person\n2. Ship\n3. Person", StopReason.END
        wanted = {spec.name: spec.cls for spec in prompt.schema.classes}
        if "Untyped" in wanted:
            found = [wanted["Untyped"](name) for name in NAMES if name in prompt.text]
        else:
            found = [
                cls(name)
                for name, cls in NAMES.items()
                if name in prompt.text and cls in wanted.values()
            ]
            if Commands in wanted.values() and "commands" in prompt.text:
                found.append(Commands(Person("Ada"), Ship("Tern")))
        if Ship in wanted.values() and number % 3 == 0:
            found.append(Ship("Nautilus"))
        answer = prompt.syntax.write(found, prompt.schema)
        if number % 4 == 0 and prompt.syntax.name == "calls":
            return answer.rstrip("]\n")[:-4], StopReason.LENGTH
        return answer, StopReason.END


SINGLE: dict[str, Callable[[Any], Any]] = {
    "vote": lambda of: Vote(3, of=of),
    "ensemble": lambda of: Ensemble(["code4uie", "json"], of=of),
    "union": lambda of: Ensemble(["code4uie", "chatie"], merge="union", of=of),
    "passes": lambda of: Passes(3, of=of),
    "verify": lambda of: Verify(of),
    "entail": lambda of: Entail(of),
    "batch": lambda of: Verify(of, batch=True, reasons=True),
    "reask": lambda of: Reask(2, of=of),
    "continue": lambda of: Continue(2, of=of),
    "types": lambda of: TwoStage("types", of=of),
    "spans": lambda of: TwoStage("spans", of=of),
    "decompose": lambda of: Decompose(of=of),
    "cascade": lambda of: Cascade(Erratic(), of=of),
}
CLASSES = [Person, Ship, Commands]


def check(extraction: Extraction[Any], text: str, calls: int | None) -> None:
    """What must hold of every result."""
    steps = extraction.steps
    assert len({id(step) for step in steps}) == len(steps)
    assert calls is None or len(steps) <= calls
    assert all(step.role for step in steps)
    cost = Usage()
    for step in steps:
        cost += step.completion.usage
    assert cost == extraction.usage + extraction.kept_usage
    for item in (*extraction.items, *extraction.dropped):
        for mention in item.mentions:
            assert mention.span is None or mention.span.end <= len(text)
            if mention.match == "exact" and mention.span is not None:
                assert mention.span.of(text) == mention.string
        assert item.confidence is None or 0 < item.confidence <= 1
    assert (extraction.outcome is Outcome.ITEMS) == bool(extraction.items)
    # Nothing that an answer says disappears: it is in the result, or there is a word about it.
    said = " ".join(one.message for one in extraction.diagnostics)
    there = {repr(item.value) for item in (*extraction.items, *extraction.dropped)}
    for step in steps:
        if step.prompt.syntax.name not in ("prose", "class-names"):
            for value in step.read().instances:
                name = getattr(value, "name", getattr(value, "text", ""))
                assert repr(value) in there or name in repr(there) or name in said
    extraction.to_json()
    extraction._repr_html_()


@pytest.mark.parametrize("outer", SINGLE)
@pytest.mark.parametrize("inner", ["", *SINGLE])
def test_any_two_strategies_compose(outer: str, inner: str) -> None:
    """Nothing is lost in silence, steps are calls within the bound, and usage adds up."""
    strategy = SINGLE[outer](SINGLE[inner](None) if inner else None)
    client = Erratic()
    extractor = Extractor(CLASSES, model=client, style="code4uie", strategy=strategy)
    most = extractor.calls_at_most(TEXT)
    (first,) = extractor.extract_many([TEXT], concurrency=1)
    assert first.error is None
    check(first, TEXT, most)
    if "cascade" not in (outer, inner):  # whose dearer model counts its calls itself
        assert client.given == len(first.steps)


@pytest.mark.parametrize("outer", SINGLE)
def test_a_repeated_run_costs_nothing(outer: str, tmp_path: Path) -> None:
    """Each answer is kept by itself, those of votes as well."""
    first, again = (
        next(
            Extractor(
                CLASSES, model=client, style="code4uie", strategy=SINGLE[outer](Vote(2))
            ).extract_many([TEXT], run=tmp_path / "run.db", concurrency=1)
        )
        for client in (Erratic(), Erratic(fails_at=1))
    )
    assert (first.items, first.dropped) == (again.items, again.dropped)
    assert (Usage(), first.usage + first.kept_usage) == (again.usage, again.kept_usage)
    assert [step.role for step in first.steps] == [step.role for step in again.steps]


@pytest.mark.parametrize("outer", SINGLE)
def test_strategies_work_with_chunks_in_both_kinds_of_code(outer: str) -> None:
    """Each chunk is asked about by the strategy; async code gives the same as sync code."""

    def make() -> Extractor[Any]:
        strategy = SINGLE[outer](None)
        return Extractor(CLASSES, model=Erratic(), style="code4uie", strategy=strategy, chunk=230)

    extractor = make()
    (first,) = extractor.extract_many([LONG], concurrency=1)
    check(first, LONG, extractor.calls_at_most(LONG))

    async def held() -> list[Extraction[Any]]:
        return [one async for one in make().aextract_many([LONG], concurrency=1)]

    (other,) = asyncio.run(held())
    assert first.items == other.items
    assert [step.role for step in first.steps] == [step.role for step in other.steps]


@pytest.mark.parametrize("fails_at", [1, 2])
@pytest.mark.parametrize("outer", SINGLE)
def test_a_failing_call_is_told_or_is_the_failure(outer: str, fails_at: int) -> None:
    """Whichever call fails: the result says so, or there is none."""
    client = Erratic(fails_at)
    extractor = Extractor(CLASSES, model=client, style="code4uie", strategy=SINGLE[outer](None))
    (found,) = extractor.extract_many([TEXT], concurrency=1)
    if found.error is not None:
        assert "later" in str(found.error)
    elif client.given >= fails_at:
        assert any("later" in one.message for one in found.diagnostics)
        check(found, TEXT, extractor.calls_at_most(TEXT))


def test_all_orders_of_three_run() -> None:
    """Depth is no matter; votes over votes are answers of their own."""
    for order in itertools.permutations(("vote", "reask", "types")):
        strategy = [SINGLE[name](None) for name in order]
        extractor = Extractor(
            CLASSES, model=Erratic(), strategy=strategy, settings=Settings(max_tokens=99)
        )
        check(extractor(TEXT), TEXT, extractor.calls_at_most(TEXT))


@pytest.mark.parametrize("outer", SINGLE)
def test_an_empty_text_asks_nobody(outer: str) -> None:
    """It is said once, whatever the strategy."""
    client = Erratic()
    found = Extractor(CLASSES, model=client, strategy=SINGLE[outer](SINGLE["vote"](None)))(" ")
    assert (0, 1, Outcome.EMPTY) == (client.given, len(found.diagnostics), found.outcome)
