"""`codeie doctor`: what is installed and set, and which models answer."""

from __future__ import annotations

import json
from importlib.metadata import PackageNotFoundError
from typing import Any

import pytest
from typer.testing import CliRunner

from codeie.cli import _doctor, app
from codeie.errors import AuthenticationFailed
from codeie.testing import ScriptedClient


def _findings(*arguments: str, code: int = 0) -> dict[tuple[str, str], dict[str, Any]]:
    done = CliRunner().invoke(app, ["doctor", "--json", *arguments])
    assert done.exit_code == code
    found = [json.loads(line) for line in done.stdout.splitlines()]
    return {(one["what"], one["name"]): one for one in found}


def test_a_key_is_told_and_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """A variable is set or not; what it holds is nowhere in the output."""
    monkeypatch.setenv("OPENAI_API_KEY", "sk-made-up")
    monkeypatch.delenv("ANTHROPIC_API_KEY", raising=False)
    for arguments in (["doctor"], ["doctor", "--json"]):
        assert "sk-made-up" not in CliRunner().invoke(app, arguments).output
    found = _findings()
    assert found["variable", "OPENAI_API_KEY"]["said"] == "set"
    assert found["variable", "ANTHROPIC_API_KEY"]["said"] == "not set"
    assert not found["variable", "ANTHROPIC_API_KEY"]["fine"]


def test_an_extra_that_lacks_a_package_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is missing is named with the command that adds it; extras for developers are not."""

    def version(name: str) -> str:
        if name == "anthropic":
            raise PackageNotFoundError(name)
        return "1.0"

    monkeypatch.setattr(_doctor, "version", version)
    found = _findings()
    assert found["extra", "anthropic"] == {
        "what": "extra",
        "name": "anthropic",
        "fine": False,
        "said": 'without anthropic: pip install "codeie[anthropic]"',
    }
    assert found["extra", "openai"]["said"] == "openai 1.0"
    assert ("extra", "dev") not in found


def test_models_are_asked_when_they_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without --ask nobody is asked; one that answers says how much it found."""
    client = ScriptedClient(['[Person("Nora Lie")]'])
    monkeypatch.setattr("codeie.extraction._extractor.resolve", lambda _model: client)
    assert not [name for what, name in _findings() if what == "model"]
    assert client.prompts == []
    found = _findings("--ask", "openai/x")["model", "openai/x"]
    assert found["fine"]
    assert found["said"].startswith("answers: items, 1 of 2 names, ")


def test_a_model_that_does_not_answer_ends_with_its_code(monkeypatch: pytest.MonkeyPatch) -> None:
    """The error is in the table with its hint, and what else was found is shown all the same."""
    refused = AuthenticationFailed("the key is wrong", provider="openai", hint="set another")
    client = ScriptedClient([refused])
    monkeypatch.setattr("codeie.extraction._extractor.resolve", lambda _model: client)
    found = _findings("--ask", "openai/x", code=3)
    assert found["model", "openai/x"]["said"] == "the key is wrong set another"
    assert found["version", "codeie"]["fine"]


def test_the_weights_are_where_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    """Weights that are not there yet are told with the folder that they will be in."""
    monkeypatch.setattr(_doctor, "weights", lambda _name: ("folder", False))
    assert _findings()["weights", "local"]["said"] == "not yet in folder"
    monkeypatch.setattr(_doctor, "weights", lambda _name: ("folder/file", True))
    assert _findings()["weights", "local"]["said"] == "folder/file"
