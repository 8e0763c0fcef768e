"""`codeie evaluate` on a user's own gold with their own classes, and `codeie datasets`."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import codeie.datasets
from codeie.cli import app
from codeie.evaluation import read_run
from codeie.prompting import Prompt
from codeie.testing import ScriptedClient

Run = Callable[..., Result]

SCHEMA = '''
from dataclasses import dataclass
from codeie import Entity

@dataclass
class Person(Entity):
    """Someone by name."""
    name: str

@dataclass
class Place(Entity):
    """A town or country by name."""
    name: str
'''
CONLL = (
    "# id 1\nAda NNP B-PER\nmet VBD O\nBo NNP B-PER\n\nCy NNP B-PER\nleft VBD O\nRome NNP B-LOC\n"
)
TEXTS = ["Ada met Bo", "Cy left Rome"]
GOLD = [
    [("Person", 0, 3), ("Person", 8, 10)],
    [("Person", 0, 2), ("Place", 8, 12)],
]


def _capitals(prompt: Prompt) -> str:
    """A model that takes every capitalised word for a person."""
    names = [word for word in prompt.text.split() if word[0].isupper()]
    return "[" + ", ".join(f"Person({name!r})" for name in names) + "]"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command line, in a folder with classes and the same gold in three formats."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CODEIE_DATA", raising=False)
    monkeypatch.setattr("codeie.evaluation._each.resolve", lambda _model: ScriptedClient(_capitals))
    Path("mine.py").write_text(SCHEMA)
    Path("gold.conll").write_text(CONLL)
    Path("brat").mkdir()
    with Path("gold.jsonl").open("w") as file:
        for number, (text, mentions) in enumerate(zip(TEXTS, GOLD, strict=True)):
            stated = [{"type": kind, "start": a, "end": b} for kind, a, b in mentions]
            file.write(json.dumps({"text": text, "mentions": stated}) + "\n")
            lines = [
                f"T{index}\t{kind} {a} {b}\t{text[a:b]}\n"
                for index, (kind, a, b) in enumerate(mentions, 1)
            ]
            Path("brat", f"{number}.txt").write_text(text)
            Path("brat", f"{number}.ann").write_text("".join(lines))
    return lambda *arguments: CliRunner().invoke(app, list(arguments))


LABELS = ("--label", "PER=Person", "--label", "LOC=Place")


@pytest.mark.parametrize(
    ("path", "labels", "said"),
    [
        ("gold.jsonl", (), "gold: read as jsonl"),
        (
            "gold.conll",
            LABELS,
            "gold: read as conll, divided by a space, token_column=0, tag_column=-1",
        ),
        ("brat", (), "brat: read as brat"),
        ("brat/1.txt", (), "1: read as brat"),
    ],
)
def test_own_gold_with_own_classes(run: Run, path: str, labels: tuple[str, ...], said: str) -> None:
    """A path and a schema are enough: the format is found, said, and the scores are right."""
    options = ("--schema", "mine.py:Person,Place", "--path", path, *labels, "--out", "o")
    result = run("evaluate", *options)
    assert result.exit_code == 0, result.output
    assert result.stderr.splitlines()[0] == f"codeie: {said}"
    micro = read_run("o").scores["entities"].micro
    # Rome is taken for a person: right are Ada, Bo and Cy; of the second text alone, Cy.
    expected = (1, 2, 2) if path == "brat/1.txt" else (3, 4, 4)
    assert (micro.matched, micro.predicted, micro.gold) == expected


def test_strategies_are_compared_and_written_down(run: Run) -> None:
    """With --strategy given twice there are two systems; each run says what it was asked by."""
    options = ("--schema", "mine.py:Person,Place", "--path", "gold.jsonl")
    result = run("evaluate", *options, "--strategy", "none", "--strategy", "vote(2)", "--out", "o")
    assert result.exit_code == 0, result.output
    assert "asked once" in result.stdout
    assert "Vote(2)" in result.stdout
    found = [read_run(folder).about for folder in sorted(Path("o").iterdir()) if folder.is_dir()]
    assert {(each["strategy"], each["calls"]) for each in found} == {(None, 2), ("Vote(2)", 4)}
    result = run("evaluate", *options, "--strategy", "vote(2),reask")
    assert result.exit_code == 0, result.output
    (folder,) = Path("runs").iterdir()
    assert "vote" in folder.name
    assert read_run(folder).about["strategy"] == "Reask(of=Vote(2))"


def test_what_is_unlikely_is_left_out(run: Run) -> None:
    """With --confidence the model is asked how sure it was; the run's folder is named by it."""
    options = ("--schema", "mine.py:Person,Place", "--path", "gold.jsonl", "--out", "o")
    result = run("evaluate", *options, "--confidence", "raw")
    assert result.exit_code == 0, result.output
    assert any("no-confidence" in each.read_text() for each in Path("o").glob("*.json*")), [
        *Path("o").iterdir()
    ]
    assert run("evaluate", *options, "--confidence", "gold.jsonl").exit_code == 2


