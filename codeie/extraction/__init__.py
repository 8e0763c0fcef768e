"""The whole way for one document or thousands: prompt, complete, parse, ground."""

from codeie.extraction._dialogue import (
    Call,
    Dialogue,
    Technique,
    Together,
    Way,
    again,
    ask,
    attempt,
    each_call,
    together,
)
from codeie.extraction._extraction import Extraction, Step
from codeie.extraction._extractor import Extractor
from codeie.extraction._task import Task

__all__ = [
    "Call",
    "Dialogue",
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
    "together",
]
