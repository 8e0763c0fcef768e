"""Prompt templates: versioned files, read once, given nothing but plain strings."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Template

__all__ = ["Value", "render_blocks"]

Value = str | list[str] | dict[str, str] | list[dict[str, str]]
"""What a template may be given: strings and plain containers of strings."""


def render_blocks(name: str, values: Mapping[str, Value]) -> dict[str, str]:
    """Render each block of a template by itself.

    A template's blocks are the parts of its prompt (``system``, ``classes``,
    ``demonstrations``, ``text``, ``opening`` …), so that parts can be counted and sent as
    different messages.

    Args:
        name: The template's file name in ``prompts/``, such as ``"code4uie.v1.jinja"``.
        values: What the template fills in.

    Returns:
        The blocks in the order of the file, without the line breaks around them.
    """
    template = _template(name)
    return {
        block: "".join(render(template.new_context(dict(values)))).strip("\n")
        for block, render in template.blocks.items()
    }


@functools.cache
def _template(name: str) -> Template:
    # Imported here: Jinja takes longer to import than all of prompting.
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(
        autoescape=False,  # prompts are no HTML; texts come in as Python literals
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    source = (resources.files("codeie.prompts") / name).read_text(encoding="utf-8")
    return environment.from_string(source)
