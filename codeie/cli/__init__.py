"""The command `codeie`: extract from files, look at prompts, see which models there are."""

from codeie.cli._app import app, main

__all__ = ["app", "main"]
