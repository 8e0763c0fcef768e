"""Anthropic's models."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from codeie.clients._anthropic_batches import AnthropicBatches
from codeie.clients._anthropic_messages import (
    NOTATIONS,
    hear_message,
    messages_request,
    read_message,
)
from codeie.clients._connection import Connection
from codeie.clients._listener import Listener
from codeie.clients._options import options_text
from codeie.clients._protocol import Capabilities, Completion, Hear, Settings
from codeie.clients._quirks import QUIRKS
from codeie.clients._refusals import tells_refusals
from codeie.clients._request import Request, ask, finished, streamed
from codeie.clients._sight import Sight, anthropic_sight, as_sight, check_sight
from codeie.clients._transport import http_client
from codeie.prompting import Prompt

if TYPE_CHECKING:
    from anthropic import AsyncAnthropic

__all__ = ["AnthropicClient"]

# Models that continue an answer begun for them; from 4.6 on they refuse. There is no way to
# ask, so this is a table, and a refusal is remembered.
_PREFILLS: Final = re.compile(
    r"claude-(2|3|instant|haiku-4-5|(opus|sonnet)-4-([015]\b|20\d{6}))", re.IGNORECASE
)


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
        images: Whether the model sees, or what images it takes. ``None``: Anthropic's own models do
            (but for Claude 2 and older), and those of other servers do not.

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
        images: bool | Sight | None = None,
    ) -> None:
        self._connection = Connection(
            "anthropic",
            model,
            _sdk,
            base_url=base_url,
            api_key=api_key,
            max_retries=max_retries,
            sdk_client=sdk_client,
        )
        self._prefill = bool(_PREFILLS.match(model)) if prefill is None else prefill
        self._cache = cache
        self._extra_body = dict(extra_body or {})
        seen = anthropic_sight(model) if images is None and self._connection.own else images
        self._sight = as_sight(seen)

    def __repr__(self) -> str:
        url = self._connection.url
        place = f", base_url={url!r}" if url else ""
        return f"AnthropicClient({self._connection.model!r}{place})"

    @property
    def name(self) -> str:
        """The model as users name it; with the server's host if that is not Anthropic's."""
        return self._connection.name

    @property
    def capabilities(self) -> Capabilities:
        """Whether answers can be begun for it, and what images it takes, as far as known."""
        refused = QUIRKS.of(*self._connection.place)
        return Capabilities(
            prefill=self._prefill and "prefill" not in refused,
            grammar=NOTATIONS,
            options=options_text(extra_body=self._extra_body),
            layouts=("conversation",),
            images=self._sight,
        )

    async def complete(self, prompt: Prompt, settings: Settings = Settings()) -> Completion:
        """Answer the prompt.

        Raises:
            ClientError: If the model could not be asked or did not answer.
        """
        check_sight(prompt, self.name, self._sight)

        def build(refused: frozenset[str]) -> Request:
            return self._request(prompt, settings, refused)

        async def send(request: Request) -> Completion:
            if request.arguments["stream"]:
                completion = await self._heard(request, Listener(prompt, _say_nothing, settings))
            else:
                with self._connection.sdk() as sdk:
                    completion = read_message(await sdk.messages.create(**request.arguments))
            return finished(completion, request, prompt, self.name, self._sight)

        return await ask(self._connection.place, build, send)

    async def stream(
        self, prompt: Prompt, settings: Settings = Settings(), *, hear: Hear
    ) -> Completion:
        """Answer the prompt, and let the answer be heard while it is written.

        Raises:
            ClientError: If the model could not be asked, or did not answer to the end.
        """
        check_sight(prompt, self.name, self._sight)

        def build(refused: frozenset[str]) -> Request:
            return streamed(self._request(prompt, settings, refused), refused)

        async def send(request: Request) -> Completion:
            listener = Listener(prompt, hear, settings, request.unsent_stop)
            heard = await self._heard(request, listener)
            return finished(heard, request, prompt, self.name, self._sight)

        return await ask(self._connection.place, build, send)

    @property
    def batches(self) -> AnthropicBatches:
        """Batches of requests at half the price, for `Extractor.batch`."""
        return AnthropicBatches(self._connection, self._request)

    def _request(self, prompt: Prompt, settings: Settings, refused: frozenset[str]) -> Request:
        return messages_request(
            self._connection.model,
            prompt,
            settings,
            prefill=self._prefill,
            cache=self._cache,
            extra_body=self._extra_body,
            refused=refused,
        )

    async def _heard(self, request: Request, listener: Listener) -> Completion:
        with self._connection.sdk() as sdk:
            async with await sdk.messages.create(**request.arguments) as events:
                return await hear_message(events, listener)

    async def aclose(self) -> None:
        """Close the connections opened in the running event loop; it may be used again."""
        await self._connection.close()


def _say_nothing(piece: str) -> None:
    """Hear an answer that is to be taken as a whole."""


def _sdk(**options: Any) -> AsyncAnthropic:
    import anthropic

    sent_by = http_client(anthropic) or anthropic.DefaultAsyncHttpxClient()
    return anthropic.AsyncAnthropic(http_client=tells_refusals(sent_by), **options)
