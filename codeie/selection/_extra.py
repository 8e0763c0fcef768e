"""The packages of the extra ``retrieval``, which are imported when they are needed."""

from __future__ import annotations

from importlib.util import find_spec

from codeie.errors import MissingExtra

__all__ = ["require"]


def require(*packages: str) -> None:
    """Check that packages of the extra ``retrieval`` are installed.

    Raises:
        MissingExtra: If one is not; the message holds the command that adds it.
    """
    for package in packages:
        if find_spec(package) is None:
            raise MissingExtra(
                f'the package {package!r} is not installed; pip install "codeie[retrieval]" adds it'
            )
