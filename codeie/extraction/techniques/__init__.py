"""How one document is asked about: each way and each technique is one module, without I/O."""

from codeie.extraction.techniques.cascade import Cascade
from codeie.extraction.techniques.chunks import ChunkDone, Chunks, as_chunks
from codeie.extraction.techniques.continued import Continue
from codeie.extraction.techniques.decided import Decided
from codeie.extraction.techniques.decompose import Decompose
from codeie.extraction.techniques.direct import direct, direct_calls
from codeie.extraction.techniques.ensemble import Ensemble
from codeie.extraction.techniques.entail import Entail
from codeie.extraction.techniques.knowledge import Knowledge
from codeie.extraction.techniques.known import Context, Source
from codeie.extraction.techniques.passes import Passes
from codeie.extraction.techniques.reask import Reask
from codeie.extraction.techniques.selected import Selected
from codeie.extraction.techniques.strategy import (
    Bound,
    Strategy,
    bound_of,
    check_each,
    held_in,
    nested,
)
from codeie.extraction.techniques.sure import Sure
from codeie.extraction.techniques.two_stage import TwoStage
from codeie.extraction.techniques.verify import Verify
from codeie.extraction.techniques.vote import Vote
from codeie.extraction.techniques.written import written

__all__ = [
    "Bound",
    "Cascade",
    "ChunkDone",
    "Chunks",
    "Context",
    "Continue",
    "Decided",
    "Decompose",
    "Ensemble",
    "Entail",
    "Knowledge",
    "Passes",
    "Reask",
    "Selected",
    "Source",
    "Strategy",
    "Sure",
    "TwoStage",
    "Verify",
    "Vote",
    "as_chunks",
    "bound_of",
    "check_each",
    "direct",
    "direct_calls",
    "held_in",
    "nested",
    "written",
]
