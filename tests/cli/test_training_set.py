"""`codeie training-set`: gold in, a training set out."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from codeie.cli import app

Run = Callable[..., Result]

SCHEMA = '''
from dataclasses import dataclass

@dataclass
class Ship:
    """A vessel."""
    name: str

@dataclass
class Port:
    """A place where ships land."""
    name: str
'''
GOLD = """\
{"id": "a", "text": "The Lotta left.", "mentions": [{"type": "Ship", "start": 4, "end": 9}]}
{"id": "b", "text": "Oban was quiet.", "mentions": [{"type": "Port", "start": 0, "end": 4}]}
"""
KEPT = """\
{"text": "The Tern left.", "instances": [{"class": "Ship", "name": "Tern"}]}
{"text": "the lotta left!", "instances": [{"class": "Ship", "name": "lotta"}]}
"""


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Run the command in a folder with a schema, gold, and demonstrations that were kept."""
    monkeypatch.chdir(tmp_path)
    Path("ships.py").write_text(SCHEMA)
    Path("gold.jsonl").write_text(GOLD)
    Path("kept.jsonl").write_text(KEPT)

    def invoke(*arguments: str) -> Result:
        return CliRunner().invoke(app, ["training-set", "--out", "set", *arguments])

    return invoke


def test_splits_are_written_and_counted(run: Run) -> None:
    """Gold and what `codeie improve` kept are splits; the numbers of both are told."""
    kept = json.dumps({"Ship": ["Anything that sails."]})
    Path("said.json").write_text(kept)
    result = run(
        *("--path", "gold.jsonl", "--path", "dev=kept.jsonl", "--schema", "ships.py", "--json"),
        *("--recipe", "gollie", "--style", "gollie,json", "--copies", "2"),
        *("--paraphrases", "said.json", "--licence", "CC0-1.0", "--packed", "4096"),
    )
    assert result.exit_code == 0, result.output
    made = json.loads(result.stdout)
    assert made["splits"]["dev"]["lessons"] == 4
    assert made["splits"]["train"]["left_out"] == {"leak": 1}
    assert made["splits"]["train"]["lines"] == 4
    assert made["leaks"] == [{"split": "train", "kind": "same text", "count": 1}]
    assert len(Path("set/train.jsonl").read_text().splitlines()) == 4
    assert 'license: "CC0-1.0"' in Path("set/README.md").read_text()


def test_a_table_says_what_was_written(run: Run) -> None:
    """For people, with the first leaks and where to read more."""
    result = run("--path", "gold.jsonl", "--path", "dev=kept.jsonl", "--schema", "ships.py")
    assert result.exit_code == 0
    assert "leak: train a: same text as text-2 of dev" in result.stdout
    assert "written: set; README.md there says what it is" in result.stdout
    assert run("--path", "gold.jsonl", "--schema", "ships.py").exit_code == 2


def test_classes_are_made_of_labels_where_no_schema_is_given(run: Run) -> None:
    """Of one file; for several they would be different classes of the same names."""
    assert run("--path", "gold.jsonl").exit_code == 0
    assert json.loads(Path("set/train.about.jsonl").read_text().splitlines()[0])["found"] == 1
    result = run("--path", "gold.jsonl", "--path", "dev=gold.jsonl", "--overwrite")
    assert result.exit_code == 2
    assert "give --schema" in result.stderr


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ((), "give --dataset, or --path"),
        (("--path", "gold.jsonl", "--path", "kept.jsonl"), "are the same split"),
        (("--path", "gold.jsonl", "--split", "dev"), "--split is for --dataset"),
        (("--dataset", "conll04", "--path", "a", "--path", "b"), "there is one --path"),
        (("--path", "gold.jsonl", "--schema", "ships.py", "--hold-out", "Boat"), "no class 'Boat'"),
        (("--path", "gold.jsonl", "--schema", "ships.py", "--recipe", "x"), "no recipe 'x'"),
        (("--path", "gold.jsonl", "--schema", "ships.py", "--leaks", "x"), "choose 'leave out'"),
        (("--path", "gold.jsonl", "--schema", "ships.py", "--paraphrases", "no"), "cannot be read"),
        (
            ("--path", "gold.jsonl", "--schema", "ships.py", "--paraphrases", "ships.py"),
            "should be an object of lists of strings",
        ),
    ],
)
def test_mistakes_are_told_in_one_line(run: Run, options: tuple[str, ...], said: str) -> None:
    """And end with the exit code of bad input."""
    result = run(*options)
    assert result.exit_code == 2
    assert said in result.stderr
    assert "Traceback" not in result.stderr
