"""From a model's name to the client that asks it."""

from __future__ import annotations

import difflib
import inspect
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from codeie.clients._extras import install_command, is_installed
from codeie.clients._gguf import local_layouts
from codeie.clients._protocol import Client
from codeie.errors import InputError, UnknownModel
from codeie.prompting import Layout
from codeie.viewable import Outlined

__all__ = ["ModelForm", "available", "layouts_of", "resolve"]

_FORMS: Final = ("openai/NAME", "anthropic/NAME", "local", "local:/path/to/model.gguf")

# What people write who forget the provider.
_FAMILIES: Final = {
    "gpt": "openai",
    "chatgpt": "openai",
    "o1": "openai",
    "o3": "openai",
    "o4": "openai",
    "claude": "anthropic",
}


@dataclass(frozen=True, slots=True)
class ModelForm(Outlined):
    """One way to name a model, and whether it can be used here and now.

    Args:
        provider: ``"openai"``, ``"anthropic"`` or ``"local"``.
        forms: What to write, with NAME and paths left open.
        installed: Whether the package it needs is installed.
        install: The command that installs it.
        key_variable: The environment variable the key is read from; ``None`` if it needs none.
        key_set: Whether that variable is set; its value is never read out.
        holds: What its answers can be held to by a grammar; see ``docs/decoding.md``.
        sure: Where its confidences come from, if it has any; see ``docs/confidence.md``.
    """

    provider: str
    forms: tuple[str, ...]
    installed: bool
    install: str
    key_variable: str | None = None
    key_set: bool = False
    holds: str = ""
    sure: str = ""


# Of the embedded model it does not hold: that decides about spans, and writes nothing.
_HOLDS: Final = {
    "local": "schema, words of the text",
    "openai": "schema, characters of the text",
    "anthropic": "schema (style json)",
}


_SURE: Final = {
    "local": "log-probabilities",
    "openai": "log-probabilities",
    "anthropic": "",
}


def available() -> tuple[ModelForm, ...]:
    """Every way to name a model, with what is still missing for it; asks nothing of anyone."""
    return (
        _model_form("local", (_FORMS[2], _FORMS[3]), None),
        _model_form("openai", (_FORMS[0],), "OPENAI_API_KEY"),
        _model_form("anthropic", (_FORMS[1],), "ANTHROPIC_API_KEY"),
    )


def _model_form(provider: str, forms: tuple[str, ...], variable: str | None) -> ModelForm:
    return ModelForm(
        provider=provider,
        forms=forms,
        installed=is_installed(provider),
        install=install_command(provider),
        key_variable=variable,
        key_set=variable is not None and bool(os.environ.get(variable)),
        holds=_HOLDS[provider],
        sure=_SURE[provider],
    )


def resolve(model: str | Client, **options: Any) -> Client:
    """The client for a model's name; a client is returned as it is.

    Nothing is loaded from disk and nobody is asked: a wrong key or a model name that the
    provider does not know shows itself at the first call.

    Args:
        model: ``"openai/NAME"``, ``"anthropic/NAME"``, ``"local"``, ``"local:/path.gguf"``, or
            a `Client`.
        options: Keyword arguments of the client's class, such as ``base_url``.

    Raises:
        UnknownModel: If the name has none of these forms; the message lists the nearest.
        MissingExtra: If the provider's package is not installed.
        InputError: If the client takes no such option.

    Examples:
        >>> resolve("openai/gpt-5.2").name
        'openai/gpt-5.2'
        >>> resolve("gpt-5.2")
        Traceback (most recent call last):
        ...
        codeie.errors.UnknownModel: unknown model 'gpt-5.2' (did you mean 'openai/gpt-5.2'?); ...
    """
    if not isinstance(model, str):
        return _given(model, options)
    provider, slash, name = model.partition("/")
    if provider == "openai" and name.strip():
        from codeie.clients._openai import OpenAIClient

        return _made(OpenAIClient, name, options)
    if provider == "anthropic" and name.strip():
        from codeie.clients._anthropic import AnthropicClient

        return _made(AnthropicClient, name, options)
    kind, _, path = model.partition(":")
    if kind == "local" and (path or model == "local"):
        from codeie.clients._local import LocalClient

        return _made(LocalClient, path or None, options)
    nearest = _nearest(model, provider if slash else "", name.strip())
    meant = f" (did you mean {nearest!r}?)" if nearest else ""
    served = (
        "; for a server with the API of OpenAI, give "
        f"codeie.clients.OpenAIClient({name.strip()!r}, base_url=…)"
        if slash and name.strip() and not nearest
        else ""
    )
    raise UnknownModel(
        f"unknown model {model!r}{meant}; models are named {', '.join(_FORMS[:-1])} or {_FORMS[-1]}"
        f"{served}"
    )


def layouts_of(model: str) -> tuple[Layout, ...]:
    """How prompts can be sent to a model of that name, the better first; see `Capabilities`.

    No client is made, so neither a package nor a key is needed. It holds for the provider's
    own server.

    Args:
        model: As for `resolve`; of a name that it would not know, a conversation is assumed.
    """
    kind, _, path = model.partition(":")
    if kind != "local":
        return ("conversation",)
    return local_layouts(Path(path).expanduser() if path else None)


def _given(client: object, options: dict[str, Any]) -> Client:
    # A class has its instances' attributes, so the check of the protocol alone would take it.
    if isinstance(client, type) or not isinstance(client, Client):
        raise InputError(
            f"expected a model's name or a Client, got {type(client).__name__}; "
            "a Client has .name, .capabilities and async .complete(prompt, settings)"
        )
    if options:
        raise InputError(f"a ready client takes no options here, got {', '.join(options)}")
    return client


def _made(make: Callable[..., Client], name: str | None, options: dict[str, Any]) -> Client:
    known = [
        parameter.name
        for parameter in inspect.signature(make).parameters.values()
        if parameter.kind is parameter.KEYWORD_ONLY
    ]
    for option in options:
        if option not in known:
            raise InputError(
                f"{getattr(make, '__name__', make)} takes no option {option!r}; "
                f"it takes: {', '.join(known)}"
            )
    return make(name, **options)


def _nearest(model: str, provider: str, name: str) -> str:
    """The likeliest correct form of a wrong name, or nothing."""
    for family, owner in _FAMILIES.items():
        if model.casefold().startswith(family):
            return f"{owner}/{model}"
    if model.casefold().endswith(".gguf"):
        return f"local:{model}"
    found = difflib.get_close_matches(
        (provider or model).casefold(), ("openai", "anthropic", "local"), n=1
    )
    if not found:
        return ""
    return "local" if found[0] == "local" else f"{found[0]}/{name or 'NAME'}"
