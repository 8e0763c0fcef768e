"""Calls that go through an SDK's own sending, and past its methods for single requests."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from types import FunctionType
from typing import Any, Final

__all__ = ["is_own", "posted"]

# Arguments of the SDKs' methods that are about sending, not part of what is sent.
_ABOUT_SENDING: Final = ("extra_body", "timeout")


def is_own(method: object, package: str) -> bool:
    """Whether a method is the package's, not one that somebody has put in its place.

    Whoever watches calls (OpenTelemetry, Langfuse, a test) puts a method around the SDK's; such
    a method has to be called.

    Args:
        method: As it is found on the SDK's client.
        package: The SDK's name.
    """
    function = getattr(method, "__func__", method)
    home = getattr(sys.modules.get(package), "__file__", None)
    # The exact type, as wrappers claim to be functions, and to have the code of what they wrap.
    if type(function) is not FunctionType or home is None:
        return False
    return function.__code__.co_filename.startswith(str(Path(home).parent))


def posted(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments of an SDK's method for a request as those of its ``post``.

    Args:
        arguments: JSON types, and what both SDKs' methods take besides: ``extra_body`` and
            ``timeout``.
    """
    body = {name: value for name, value in arguments.items() if name not in _ABOUT_SENDING}
    asked: dict[str, Any] = {"body": body | (arguments.get("extra_body") or {})}
    if "timeout" in arguments:
        asked["options"] = {"timeout": arguments["timeout"]}
    return asked
