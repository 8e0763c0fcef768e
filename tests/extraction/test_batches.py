"""Runs through providers' batches, by the real SDKs: nothing lost, nothing paid twice."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from clients.stub_batches import AnthropicProvider, BatchProvider, Fate, OpenAIProvider
from clients.stub_server import Reply, StubServer, error

from codeie import Document, Entity, Extractor, Settings
from codeie.clients import AnthropicClient, OpenAIClient, Usage, cost_of, run_sync
from codeie.errors import InputError, ProviderUnavailable, RateLimited, RequestRejected
from codeie.extraction import BatchRun, Passes
from codeie.extraction.asking.store import AnswerStore
from codeie.testing import ScriptedClient

APIS = ("chat", "responses", "anthropic")


@dataclass
class Ship(Entity):
    name: str


DOCUMENTS = [Document(f"The Tern{number} left Skagen.", f"d{number}") for number in range(5)]


def answer(body: Any) -> str:
    """What the model finds: the ship of the last text that it is asked about."""
    asked = str(body.get("messages") or body.get("input"))
    name = asked[asked.index("Tern") :].split()[0]
    return f'add("{name}", Ship)'


class Place:
    """A provider on a server, and runs at it, each as a process of its own would begin one."""

    def __init__(self, api: str, path: Path) -> None:
        self.api = api
        self.path = path / "run.db"
        make = AnthropicProvider if api == "anthropic" else OpenAIProvider
        self.provider: BatchProvider = make(answer)
        self.server = StubServer(self.provider)

    @cached_property
    def client(self) -> OpenAIClient | AnthropicClient:
        """A client of the provider."""
        if self.api == "anthropic":
            return AnthropicClient("stub", base_url=self.server.url, max_retries=0)
        api: Any = self.api
        return OpenAIClient("stub", api=api, base_url=f"{self.server.url}/v1", max_retries=0)

    def close(self) -> None:
        """Leave nothing open."""
        run_sync(self.client.aclose())
        self.server.close()

    def run(self, documents: Any = DOCUMENTS, **options: Any) -> BatchRun[Ship]:
        """A run, begun anew over the same file."""
        return Extractor([Ship], model=self.client, **options).batch(documents, self.path)

    def found(self, **options: Any) -> list[list[Ship]]:
        """What was found, document by document."""
        return [extraction.instances for extraction in self.run(**options)]


@pytest.fixture(params=APIS)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """A provider of each kind."""
    made = Place(request.param, tmp_path)
    with closing(made):
        yield made


SHIPS = [[Ship(f"Tern{number}")] for number in range(5)]


def test_a_run_through_batches(place: Place) -> None:
    """Sent, waited for and collected, each by a process of its own; then it is all in the file."""
    status = place.run().submit()
    assert (status.under_way, status.open, status.done) == (5, 0, False)
    assert len(place.provider.batches) == 1
    waiting = place.run().collect()
    assert waiting.batches == ((place.provider.batches[0].id, "in_progress"),)
    left = [str(each.error) for each in place.run()]
    assert left == ["1 of its questions have no answer yet"] * 5
    place.provider.end()
    assert place.run().collect().done
    assert place.found() == SHIPS
    assert list(place.provider.paid.values()) == [1] * 5
    status = place.run().status
    assert (status.under_way, status.open, status.failed) == (0, 0, 0)
    assert status.cost.usage == Usage(450, 40)
    whole = Extractor([Ship], model=place.client).run(DOCUMENTS, place.path)
    assert [each.instances for each in whole] == SHIPS
    assert whole.cost.calls == 5


def test_what_is_sent_is_what_is_asked_else(place: Place) -> None:
    """The body of each request is that of a single one, without what is about its sending."""
    settings = Settings(temperature=0.5, max_tokens=99, timeout=3.0)
    place.run(settings=settings).submit()
    (body, *_) = place.provider.batches[0].requests.values()
    assert body["model"] == "stub"
    assert body["temperature"] == 0.5
    assert 99 in (body.get("max_tokens"), body.get("max_output_tokens"))
    assert not body.keys() & {"stream", "timeout", "extra_body"}


def test_nothing_is_sent_twice(place: Place) -> None:
    """Not while it is under way, not when it is answered, not for two documents that are equal."""
    twice = [*DOCUMENTS, Document(DOCUMENTS[0].text, "other")]
    for _ in range(2):
        place.run(twice).submit()
    place.provider.end()
    place.run(twice).collect()
    place.run(twice).submit()
    assert sum(len(each.requests) for each in place.provider.batches) == 5
    assert [each.instances for each in place.run(twice)] == [*SHIPS, SHIPS[0]]


@pytest.mark.parametrize("fate", ["expired", "overloaded", "lost"])
def test_what_was_not_answered_is_sent_again(place: Place, fate: Fate) -> None:
    """Three times at most; the others are not paid again."""

    def some(body: Any) -> Fate:
        return fate if "Tern3" in json.dumps(body) else "answered"

    for sent in (5, 1, 1):
        assert place.run().submit().under_way == sent
        place.provider.end(some)
        assert place.run().collect().failed == 1
    assert place.run().submit().under_way == 0
    *_, extraction, last = place.run()
    assert isinstance(extraction.error, ProviderUnavailable)
    assert last.instances == SHIPS[4]
    assert list(place.provider.paid.values()) == [1] * 4


def test_what_expired_is_answered_later(place: Place) -> None:
    """A request that failed and was then answered is a failure no more."""
    place.run().submit()
    place.provider.end(lambda body: "expired" if "Tern1" in json.dumps(body) else "answered")
    place.run().collect()
    place.run().submit()
    place.provider.end()
    status = place.run().collect()
    assert (status.failed, status.done) == (0, True)
    assert place.found() == SHIPS


def test_what_is_refused_is_not_sent_again(place: Place) -> None:
    """Its document fails with what the provider says; a part that it can do without is left out."""
    settings = Settings(temperature=0.0)
    place.run(settings=settings).submit()
    place.provider.end(lambda body: "invalid" if "temperature" in body else "answered")
    place.run(settings=settings).collect()
    if place.api != "responses":
        assert place.run(settings=settings).submit().under_way == 5
        place.provider.end(lambda body: "invalid" if "temperature" in body else "answered")
        place.run(settings=settings).collect()
        assert place.found(settings=settings) == SHIPS


def test_a_refusal_for_another_reason_is_the_documents(place: Place) -> None:
    """It is told with the document's result, and not sent again."""
    place.run().submit()
    place.provider.end(lambda body: "invalid" if "Tern2" in json.dumps(body) else "answered")
    if place.api == "anthropic":
        for line in place.provider.batches[0].lines:
            if line["result"]["type"] == "errored":
                line["result"]["error"] = error("No such thing.")
    place.run().collect()
    assert place.run().submit().under_way == 0
    failures = [each.error for each in place.run()]
    assert isinstance(failures[2], RequestRejected)
    assert "No such thing." in str(failures[2])
    assert failures.count(None) == 4


