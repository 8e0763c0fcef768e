"""From the errors of the OpenAI and Anthropic SDKs to codeie's own.

Both SDKs have the same tree: exceptions that stand for an HTTP status, which are told apart
by that status, and a few others, told apart by name. Names, so that no SDK is imported here;
a test goes through all exception classes of both SDKs and fails on one that is not known.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Final

from codeie.clients._secrets import Secrets
from codeie.errors import (
    AuthenticationFailed,
    ClientError,
    CreditSpent,
    ProviderUnavailable,
    RateLimited,
    RequestRejected,
)

__all__ = ["kind_of", "sdk_error", "status_error"]

# A longer message is an HTML page or an echo of the request, not a sentence.
_LONGEST: Final = 400


@dataclass(frozen=True, slots=True)
class _Kind:
    """What an SDK's exception means to us.

    Args:
        error: What to raise for it.
        retryable: Whether the same call may succeed later.
        hint: What to do about it.
    """

    error: type[ClientError]
    retryable: bool = False
    hint: str = ""


_KEY: Final = _Kind(
    AuthenticationFailed,
    hint="set {variable}, or give the client api_key=…; a key of another account or project does not do",
)
_REFUSED: Final = _Kind(RequestRejected)
_DOWN: Final = _Kind(
    ProviderUnavailable, retryable=True, hint="the provider is at fault or overloaded; try later"
)
_UNREACHED: Final = _Kind(
    ProviderUnavailable,
    retryable=True,
    hint="check the network, and base_url if you gave one; a slow model needs Settings(timeout=…)",
)
_UNREADABLE: Final = _Kind(
    ProviderUnavailable,
    hint="this is not the answer of such an API; base_url usually ends in /v1 for OpenAI's "
    "API, and not for Anthropic's",
)
_UNUSED: Final = _Kind(ClientError)

_NO_CREDIT: Final = _Kind(
    CreditSpent, hint="the account has no credit left; add some, and run again with the same file"
)

_BY_STATUS: Final = {
    401: _KEY,
    402: _NO_CREDIT,
    403: _Kind(
        AuthenticationFailed,
        hint="the key may not use this model, or not from here; see the account's permissions",
    ),
    404: _Kind(
        RequestRejected,
        hint="check the model's name, and base_url if you gave one: it usually ends in /v1 for "
        "OpenAI's API, and not for Anthropic's",
    ),
    408: _UNREACHED,
    409: _Kind(RequestRejected, retryable=True),
    413: _Kind(RequestRejected, hint="the text is too long for one request; split it"),
    425: _DOWN,
    429: _Kind(
        RateLimited, retryable=True, hint="lower `concurrency`, or wait; the SDK already retried"
    ),
    499: _UNREACHED,
}

_NO_QUOTA: Final = _Kind(CreditSpent, hint="the account's quota or spending limit is used up")
_TOO_LONG: Final = _Kind(
    RequestRejected,
    hint="the prompt is longer than the model's context: split the text or use fewer demonstrations",
)

# Codes that say more than the status does, in the body's `error.code` or `error.type`.
_BY_CODE: Final = {
    "api_error": _DOWN,
    "authentication_error": _KEY,
    "billing_error": _NO_CREDIT,
    "context_length_exceeded": _TOO_LONG,
    "exceed_context_size_error": _TOO_LONG,
    "insufficient_quota": _NO_QUOTA,
    "invalid_api_key": _KEY,
    "overloaded_error": _DOWN,
    "rate_limit_error": _BY_STATUS[429],
    "timeout_error": _DOWN,
}

_BY_MESSAGE: Final = (
    # Neither SDK has a class for "there is no key": OpenAI's raises its root class when the
    # client is made, Anthropic's a TypeError when it is first used.
    (
        re.compile(
            "^Missing credentials|^The api_key client option must|resolve authentication method"
        ),
        _KEY,
    ),
    # Anthropic says it with the status of a wrong request.
    (re.compile("credit balance is too low", re.IGNORECASE), _NO_CREDIT),
    # OpenAI has a code for this; Anthropic and compatible servers have not.
    (re.compile("context (size|length|window)|prompt is too long", re.IGNORECASE), _TOO_LONG),
)

_BY_NAME: Final = {
    # Raised for an error that arrives in the middle of a stream.
    "APIError": _DOWN,
    "APIConnectionError": _UNREACHED,
    "APITimeoutError": _UNREACHED,
    "APIResponseValidationError": _UNREADABLE,
    "JSONDecodeError": _UNREADABLE,
    "UnicodeDecodeError": _UNREADABLE,
    "RetryableError": _DOWN,
    "ContractSpendLimitReachedError": _NO_QUOTA,
    "EnforcedSpendLimitReachedError": _NO_QUOTA,
    "CredentialsError": _KEY,
    "IdentityTokenFileError": _KEY,
    "MutuallyExclusiveAuthError": _KEY,
    "SubjectTokenProviderError": _KEY,
    "WorkloadIdentityError": _KEY,
    # Network errors of the SDKs' HTTP library, where an SDK lets them through (streams).
    "TransportError": _UNREACHED,
    # Raised by parts of the SDKs that codeie does not use.
    "APIWebhookValidationError": _UNUSED,
    "ContentFilterFinishReasonError": _UNUSED,
    "InvalidWebhookSignatureError": _UNUSED,
    "LengthFinishReasonError": _UNUSED,
    "WebSocketConnectionClosedError": _UNUSED,
    "WebSocketQueueFullError": _UNUSED,
    # The roots: whatever a later version of an SDK adds is still a ClientError.
    "AnthropicError": _UNUSED,
    "OpenAIError": _UNUSED,
}


def kind_of(cls: type[BaseException], status: int | None = None) -> _Kind | None:
    """What an exception class means; ``None`` if it is not one that an SDK raises on purpose.

    Args:
        cls: The class.
        status: The HTTP status, for the classes that stand for one.
    """
    for base in cls.__mro__:
        if base.__name__ == "APIStatusError" and status is not None:
            # An error within a stream comes with the status of the stream, which was fine.
            refused = 400 <= status < 500
            return _BY_STATUS.get(status) or (_REFUSED if refused else _DOWN)
        if base.__name__ in _BY_NAME:
            return _BY_NAME[base.__name__]
    return None


def sdk_error(error: Exception, provider: str, secrets: Secrets) -> ClientError | None:
    """The error to raise for one of an SDK's; also takes the secrets out of the original.

    Args:
        error: What the SDK raised.
        provider: Whose SDK it is: ``"openai"`` or ``"anthropic"``.
        secrets: What must not be shown.

    Returns:
        The error, or ``None`` if this is a mistake in a program, not an answer of a provider.
    """
    secrets.mask_error(error)
    status = getattr(error, "status_code", None)
    shown = status if status is not None and status >= 400 else None
    body = _inner(getattr(error, "body", None))
    # Messages of the SDKs hold a whole body where ours is one line; only those of the HTTP
    # library may be empty.
    said = _one_line(str(body.get("message") or getattr(error, "message", "") or str(error)))
    if _is_unreached(error):
        said = "Connection error."
    kind = _by_words(body, said) or kind_of(type(error), status)
    if kind is None:
        return None
    return kind.error(
        f"{provider}{_about(shown)}: {said or type(error).__name__}",
        provider=provider,
        status_code=shown,
        request_id=_request_id(error),
        retryable=kind.retryable,
        retry_after=_retry_after(error) if kind.retryable else None,
        hint=kind.hint.format(variable=f"{provider.upper()}_API_KEY"),
    )


def status_error(status: int, body: object, provider: str) -> ClientError:
    """The error for a request of a batch that failed, as a single one would have.

    Args:
        status: The HTTP status.
        body: What the provider says.
        provider: ``"openai"`` or ``"anthropic"``.
    """
    said = _inner(body)
    message = Secrets().masked(_one_line(str(said.get("message") or "")))
    refused = 400 <= status < 500
    kind = _by_words(said, message) or _BY_STATUS.get(status) or (_REFUSED if refused else _DOWN)
    return kind.error(
        f"{provider}{_about(status)}: {message or 'the request failed'}",
        provider=provider,
        status_code=status,
        retryable=kind.retryable,
        hint=kind.hint.format(variable=f"{provider.upper()}_API_KEY"),
    )


def _is_unreached(error: Exception) -> bool:
    """Whether an error that is called a time-out is none: aiohttp's others get that name, too."""
    if type(error).__name__ != "APITimeoutError":
        return False
    below = error.__cause__.__cause__ if error.__cause__ is not None else None
    if below is None or isinstance(below, TimeoutError):
        return False
    return type(below).__module__.startswith("aiohttp")


