"""Which grammars an answer is to be held to: from a prompt, and what its user wants."""

from __future__ import annotations

from dataclasses import replace
from typing import Final, Literal, TypeAlias

from codeie.diagnostics import Code, Diagnostic, Severity
from codeie.errors import GrammarError, InputError
from codeie.grammars import Bounds, Grammar, Strings, optional, seq
from codeie.introspection import Schema, near_names
from codeie.prompting import Prompt
from codeie.syntaxes import Grammatical

__all__ = [
    "CONSTRAIN",
    "Constrain",
    "Constraint",
    "bounds_of",
    "checked_constrain",
    "constrained",
    "grammar_of",
]

Constrain = Literal["auto", "never", "schema", "document"]
"""What a model's answers are held to; see `codeie.Extractor`."""

Constraint: TypeAlias = Constrain | Bounds
"""The same, or in detail: what strings may be, and how many items and how long strings there are."""

CONSTRAIN: Final = ("auto", "never", "schema", "document")

# What strings may be, the narrowest first: each is a way out where the one before is too much.
_NARROWEST: Final[tuple[Strings, ...]] = ("words", "characters", "free")
_BOUNDS: Final[dict[str, Bounds | None]] = {
    # Until it is measured that a grammar costs no F1 (benchmarks/prompts.py --constrain).
    "auto": None,
    "never": None,
    "schema": Bounds("free"),
    "document": Bounds("words"),
}


def checked_constrain(wanted: object, schema: Schema | None = None) -> Constraint:
    """What is wanted, if it is one of the possible.

    Args:
        wanted: One of the words, or `Bounds`.
        schema: The classes, if they are known: of fields that have to be filled, each is one of
            theirs.

    Raises:
        InputError: If it is something else.
    """
    if isinstance(wanted, Bounds):
        known = [
            f"{spec.name}.{field.name}"
            for spec in (schema.known if schema is not None else ())
            for field in spec.init_fields
        ]
        for path in sorted(wanted.filled) if schema is not None else ():
            if path not in known:
                near = near_names(path, known) or known
                raise InputError(
                    f"Bounds.filled has {path!r:.80}, which is no field; try {', '.join(near[:3])}"
                )
        return wanted
    for one in CONSTRAIN:
        if wanted == one:
            return one
    raise InputError(
        f"constrain is one of {', '.join(map(repr, CONSTRAIN))}, or Bounds, got {wanted!r:.80}"
    )


def bounds_of(wanted: Constraint) -> Bounds | None:
    """What answers may hold by a wish; ``None`` for anything."""
    return _BOUNDS[wanted] if isinstance(wanted, str) else wanted


def constrained(prompt: Prompt, wanted: Constraint, takes: tuple[str, ...], name: str) -> Prompt:
    """The prompt with the grammars of its answer, the narrowest first.

    Where the answer cannot be held to any, a diagnostic of the prompt's says why.

    Args:
        prompt: In the layout in which it is sent.
        wanted: What answers are to be held to.
        takes: The notations that the client takes.
        name: The client's name.
    """
    bounds = bounds_of(wanted)
    if bounds is None:
        return prompt
    if not takes:
        return _noted(prompt, f"{name} takes no grammar, so the answer was not held to one")
    if prompt.prefill:
        why = "the answer was begun for the model, and what follows has no grammar of its own"
        return _noted(prompt, why)
    grammars: list[Grammar] = []
    said: dict[str, None] = {}
    for strings in _NARROWEST[_NARROWEST.index(bounds.strings) :]:
        try:
            grammars.append(grammar_of(prompt, replace(bounds, strings=strings)))
        except GrammarError as error:
            said[str(error)] = None
    for why in said:
        what = "the answer was held to a wider grammar" if grammars else "the answer was free"
        prompt = _noted(prompt, f"{what}: {why}")
    return replace(prompt, grammars=tuple(grammars))


def grammar_of(prompt: Prompt, strings: Strings | Bounds = "words") -> Grammar:
    """What the answer to a prompt may be.

    Args:
        prompt: Its answer's form, classes and text count.
        strings: What strings may be, or all that answers may hold.

    Raises:
        GrammarError: If the form of its answers has no grammar.
        GrammarTooLarge: If the text is too long for strings of its words.
    """
    syntax = prompt.syntax
    if not isinstance(syntax, Grammatical):
        raise GrammarError(f"answers in the form {syntax.name!r} have no grammar")
    bounds = strings if isinstance(strings, Bounds) else Bounds(strings)
    grammar = syntax.grammar(prompt.schema, bounds, prompt.text)
    if prompt.layout == "conversation" or not prompt.joint:
        return grammar
    # The space between a text and what goes on from it is the model's to write.
    return replace(grammar, start=seq(optional(prompt.joint), grammar.start))


def _noted(prompt: Prompt, why: str) -> Prompt:
    note = Diagnostic(Code.UNCONSTRAINED, f"{why[:1].upper()}{why[1:]}.", Severity.WARNING)
    return replace(prompt, diagnostics=(*prompt.diagnostics, note))
