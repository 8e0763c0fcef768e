"""Labelled texts become training sets: what models are taught to read schemas and answer by.

From gold, or from extractions that a person or a vote found good, to the files that trainers
read. Every style of `codeie.prompting` can be taught, since a lesson is the style's own dialogue,
answered by the gold; and every answer is read back before it is written.
"""

from codeie.training._alike import Alike, Fingerprint, Seen
from codeie.training._counts import Lengths, Packing, SplitCounts
from codeie.training._labelled import Labelled, Source, as_labelled
from codeie.training._leaks import Leak, LeakKind
from codeie.training._lesson import Exchange, LeftOut, Lesson, teach
from codeie.training._made import TrainingSet
from codeie.training._recipe import RECIPES, Recipe, recipe_named
from codeie.training._rows import Form
from codeie.training._write import write

__all__ = [
    "RECIPES",
    "Alike",
    "Exchange",
    "Fingerprint",
    "Form",
    "Labelled",
    "Leak",
    "LeakKind",
    "LeftOut",
    "Lengths",
    "Lesson",
    "Packing",
    "Recipe",
    "Seen",
    "Source",
    "SplitCounts",
    "TrainingSet",
    "as_labelled",
    "recipe_named",
    "teach",
    "write",
]
