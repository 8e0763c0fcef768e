"""Models in a file on this machine, run by llama.cpp inside this process.

No key, no server to start, nothing leaves the machine. ``"local"`` is the embedded model,
fetched once; ``"local:/path/to/model.gguf"`` is any GGUF file of the user's.
"""

from __future__ import annotations

import asyncio
import math
import os
import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from codeie.clients._bounds import token_bound
from codeie.clients._extras import require_extra
from codeie.clients._gguf import local_layouts
from codeie.clients._grammar import Notation, held, told
from codeie.clients._listener import Listener, all_at_once
from codeie.clients._logprobs import LIKELIEST, along, tokens_of
from codeie.clients._protocol import (
    Capabilities,
    Completion,
    Hear,
    Settings,
    StopReason,
    Usage,
)
from codeie.clients._request import Request, ask, ended_at_stop
from codeie.clients._sight import check_sight
from codeie.clients._turns import SYSTEM, Turns
from codeie.clients._watched import watched
from codeie.clients._weights import fetch
from codeie.errors import ModelFileError, PromptTooLong, RequestRejected
from codeie.prompting import Message, Prompt

__all__ = ["LocalClient"]

# Words of a long text take llguidance half the time that GBNF takes, and a tenth of the grammar.
_GRAMMARS: Final[tuple[Notation, ...]] = ("llguidance", "gbnf")
_SLOTS: Final = 2  # prompts whose prefixes stay cached, each with a context of its own
_STOPS: Final = {"stop": StopReason.END, "length": StopReason.LENGTH}


