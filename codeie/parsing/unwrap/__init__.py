"""What stands around an answer is taken off before anything is read as code."""

from codeie.parsing.unwrap.invisible import Visible
from codeie.parsing.unwrap.names import Names
from codeie.parsing.unwrap.opening import Opening
from codeie.parsing.unwrap.stage import Unwrapped, unwrap, without_invisible

__all__ = ["Names", "Opening", "Unwrapped", "Visible", "unwrap", "without_invisible"]
