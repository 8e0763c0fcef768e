"""Choosing demonstrations: which labelled documents a model is shown for a text.

    Extractor(classes, demonstrations=BM25(examples, k=8))

Selectors are values over your own labelled documents, a dataset's examples or a run's
extractions. They are asked for each document, or for each of its chunks.
"""

from codeie.selection._composed import Covering, Diverse
from codeie.selection._difficulty import ByDifficulty, Measure
from codeie.selection._drawn import Fixed, PerType, Random
from codeie.selection._named import SELECTORS, parsed_name, selector_named
from codeie.selection._nearest import BM25, Anonymised, ByEmbedding, ByEntity, ByRelation
from codeie.selection._pool import ExampleLike, Examples, Pool, pool_of
from codeie.selection._query import Query, Scored, Selection
from codeie.selection._run_file import demonstrations_of_run
from codeie.selection._selector import Order, Selector
from codeie.selection._vector_index import Embed, vectors_of
from codeie.selection._wordllama import WordLlama
from codeie.selection._words import words as words_of

__all__ = [
    "BM25",
    "SELECTORS",
    "Anonymised",
    "ByDifficulty",
    "ByEmbedding",
    "ByEntity",
    "ByRelation",
    "Covering",
    "Diverse",
    "Embed",
    "ExampleLike",
    "Examples",
    "Fixed",
    "Measure",
    "Order",
    "PerType",
    "Pool",
    "Query",
    "Random",
    "Scored",
    "Selection",
    "Selector",
    "WordLlama",
    "demonstrations_of_run",
    "parsed_name",
    "pool_of",
    "selector_named",
    "vectors_of",
    "words_of",
]
