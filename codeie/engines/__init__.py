"""Extraction on engines that go through more than one machine: one module for each of them.

`codeie.engines.daft` and `codeie.engines.ray` are imported by name, as each needs its extra.
"""

from codeie.engines.rows import Row, arrow_type, row_of
from codeie.engines.worker import Worker

__all__ = ["Row", "Worker", "arrow_type", "row_of"]
