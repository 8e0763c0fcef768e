"""Scores that say by which rules they were made."""

from codeie.evaluation._counts import Counts
from codeie.evaluation._metrics import METRICS
from codeie.evaluation._policy import PAPERS, Policy, policy_of
from codeie.evaluation._score import score
from codeie.evaluation._scores import Comparison, Interval, Scores, compare

__all__ = [
    "METRICS",
    "PAPERS",
    "Comparison",
    "Counts",
    "Interval",
    "Policy",
    "Scores",
    "compare",
    "policy_of",
    "score",
]
