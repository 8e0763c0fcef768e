"""A schema, a text and demonstrations become a `Prompt`; a style asks in a `Dialogue`."""

from codeie.prompting._again import ask_again, ask_missing, ask_to_go_on
from codeie.prompting._budget import similarity
from codeie.prompting._choose import part_of
from codeie.prompting._claims import ask_entailed, ask_types, ask_whether, ask_which_hold
from codeie.prompting._demonstrations import (
    DemonstrationLike,
    Quoted,
    as_demonstrations,
    quoted,
    ungrounded,
    warn_of_strings,
)
from codeie.prompting._dialogue import Dialogue, Turn
from codeie.prompting._dropout import without_classes
from codeie.prompting._example import made_examples
from codeie.prompting._explanation import (
    explanation_prompt,
    knowledge_prompt,
    proposal_prompt,
)
from codeie.prompting._expresses import check_expressible, not_asked
from codeie.prompting._induced import schema_prompt
from codeie.prompting._instructed import (
    context,
    definitions,
    error_instructions,
    five_elements,
    instructed,
)
from codeie.prompting._kept import read_demonstrations, write_demonstrations
from codeie.prompting._language import LANGUAGES, in_language
from codeie.prompting._pieces import AnswerInPieces
from codeie.prompting._prompt import (
    Demonstration,
    Earlier,
    Layout,
    Message,
    Part,
    Prompt,
    Shown,
)
from codeie.prompting._reasoned import Where, reasoned, reasons_for
from codeie.prompting._registry import register_style, style_named, styles
from codeie.prompting._render import dialogue_for, render, render_instances
from codeie.prompting._style import Asking, Question, Request, Style, once, shown
from codeie.prompting._template import Template
from codeie.prompting._variation import Variation, likely_classes, vary
from codeie.prompting._written import (
    negative_prompt,
    paraphrase_prompt,
    structure_prompt,
    text_prompt,
)

__all__ = [
    "LANGUAGES",
    "AnswerInPieces",
    "Asking",
    "Demonstration",
    "DemonstrationLike",
    "Dialogue",
    "Earlier",
    "Layout",
    "Message",
    "Part",
    "Prompt",
    "Question",
    "Quoted",
    "Request",
    "Shown",
    "Style",
    "Template",
    "Turn",
    "Variation",
    "Where",
    "as_demonstrations",
    "ask_again",
    "ask_entailed",
    "ask_missing",
    "ask_to_go_on",
    "ask_types",
    "ask_whether",
    "ask_which_hold",
    "check_expressible",
    "context",
    "definitions",
    "dialogue_for",
    "error_instructions",
    "explanation_prompt",
    "five_elements",
    "in_language",
    "instructed",
    "knowledge_prompt",
    "likely_classes",
    "made_examples",
    "negative_prompt",
    "not_asked",
    "once",
    "paraphrase_prompt",
    "part_of",
    "proposal_prompt",
    "quoted",
    "read_demonstrations",
    "reasoned",
    "reasons_for",
    "register_style",
    "render",
    "render_instances",
    "schema_prompt",
    "shown",
    "similarity",
    "structure_prompt",
    "style_named",
    "styles",
    "text_prompt",
    "ungrounded",
    "vary",
    "warn_of_strings",
    "without_classes",
    "write_demonstrations",
]
