"""The forms that answers have: each a module with its writer and its reader side by side."""

from codeie.syntaxes.appends import Appends
from codeie.syntaxes.choice import Choice, Prose, YesNo
from codeie.syntaxes.classes import ClassNames, CoarseCalls
from codeie.syntaxes.code import Assignments, Calls, Opened
from codeie.syntaxes.json_list import Json
from codeie.syntaxes.lines import Lines
from codeie.syntaxes.marks import Marks
from codeie.syntaxes.pieces import InWords, Reading
from codeie.syntaxes.sel import Sel
from codeie.syntaxes.statements import Statements
from codeie.syntaxes.syntax import Syntax
from codeie.syntaxes.triples import Triples
from codeie.syntaxes.verdicts import Verdicts

__all__ = [
    "Appends",
    "Assignments",
    "Calls",
    "Choice",
    "ClassNames",
    "CoarseCalls",
    "InWords",
    "Json",
    "Lines",
    "Marks",
    "Opened",
    "Prose",
    "Reading",
    "Sel",
    "Statements",
    "Syntax",
    "Triples",
    "Verdicts",
    "YesNo",
]
