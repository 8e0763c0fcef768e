"""A model's answer becomes instances of the user's classes; it is read, never executed."""

from codeie.parsing._build import Call, Lines, build, value_of
from codeie.parsing._incremental import IncrementalParser
from codeie.parsing._limits import ParseLimits
from codeie.parsing._parse import parse
from codeie.parsing._report import excerpt
from codeie.parsing._result import Outcome, ParsedItem, ParseResult
from codeie.parsing.instances.durations import read_duration
from codeie.parsing.text.nothing import means_none, says_nothing
from codeie.parsing.unwrap import INVISIBLE, without_invisible

__all__ = [
    "INVISIBLE",
    "Call",
    "IncrementalParser",
    "Lines",
    "Outcome",
    "ParseLimits",
    "ParseResult",
    "ParsedItem",
    "build",
    "excerpt",
    "means_none",
    "parse",
    "read_duration",
    "says_nothing",
    "value_of",
    "without_invisible",
]
