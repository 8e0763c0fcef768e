"""Models behind one protocol; one provider per file, its SDK imported when it is used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from codeie.clients._batches import (
    Batched,
    Batches,
    BatchFound,
    BatchingClient,
    BatchState,
    settled,
)
from codeie.clients._bounds import prompt_room
from codeie.clients._layouts import LayoutChoice, as_taken, chosen_layout
from codeie.clients._listener import Listener, all_at_once
from codeie.clients._logprobs import Logprobs
from codeie.clients._loops import ending_loop
from codeie.clients._prices import BATCHED, cost_of
from codeie.clients._protocol import (
    Capabilities,
    Client,
    Completion,
    Hear,
    Settings,
    StopReason,
    StreamingClient,
    Usage,
    checked_settings,
)
from codeie.clients._refusals import OVERLOADED, refusals_told_to
from codeie.clients._resolve import ModelForm, available, layouts_of, resolve
from codeie.clients._sight import Sight, check_sight, sight_tokens
from codeie.clients._sync import call_soon, complete, run_sync

if TYPE_CHECKING:
    from codeie.clients._anthropic import AnthropicClient
    from codeie.clients._local import LocalClient
    from codeie.clients._openai import OpenAIClient

__all__ = [
    "BATCHED",
    "OVERLOADED",
    "AnthropicClient",
    "BatchFound",
    "BatchState",
    "Batched",
    "Batches",
    "BatchingClient",
    "Capabilities",
    "Client",
    "Completion",
    "Hear",
    "LayoutChoice",
    "Listener",
    "LocalClient",
    "Logprobs",
    "ModelForm",
    "OpenAIClient",
    "Settings",
    "Sight",
    "StopReason",
    "StreamingClient",
    "Usage",
    "all_at_once",
    "as_taken",
    "available",
    "call_soon",
    "check_sight",
    "checked_settings",
    "chosen_layout",
    "complete",
    "cost_of",
    "ending_loop",
    "layouts_of",
    "prompt_room",
    "refusals_told_to",
    "resolve",
    "run_sync",
    "settled",
    "sight_tokens",
]

_PROVIDERS = {
    "AnthropicClient": "codeie.clients._anthropic",
    "LocalClient": "codeie.clients._local",
    "OpenAIClient": "codeie.clients._openai",
}


def __getattr__(name: str) -> Any:
    # Written out above, so nothing is imported by a name from outside (PEP 562).
    if name not in _PROVIDERS:
        raise AttributeError(f"module 'codeie.clients' has no attribute {name!r}")
    import importlib

    value = getattr(importlib.import_module(_PROVIDERS[name]), name)
    globals()[name] = value
    return value
