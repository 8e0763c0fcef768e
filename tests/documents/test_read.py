"""Files, folders, frames and datasets as documents."""

from __future__ import annotations

import json
from collections.abc import Iterator
from operator import length_hint
from pathlib import Path
from typing import Any

import pytest

from codeie import Document
from codeie.documents import Unread, holds_documents, read_documents
from codeie.errors import InputError

ROWS: list[dict[str, Any]] = [
    {"id": number, "text": f"Text {number}, «ß»\nof two lines", "year": 1900 + number}
    for number in range(5)
]
WANTED = [Document(row["text"], str(row["id"]), {"year": row["year"]}) for row in ROWS]


def told(documents: Any) -> list[str]:
    """What is said of the documents that could not be read, in order."""
    return [str(one.error) for one in documents if isinstance(one, Unread)]


def test_json_lines_keep_their_own_fields(tmp_path: Path) -> None:
    """All but text and name is the metadata, and a bad line is told with its number."""
    path = tmp_path / "a.jsonl"
    lines = [
        *map(json.dumps, ROWS[:2]),
        "{",
        "",
        "[1]",
        '{"txt": "x"}',
        '{"text": 3}',
        json.dumps(ROWS[2]),
    ]
    path.write_text("\n".join(lines))
    documents = list(read_documents(path))
    assert WANTED[:3] == [one for one in documents if isinstance(one, Document)]
    assert [
        f"{path}:3: not JSON: Expecting property name enclosed in double quotes at column 2",
        f"{path}:5: expected a JSON object, got list",
        f"{path}:6: no field 'text' (see --text-field); did you mean 'txt'?",
        f"{path}:7: field 'text' holds int, not a string",
    ] == told(documents)
    assert [f"{path}:{line}" for line in (3, 5, 6, 7)] == [
        one.id for one in documents if isinstance(one, Unread)
    ]


@pytest.mark.parametrize(("suffix", "delimiter"), [("csv", ","), ("csv", ";"), ("tsv", "\t")])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_csv_is_read_as_spreadsheets_write_it(
    suffix: str, delimiter: str, encoding: str, tmp_path: Path
) -> None:
    """Commas, semicolons or tabs, quoted lines, a byte order mark, and texts of any length."""
    path = tmp_path / f"a.{suffix}"
    long = "x" * 200_000
    lines = [
        delimiter.join(("year", "text", "id")),
        delimiter.join(("1900", '"of ""two""\nlines, and; one\ttab"', "a")),
        delimiter.join(("1901", long, "")),
    ]
    path.write_text("\r\n".join(lines), encoding=encoding, newline="")
    assert [
        Document('of "two"\nlines, and; one\ttab', "a", {"year": "1900"}),
        Document(long, f"{path}:4", {"year": "1901"}),
    ] == list(read_documents(path))


def test_a_bad_row_of_csv_is_told_with_its_line(tmp_path: Path) -> None:
    """Too few or many values, other bytes, and a quote that does not end; all else goes on."""
    path = tmp_path / "a.csv"
    path.write_bytes(
        b'text,year\n"a\nb",1\nonly\nc,2,3\n\xff,4\n\nd,5\n"e"e,6\nf,7\n"never ends,8\n'
    )
    documents = list(read_documents(path))
    assert ["a\nb", "d", "f"] == [one.text for one in documents if isinstance(one, Document)]
    assert [
        f"{path}:4: 1 value for 2 columns",
        f"{path}:5: 3 values for 2 columns",
        f"{path}:6 is not utf-8; name its --encoding, or use --errors replace",
        f"{path}:9: ',' expected after '\"'",
        f"{path}:11: unexpected end of data",
    ] == told(documents)
    replaced = list(read_documents(path, errors="replace"))
    assert "\ufffd" in [one.text for one in replaced if isinstance(one, Document)]


def test_a_column_that_is_missing_is_one_error(tmp_path: Path) -> None:
    """Not one for each row; it says which columns there are."""
    path = tmp_path / "a.csv"
    path.write_text("body,year\nx,1\ny,2\n")
    assert [f"{path}: no column 'text' (see text=); it has body, year"] == told(
        read_documents(path)
    )
    assert ["x", "y"] == [one.text for one in read_documents(path, text="body")]  # type: ignore[union-attr]


