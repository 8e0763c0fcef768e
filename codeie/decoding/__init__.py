"""What holds a model to what can be read: grammars of answers, and answers by likelihoods."""

from codeie.decoding._constrain import (
    CONSTRAIN,
    Constrain,
    checked_constrain,
    constrained,
    grammar_of,
)
from codeie.decoding._score import DECODER, Deciding, can_decide, propose_and_score

__all__ = [
    "CONSTRAIN",
    "DECODER",
    "Constrain",
    "Deciding",
    "can_decide",
    "checked_constrain",
    "constrained",
    "grammar_of",
    "propose_and_score",
]
