"""`codeie init`: what it writes can be used as it is."""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest
from typer.testing import CliRunner

from codeie import ground, render_instances
from codeie.cli import app
from codeie.cli._init import TEXTS, Start, notebook
from codeie.cli._schema import load_classes
from codeie.prompting import Prompt
from codeie.testing import ScriptedClient


def _init(*arguments: str) -> Any:
    return CliRunner().invoke(app, ["init", *arguments])


@pytest.mark.parametrize("task", Start)
def test_what_is_written_works(
    task: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With a model that knows the examples, the notebook runs from top to bottom and scores 1."""
    done = _init(task, str(tmp_path / "new"))
    assert done.exit_code == 0
    assert done.stdout.splitlines()[3] == (
        f"try: codeie extract {tmp_path / 'new' / 'texts.jsonl'} "
        f"--schema {tmp_path / 'new' / 'schema.py'} --model local"
    )
    monkeypatch.chdir(tmp_path / "new")
    monkeypatch.syspath_prepend(str(tmp_path / "new"))
    monkeypatch.delitem(sys.modules, "schema", raising=False)
    schema = importlib.import_module("schema")  # which was written just now

    answers = {text: render_instances(right, schema.SCHEMA) for text, right in schema.EXAMPLES}
    asked: list[str] = []

    def answer(prompt: Prompt) -> str:
        asked.append(prompt.text)
        return answers.get(prompt.text, "[]")

    model = ScriptedClient(answer)
    book = nbformat.read("first.ipynb", as_version=4)
    nbformat.validate(book)
    sources = [cell.source for cell in book.cells if cell.cell_type == "code"]
    assert "model='local'" in sources[0]
    names: dict[str, Any] = {"MODEL": model}
    for source in sources:
        exec(source.replace("model='local'", "model=MODEL, style='code4uie'"), names)  # noqa: S102
    assert capsys.readouterr().out == "F1 1.00\n"
    assert set(asked) == {*answers, *TEXTS[task]}
    assert Path("answers.db").exists()


@pytest.mark.parametrize("task", Start)
def test_examples_are_sound(task: Start, tmp_path: Path) -> None:
    """Every string of an example is in its text, and one text has nothing in it."""
    _init(task, str(tmp_path))
    classes = load_classes(f"{tmp_path / 'schema.py'}")
    examples = sys.modules[classes[0].__module__].EXAMPLES
    for text, right in examples:
        assert list(ground(right, text).ungrounded) == []
    assert [right for _, right in examples].count([]) == 1


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    """Where one of the files is there, it stays, and none is written."""
    (tmp_path / "texts.jsonl").write_text("mine")
    done = _init("entities", str(tmp_path))
    assert done.exit_code == 2
    assert "is there already; nothing was written" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["texts.jsonl"]
    assert (tmp_path / "texts.jsonl").read_text() == "mine"


def test_a_place_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    """A file where a folder should be is one line, and exit code 2."""
    (tmp_path / "file").write_text("")
    done = _init("entities", str(tmp_path / "file" / "new"))
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith(f"codeie: cannot write to {tmp_path / 'file' / 'new'}: ")


def test_a_model_for_names_is_told_apart() -> None:
    """A model's name is in the notebook as it was given, quotes and all."""
    assert "model='openai/x'" in json.dumps(notebook(Start.EVENTS, "openai/x"))
    assert repr("a'b\"c") in notebook(Start.EVENTS, "a'b\"c")["cells"][1]["source"]


def test_the_embedded_model_is_known_to_find_names_only(tmp_path: Path) -> None:
    """For relations with the embedded model a note says so; with another model there is none."""
    assert "names only" in _init("relations", str(tmp_path / "a")).stdout
    assert "names only" not in _init("entities", str(tmp_path / "b")).stdout
    other = _init("relations", str(tmp_path / "c"), "--model", "openai/x")
    assert "names only" not in other.stdout
