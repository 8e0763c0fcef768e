"""Warnings that nobody asked for: what a file says of its text and the text does not hold."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from functools import wraps
from typing import ParamSpec

from codeie.datasets._record import Record
from codeie.datasets._warnings import Oddity
from codeie.errors import CodeIEWarning

__all__ = ["told"]

P = ParamSpec("P")

_WRONG = (Oddity.OFFSET_SHIFTED, Oddity.NOT_IN_TEXT, Oddity.NAME_DIFFERS)


def told(reader: Callable[P, Iterator[Record]]) -> Callable[P, Iterator[Record]]:
    """A reader that also warns, once, if strings are not where the file says.

    All else that is odd is no mistake, and is in each record's ``warnings`` only.
    """

    @wraps(reader)
    def reading(*args: P.args, **options: P.kwargs) -> Iterator[Record]:
        silent = True
        for record in reader(*args, **options):
            wrong = next((each for each in record.warnings if each.oddity in _WRONG), None)
            if silent and wrong is not None:
                silent = False
                message = f"{wrong}; there may be more: each record's `warnings` has its own"
                warnings.warn(message, CodeIEWarning, stacklevel=2)
            yield record

    return reading
