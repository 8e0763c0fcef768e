"""A client for tests: it answers from a script, and asks nobody."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any

from codeie.clients import Capabilities, Completion, Hear, Listener, Settings, complete
from codeie.errors import ClientError
from codeie.prompting import Prompt

__all__ = ["ScriptedClient"]


class ScriptedClient:
    """Answers prompts from a script, in order, and remembers what it was asked.

    It is a `codeie.clients.Client` like any other, so code under test need not know. It may
    be used from several threads and loops; each answer is given once.

    Args:
        answers: The answers in order: a string, a `Completion`, or an exception, which is
            raised. Or a function from the prompt to a string or a `Completion`, for tests
            where calls come in no fixed order.
        name: What it calls itself.
        capabilities: What it says it can do.
        piece: How many code points of an answer come at once where it is heard while it is written.

    Raises:
        ClientError: On a call after the last answer.

    Attributes:
        prompts: Every prompt it was given, in the order of the calls.
        settings: The settings that came with them.

    Examples:
        >>> from codeie.introspection import Schema
        >>> from codeie.prompting import Prompt
        >>> prompt = Prompt("…", Schema(()), "", style="plain", version="1")
        >>> client = ScriptedClient(["result = []"])
        >>> client.complete_sync(prompt).text
        'result = []'
        >>> client.prompts == [prompt]
        True
        >>> client.complete_sync(prompt)
        Traceback (most recent call last):
        ...
        codeie.errors.ClientError: the script is exhausted: it has 1 answer, and this is call 2
    """

    def __init__(
        self,
        answers: Iterable[str | Completion | Exception] | Callable[[Prompt], str | Completion],
        *,
        name: str = "scripted",
        capabilities: Capabilities = Capabilities(),
        piece: int = 8,
    ) -> None:
        self._name = name
        self._capabilities = capabilities
        self._piece = piece
        self._lock = threading.Lock()
        self._function = answers if callable(answers) else None
        self._script = _Script(() if callable(answers) else answers)
        self.prompts: list[Prompt] = []
        self.settings: list[Settings] = []

    def __repr__(self) -> str:
        return f"ScriptedClient(name={self._name!r}, asked={len(self.prompts)})"

    def __getstate__(self) -> dict[str, Any]:
        # A copy has a lock of its own, and goes on in the script from where this one is.
        with self._lock:
            return {name: value for name, value in vars(self).items() if name != "_lock"}

    def __setstate__(self, state: dict[str, Any]) -> None:
        vars(self).update(state, _lock=threading.Lock())

    @property
    def name(self) -> str:
        """What it calls itself."""
        return self._name

    @property
    def capabilities(self) -> Capabilities:
        """What it says it can do."""
        return self._capabilities

    async def complete(self, prompt: Prompt, settings: Settings = Settings()) -> Completion:
        """Give the next answer.

        Raises:
            ClientError: If the script is exhausted.
            Exception: Whatever the script says to raise here.
        """
        with self._lock:
            self.prompts.append(prompt)
            self.settings.append(settings)
            answer = self._script.next() if self._function is None else ""
        if self._function is not None:
            # Outside the lock: the function may take its time, or wait for another call.
            answer = self._function(prompt)
        if isinstance(answer, Exception):
            raise answer
        return answer if isinstance(answer, Completion) else Completion(answer)

    async def stream(
        self, prompt: Prompt, settings: Settings = Settings(), *, hear: Hear
    ) -> Completion:
        """Give the next answer, and let it be heard in pieces.

        Raises:
            ClientError: If the script is exhausted.
            Exception: Whatever the script says to raise here.
        """
        completion = await self.complete(prompt, settings)
        listener = Listener(prompt, hear, settings)
        for start in range(0, len(completion.text), self._piece):
            await asyncio.sleep(0)  # as between the pieces that come over a network
            if listener.take(completion.text[start : start + self._piece]):
                break
        reason = listener.reason or completion.stop_reason
        return replace(completion.part(0, len(listener.text)), stop_reason=reason)

    def complete_sync(self, prompt: Prompt, settings: Settings = Settings()) -> Completion:
        """`complete` for sync code."""
        return complete(self, prompt, settings)


class _Script:
    """Answers in their order."""

    def __init__(self, answers: Iterable[str | Completion | Exception]) -> None:
        # A string is an iterable of strings: without this its letters would be the answers.
        self._answers: Iterator[str | Completion | Exception] = iter(
            [answers] if isinstance(answers, str) else answers
        )
        self._given = 0

    def next(self) -> str | Completion | Exception:
        """The next answer."""
        for answer in self._answers:
            self._given += 1
            return answer
        plural = "" if self._given == 1 else "s"
        raise ClientError(
            f"the script is exhausted: it has {self._given} answer{plural}, "
            f"and this is call {self._given + 1}"
        )
