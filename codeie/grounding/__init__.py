"""Strings of instances become spans of the text."""

from codeie.grounding._ground import ground
from codeie.grounding._result import Grounded, MatchKind, Mention

__all__ = ["Grounded", "MatchKind", "Mention", "ground"]
