"""How much a document counts in training that a person, or only a model, has labelled."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from codeie.annotation._compared import Compared
from codeie.annotation._precision import Precision, precision_of
from codeie.extraction import Extraction
from codeie.types import Document
from codeie.viewable import Outlined

__all__ = ["Weighted", "weigh"]

_PRIOR: Final = 2.0
"""A stratum counts as if two more had been checked, right as often as the items say themselves."""


@dataclass(frozen=True, slots=True)
class Weighted(Outlined):
    """A document to train on.

    Args:
        document: The document.
        instances: Its labels.
        weight: How much it counts, in [0, 1]: 1 for what a person corrected.
        by_hand: Whether a person did.
    """

    document: Document
    instances: tuple[object, ...]
    weight: float
    by_hand: bool


def weigh(
    corrected: Iterable[Extraction[Any]],
    labelled: Iterable[Extraction[Any]],
    checked: Sequence[Compared] = (),
) -> Iterator[Weighted]:
    """Labels to train on, each document with its weight.

    What a person corrected counts 1. What only the model labelled counts by the share of its items
    that are likely right: the share of the checked items of about their confidence that were, drawn
    towards the confidence itself where few were checked. A document in which nothing was found
    counts by the share of checked ones of that kind in which nothing was. What could not be read is
    left out, for it says nothing.

    LLMaAA (Zhang et al. 2023) learns such weights from a validation set with the trained model's own
    gradients (Ren et al. 2018, Learning to Reweight Examples); this needs no training, and can be given
    to any trainer that takes weights.

    Args:
        corrected: What people made of documents.
        labelled: What was found in the others.
        checked: The documents of the checked sample; see `compared`.
    """
    for one in corrected:
        yield Weighted(one.document, tuple(one.instances), 1.0, True)
    known = precision_of(checked, ())
    nothing = [each for each in checked if not each.judged]
    of_nothing = (sum(not each.missed for each in nothing) + _PRIOR / 2) / (len(nothing) + _PRIOR)
    for one in labelled:
        if one.outcome.is_read:
            shares = [_share(item.confidence, known) for item in one.items]
            weight = sum(shares) / len(shares) if shares else of_nothing
            yield Weighted(one.document, tuple(one.instances), round(weight, 4), False)


def _share(confidence: float | None, known: Precision) -> float:
    """How likely an item of some confidence is right."""
    own = 0.5 if confidence is None else confidence
    for stratum in known.strata:
        if stratum.holds(confidence):
            return (stratum.right + _PRIOR * own) / (stratum.checked + _PRIOR)
    return own
