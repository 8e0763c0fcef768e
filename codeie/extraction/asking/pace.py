"""How many calls are under way, and how many a minute; slower when a provider says so."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from typing import TYPE_CHECKING, Final

from codeie.clients import OVERLOADED, Completion, Sight, refusals_told_to, sight_tokens
from codeie.errors import ClientError, RateLimited
from codeie.extraction.asking.limits import Limits
from codeie.prompting import Prompt

if TYPE_CHECKING:
    from aiolimiter import AsyncLimiter

__all__ = ["CALLS", "Pace"]

_LOG = logging.getLogger("codeie.extraction")

CALLS: Final = 16
"""Under way at once, where nothing else is said."""

_TRIES: Final = 5
"""How often one call is asked of a provider that says when to come back."""
_LONGEST_WAIT: Final = 600.0
"""Seconds; who says to wait for longer has no more to give today."""
_LETTERS: Final = 4
"""Letters a token, roughly, as nothing better is known before a call."""


class Pace:
    """Lets calls through, in their turn.

    As many are under way as allowed. When the provider says that it is too many, half as many
    are from then on, and each answer lets one more per round through again. When it says how
    long to wait, all wait, and the call is made again. For one event loop.

    Args:
        concurrency: How many may be under way.
        limits: How many a minute.

    Attributes:
        allowed: How many may be under way now.
    """

    def __init__(self, concurrency: int = CALLS, limits: Limits = Limits()) -> None:
        self.allowed = float(concurrency)
        self._concurrency = concurrency
        self._under_way = 0
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._until = 0.0
        self._slowed_at = float("-inf")
        self._requests = _limiter(limits.requests_per_minute)
        self._tokens = _limiter(limits.tokens_per_minute)
        self._owed = 0.0

    async def call(
        self, prompt: Prompt, ask: Callable[[], Awaitable[Completion]], check: Callable[[], None]
    ) -> Completion:
        """Make a call when it is its turn; again when its provider says when.

        Args:
            prompt: What is asked, which takes tokens.
            ask: Makes the call.
            check: Called when it is its turn; what it raises is raised instead of asking.

        Raises:
            ClientError: If the call fails.
        """
        for last in (*[False] * (_TRIES - 1), True):
            async with self._turn():
                check()
                counted = await self._count(prompt)
                check()
                began = asyncio.get_running_loop().time()
                try:
                    with refusals_told_to(partial(self._hear, began)):
                        completion = await ask()
                except ClientError as error:
                    if not self._slow_down(error, began) or last:
                        raise
                else:
                    self._speed_up()
                    usage = completion.usage
                    self._owed += usage.input_tokens + usage.output_tokens - counted
                    return completion
        raise AssertionError("the last try returns or raises")

    @asynccontextmanager
    async def _turn(self) -> AsyncGenerator[None, None]:
        loop = asyncio.get_running_loop()
        while True:
            if self._until > loop.time():
                await asyncio.sleep(self._until - loop.time())
            if self._under_way < max(1, int(self.allowed)):
                break
            turn: asyncio.Future[None] = loop.create_future()
            self._waiting.append(turn)
            try:
                await turn
            except asyncio.CancelledError:
                self._wake()  # it may have been this one's turn
                raise
        self._under_way += 1
        try:
            yield
        finally:
            self._under_way -= 1
            self._wake()

    def _wake(self) -> None:
        free = max(1, int(self.allowed)) - self._under_way
        while self._waiting and free > 0:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(None)
                free -= 1

    async def _count(self, prompt: Prompt) -> float:
        """Wait until there is room in the minute; what the call was counted as."""
        if self._requests is not None:
            await self._requests.acquire()
        if self._tokens is None:
            return 0.0
        counted = sum(len(turn.content) for turn in prompt.messages) / _LETTERS
        counted += sight_tokens(prompt, Sight())
        left, self._owed = max(0.0, counted + self._owed), min(0.0, counted + self._owed)
        while left > 0:
            piece = min(left, self._tokens.max_rate)
            await self._tokens.acquire(piece)
            left -= piece
        return counted

    def _slow_down(self, error: ClientError, began: float) -> bool:
        """Take a failure into account; whether to make the call again after a wait."""
        if not (error.retryable and _is_overload(error)):
            return False
        return self._hear(began, error.retry_after)

    def _hear(self, began: float, retry_after: float | None) -> bool:
        """Take a refusal into account, whoever makes the call again; whether it says when."""
        now = asyncio.get_running_loop().time()
        if began > self._slowed_at:  # once for all that were under way at the same time
            self.allowed = max(1.0, self.allowed / 2)
            self._slowed_at = now
        if retry_after is None or retry_after > _LONGEST_WAIT:
            return False
        if now + retry_after > self._until:
            if now >= self._until:  # said once for each time of waiting
                _LOG.warning("the provider has too much to do; waiting %.0f s", retry_after)
            self._until = now + retry_after
        return True

    def _speed_up(self) -> None:
        self.allowed = min(self._concurrency, self.allowed + 1 / self.allowed)


def _is_overload(error: ClientError) -> bool:
    return isinstance(error, RateLimited) or error.status_code in OVERLOADED


def _limiter(per_minute: float | None) -> AsyncLimiter | None:
    """A limiter that lets no more through in any minute, and half of them at most at once."""
    if per_minute is None:
        return None
    from aiolimiter import AsyncLimiter

    # What may come at once counts against the minute as well.
    burst = max(1.0, per_minute / 60)
    steady = max(per_minute - burst, per_minute / 2)
    return AsyncLimiter(burst, 60 * burst / steady)
