"""`codeie annotate`: a corpus labelled by a model and a person, round by round."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import codeie.clients
from codeie.cli import app
from codeie.prompting import Prompt
from codeie.testing import ScriptedClient

Run = Callable[..., Result]

TEXTS = "".join(
    json.dumps({"id": f"n{n}", "text": f"{name} left Skagen."}) + "\n"
    for n, name in enumerate(("Ada", "Bo", "Cy", "Dan", "Eve", "Finn"))
)
SCHEMA = '''\
from dataclasses import dataclass

from codeie import Entity


@dataclass
class Person(Entity):
    """A human being called by name."""

    name: str


@dataclass
class Place(Entity):
    """A place with a name."""

    name: str
'''


class Model:
    """Takes each capitalised word for a person; with a correction before it it knows better."""

    def __init__(self) -> None:
        self.times = Counter[str]()

    def __call__(self, prompt: Prompt) -> str:
        self.times[prompt.text] += 1
        words = [word.strip(".") for word in prompt.text.split() if word[0].isupper()]
        told = any("Place" in one.answer for one in prompt.demonstrations if not one.made)
        if words[0] == "Cy" and self.times[prompt.text] % 2:
            words = words[:1]
        classes = ["Place" if told and word == "Skagen" else "Person" for word in words]
        calls = [f"{cls}(name={word!r})" for cls, word in zip(classes, words, strict=True)]
        return f"[{', '.join(calls)}]"


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Run the command line in a folder with the texts, with a scripted model under every name."""
    client = ScriptedClient(Model(), name="scripted/people")
    monkeypatch.setattr(codeie.clients, "resolve", lambda _model: client)
    monkeypatch.chdir(tmp_path)
    Path("notes.jsonl").write_text(TEXTS)
    Path("mine.py").write_text(SCHEMA)
    common = ["--run", "kept", "--schema", "mine.py", "--style", "code4uie", "--k", "3", "--json"]

    def invoke(*words: str) -> Result:
        return CliRunner().invoke(app, ["annotate", *words, *common])

    return invoke


def correct(path: str) -> str:
    """What an annotator makes of the tasks: Skagen is a place."""
    tasks = json.loads(Path(path).read_text())
    for task in tasks:
        result = task.pop("predictions")[0]["result"]
        for each in result:
            if each["value"]["text"] == "Skagen":
                each["value"]["labels"] = ["Place"]
        task["annotations"] = [{"result": result}]
    Path("export.json").write_text(json.dumps(tasks))
    return "export.json"


def test_two_rounds_from_the_command_line(run: Run) -> None:
    """Label and write, take back and report, and the next round is right by what was shown."""
    first = run("notes.jsonl", "--by", "uncertainty", "--check", "1", "--seed", "3")
    assert first.exit_code == 0, first.output
    begun = json.loads(first.stdout)
    assert (begun["round"], begun["documents"], len(begun["waiting"])) == (1, 6, 3)
    assert "n2" in begun["waiting"]
    waits = json.loads(run("notes.jsonl").stdout)
    assert (waits["round"], waits["written"]) == (1, begun["written"])

    taken = json.loads(run("--corrected", correct(begun["written"])).stdout)
    assert sorted(taken["taken"]["corrected"]) == sorted(begun["waiting"])
    assert taken["taken"]["changed"] == 2
    assert taken["precision"]["share"]["value"] == 0.5
    assert taken["stop"]["reached"] is False

    second = json.loads(run().stdout)
    assert (second["round"], second["corrected"], len(second["waiting"])) == (2, 3, 3)
    assert second["precision"]["share"]["value"] == 1.0
    assert second["agreements"] == [0.5]


def test_what_is_refused_is_told_and_exits_with_one(run: Run) -> None:
    """A correction of no class and a document of no text are named, and the exit code is 1."""
    begun = json.loads(run("notes.jsonl").stdout)
    path = Path(correct(begun["written"]))
    path.write_text(path.read_text().replace('"Place"', '"Harbour"', 1))
    result = run("--corrected", str(path))
    assert result.exit_code == 1
    assert "no class for mentions of type 'Harbour'" in result.stderr
    assert len(json.loads(result.stdout)["taken"]["corrected"]) == 2


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["--by", "doubt"], "'doubt' is not a valid Criterion"),
        (["--corrected", "gone.json"], "there is no file or folder gone.json"),
        ([], "there are no documents to label"),
        (["notes.jsonl", "--form", "xml"], "there is no form 'xml'"),
        (["notes.jsonl", "--strategy", "none"], "nothing tells how sure it is"),
    ],
)
def test_what_cannot_be_done_is_one_line(run: Run, words: list[str], why: str) -> None:
    """Wrong words end it with exit code 2 and a line that says what is wrong."""
    result = run(*words)
    assert result.exit_code == 2
    assert why in result.stderr


def test_the_state_is_readable(run: Run) -> None:
    """Without --json it is a table for people, with where the tasks are."""
    result = CliRunner().invoke(
        app, ["annotate", "notes.jsonl", "--run", "kept", "--schema", "mine.py", "--k", "2"]
    )
    assert result.exit_code == 0, result.output
    assert "waiting for a person" in result.stdout
    assert "to correct: kept/round-1/label-studio.json" in result.stdout
