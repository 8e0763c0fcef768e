"""Scores that say by which rules they were made."""

from codeie.evaluation._calibration import Bin, Calibration, calibration
from codeie.evaluation._classification import Classification, Judgement, classify_relations
from codeie.evaluation._counts import Counts
from codeie.evaluation._errors import Confusion, Error, ErrorKind, Errors, find_errors
from codeie.evaluation._facts import DocumentFacts, EntityCluster, Fact, FactScores, score_facts
from codeie.evaluation._faithfulness import Faithfulness, faithfulness
from codeie.evaluation._metrics import METRIC_NAMES, METRICS
from codeie.evaluation._policy import PAPERS, Policy, policy_of
from codeie.evaluation._report import report_html
from codeie.evaluation._score import score
from codeie.evaluation._scores import Comparison, Interval, Scores, compare

__all__ = [
    "METRICS",
    "METRIC_NAMES",
    "PAPERS",
    "Bin",
    "Calibration",
    "Classification",
    "Comparison",
    "Confusion",
    "Counts",
    "DocumentFacts",
    "EntityCluster",
    "Error",
    "ErrorKind",
    "Errors",
    "Fact",
    "FactScores",
    "Faithfulness",
    "Interval",
    "Judgement",
    "Policy",
    "Scores",
    "calibration",
    "classify_relations",
    "compare",
    "faithfulness",
    "find_errors",
    "policy_of",
    "report_html",
    "score",
    "score_facts",
]
