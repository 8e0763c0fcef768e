"""Several ways to one document, of which some may fail."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from codeie.extraction._exchange import Failed
from codeie.extraction._extraction import Extraction
from codeie.extraction._task import Task
from codeie.extraction.techniques.strategy import call_failed
from codeie.parsing import Outcome

__all__ = ["of_survivors"]


def of_survivors(
    task: Task,
    results: Sequence[Extraction[Any] | Failed],
    roles: Sequence[str],
    merge: Callable[[Sequence[Extraction[Any]]], Extraction[Any]],
) -> Extraction[Any]:
    """What is made of those that came to something; of each other one it is said why.

    What failed keeps its place and its steps among the others, as they were paid for.

    Args:
        task: What was asked about.
        results: Of each way.
        roles: What each is called.
        merge: Makes one extraction of several.

    Raises:
        CodeIEError: That of the first, if all of them failed.
    """
    failures = [each for each in results if isinstance(each, Failed)]
    if len(failures) == len(results):
        raise failures[0].error
    parts = [
        Extraction(
            task.document,
            diagnostics=(call_failed(role, each.error),),
            outcome=Outcome.FAILED,
            steps=each.steps,
        )
        if isinstance(each, Failed)
        else each
        for role, each in zip(roles, results, strict=True)
    ]
    return merge(parts)
