"""Numbers learned from data: how much each sign counts that a candidate is a mention, of a class.

Logistic regressions (the classes': multinomial) over the candidates of 36 training sentences of each
of CoNLL04, CrossNER politics and science, WNUT17, BC5CDR and NCBI, each dataset weighing the same,
towards zero by a ridge of 5; with 0, 8, 20 and 20 other training sentences as demonstrations, so that
the signs they give are weighed as far as they can be trusted. The thresholds are chosen there too. No
word of any dataset is in the numbers. `benchmarks/local_model.py` reports on development parts.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

__all__ = [
    "CLASS_WEIGHTS",
    "FIRST_BIAS",
    "FIRST_WEIGHTS",
    "HOPELESS",
    "READ_AT_MOST",
    "READ_BIAS",
    "READ_WEIGHTS",
    "TAKEN",
    "WORTH_READING",
]

FIRST_WEIGHTS: Final[Mapping[str, float]] = {
    "capital": 0.977,
    "initial": 0.046,
    "digits": -1.432,
    "words": -1.002,
    "length": 0.382,
    "also_lower": -0.479,
    "all_capitals": 0.213,
    "inner": -1.479,
    "outer": 0.800,
    "capital_inside": 0.699,
    "lower_schema": -0.194,
    "capital_in_lower_schema": 0.233,
    "whole": 1.749,
    "joined": -1.070,
    "coordinated": -0.464,
    "known_string": 0.573,
    "known_words": -0.148,
    "known_ends": 0.713,
    "known_last": 0.242,
    "known_before": 0.291,
    "known_after": 0.362,
    "known_shape": 0.471,
    "known_rate": 0.205,
}
"""Of the signs that need no model."""

FIRST_BIAS: Final = -4.197

WORTH_READING: Final = -3.5
"""The log-odds by those signs below which the model is not asked. On those training sentences it
leaves 10 candidates of each; at -3.0 it is 7.9, and without demonstrations F1 falls by 0.013."""

READ_AT_MOST: Final = 16
"""Candidates of one sentence that the model is asked about: bounds the calls for any text."""

READ_WEIGHTS: Final[Mapping[str, float]] = {
    "capital": 0.611,
    "initial": 0.013,
    "digits": -1.511,
    "words": -1.198,
    "length": 0.076,
    "also_lower": -0.461,
    "all_capitals": 0.736,
    "inner": -1.505,
    "outer": 0.554,
    "capital_inside": 0.187,
    "lower_schema": 0.223,
    "capital_in_lower_schema": 0.094,
    "whole": 1.792,
    "joined": -0.605,
    "coordinated": -0.730,
    "known_string": 0.379,
    "known_words": -0.286,
    "known_ends": 0.247,
    "known_last": 0.201,
    "known_before": 0.269,
    "known_after": 0.220,
    "known_shape": 0.404,
    "known_rate": 0.125,
    "mass_alone": -0.302,
    "mass_inside": 0.189,
    "other_alone": -0.273,
    "other_inside": -0.198,
    "margin": 0.162,
}
"""Of all signs, the model's readings included."""

READ_BIAS: Final = -2.581

CLASS_WEIGHTS: Final[Mapping[str, float]] = {
    "alone": 0.267,
    "inside": 0.860,
    "prior": 0.557,
    "string": 0.553,
    "words": 1.107,
    "ends": 0.524,
    "before": 0.222,
}
"""Of the reading without the text, of the reading in its sentence, and of the demonstrations'."""

HOPELESS: Final = -2.0
"""The log-odds, by the reading without the sentence, below which no other reading is made: 4.5 of
those 10 candidates are read in their sentence, and F1 is the same to 0.002."""

TAKEN: Final = -1.2
"""The log-odds above which a candidate is taken. Between -1.2 and -0.8 the mean F1 is the same to
0.006 on training parts; what is missing cannot be had back, what is doubtful shows a low
confidence, so the lower end holds."""
