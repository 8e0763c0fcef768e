"""The whole way for one document or thousands: prompt, complete, parse, ground."""

from codeie.extraction._extraction import Extraction, Step
from codeie.extraction._extractor import Extractor

__all__ = ["Extraction", "Extractor", "Step"]
