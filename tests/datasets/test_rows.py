"""Rows in the shape of Hugging Face datasets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from codeie import datasets
from codeie.errors import DatasetError


class _Label:
    def __init__(self, names: list[str]) -> None:
        self.names = names


class _List:
    def __init__(self, feature: _Label) -> None:
        self.feature = feature


class _Rows:
    """Like a split of `datasets`: iterable, with features that name the tags."""

    def __init__(self, rows: list[dict[str, Any]], tags: object) -> None:
        self._rows = rows
        self.features = {"ner_tags": tags}

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return iter(self._rows)


ROWS: list[dict[str, Any]] = [{"id": 3, "tokens": ("Ada", "ran"), "ner_tags": [1, 0]}]


@pytest.mark.parametrize("tags", [_List(_Label(["O", "B-PER"])), _Label(["O", "B-PER"])])
def test_numbers_are_named_by_the_features(tags: object) -> None:
    """In either of the two ways that the library has declared them."""
    (example,) = datasets.read(_Rows(ROWS, tags))
    assert ("3", "Ada ran") == (example.document.id, example.document.text)
    assert ["Ada"] == [value.name for value in example.instances]


def test_names_may_be_given() -> None:
    """Plain lists of mappings work too, and strings need no names."""
    (first,) = datasets.read_rows(ROWS, names=["O", "B-X"])
    assert ["X"] == [mention.type for mention in first.mentions]
    rows = [{"words": ["a", "b"], "tags": ["O", "I-X"]}]
    (second,) = datasets.read_rows(rows, tokens="words", tags="tags")
    assert ("row-1", ["inside-without-begin"]) == (
        second.document.id,
        [warning.oddity.value for warning in second.warnings],
    )


class _Array(list[int]):
    """Like a numpy array: iterating it gives no plain numbers, ``tolist`` does."""

    def __iter__(self) -> Iterator[Any]:
        return iter([object()] * len(self))

    def tolist(self) -> list[int]:
        return [self[index] for index in range(len(self))]


def test_arrays_are_columns_too() -> None:
    """Rows whose format is set to numpy hold arrays."""
    rows: list[dict[str, Any]] = [{"tokens": ["a"], "ner_tags": _Array([1])}]
    (record,) = datasets.read_rows(rows, names=["O", "B-X"])
    assert ["X"] == [mention.type for mention in record.mentions]


def test_texts_with_entities() -> None:
    """Character offsets, ends exclusive."""
    rows: list[dict[str, Any]] = [
        {"text": "Ada ran", "entities": [{"start": 0, "end": 3, "label": "per"}]},
        {"text": "Ada ran", "entities": [{"start": 4, "end": 7, "type": "act"}]},
        {"text": "nothing"},
    ]
    found = [[(m.type, m.text) for m in r.mentions] for r in datasets.read_rows(rows)]
    assert [[("per", "Ada")], [("act", "ran")], []] == found


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"tokens": ["a"], "ner_tags": []}, "rows:1: 0 tags for 1 token"),
        ({"tokens": ["a"], "ner_tags": [7]}, r"ner_tags\[0\] is 7, outside"),
        ({"tokens": ["a"]}, "has no 'ner_tags'"),
        ({"tokens": ["a"], "ner_tags": 4}, "should be an array"),
        ({"tokens": [1], "ner_tags": [0]}, "should be a string, and is int"),
        ({}, "has no 'text'"),
        ({"text": "a", "entities": [{"start": 0, "end": 0, "label": "x"}]}, "ends at 0"),
    ],
)
def test_rows_of_another_shape_are_errors(row: dict[str, Any], reason: str) -> None:
    """The row's number stands where a line would."""
    with pytest.raises(DatasetError, match=reason):
        list(datasets.read_rows([row]))
