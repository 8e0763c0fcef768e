"""The forms that answers have: each a module with its writer and its reader side by side."""

from codeie.syntaxes.annotated import Annotated
from codeie.syntaxes.answer_grammar import Grammatical
from codeie.syntaxes.answers import Answers
from codeie.syntaxes.appends import Appends
from codeie.syntaxes.choice import Choice, Prose, YesNo
from codeie.syntaxes.classes import ClassNames, CoarseCalls
from codeie.syntaxes.code import Assignments, Calls, Opened
from codeie.syntaxes.facts import Facts
from codeie.syntaxes.filled import Filled
from codeie.syntaxes.grouped import Grouped
from codeie.syntaxes.json_list import Json
from codeie.syntaxes.linear import Linear
from codeie.syntaxes.lines import Lines
from codeie.syntaxes.marks import Marks
from codeie.syntaxes.pieces import InWords, Reading
from codeie.syntaxes.sel import Sel
from codeie.syntaxes.statements import Statements
from codeie.syntaxes.strings import Strings
from codeie.syntaxes.syntax import InPieces, Syntax
from codeie.syntaxes.tagged import Tagged
from codeie.syntaxes.tree import Tree
from codeie.syntaxes.triples import Triples
from codeie.syntaxes.verdicts import Verdicts

__all__ = [
    "Annotated",
    "Answers",
    "Appends",
    "Assignments",
    "Calls",
    "Choice",
    "ClassNames",
    "CoarseCalls",
    "Facts",
    "Filled",
    "Grammatical",
    "Grouped",
    "InPieces",
    "InWords",
    "Json",
    "Linear",
    "Lines",
    "Marks",
    "Opened",
    "Prose",
    "Reading",
    "Sel",
    "Statements",
    "Strings",
    "Syntax",
    "Tagged",
    "Tree",
    "Triples",
    "Verdicts",
    "YesNo",
]
