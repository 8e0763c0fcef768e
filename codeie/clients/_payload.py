"""Reading a provider's answer without trusting its shape.

The SDKs do not check what a server sends: a compatible server's half-built answer becomes an
object that lacks attributes, and a web page becomes a string.
"""

from __future__ import annotations

from typing import Any

from codeie.errors import ProviderUnavailable

__all__ = ["at", "count_at", "plain", "text_at", "unreadable"]


def plain(response: object, provider: str) -> dict[str, Any]:
    """An answer as plain data, which it may be already, or an SDK's object.

    Raises:
        ProviderUnavailable: If it is not an object with fields at all.
    """
    if isinstance(response, dict):
        return response
    dump = getattr(response, "model_dump", None)
    if dump is None:
        raise unreadable(provider, "an answer that is not JSON")
    fields: dict[str, Any] = dump(warnings=False)
    return fields


def unreadable(provider: str, what: str) -> ProviderUnavailable:
    """The error for an answer that is not what the provider's API promises."""
    return ProviderUnavailable(
        f"{provider}: the server sent {what}",
        provider=provider,
        hint="is base_url the address of such an API? It usually ends in /v1 for OpenAI's "
        "API, and not for Anthropic's",
    )


def at(data: object, *path: str | int) -> Any:
    """The value at a path of keys and indices; ``None`` where the data does not go that far.

    Examples:
        >>> at({"choices": [{"text": "a"}]}, "choices", 0, "text")
        'a'
        >>> at({"choices": []}, "choices", 0, "text") is None
        True
    """
    for step in path:
        if isinstance(step, int):
            if not isinstance(data, list) or step >= len(data):
                return None
            data = data[step]
        elif isinstance(data, dict):
            data = data.get(step)
        else:
            return None
    return data


def text_at(data: object, *path: str | int) -> str:
    """The string at a path; empty where there is none."""
    found = at(data, *path)
    return found if isinstance(found, str) else ""


def count_at(data: object, *path: str | int) -> int:
    """The number of tokens at a path; 0 where there is none."""
    found = at(data, *path)
    return found if isinstance(found, int) and found > 0 else 0
