"""Word files: paragraphs, headings, lists, tables and notes, and comments in a copy."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codeie import Document, Span
from codeie.documents import Limits, read
from codeie.documents.marking import Mark, mark_docx, original
from codeie.errors import InputError
from codeie.places import BlockKind

docx = pytest.importorskip("docx")

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
RUNS = st.lists(
    st.lists(st.sampled_from(["Tern", " ", "ß", "\t", "\n", "left Ska", "🚢"]), min_size=1).map(
        "".join
    ),
    max_size=4,
)


def saved(file: Any) -> bytes:
    """A file as bytes."""
    target = io.BytesIO()
    file.save(target)
    return target.getvalue()


def read_docx(data: bytes, **choices: Any) -> Document:
    """A Word file that is read."""
    return read(data, format="docx", **choices)


def log() -> Any:
    """A file with some of all."""
    file = docx.Document()
    file.add_heading("The Log", 0)
    file.add_heading("Spring", 2)
    paragraph = file.add_paragraph("The Tern left ")
    paragraph.add_run("Ska").bold = True
    paragraph.add_run("gen\tat noon.")
    file.add_paragraph("one", style="List Bullet")
    file.add_paragraph("two", style="List Number")
    table = file.add_table(2, 2)
    for at, said in enumerate(("Ship", "Masts", "Tern", "2\nor 3")):
        table.cell(at // 2, at % 2).text = said
    file.add_paragraph("The end.")
    file.sections[0].header.paragraphs[0].text = "a running head"
    file.core_properties.title = "A log"
    return file


def test_a_word_file_is_read_with_its_structure() -> None:
    """Headings, lists and tables as Markdown; a run's look is no part of the text."""
    document = read_docx(saved(log()))
    assert document.text == (
        "# The Log\n\n## Spring\n\nThe Tern left Skagen\tat noon.\n\n- one\n- two\n\n"
        "| Ship | Masts |\n| --- | --- |\n| Tern | 2 or 3 |\n\nThe end."
    )
    assert document.metadata["title"] == "A log"
    assert ["1 headers and footers of the file are left out."] == [
        one.message for one in document.diagnostics
    ]
    assert document.layout is not None
    assert [
        (BlockKind.HEADING, 1),
        (BlockKind.HEADING, 2),
        (BlockKind.PARAGRAPH, 0),
        (BlockKind.ITEM, 0),
        (BlockKind.ITEM, 0),
        (BlockKind.TABLE, 0),
        (BlockKind.ROW, 0),
        (BlockKind.ROW, 0),
        (BlockKind.PARAGRAPH, 0),
    ] == [(one.kind, one.level) for one in document.layout.blocks]
    for said, path, start in (
        ("Skagen", "body/p[3]", 14),
        ("or 3", "body/tbl[1]/tr[2]/tc[2]/p[1]", 2),
    ):
        at = document.text.index(said)
        (place,) = document.places(Span(at, at + len(said)))
        assert (path, start, start + len(said)) == (place.path, place.start, place.end)


def test_without_markdown_there_are_only_the_file_s_own_characters() -> None:
    """Cells are apart by tabs."""
    text = read_docx(saved(log()), markdown=False).text
    assert "one\ntwo\n\nShip\tMasts\nTern\t2 or 3\n\nThe end." in text
    assert "#" not in text


