"""How one document is asked about: each way and each technique is one module, without I/O."""

from codeie.extraction.techniques.chunked import Chunked
from codeie.extraction.techniques.decided import Decided
from codeie.extraction.techniques.reasked import Reasked
from codeie.extraction.techniques.selected import Selected
from codeie.extraction.techniques.written import written

__all__ = ["Chunked", "Decided", "Reasked", "Selected", "written"]
