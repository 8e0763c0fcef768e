"""How fast a run asks and what it may come to, on a clock that jumps to the next event."""

from __future__ import annotations

import asyncio
import math
import selectors
from collections import Counter
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar

import pytest
from clients.stub_server import Reply, StubServer, chat, error, message

from codeie import Completion, Entity, Extraction, Extractor, Outcome, Prompt, Settings, Usage
from codeie.clients import AnthropicClient, Capabilities, OpenAIClient, cost_of, run_sync
from codeie.errors import BudgetSpent, CodeIEError, InputError, ProviderUnavailable, RateLimited
from codeie.extraction import Limits
from codeie.extraction.asking.pace import Pace
from codeie.extraction.asking.store import AnswerStore

pytest.importorskip("aiolimiter")

R = TypeVar("R")


class Jumping(selectors.DefaultSelector):
    """A selector that waits for nothing: the time it would have waited for has passed."""

    now = 0.0

    def select(self, timeout: float | None = None) -> list[Any]:
        """Look, and let the time pass."""
        found = super().select(0)
        self.now += 1e-7 + (0 if found else timeout or 0)  # as any clock, it goes on by itself
        return found


def on_a_jumping_clock(main: Callable[[], Coroutine[Any, Any, R]]) -> R:
    """Run a program whose waits cost no time."""
    selector = Jumping()
    loop = asyncio.SelectorEventLoop(selector)
    loop.time = lambda: selector.now  # type: ignore[method-assign]
    try:
        return loop.run_until_complete(main())
    finally:
        loop.close()


@dataclass
class Person(Entity):
    """A human being called by name."""

    name: str


class Timed:
    """A model that notes when it was asked, and fails as told.

    Args:
        fails: Says what to raise for the number of a call, if anything.
        takes: Seconds an answer takes.
    """

    name = "openai/gpt-5"
    capabilities = Capabilities(layouts=("conversation",))

    def __init__(
        self, fails: Callable[[int], Exception | None] = lambda _: None, takes: float = 0.5
    ) -> None:
        self.fails = fails
        self.takes = takes
        self.asked: list[float] = []

    async def complete(self, prompt: Prompt, settings: Settings = Settings()) -> Completion:  # noqa: ARG002
        """Answer, or fail."""
        number = len(self.asked)
        self.asked.append(asyncio.get_running_loop().time())
        await asyncio.sleep(self.takes)
        error = self.fails(number)
        if error is not None:
            raise error
        return Completion("[]", usage=Usage(900, 100))


def ran(
    client: Timed, documents: int, **options: Any
) -> tuple[list[Extraction[Person]], CodeIEError | None]:
    """The results of a run, and what ended it."""
    extractor = Extractor([Person], model=client)

    async def main() -> tuple[list[Extraction[Person]], CodeIEError | None]:
        results = []
        try:
            async for one in extractor.aextract_many(map(str, range(documents)), **options):
                results.append(one)  # noqa: PERF401 - what came before an error counts
        except CodeIEError as error:
            return results, error
        return results, None

    return on_a_jumping_clock(main)


def paced(client: Timed, calls: int, pace: Pace) -> list[Completion | BaseException]:
    """What calls come to that are all there at once."""
    prompt = Extractor([Person], model=client).prompt("x")

    async def main() -> list[Completion | BaseException]:
        asked = (
            pace.call(prompt, lambda: client.complete(prompt), lambda: None) for _ in range(calls)
        )
        return await asyncio.gather(*asked, return_exceptions=True)

    return on_a_jumping_clock(main)


def most_in_a_minute(times: list[float]) -> int:
    """The most calls in any sixty seconds."""
    return max(sum(start <= time < start + 60 for time in times) for start in times)


@pytest.mark.parametrize("limit", [1, 7, 120])
def test_no_minute_has_more_requests_than_allowed(limit: int) -> None:
    """In no sixty seconds are there more calls than said, and hardly fewer once it runs."""
    client = Timed()
    documents = 3 * limit
    paced(client, documents, Pace(100, Limits(requests_per_minute=limit)))
    assert documents == len(client.asked)
    assert most_in_a_minute(client.asked) <= limit
    assert client.asked[-1] <= 60 * documents / limit * (2 if limit < 7 else 1.2)


