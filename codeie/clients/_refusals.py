"""Refusals for too many calls, told when they come: an SDK repeats such a call by itself first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final

__all__ = ["OVERLOADED", "refusals_told_to", "tells_refusals"]

OVERLOADED: Final = frozenset({429, 503, 529})
"""Statuses by which a provider says that it has too much to do."""

_TELL: ContextVar[Callable[[float | None], object] | None] = ContextVar("refusals", default=None)


@contextmanager
def refusals_told_to(tell: Callable[[float | None], object]) -> Iterator[None]:
    """While it lasts, each refusal of a call made here is told, also one that the SDK makes good.

    Args:
        tell: Called with the seconds after which to come back, if the provider says so.
    """
    before = _TELL.set(tell)
    try:
        yield
    finally:
        _TELL.reset(before)


def tells_refusals(http_client: Any) -> Any:
    """The same HTTP client of an SDK, which tells of refusals."""
    hooks = http_client.event_hooks
    http_client.event_hooks = {**hooks, "response": [*hooks["response"], _heard]}
    return http_client


async def _heard(response: Any) -> None:
    tell = _TELL.get()
    if tell is None or response.status_code not in OVERLOADED:
        return
    from codeie.clients._sdk_errors import seconds_to_wait

    tell(seconds_to_wait(response.headers))
