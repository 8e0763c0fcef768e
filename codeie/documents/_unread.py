"""A place of the input that gave no document."""

from __future__ import annotations

from dataclasses import dataclass

from codeie.errors import InputError, MissingExtra
from codeie.viewable import Outlined

__all__ = ["Unread"]


@dataclass(frozen=True, slots=True)
class Unread(Outlined):
    """A line, row or file that could not be read: a failure of its own in a run that goes on.

    Args:
        id: What to call it: its name, or the file and line.
        error: What is wrong with it.
    """

    id: str | None
    error: InputError | MissingExtra
