"""`codeie improve`: texts without labels in, demonstrations out that the other commands take."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import codeie.clients
from codeie.cli import app
from codeie.clients import Capabilities
from codeie.errors import AuthenticationFailed, ProviderUnavailable
from codeie.prompting import Prompt
from codeie.testing import ScriptedClient

Run = Callable[..., Result]

TEXTS = """\
{"id": "a", "text": "Ada left Skagen."}
{"id": "b", "text": "Bo cooks for Ada."}
{"id": "c", "text": "Fog again."}
{"id": "d", "text": "Cy saw Dan."}
"""


class Model:
    """Takes each capitalised word for a person; of the fourth text it says what it likes."""

    def __init__(self) -> None:
        self.times = Counter[str]()
        self.down: Exception | None = None

    def __call__(self, prompt: Prompt) -> str:
        self.times[prompt.text] += 1
        if prompt.text == "Fog again.":
            if self.down is not None:
                raise self.down
            return "[]"
        words = [word.strip(".") for word in prompt.text.split() if word[0].isupper()]
        if words == ["Cy", "Dan"] and self.times[prompt.text] % 2:
            words = words[1:]
        return "[" + ", ".join(f"Person(name={word!r})" for word in words) + "]"


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


def test_what_is_sure_is_written_and_taken_by_the_other_commands(run: Run, model: Model) -> None:
    """The cost is said before and after; the file is what --demonstrations takes."""
    result = run("improve", "texts.jsonl", "--out", "kept.jsonl")
    assert 0 == result.exit_code, result.output
    assert "codeie: 4 documents, at most 20 calls\n" == result.stderr
    lines = [line.split() for line in result.stdout.splitlines()]
    assert ["unsure", "1"] in lines
    assert ["kept", "3"] in lines
    assert result.stdout.endswith(
        "calls: 20 now, 0 tokens read, 0 written\n"
        "written: kept.jsonl, 3 demonstrations with 4 instances; 0 more in their texts were not "
        "sure enough\n"
    )
    kept = [json.loads(line) for line in Path("kept.jsonl").read_text().splitlines()]
    assert ["Ada left Skagen.", "Bo cooks for Ada.", "Fog again."] == [one["text"] for one in kept]
    Path("new.txt").write_text("Eva left Skagen.")
    shown = run("extract", "new.txt", "--demonstrations", "kept.jsonl", "--select", "bm25:2")
    assert 0 == shown.exit_code, shown.output
    assert "codeie: kept.jsonl: read as 3 demonstrations\n" == shown.stderr
    Path("gold.jsonl").write_text('{"text": "Eva left."}\n')
    scored = run(
        *("evaluate", "--path", "gold.jsonl", "--schema", "codeie.schemas.starter:Person"),
        *("--demonstrations", "kept.jsonl", "--select", "random:2", "--out", "scored"),
    )
    assert 0 == scored.exit_code, scored.output
    # Answers are kept beside the file: again nothing is asked, whatever the thresholds.
    before = model.times.total()
    again = run("improve", "texts.jsonl", "-o", "kept.jsonl", "--reliability", "0.5", "--no-empty")
    assert ["kept", "3"] in [line.split() for line in again.stdout.splitlines()]
    assert "calls: 0 now" in again.stdout
    assert before == model.times.total()


def test_json_tells_of_each_document(run: Run) -> None:
    """One object a line under stable keys, and nothing else on stdout."""
    result = run("improve", "texts.jsonl", "-o", "kept.jsonl", "--json", "--strategy", "vote(3)")
    records = [json.loads(line) for line in result.stdout.splitlines()]
    assert [{"id", "verdict", "reliability", "shown", "left_out", "error"}] * 4 == [
        set(one) for one in records
    ]
    assert [("a", "kept", 1.0, 2), ("b", "kept", 1.0, 2), ("c", "kept", 1.0, 0)] == [
        (one["id"], one["verdict"], one["reliability"], one["shown"]) for one in records[:3]
    ]
    assert ("unsure", 1 / (1 + 1 / 3), []) == (
        records[3]["verdict"],
        records[3]["reliability"],
        records[3]["left_out"],
    )


def test_failures_are_told_and_the_rest_is_kept(run: Run, model: Model) -> None:
    """A document that fails is a line and the exit code; a wrong key ends it before the end."""
    model.down = ProviderUnavailable("down")
    result = run("improve", "texts.jsonl", "--out", "kept.jsonl")
    assert 1 == result.exit_code
    assert [
        "codeie: 4 documents, at most 20 calls",
        "codeie: c: down",
        "codeie: 1 of 4 documents failed",
    ] == result.stderr.splitlines()
    assert 2 == len(Path("kept.jsonl").read_text().splitlines())
    Path("odd.jsonl").write_text('{"text": "Ada."}\nnot json\n')
    result = run("improve", "odd.jsonl", "--out", "kept.jsonl")
    assert 1 == result.exit_code
    assert "odd.jsonl:2: not JSON" in result.stderr
    model.down = AuthenticationFailed("no key")
    result = run("improve", "texts.jsonl", "--out", "other.jsonl")
    assert 3 == result.exit_code
    assert not Path("other.jsonl").exists()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--out", "texts.jsonl"), "--out texts.jsonl is one of the files to read"),
        (("--out", "."), "--out . is a folder; name a file in it"),
        (("--out", "no/kept.jsonl"), "there is no folder no"),
        (("--out", "k", "--strategy", "none"), "asking once does not tell what is sure"),
        (("--out", "k", "--strategy", "passes(2)"), "Passes() does not tell what is sure"),
        (("--out", "k", "--reliability", "2"), "--reliability"),
        ((), "--out"),
    ],
)
def test_what_cannot_be_done_is_one_line(
    run: Run, model: Model, options: tuple[str, ...], words: str
) -> None:
    """Before any model is asked, and the texts are as they were."""
    result = run("improve", "texts.jsonl", *options)
    assert (2, "") == (result.exit_code, result.stdout)
    assert words in result.stderr.splitlines()[-1]
    assert not model.times
    assert TEXTS == Path("texts.jsonl").read_text()


def test_the_embedded_model_is_asked_once(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """It says by itself how likely its answers are; voting with it makes no sense."""
    embedded = ScriptedClient([], capabilities=Capabilities(scores_candidates=True))
    monkeypatch.setattr(codeie.clients, "resolve", lambda _model: embedded)
    Path("none.jsonl").write_text("")
    result = run("improve", "none.jsonl", "--out", "kept.jsonl")
    assert (0, "codeie: 0 documents, at most 0 calls\n") == (result.exit_code, result.stderr)
    asked = run("improve", "none.jsonl", "--out", "kept.jsonl", "--strategy", "vote(5)")
    assert 2 == asked.exit_code


def test_a_file_of_demonstrations_is_known_by_its_first_line(run: Run) -> None:
    """Whatever blank lines come before it; a line of another kind is none of nothing."""
    Path("a.txt").write_text("Eva left.")
    line = '{"text": "Bo cooks.", "instances": [{"class": "Person", "name": "Bo"}]}\n'
    Path("kept.jsonl").write_text(f"\n \n{line}")
    result = run("extract", "a.txt", "--demonstrations", "kept.jsonl", "--select", "fixed:1")
    assert (0, "codeie: kept.jsonl: read as 1 demonstration\n") == (
        result.exit_code,
        result.stderr,
    )
    Path("mixed.jsonl").write_text(f'{line}{{"text": "Cy left.", "mentions": []}}\n')
    result = run("extract", "a.txt", "--demonstrations", "mixed.jsonl")
    assert 2 == result.exit_code
    assert "mixed.jsonl, line 2 is no demonstration" in result.stderr
