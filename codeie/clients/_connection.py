"""What the OpenAI and Anthropic clients share: a server, its SDK's client, safe errors."""

from __future__ import annotations

import asyncio
import os
import re
import threading
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any, Final, Protocol

from codeie.clients._address import Address
from codeie.clients._extras import require_extra
from codeie.clients._sdk_errors import sdk_error
from codeie.clients._secrets import Secrets
from codeie.errors import InputError

__all__ = ["Connection", "SdkClients"]

_OWN_HOSTS: Final = {
    "openai": re.compile(r"(^|\.)openai\.(com|azure\.com)$"),
    "anthropic": re.compile(r"(^|\.)anthropic\.com$"),
}


class Connection:
    """A model on a server that an SDK talks to.

    Args:
        provider: Whose SDK it is; also the extra's name, and the start of its variables' names.
        model: The model as the provider names it.
        make: Makes the SDK's client; imports the SDK.
        base_url: The server, if it is not the provider's own.
        api_key: The key, if it is not in the environment.
        max_retries: How often the SDK repeats a call; ``None`` for its default.
        sdk_client: A ready SDK client to use instead.

    Raises:
        MissingExtra: If the SDK is not installed.
        InputError: If the arguments contradict each other, or the address is none.
    """

    def __init__(
        self,
        provider: str,
        model: str,
        make: Callable[..., Any],
        *,
        base_url: str | None,
        api_key: str | None,
        max_retries: int | None,
        sdk_client: Any,
    ) -> None:
        require_extra(provider)
        given = base_url
        if sdk_client is not None:
            _check_given(sdk_client, base_url, api_key, max_retries)
            given = str(sdk_client.base_url)
        self.provider = provider
        self.model = model
        self._make_sdk = make
        self._address = Address.of(given or os.environ.get(f"{provider.upper()}_BASE_URL"))
        # The key in the environment is for the provider, or for the server named next to it there.
        self._api_key = "none" if api_key is None and base_url and not self.own else api_key
        self._max_retries = max_retries
        self._clients = SdkClients(sdk_client)

    @property
    def own(self) -> bool:
        """Whether the server is the provider's own, not one that speaks the same API."""
        host = self._address.host
        return not host or bool(_OWN_HOSTS[self.provider].search(host))

    @property
    def url(self) -> str:
        """The server's address without a password; empty for the default."""
        return self._address.url

    @property
    def place(self) -> tuple[str, str]:
        """What refusals are remembered by."""
        return self.url, self.model

    @property
    def name(self) -> str:
        """The model as users name it; with the server's host if that is not the provider's."""
        server = "" if self.own else f"@{self._address.host}"
        return f"{self.provider}{server}/{self.model}"

    @contextmanager
    def sdk(self) -> Iterator[Any]:
        """The SDK's client for the running loop; its errors become codeie's, without secrets.

        Raises:
            ClientError: For an error of the SDK, which is its cause.
        """
        sdk = None
        try:
            sdk = self._clients.here(self._make)
            yield sdk
        except Exception as exc:
            secrets = Secrets((*_held_by(sdk), *self._address.secrets))
            error = sdk_error(exc, self.provider, secrets)
            if error is None:
                raise
            raise error from exc

    def _make(self) -> Any:
        options: dict[str, Any] = {}
        if self._max_retries is not None:
            options["max_retries"] = self._max_retries
        return self._make_sdk(
            api_key=self._api_key,
            base_url=self.url or None,
            default_headers=dict(self._address.headers),
            **options,
        )

    async def close(self) -> None:
        """Close what was opened in the running loop."""
        await self._clients.close()


def _check_given(sdk_client: object, *others: object) -> None:
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


class _Closable(Protocol):
    async def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class _Opened:
    """An SDK client, and what closes it when its loop ends or nobody holds this any more.

    Loops see to both for asynchronous generators that wait at a ``yield``.
    """

    client: Any
    until: AsyncGenerator[None, None]

    @classmethod
    def here(cls, client: _Closable) -> _Opened:
        opened = cls(client, _until_closed(client))
        with suppress(StopIteration):  # it awaits nothing before it waits
            opened.until.__anext__().send(None)
        return opened


async def _until_closed(client: _Closable) -> AsyncGenerator[None, None]:
    try:
        yield
    finally:
        await client.close()


class SdkClients:
    """Gives each event loop an SDK client of its own, made at first use.

    Open connections belong to the loop they were opened in, and one of our clients may be used
    from several: the private loop of sync calls, a notebook's, one `asyncio.run` after another.
    They are closed when that loop ends, and as soon as nobody uses this any more.

    Args:
        given: A ready SDK client that is used everywhere instead; its owner closes it.
    """

    def __init__(self, given: Any = None) -> None:
        self._given = given
        self._lock = threading.Lock()
        self._made: dict[asyncio.AbstractEventLoop, _Opened] = {}

    def __reduce__(self) -> tuple[Any, ...]:
        if self._given is not None:
            raise TypeError(
                "a client with a ready sdk_client cannot be pickled, as that holds connections; "
                "make it with base_url and api_key, and each process makes its own"
            )
        return SdkClients, ()

    def __copy__(self) -> SdkClients:
        return SdkClients(self._given)

    def __deepcopy__(self, memo: object) -> SdkClients:
        return SdkClients(self._given)  # its owner's, also here

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
                for ended in [each for each in self._made if each.is_closed()]:
                    del self._made[ended]
                self._made[loop] = _Opened.here(make())
            return self._made[loop].client

    async def close(self) -> None:
        """Close the connections that were opened in the running loop."""
        with self._lock:
            made = self._made.pop(asyncio.get_running_loop(), None)
        if made is not None:
            await made.until.aclose()


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
