"""Texts in any encoding, and Markdown."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codeie import Document, Span, read_documents
from codeie.documents import Limits, Unread, read
from codeie.errors import InputError
from codeie.places import BlockKind

GREEK = "Η γλώσσα των πλοίων είναι παλιά, και κανείς δεν τη μιλά πια στο λιμάνι.\n" * 8


@pytest.mark.parametrize("mark", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_says_the_encoding(mark: str) -> None:
    """It is believed, and is no part of the text."""
    document = read(GREEK.encode(mark), format="text")
    assert (GREEK, ()) == (document.text, document.diagnostics)


@pytest.mark.parametrize("encoding", ["cp1253", "iso8859_7"])
def test_an_encoding_that_nothing_says_is_guessed_and_told(encoding: str, tmp_path: Path) -> None:
    """The letters are right, and a diagnostic says which encoding was taken for it."""
    pytest.importorskip("charset_normalizer")
    path = tmp_path / "a.txt"
    path.write_bytes(GREEK.encode(encoding))
    document = read(path)
    (told,) = document.diagnostics
    assert GREEK == document.text
    assert told.code == "guessed-encoding"
    assert str(path) in told.message
    assert GREEK == read(path, encoding=encoding).text  # and with it named, nothing is guessed
    assert () == read(path, encoding=encoding).diagnostics


def test_a_few_odd_bytes_are_not_enough_to_guess() -> None:
    """They are an error with their place, or U+FFFD where that is wanted."""
    with pytest.raises(InputError, match="the file is not utf-8: byte 0xff at offset 3"):
        read(b"Ada\xff", format="text")
    assert "Ada�" == read(b"Ada\xff", format="text", errors="replace").text


@given(st.text(max_size=200))
def test_markdown_keeps_its_text_and_tells_its_blocks(text: str) -> None:
    """Whatever it holds, the text is as given, and each block lies in it."""
    document = read(text.encode("utf-8", "replace"), format="markdown")
    assert text.encode("utf-8", "replace").decode() in (document.text, "\ufeff" + document.text)
    assert document.layout is not None
    for block in document.layout.blocks:
        assert 0 <= block.start < block.end <= len(document.text)


def test_the_blocks_of_markdown() -> None:
    """Headings with their level, lists with theirs, tables with their rows, code."""
    text = "# Log\r\n\r\nAt sea.\r\n\r\n- one\r\n  - two\r\n\r\n|a|b|\r\n|-|-|\r\n|1|2|\r\n\r\n```\ncode\n```\n"
    layout = read(text.encode(), format="markdown").layout
    assert layout is not None
    assert [
        (BlockKind.HEADING, 1, "# Log"),
        (BlockKind.PARAGRAPH, 0, "At sea."),
        (BlockKind.ITEM, 0, "- one\r\n  - two"),
        (BlockKind.ITEM, 1, "  - two"),
        (BlockKind.TABLE, 0, "|a|b|\r\n|-|-|\r\n|1|2|"),
        (BlockKind.ROW, 0, "|a|b|"),
        (BlockKind.ROW, 0, "|1|2|"),
        (BlockKind.CODE, 0, "```\ncode\n```"),
    ] == [(one.kind, one.level, text[one.start : one.end].strip("\r\n")) for one in layout.blocks]


def test_one_document_is_asked_for_where_there_are_many(tmp_path: Path) -> None:
    """`read` gives one, and says where to go for more; what cannot be read is raised."""
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "x"}\n{"text": "y"}\n')
    with pytest.raises(InputError, match=r"more than one document; go through read_documents"):
        read(path)
    with pytest.raises(InputError, match="no document"):
        read(_written(tmp_path / "b.jsonl", b""))
    with pytest.raises(InputError, match="not JSON"):
        read(_written(tmp_path / "c.jsonl", b"{\n"))
    with pytest.raises(InputError, match="there is no format 'word'; there are auto, text"):
        read(b"", format="word")
    with pytest.raises(InputError, match='say format="html" or another'):
        read(b"")
    with pytest.raises(InputError, match="jsonl holds many documents"):
        read(b"", format="jsonl")


def _written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def test_a_file_is_bounded(tmp_path: Path) -> None:
    """One that is larger, or has more text, than the limits say is a failure of its own."""
    path = _written(tmp_path / "a.txt", b"x" * 100)
    (unread,) = read_documents(path, limits=Limits(bytes=99))
    assert isinstance(unread, Unread)
    assert f"{path} is larger than 99 bytes; split it into documents" == str(unread.error)
    with pytest.raises(InputError, match="holds more than 99 characters of text"):
        read(path, limits=Limits(characters=99))
    assert isinstance(read(path, limits=Limits(characters=100)), Document)


def test_a_text_is_its_own_place() -> None:
    """Offsets in the decoded file are those of the text."""
    (place,) = read("Übersee".encode(), format="text").places(Span(1, 5))
    assert ("text", 1, 5, (1, 5)) == (place.kind, place.start, place.end, place.source)
