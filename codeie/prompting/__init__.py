"""A schema, a text and demonstrations become a `Prompt`."""

from codeie.prompting._prompt import Demonstration, Message, Part, Prompt
from codeie.prompting._render import render, render_instances

__all__ = ["Demonstration", "Message", "Part", "Prompt", "render", "render_instances"]
