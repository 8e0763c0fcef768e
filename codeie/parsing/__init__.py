"""A model's answer becomes instances of the user's classes; it is read, never executed."""

from codeie.parsing._incremental import IncrementalParser
from codeie.parsing._limits import ParseLimits
from codeie.parsing._parse import parse
from codeie.parsing._result import Outcome, ParsedItem, ParseResult
from codeie.parsing.readers import read

__all__ = [
    "IncrementalParser",
    "Outcome",
    "ParseLimits",
    "ParseResult",
    "ParsedItem",
    "parse",
    "read",
]
