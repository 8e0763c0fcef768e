"""Prompts and demonstrations for people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from codeie.display import code_html, code_text, note_html, sheeted_html
from codeie.grounding import Grounding, ground
from codeie.grounding.showing import items_html, items_text

if TYPE_CHECKING:
    from rich.console import RenderableType

    from codeie.prompting._prompt import Demonstration, Prompt

__all__ = ["demonstration_html", "demonstration_text", "prompt_html", "prompt_text"]


def prompt_html(prompt: Prompt) -> str:
    """A prompt as the turns that are sent, and what each part of it costs."""
    turns = "".join(
        # A system message may begin with sentences, in which no word is a keyword.
        f"<div>{note_html(role)}{code_html(text, highlight=role != 'system')}</div>"
        for role, text in prompt.titled
    )
    return sheeted_html(turns + note_html(_costs(prompt)))


def prompt_text(prompt: Prompt) -> RenderableType:
    """The same for the terminal."""
    from rich.console import Group
    from rich.text import Text

    shown: list[RenderableType] = []
    for role, text in prompt.titled:
        shown += [Text(role, style="bold"), code_text(text, highlight=role != "system"), Text()]
    return Group(*shown, Text(_costs(prompt), style="dim"))


def _costs(prompt: Prompt) -> str:
    costs = ", ".join(f"{name} {count:,}" for name, count in prompt.tokens().items())
    return f"{prompt.style} {prompt.version}, {prompt.layout}: {costs} tokens"


def demonstration_html(demonstration: Demonstration) -> str:
    """A demonstration: its text with what is to be found in it."""
    return items_html(
        demonstration.text,
        _grounded(demonstration).items,
        below=lambda _: [note_html(note) for note in _notes(demonstration)],
    )


def demonstration_text(demonstration: Demonstration) -> RenderableType:
    """The same for the terminal."""
    from rich.console import Group
    from rich.text import Text

    notes = [Text(note, style="italic") for note in _notes(demonstration)]
    return Group(*items_text(demonstration.text, _grounded(demonstration).items), *notes)


def _grounded(demonstration: Demonstration) -> Grounding[object]:
    # Repeats are shown: a demonstration says what it says.
    return ground(list(demonstration.instances), demonstration.text, repeats="keep")


def _notes(demonstration: Demonstration) -> Iterator[str]:
    if demonstration.made:
        yield "Made from the classes, not given by anybody."
    if not demonstration.instances:
        yield "Nothing is to be found in it."
    if demonstration.given:
        yield f"Known beforehand: {', '.join(map(repr, demonstration.given))}"
    yield from demonstration.rationale
