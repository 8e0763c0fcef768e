"""The options that several commands have."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

__all__ = ["Chunk", "Concurrency", "Layout", "MaxTokens", "Temperature"]

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
MaxTokens = Annotated[
    int | None, typer.Option("--max-tokens", min=1, help="The longest answer, in tokens.")
]
Temperature = Annotated[
    float | None, typer.Option("--temperature", min=0, help="Left to the model if not given.")
]