def test_tokens_a_minute_are_kept_by_what_calls_come_to() -> None:
    """What a call was not counted with beforehand is made up for with the next ones."""
    client = Timed()
    paced(client, 60, Pace(4, Limits(tokens_per_minute=10_000)))
    minutes = client.asked[-1] / 60
    # Those that were under way at first could not be known to come to more.
    assert (60_000 - 4 * 1_000 - 170) / 10_000 <= minutes <= 6.2


def test_who_is_told_to_come_back_does_so_with_the_whole_run() -> None:
    """Nothing is asked before the time a provider names, by no document, and nothing fails."""
    busy = RateLimited("slow down", status_code=429, retryable=True, retry_after=30.0)
    client = Timed(lambda number: busy if number == 5 else None)
    results, ended = ran(client, 40, concurrency=4)
    assert (40, None) == (len(results), ended)
    assert all(one.error is None for one in results)
    told = client.asked[5] + 0.5
    later = [time for time in client.asked if time > told]
    assert min(later) >= told + 30
    assert 41 == len(client.asked)


def test_who_is_told_for_ever_fails() -> None:
    """A call is not made again without end, nor for a wait of an hour."""
    for seconds, calls in ((1.0, 5), (3600.0, 1)):
        busy = RateLimited("no", status_code=429, retryable=True, retry_after=seconds)
        client = Timed(lambda _, busy=busy: busy)  # type: ignore[misc]
        results, ended = ran(client, 1)
        assert (busy, None, calls) == (results[0].error, ended, len(client.asked))


@pytest.mark.parametrize("status", [429, 503, 529])
def test_fewer_are_under_way_after_a_refusal_and_more_with_time(status: int) -> None:
    """Half as many after the provider has had enough, and step by step as many as before."""
    kind = RateLimited if status == 429 else ProviderUnavailable
    busy = kind("slow down", status_code=status, retryable=True)
    client = Timed(lambda number: busy if number in range(32, 40) else None)
    results = paced(client, 600, Pace(32))
    assert 8 == sum(one is busy for one in results)
    waves = list(Counter(round(time, 1) for time in client.asked).values())
    assert [32, 32, 17] == waves[:3]  # once, not once for each of the eight
    assert all(0 <= more - one <= 2 for one, more in pairwise(waves[2:-1]))
    assert 32 == max(waves[3:])


def test_a_call_that_is_cancelled_leaves_its_turn() -> None:
    """Whoever waits behind it gets the turn, whether it had come or not."""

    async def main() -> list[str]:
        pace, done = Pace(1), list[str]()
        prompt = Extractor([Person], model=Timed()).prompt("x")

        async def ask(name: str) -> None:
            async def answered() -> Completion:
                await asyncio.sleep(1)
                return Completion(name)

            done.append((await pace.call(prompt, answered, lambda: None)).text)

        tasks = [asyncio.create_task(ask(str(number))) for number in range(5)]
        await asyncio.sleep(0.5)
        tasks[1].cancel()
        await asyncio.sleep(0.5)
        tasks[2].cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        return done

    done = on_a_jumping_clock(main)
    assert ["0", "3", "4"] == [name for name in done if name != "2"]


def test_a_real_provider_that_says_when_is_asked_again() -> None:
    """Through the SDK and a socket: what was refused with a time to come back is answered then."""
    server = StubServer()
    again = Reply(error("slow down"), 429, headers={"Retry-After": "0"})
    server.will(again, again, chat("[]", prompt_tokens=9), Reply(error("slow down"), 429))
    client = OpenAIClient("stub", base_url=f"{server.url}/v1", api_key="k", max_retries=0)
    try:
        first, second = Extractor([Person], model=client).extract_many(["Ada", "Bo"], concurrency=1)
    finally:
        run_sync(client.aclose())
        server.close()
    assert (Outcome.EMPTY, None) == (first.outcome, first.error)
    assert isinstance(second.error, RateLimited)
    assert second.error.retry_after is None
    assert 4 == len(server.received)


