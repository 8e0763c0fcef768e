"""Loading by name and from one's own files."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from codeie import datasets
from codeie.datasets import DATASETS, FORMATS, LabelMap
from codeie.errors import DatasetError, InputError
from codeie.schemas import scierc
from codeie.types import Entity, Span

FIXTURES = Path(__file__).parent / "fixtures"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A collection with the development part of one dataset."""
    (tmp_path / "scierc").mkdir()
    shutil.copy(FIXTURES / "dygie.jsonl", tmp_path / "scierc" / "dev.json")
    return tmp_path


def test_a_dataset_gives_documents_with_gold(folder: Path) -> None:
    """Instances are of the ready-made schema, with their places."""
    dataset = datasets.load("scierc", folder)
    (example,) = dataset
    assert "We fly kites . They use wind models ." == example.document.text
    assert scierc.Material("kites") in example.instances
    used = scierc.UsedFor(scierc.Method("wind models"), scierc.GenericTerm("They"))
    (item,) = [item for item in example.gold if item.value == used]
    assert {"head.name": Span(24, 35), "tail.name": Span(15, 19)} == item.spans
    assert scierc.SCHEMA == dataset.schema
    assert example.warnings == dataset.warnings == ()
    assert "Dataset('scierc', split='dev')" == repr(dataset)


@pytest.mark.parametrize("inner", ["", "scierc", "scierc/dev.json"])
def test_the_path_may_be_collection_folder_or_file(folder: Path, inner: str) -> None:
    """All three are ways to say where it is; ``valid`` is ``dev``."""
    dataset = datasets.load("scierc", folder / inner, split="valid")
    assert ["kites"] == [document.id for document in dataset.documents]


def test_the_environment_says_where_data_is(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a path CODEIE_DATA counts; without either the error says so."""
    monkeypatch.setenv("CODEIE_DATA", str(folder))
    assert 1 == len(list(datasets.load("scierc")))
    monkeypatch.delenv("CODEIE_DATA")
    with pytest.raises(DatasetError, match="Give its folder as path, or set CODEIE_DATA"):
        datasets.load("scierc")


@pytest.mark.parametrize(
    ("name", "split", "message"),
    [
        ("scirec", "dev", "no dataset 'scirec'; the nearest are scierc"),
        ("zzz", "dev", "no dataset 'zzz'; there are ade, "),
        ("scierc", "extra", "scierc has no split 'extra'; it has train, dev, test"),
        ("scierc", "test", "test.json here, or in scierc; of its splits there are dev"),
        ("wnut17", "dev", "emerging.dev.conll here, or in wnut17; none of its splits is there"),
    ],
)
def test_what_is_not_there_is_said(folder: Path, name: str, split: str, message: str) -> None:
    """The error names the file that was looked for, and what there is instead."""
    with pytest.raises(DatasetError, match=message):
        datasets.load(name, folder, split=split)


def test_options_reach_the_reader(folder: Path) -> None:
    """They are the reader's; others are refused with the nearest."""
    assert 2 == len(list(datasets.load("scierc", folder, unit="sentence")))
    with pytest.raises(InputError, match="dygie has no option 'units'; the nearest are unit"):
        datasets.load("scierc", folder, units="sentence")
    with pytest.raises(InputError, match="no format 'connl'; the nearest are conll"):
        datasets.read("connl", FIXTURES / "columns.tsv")


def test_ones_own_file_gets_plain_classes() -> None:
    """Or the classes that are given."""
    dataset = datasets.read("unified", FIXTURES / "unified.json")
    assert ["Peop", "Org", "WorkFor"] == [cls.__name__ for cls in dataset.schema]
    (example,) = dataset
    assert "Acme Ltd" == example.instances[-1].tail.name
    given = datasets.read("unified", FIXTURES / "unified.json", labels={"Peop": scierc.Task})
    assert [scierc.Task("Ada")] == next(iter(given)).instances
    assert ["no-class", "no-class"] == [warning.oddity.value for warning in given.warnings]
    with pytest.raises(DatasetError, match="there is no such file"):
        datasets.read("unified", FIXTURES / "none.json")
    with pytest.raises(DatasetError, match="there is no such file"):
        datasets.read("unified")


def test_warnings_read_as_sentences_with_their_place() -> None:
    """File and line where there are some, and the name of the oddity."""
    dataset = datasets.read("conll", FIXTURES / "columns.tsv")
    first = str(dataset.warnings[0])
    assert first.endswith("columns.tsv:8: 1 token is empty, and left out [blank-token]")
    casie = datasets.read("casie", FIXTURES / "casie")
    assert "7.json: 'files' is at offset 14, not at 15 [offset-shifted]" in str(casie.warnings[0])
    schema = datasets.read("casie", FIXTURES / "casie", labels=LabelMap({}))
    assert "no class for events of type 'Databreach' [no-class]" == str(schema.warnings[-1])


def test_the_table_of_datasets_is_sound() -> None:
    """Every entry has a format, a source and its splits; names are sorted."""
    assert sorted(DATASETS) == datasets.names()
    for info in DATASETS.values():
        assert info.format in FORMATS
        assert info.source
        assert info.splits
        assert info.task in ("ner", "re", "ee")


@pytest.mark.parametrize("name", datasets.names())
def test_every_dataset_has_its_schema(name: str, tmp_path: Path) -> None:
    """The classes of the table are there, or plain ones are made."""
    empty = tmp_path / "empty.txt"
    empty.write_text("{}" if datasets.info(name).format == "casie" else "[]")
    dataset = datasets.load(name, empty, split=next(iter(datasets.info(name).splits)))
    if datasets.info(name).schema:
        assert all(isinstance(cls, type) for cls in dataset.schema)
        assert dataset.schema


def test_plain_classes_are_made_where_there_is_no_schema() -> None:
    """The standoff form of PHEE does not link its arguments, so no schema fits it."""
    dataset = datasets.load("phee_brat", FIXTURES / "brat" / "case.txt")
    assert any(issubclass(cls, Entity) for cls in dataset.schema)


def test_counts_say_what_there_is() -> None:
    """By label, with what is odd."""
    found = datasets.count(datasets.read("casie", FIXTURES / "casie").records())
    assert (1, 5, 2, 1) == (
        found.records,
        found.mentions.total(),
        found.triggers["Databreach"],
        found.unplaced,
    )
    assert {"offset-shifted": 1, "not-in-text": 1} == dict(found.warnings)
