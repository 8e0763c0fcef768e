"""The options that several commands have."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Literal

import typer

from codeie.cli._exits import complain

__all__ = [
    "Chunk",
    "Concurrency",
    "Labelled",
    "Layout",
    "MaxTokens",
    "Select",
    "Strategy",
    "Temperature",
    "numbers",
    "several",
]

Chunk = Annotated[
    int | None,
    typer.Option("--chunk", help="Ask about longer texts in pieces of at most so many characters."),
]
Concurrency = Annotated[
    int, typer.Option("--concurrency", min=1, max=1024, help="Calls under way at once.")
]
Layout = Annotated[
    Literal["auto", "conversation", "completion"],
    typer.Option(
        "--layout",
        help="Send prompts as turns or as one text; auto takes what the model does best.",
    ),
]
Labelled = Annotated[
    str | None,
    typer.Option(
        "--demonstrations",
        metavar="PATH",
        help="Your labelled documents, in a format of datasets, to choose demonstrations from.",
    ),
]
Select = Annotated[
    list[str] | None,
    typer.Option(
        "--select",
        metavar="HOW:COUNT",
        help="How demonstrations are chosen: bm25:8, random:5, per-type:2, covering:1500tokens …",
    ),
]
MaxTokens = Annotated[
    int | None, typer.Option("--max-tokens", min=1, help="The longest answer, in tokens.")
]
Strategy = Annotated[
    str | None,
    typer.Option(
        "--strategy",
        metavar="NAMES",
        help="Ask more than once, such as 'vote(5),verify'; see docs/techniques.md.",
    ),
]
Temperature = Annotated[
    float | None, typer.Option("--temperature", min=0, help="Left to the model if not given.")
]


def several(option: str, given: Iterable[str] | None, default: str) -> list[str]:
    """The values of an option that may be repeated, and may name several with commas.

    What is there twice is taken once, and said. A path (``local:/a,b.gguf``) keeps its commas.

    Raises:
        InputError: If a value is empty.
    """
    from codeie.errors import InputError

    found: list[str] = []
    for value in given if given is not None else [default]:
        for part in [value] if value.startswith("local:") else value.split(","):
            word = part.strip()
            if not word:
                raise InputError(f"{option} {value!r} names nothing between its commas")
            if word in found:
                complain(f"{option} names {word} twice; it is taken once")
            else:
                found.append(word)
    return found


def numbers(words: Iterable[str]) -> list[int]:
    """How many demonstrations are to be shown, each time.

    Raises:
        InputError: If a word is no whole number, or a negative one.
    """
    from codeie.errors import InputError

    found = []
    for word in words:
        if not (word.isascii() and word.isdigit() and len(word) < _DIGITS):
            raise InputError(f"--shots {word!r} is no number of demonstrations; write 0, 5 or 0,5")
        found.append(int(word))
    return found


_DIGITS = 7
