"""What a run has found, in other forms."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from codeie import Completion, Document, Entity, Extractor, Prompt, Relation, Usage
from codeie.errors import InputError
from codeie.extraction import Run
from codeie.testing import ScriptedClient


@dataclass
class Person(Entity):
    """A human being."""

    name: str
    titles: list[str]
    age: int | None = None


@dataclass
class Knows(Relation):
    """One knows the other."""

    head: Person
    tail: Person


ADA = "Person('Ada', ['Dr', 'Countess'], 36)"


def answer(prompt: Prompt) -> Completion:
    """A model for these documents."""
    if "broken" in prompt.text:
        raise ValueError("no")
    found = "[]" if "nobody" in prompt.text else f"[{ADA}, Knows({ADA}, Person('Bo', []))]"
    return Completion(found, usage=Usage(9, 3))


DOCUMENTS = [
    Document("Dr Ada and Bo.", "a", {"year": 1843, "class": "letter", "tags": ["x", 1]}),
    Document("nobody", "b", {"year": 1844.5, "class": 'half \ud800, "one"'}),
    Document("broken", "c", {"year": None}),
]


@pytest.fixture
def run(tmp_path: Path) -> Run[Any]:
    """A run that has gone through these documents."""
    made = Extractor([Person, Knows], model=ScriptedClient(answer)).run(
        DOCUMENTS, tmp_path / "r.db"
    )
    made.finish()
    return made


def test_csv_has_one_row_an_item(run: Run[Any], tmp_path: Path) -> None:
    """Its document's columns, its own fields by their paths, and where each is in the text."""
    assert 2 == run.export(tmp_path / "out.csv")
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        first, second = csv.DictReader(file)
    assert {
        "year": "1843",
        "document.class": "letter",
        "tags": '["x", 1]',
        "document": "a",
        "number": "1",
        "item": "1",
        "class": "Person",
        "name": "Ada",
        "name.start": "3",
        "name.end": "6",
        "titles": '["Dr", "Countess"]',
        "age": "36",
    }.items() <= first.items()
    assert ("Knows", "Bo", "", "2") == (
        second["class"],
        second["tail.name"],
        second["name"],
        second["item"],
    )


def test_json_lines_have_one_document_each(run: Run[Any], tmp_path: Path) -> None:
    """With its own columns, whether it has an answer or not, in the order of the input."""
    assert 3 == run.export(tmp_path / "out.jsonl")
    lines = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()]
    assert [("a", "items", 2), ("b", "empty", 0), ("c", "failed", 0)] == [
        (one["id"], one["outcome"], len(one["items"])) for one in lines
    ]
    assert {"year": 1843, "class": "letter", "tags": ["x", 1]} == lines[0]["metadata"]
    assert "scripted failed: ValueError: no" == lines[2]["error"]["message"]


def test_parquet_has_nested_items(run: Run[Any], tmp_path: Path) -> None:
    """Items are lists of structs with their spans; own columns have their types."""
    pytest.importorskip("pyarrow")
    from pyarrow import parquet

    path = tmp_path / "out.parquet"
    assert 3 == run.export(path)
    first, second, third = parquet.read_table(path).to_pylist()
    assert {"path": "name", "start": 3, "end": 6} == first["items"][0]["spans"][0]
    assert {"name": "Ada", "titles": ["Dr", "Countess"], "age": 36} == json.loads(
        first["items"][0]["fields"]
    )
    assert ("a", 1, 1843.0, "letter", '["x", 1]', "items", 9, 3, None) == (
        first["id"],
        first["number"],
        first["year"],
        first["class"],
        first["tags"],
        first["outcome"],
        first["input_tokens"],
        first["output_tokens"],
        first["error"],
    )
    assert ('half \\ud800, "one"', 1844.5, []) == (second["class"], second["year"], second["items"])
    assert ("scripted failed: ValueError: no", None) == (third["error"], third["year"])


def test_frames_have_one_row_an_item(run: Run[Any]) -> None:
    """The same rows as CSV, each column of one type."""
    pytest.importorskip("pandas")
    frame = run.results.to_pandas()
    assert ["Person", "Knows"] == list(frame["class"])
    assert [1843, 1843] == list(frame["year"])


def test_frames_of_arrow_and_polars(tmp_path: Path) -> None:
    """Columns of several types are text; there may be no rows at all."""
    pytest.importorskip("polars")
    pytest.importorskip("pyarrow")
    run = Extractor([Person], model=ScriptedClient(lambda _: "[Person('Bo', [], 3)]")).run(
        [Document("Bo", "a", {"x": 1}), Document("Bo!", "b", {"x": "one"})], tmp_path / "r.db"
    )
    assert (0, 0) == run.results.to_polars().shape
    run.finish()
    assert ["1", "one"] == list(run.results.to_polars()["x"])
    assert ["1", "one"] == run.results.to_arrow()["x"].to_pylist()
    assert [3, 3] == run.results.to_arrow()["age"].to_pylist()


@pytest.mark.parametrize("name", ["out.csv", "out.jsonl"])
def test_a_file_that_is_there_is_not_overwritten_unasked(
    name: str, run: Run[Any], tmp_path: Path
) -> None:
    """What is refused leaves it as it was; a form that is not known says which are."""
    (tmp_path / name).write_text("mine")
    with pytest.raises(InputError, match="exists already"):
        run.export(tmp_path / name)
    assert "mine" == (tmp_path / name).read_text()
    assert run.export(tmp_path / name, overwrite=True) >= 2
    with pytest.raises(InputError, match=r"end it in \.jsonl, \.csv, \.parquet"):
        run.export(tmp_path / "out.xlsx")
    assert {"r.db", name} == {path.name for path in tmp_path.iterdir() if "-" not in path.name}
