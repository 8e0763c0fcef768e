"""The optional packages that clients need, and what to say when one is not installed."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Final

from codeie.errors import MissingExtra

__all__ = ["install_command", "is_installed", "require_extra"]

# Extra -> the package it adds, which is looked for without being imported.
_PACKAGES: Final = {
    "openai": "openai",
    "anthropic": "anthropic",
    "local": "xllamacpp",
    "prices": "genai_prices",
}


def is_installed(extra: str) -> bool:
    """Whether the package behind an extra of codeie can be imported."""
    return find_spec(_PACKAGES[extra]) is not None


def install_command(extra: str) -> str:
    """The command that adds an extra."""
    return f'pip install "codeie[{extra}]"'


def require_extra(extra: str) -> None:
    """Check that an extra is installed, before anything is asked of it.

    Raises:
        MissingExtra: If it is not; the message holds the command that adds it.
    """
    if not is_installed(extra):
        raise MissingExtra(
            f"the package {_PACKAGES[extra]!r} is not installed; {install_command(extra)} adds it",
            provider=extra,
        )
