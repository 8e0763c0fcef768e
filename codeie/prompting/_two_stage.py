"""Asking twice: which classes occur, then about these alone."""

from __future__ import annotations

from collections.abc import Callable

from codeie.prompting._style import Asking, Question, Request

__all__ = ["in_two_stages"]


def in_two_stages(
    which: Callable[[Request], Question], then: Callable[[Request, tuple[type, ...]], Asking]
) -> Callable[[Request], Asking]:
    """The dialogue of a style that first asks which classes occur.

    Where none do, it ends there.

    Args:
        which: Makes the first question, whose reading names `ParseResult.classes`.
        then: Asks about the classes that were named.
    """

    def ask(request: Request) -> Asking:
        chosen = (yield which(request)).classes
        if chosen:
            yield from then(request, chosen)
        return None

    return ask
