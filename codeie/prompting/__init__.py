"""A schema, a text and demonstrations become a `Prompt`."""

from codeie.prompting._again import ask_again
from codeie.prompting._plan import Plan
from codeie.prompting._prompt import Demonstration, Message, Part, Prompt
from codeie.prompting._registry import style_named, styles
from codeie.prompting._render import plan_for, render, render_instances
from codeie.prompting._style import Style
from codeie.prompting._variation import Variation, likely_classes, vary

__all__ = [
    "Demonstration",
    "Message",
    "Part",
    "Plan",
    "Prompt",
    "Style",
    "Variation",
    "ask_again",
    "likely_classes",
    "plan_for",
    "render",
    "render_instances",
    "style_named",
    "styles",
    "vary",
]
