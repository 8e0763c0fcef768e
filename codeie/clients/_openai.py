"""OpenAI's models, and those behind servers that speak OpenAI's API."""

from __future__ import annotations

import re
from collections.abc import AsyncIterable, Awaitable, Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, Final, Literal

from codeie.clients._connection import Connection
from codeie.clients._listener import Listener
from codeie.clients._openai_batches import OpenAIBatches
from codeie.clients._openai_chat import ChatDialect, chat_request, hear_chat, read_chat
from codeie.clients._openai_completions import completions_request, read_completions
from codeie.clients._openai_responses import (
    hear_responses,
    read_responses,
    responses_request,
)
from codeie.clients._options import options_text
from codeie.clients._posted import is_own, posted
from codeie.clients._protocol import Capabilities, Completion, Hear, Settings
from codeie.clients._refusals import tells_refusals
from codeie.clients._request import Request, ask, finished, streamed
from codeie.clients._sight import Sight, as_sight, check_sight, openai_sight
from codeie.clients._transport import http_client
from codeie.errors import InputError
from codeie.prompting import Layout, Prompt

if TYPE_CHECKING:
    from openai import AsyncOpenAI

__all__ = ["OpenAIClient"]

# OpenAI serves these through the Responses API only. From its documentation, not tried here.
_RESPONSES_ONLY: Final = re.compile(r"-(pro|codex|deep-research)\b")

_Api = Literal["chat", "responses", "completions"]
_READERS: Final[Mapping[_Api, Callable[[object], Completion]]] = {
    "chat": read_chat,
    "responses": read_responses,
    "completions": read_completions,
}
_PATHS: Final[Mapping[_Api, str]] = {
    "chat": "/chat/completions",
    "responses": "/responses",
    "completions": "/completions",
}
_HEARERS: Final[
    Mapping[_Api, Callable[[AsyncIterable[object], Listener], Awaitable[Completion]]]
] = {
    "chat": hear_chat,
    "responses": hear_responses,
    "completions": hear_chat,
}


