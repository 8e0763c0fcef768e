"""The whole way for one document or thousands: prompt, complete, parse, ground."""

from codeie.extraction._exchange import (
    Call,
    Exchange,
    Technique,
    Together,
    Way,
    again,
    ask,
    attempt,
    each_call,
    together,
)
from codeie.extraction._extraction import Extraction
from codeie.extraction._extractor import Extractor
from codeie.extraction._marks import marks_of
from codeie.extraction._record import error_record
from codeie.extraction._step import Step
from codeie.extraction._task import Task

__all__ = [
    "Call",
    "Exchange",
    "Extraction",
    "Extractor",
    "Step",
    "Task",
    "Technique",
    "Together",
    "Way",
    "again",
    "ask",
    "attempt",
    "each_call",
    "error_record",
    "marks_of",
    "together",
]
