"""`codeie instruct`: labelled documents in, instructions out that the other commands take."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import codeie.clients
from codeie.cli import app
from codeie.clients import Capabilities
from codeie.errors import ProviderUnavailable
from codeie.prompting import Prompt
from codeie.testing import ScriptedClient

Run = Callable[..., Result]

TIP = "A town is no ship."
SCHEMA = '''
from dataclasses import dataclass
from codeie import Entity


@dataclass
class Ship(Entity):
    """A vessel with a name."""

    name: str
'''
LINES = [
    json.dumps(
        {
            "text": f"Day {day}: the Tern is off Skagen.",
            "mentions": [{"type": "Ship", "start": 12, "end": 16}],
        }
    )
    for day in range(10, 34)
]


class Model:
    """Takes a town for a ship until it is told; proposes what helps, and what does not."""

    def __init__(self) -> None:
        self.prompts: list[Prompt] = []
        self.down: Exception | None = None

    def __call__(self, prompt: Prompt) -> str:
        self.prompts.append(prompt)
        if not prompt.text:
            if self.down is not None:
                raise self.down
            return f"1. Think well.\n2. {TIP}"
        told = TIP in str(prompt)
        return '[Ship(name="Tern")]' if told else '[Ship(name="Tern"), Ship(name="Skagen")]'


@pytest.fixture
def model() -> Model:
    """What answers."""
    return Model()


@pytest.fixture
def run(model: Model, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Run the command line in a folder with gold, with a scripted model under every name."""
    client = ScriptedClient(model, name="scripted/ships")
    monkeypatch.setattr(codeie.clients, "resolve", lambda _model: client)
    monkeypatch.chdir(tmp_path)
    Path("gold.jsonl").write_text("\n".join(LINES))
    Path("ships.py").write_text(SCHEMA)
    return lambda *arguments: CliRunner().invoke(app, list(arguments))


GOLD = ("instruct", "--path", "gold.jsonl", "--schema", "ships.py", "--out", "told.txt")


def test_what_helps_is_kept_and_taken_by_the_other_commands(run: Run, model: Model) -> None:
    """The cost is said before and after; the file is what --instructions takes."""
    result = run(*GOLD, "--style", "code4uie")
    assert 0 == result.exit_code, result.output
    assert "24 labelled documents, at most 110 calls" in result.stderr
    assert f"{TIP}\n" == Path("told.txt").read_text()
    assert "F1 0.667 before, 1.000 after" in result.stdout
    assert "written: told.txt, 1 instruction" in result.stdout
    asked = len(model.prompts)
    again = run(*GOLD, "--style", "code4uie", "--json")
    assert asked == len(model.prompts)
    trials = [json.loads(line) for line in again.stdout.splitlines()]
    assert [("Think well.", False), (TIP, True)] == [(t["instruction"], t["kept"]) for t in trials]
    Path("new.txt").write_text("The Tern is off Skagen.")
    for style in ("auto", "code4uie"):
        result = run(
            "extract", "new.txt", "--schema", "ships.py", "--style", style, "--jsonl",
            "--instructions", "told.txt",
        )  # fmt: skip
        assert 0 == result.exit_code, result.output
        assert TIP in str(model.prompts[-1])
    assert 1 == len(json.loads(result.stdout)["items"])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((*GOLD, "--rounds", "0"), "rounds must be a whole number from 1 to 100, got 0"),
        ((*GOLD, "--proposals", "1000"), "proposals must be a whole number from 1 to 100"),
        ((*GOLD, "--level", "2"), "level must be between 0 and 1, got 2.0"),
        ((*GOLD, "--limit", "3"), "4 labelled documents or more, got 3"),
        ((*GOLD, "--demonstrations", "gold.jsonl"), "(gold.jsonl) give answers away"),
        ((*GOLD[:-1], "gold.jsonl"), "--out gold.jsonl is one of the files to read"),
        ((*GOLD[:-1], "no/such.txt"), "there is no folder no"),
        (("extract", "gold.jsonl", "--instructions", "none.txt"), "none.txt cannot be read"),
        (("extract", "gold.jsonl", "--instructions", "empty.txt"), "empty.txt says nothing"),
        (("extract", "gold.jsonl", "--instructions", "bytes.txt"), "bytes.txt is no text"),
        (("extract", "gold.jsonl", "--instructions", "long.txt"), "more than 100,000 bytes"),
    ],
)
def test_what_cannot_be_meant_is_one_line(run: Run, arguments: tuple[str, ...], said: str) -> None:
    """Before anybody is asked, and what is there stays as it is."""
    Path("empty.txt").write_text(" \n")
    Path("bytes.txt").write_bytes(b"\xff\xfe\xfa")
    Path("long.txt").write_text("a" * 100_001)
    result = run(*arguments)
    assert 2 == result.exit_code
    assert said in result.stderr.splitlines()[-1]
    assert "\n".join(LINES) == Path("gold.jsonl").read_text()


def test_a_model_that_fails_to_propose_is_told(run: Run, model: Model) -> None:
    """What there is to keep is nothing then; the exit code says why."""
    model.down = ProviderUnavailable("down")
    result = run(*GOLD, "--style", "code4uie")
    assert 3 == result.exit_code, result.output
    assert "it ended before its last round" in result.stderr


def test_the_embedded_model_cannot_propose(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """It writes no text; another model may propose for it."""
    client = ScriptedClient(
        [], name="scripted/small", capabilities=Capabilities(scores_candidates=True)
    )
    monkeypatch.setattr(codeie.clients, "resolve", lambda _model: client)
    result = run(*GOLD)
    assert 2 == result.exit_code
    assert "scripted/small writes no instructions; name a --proposer that does" in result.stderr
