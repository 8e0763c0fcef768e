"""`codeie run`, `status`, `retry` and `export`."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import codeie.clients
from codeie.cli import app
from codeie.prompting import Prompt
from codeie.testing import ScriptedClient

Run = Callable[..., Result]

TEXTS = """\
{"id": "a", "text": "Ada left Skagen.", "year": 1843}
{"id": "b", "text": "Fog again."}
not JSON
{"id": "d", "text": "Bo left."}
"""


class Model:
    """Takes the first word for a person, and fails about fog while it is down."""

    def __init__(self) -> None:
        self.down = True
        self.asked = list[str]()

    def __call__(self, prompt: Prompt) -> str:
        self.asked.append(prompt.text)
        if self.down and "Fog" in prompt.text:
            raise TimeoutError("too late")
        return f"[Person(name={prompt.text.split()[0]!r})]"


@pytest.fixture
def model() -> Model:
    """What answers."""
    return Model()


@pytest.fixture
def run(model: Model, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Run the command line in a folder with the texts, with a scripted model under every name."""
    client = ScriptedClient(model, name="scripted/people")
    monkeypatch.setattr(codeie.clients, "resolve", lambda _model: client)
    monkeypatch.chdir(tmp_path)
    Path("texts.jsonl").write_text(TEXTS)
    return lambda *arguments: CliRunner().invoke(app, list(arguments))


def test_a_run_is_looked_at_retried_and_exported(run: Run, model: Model) -> None:
    """Each command says where the run stands; what failed is 1, what is mended is done."""
    ended = run("run", "texts.jsonl", "--run", "r.db")
    assert 1 == ended.exit_code
    assert "r.db: 2 of 4 documents answered, 2 failed\n2 items\n2 calls" in ended.stdout
    assert (
        "codeie: 1 failed: scripted/people failed: TimeoutError: too late\n"
        "codeie: 1 failed: texts.jsonl:3: not JSON: Expecting value at column 1\n"
        "codeie: 2 documents failed; codeie retry r.db asks about them again\n"
    ) == ended.stderr
    assert ended.stdout == run("status", "r.db").stdout
    told = json.loads(run("status", "r.db", "--json").stdout)
    assert (2, 2, 0, 4, ["scripted/people"]) == (
        told["done"],
        told["failed"],
        told["left"],
        told["total"],
        told["cost"]["unknown"],
    )
    model.down = False
    asked = len(model.asked)
    assert 1 == run("retry", "r.db").exit_code  # the line is still not JSON
    assert ["Fog again."] == model.asked[asked:]
    Path("texts.jsonl").write_text(TEXTS.replace("not JSON", '{"text": "Cy came."}'))
    assert 0 == run("run", "texts.jsonl", "--run", "r.db").exit_code
    assert ["Cy came."] == model.asked[asked + 1 :]
    exported = run("export", "r.db", "out.csv")
    assert (0, "") == (exported.exit_code, exported.stdout)
    assert (
        "codeie: out.csv: 4 items; of the run's documents 4 are answered and 0 failed\n"
    ) == exported.stderr
    assert "1843" in Path("out.csv").read_text()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["status", "nowhere.db"], "there is no run's file nowhere.db"),
        (["retry", "nowhere.db"], "there is no run's file nowhere.db"),
        (["export", "texts.jsonl", "out.csv"], "cannot use texts.jsonl to keep answers"),
        (["run", "nowhere.txt", "--run", "r.db"], "there is no file nowhere.txt"),
        (["run", "texts.jsonl"], "Missing option '--run'"),
    ],
)
def test_wrong_files_are_one_line(arguments: list[str], said: str, run: Run) -> None:
    """And leave nothing behind."""
    ended = run(*arguments)
    assert (2, 1) == (ended.exit_code, len(ended.stderr.splitlines()))
    assert said in ended.stderr
    assert ["texts.jsonl"] == [path.name for path in Path().iterdir()]


def test_other_choices_need_anew(run: Run, model: Model) -> None:
    """A run of another temperature is told, and begun anew when that is said."""
    model.down = False
    run("run", "texts.jsonl", "--run", "r.db")
    refused = run("run", "texts.jsonl", "--run", "r.db", "--temperature", "1")
    assert 2 == refused.exit_code
    assert "temperature was None, now 1.0" in refused.stderr
    asked = len(model.asked)
    run("run", "texts.jsonl", "--run", "r.db", "--temperature", "1", "--anew")
    assert 3 == len(model.asked) - asked
