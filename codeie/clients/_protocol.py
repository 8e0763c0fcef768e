"""What a client is: one async method that turns a `Prompt` into a `Completion`."""

from __future__ import annotations

import enum
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Protocol, TypeAlias, runtime_checkable

from codeie.clients._logprobs import Logprobs
from codeie.clients._sight import Sight
from codeie.diagnostics import Diagnostic, Diagnostics
from codeie.display import (
    Viewable,
    code_html,
    code_text,
    diagnostics_html,
    diagnostics_text,
    note_html,
    sheeted_html,
)
from codeie.errors import InputError
from codeie.prompting import Layout, Prompt
from codeie.viewable import Outlined

if TYPE_CHECKING:
    from rich.console import RenderableType

__all__ = [
    "Capabilities",
    "Client",
    "Completion",
    "Hear",
    "Settings",
    "StopReason",
    "StreamingClient",
    "Usage",
    "checked_settings",
]


class StopReason(enum.StrEnum):
    """Why a model stopped writing."""

    END = "end"
    """It was done."""
    STOP = "stop"
    """It wrote one of the stop strings."""
    LENGTH = "length"
    """It ran into the token limit: the answer may lack items."""
    LOOP = "loop"
    """It wrote the same over and over, and was stopped."""
    ENOUGH = "enough"
    """Whoever listened had enough, and it was stopped."""
    REFUSED = "refused"
    """It, or a filter, declined to answer."""
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Usage(Outlined):
    """What a call cost, in tokens as the provider counts them.

    Args:
        input_tokens: All tokens read, cached ones included.
        output_tokens: All tokens written.
        cached_tokens: Of those read, how many came from a prompt cache.
        estimated: Whether the numbers are ours, not the provider's.
    """

    input_tokens: int = 0
    output_tokens: int = 0
    cached_tokens: int = 0
    estimated: bool = False

    def __add__(self, other: Usage) -> Usage:
        return Usage(
            self.input_tokens + other.input_tokens,
            self.output_tokens + other.output_tokens,
            self.cached_tokens + other.cached_tokens,
            self.estimated or other.estimated,
        )


@dataclass(frozen=True, slots=True)
class Completion(Viewable):
    """What a model answered.

    Args:
        text: The answer, without the prefill.
        stop_reason: Why it ended.
        usage: Tokens read and written.
        model: The model that answered, as the provider names it.
        prefilled: Whether the answer continues the prompt's prefill.
        confidences: For each item of the answer, in order, a probability in [0, 1], where
            the client can tell; else ``None``.
        logprobs: How likely its tokens were to the model, where that was asked for and the
            provider tells.
        diagnostics: What the client itself left out or could not do.
        raw: The provider's answer, plain data or an SDK's object, for whoever needs more.
    """

    text: str
    stop_reason: StopReason = StopReason.END
    usage: Usage = Usage()
    model: str = ""
    prefilled: bool = False
    confidences: tuple[float, ...] | None = None
    logprobs: Logprobs | None = field(default=None, repr=False)
    diagnostics: tuple[Diagnostic, ...] = ()
    raw: object = field(default=None, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "diagnostics", Diagnostics.of(self.diagnostics))

    def part(self, start: int, end: int) -> Completion:
        """The same with a part of the answer, and what is known of its tokens."""
        known = self.logprobs
        return replace(
            self,
            text=self.text[start:end],
            logprobs=known.between(start, end) if known is not None else None,
        )

    def __rich__(self) -> RenderableType:
        from rich.console import Group
        from rich.text import Text

        return Group(
            code_text(self.text), diagnostics_text(self.diagnostics), Text(self._cost, style="dim")
        )

    def _repr_html_(self) -> str:
        said = diagnostics_html(self.diagnostics) + note_html(self._cost)
        return sheeted_html(code_html(self.text) + said)

    @property
    def _cost(self) -> str:
        read, written = self.usage.input_tokens, self.usage.output_tokens
        about = " (estimated)" if self.usage.estimated else ""
        ended = f"ended by {self.stop_reason.value}"
        said = [self.model, ended, f"{read:,} tokens read, {written:,} written{about}"]
        return ", ".join(filter(None, said))


