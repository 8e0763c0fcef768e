"""Batches of requests that a provider answers within a day, at half the price: one interface."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

from codeie.clients._protocol import Client, Completion, Settings
from codeie.clients._quirks import QUIRKS, refused_part
from codeie.clients._request import Request, finished
from codeie.errors import ClientError, InputError, RequestRejected
from codeie.introspection import Schema
from codeie.prompting import Prompt
from codeie.viewable import Outlined

__all__ = [
    "BatchFound",
    "BatchState",
    "Batched",
    "Batches",
    "BatchingClient",
    "learnt",
    "settled",
]


@dataclass(frozen=True, slots=True)
class BatchState(Outlined):
    """Where a batch is.

    Args:
        ended: Whether nothing more is done about it, so that its results can be had.
        said: What its provider calls that, such as ``"in_progress"``.
    """

    ended: bool
    said: str


@dataclass(frozen=True, slots=True)
class Batched(Outlined):
    """One request of a batch.

    Args:
        body: What is sent.
        how: What has to be known to read its answer, as JSON types.
    """

    body: Mapping[str, Any]
    how: Mapping[str, Any]

    @classmethod
    def of(cls, request: Request, prompt: Prompt, body: Mapping[str, Any]) -> Batched:
        """The part of a batch that a request becomes.

        Raises:
            InputError: If the answer is to be held to a grammar, or the prompt is a text to go on
                with.
        """
        if request.told is not None:
            raise InputError(
                "answers of batches are not held to grammars; leave constrain out, or use "
                "Extractor.run"
            )
        if prompt.layout != "conversation":
            raise InputError("batches are asked in conversations; leave layout='completion' out")
        how = {
            "prefill": prompt.prefill if request.prefilled else None,
            "stop": list(request.unsent_stop),
            "ignored": list(request.ignored),
        }
        return cls(body, how)


@dataclass(frozen=True, slots=True)
class BatchFound(Outlined):
    """What is known of a batch that may have been begun.

    Args:
        name: The provider's name for it; ``None`` if it is not there.
        sure: Whether that can be told yet; it can when others have ended.
    """

    name: str | None
    sure: bool = True


class Batches(Protocol):
    """A provider's batches. Errors are `ClientError`, as for single requests.

    Attributes:
        most: How many requests a batch may have.
        most_bytes: How large it may be.
    """

    most: int
    most_bytes: int

    def batched(self, prompt: Prompt, settings: Settings) -> Batched:
        """A prompt as one request of a batch."""
        ...

    def learn(self, error: ClientError, prompt: Prompt, settings: Settings) -> bool:
        """Whether an error is about a part that the request can do without; it does from now on."""
        ...

    async def newest(self) -> str:
        """The batch that was begun last; ``""`` if there is none."""
        ...

    async def submit(self, label: str, requests: Sequence[tuple[str, Mapping[str, Any]]]) -> str:
        """Begin a batch, once: nothing is sent again by itself.

        Args:
            label: What it is found by.
            requests: Their names, which begin with the label, and bodies.

        Returns:
            The provider's name for it.
        """
        ...

    async def find(self, label: str, after: str, count: int) -> BatchFound:
        """A batch of which it is not known whether it was begun.

        Args:
            label: As for `submit`.
            after: The newest batch before it.
            count: How many requests it has.
        """
        ...

    async def state(self, batch: str) -> BatchState:
        """Where a batch is."""
        ...

    def results(self, batch: str) -> AsyncIterator[tuple[str, Completion | ClientError]]:
        """What became of the requests of a batch that has ended, by name, in any order.

        What is not among them was not answered.
        """
        ...


@runtime_checkable
class BatchingClient(Client, Protocol):
    """A client whose provider takes batches."""

    @property
    def batches(self) -> Batches:
        """Its provider's batches."""
        ...


def settled(completion: Completion, how: Mapping[str, Any], name: str) -> Completion:
    """An answer of a batch as it is from a single request; see `finished`.

    Args:
        completion: As it was read.
        how: What was kept of the request; see `Batched`.
        name: The client's name.
    """
    prefill = how.get("prefill")
    prompt = Prompt("", Schema(()), "", style="", version="", prefill=prefill or "")
    request = Request(
        {},
        prefilled=prefill is not None,
        unsent_stop=tuple(how.get("stop", ())),
        ignored=tuple(how.get("ignored", ())),
    )
    return finished(completion, request, prompt, name)


def learnt(place: tuple[str, str], error: ClientError, request: Request) -> bool:
    """Whether an error is about an optional part of a request, which is remembered then."""
    part = refused_part(error, request.optional) if isinstance(error, RequestRejected) else None
    if part is not None:
        QUIRKS.learn(*place, part)
    return part is not None
