"""Anthropic's Message Batches: requests in, results out."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from typing import Any, Final

from codeie.clients._anthropic_messages import read_message
from codeie.clients._batches import Batched, BatchFound, BatchState, learnt
from codeie.clients._connection import Connection
from codeie.clients._payload import at, count_at, plain, text_at
from codeie.clients._posted import posted
from codeie.clients._protocol import Completion, Settings
from codeie.clients._quirks import QUIRKS
from codeie.clients._request import Request
from codeie.clients._sdk_errors import status_error
from codeie.errors import ClientError, ProviderUnavailable
from codeie.prompting import Prompt

__all__ = ["AnthropicBatches"]

# The status that a single request would have failed with, by the type of an error.
_STATUSES: Final = {
    "invalid_request_error": 400,
    "authentication_error": 401,
    "billing_error": 402,
    "permission_error": 403,
    "not_found_error": 404,
    "request_too_large": 413,
    "rate_limit_error": 429,
    "api_error": 500,
    "timeout_error": 504,
    "overloaded_error": 529,
}
_COUNTS: Final = ("processing", "succeeded", "errored", "canceled", "expired")


class AnthropicBatches:
    """Batches of one model; see `Batches`.

    Args:
        connection: Where they are sent.
        build: The request for a prompt, without the parts that the model refuses.
    """

    most = 100_000
    most_bytes = 240_000_000

    def __init__(
        self, connection: Connection, build: Callable[[Prompt, Settings, frozenset[str]], Request]
    ) -> None:
        self._connection = connection
        self._build = build

    def batched(self, prompt: Prompt, settings: Settings) -> Batched:
        """See `Batches`."""
        request = self._build(prompt, settings, QUIRKS.of(*self._connection.place))
        body = dict(posted(request.arguments)["body"])
        del body["stream"]
        return Batched.of(request, prompt, body)

    def learn(self, error: ClientError, prompt: Prompt, settings: Settings) -> bool:
        """See `Batches`."""
        whole = self._build(prompt, settings, frozenset())
        return learnt(self._connection.place, error, whole)

    async def newest(self) -> str:
        """See `Batches`."""
        with self._connection.sdk() as sdk:
            async for batch in sdk.messages.batches.list(limit=1):
                return text_at(plain(batch, "anthropic"), "id")
        return ""

    async def submit(self, label: str, requests: Sequence[tuple[str, Mapping[str, Any]]]) -> str:
        """See `Batches`."""
        del label  # the requests' names begin with it
        with self._connection.sdk() as sdk:
            # Repeated by the SDK, it would be begun twice where only its answer was lost.
            batch = await sdk.with_options(max_retries=0).messages.batches.create(
                requests=[{"custom_id": name, "params": body} for name, body in requests]
            )
        return text_at(plain(batch, "anthropic"), "id")

    async def find(self, label: str, after: str, count: int) -> BatchFound:
        """See `Batches`; only results hold the names of requests, so a batch has to have ended."""
        unsure = False
        with self._connection.sdk() as sdk:
            async for batch in sdk.messages.batches.list(limit=100):
                data = plain(batch, "anthropic")
                name = text_at(data, "id")
                if name == after:
                    break
                if sum(count_at(data, "request_counts", each) for each in _COUNTS) != count:
                    continue
                if text_at(data, "processing_status") != "ended":
                    unsure = True
                elif await self._is_of(name, label):
                    return BatchFound(name)
        return BatchFound(None, sure=not unsure)

    async def _is_of(self, batch: str, label: str) -> bool:
        async for name, _ in self.results(batch):
            return name.startswith(f"{label}-")
        return False

    async def state(self, batch: str) -> BatchState:
        """See `Batches`."""
        with self._connection.sdk() as sdk:
            data = plain(await sdk.messages.batches.retrieve(batch), "anthropic")
        said = text_at(data, "processing_status")
        return BatchState(said == "ended", said)

    async def results(self, batch: str) -> AsyncIterator[tuple[str, Completion | ClientError]]:
        """See `Batches`."""
        with self._connection.sdk() as sdk:
            async for entry in await sdk.messages.batches.results(batch):
                data = plain(entry, "anthropic")
                yield text_at(data, "custom_id"), _result(at(data, "result"))


def _result(data: object) -> Completion | ClientError:
    kind = text_at(data, "type")
    if kind == "succeeded":
        try:
            return read_message(at(data, "message") or {})
        except ClientError as error:
            return error
    if kind == "errored":
        body = at(data, "error")
        said = at(body, "error") or body
        return status_error(_STATUSES.get(text_at(said, "type"), 500), body, "anthropic")
    return ProviderUnavailable(
        f"anthropic: the request was not answered ({kind or 'no reason is given'})",
        provider="anthropic",
        retryable=True,
    )
