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
    is_hopeless,
    together,
)
from codeie.extraction._explain import explain
from codeie.extraction._extraction import Extraction
from codeie.extraction._extractions import Extractions
from codeie.extraction._extractor import Extractor
from codeie.extraction._hold import hold
from codeie.extraction._record import as_json, error_record
from codeie.extraction._revived import read_lines
from codeie.extraction._step import Step
from codeie.extraction._strategies import as_technique, strategy_named
from codeie.extraction._stream import Stream
from codeie.extraction._task import Task
from codeie.extraction.asking.limits import Limits
from codeie.extraction.batches.batch import BatchRun, BatchStatus
from codeie.extraction.runs.estimate import Estimate, Interval
from codeie.extraction.runs.events import DocumentEnded, RunBegan, RunEnded, RunEvent
from codeie.extraction.runs.file import Failure, Failures, Result, Results, RunFile
from codeie.extraction.runs.run import Run
from codeie.extraction.runs.status import Cost, Status
from codeie.extraction.techniques import (
    Cascade,
    ChunkDone,
    Chunks,
    Context,
    Continue,
    Decompose,
    Ensemble,
    Entail,
    Knowledge,
    Passes,
    Reask,
    Strategy,
    TwoStage,
    Verify,
    Vote,
    as_chunks,
    held_in,
)
from codeie.grounding.showing import marks_of

__all__ = [
    "BatchRun",
    "BatchStatus",
    "Call",
    "Cascade",
    "ChunkDone",
    "Chunks",
    "Context",
    "Continue",
    "Cost",
    "Decompose",
    "DocumentEnded",
    "Ensemble",
    "Entail",
    "Estimate",
    "Exchange",
    "Extraction",
    "Extractions",
    "Extractor",
    "Failure",
    "Failures",
    "Interval",
    "Knowledge",
    "Limits",
    "Passes",
    "Reask",
    "Result",
    "Results",
    "Run",
    "RunBegan",
    "RunEnded",
    "RunEvent",
    "RunFile",
    "Status",
    "Step",
    "Strategy",
    "Stream",
    "Task",
    "Technique",
    "Together",
    "TwoStage",
    "Verify",
    "Vote",
    "Way",
    "again",
    "as_chunks",
    "as_json",
    "as_technique",
    "ask",
    "attempt",
    "each_call",
    "error_record",
    "explain",
    "held_in",
    "hold",
    "is_hopeless",
    "marks_of",
    "read_lines",
    "strategy_named",
    "together",
]
