"""`codeie batch` against servers that imitate both providers, killed at each step."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from clients.stub_batches import AnthropicProvider, BatchProvider, OpenAIProvider
from clients.stub_server import Received, Reply, StubServer
from typer.testing import CliRunner

from codeie.cli import app

LIVES = Path(__file__).with_name("lives.py")
TEXTS = 5


def answer(body: Any) -> str:
    """What the model finds: the name in the last text that it is asked about."""
    asked = str(body["messages"][-1])
    return f'add("{asked[asked.index("Ada") :].split()[0]}", Person)'


class Deadly:
    """Both providers; kills whoever asks, at a request, before or after it was taken."""

    def __init__(self) -> None:
        self.providers: dict[str, BatchProvider] = {
            "openai": OpenAIProvider(answer),
            "anthropic": AnthropicProvider(answer),
        }
        self.asked = 0
        self.victim = 0
        self.at: int | None = None
        self.after = False

    def __call__(self, received: Received) -> Reply:
        """The provider's reply; nobody hears it where it kills."""
        self.asked += 1
        kind = "anthropic" if received.path.startswith("/v1/messages") else "openai"
        provider = self.providers[kind]
        if self.asked != self.at:
            return provider(received)
        if self.after:
            provider(received)
        os.kill(self.victim, signal.SIGKILL)
        return Reply(fault="reset")


class Shell:
    """Runs `codeie`, each time in a process of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.deadly = Deadly()
        self._server = StubServer(self.deadly)
        self.url = f"{self._server.url}/v1"
        self._process = subprocess.Popen(
            [sys.executable, str(LIVES)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=folder,
            env=os.environ
            | {
                "OPENAI_BASE_URL": f"{self._server.url}/v1",
                "ANTHROPIC_BASE_URL": self._server.url,
                "OPENAI_API_KEY": "none",
                "ANTHROPIC_API_KEY": "none",
            },
        )

    def _say(self, line: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()

    def _hear(self) -> Any:
        assert self._process.stdout is not None
        return json.loads(self._process.stdout.readline())

    def run(self, *arguments: str, kill_at: int | None = None, after: bool = False) -> str | None:
        """What a command printed; ``None`` if it was killed, at so manieth a request."""
        self._say(json.dumps(arguments))
        self.deadly.victim, self.deadly.at, self.deadly.after = self._hear(), kill_at, after
        self.deadly.asked = 0
        self._say("")
        killed, printed = self._hear()
        return None if killed else printed

    def close(self) -> None:
        """Leave nothing open."""
        self._process.communicate()
        self._server.close()


@pytest.fixture(scope="module")
def shell(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shell]:
    """In a folder with texts."""
    folder = tmp_path_factory.mktemp("batches")
    texts = [{"id": str(n), "text": f"Ada{n} left Skagen."} for n in range(TEXTS)]
    (folder / "texts.jsonl").write_text("".join(json.dumps(text) + "\n" for text in texts))
    made = Shell(folder)
    yield made
    made.close()


def killed_at_each_step(shell: Shell, *arguments: str) -> None:
    """Run a command that is killed at its first request, its second one, until it ends by itself.

    At each, before and after the provider takes it.
    """
    for kill in range(40):
        if shell.run(*arguments, kill_at=kill // 2 + 1, after=bool(kill % 2)) is not None:
            assert kill > 1, "nobody was asked, so nobody was killed"
            return
    raise AssertionError("it never comes to its end")


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["openai", "anthropic"])
def test_killed_at_each_step(shell: Shell, kind: str) -> None:
    """Submitting and collecting lose nothing and pay for nothing twice; a run then asks nobody."""
    provider = shell.deadly.providers[kind]
    options = ("--model", f"{kind}/stub", "--run", f"{kind}.db")
    collect = ("batch", "collect", f"{kind}.db", "--model", f"{kind}/stub")
    killed_at_each_step(shell, "batch", "submit", "texts.jsonl", *options)
    provider.end()
    killed_at_each_step(shell, *collect)
    # What was unsure as long as it was worked on is known now, and sent if it was not begun.
    assert shell.run("batch", "submit", "texts.jsonl", *options) is not None
    provider.end()
    told = json.loads(str(shell.run(*collect, "--json")))
    assert (0, 0) == (told["under_way"], told["unsure"])
    assert [1] * TEXTS == list(provider.paid.values())
    run = json.loads(str(shell.run("run", "texts.jsonl", *options, "--json")))
    assert 0 == shell.deadly.asked
    assert (TEXTS, 0, 0) == (run["done"], run["failed"], run["left"])
    assert TEXTS == run["cost"]["calls"]


def test_a_misspelt_name_makes_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor is anybody asked about it."""
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(app, ["batch", "collect", "none.db", "--model", "openai/gpt-5.2"])
    assert 2 == result.exit_code
    assert "codeie: none.db: no such file; codeie batch submit begins one\n" == result.stderr
    assert not Path("none.db").exists()


def test_a_model_without_batches_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before anything is read."""
    monkeypatch.chdir(tmp_path)
    Path("text.txt").write_text("Ada left.")
    result = CliRunner().invoke(
        app, ["batch", "submit", "text.txt", "--run", "r.db", "--model", "local"]
    )
    assert 2 == result.exit_code
    assert "local takes no batches" in result.stderr


def test_what_cannot_be_read_is_told(shell: Shell) -> None:
    """It is not sent, and nobody waits for it in vain."""
    folder = shell.folder
    (folder / "wrong.csv").write_text("x,y\n1,2\n")
    result = CliRunner().invoke(
        app,
        [
            "batch",
            "submit",
            str(folder / "wrong.csv"),
            "--run",
            str(folder / "wrong.db"),
            "--model",
            "openai/stub",
        ],
        env={"OPENAI_BASE_URL": shell.url, "OPENAI_API_KEY": "none"},
    )
    assert 1 == result.exit_code
    assert "1 not sent: " in result.stderr
    assert "no column 'text'" in result.stderr
