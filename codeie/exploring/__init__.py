"""Trying things out by looking: live displays, comparisons, and ``%%extract`` in notebooks."""

from codeie.exploring._compare import Compared, ComparedRow, compare
from codeie.exploring._extension import load_ipython_extension, unload_ipython_extension
from codeie.exploring._live import LiveExtraction, LiveExtractions, live

__all__ = [
    "Compared",
    "ComparedRow",
    "LiveExtraction",
    "LiveExtractions",
    "compare",
    "live",
    "load_ipython_extension",
    "unload_ipython_extension",
]
