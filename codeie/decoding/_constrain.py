"""Which grammars an answer is to be held to: from a prompt, and what its user wants."""

from __future__ import annotations

from dataclasses import replace
from typing import Final, Literal

from codeie.diagnostics import Code, Diagnostic, Severity
from codeie.errors import GrammarError, InputError
from codeie.grammars import Bounds, Grammar, Strings, optional, seq
from codeie.prompting import Prompt
from codeie.syntaxes import Grammatical

__all__ = ["CONSTRAIN", "Constrain", "checked_constrain", "constrained", "grammar_of"]

Constrain = Literal["auto", "never", "schema", "document"]
"""What a model's answers are held to; see `codeie.Extractor`."""

CONSTRAIN: Final = ("auto", "never", "schema", "document")

_LEVELS: Final[dict[str, tuple[Strings, ...]]] = {
    # Until it is measured that a grammar costs no F1 (benchmarks/prompts.py --constrain).
    "auto": (),
    "never": (),
    "schema": ("free",),
    "document": ("words", "characters", "free"),
}


def checked_constrain(wanted: str) -> Constrain:
    """What is wanted, if it is one of the possible.

    Raises:
        InputError: If it is something else.
    """
    for one in CONSTRAIN:
        if wanted == one:
            return one
    raise InputError(f"constrain is one of {', '.join(map(repr, CONSTRAIN))}, got {wanted!r:.80}")


def constrained(prompt: Prompt, wanted: Constrain, takes: tuple[str, ...], name: str) -> Prompt:
    """The prompt with the grammars of its answer, the narrowest first.

    Where the answer cannot be held to any, a diagnostic of the prompt's says why.

    Args:
        prompt: In the layout in which it is sent.
        wanted: What answers are to be held to.
        takes: The notations that the client takes.
        name: The client's name.
    """
    levels = _LEVELS[wanted]
    if not levels:
        return prompt
    if not takes:
        return _noted(prompt, f"{name} takes no grammar, so the answer was not held to one")
    if prompt.prefill:
        why = "the answer was begun for the model, and what follows has no grammar of its own"
        return _noted(prompt, why)
    grammars: list[Grammar] = []
    said: dict[str, None] = {}
    for strings in levels:
        try:
            grammars.append(grammar_of(prompt, strings))
        except GrammarError as error:
            said[str(error)] = None
    for why in said:
        what = "the answer was held to a wider grammar" if grammars else "the answer was free"
        prompt = _noted(prompt, f"{what}: {why}")
    return replace(prompt, grammars=tuple(grammars))


def grammar_of(prompt: Prompt, strings: Strings = "words") -> Grammar:
    """What the answer to a prompt may be.

    Args:
        prompt: Its answer's form, classes and text count.
        strings: What strings may be.

    Raises:
        GrammarError: If the form of its answers has no grammar.
        GrammarTooLarge: If the text is too long for strings of its words.
    """
    syntax = prompt.syntax
    if not isinstance(syntax, Grammatical):
        raise GrammarError(f"answers in the form {syntax.name!r} have no grammar")
    grammar = syntax.grammar(prompt.schema, Bounds(strings), prompt.text)
    if prompt.layout == "conversation" or not prompt.joint:
        return grammar
    # The space between a text and what goes on from it is the model's to write.
    return replace(grammar, start=seq(optional(prompt.joint), grammar.start))


def _noted(prompt: Prompt, why: str) -> Prompt:
    note = Diagnostic(Code.UNCONSTRAINED, f"{why[:1].upper()}{why[1:]}.", Severity.WARNING)
    return replace(prompt, diagnostics=(*prompt.diagnostics, note))
