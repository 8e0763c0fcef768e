"""Trying things out by looking: live displays, comparisons, and ``%%extract`` in notebooks."""

from codeie.exploring._live import LiveExtraction, LiveExtractions, live

__all__ = ["LiveExtraction", "LiveExtractions", "live"]
