"""Strings of instances become spans of the text."""

from codeie.grounding._ground import Grounder, ground
from codeie.grounding._overlaps import overlapped
from codeie.grounding._policy import Contradicted, Occurrences, Overlaps, Repeats, Ungrounded
from codeie.grounding._result import Grounded, Grounding, Items, MatchKind, Mention

__all__ = [
    "Contradicted",
    "Grounded",
    "Grounder",
    "Grounding",
    "Items",
    "MatchKind",
    "Mention",
    "Occurrences",
    "Overlaps",
    "Repeats",
    "Ungrounded",
    "ground",
    "overlapped",
]
