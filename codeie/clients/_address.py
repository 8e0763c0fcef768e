"""A server's address, without what must not be shown."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit, urlunsplit

from codeie.errors import InputError

__all__ = ["Address"]


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
