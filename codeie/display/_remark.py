"""What a diagnostic must say to be drawn; which values do is not this room's to know."""

from __future__ import annotations

from typing import Protocol

__all__ = ["Place", "Remark"]


class Place(Protocol):
    """A place in a model's answer; see `codeie.diagnostics.Position`."""

    @property
    def offset(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def line(self) -> int: ...
    @property
    def column(self) -> int: ...


class Remark(Protocol):
    """Something to be said about an answer; see `codeie.diagnostics.Diagnostic`."""

    @property
    def code(self) -> str: ...
    @property
    def message(self) -> str: ...
    @property
    def severity(self) -> str: ...
    @property
    def position(self) -> Place | None: ...
    @property
    def excerpt(self) -> str: ...
    @property
    def path(self) -> str: ...
