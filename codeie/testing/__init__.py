"""For your tests: a client that answers from a script, and a check of styles of your own."""

from codeie.testing._check import check_style
from codeie.testing._scripted import ScriptedClient

__all__ = ["ScriptedClient", "check_style"]
