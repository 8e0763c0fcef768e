"""Labels made by a model and a person together: chosen, corrected, checked and counted.

annotation = Annotation("notes", [Person, Ship])
annotation.add(documents)
annotation.label(extractor)      # with votes
annotation.choose(k=20)          # what a person should look at
annotation.export()              # tasks for Label Studio, or brat's
annotation.take("export.json")   # and again from `label`, until `annotation.report().stop`
"""

from codeie.annotation._annotation import Annotation, Make, Report, Taken
from codeie.annotation._choosing import Choice, Criterion, Why, choose, criteria_named
from codeie.annotation._compared import Compared, compared
from codeie.annotation._corpus import Added
from codeie.annotation._doubt import disagreement, uncertainty
from codeie.annotation._folder import Corrected
from codeie.annotation._forms import Form, Refused
from codeie.annotation._precision import Precision, Stratum, precision_of, recall_of
from codeie.annotation._proportions import Method, Proportion, Tried, proportion, stratified
from codeie.annotation._stopping import Stop, Stopping
from codeie.annotation._weighing import Weighted, weigh

__all__ = [
    "Added",
    "Annotation",
    "Choice",
    "Compared",
    "Corrected",
    "Criterion",
    "Form",
    "Make",
    "Method",
    "Precision",
    "Proportion",
    "Refused",
    "Report",
    "Stop",
    "Stopping",
    "Stratum",
    "Taken",
    "Tried",
    "Weighted",
    "Why",
    "choose",
    "compared",
    "criteria_named",
    "disagreement",
    "precision_of",
    "proportion",
    "recall_of",
    "stratified",
    "uncertainty",
    "weigh",
]
