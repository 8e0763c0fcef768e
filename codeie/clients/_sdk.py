"""What the OpenAI and Anthropic clients share: an address, a ready SDK client, safe errors."""

from __future__ import annotations

import asyncio
import base64
import threading
import weakref
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final, Protocol
from urllib.parse import unquote, urlsplit, urlunsplit

from codeie.clients._sdk_errors import sdk_error
from codeie.clients._secrets import Secrets
from codeie.errors import InputError

__all__ = ["Address", "ErrorGuard", "SdkClients", "check_given", "safe_errors"]


@dataclass(frozen=True, slots=True)
class Address:
    """Where a server is, without the user name and password it may have been given with.

    Both are sent in a header instead, as they would have been: the SDKs' HTTP library logs
    whole addresses.

    Args:
        url: The address to show and to use; empty for the provider's own.
        headers: What to send so that the server lets us in.
    """

    url: str = ""
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    secrets: tuple[str, ...] = field(default=(), repr=False)

    @classmethod
    def of(cls, base_url: str | None) -> Address:
        """Take an address apart.

        Raises:
            InputError: If it is not an http or https address, or has a query or a fragment.
        """
        if not base_url:
            return cls()
        try:
            parts = urlsplit(base_url)
            host, _ = parts.hostname, parts.port
        except ValueError:
            host = None
        if host is None or parts.scheme not in ("http", "https") or parts.query or parts.fragment:
            # Not repeated in the message: it may hold a password.
            raise InputError(
                "base_url must be an http or https address without a query, "
                "such as http://localhost:8000/v1"
            )
        user, _, place = parts.netloc.rpartition("@")
        url = urlunsplit(parts._replace(netloc=place))
        if not user:
            return cls(url)
        name, _, password = (unquote(piece) for piece in user.partition(":"))
        token = base64.b64encode(f"{name}:{password}".encode()).decode()
        return cls(url, {"Authorization": f"Basic {token}"}, (password or name, token))

    @property
    def host(self) -> str:
        """Host and port, or nothing for the provider's own."""
        return urlsplit(self.url).netloc


class _Closable(Protocol):
    async def close(self) -> None: ...


class SdkClients:
    """Gives each event loop an SDK client of its own, made at first use.

    Open connections belong to the loop they were opened in, and one of our clients may be used
    from several: the private loop of sync calls, a notebook's, one `asyncio.run` after another.

    Args:
        given: A ready SDK client that is used everywhere instead; its owner closes it.
    """

    def __init__(self, given: Any = None) -> None:
        self._given = given
        self._lock = threading.Lock()
        self._made: weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, _Closable] = (
            weakref.WeakKeyDictionary()
        )

    def __reduce__(self) -> tuple[Any, ...]:
        return SdkClients, (self._given,)

    def here(self, make: Callable[[], Any]) -> Any:
        """The SDK client for the running loop.

        Args:
            make: Makes one. Not kept: it belongs to our client, and without a cycle both are
                gone, and connections closed, as soon as nobody uses them.
        """
        if self._given is not None:
            return self._given
        loop = asyncio.get_running_loop()
        with self._lock:
            if loop not in self._made:
                self._made[loop] = make()
            return self._made[loop]

    async def close(self) -> None:
        """Close the connections that were opened in the running loop."""
        with self._lock:
            made = self._made.pop(asyncio.get_running_loop(), None)
        if made is not None:
            await made.close()

    def __del__(self) -> None:
        for loop, made in self._made.items():
            # In a loop that has ended there is nobody left to close anything.
            if loop.is_running():
                asyncio.run_coroutine_threadsafe(made.close(), loop)


def check_given(sdk_client: object, *others: object) -> None:
    """Check a ready SDK client, and that nothing is given beside it that it brings itself.

    Raises:
        InputError: If it cannot be awaited, or one of the others is given as well.
    """
    if any(value is not None for value in others):
        raise InputError("sdk_client comes with its own base_url, api_key and max_retries")
    # By name, as the SDK is not imported here. Its call would be made before it fails.
    if any(base.__name__ == "SyncAPIClient" for base in type(sdk_client).__mro__):
        kind = type(sdk_client).__name__
        raise InputError(f"sdk_client must be asynchronous: give Async{kind}, not {kind}")


@dataclass(slots=True)
class ErrorGuard:
    """Knows whose secrets to mask, once the SDK client is there.

    Args:
        sdk: The SDK client that is used; set as soon as there is one.
    """

    sdk: Any = None


@contextmanager
def safe_errors(provider: str, address: Address) -> Iterator[ErrorGuard]:
    """Turn the SDK's errors into codeie's, without a secret in any of them.

    Raises:
        ClientError: For an error of the SDK, which is its cause.
    """
    guard = ErrorGuard()
    try:
        yield guard
    except Exception as exc:
        error = sdk_error(exc, provider, Secrets((*_held_by(guard.sdk), *address.secrets)))
        if error is None:
            raise
        raise error from exc


# Headers whose values are secrets, by a piece of their names.
_SECRET_HEADERS: Final = ("auth", "key", "token", "secret", "cookie")

# What people give servers that want no key; masking it would garble messages.
_DUMMIES: Final = frozenset({"none", "null", "empty", "dummy", "ollama", "lm-studio", "no-key"})


def _held_by(sdk: Any) -> Iterator[str]:
    for name in ("api_key", "auth_token", "admin_api_key"):
        value = getattr(sdk, name, None)
        if isinstance(value, str) and value.casefold() not in _DUMMIES:
            yield value
    for header, value in getattr(sdk, "default_headers", {}).items():
        if isinstance(value, str) and any(piece in header.casefold() for piece in _SECRET_HEADERS):
            yield from (piece for piece in value.split() if piece.casefold() not in _DUMMIES)
