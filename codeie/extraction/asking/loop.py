"""The one loop that sends the questions of exchanges and keeps the answers."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from codeie.clients import (
    Client,
    Completion,
    Hear,
    Settings,
    StreamingClient,
    Usage,
    all_at_once,
    as_taken,
    check_sight,
)
from codeie.decoding import Constraint, constrained, without_logprobs
from codeie.errors import ClientError, CodeIEError, InputError
from codeie.extraction._exchange import Call, Exchange, Together, is_hopeless
from codeie.extraction._step import Step
from codeie.extraction.asking.heard import Heard
from codeie.extraction.asking.keeping import Keeping
from codeie.extraction.asking.limits import Budget, Limits
from codeie.extraction.asking.pace import Pace
from codeie.extraction.asking.spans import call_span
from codeie.extraction.asking.store import AnswerStore, answer_key
from codeie.prompting import Prompt

__all__ = ["Asking"]

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class _Whole:
    """What the exchanges about one document share.

    Args:
        stopped: Says why no more questions are to be asked; asked before each one.
        steps: What was answered, as it came.
        cut: Whether what was written of an answer that is cut off counts as one.
    """

    stopped: Callable[[], Exception | None]
    steps: list[Step]
    cut: bool = False


class Asking:
    """Holds exchanges: asks what they yield, as many at once as allowed, and answers them.

    Args:
        client: Who is asked, where a call names nobody.
        settings: How to sample, where a call does not say.
        store: Where answers are kept, and looked up before anybody is asked.
        pace: How many calls may be under way at once, over all exchanges, and how many a minute.
        budget: What they may come to.
        constrain: What answers are held to.

    Attributes:
        ended: Why no more questions are asked, once that is so.
        kept: What keeps answers, if anything does.
    """

    def __init__(
        self,
        client: Client,
        settings: Settings,
        store: AnswerStore | None = None,
        pace: Pace | None = None,
        budget: Budget | None = None,
        constrain: Constraint = "auto",
    ) -> None:
        self.client = client
        self.settings = settings
        self.kept = Keeping(store) if store is not None else None
        self.ended: CodeIEError | None = None
        self._constrain = constrain
        self._pace = pace or Pace()
        self._budget = budget or Budget(Limits(), client.name)

    @property
    def spent(self) -> Mapping[str, tuple[int, Usage]]:
        """Calls and tokens that were asked for, by the client's name."""
        return self._budget.spent

    async def close(self) -> None:
        """Leave nothing open; nothing is to be asked after it."""
        if self.kept is not None:
            await self.kept.close()

    async def hold(
        self, exchange: Exchange[R], steps: list[Step] | None = None, *, cut: bool = False
    ) -> R:
        """Hold an exchange to its end and return its result.

        Args:
            exchange: One that was not begun yet.
            steps: Where to put what was answered, as it comes, also if it comes to nothing.
            cut: Whether to put there what was written by then of an answer that is interrupted;
                what it cost is estimated.

        Raises:
            Exception: What the exchange raises; errors of a call are thrown into it first.
                Whatever a client raises is a `ClientError` then.
        """
        whole = _Whole(lambda: self.ended, steps if steps is not None else [], cut)
        return await self._held(exchange, whole)

    async def _held(self, exchange: Exchange[R], whole: _Whole) -> R:
        go_on: Callable[[Any], Call | Together] = exchange.send
        said: Any = None
        try:
            while True:
                try:
                    asked = go_on(said)
                except StopIteration as end:
                    result: R = end.value
                    return result
                try:
                    said = await self._answered(asked, whole)
                    go_on = exchange.send
                except Exception as error:  # noqa: BLE001 - the exchange deals with it
                    said = error
                    go_on = exchange.throw
        finally:
            exchange.close()

    async def _answered(self, asked: object, whole: _Whole) -> object:
        match asked:
            case Call():
                step = await self._step(asked, whole)
                whole.steps.append(step)
                return step
            case Together():
                return await self._together(asked.exchanges, whole)
        raise TypeError(f"an exchange yields Call or Together, not {type(asked).__name__}")

    async def _together(self, exchanges: Iterable[Exchange[Any]], whole: _Whole) -> list[object]:
        failed: list[Exception] = []
        part = _Whole(lambda: failed[0] if failed else whole.stopped(), whole.steps, whole.cut)

        async def one(exchange: Exchange[Any]) -> object:
            try:
                return await self._held(exchange, part)
            except Exception as error:
                failed.append(error)
                if self.kept is None:
                    _cancel(tasks)
                raise

        tasks = [asyncio.create_task(one(exchange)) for exchange in exchanges]
        try:
            # Where answers are kept, a call that is under way is paid for and worth its end,
            # whatever became of the others.
            await asyncio.gather(*tasks, return_exceptions=True)
        except BaseException:
            _cancel(tasks)
            await asyncio.gather(*tasks, return_exceptions=True)
            raise
        if failed:
            raise failed[0]
        return [task.result() for task in tasks]

    async def _step(self, call: Call, whole: _Whole) -> Step:
        client, settings = call.client or self.client, call.settings or self.settings
        # A technique may ask another model, to which prompts are sent in another way.
        can = client.capabilities
        prompt = as_taken(call.prompt, can.layouts)
        check_sight(prompt, client.name, can.images)
        if not can.scores_candidates:
            prompt = constrained(prompt, self._constrain, can.grammar, client.name)
        if self.kept is None:
            completion = await self._asked(prompt, client, settings, call, whole)
            return Step(prompt, completion, call.role)
        key = answer_key(prompt, settings, client, call.draw)
        try:
            kept = self.kept.get(key)
        except InputError as error:
            self.ended = self.ended or error
            raise
        if kept is not None:
            if call.hear is not None:
                all_at_once(kept, call.hear)
            return Step(prompt, kept, call.role, kept=True)
        completion = await self._asked(prompt, client, settings, call, whole)
        try:
            await self.kept.put(key, completion, client.name)
        except InputError as error:
            # This answer is there all the same; any further one would be lost with the run.
            self.ended = self.ended or error
        return Step(prompt, completion, call.role)

    async def _asked(
        self,
        prompt: Prompt,
        client: Client,
        settings: Settings,
        call: Call,
        whole: _Whole,
    ) -> Completion:
        def check() -> None:
            reason = whole.stopped()
            if reason is not None:
                raise reason

        def cut(heard: Heard) -> None:
            if whole.cut:
                written = heard.until_now(prompt, client.name)
                whole.steps.append(Step(prompt, written, call.role))

        once = partial(_asked, client, prompt, settings, call.hear, cut)
        completion = await self._pace.call(prompt, once, check)
        self.ended = self.ended or self._budget.spend(completion, client.name)
        if not settings.logprobs:
            return completion
        return without_logprobs(completion, client.name, can=client.capabilities.logprobs)

    def counts(self, error: CodeIEError | None) -> bool:
        """Whether an error is a document's own, and not what ended everything."""
        return error is None or not (error is self.ended or is_hopeless(error))

    def failed(self, error: CodeIEError) -> None:
        """Count a document that failed; the last one that may ends the run."""
        if error is not self.ended:
            self.ended = self.ended or self._budget.fail(error)