Hear: TypeAlias = Callable[[str], StopReason | None]
"""Is given the pieces of an answer, in order and one at a time, though perhaps in another thread.
It says why it has heard enough, or ``None`` to hear more."""


@dataclass(frozen=True, slots=True)
class Settings(Outlined):
    """How to sample; ``None`` means "do not send it", so the provider's default holds.

    Args:
        temperature: Sent only when set: some models reject it.
        max_tokens: The longest answer, in tokens.
        seed: For providers that take one.
        timeout: Seconds for one call.
        logprobs: Whether to ask how likely each token was; see `Completion`.
    """

    temperature: float | None = None
    max_tokens: int | None = None
    seed: int | None = None
    timeout: float | None = None
    logprobs: bool = False


def checked_settings(settings: object, *, logprobs: bool = False) -> Settings:
    """The settings, if they are some.

    Args:
        settings: What was given.
        logprobs: Whether to ask how likely tokens were, whatever they say.

    Raises:
        InputError: If they are something else, such as a dictionary; the message says what to
            write instead.
    """
    if isinstance(settings, Settings):
        return replace(settings, logprobs=True) if logprobs else settings
    known = [each.name for each in fields(Settings)]
    shown = f"Settings(…), which takes {', '.join(known)}"
    if isinstance(settings, Mapping) and settings and all(key in known for key in settings):
        given = ", ".join(f"{name}={value!r}" for name, value in settings.items())
        shown = f"Settings({given})"
    raise InputError(f"settings are a Settings, got {type(settings).__name__}; write {shown}")


@dataclass(frozen=True, slots=True)
class Capabilities(Outlined):
    """What a client can do beyond text in, text out.

    Args:
        prefill: The answer can be begun for the model.
        grammar: Grammars it takes: ``"llguidance"``, ``"gbnf"``, ``"lark"``, and for answers in
            JSON ``"json_schema"``, the better first; empty for none.
        logprobs: It returns log-probabilities.
        scores_candidates: It decides about candidate spans itself (the embedded model), so
            its answers are valid code by construction.
        context: The context's size in tokens, if known.
        options: What else of how the client is set up changes its answers, as text, so that
            answers kept on disk are not taken for those of other options.
        decoder: The name and version of what decides instead of plain generation, if any; it
            tells kept answers apart as well.
        layouts: How prompts can be sent to it, the better one first.
        images: What images it takes; ``None`` for one that only reads.
    """

    prefill: bool = False
    grammar: tuple[str, ...] = ()
    logprobs: bool = False
    scores_candidates: bool = False
    context: int | None = None
    options: str = ""
    decoder: str = ""
    layouts: tuple[Layout, ...] = ("conversation", "completion")
    images: Sight | None = None


@runtime_checkable
class Client(Protocol):
    """Anything that answers prompts. Write your own by giving it these three members."""

    @property
    def name(self) -> str:
        """The model as users name it, such as ``"openai/gpt-5.2"``."""
        ...

    @property
    def capabilities(self) -> Capabilities:
        """What it can do."""
        ...

    async def complete(self, prompt: Prompt, settings: Settings = Settings()) -> Completion:
        """Answer the prompt.

        Raises:
            ClientError: If the model could not be asked or did not answer.
        """
        ...


@runtime_checkable
class StreamingClient(Client, Protocol):
    """A client whose answers can be heard while they are written.

    A client without this is asked for the whole answer instead.
    """

    async def stream(
        self, prompt: Prompt, settings: Settings = Settings(), *, hear: Hear
    ) -> Completion:
        """Answer the prompt, and let each piece of the answer be heard as it comes.

        The pieces, joined, are the completion's ``text``. Once it is enough, the model is stopped and
        the completion holds what was heard, with the reason that was given. `Listener`
        does that, and sees loops. Cancelled, it leaves nothing open.

        Args:
            prompt: As for `complete`.
            settings: As for `complete`.
            hear: See `Hear`.

        Raises:
            ClientError: If the model could not be asked, or did not answer to the end.
        """
        ...
