"""What a model makes better by itself: demonstrations from texts without labels, instructions."""

from codeie.improvement._instructions import (
    ImprovedInstructions,
    Trial,
    improve_instructions,
    most_instruction_calls,
)
from codeie.improvement._judge import Judged, Verdict, agreement, judge
from codeie.improvement._self_annotate import SelfAnnotated, most_calls, self_annotate

__all__ = [
    "ImprovedInstructions",
    "Judged",
    "SelfAnnotated",
    "Trial",
    "Verdict",
    "agreement",
    "improve_instructions",
    "judge",
    "most_calls",
    "most_instruction_calls",
    "self_annotate",
]
