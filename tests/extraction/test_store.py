"""Answers on disk."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from codeie import Completion, Entity, Extractor, StopReason, Usage
from codeie.clients import AnthropicClient, Capabilities, OpenAIClient
from codeie.diagnostics import Code, Diagnostic, Severity
from codeie.errors import InputError
from codeie.extraction.asking.store import AnswerStore
from codeie.testing import ScriptedClient

WHOLE = Completion(
    text='[Person("Zoë \ud800")]',
    stop_reason=StopReason.LENGTH,
    usage=Usage(10, 5, 2, estimated=True),
    model="m",
    prefilled=True,
    confidences=(0.25,),
    diagnostics=(Diagnostic(Code.UNSUPPORTED, "no", Severity.WARNING),),
)


@pytest.mark.parametrize("completion", [WHOLE, Completion("")])
def test_what_is_put_comes_back(completion: Completion, tmp_path: Path) -> None:
    """All of an answer survives the file, odd characters included."""
    with AnswerStore(tmp_path / "a.db") as store:
        store.put("k", completion)
    with AnswerStore(tmp_path / "a.db") as store:
        assert completion == store.get("k")
        assert store.get("other") is None
        assert 1 == len(store)


@pytest.mark.parametrize("row", ["", "[]", "{}", '{"text": 1}', "null", '"x"', "{" * 100])
def test_a_damaged_answer_is_asked_for_again(row: str, tmp_path: Path) -> None:
    """A row that is not an answer counts as none, and can be overwritten."""
    with AnswerStore(tmp_path / "a.db") as store:
        with sqlite3.connect(tmp_path / "a.db") as connection:
            connection.execute("INSERT INTO answers VALUES ('k', ?)", (row,))
        connection.close()
        assert store.get("k") is None
        store.put("k", WHOLE)
        assert WHOLE == store.get("k")


def test_a_file_that_is_no_store_is_refused(tmp_path: Path) -> None:
    """Another kind of file, or a folder, is an error that names it."""
    other = tmp_path / "notes.txt"
    other.write_text("not a database, but long enough to be read as a damaged one" * 20)
    with pytest.raises(InputError, match=r"cannot use .*notes\.txt to keep answers"):
        AnswerStore(other)
    with pytest.raises(InputError, match="to keep answers"):
        AnswerStore(tmp_path)


def test_an_answer_survives_a_killed_process(tmp_path: Path) -> None:
    """What `put` has returned for is on disk, even if the process dies at once."""
    path = tmp_path / "a.db"
    code = (
        "import os, sys; from codeie import Completion;"
        "from codeie.extraction.asking.store import AnswerStore;"
        "AnswerStore(sys.argv[1]).put('k', Completion('x')); os._exit(9)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], check=False)
    assert 9 == done.returncode
    with AnswerStore(path) as store:
        assert Completion("x") == store.get("k")


def test_nothing_is_left_open(tmp_path: Path) -> None:
    """A file that is refused, and a run that is never begun, leave no connection behind."""
    other = tmp_path / "notes.txt"
    other.write_text("not a database, but long enough to be read as a damaged one" * 20)
    code = (
        "import sys, warnings; warnings.simplefilter('error')\n"
        "from codeie import Entity, Extractor\n"
        "from codeie.errors import InputError\n"
        "from codeie.extraction.asking.store import AnswerStore\n"
        "from codeie.testing import ScriptedClient\n"
        "from dataclasses import make_dataclass\n"
        "Person = make_dataclass('Person', [('name', str)])\n"
        "Extractor([Person], model=ScriptedClient([])).extract_many(['x'], run=sys.argv[2])\n"
        "try: AnswerStore(sys.argv[1])\n"
        "except InputError: print('refused')\n"
    )
    command = [sys.executable, "-X", "dev", "-c", code, str(other), str(tmp_path / "a.db")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert ("refused\n", "") == (done.stdout, done.stderr)
    assert not (tmp_path / "a.db").exists()


@dataclass
class Person(Entity):
    """A named human being."""

    name: str


class Tuned(ScriptedClient):
    """A scripted model with an option."""

    options = ""

    @property
    def capabilities(self) -> Capabilities:
        """The option."""
        return Capabilities(options=self.options)


def test_answers_of_other_options_are_not_reused(tmp_path: Path) -> None:
    """One model under other options is asked again; under the same it is not."""
    asked = []
    for options in ("", "top_k=5", "top_k=5", ""):
        client = Tuned(["[]"], name="scripted/m")
        client.options = options
        list(Extractor([Person], model=client).extract_many(["Ada."], run=tmp_path / "a.db"))
        asked.append(len(client.prompts))
    assert [1, 1, 0, 0] == asked


def test_what_changes_answers_is_among_the_options() -> None:
    """Fields of one's own, the API and the chat's template; addresses and keys are not."""
    server = {"base_url": "http://127.0.0.1:9/v1", "api_key": "k"}
    assert (
        OpenAIClient("m", api="chat", extra_body={"top_k": 5}, **server).capabilities.options
        == '{"api":"chat","extra_body":{"top_k":5}}'
    )
    assert OpenAIClient("m", **server).capabilities.options == ""
    anthropic = {"api_key": "k", "base_url": "http://127.0.0.1:9"}
    assert AnthropicClient("m", **anthropic).capabilities.options == ""
    tuned = AnthropicClient("m", extra_body={"top_k": 5}, **anthropic)
    assert tuned.capabilities.options == '{"extra_body":{"top_k":5}}'
