"""Readers of answers, one for each form that prompt styles ask for."""

from codeie.parsing.readers._read import Asked, read

__all__ = ["Asked", "read"]
