"""Scores that say by which rules they were made."""

from codeie.evaluation._beside import Beside, Difference, Verdict, beside
from codeie.evaluation._calibration import Bin, Calibration, calibration
from codeie.evaluation._classification import Classification, Judgement, classify_relations
from codeie.evaluation._conditions import (
    Given,
    Labelled,
    as_shown,
    document_with,
    draw_demonstrations,
)
from codeie.evaluation._counts import Counts
from codeie.evaluation._each import Make, combinations, evaluate_each
from codeie.evaluation._errors import Confusion, Error, ErrorKind, Errors, find_errors
from codeie.evaluation._facts import DocumentFacts, EntityCluster, Fact, FactScores, score_facts
from codeie.evaluation._faithfulness import Faithfulness, faithfulness
from codeie.evaluation._fit import fit_confidence, isotonic, threshold_for_f1
from codeie.evaluation._metrics import METRIC_NAMES, METRICS
from codeie.evaluation._plot import plot_reliability, plot_scores, plot_types
from codeie.evaluation._policy import PAPERS, Policy, policy_of
from codeie.evaluation._report import report_html
from codeie.evaluation._run import evaluate, metrics_for, sample
from codeie.evaluation._saved import SCORES_FILE, SavedRun, folder_name, read_run, write_run
from codeie.evaluation._score import score
from codeie.evaluation._scores import Comparison, Interval, Scores, compare
from codeie.evaluation._show import SCORE_HEADERS, score_row
from codeie.evaluation._standings import Standing, Standings, rank

__all__ = [
    "METRICS",
    "METRIC_NAMES",
    "PAPERS",
    "SCORES_FILE",
    "SCORE_HEADERS",
    "Beside",
    "Bin",
    "Calibration",
    "Classification",
    "Comparison",
    "Confusion",
    "Counts",
    "Difference",
    "DocumentFacts",
    "EntityCluster",
    "Error",
    "ErrorKind",
    "Errors",
    "Fact",
    "FactScores",
    "Faithfulness",
    "Given",
    "Interval",
    "Judgement",
    "Labelled",
    "Make",
    "Policy",
    "SavedRun",
    "Scores",
    "Standing",
    "Standings",
    "Verdict",
    "as_shown",
    "beside",
    "calibration",
    "classify_relations",
    "combinations",
    "compare",
    "document_with",
    "draw_demonstrations",
    "evaluate",
    "evaluate_each",
    "faithfulness",
    "find_errors",
    "fit_confidence",
    "folder_name",
    "isotonic",
    "metrics_for",
    "plot_reliability",
    "plot_scores",
    "plot_types",
    "policy_of",
    "rank",
    "read_run",
    "report_html",
    "sample",
    "score",
    "score_facts",
    "score_row",
    "threshold_for_f1",
    "write_run",
]
