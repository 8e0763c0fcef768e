"""An answer read while it arrives, for prompts whose answers have such a form."""

from __future__ import annotations

from codeie.parsing import IncrementalParser, ParsedItem, ParseLimits
from codeie.prompting._prompt import Prompt
from codeie.syntaxes import InPieces

__all__ = ["AnswerInPieces"]


class AnswerInPieces:
    """Reads an answer to a prompt as it comes.

    It gives nothing but what `Prompt.read` gives for the whole. Where only the end of an answer
    tells what counts, it gives nothing before that.

    Args:
        prompt: What is asked.
        limits: Bounds on what is read.
    """

    def __init__(self, prompt: Prompt, limits: ParseLimits = ParseLimits()) -> None:
        self._parser: IncrementalParser | None = None
        # Only a whole answer tells whether it goes on with a prefill; and of words, whether
        # they go on with another text.
        whole = prompt.prefill or prompt.language == "text"
        if isinstance(prompt.syntax, InPieces) and not whole:
            form: InPieces = prompt.syntax
            self._parser = form.in_pieces(prompt.schema, text=prompt.text, limits=limits)

    @property
    def readable(self) -> bool:
        """Whether anything can be given before the end."""
        return self._parser is not None

    def feed(self, piece: str) -> list[ParsedItem]:
        """The items that one more piece completes."""
        return self._parser.feed(piece) if self._parser is not None else []
