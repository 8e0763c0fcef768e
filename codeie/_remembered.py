"""What schemas and other values determine is computed once, not for every document."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, Generic, ParamSpec, TypeVar

__all__ = ["remembered"]

P = ParamSpec("P")
R = TypeVar("R")
V = TypeVar("V")

_KEPT = 256


class _Same(Generic[V]):
    """A value that is equal only to itself: comparing two schemas costs more than it saves."""

    __slots__ = ("value",)

    def __init__(self, value: V) -> None:
        self.value = value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.value is other.value

    def __hash__(self) -> int:
        return id(self.value)


def remembered(function: Callable[P, R]) -> Callable[P, R]:
    """Remember what a pure function gave for the very same objects, the last few hundred.

    What is remembered holds these objects, so that no other gets the identity of one of them.

    Args:
        function: Takes positional arguments only, none of which changes; what it gives is not
            to be changed either.
    """

    @functools.lru_cache(maxsize=_KEPT)
    def known(*arguments: _Same[Any]) -> R:
        return function(*(argument.value for argument in arguments))  # type: ignore[call-arg]

    @functools.wraps(function)
    def remembering(*args: P.args, **_: P.kwargs) -> R:
        return known(*map(_Same, args))

    return remembering