@pytest.mark.parametrize("aio", [True, False])
@pytest.mark.parametrize("make", [OpenAIClient, AnthropicClient])
def test_the_run_hears_of_a_refusal_that_the_sdk_makes_good(
    make: Callable[..., Any],
    aio: bool,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """At once, through either transport: all others wait too, and half as many are under way."""
    module = "codeie.clients._openai" if make is OpenAIClient else "codeie.clients._anthropic"
    if not aio:
        monkeypatch.setattr(f"{module}.http_client", lambda _sdk: None)
    server = StubServer()
    said = chat("[]") if make is OpenAIClient else message("[]")
    server.will(Reply(error("slow down"), 429, headers={"Retry-After": "0"}), said)
    client = make("stub", base_url=f"{server.url}/v1", api_key="k", max_retries=2)
    pace = Pace(8)
    prompt = Extractor([Person], model=client).prompt("Ada")

    async def main() -> Completion:
        return await pace.call(prompt, lambda: client.complete(prompt), lambda: None)

    try:
        assert "[]" == run_sync(main()).text
    finally:
        run_sync(client.aclose())
        server.close()
    assert 2 == len(server.received)
    assert 4 < pace.allowed < 5
    assert "the provider has too much to do; waiting 0 s" in caplog.messages


# Budgets.


def test_a_run_ends_when_its_tokens_are_spent(tmp_path: Path) -> None:
    """No more is asked, what was under way is given and kept, and the error says how many."""
    client = Timed()
    path = tmp_path / "a.db"
    results, ended = ran(client, 100, concurrency=4, run=path, limits=Limits(max_tokens=10_000))
    assert isinstance(ended, BudgetSpent)
    assert "max_tokens is 10,000" in str(ended)
    assert 10 <= len(client.asked) == len(results) <= 13
    assert all(one.error is None for one in results)
    with AnswerStore(path) as store:
        assert len(results) == len(store)
    # What is kept costs nothing: the next run goes on from there.
    more, _ = ran(client, 100, concurrency=4, run=path, limits=Limits(max_tokens=10_000))
    assert 10 <= len(more) - len(results) <= 13


def test_a_run_ends_when_its_money_is_spent() -> None:
    """Money is counted by the prices of the model that is asked."""
    pytest.importorskip("genai_prices")
    each = cost_of(Usage(900, 100), "openai/gpt-5")
    assert each is not None
    client = Timed()
    results, ended = ran(client, 100, concurrency=1, limits=Limits(max_cost=each * 5.5))
    assert 6 == len(results) == len(client.asked)
    assert isinstance(ended, BudgetSpent)
    assert "max_cost is $" in str(ended)


def test_a_model_without_a_price_is_refused_where_money_is_bounded() -> None:
    """It is said before anything is asked, not after everything was spent."""

    class Unpriced(Timed):
        name = "openai@localhost:8000/mine"

    client = Unpriced()
    results, ended = ran(client, 3, limits=Limits(max_cost=1.0))
    assert ([], []) == (results, client.asked)
    assert isinstance(ended, InputError)
    assert "that of openai@localhost:8000/mine is not known" in str(ended)
    assert cost_of(Usage(1, 1), "mine/model") is None


@pytest.mark.parametrize("most", [0, 3])
def test_a_run_ends_when_too_many_documents_fail(most: int) -> None:
    """As many as may fail do so, with their errors; the next one ends the run."""
    broken = ProviderUnavailable("down", status_code=500)
    client = Timed(lambda number: broken if number % 2 else None)
    results, ended = ran(client, 100, concurrency=1, limits=Limits(max_failures=most))
    assert most + 1 == sum(one.outcome is Outcome.FAILED for one in results)
    assert 2 * (most + 1) == len(results) == len(client.asked)
    assert isinstance(ended, BudgetSpent)
    assert broken is ended.__cause__
    assert f"max_failures is {most}" in str(ended)


@pytest.mark.parametrize(
    "bounds",
    [
        {"requests_per_minute": 0},
        {"tokens_per_minute": math.nan},
        {"max_tokens": -1},
        {"max_cost": "1"},
        {"max_failures": -1},
    ],
)
def test_a_bound_that_is_none_is_refused(bounds: dict[str, Any]) -> None:
    """Its name and what was given are said."""
    with pytest.raises(InputError, match=f"{next(iter(bounds))} must be at least"):
        Limits(**bounds)


def test_without_limits_nothing_is_waited_for() -> None:
    """A run that nobody bounds takes no longer than its calls."""
    client = Timed()
    results, ended = ran(client, 64, concurrency=16)
    assert (64, None) == (len(results), ended)
    assert {0.0, 0.5, 1.0, 1.5} == {round(time, 2) for time in client.asked}
