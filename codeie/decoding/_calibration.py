"""Numbers learned from data: how much each sign counts that a candidate is a mention.

A logistic regression over the candidates of training sentences of conll04, wnut17 (seed 1), each
dataset weighing the same; the class weights minimise the log-loss of the gold class there.
No word of any dataset is in them. `benchmarks/local_model.py` reports on development parts.
"""

from __future__ import annotations

from typing import Final

__all__ = ["CLASS_WEIGHTS", "ENTITY_BIAS", "ENTITY_WEIGHTS", "FEATURES"]

CLASS_WEIGHTS: Final = (0.60, 1.20)
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
)

ENTITY_WEIGHTS: Final = (
    -0.580,  # mass_alone
    0.250,  # mass_inside
    -0.455,  # other_alone
    -0.028,  # other_inside
    0.136,  # margin
    2.112,  # capital
    0.048,  # initial
    -0.631,  # digits
    -0.383,  # words
    -0.069,  # length
    -1.295,  # also_lower
    -0.129,  # all_capitals
)

ENTITY_BIAS: Final = -2.835
