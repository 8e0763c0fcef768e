"""What stands around an answer is taken off before anything is read as code."""

from codeie.parsing.unwrap.invisible import INVISIBLE, Visible
from codeie.parsing.unwrap.names import names_of
from codeie.parsing.unwrap.opening import Opening
from codeie.parsing.unwrap.stage import Unwrapped, unwrap, without_invisible

__all__ = [
    "INVISIBLE",
    "Opening",
    "Unwrapped",
    "Visible",
    "names_of",
    "unwrap",
    "without_invisible",
]
