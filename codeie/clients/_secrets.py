"""Keeping keys out of everything a person may read: errors, logs, representations."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Iterator
from typing import Final
from urllib.parse import quote

__all__ = ["Secrets"]

_MASK: Final = "[secret]"

# Whatever its owner: OpenAI's and Anthropic's keys, also half-masked ones as in OpenAI's own
# "Incorrect API key provided: sk-abc***xyz", and tokens of the Bearer and Basic schemes.
_LOOKS_SECRET: Final = re.compile(r"\bsk-[\w*-]{6,}|\b(?<=Bearer )\S{6,}|\b(?<=Basic )\S{6,}")

# Shorter strings are no secrets, and masking them would garble innocent words.
_SHORTEST: Final = 4

# How far into a chain of causes, or into an error's body, to look.
_DEEPEST: Final = 20


class Secrets:
    """Strings that must not be shown, and the ways they could be written.

    Args:
        values: Keys, tokens and passwords; those shorter than four characters are ignored.
    """

    def __init__(self, values: Iterable[str] = ()) -> None:
        written: set[str] = set()
        for value in values:
            if len(value) >= _SHORTEST:
                encoded = base64.b64encode(value.encode()).decode()
                written |= {value, quote(value, safe=""), encoded, repr(value)[1:-1]}
        # The longest first, so that no secret survives in part because it holds another.
        self._written = sorted(written, key=lambda value: (-len(value), value))

    def __repr__(self) -> str:
        return f"<{len(self._written)} secrets>"

    def masked(self, text: str) -> str:
        """The text without any of the secrets, and without whatever else looks like a key."""
        for value in self._written:
            text = text.replace(value, _MASK)
        return _LOOKS_SECRET.sub(_MASK, text)

    def mask_error(self, error: BaseException) -> None:
        """Take the secrets out of an exception and of all that it was raised from.

        A server may echo a key in its error body, which the SDK then puts into the message
        and the attributes of its exception; a traceback prints the whole chain.
        """
        for link in _chain(error):
            link.args = tuple(self._clean(value, 0) for value in link.args)
            for name, value in vars(link).items():
                if isinstance(value, str | dict | list | tuple):
                    setattr(link, name, self._clean(value, 0))

    def _clean(self, value: object, depth: int) -> object:
        if isinstance(value, str):
            return self.masked(value)
        if depth < _DEEPEST:
            if isinstance(value, dict):
                return {
                    self._clean(key, depth + 1): self._clean(item, depth + 1)
                    for key, item in value.items()
                }
            if isinstance(value, list):
                return [self._clean(item, depth + 1) for item in value]
            if isinstance(value, tuple):
                return tuple(self._clean(item, depth + 1) for item in value)
            return value
        return _MASK if isinstance(value, dict | list | tuple) else value


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The exception and the ones behind it, as a traceback would print them."""
    waiting: list[BaseException | None] = [error]
    seen: set[int] = set()
    while waiting:
        link = waiting.pop()
        if link is not None and id(link) not in seen:
            seen.add(id(link))
            yield link
            waiting += [link.__cause__, link.__context__]