class Killed(BaseException):
    """As if the process were gone."""


@pytest.mark.parametrize("place", ["chat", "anthropic"], indirect=True)
def test_killed_at_every_step(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before and after each change to the file and each call to the provider, and then begun anew.

    Whether the batches of before have ended by then or not: nothing is lost and nothing paid twice.
    """
    documents = DOCUMENTS[:2]
    steps = left = 0

    def step() -> None:
        nonlocal left
        left -= 1
        if left == 0:
            raise Killed

    change = AnswerStore.change

    def changing(self: AnswerStore, *args: Any, **options: Any) -> Any:
        step()
        made = change(self, *args, **options)
        step()
        return made

    def wrapped(method: Callable[..., Any]) -> Callable[..., Any]:
        async def call(*args: Any, **options: Any) -> Any:
            step()
            said = await method(*args, **options)
            step()
            return said

        return call

    monkeypatch.setattr(AnswerStore, "change", changing)
    while True:
        steps += 1
        left = 0
        path, place.path = place.path, place.path.with_name(f"{steps}.db")
        place.provider.batches.clear()
        place.provider.paid.clear()
        run = place.run(documents)
        for name in ("newest", "submit", "find", "state"):
            setattr(run._service, name, wrapped(getattr(run._service, name)))
        left = steps
        with suppress(Killed):
            run.submit()
            place.provider.end()
            run.collect()
        killed, left = left <= 0, 0
        if steps % 4 < 2:
            place.provider.end()
        while place.run(documents).submit().under_way:
            place.provider.end()
            place.run(documents).collect()
        assert [one.instances for one in place.run(documents)] == SHIPS[:2]
        assert set(place.provider.paid.values()) <= {1}
        place.path = path
        if not killed:
            break
    assert steps > 12


def test_a_lost_answer_is_found_again(place: Place) -> None:
    """A batch that was begun though the connection broke is not begun a second time."""
    place.provider.lose = lambda batch: batch is place.provider.batches[0]
    with pytest.raises(ProviderUnavailable):
        place.run().submit()
    assert place.run().status.unsure == 1
    unknown = place.run().submit()
    if place.api == "anthropic":  # it names no batch before it has ended
        assert unknown.unsure == 1
    assert len(place.provider.batches) == 1
    place.provider.end()
    assert place.run().collect().done
    assert place.found() == SHIPS


def test_another_batch_of_the_same_size_is_not_taken_for_it(place: Place) -> None:
    """Somebody else's, begun in between."""
    place.provider.lose = lambda _: True
    with pytest.raises(ProviderUnavailable):
        place.run().submit()
    ours = place.provider.batches.pop()  # as if it had never come
    place.provider.lose = lambda _: False
    foreign = [name.replace("-", "x-") for name in ours.requests]
    requests = dict(zip(foreign, ours.requests.values(), strict=True))
    place.provider.batches.append(type(ours)("batch_foreign", requests))
    place.provider.end()
    place.run().submit()
    assert len(place.provider.batches) == 2
    place.provider.end()
    place.run().collect()
    assert place.found() == SHIPS


def test_a_refused_batch_leaves_nothing(place: Place) -> None:
    """It was not begun, so all of it is sent the next time."""
    place.server.will(
        Reply({"data": [], "object": "list", "has_more": False}),
        *([] if place.api == "anthropic" else [Reply({"id": "f", "object": "file"})]),
        Reply(error("Enqueued too many.", kind="rate_limit_error"), 429),
    )
    with pytest.raises(RateLimited):
        place.run().submit()
    assert place.run().status.unsure == 0
    assert place.run().submit().under_way == 5


def test_large_runs_are_several_batches(place: Place) -> None:
    """No batch is larger than its provider takes."""
    run = place.run()
    run._service.most = 2
    assert run.submit().under_way == 5
    assert [len(each.requests) for each in place.provider.batches] == [2, 2, 1]
    place.provider.end()
    again = place.run()
    again.collect()
    assert place.found() == SHIPS


def test_a_strategy_goes_on_with_the_next_batch(place: Place) -> None:
    """What it asks after an answer is open then; `finish` does it all."""
    strategy = Passes(2)
    run = place.run(strategy=strategy)
    state = run._service.state

    async def ended(batch: str) -> Any:
        place.provider.end()
        return await state(batch)

    run._service.state = ended  # type: ignore[method-assign]
    assert run.finish(poll=0.0).done
    assert [len(each.requests) for each in place.provider.batches] == [5, 5]
    assert place.found(strategy=strategy) == SHIPS


def test_only_one_process_is_at_work(place: Place) -> None:
    """Another is told so at once."""
    with place.run()._at_work(), pytest.raises(InputError, match="another process"):
        place.run().submit()
    assert place.run().submit().under_way == 5


def test_what_cannot_be_a_batch_is_told() -> None:
    """A model without them, and documents that are gone after one look."""
    with pytest.raises(InputError, match="takes no batches"):
        Extractor([Ship], model=ScriptedClient([])).batch(["x"], "never.db")
    extractor = Extractor([Ship], model="openai/gpt-5.2")
    with pytest.raises(InputError, match="give a list"):
        extractor.batch(iter(["x"]), "never.db")


def test_batches_cost_half() -> None:
    """Of what single requests cost."""
    pytest.importorskip("genai_prices")
    whole = cost_of(Usage(1000, 100), "openai/gpt-5")
    half = cost_of(Usage(1000, 100), "batch:openai/gpt-5")
    assert whole is not None
    assert half == whole / 2
    assert cost_of(Usage(1, 1), "batch:openai/none") is None
