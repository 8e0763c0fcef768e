"""Further instructions for any style, and the pieces that papers found to help.

    style = instructed("gollie", definitions({"Person": "A human being."}), context(notes))

Each piece is a paragraph of text, so pieces of your own stand beside these.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from codeie.errors import InputError
from codeie.prompting._changed import changed
from codeie.prompting._registry import style_named
from codeie.prompting._style import Question, Request, Style
from codeie.syntaxes.source import comment

__all__ = ["context", "definitions", "error_instructions", "five_elements", "instructed"]

_MOST = 8
"""Kinds of errors that are told; a model follows no longer list."""


def instructed(style: str | Style, *pieces: str) -> Style:
    """A style with further instructions after its own.

    They stand with the style's own, before the classes, in each question that it asks anew.

    Args:
        style: A style or its name.
        pieces: Paragraphs, in order; empty ones are left out.

    Raises:
        UnknownStyle: If there is no such style.
        InputError: If a piece is no text.

    Examples:
        >>> style = instructed("code4uie", "Titles are no part of a name.")
        >>> style.name
        'code4uie instructed'
    """
    if not all(isinstance(piece, str) for piece in pieces):
        raise InputError("the pieces of instructions are strings, a paragraph each")
    said = "\n".join(piece.strip() for piece in pieces if piece.strip())
    chosen = style_named(style)
    return changed(chosen, _Told(said), "instructed") if said else chosen


@dataclass(frozen=True, slots=True)
class _Told:
    said: str

    def __call__(self, question: Question, request: Request) -> Question:  # noqa: ARG002
        if question.continues:
            return question  # the conversation has them already
        return replace(question, more="\n".join(filter(None, (question.more, self.said))))


def definitions(known: Mapping[str, str]) -> str:
    """Definitions of classes or of terms of a text, on a line each.

    Munnangi et al. 2024, On-the-fly Definition Augmentation of LLMs for Biomedical NER.

    Args:
        known: For each term what it means, in a sentence.
    """
    lines = [f"- {comment(term)}: {comment(meaning)}" for term, meaning in known.items()]
    return "\n".join(["These terms are meant so:", *lines]) if lines else ""


def context(*sentences: str) -> str:
    """What is known besides the text: it helps to decide, and is no part of the answer.

    The model's own knowledge (PGIM, Li et al. 2023, Prompting ChatGPT in MNER) or sentences
    found elsewhere (Amalvy et al. 2023).

    Args:
        sentences: As they are to be read; line breaks in them become spaces.
    """
    lines = [f"- {comment(sentence)}" for sentence in sentences if sentence.strip()]
    if not lines:
        return ""
    return "\n".join(
        [
            "What is known besides, to decide by; take no strings from it, only from the text:",
            *lines,
        ]
    )


def error_instructions(errors: Iterable[tuple[str, str]]) -> str:
    """Instructions against the errors that were made, the most frequent first.

    Hu et al. 2024, Improving Large Language Models for Clinical Named Entity Recognition via
    Prompt Engineering, find that instructions from an analysis of errors help beside guidelines.

    Args:
        errors: For each error the class that was predicted and the one that was right; ``""``
            for what was no mention at all, or was missed. `codeie.evaluation.find_errors`
            counts them.
    """
    lines = []
    for (said, right), _ in Counter(errors).most_common(_MOST):
        if said and right:
            lines.append(f"- Do not take a {comment(right)} for a {comment(said)}.")
        elif said:
            lines.append(f"- Do not take for a {comment(said)} what is none.")
        elif right:
            lines.append(f"- Do not overlook any {comment(right)}.")
    return "\n".join(["Errors that were made before:", *lines]) if lines else ""


def five_elements(
    task: str,
    *,
    classes: str = "",
    background: str = "",
    emphasis: str = "",
    checked: bool = False,
) -> tuple[str, ...]:
    """The five elements of a prompt by Shao et al. 2024, those that are given.

    Astronomical Knowledge Entity Extraction in Astrophysics Journal Articles via Large Language
    Models.

    Args:
        task: What is to be done.
        classes: What the classes are, in words.
        background: Where the texts come from, and what for.
        emphasis: What matters most.
        checked: Whether the model is told to check its answer before it gives it.
    """
    check = (
        "Check each thing once more before you write it down: is it in the text, and of that class?"
    )
    said = (task, classes, background, emphasis, check if checked else "")
    return tuple(piece for piece in said if piece.strip())
