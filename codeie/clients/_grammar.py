"""Telling an engine the grammar of its answer: in a notation that it takes, as narrow as it takes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass, replace
from typing import Any, Final, Literal

from codeie.clients._protocol import Completion, StopReason
from codeie.diagnostics import Code, Diagnostic, Severity
from codeie.errors import GrammarError
from codeie.grammars import Grammar, Strings, accepts, gbnf, lark, regex
from codeie.prompting import Prompt
from codeie.syntaxes import Json
from codeie.syntaxes.json_schema import strict_schema

__all__ = ["Notation", "Told", "held", "refused_grammar", "told"]

Notation = Literal["llguidance", "gbnf", "lark", "json_schema", "regex"]
"""How a grammar is written: for llguidance, llama.cpp, as Lark has it, as a JSON Schema, or as a
regular expression, where no class holds itself and no words of a text are spoken of."""


@dataclass(frozen=True, slots=True)
class Told:
    """A grammar as it is sent.

    Args:
        grammar: What the answer may be.
        notation: What it is written in.
        text: The grammar in that notation.
    """

    grammar: Grammar
    notation: Notation
    text: str

    @property
    def part(self) -> str:
        """What a refusal of it is remembered by: its notation, strings and order of size.

        So a text that is too long for a server does not make all others suffer, and few names
        are enough for any number of texts.
        """
        return f"{_of(self.notation)} {self.grammar.strings} {len(self.text).bit_length()}"

    @property
    def schema(self) -> dict[str, Any]:
        """The JSON Schema."""
        schema: dict[str, Any] = json.loads(self.text)
        return schema


def told(prompt: Prompt, notations: Sequence[Notation], refused: Set[str]) -> Told | None:
    """The narrowest grammar of a prompt that can be sent; ``None`` if there is none.

    Args:
        prompt: Has the grammars.
        notations: Those that the engine takes, the better first.
        refused: The parts that it is known to refuse.
    """
    for grammar in prompt.grammars:
        for notation in notations:
            if _of(notation) in refused:
                continue
            try:
                one = Told(grammar, notation, _WRITERS[notation](grammar, prompt))
            except GrammarError:
                continue
            if not _is_refused(one, refused):
                return one
    return None


def _of(notation: Notation) -> str:
    return f"grammar as {notation}"


def _is_refused(one: Told, refused: Set[str]) -> bool:
    """Whether such a grammar of this size, or a smaller one, was refused before."""
    *kind, size = one.part.rsplit(" ", 1)
    return any(
        part.rsplit(" ", 1)[0] == kind[0] and int(part.rsplit(" ", 1)[1]) <= int(size)
        for part in refused
        if part.startswith(f"{_of(one.notation)} ")
    )


def _as_schema(grammar: Grammar, prompt: Prompt) -> str:
    if not isinstance(prompt.syntax, Json) or grammar.strings != "free":
        raise GrammarError("a JSON Schema says what JSON may be, and nothing of what a text holds")
    return json.dumps(strict_schema(prompt.schema), ensure_ascii=False)


_WRITERS: Final[dict[Notation, Callable[[Grammar, Prompt], str]]] = {
    "llguidance": lambda grammar, _: "%llguidance {}\n" + lark(grammar, "llguidance"),
    "gbnf": lambda grammar, _: gbnf(grammar),
    "lark": lambda grammar, _: lark(grammar),
    "json_schema": _as_schema,
    "regex": lambda grammar, _: regex(grammar),
}

# How providers call what a grammar is sent in.
_CALLED: Final = re.compile(
    r"grammar|structured.?output|response_format|output_config|output_format|json.?schema|schema"
    r"|custom tool|tools?\b|guided|lark|regex|regular expression",
    re.IGNORECASE,
)
_NEVER: Final = re.compile(
    r"support|not permitted|not allowed|unrecognized|unexpected|unknown|deprecated|extra inputs",
    re.IGNORECASE,
)
_THIS: Final = re.compile(
    r"too (?:large|long|complex|many|big|deep)|exceed|limit|maximum|parse|compil|invalid|fail",
    re.IGNORECASE,
)


def refused_grammar(message: str, part: str) -> str | None:
    """Which part to leave out when a request with a grammar is refused; ``None`` if it is not why.

    Args:
        message: What the provider said.
        part: The grammar that was sent; see `Told.part`.

    Returns:
        The part itself if such a grammar is too much, else the notation altogether.
    """
    if not _CALLED.search(message):
        return None
    if _THIS.search(message):
        return part
    return part.rsplit(" ", 2)[0] if _NEVER.search(message) else None


_HELD: Final[dict[Strings, str]] = {
    "words": "its strings to words of the text",
    "characters": "its strings to characters of the text",
    "free": "its form alone, not its strings",
}


def held(completion: Completion, prompt: Prompt, sent: Told | None, name: str) -> Completion:
    """The answer, with what is to be said of how far it was held to a grammar.

    Args:
        completion: The answer as received.
        prompt: Has the grammars that it was to be held to.
        sent: What the engine was told.
        name: The client's name.
    """
    if not prompt.grammars:
        return completion
    if sent is None:
        return _noted(
            completion, f"{name} takes no such grammar, so the answer was not held to one"
        )
    if sent.notation == "json_schema":
        completion = completion.part(*_within_envelope(completion.text))
    elif not _is_of(completion, sent.grammar):
        why = f"{name} was sent a grammar, and its answer is not of it"
        return _noted(completion, f"{why}: the server seems to take none")
    if sent.grammar is not prompt.grammars[0]:
        what = _HELD[sent.grammar.strings]
        return _noted(
            completion, f"{name} takes no narrower grammar, so the answer was held to {what}"
        )
    return completion


def _is_of(completion: Completion, grammar: Grammar) -> bool:
    """Whether an answer can have been held to a grammar, if it was not cut off.

    Where a server does not know the field, or the notation, it writes on without a word.
    """
    ended = completion.stop_reason in (StopReason.END, StopReason.STOP)
    return not ended or accepts(grammar, completion.text) is not False


def _within_envelope(text: str) -> tuple[int, int]:
    """Where the list is, in an object whose only property it is."""
    start, end = text.find("["), text.rfind("]")
    if not text.lstrip().startswith("{") or start < 0:
        return 0, len(text)
    return start, end + 1 if end > start else len(text)


def _noted(completion: Completion, why: str) -> Completion:
    note = Diagnostic(Code.UNCONSTRAINED, f"{why[:1].upper()}{why[1:]}.", Severity.WARNING)
    return replace(completion, diagnostics=(*completion.diagnostics, note))