class LocalClient:
    """Asks a model in a GGUF file, through llama.cpp (the package ``xllamacpp``).

    The file is loaded at the first call, once for the process and each path; calls take
    turns. What a prompt shares with the one before is not computed again.

    Args:
        path: The GGUF file; ``None`` for the embedded model.
        context: The context's size in tokens.
        threads: How many threads compute; by default all cores but one. With a thread on
            every core, other work on the machine makes each call several times slower.
        chat: Whether the model holds conversations, in the form of the file's own chat
            template; if not, prompts are texts to go on with. ``None`` finds out: a file with
            a template does. Base models go on with texts; some come with a template all the
            same. The embedded model has one, and is too small to gain by it.
        scores: Whether the model only judges candidate spans instead of writing the answer;
            by default so for the embedded model, which is too small to write lists.
        progress: Whether a download shows its progress on stderr.

    Raises:
        MissingExtra: If ``xllamacpp`` is not installed.
    """

    def __init__(
        self,
        path: str | None = None,
        *,
        context: int = 4096,
        threads: int | None = None,
        chat: bool | None = None,
        scores: bool | None = None,
        progress: bool = True,
    ) -> None:
        require_extra("local")
        self._path = Path(path).expanduser() if path else None
        self._context = context
        self._threads = threads or max(1, (os.cpu_count() or 2) - 1)
        self._chat = chat
        self._scores = path is None if scores is None else scores
        self._progress = progress

    def __repr__(self) -> str:
        return f"LocalClient({str(self._path) if self._path else None!r})"

    @property
    def name(self) -> str:
        """``"local"``, or ``"local:"`` and the path."""
        return f"local:{self._path}" if self._path else "local"

    @property
    def capabilities(self) -> Capabilities:
        """Prefill, grammars, log-probabilities; scoring of candidates where that is set.

        Whether it holds conversations is read from the file, which is not loaded for it.
        """
        return Capabilities(
            prefill=True,
            grammar=_GRAMMARS,
            logprobs=True,
            scores_candidates=self._scores,
            context=self._context,
            layouts=local_layouts(self._path, self._chat),
        )

    async def complete(self, prompt: Prompt, settings: Settings = Settings()) -> Completion:
        """Let the model answer a conversation, or go on with a text.

        The call runs in a thread of its own; ``settings.timeout`` does not end it, the token
        limit does. Where none is set it follows from the text's length. An answer that
        says the same more often than the text can is ended there (`StopReason.LOOP`).

        Raises:
            ModelFileError: If the file is missing, damaged or cannot be fetched.
            PromptTooLong: If the prompt does not fit the context.
            RequestRejected: If the file's chat template refuses the turns.
        """
        return await self.stream(prompt, settings, hear=lambda _piece: None)

    async def stream(
        self, prompt: Prompt, settings: Settings = Settings(), *, hear: Hear
    ) -> Completion:
        """The same, and the answer is heard while it is written, in the call's thread.

        An answer that goes on with a prefill in a conversation is heard as a whole.

        Raises:
            ModelFileError: If the file is missing, damaged or cannot be fetched.
            PromptTooLong: If the prompt does not fit the context.
            RequestRejected: If the file's chat template refuses the turns.
        """
        check_sight(prompt, self.name, None)
        place = ("local", self.name)

        def build(refused: frozenset[str]) -> Request:
            return _request(prompt, settings, refused)

        async def send(request: Request) -> Completion:
            # In pieces a conversation does not say whether it goes on with a prefill.
            if prompt.prefill and prompt.layout == "conversation":
                answer = await asyncio.to_thread(self._ask, dict(request.arguments))
                whole = _completion(answer, self.name, prompt)
                return all_at_once(ended_at_stop(whole, request.unsent_stop), hear)
            listener = Listener(prompt, hear, settings, request.unsent_stop)
            answer = await self._heard(dict(request.arguments), listener)
            completion = _completion(answer, self.name, prompt)
            reason = listener.reason or completion.stop_reason
            completion = replace(completion, stop_reason=reason)
            return held(completion, prompt, request.told, self.name)

        return await ask(place, build, send)

    async def _heard(self, request: dict[str, Any], listener: Listener) -> Mapping[str, Any]:
        left = threading.Event()
        call = asyncio.to_thread(self._ask, request, listener, left.is_set)
        asked = asyncio.ensure_future(call)
        try:
            return await asyncio.shield(asked)
        except asyncio.CancelledError:
            left.set()  # the thread ends with the next piece, and whoever asks next has the model
            await asyncio.gather(asked, return_exceptions=True)
            raise

    def next_token(self, text: str, top: int = 400, slot: int = 0) -> dict[str, float]:
        """How likely each token is to come next: natural log-probabilities, most likely first.

        Args:
            text: What stands before it.
            top: How many tokens to return.
            slot: Which of the two cached prefixes to go on from, 0 or 1: whoever asks two
                kinds of question in turn keeps what is common to each.

        Raises:
            ModelFileError: If the file is missing, damaged or cannot be fetched.
            PromptTooLong: If the text does not fit the context.
        """
        answer = self._ask(
            {
                "prompt": _sendable(text),
                "max_tokens": 1,
                "temperature": 0,
                "n_probs": top,
                "cache_prompt": True,
                "id_slot": slot,
            }
        )
        logprobs = answer["choices"][0]["logprobs"]
        if logprobs is None:
            return {}  # nothing comes after nothing
        ranked = logprobs["content"][0]["top_logprobs"]
        likely: dict[str, float] = {}
        for entry in ranked:
            # Two tokens may read the same; bytes that are no text on their own read as "".
            if entry["token"] and math.isfinite(entry["logprob"]):
                likely.setdefault(entry["token"], float(entry["logprob"]))
        return likely

    def _ask(
        self,
        request: dict[str, Any],
        listener: Listener | None = None,
        left: Callable[[], bool] = lambda: False,
    ) -> Mapping[str, Any]:
        """Ask the engine; whoever listens is given the answer while it comes."""
        engine = _engine(self._path or fetch(progress=self._progress), self._context, self._threads)
        with engine.lock:
            send = engine.chat if "messages" in request else engine.complete
            try:
                answer: dict[str, Any] = (
                    watched(send, request, listener, left) if listener else send(request)
                )
            except ValueError as error:  # of the chat template
                raise _template_refuses(str(error)) from error
        problem = answer.get("error")
        if problem:
            _refuse(problem, self._context)
        return answer


class _Engine:
    """A loaded model. It lives as long as the process: unloading frees nothing a user needs."""

    def __init__(self, path: Path, context: int, threads: int) -> None:
        import xllamacpp

        self.lock = threading.Lock()
        wanted = xllamacpp.CommonParams()
        wanted.model.path = str(path)
        wanted.n_ctx = context * _SLOTS
        wanted.n_parallel = _SLOTS
        wanted.n_gpu_layers = 0  # the same numbers on every machine
        wanted.cache_ram_mib = 0  # the slots hold the prefixes; more would take gigabytes
        for cpu in (wanted.cpuparams, wanted.cpuparams_batch):
            cpu.n_threads = threads
            cpu.poll = 0  # threads that wait by spinning starve each other on a busy machine
        wanted.verbosity = -1  # llama.cpp would write its log to stderr
        wanted.warmup = False
        try:
            server = xllamacpp.Server(wanted)
        except (RuntimeError, ValueError) as error:
            raise ModelFileError(
                f"{path.name} cannot be loaded as a GGUF model: {error}",
                provider="local",
                hint="Check that the file is whole and is a GGUF file that llama.cpp knows.",
            ) from error
        self.complete = server.handle_completions
        self.chat = server.handle_chat_completions
        self._server = server


