"""Numbers learned from data: how much each sign counts that a candidate is a mention.

A logistic regression over the candidates of training sentences of CoNLL04 (50), WNUT17 (80),
CrossNER politics (25) and BC5CDR (15), seed 1, each dataset weighing the same. The class weights
minimise the log-loss of the gold class there; the bias gives the best mean strict F1 of the four.
No word of any dataset is in them. `benchmarks/local_model.py` reports on development parts.
"""

from __future__ import annotations

from typing import Final

__all__ = ["CLASS_WEIGHTS", "ENTITY_BIAS", "ENTITY_WEIGHTS", "FEATURES", "HOPELESS", "TAKEN"]

CLASS_WEIGHTS: Final = (0.60, 1.00)
"""Of the reading without the text, and of the reading inside its sentence."""

FEATURES: Final = (
    "mass_alone",
    "mass_inside",
    "other_alone",
    "other_inside",
    "margin",
    "capital",
    "initial",
    "digits",
    "words",
    "length",
    "also_lower",
    "all_capitals",
    "inner",
    "outer",
    "capital_inside",
    "lower_schema",
    "capital_in_lower_schema",
)

ENTITY_WEIGHTS: Final = (
    -0.431,  # mass_alone
    0.113,  # mass_inside
    -0.312,  # other_alone
    -0.200,  # other_inside
    0.177,  # margin
    1.114,  # capital
    -0.082,  # initial
    -1.111,  # digits
    -1.058,  # words
    0.091,  # length
    -1.721,  # also_lower
    -0.198,  # all_capitals
    -2.007,  # inner
    0.414,  # outer
    0.669,  # capital_inside
    0.673,  # lower_schema
    -0.891,  # capital_in_lower_schema
)

ENTITY_BIAS: Final = -1.114

TAKEN: Final = -0.4
"""The log-odds above which a candidate is taken. On training parts the mean F1 is the same
between -0.4 and 0 (0.47); what is missing cannot be had back, what is doubtful shows a low
confidence, so the lower end holds."""

HOPELESS: Final = -1.5
"""The log-odds, by the reading without the sentence, below which no other reading is made."""
