"""What holds a model to what can be read: grammars of answers, and answers by likelihoods."""

from codeie.decoding._confidence import (
    Confidence,
    Curve,
    as_confidences,
    without_logprobs,
)
from codeie.decoding._constrain import (
    CONSTRAIN,
    Constrain,
    Constraint,
    bounds_of,
    checked_constrain,
    constrained,
    grammar_of,
)
from codeie.decoding._likelihood import Sureness, sureness_of
from codeie.decoding._score import DECODER, Deciding, can_decide, propose_and_score

__all__ = [
    "CONSTRAIN",
    "DECODER",
    "Confidence",
    "Constrain",
    "Constraint",
    "Curve",
    "Deciding",
    "Sureness",
    "as_confidences",
    "bounds_of",
    "can_decide",
    "checked_constrain",
    "constrained",
    "grammar_of",
    "propose_and_score",
    "sureness_of",
    "without_logprobs",
]
