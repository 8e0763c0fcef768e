"""What a notebook shows of an error: the user's own lines, and what is wrong."""

from __future__ import annotations

import os
import re
import sysconfig
import traceback
from pathlib import Path
from typing import Final

__all__ = ["short_traceback"]

_NOT_THE_USERS: Final = tuple(
    f"{folder}{os.sep}"
    for folder in (
        Path(__file__).resolve().parent,
        *{sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")},
    )
)
_CELL: Final = re.compile(r"ipykernel_\d+[\\/]\d+\.py$|^<ipython-input")
_WHOLE: Final = "import traceback; traceback.print_last()"
_CAUSES: Final = 8  # shown at most; a chain may be a circle


def short_traceback(error: BaseException) -> list[str]:
    """The lines of an error without the way through packages, each cause after it.

    Args:
        error: An error that was raised.
    """
    lines = [*_frames(error), *_said(error)]
    seen, cause = [error], _cause(error)
    while cause is not None and cause not in seen and len(seen) < _CAUSES:
        frames = _frames(cause)
        if frames or str(cause) not in str(error):
            lines += ["", "because of", *frames, *_said(cause)]
        seen.append(cause)
        cause = _cause(cause)
    return [*lines, "", f"All lines, also those inside packages: {_WHOLE}"]


def _cause(error: BaseException) -> BaseException | None:
    return error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _frames(error: BaseException) -> list[str]:
    lines: list[str] = []
    for frame in traceback.extract_tb(error.__traceback__):
        if frame.filename.startswith(_NOT_THE_USERS):
            continue
        where = "The cell" if _CELL.search(frame.filename) else frame.filename
        inside = "" if frame.name == "<module>" else f", in {frame.name}"
        lines += [f"{where}, line {frame.lineno}{inside}:", f"    {frame.line}"]
    return lines


def _said(error: BaseException) -> list[str]:
    notes = getattr(error, "__notes__", ())
    return [f"{type(error).__name__}: {error}", *(str(note) for note in notes)]
