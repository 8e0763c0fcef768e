"""What surrounds code in an answer: fences, thinking, end markers, words that are no names."""

from __future__ import annotations

import re
from typing import Final

from codeie.parsing.text.letters import compiled
from codeie.parsing.text.tokens import WORD

__all__ = [
    "ASSIGNED",
    "BULLET",
    "END_MARKER",
    "FENCE",
    "LANGUAGES",
    "LONGEST",
    "NAME",
    "PROSE_EVENT",
    "TEXT_NAMES",
    "THINK",
    "THINK_END",
    "TRANSPARENT",
]

LONGEST: Final = 160
"""Code points that any of these patterns can span; what is looked at before deciding."""

END_MARKER: Final = re.compile(
    r"</s>|<\|(?:im_end|endoftext|eot_id|end|end_of_text|eos|im_start|end_of_turn|user|return)\|>"
    r"|<end_of_turn>|<eos>|<｜end▁of▁sentence｜>|\[/INST\]"
)
"""Where the model stopped; what follows is not its answer."""

_THINK: Final = r"think|thinking|thought|reasoning|reflection|scratchpad"
THINK: Final = re.compile(rf"<(?:{_THINK})>", re.IGNORECASE)
THINK_END: Final = re.compile(rf"</(?:{_THINK})>", re.IGNORECASE)

FENCE: Final = re.compile(r"(?:`{3,}|~{3,})")
# Shorter than LONGEST in all, so that a wait for that much decides what it is.
LANGUAGES: Final = compiled(
    r"[ \t]{0,40}+(?:\{?\.?[A-Za-z][\w+#.-]{0,20}\}?)?[ \t]{0,40}+(?=\r?\n|$)"
)
BULLET: Final = re.compile(r"(?:>>>|\.\.\.|[-*•>]|\(?\d{1,3}[.)])[ \t]+")

NAME: Final = compiled(rf"{WORD}(?:[ \t]?\.[ \t]?{WORD}){{0,4}}")
ASSIGNED: Final = compiled(
    rf"(?P<names>{WORD}(?:[ \t]{{0,9}},[ \t]{{0,9}}{WORD}){{0,9}})[ \t]{{0,9}}"
    r"(?P<annotation>:[ \t]{0,9}[^\n=()#]{1,120})?(?P<sign>\+?=)(?!=)"
)
"""The head of an assignment."""

TRANSPARENT: Final = frozenset({"print", "list", "tuple", "set", "frozenset", "return", "pprint"})
"""Calls that only hand on what is in them."""

TEXT_NAMES: Final = frozenset(
    {"text", "input_text", "sentence", "document", "passage", "input", "source_text"}
)
"""Names that prompts give to the text; its repetition is an echo, not a value."""

PROSE_EVENT: Final = compiled(
    r"\n|`{3,}|~{3,}|</?[A-Za-z|｜]|\[/INST\]|[:=>]{1,2}[ \t]{0,9}(?=[\[({])|[\[({]"
    rf"|(?<![\w.]){WORD}\("
)
