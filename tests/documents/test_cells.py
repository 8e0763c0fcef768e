"""Tables and JSON: each text leads back to its cell, or to its pointer."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codeie import Document, Span, read_documents
from codeie.documents import Limits, Unread, read
from codeie.errors import InputError

JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-9, 9), st.text('ab/~\n"é', max_size=5)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text("ab/~", max_size=2), inner, max_size=3)
    ),
    max_leaves=8,
)


def at_pointer(value: Any, pointer: str) -> Any:
    """What a pointer leads to (RFC 6901)."""
    for part in pointer.split("/")[1:]:
        key = part.replace("~1", "/").replace("~0", "~")
        value = value[int(key)] if isinstance(value, list) else value[key]
    return value


@given(JSON)
def test_each_piece_of_json_is_at_its_pointer(value: Any) -> None:
    """Whatever it holds, all strings and numbers are there, each where it is said to be."""
    if isinstance(value, dict) and "text" in value:
        return
    document = read(json.dumps(value).encode(), format="json")
    assert document.layout is not None
    for piece in document.layout.pieces:
        held = at_pointer(value, piece.place.path)
        said = held if isinstance(held, str) else json.dumps(held)
        assert said == document.text[piece.start : piece.end]


def test_objects_with_a_text_are_documents(tmp_path: Path) -> None:
    """Of a list each one; what is no such object is told, and an object is one by itself."""
    path = tmp_path / "a.json"
    path.write_text('[{"text": "The Tern", "id": "x", "year": 1893}, {"txt": 1}, 3, {"text": "b"}]')
    one, no_text, no_object, other = read_documents(path)
    assert one == Document("The Tern", "x", {"year": 1893})
    assert isinstance(other, Document)
    assert [("pointer", "/0/text", 4, 8), ("pointer", "/3/text", 0, 1)] == [
        (place.kind, place.path, place.start, place.end)
        for place in (*one.places(Span(4, 8)), *other.places(Span(0, 1)))  # type: ignore[union-attr]
    ]
    assert [
        f"{path}:1: field 'text' holds None, not a string",
        f"{path}:2: expected an object, got int",
    ] == [str(bad.error) for bad in (no_text, no_object) if isinstance(bad, Unread)]
    assert "n: 1\nwords: a\nwords: b" == read(b'{"n": 1, "words": ["a", "b"]}', format="json").text


def test_json_that_is_made_to_harm_is_an_error() -> None:
    """Nested too deep, with a number of too many digits, or none at all."""
    for data, said in (
        (b"[" * 100_000, "nested too deep|not JSON"),
        (b"[" * 300 + b"]" * 300, "values lie more than 256 deep in each other"),
        (b"1" * 10_000, "digits"),
        (b"{", "not JSON: Expecting property name enclosed in double quotes at line 1, column 2"),
    ):
        with pytest.raises(InputError, match=said):
            read(data, format="json")


def test_a_row_of_csv_is_in_its_cell(tmp_path: Path) -> None:
    """By the line that it begins in, and its column."""
    path = tmp_path / "a.csv"
    path.write_text('id,text\n1,"The\nTern"\n2,Auk\n')
    assert [("cell", "2,text", 4, 8), ("cell", "4,text", 0, 3)] == [
        (place.kind, place.path, place.start, place.end)
        for document, span in zip(read_documents(path), (Span(4, 8), Span(0, 3)), strict=True)
        for place in document.places(span)  # type: ignore[union-attr]
    ]


def workbook(sheets: dict[str, list[list[Any]]]) -> bytes:
    """An Excel file."""
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def test_each_row_of_a_workbook_is_a_document(tmp_path: Path) -> None:
    """Of all sheets with a text, under the first row that is not empty; other cells are kept."""
    path = tmp_path / "a.xlsx"
    rows = [
        [None, None, None],
        ["id", "year", "text"],
        ["x", 1893, "The Tern"],
        [None, None, None],
        ["y", 1894, None],
    ]
    path.write_bytes(workbook({"Log": rows, "Other": [["a"], ["b"]]}))
    good, bad, other = read_documents(path)
    assert good == Document("The Tern", "x", {"year": 1893})
    assert isinstance(good, Document)
    (place,) = good.places(Span(4, 8))
    assert ("cell", "Log!C3", 4, 8) == (place.kind, place.path, place.start, place.end)
    assert [
        f"{path}:Log:5: field 'text' holds None, not a string",
        f"{path}:Other: no column 'text' (see text=); it has a",
    ] == [str(one.error) for one in (bad, other) if isinstance(one, Unread)]


def test_a_workbook_that_is_made_to_harm_is_an_error(tmp_path: Path) -> None:
    """It is bounded when it is unpacked, and what is none is told."""
    path = tmp_path / "a.xlsx"
    path.write_bytes(workbook({"Log": [["text"], ["x" * 30_000]]}))
    (told,) = read_documents(path, limits=Limits(unpacked=20_000))
    assert isinstance(told, Unread)
    assert "bytes in" in str(told.error)
    path.write_bytes(b"PK\3\4")
    (told,) = read_documents(path)
    assert isinstance(told, Unread)
    assert str(told.error) == f"{path} is not an Excel file, or is damaged"