@settings(max_examples=5)
@given(st.lists(RUNS, min_size=1, max_size=3), st.data())
def test_a_comment_is_on_the_text_of_its_span(
    paragraphs: list[list[str]], data: st.DataObject
) -> None:
    """However runs are cut, what a comment is on is the span, and the text stays as it is."""
    file = docx.Document()
    for runs in paragraphs:
        paragraph = file.add_paragraph()
        for run in runs:
            paragraph.add_run(run)
    bytes_of = saved(file)
    document = read_docx(bytes_of)
    if not document.text:
        return
    spans = []
    for _ in range(2):
        start = data.draw(st.integers(0, len(document.text) - 1))
        spans.append(Span(start, data.draw(st.integers(start + 1, len(document.text)))))
    marks = [Mark(span, "x", f"note {at} «ß»", (1, 2, 3)) for at, span in enumerate(spans)]
    copy = mark_docx(original(document, "docx", bytes_of), marks)
    assert document.text == read_docx(copy).text
    wanted = [
        (f"note {at} «ß»", piece.start, piece.end, piece.path)
        for at, span in enumerate(spans)
        for piece in document.places(span)
    ]
    again = docx.Document(io.BytesIO(copy))
    found = []
    for comment in again.comments:
        starts = {
            one.get(f"{W}id"): one for one in again.element.body.iter(f"{W}commentRangeStart")
        }
        begin = starts[str(comment.comment_id)]
        paragraph = begin.getparent()
        before, inside, within = 0, 0, False
        for child in paragraph:
            if child is begin:
                within = True
            elif child.tag == f"{W}commentRangeEnd" and child.get(f"{W}id") == begin.get(f"{W}id"):
                break
            length = len(docx.text.run.Run(child, None).text) if child.tag == f"{W}r" else 0
            before, inside = before + length * (not within), inside + length * within
        number = [*again.element.body.iter(f"{W}p")].index(paragraph) + 1
        found.append((comment.text, before, before + inside, f"body/p[{number}]"))
    assert sorted(wanted) == sorted(found)


def test_footnotes_are_read_and_what_was_deleted_is_not() -> None:
    """Notes stand at the end; tracked deletions are told."""
    file = log()
    package = io.BytesIO(saved(file))
    with zipfile.ZipFile(package) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    note = "<w:footnote w:id='{}' {}><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:footnote>"
    separator = "w:type='separator'"
    parts["word/footnotes.xml"] = (
        f"<w:footnotes {space}>{note.format(0, separator, '---')}"
        f"{note.format(1, '', 'Seen by the keeper.')}</w:footnotes>"
    ).encode()
    parts["word/_rels/document.xml.rels"] = parts["word/_rels/document.xml.rels"].replace(
        b"</Relationships>",
        b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        b'relationships/footnotes" Target="footnotes.xml"/></Relationships>',
    )
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
        b"</Types>",
        b'<Override PartName="/word/footnotes.xml" ContentType="application/vnd.openxmlformats-'
        b'officedocument.wordprocessingml.footnotes+xml"/></Types>',
    )
    parts["word/document.xml"] = parts["word/document.xml"].replace(
        b"<w:t>The end.</w:t></w:r>",
        b"<w:t>The end.</w:t></w:r><w:del><w:r><w:delText>never</w:delText></w:r></w:del>",
    )
    document = read_docx(packed_again(parts))
    assert document.text.endswith("The end.\n\nSeen by the keeper.")
    assert "5 characters that were deleted with changes tracked of the file are left out." in [
        one.message for one in document.diagnostics
    ]
    (place,) = document.places(Span(len(document.text) - 7, len(document.text)))
    assert place.path == "footnotes/2/p[1]"


def packed_again(parts: dict[str, bytes]) -> bytes:
    """A packed folder of parts."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in parts.items():
            packed.writestr(name, data)
    return target.getvalue()


def test_files_that_are_made_to_harm_are_errors() -> None:
    """What unpacks to too much, is encrypted, names files of the machine, or is no Word file."""
    with zipfile.ZipFile(io.BytesIO(saved(log()))) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    bomb = packed_again({**parts, "word/media/a.bin": b"\0" * 5_000_000})
    assert len(bomb) < 100_000
    with pytest.raises(
        InputError, match=r"comes to 5,\d{3},\d{3} bytes in \d+ parts when unpacked"
    ):
        read_docx(bomb, limits=Limits(unpacked=2_000_000))
    with pytest.raises(InputError, match="is encrypted, or of Office before 2007"):
        read_docx(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    for data in (b"", b"PK\3\4", b"text"):
        with pytest.raises(InputError, match="is not a Word file, or is damaged"):
            read_docx(data)
    with pytest.raises(InputError, match=r"it has no part word/document\.xml"):
        read_docx(packed_again({"a": b""}))
    with pytest.raises(InputError, match="is a damaged Word file"):
        read_docx(packed_again({**parts, "word/document.xml": b"<w:document"}))
    entity = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname"><!ENTITY y "boom">]>'
    body = parts["word/document.xml"]
    start = body.index(b"<w:document")
    evil = entity + body[start:].replace(b"The end.", b"[&x;&y;]")
    with pytest.raises(InputError, match="declares entities, which no Word file does"):
        read_docx(packed_again({**parts, "word/document.xml": evil}))
