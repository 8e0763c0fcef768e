"""The packages of the engines, which are imported by who uses one."""

from __future__ import annotations

from importlib.util import find_spec

from codeie.errors import MissingExtra

__all__ = ["require"]


def require(engine: str) -> None:
    """Check that an engine is installed; its extra is named like it.

    Raises:
        MissingExtra: If it is not; the message holds the command that adds it.
    """
    if find_spec(engine) is None:
        raise MissingExtra(
            f'the package {engine!r} is not installed; pip install "codeie[{engine}]" adds it'
        )
