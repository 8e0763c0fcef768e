"""Anthropic's models."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from codeie.clients._anthropic_messages import (
    messages_request,
    read_message,
    read_stream,
)
from codeie.clients._extras import require_extra
from codeie.clients._protocol import Capabilities, Completion, Settings
from codeie.clients._quirks import QUIRKS
from codeie.clients._request import Request, ask, finished
from codeie.clients._sdk import Address, SdkClients, check_given, safe_errors
from codeie.prompting import Prompt

if TYPE_CHECKING:
    from anthropic import AsyncAnthropic

__all__ = ["AnthropicClient"]

# Models that continue an answer begun for them; from 4.6 on they refuse. There is no way to
# ask, so this is a table, and a refusal is remembered.
_PREFILLS: Final = re.compile(
    r"claude-(2|3|instant|haiku-4-5|(opus|sonnet)-4-([015]\b|20\d{6}))", re.IGNORECASE
)

_OWN_HOSTS: Final = re.compile(r"(^|\.)anthropic\.com$")


class AnthropicClient:
    """Asks a model through Anthropic's SDK.

    It may be used from several threads and event loops, and pickled; the SDK's own client is
    made at the first call. Retries are the SDK's.

    Args:
        model: The model as Anthropic names it, such as ``"claude-sonnet-4-5"``.
        base_url: Another server with the same API; ``None`` means ``ANTHROPIC_BASE_URL``, else
            Anthropic.
        api_key: The key; ``None`` means ``ANTHROPIC_API_KEY``. A server named by ``base_url``
            is only sent a key that is given here.
        sdk_client: A ready `anthropic.AsyncAnthropic` to use instead; closing it is up to its
            owner.
        max_retries: How often the SDK repeats a call that failed; ``None`` for its default.
        prefill: Whether to begin the answer for the model; ``None`` does so for the models
            known to take it.
        cache: Whether to mark the stable part of the prompt for Anthropic's prompt cache.
        extra_body: More fields of the request, sent as they are.

    Raises:
        MissingExtra: If the anthropic package is not installed.
        InputError: If the arguments contradict each other.

    Examples:
        >>> AnthropicClient("claude-sonnet-4-5").capabilities.prefill
        True
        >>> AnthropicClient("claude-opus-4-6").capabilities.prefill
        False
    """

    def __init__(
        self,
        model: str,
        *,
        base_url: str | None = None,
        api_key: str | None = None,
        sdk_client: AsyncAnthropic | None = None,
        max_retries: int | None = None,
        prefill: bool | None = None,
        cache: bool = True,
        extra_body: Mapping[str, object] | None = None,
    ) -> None:
        require_extra("anthropic")
        if sdk_client is not None:
            check_given(sdk_client, base_url, api_key, max_retries)
        address = str(sdk_client.base_url) if sdk_client is not None else base_url
        self._model = model
        self._address = Address.of(address or os.environ.get("ANTHROPIC_BASE_URL"))
        self._own = not self._address.url or bool(_OWN_HOSTS.search(self._address.host))
        # The key in the environment is for Anthropic, or for the server named next to it there.
        self._api_key = "none" if api_key is None and base_url and not self._own else api_key
        self._max_retries = max_retries
        self._prefill = bool(_PREFILLS.match(model)) if prefill is None else prefill
        self._cache = cache
        self._extra_body = dict(extra_body or {})
        self._clients = SdkClients(sdk_client)

    def __repr__(self) -> str:
        place = f", base_url={self._address.url!r}" if self._address.url else ""
        return f"AnthropicClient({self._model!r}{place})"

    @property
    def name(self) -> str:
        """The model as users name it; with the server's host if that is not Anthropic's."""
        server = "" if self._own else f"@{self._address.host}"
        return f"anthropic{server}/{self._model}"

    @property
    def capabilities(self) -> Capabilities:
        """Whether answers can be begun for it, as far as known; it takes text and gives text."""
        refused = QUIRKS.of(self._address.url, self._model)
        return Capabilities(prefill=self._prefill and "prefill" not in refused)

    async def complete(self, prompt: Prompt, settings: Settings = Settings()) -> Completion:
        """Answer the prompt.

        Raises:
            ClientError: If the model could not be asked or did not answer.
        """

        def build(refused: frozenset[str]) -> Request:
            return messages_request(
                self._model,
                prompt,
                settings,
                prefill=self._prefill,
                cache=self._cache,
                extra_body=self._extra_body,
                refused=refused,
            )

        async def send(request: Request) -> Completion:
            completion = await self._send(request, settings)
            return finished(completion, request, prompt, self.name)

        return await ask((self._address.url, self._model), build, send)

    async def _send(self, request: Request, settings: Settings) -> Completion:
        with safe_errors("anthropic", self._address) as errors:
            sdk = errors.sdk = self._clients.here(self._make)
            arguments = dict(request.arguments)
            if settings.timeout is not None:
                arguments["timeout"] = settings.timeout
            response = await sdk.messages.create(**arguments)
            if not request.arguments["stream"]:
                return read_message(response)
            async with response:
                return await read_stream(response)

    def _make(self) -> Any:
        from anthropic import DEFAULT_MAX_RETRIES, AsyncAnthropic

        return AsyncAnthropic(
            api_key=self._api_key,
            base_url=self._address.url or None,
            default_headers=dict(self._address.headers),
            max_retries=DEFAULT_MAX_RETRIES if self._max_retries is None else self._max_retries,
        )

    async def aclose(self) -> None:
        """Close the connections opened in the running event loop; it may be used again."""
        await self._clients.close()
