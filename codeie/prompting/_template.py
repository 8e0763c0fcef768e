"""Prompt templates: versioned files, read once, given nothing but plain strings.

A template has a block for each piece of a prompt:

``instructions``
    What to do, in sentences. The same for all documents.
``classes``
    The schema. The same for all documents.
``question``
    What is asked about one text; rendered for each demonstration and for the document.
``opening``
    How the question ends and the answer begins. A line end before ``endblock`` says that the
    answer begins on a line of its own. Without the block it does, too.
``answer``
    How a demonstration's answer is written, where it is more than the answer itself.

Only ``question`` must be there. What stands between the pieces is not up to templates.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from importlib import resources
from typing import TYPE_CHECKING, Final

from codeie.errors import PromptError

if TYPE_CHECKING:
    from jinja2 import Template

__all__ = ["BLOCKS", "Value", "render_block"]

Value = str | list[str] | dict[str, str] | list[dict[str, str]]
"""What a template may be given: strings and plain containers of strings."""

BLOCKS: Final = ("instructions", "classes", "question", "opening", "answer")


def render_block(name: str, block: str, values: Mapping[str, Value]) -> str:
    """Render one block of a template.

    Args:
        name: The template's file name in ``prompts/``, such as ``"code4uie.v1.jinja"``.
        block: One of `BLOCKS`.
        values: What the template fills in.

    Returns:
        Its text; empty if the template has no such block. The line breaks around it are
        left out, except where an opening ends.

    Raises:
        PromptError: If there is no such template.
    """
    template = _template(name)
    render = template.blocks.get(block)
    if render is None:
        return ""
    text = "".join(render(template.new_context(dict(values))))
    return text.lstrip("\n") if block == "opening" else text.strip("\n")


@functools.cache
def _template(name: str) -> Template:
    # Imported here: Jinja takes longer to import than all of prompting.
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(
        autoescape=False,  # prompts are no HTML; texts come in as Python literals
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
    )
    file = resources.files("codeie.prompts") / name
    try:
        source = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise PromptError(f"there is no prompt template {name}") from None
    return environment.from_string(source)
