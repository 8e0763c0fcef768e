"""The command `codeie prompt`: what would be sent, without sending it."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import typer

from codeie.cli._outputs import prepare_stdout
from codeie.cli._schema import load_classes
from codeie.documents import Reading, Unread, check_files, read_files

if TYPE_CHECKING:
    from codeie.clients import LayoutChoice
    from codeie.prompting import Prompt
    from codeie.tokens import TokenCounter

__all__ = ["run_prompt"]


def run_prompt(
    files: Sequence[str],
    reading: Reading,
    *,
    schema: str,
    model: str,
    style: str,
    layout: LayoutChoice,
    as_json: bool,
) -> None:
    """Print the prompt for each document as it would be sent, and the tokens of each part.

    No client is made, so neither a key nor the model's package is needed.

    Raises:
        CodeIEError: About the first document that cannot be read or rendered.
    """
    from codeie.clients import chosen_layout, layouts_of
    from codeie.introspection import Schema, introspect
    from codeie.prompting import render, style_named
    from codeie.tokens import counter_for

    check_files(files, reading)
    ready: Schema = introspect(load_classes(schema))
    counter = counter_for(model)
    sent = chosen_layout(layout, layouts_of(model), style_named(style), model)
    prepare_stdout(for_people=not as_json)
    for document in read_files(files, reading):
        if isinstance(document, Unread):
            raise document.error
        prompt = render(ready, document.text, style=style, layout=sent)
        tokens = prompt.tokens(counter)
        if as_json:
            _write_json(document.id, prompt, tokens, counter)
        else:
            _write(prompt, tokens, counter)


def _write_json(
    name: str | None, prompt: Prompt, tokens: Mapping[str, int], counter: TokenCounter
) -> None:
    typer.echo(
        json.dumps(
            {
                "id": name,
                "style": prompt.style,
                "version": prompt.version,
                "layout": prompt.layout,
                **_sent(prompt),
                "prefill": prompt.prefill,
                "stop": list(prompt.stop),
                "made_example": any(one.made for one in prompt.demonstrations),
                "tokens": tokens,
                "counter": counter.name,
                "exact": counter.exact,
            },
            ensure_ascii=False,
        )
    )


def _sent(prompt: Prompt) -> dict[str, object]:
    if prompt.layout == "completion":
        return {"completion": prompt.completion}
    turns = [{"role": turn.role, "content": turn.content} for turn in prompt.conversation]
    return {"messages": turns}


def _write(prompt: Prompt, tokens: Mapping[str, int], counter: TokenCounter) -> None:
    from rich.console import Console

    from codeie.display import code_text, table_text

    console = Console(file=sys.stdout, highlight=False, markup=False, emoji=False, soft_wrap=True)
    for title, content in prompt.titled:
        console.print(f"── {title} ──", style="dim")
        is_code = title != "system"
        console.print(code_text(content, limit=sys.maxsize, highlight=is_code))
    caption = f"Tokens, by {counter.name}" if counter.exact else f"Tokens: {counter.name}"
    console.print()
    console.print(table_text(("part", "tokens"), tokens.items(), caption=caption))