_ENGINES: Final[dict[tuple[int, Path, int, int], _Engine]] = {}
_LOADING: Final = threading.Lock()


def _engine(path: Path, context: int, threads: int) -> _Engine:
    with _LOADING:
        # A forked child has its parent's engine without its threads: it loads its own.
        key = (os.getpid(), path.resolve(), context, threads)
        if key not in _ENGINES:
            if not path.is_file():
                raise ModelFileError(
                    f"there is no model file {path}", provider="local", hint="Check the path."
                )
            with path.open("rb") as file:
                # llama.cpp may abort the process on a file that is something else.
                if file.read(4) != b"GGUF":
                    raise ModelFileError(f"{path} is not a GGUF file", provider="local")
            _ENGINES[key] = _Engine(path, context, threads)
        return _ENGINES[key]


def _sendable(text: str) -> str:
    # A lone surrogate, from a file read with errors="surrogateescape", is not UTF-8.
    return text.encode("utf-8", "replace").decode("utf-8")


def _refuse(problem: Mapping[str, Any], context: int) -> None:
    message = str(problem.get("message", problem))
    if problem.get("type") == "exceed_context_size_error" or "context" in message:
        raise PromptTooLong(
            f"the prompt does not fit the local model's context of {context} tokens; give it a "
            "shorter text (Extractor(chunk=…)), fewer demonstrations, or LocalClient(context=…)"
        )
    raise RequestRejected(
        f"the local model refused the request: {message}", provider="local", status_code=400
    )


def _template_refuses(message: str) -> RequestRejected:
    # What matters stands last, behind the place in the template.
    what = message.strip().rsplit("\n", 1)[-1].removeprefix("Error: ")
    return RequestRejected(
        f"the local model's chat template refuses the turns: {what}",
        provider="local",
        status_code=400,
        hint="Send the prompt as a text: layout='completion', or LocalClient(chat=False).",
    )


def _request(prompt: Prompt, settings: Settings, refused: frozenset[str]) -> Request:
    arguments: dict[str, Any] = {
        "max_tokens": settings.max_tokens or token_bound(prompt),
        "temperature": settings.temperature or 0,
        # With stop strings, llama.cpp does not tell all tokens; see `ChatDialect.stops`.
        **({} if settings.logprobs else {"stop": list(prompt.stop)}),
        "cache_prompt": True,
        "id_slot": 0,
    }
    if settings.seed is not None:
        arguments["seed"] = settings.seed
    unsent = prompt.stop if settings.logprobs else ()
    grammar = told(prompt, _GRAMMARS, refused)
    optional: tuple[str, ...] = ()
    if grammar is not None:
        arguments["grammar"] = _sendable(grammar.text)
        optional = (grammar.part,)
    if prompt.layout == "completion":
        asked = {**arguments, "prompt": _sendable(prompt.completion)}
        asked |= {"n_probs": LIKELIEST} if settings.logprobs else {}
        return Request(asked, optional, unsent_stop=unsent, told=grammar)
    turns = Turns.of(prompt, refused)
    spoken = [*turns.all, *([Message("assistant", prompt.prefill)] if prompt.prefill else [])]
    messages = [{"role": turn.role, "content": _sendable(turn.content)} for turn in spoken]
    if settings.logprobs:
        arguments |= {"logprobs": True, "top_logprobs": LIKELIEST}
    # llama.cpp mends a template that takes no system's turn; where that fails, we do.
    optional += (SYSTEM,) if turns.system else ()
    return Request({**arguments, "messages": messages}, optional, unsent_stop=unsent, told=grammar)


def _completion(answer: Mapping[str, Any], name: str, prompt: Prompt) -> Completion:
    choice = answer["choices"][0]
    # Of a conversation, llama.cpp repeats the prefill in its answer.
    text = choice["text"] if "text" in choice else choice["message"].get("content") or ""
    repeated = "text" not in choice and text.startswith(prompt.prefill)
    usage = answer.get("usage", {})
    text = text.removeprefix(prompt.prefill) if repeated else text
    return Completion(
        text=text,
        stop_reason=_STOPS.get(choice.get("finish_reason", ""), StopReason.OTHER),
        usage=Usage(
            input_tokens=int(usage.get("prompt_tokens", 0)),
            output_tokens=int(usage.get("completion_tokens", 0)),
            cached_tokens=int(answer.get("timings", {}).get("cache_n", 0)),
        ),
        model=name,
        prefilled=bool(prompt.prefill) and ("text" in choice or repeated),
        logprobs=along(text, tokens_of(choice.get("logprobs"))),
        raw=answer,
    )