class OpenAIClient:
    """Asks a model through OpenAI's SDK: OpenAI itself, or a compatible server.

    It may be used from several threads and event loops, and pickled; the SDK's own client is
    made at the first call. Retries are the SDK's.

    Args:
        model: The model as the provider names it, such as ``"gpt-5.2"``.
        api: Which of OpenAI's APIs to use; ``None`` takes Chat Completions, except for models
            that are served through Responses only.
        base_url: The address of a compatible server (vLLM, llama.cpp, Ollama, LM Studio), such
            as ``"http://localhost:8000/v1"``; ``None`` means ``OPENAI_BASE_URL``, else OpenAI.
        api_key: The key; ``None`` means ``OPENAI_API_KEY``. A server named by ``base_url`` is
            only sent a key that is given here.
        sdk_client: A ready `openai.AsyncOpenAI` (or Azure's) to use instead; closing it is up to
            its owner.
        max_retries: How often the SDK repeats a call that failed; ``None`` for its default.
        prefill: How a compatible server is told to continue a begun answer: by vLLM's
            ``"continue_final_message"``, or by a ``"trailing_message"`` (llama.cpp). OpenAI has
            no such thing.
        cache: Whether to name the stable part of the prompt to OpenAI's prompt cache.
        grammar: The field in which a compatible server takes a grammar: llama.cpp's
            ``"grammar"``, or vLLM's ``"structured_outputs"``. OpenAI takes one as a tool of its
            own, or as structured outputs, and need not be told.
        extra_body: More fields of the request, sent as they are.
        images: Whether the model sees, or what images it takes. ``None``: OpenAI's own models do,
            but for those that are known not to, and those of compatible servers do not.

    Raises:
        MissingExtra: If the openai package is not installed.
        InputError: If the arguments contradict each other.

    Examples:
        >>> OpenAIClient("gpt-5.2")
        OpenAIClient('gpt-5.2', api='chat')
        >>> OpenAIClient("qwen3-8b", base_url="http://localhost:8000/v1").name
        'openai@localhost:8000/qwen3-8b'
    """

    def __init__(
        self,
        model: str,
        *,
        api: Literal["chat", "responses"] | None = None,
        base_url: str | None = None,
        api_key: str | None = None,
        sdk_client: AsyncOpenAI | None = None,
        max_retries: int | None = None,
        prefill: Literal["continue_final_message", "trailing_message"] | None = None,
        cache: bool = True,
        grammar: Literal["grammar", "structured_outputs"] | None = None,
        extra_body: Mapping[str, object] | None = None,
        images: bool | Sight | None = None,
    ) -> None:
        self._connection = Connection(
            "openai",
            model,
            _sdk,
            base_url=base_url,
            api_key=api_key,
            max_retries=max_retries,
            sdk_client=sdk_client,
        )
        own = self._connection.own
        if prefill is not None and (own or api == "responses"):
            raise InputError(
                "prefill is for Chat Completions of compatible servers; OpenAI continues no answer"
            )
        if grammar is not None and (own or api == "responses"):
            raise InputError(
                "grammar is for compatible servers; OpenAI is told grammars in its own way"
            )
        self._api: Literal["chat", "responses"] = api or (
            "responses" if own and _RESPONSES_ONLY.search(model) else "chat"
        )
        self._layouts: tuple[Layout, ...] = (
            ("conversation",) if own or api == "responses" else ("conversation", "completion")
        )
        self._dialect = ChatDialect(own, prefill, cache and own, grammar)
        self._extra_body = dict(extra_body or {})
        seen = openai_sight(model) if images is None and own else images
        self._sight = as_sight(seen)
        self._options = options_text(api=api, prefill=prefill, extra_body=self._extra_body)

    def __repr__(self) -> str:
        url = self._connection.url
        place = f", base_url={url!r}" if url else ""
        return f"OpenAIClient({self._connection.model!r}, api={self._api!r}{place})"

    @property
    def name(self) -> str:
        """The model as users name it; with the server's host if that is not OpenAI's."""
        return self._connection.name

    @property
    def capabilities(self) -> Capabilities:
        """Whether answers can be begun for it, the grammars and images it takes, and whether it goes on with texts.

        Compatible servers do, through Completions.
        """
        return Capabilities(
            prefill=self._dialect.prefill is not None,
            grammar=self._dialect.notations,
            logprobs=True,
            options=self._options,
            layouts=self._layouts,
            images=self._sight,
        )

    async def complete(self, prompt: Prompt, settings: Settings = Settings()) -> Completion:
        """Answer the prompt.

        Raises:
            ClientError: If the model could not be asked or did not answer.
        """
        check_sight(prompt, self.name, self._sight)
        api = self._api_for(prompt)
        if api != "responses" and prompt.stop != self._dialect.stops(prompt, settings):
            return await self.stream(prompt, settings, hear=lambda _piece: None)

        def build(refused: frozenset[str]) -> Request:
            return self._request(api, prompt, settings, refused)

        async def send(request: Request) -> Completion:
            response = await self._send(api, request)
            return finished(_READERS[api](response), request, prompt, self.name, self._sight)

        return await ask(self._connection.place, build, send)

    async def stream(
        self, prompt: Prompt, settings: Settings = Settings(), *, hear: Hear
    ) -> Completion:
        """Answer the prompt, and let the answer be heard while it is written.

        Raises:
            ClientError: If the model could not be asked, or did not answer to the end.
        """
        check_sight(prompt, self.name, self._sight)
        api = self._api_for(prompt)

        def build(refused: frozenset[str]) -> Request:
            request = self._request(api, prompt, settings, refused)
            return streamed(request, refused, told=api != "responses")

        async def send(request: Request) -> Completion:
            listener = Listener(prompt, hear, settings, request.unsent_stop)
            with self._connection.sdk() as sdk:
                resource, _ = _resource(sdk, api)
                async with await resource.create(**request.arguments) as events:
                    heard = await _HEARERS[api](events, listener)
            return finished(heard, request, prompt, self.name, self._sight)

        return await ask(self._connection.place, build, send)

    @property
    def batches(self) -> OpenAIBatches:
        """Batches of requests at half the price, for `Extractor.batch`."""
        build = partial(self._request, self._api)
        return OpenAIBatches(self._connection, _PATHS[self._api], build, _READERS[self._api])

    def _request(
        self, api: _Api, prompt: Prompt, settings: Settings, refused: frozenset[str]
    ) -> Request:
        model, extra_body = self._connection.model, self._extra_body
        if api == "completions":
            dialect = self._dialect
            return completions_request(model, prompt, settings, extra_body, refused, dialect)
        if api == "responses":
            cache, takes = self._dialect.cache, self._dialect.notations
            return responses_request(model, prompt, settings, cache, extra_body, refused, takes)
        return chat_request(model, prompt, settings, self._dialect, extra_body, refused)

    def _api_for(self, prompt: Prompt) -> _Api:
        if prompt.layout == "completion" and "completion" in self._layouts:
            return "completions"
        return self._api

    async def _send(self, api: _Api, request: Request) -> object:
        with self._connection.sdk() as sdk:
            resource, path = _resource(sdk, api)
            if is_own(resource.create, "openai"):
                # Checking arguments by their types and making a typed value of what comes back
                # costs more than all that codeie does; sending, retries and errors are the SDK's.
                return await sdk.post(path, cast_to=object, **posted(request.arguments))
            return await resource.create(**request.arguments)

    async def aclose(self) -> None:
        """Close the connections opened in the running event loop; it may be used again."""
        await self._connection.close()


def _resource(sdk: AsyncOpenAI, api: _Api) -> tuple[Any, str]:
    """Whose ``create`` asks, and the path that it asks at."""
    if api == "completions":
        return sdk.completions, _PATHS[api]
    if api == "responses":
        return sdk.responses, _PATHS[api]
    return sdk.chat.completions, _PATHS[api]


def _sdk(**options: Any) -> AsyncOpenAI:
    import openai

    sent_by = http_client(openai) or openai.DefaultAsyncHttpxClient()
    return openai.AsyncOpenAI(http_client=tells_refusals(sent_by), **options)
