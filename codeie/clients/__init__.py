"""Models behind one protocol; one provider per file, its SDK imported when it is used."""

from codeie.clients._protocol import (
    Capabilities,
    Client,
    Completion,
    Settings,
    StopReason,
    Usage,
)
from codeie.clients._resolve import resolve

__all__ = [
    "Capabilities",
    "Client",
    "Completion",
    "Settings",
    "StopReason",
    "Usage",
    "resolve",
]
