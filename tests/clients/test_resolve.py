"""From names to clients."""

from __future__ import annotations

import sys
import types
from typing import Any

import pytest

from codeie import clients
from codeie.clients import AnthropicClient, Client, OpenAIClient, available, resolve
from codeie.errors import InputError, MissingExtra, UnknownModel
from codeie.testing import ScriptedClient


@pytest.fixture
def local(monkeypatch: pytest.MonkeyPatch) -> type:
    """A stand-in for the embedded model, which is tested elsewhere."""

    class LocalClient(ScriptedClient):
        def __init__(self, path: str | None = None, *, threads: int = 1) -> None:
            super().__init__([], name=f"local {path} {threads}")

    module = types.ModuleType("codeie.clients._local")
    module.LocalClient = LocalClient  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "codeie.clients._local", module)
    return LocalClient


def test_each_form(local: type) -> None:
    """Each documented form gives its client."""
    openai, anthropic = resolve("openai/gpt-5.2"), resolve("anthropic/claude-sonnet-4-5")
    assert isinstance(openai, OpenAIClient)
    assert isinstance(anthropic, AnthropicClient)
    assert openai.name == "openai/gpt-5.2"
    assert anthropic.name == "anthropic/claude-sonnet-4-5"
    assert resolve("openai/org/model:tag").name == "openai/org/model:tag"
    assert isinstance(resolve("local"), local)
    assert resolve("local").name == "local None 1"
    assert resolve("local:/models/a:b.gguf", threads=2).name == "local /models/a:b.gguf 2"
    assert all(isinstance(client, Client) for client in (openai, anthropic, resolve("local")))


def test_options_reach_the_client() -> None:
    """Options are the client's keyword arguments."""
    client = resolve("openai/m", base_url="http://gpu:1/v1", api="responses")
    assert repr(client) == "OpenAIClient('m', api='responses', base_url='http://gpu:1/v1')"


def test_unknown_options() -> None:
    """An option that the client does not take is named, with those that it takes."""
    with pytest.raises(
        InputError, match="OpenAIClient takes no option 'temp'; it takes: api, base_url"
    ):
        resolve("openai/m", temp=1)
    with pytest.raises(InputError, match="a ready client takes no options here, got temp"):
        resolve(ScriptedClient([]), temp=1)


@pytest.mark.parametrize("model", [None, 3, OpenAIClient])
def test_what_is_no_model(model: Any) -> None:
    """Something that is neither a name nor a client is refused with what a client is."""
    with pytest.raises(
        InputError, match=r"expected a model's name or a Client, got \w+; a Client has"
    ):
        resolve(model)


@pytest.mark.parametrize(
    ("model", "meant"),
    [
        ("gpt-5.2", "openai/gpt-5.2"),
        ("o3-mini", "openai/o3-mini"),
        ("claude-opus-4-6", "anthropic/claude-opus-4-6"),
        ("openai", "openai/NAME"),
        ("openai/", "openai/NAME"),
        ("openai/ ", "openai/NAME"),
        ("opnai/gpt-5.2", "openai/gpt-5.2"),
        ("OpenAI/gpt-5.2", "openai/gpt-5.2"),
        ("antropic/x", "anthropic/x"),
        ("Local", "local"),
        ("local:", "local"),
        ("locale/x", "local"),
        ("models/a.gguf", "local:models/a.gguf"),
    ],
)
def test_near_misses(model: str, meant: str) -> None:
    """A name that is nearly right is answered with the right one, and with all forms."""
    with pytest.raises(UnknownModel) as caught:
        resolve(model)
    assert f"unknown model {model!r} (did you mean {meant!r}?)" in str(caught.value)
    assert "openai/NAME, anthropic/NAME, local or local:/path/to/model.gguf" in str(caught.value)


@pytest.mark.parametrize("model", ["", "zzz", "mistral/large", "/", "\0"])
def test_names_near_nothing(model: str) -> None:
    """A name that is like none is answered with the forms alone, in one line."""
    with pytest.raises(UnknownModel, match="; models are named openai/NAME") as caught:
        resolve(model)
    assert "did you mean" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_missing_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the package the error holds the command that adds it, and the listing says so."""
    monkeypatch.setattr("codeie.clients._extras.find_spec", lambda _: None)
    with pytest.raises(MissingExtra) as caught:
        resolve("anthropic/claude-sonnet-4-5")
    assert str(caught.value) == (
        "the package 'anthropic' is not installed; pip install \"codeie[anthropic]\" adds it"
    )
    assert caught.value.provider == "anthropic"
    assert [form.installed for form in available()] == [False, False, False]


def test_listing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The listing has every form, the command for its extra, and whether a key is set."""
    monkeypatch.setenv("ANTHROPIC_API_KEY", "x")
    monkeypatch.setenv("OPENAI_API_KEY", "")
    forms = available()
    assert [(form.provider, form.key_variable, form.key_set) for form in forms] == [
        ("local", None, False),
        ("openai", "OPENAI_API_KEY", False),
        ("anthropic", "ANTHROPIC_API_KEY", True),
    ]
    assert [name for form in forms for name in form.forms] == [
        "local",
        "local:/path/to/model.gguf",
        "openai/NAME",
        "anthropic/NAME",
    ]
    assert forms[1].install == 'pip install "codeie[openai]"'


def test_lazy_names(local: type) -> None:
    """Client classes come from the package without their SDKs being imported before."""
    assert clients.OpenAIClient is OpenAIClient
    with pytest.raises(AttributeError, match="has no attribute 'NoClient'"):
        clients.NoClient  # noqa: B018
    assert all(hasattr(clients, name) for name in clients.__all__)