def test_a_folder_is_its_files(tmp_path: Path) -> None:
    """By name, those of its folders too; hidden ones and other kinds are left out."""
    for name in ("b.txt", "sub/a.txt", ".git/x.txt", "photo.png"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    (tmp_path / "c.jsonl").write_text('{"text": "t"}\n')
    assert ["b.txt", "t", "sub/a.txt"] == [one.text for one in read_documents(tmp_path)]  # type: ignore[union-attr]
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match=r"holds no files of documents .*, but nothing"):
        read_documents(tmp_path / "empty")


def test_documents_are_read_from_the_beginning_each_time(tmp_path: Path) -> None:
    """A file, a list and a table can be gone through again; an iterator says that it cannot."""
    path = tmp_path / "a.txt"
    path.write_text("t")
    for source in ([path], ROWS, path):
        documents = read_documents(source)
        assert list(documents) == list(documents) != []
        assert not documents.once
    assert read_documents(iter(ROWS)).once
    assert (5, 1, -1) == (
        length_hint(read_documents(ROWS), -1),
        length_hint(read_documents(path), -1),
        length_hint(read_documents(iter(ROWS)), -1),
    )


def test_texts_and_documents_are_what_they_are() -> None:
    """A list of texts is no list of files, and what is no row is left to whoever extracts."""
    assert ["a.txt", Document("x"), 3] == list(read_documents(["a.txt", Document("x"), 3]))
    assert not holds_documents(["a.txt"])
    with pytest.raises(InputError, match="dict holds 'train', 'test'; give one of them"):
        read_documents({"train": [], "test": []})
    with pytest.raises(InputError, match="there is no file"):
        read_documents("a text that is no file")


class Polars:
    """A frame that does as those of polars do."""

    columns = ("id", "text", "year")

    def __len__(self) -> int:
        return len(ROWS)

    def iter_rows(self, *, named: bool) -> Iterator[dict[str, Any]]:
        """The rows."""
        assert named
        return iter(ROWS)


class Lazy:
    """A frame that is not computed yet."""

    def collect(self) -> None:
        """Would compute it."""

    def collect_schema(self) -> None:
        """Would find its columns."""


def test_frames_are_known_by_what_they_do() -> None:
    """Nothing is imported for them; one that is not computed says what to do."""
    assert WANTED == list(read_documents(Polars()))
    assert 5 == length_hint(read_documents(Polars()))
    with pytest.raises(InputError, match=r"Lazy is not computed yet; give its collect\(\)"):
        read_documents(Lazy())
    with pytest.raises(InputError, match="Polars: no column 'body'"):
        read_documents(Polars(), text="body")


def test_frames_of_pandas() -> None:
    """Values are Python's own, and a cell without a text is told."""
    pandas = pytest.importorskip("pandas")
    assert WANTED == list(read_documents(pandas.DataFrame(ROWS)))
    assert ["row 2: field 'text' holds nan, not a string"] == told(
        read_documents(pandas.DataFrame({"text": ["a", float("nan")]}))
    )


def test_frames_of_polars() -> None:
    """The real ones, too."""
    polars = pytest.importorskip("polars")
    assert WANTED == list(read_documents(polars.DataFrame(ROWS)))


def test_tables_of_arrow_and_parquet(tmp_path: Path) -> None:
    """In memory, as a stream that is gone through once, and as files."""
    arrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    table = arrow.Table.from_pylist(ROWS)
    parquet.write_table(table, tmp_path / "a.parquet")
    assert WANTED == list(read_documents(table))
    reader = read_documents(table.to_reader())
    assert reader.once
    assert WANTED == list(reader)
    assert WANTED == list(read_documents(tmp_path / "a.parquet"))
    (tmp_path / "b.parquet").write_bytes(b"no table")
    (bad,) = told(read_documents(tmp_path / "b.parquet"))
    assert "is not a Parquet file, or is damaged" in bad