def test_some_of_the_classes(run: Run) -> None:
    """Gold of other labels is not scored, and that is told."""
    options = ("--schema", "mine.py:Person", "--path", "gold.conll", "--label", "PER=Person")
    result = run("evaluate", *options, "--out", "o")
    assert result.stderr.splitlines() == [
        "codeie: labels without a class are not scored: LOC (--label LABEL=CLASS names one)",
        "codeie: gold: read as conll, divided by a space, token_column=0, tag_column=-1",
        "codeie: odd in the gold: comment 1, no-class 1; the first: "
        "gold.conll:1: '# id 1' has no tag: a comment [comment]",
    ]
    micro = read_run("o").scores["entities"].micro
    assert (micro.matched, micro.predicted, micro.gold) == (3, 4, 3)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (
            ("--path", "gold.conll"),
            r"none of the gold's labels \(PER, LOC\) is a class of --schema",
        ),
        (("--path", "gold.conll", "--label", "PER"), "--label 'PER' should be LABEL=CLASS"),
        (("--path", "gold.conll", "--label", "PER=Persn"), "no class 'Persn'; there is Person"),
        (("--path", "mine.py"), "mine.py does not tell what format it is in; name its --format"),
        (("--path", "."), r"\. does not tell what format it is in"),
        (("--path", "nowhere.jsonl"), "nowhere.jsonl: there is no such file"),
        (("--path", "gold.jsonl", "--format", "jsnl"), "no format 'jsnl'; the nearest are jsonl"),
        ((), "give --dataset, or --path of your own gold"),
    ],
)
def test_gold_that_is_not_clear_is_one_line(run: Run, options: tuple[str, ...], said: str) -> None:
    """What is missing or does not fit is said with what to write."""
    result = run("evaluate", "--schema", "mine.py", *options)
    assert (result.exit_code, result.stdout) == (2, "")
    (line,) = result.stderr.splitlines()
    assert re.search(said, line)


def test_labels_need_a_schema(run: Run) -> None:
    """Without classes there is nothing a label could be named for."""
    result = run("evaluate", "--path", "gold.conll", "--label", "PER=Person")
    assert result.stderr == "codeie: --label is for the classes of a --schema\n"


def test_a_misspelt_key_of_a_gold_line(run: Run) -> None:
    """The place, the key and the nearest known one."""
    Path("bad.jsonl").write_text('{"text": "Ada", "mention": []}\n')
    result = run("evaluate", "--schema", "mine.py", "--path", "bad.jsonl")
    assert result.stderr == (
        "codeie: bad.jsonl:1: the value has an unknown key 'mention'; "
        "the nearest are mentions, relations\n"
    )


def test_datasets_are_listed(run: Run) -> None:
    """Every dataset with its task, its format and its splits; what is here is marked."""
    Path("scierc").mkdir()
    Path("scierc", "dev.json").write_text("")
    result = run("datasets", "--path", ".")
    assert result.exit_code == 0
    rows = [re.split(r" {2,}", line.strip()) for line in result.stdout.splitlines()]
    assert ["dataset", "task", "format", "splits", "here", "classes"] in rows
    assert ["scierc", "re", "dygie", "train, dev, test", "dev", "13"] in rows
    assert result.stdout.splitlines()[-1] == "here: in .. `codeie datasets NAME` tells more of one."
    records = [json.loads(line) for line in run("datasets", "--json").stdout.splitlines()]
    assert [record["name"] for record in records] == codeie.datasets.names()
    assert all(record["here"] == [] for record in records)


def test_one_dataset_is_described(run: Run) -> None:
    """All that is known of it, a line for each; a wrong name is told the nearest."""
    lines = run("datasets", "conll04").stdout.splitlines()
    assert lines[:4] == ["name: conll04", "task: re", "format: unified", "options: -"]
    assert "schema: codeie.schemas.conll04" in lines
    (classes,) = [line for line in lines if line.startswith("classes: ")]
    assert "Person, Organization, Location" in classes
    wrong = run("datasets", "sciercs")
    assert (wrong.exit_code, wrong.stdout) == (2, "")
    assert "no dataset 'sciercs'; the nearest are scierc" in wrong.stderr


def test_demonstrations_are_chosen_for_each_document(run: Run) -> None:
    """Selectors are compared like numbers of shots, and are in what is saved."""
    Path("train.jsonl").write_text(
        '{"text": "Ann left Rome", "mentions": [{"type": "Person", "start": 0, "end": 3}]}\n'
        '{"text": "Bea met Dan", "mentions": [{"type": "Person", "start": 0, "end": 3}]}\n'
    )
    asked = ("evaluate", "--path", "gold.jsonl", "--schema", "mine.py:Person,Place")
    chosen = ("--demonstrations", "train.jsonl", "--select", "bm25:1")
    result = run(*asked, *chosen, "--out", "one")
    assert 0 == result.exit_code, result.output
    about = read_run("one").about
    assert (1, "bm25:1", 12) == (
        about["demonstrations"],
        about["selector"],
        len(about["selected_from"]),
    )
    result = run(*asked, *chosen, "--select", "per-type:1,bm24", "--out", "two")
    assert 2 == result.exit_code
    assert "'bm24'; did you mean 'bm25'?" in result.stderr
    result = run(*asked, *chosen, "--shots", "0", "--out", "two")
    assert 0 == result.exit_code, result.output
    assert ["0_shots", "bm25_1"] == sorted(
        one.name for one in Path("two").iterdir() if one.is_dir()
    )
    shown = run("leaderboard", "two")
    assert "bm25:1" in shown.stdout
    result = run(*asked, "--shots-from", "train.jsonl", "--format", "jsonl", "--select", "random:1")
    assert 0 == result.exit_code, result.output
    own = run(*asked, "--demonstrations", "gold.jsonl", "--select", "bm25:1")
    assert "demonstrations from what is scored (gold.jsonl) give answers away" in own.stderr
