"""What workers of all engines do: a row for each text, whatever becomes of it."""

from __future__ import annotations

import json
import pickle
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from codeie import Entity, Extractor, Prompt
from codeie.engines import Worker, row_of
from codeie.engines.worker import checked
from codeie.errors import AuthenticationFailed, InputError, MissingExtra, RateLimited
from codeie.testing import ScriptedClient

FIELDS = {"id", "outcome", "items", "diagnostics", "error", "model", "input_tokens"}
FIELDS |= {"output_tokens", "kept"}


@dataclass
class Ship(Entity):
    """A vessel with a name."""

    name: str


def answer(prompt: Prompt) -> str:
    """The ship of a text; some texts have none, or cannot be asked about."""
    if "storm" in prompt.text:
        raise RateLimited("later")
    return '[Ship("Tern")]' if "Tern" in prompt.text else '[Ship("\\ud83d")]'


def worker_of(**options: Any) -> Worker:
    """A worker that asks a script."""
    extractor = Extractor([Ship], model=ScriptedClient(answer), style="code4uie")
    return Worker(extractor, **options)


def test_each_text_has_a_row_in_its_order() -> None:
    """Items with places, nothing found, a failed call and a missing text are a row each."""
    texts = ["The Tern sailed.", "Fog.", "A storm.", None]
    rows = list(worker_of().rows(texts, ["a", "b", 3, None]))
    assert [FIELDS] * 4 == [set(row) for row in rows]
    assert ["a", "b", "3", None] == [row["id"] for row in rows]
    assert ["items", "items", "failed", "failed"] == [row["outcome"] for row in rows]
    assert [
        {
            "class": "Ship",
            "fields": '{"name": "Tern"}',
            "match": "exact",
            "confidence": None,
            "mentions": [
                {"path": "name", "string": "Tern", "start": 4, "end": 8, "match": "exact"}
            ],
        }
    ] == rows[0]["items"]
    assert {"type": "RateLimited", "message": "later", "retryable": False} == rows[2]["error"]
    assert (
        rows[3]["error"]["message"]
        == "document 4: expected a Document whose text is a str, got None"
    )


def test_what_utf8_cannot_hold_is_escaped() -> None:
    """Half of a surrogate pair, as a damaged answer may have, is no failure of the column."""
    (row,) = worker_of().rows(["Fog."])
    assert "\\ud83d" == row["items"][0]["mentions"][0]["string"]
    assert {"name": "\ud83d"} == json.loads(row["items"][0]["fields"])
    json.dumps(row, ensure_ascii=False).encode()


def test_a_wrong_key_ends_the_batch() -> None:
    """With what no later text can fare better with, the engine has an error to show."""

    def refused(prompt: Prompt) -> str:
        raise AuthenticationFailed("no such key")

    extractor = Extractor([Ship], model=ScriptedClient(refused))
    with pytest.raises(AuthenticationFailed, match="no such key"):
        list(Worker(extractor).rows(["The Tern sailed."]))


def test_workers_of_one_machine_share_answers(tmp_path: Path) -> None:
    """What one worker has asked, no other one of the same file asks again."""
    first, second = worker_of(run=tmp_path / "run.db"), worker_of(run=tmp_path / "run.db")
    assert [0] == [row["kept"] for row in first.rows(["The Tern sailed."])]
    assert [1] == [row["kept"] for row in second.rows(["The Tern sailed."])]


def test_a_worker_is_sent_without_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pickled, it holds no key of the environment, and is small."""
    monkeypatch.setenv("OPENAI_API_KEY", "sk-none-of-yours")
    sent = pickle.dumps(Worker(Extractor([Ship], model="openai/gpt-5.2")))
    assert b"none-of-yours" not in sent
    assert len(sent) < 10_000
    assert isinstance(pickle.loads(sent), Worker)  # noqa: S301 - made a line before


@pytest.mark.parametrize("number", [0, -1, 1.5, True, "2"])
def test_numbers_that_make_no_sense_are_refused(number: Any) -> None:
    """No workers, or half of one, is an error in one line."""
    with pytest.raises(InputError, match="workers must be a whole number from 1 on, got "):
        checked(workers=number)


@pytest.mark.parametrize("engine", ["daft", "ray"])
def test_an_engine_that_is_not_there_says_how_to_get_it(
    engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the package, the error holds the command that installs it."""
    from codeie.engines import daft, ray

    monkeypatch.setattr("codeie.engines.extra.find_spec", lambda _: None)
    module: Any = {"daft": daft, "ray": ray}[engine]
    with pytest.raises(MissingExtra, match=rf'pip install "codeie\[{engine}\]"'):
        module.extracted(None, None)


@pytest.mark.skipif(find_spec("pyarrow") is None, reason="pyarrow comes with an engine")
def test_the_struct_holds_all_that_a_row_has() -> None:
    """Rows of all kinds fit the struct's type and come back as they were."""
    import pyarrow as pa

    from codeie.engines import arrow_type

    rows = list(worker_of().rows(["The Tern sailed.", "Fog.", "A storm.", None]))
    assert rows == pa.array(rows, arrow_type()).to_pylist()


@pytest.mark.skipif(find_spec("pyarrow") is None, reason="pyarrow comes with an engine")
def test_an_actor_adds_a_column_to_its_batch() -> None:
    """What Ray calls with each batch gives the batch back, with what was extracted in it."""
    import pyarrow as pa

    from codeie.engines.ray import ExtractingActor

    batch = pa.table({"said": ["The Tern sailed.", None], "key": ["a", "b"], "year": [1, 2]})
    actor = pickle.loads(pickle.dumps(ExtractingActor(sent(), "said", "key", "found")))  # noqa: S301
    table = actor(batch)
    assert ["said", "key", "year", "found"] == table.column_names
    assert [("a", "items"), ("b", "failed")] == [
        (row["found"]["id"], row["found"]["outcome"]) for row in table.to_pylist()
    ]
    assert batch.column("year").to_pylist() == table.column("year").to_pylist()


class Always(ScriptedClient):
    """A client that can be sent: it has no function of its own."""

    def __init__(self) -> None:
        super().__init__(['[Ship("Tern")]'])


def sent() -> Worker:
    """A worker that can be sent."""
    return Worker(Extractor([Ship], model=Always(), style="code4uie"))


def test_rows_are_the_same_for_every_schema() -> None:
    """An extraction by itself is a row, too, in an engine of your own."""
    extraction = Extractor([Ship], model=ScriptedClient(answer))("The Tern sailed.")
    assert FIELDS == set(row_of(extraction))
