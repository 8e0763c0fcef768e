"""What a user of a reader is warned of without asking."""

from __future__ import annotations

import json
import warnings
from pathlib import Path
from typing import Any

import pytest

from codeie import CodeIEWarning, datasets
from codeie.datasets import read_brat, read_casie, read_jsonl

TEXT = "Ada met Bo. Bo left."


def _brat(folder: Path, *lines: str) -> Path:
    (folder / "a.txt").write_text(TEXT)
    (folder / "a.ann").write_text("".join(f"{line}\n" for line in lines))
    return folder


def _jsonl(folder: Path, *mentions: dict[str, Any]) -> Path:
    file = folder / "a.jsonl"
    file.write_text(json.dumps({"text": TEXT, "mentions": mentions}))
    return file


@pytest.mark.parametrize(
    ("line", "message", "place"),
    [
        ("T1\tPER 9 11\tBo", "'Bo' is at offset 8, not at 9 [offset-shifted]", 8),
        ("T1\tPER 8 10\tBob", "'Bob' is not in the text near offset 8 [not-in-text]", None),
    ],
)
def test_strings_that_are_elsewhere_are_told(
    tmp_path: Path, line: str, message: str, place: int | None
) -> None:
    """Who lists the records of a standoff file sees that its offsets were corrected, and where."""
    folder = _brat(tmp_path, line, "T2\tPER 13 14\tBo")
    with pytest.warns(CodeIEWarning) as caught:
        (record,) = list(read_brat(folder))
    assert [str(each.message) for each in caught] == [
        f"{folder / 'a.ann'}:1: {message}; there may be more: each record's `warnings` has its own"
    ]
    assert caught[0].filename == __file__
    assert len(record.warnings) == 2
    span = record.mentions[0].span
    assert (None if span is None else span.start) == place


def test_gold_lines_whose_strings_differ_are_told(tmp_path: Path) -> None:
    """In our own format offsets count, and a string that says otherwise is told."""
    file = _jsonl(tmp_path, {"type": "PER", "start": 0, "end": 3, "text": "Bo"})
    with pytest.warns(CodeIEWarning, match=r"\.mentions\[0\] 'Bo' is 'Ada' at its offsets"):
        (record,) = list(read_jsonl(file))
    assert [(each.oddity.value, each.line) for each in record.warnings] == [("name-differs", 1)]
    assert record.mentions[0].text == "Ada"


def test_what_is_as_stated_warns_of_nothing(tmp_path: Path) -> None:
    """No warning where all strings are at their offsets, whatever else is odd."""
    _brat(tmp_path, "T1\tPER 0 3\tAda", "T2\tPER 0 3\tAda", "#1\tAnnotatorNotes T1\tsure")
    file = _jsonl(tmp_path, {"type": "PER", "start": 0, "end": 3, "text": "Ada"})
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        (record,) = read_brat(tmp_path)
        assert [each.oddity.value for each in record.warnings] == ["annotation-ignored"]
        list(read_jsonl(file))


def test_datasets_keep_warnings_as_data(tmp_path: Path) -> None:
    """A dataset has all of them in `warnings`, and warns of nothing by itself."""
    folder = _brat(tmp_path, "T1\tPER 9 11\tBo")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        dataset = datasets.read("brat", folder)
        assert [each.oddity.value for each in dataset.warnings] == ["offset-shifted"]


def test_readers_still_show_their_options() -> None:
    """A reader that warns has the signature and the words of the plain one."""
    with pytest.raises(TypeError, match="unexpected keyword argument 'split'"):
        list(read_casie(Path("x"), split="dev"))  # type: ignore[call-arg]
    assert read_casie.__doc__ is not None