async def _asked(
    client: Client,
    prompt: Prompt,
    settings: Settings,
    hear: Hear | None,
    cut: Callable[[Heard], object],
) -> Completion:
    heard = Heard(hear)
    try:
        with call_span(client.name, settings) as answered:
            completion = await _complete(client, prompt, settings, hear and heard)
            answered.append(completion)
    except (asyncio.CancelledError, KeyboardInterrupt):
        cut(heard)
        raise
    return completion


async def _complete(
    client: Client, prompt: Prompt, settings: Settings, hear: Hear | None
) -> Completion:
    heard = hear is not None and isinstance(client, StreamingClient)
    try:
        if hear is not None and isinstance(client, StreamingClient):
            completion = await client.stream(prompt, settings, hear=hear)
        else:
            completion = await client.complete(prompt, settings)
    except CodeIEError:
        raise
    except Exception as error:
        raise ClientError(f"{client.name} failed: {type(error).__name__}: {error}") from error
    if not isinstance(completion, Completion):
        raise ClientError(
            f"{client.name} answered with {type(completion).__name__}, not a Completion"
        )
    return completion if heard or hear is None else all_at_once(completion, hear)


def _cancel(tasks: Iterable[asyncio.Task[object]]) -> None:
    for task in tasks:
        if task is not asyncio.current_task():
            task.cancel()
