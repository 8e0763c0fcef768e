"""Labelled texts that did not exist: what they state first, then texts that state it.

Structures come from lists of values, from gold, or from a model; a `Writer` lets a model write
texts for them, checks each, and keeps apart what fails, with its reason.
"""

from codeie.generation._generate import Writer
from codeie.generation._mentions import Structure, whole
from codeie.generation._operations import Operation, operate
from codeie.generation._structures import Pool, from_gold, from_values
from codeie.generation._texts import Fault, Kind, Summary, Text, summary

__all__ = [
    "Fault",
    "Kind",
    "Operation",
    "Pool",
    "Structure",
    "Summary",
    "Text",
    "Writer",
    "from_gold",
    "from_values",
    "operate",
    "summary",
    "whole",
]