def _by_words(body: dict[str, Any], said: str) -> _Kind | None:
    """What the body's code or type, or the message, says more exactly than the status does."""
    for name in ("code", "type"):
        kind = _BY_CODE.get(str(body.get(name)))
        if kind is not None:
            return kind
    return next((kind for words, kind in _BY_MESSAGE if words.search(said)), None)


def _inner(body: object) -> dict[str, Any]:
    """The part of an error's body that says what is wrong, in either provider's shape."""
    if isinstance(body, str):
        return {"message": body}
    if not isinstance(body, dict):
        return {}
    inner = body.get("error", body)
    return inner if isinstance(inner, dict) else {"message": inner}


def _request_id(error: Exception) -> str | None:
    found = getattr(error, "request_id", None)
    return found if isinstance(found, str) else None


def _retry_after(error: Exception) -> float | None:
    return seconds_to_wait(getattr(getattr(error, "response", None), "headers", {}))


def seconds_to_wait(headers: Mapping[str, str]) -> float | None:
    """The seconds to wait that a response names, in one of the three ways there are."""
    for name, unit in (("retry-after-ms", 1000), ("retry-after", 1)):
        said = str(headers.get(name, "")).strip()
        with suppress(ValueError):
            seconds = float(said) / unit
            if 0 <= seconds < math.inf:
                return seconds
    try:
        when = parsedate_to_datetime(said)
    except ValueError:
        return None
    if when.tzinfo is None:  # "-0000": no zone is known; HTTP has only one
        when = when.replace(tzinfo=UTC)
    return max(0.0, (when - datetime.now(UTC)).total_seconds())


def _about(status: int | None) -> str:
    return f" (status {status})" if status is not None else ""


def _one_line(message: str) -> str:
    line = " ".join(message.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
