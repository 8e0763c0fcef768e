"""OpenAI's Batch API: a file of requests in, files of results out."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from typing import Any, Final

from codeie.clients._batches import Batched, BatchFound, BatchState, learnt
from codeie.clients._connection import Connection
from codeie.clients._payload import at, plain, text_at
from codeie.clients._posted import posted
from codeie.clients._protocol import Completion, Settings
from codeie.clients._quirks import QUIRKS
from codeie.clients._request import Request
from codeie.clients._sdk_errors import status_error
from codeie.errors import ClientError, ProviderUnavailable
from codeie.prompting import Prompt

__all__ = ["OpenAIBatches"]

_ENDED: Final = frozenset({"completed", "expired", "cancelled", "failed"})
_LABEL: Final = "codeie"


class OpenAIBatches:
    """Batches of one model through one API; see `Batches`.

    Args:
        connection: Where they are sent.
        path: The API's path, such as ``"/chat/completions"``.
        build: The request for a prompt, without the parts that the model refuses.
        read: Reads one answer.
    """

    most = 50_000
    most_bytes = 190_000_000

    def __init__(
        self,
        connection: Connection,
        path: str,
        build: Callable[[Prompt, Settings, frozenset[str]], Request],
        read: Callable[[object], Completion],
    ) -> None:
        self._connection = connection
        self._path = path
        self._build = build
        self._read = read

    def batched(self, prompt: Prompt, settings: Settings) -> Batched:
        """See `Batches`."""
        request = self._build(prompt, settings, QUIRKS.of(*self._connection.place))
        return Batched.of(request, prompt, posted(request.arguments)["body"])

    def learn(self, error: ClientError, prompt: Prompt, settings: Settings) -> bool:
        """See `Batches`."""
        whole = self._build(prompt, settings, frozenset())
        return learnt(self._connection.place, error, whole)

    async def newest(self) -> str:
        """See `Batches`."""
        with self._connection.sdk() as sdk:
            async for batch in sdk.batches.list(limit=1):
                return text_at(plain(batch, "openai"), "id")
        return ""

    async def submit(self, label: str, requests: Sequence[tuple[str, Mapping[str, Any]]]) -> str:
        """See `Batches`."""
        url = f"/v1{self._path}"
        lines = (
            json.dumps({"custom_id": name, "method": "POST", "url": url, "body": body})
            for name, body in requests
        )
        written = "".join(f"{line}\n" for line in lines).encode()
        with self._connection.sdk() as sdk:
            file = await sdk.files.create(file=(f"{label}.jsonl", written), purpose="batch")
            # Repeated by the SDK, it would be begun twice where only its answer was lost.
            batch = await sdk.with_options(max_retries=0).batches.create(
                input_file_id=file.id,
                endpoint=url,
                completion_window="24h",
                metadata={_LABEL: label},
            )
        return text_at(plain(batch, "openai"), "id")

    async def find(self, label: str, after: str, count: int) -> BatchFound:  # noqa: ARG002
        """See `Batches`; its metadata tell."""
        with self._connection.sdk() as sdk:
            async for batch in sdk.batches.list(limit=100):
                data = plain(batch, "openai")
                if text_at(data, "metadata", _LABEL) == label:
                    return BatchFound(text_at(data, "id"))
                if text_at(data, "id") == after:
                    break
        return BatchFound(None)

    async def state(self, batch: str) -> BatchState:
        """See `Batches`."""
        said = text_at(await self._retrieved(batch), "status")
        return BatchState(said in _ENDED, said)

    async def results(self, batch: str) -> AsyncIterator[tuple[str, Completion | ClientError]]:
        """See `Batches`."""
        data = await self._retrieved(batch)
        for file in ("output_file_id", "error_file_id"):
            name = text_at(data, file)
            if name:
                with self._connection.sdk() as sdk:
                    content = await sdk.files.content(name)
                for line in content.text.splitlines():
                    result = self._result(line)
                    if result is not None:
                        yield result

    async def _retrieved(self, batch: str) -> dict[str, Any]:
        with self._connection.sdk() as sdk:
            return plain(await sdk.batches.retrieve(batch), "openai")

    def _result(self, line: str) -> tuple[str, Completion | ClientError] | None:
        try:
            data = json.loads(line)
        except (ValueError, RecursionError):
            return None  # its request counts as not answered
        name = text_at(data, "custom_id")
        status, body = at(data, "response", "status_code"), at(data, "response", "body")
        if status == 200:
            try:
                return name, self._read(body if isinstance(body, dict) else {})
            except ClientError as error:
                return name, error
        if isinstance(status, int):
            return name, status_error(status, body, "openai")
        why = text_at(data, "error", "message") or text_at(data, "error", "code") or "no answer"
        return name, ProviderUnavailable(f"openai: {why}", provider="openai", retryable=True)
