"""Extraction where there are no labels and no schema: classes proposed, open spans and triples."""

from codeie.induction._carb import OpenScores, TripleLike, score_triples
from codeie.induction._clusters import canonical
from codeie.induction._fit import Fit, fit_of
from codeie.induction._induce import Induced, induce
from codeie.induction._merging import Proposal
from codeie.induction._opened import OpenSpan, OpenTriple, canonicalised

__all__ = [
    "Fit",
    "Induced",
    "OpenScores",
    "OpenSpan",
    "OpenTriple",
    "Proposal",
    "TripleLike",
    "canonical",
    "canonicalised",
    "fit_of",
    "induce",
    "score_triples",
]
