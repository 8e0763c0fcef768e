"""PDFs: reading order, what stands around the text, and the way back to the page."""

from __future__ import annotations

import io
import pickle
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pdfs import made, typeset

from codeie import Document, Span
from codeie.documents import Limits, read
from codeie.documents.marking import Mark, mark_pdf, original
from codeie.errors import InputError
from codeie.places import BlockKind

pdfium = pytest.importorskip("pypdfium2")

WORDS = [
    "the",
    "harbour",
    "watch",
    "lighthouse",
    "keeper",
    "signal",
    "barometer",
    "falling",
    "captain",
    "ordered",
    "navigation",
    "afternoon",
    "Skagen",
    "Tern",
    "Lotta",
    "anchored",
    "provisions",
    "overboard",
    "lantern",
    "schooner",
    "midnight",
]


def prose(seed: int, paragraphs: int, words: int) -> list[str]:
    """Paragraphs that say something else each."""
    random = Random(seed)  # noqa: S311
    return [
        " ".join([f"Entry{number}", *random.choices(WORDS, k=words)]) + "."
        for number in range(paragraphs)
    ]


def read_pdf(data: bytes, **choices: Any) -> Document:
    """A PDF that is read."""
    return read(data, format="pdf", **choices)


@cache
def drawn(data: bytes) -> list[list[tuple[str, float, float]]]:
    """The characters that PDFium draws on each page, with their middles."""
    pages = []
    for page in pdfium.PdfDocument(data):
        textpage = page.get_textpage()
        characters = []
        for at in range(textpage.count_chars()):
            left, bottom, right, top = textpage.get_charbox(at)
            # What PDFium gives for a hyphen at the end of a line.
            said = textpage.get_text_range(at, 1).replace("\ufffe", "-")
            characters.append((said, (left + right) / 2, (bottom + top) / 2))
        pages.append(characters)
    return pages


def under(data: bytes, document: Document, span: Span) -> str:
    """What is drawn in the boxes of a span: the characters whose middle is in one."""
    said = ""
    for place in document.places(span):
        assert place.page is not None
        for box in place.boxes:
            said += "".join(
                character
                for character, x, y in drawn(data)[place.page - 1]
                if box.left <= x <= box.right and box.bottom <= y <= box.top
            )
    return "".join(said.split())


@cache
def read_typeset(seed: int, columns: int) -> tuple[bytes, Document]:
    """A PDF of some pages, and what is read of it."""
    data, _ = typeset(prose(seed, 2, 40), columns, 12)
    return data, read_pdf(data)


@pytest.mark.parametrize("columns", [1, 2])
@pytest.mark.parametrize("seed", range(3))
def test_text_is_in_reading_order(columns: int, seed: int) -> None:
    """Of one and two columns, over pages, without running heads, with broken words made whole."""
    data, text = typeset(prose(seed, 8, 70), columns)
    document = read_pdf(data)
    assert text.split() == document.text.split()
    told = [one.message for one in document.diagnostics]
    assert "running heads and page numbers of the file are left out, such as" in told[0]
    assert "The Log of the Tern" in told[0]
    assert "hyphens that break words at the ends of lines of the file are left out." in told[1]


@given(st.integers(0, 9), st.sampled_from([1, 2]), st.data())
def test_the_text_under_the_boxes_is_that_of_the_span(
    seed: int, columns: int, data: st.DataObject
) -> None:
    """Any stretch leads back to boxes with just its characters in them, in its order."""
    file, document = read_typeset(seed, columns)
    start = data.draw(st.integers(0, len(document.text) - 2))
    span = Span(start, data.draw(st.integers(start + 1, min(start + 200, len(document.text)))))
    assert "".join(span.of(document.text).split()) == under(file, document, span)


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_a_page_that_is_turned_is_read_as_it_is_seen(turned: int) -> None:
    """Its lines are in the order in which they are seen, and the boxes are those of the page."""
    data, text = typeset(prose(1, 2, 60), 1)
    source = pdfium.PdfDocument(data)
    for page in source:
        page.set_rotation(turned)
    target = io.BytesIO()
    source.save(target)
    document = read_pdf(target.getvalue())
    if not turned:  # a text that is drawn upright and turned is read from another side
        assert text.split() == document.text.replace("The Log of the Tern", "").split()[:-1]
    at = document.text.index("lighthouse")
    span = Span(at, at + 10)
    assert under(target.getvalue(), document, span) == "lighthouse"


def test_headings_and_paragraphs_are_told() -> None:
    """What is larger is a heading, by its size; lines of a paragraph are put together."""
    body = [
        (60, 700 - 14 * at, 11, "The keeper of the light wrote all that he saw on this day,")
        for at in range(3)
    ]
    page = [(60, 780, 20, "The Log"), (60, 740, 14, "Spring"), *body, (60, 640, 11, "A last line.")]
    document = read_pdf(made([page]))
    line = body[0][3]
    assert f"# The Log\n\n## Spring\n\n{line} {line} {line}\n\nA last line." == document.text
    assert document.layout is not None
    assert [
        (BlockKind.HEADING, 1),
        (BlockKind.HEADING, 2),
        (BlockKind.PARAGRAPH, 0),
        (BlockKind.PARAGRAPH, 0),
    ] == [(one.kind, one.level) for one in document.layout.blocks]
    assert (
        document.text.replace("#", "").split()
        == read_pdf(made([page]), markdown=False).text.split()
    )


def test_rows_of_a_table_are_read_row_by_row() -> None:
    """Short cells under each other are no columns of a text."""
    rows = [
        ("Ship", "Port", "Masts"),
        ("Tern", "Skagen", "2"),
        ("Lotta", "Ribe", "3"),
        ("Auk", "Mandal", "1"),
    ]
    page = [
        (60 + 170 * column, 700 - 16 * row, 11, cell)
        for row, cells in enumerate(rows)
        for column, cell in enumerate(cells)
    ]
    assert "\n".join("\t".join(cells) for cells in rows) == read_pdf(made([page])).text


def test_a_word_that_has_a_hyphen_elsewhere_keeps_it() -> None:
    """Only a hyphen that breaks a word is left out, and the word is then one piece of each line."""
    lines = [
        "A well-known light, and one that was well-",
        "known long before; the cap-",
        "tain saw it.",
    ]
    document = read_pdf(made([[(60, 700 - 14 * at, 11, line) for at, line in enumerate(lines)]]))
    assert "one that was well-known long before" in document.text
    assert "the captain saw it." in document.text
    at = document.text.index("captain")
    (place,) = document.places(Span(at, at + 7))
    assert (1, 2) == (place.page, len(place.boxes))


def test_a_pdf_without_text_says_what_to_do() -> None:
    """And one with some empty pages tells which."""
    with pytest.raises(
        InputError,
        match="this PDF has no text; use OCR first, or a model that sees and read\\(…, images=True\\)",
    ):
        read_pdf(made([[], []]))
    document = read_pdf(made([[(60, 700, 11, "The Tern")], [], []]))
    assert "The Tern" == document.text
    (told,) = document.diagnostics
    assert told.message.startswith("2 of 3 pages of the file have no text (2, 3)")


def test_an_encrypted_pdf_is_an_error() -> None:
    """It says so; so does what is no PDF at all, whatever it is."""
    with pytest.raises(InputError, match="the file is encrypted; give a copy without a password"):
        read_pdf(made([[(60, 700, 11, "secret")]], encrypt="word"))
    whole = made([[(60, 700, 11, "The Tern")]])
    random = Random(7)  # noqa: S311
    for data in (b"", b"%PDF-1.7", b"PK\3\4", random.randbytes(2000)):
        with pytest.raises(InputError, match="is not a PDF, or is damaged"):
            read_pdf(data)
    for _ in range(20):
        broken = bytearray(whole)
        for _ in range(random.randrange(1, 30)):
            broken[random.randrange(len(broken))] = random.randrange(256)
        try:
            read_pdf(bytes(broken[: random.randrange(100, len(broken) + 1)]))
        except InputError as error:
            assert "\n" not in str(error)  # noqa: PT017 - some are read


def test_a_pdf_is_bounded() -> None:
    """In pages, in text and in time."""
    data = made([[(60, 700, 11, "The Tern")]] * 3)
    with pytest.raises(InputError, match="the file has more than 2 pages"):
        read_pdf(data, limits=Limits(pages=2))
    with pytest.raises(InputError, match="holds more than 20 characters of text"):
        read_pdf(data, limits=Limits(characters=20))
    with pytest.raises(InputError, match="takes more than 0 seconds to read"):
        read_pdf(data, limits=Limits(seconds=0))


def test_highlights_are_on_the_copy_where_the_text_is(tmp_path: Path) -> None:
    """Each has the boxes of its span and its note; the text is the same, the page is coloured."""
    data, _ = typeset(prose(3, 2, 40), 2, 12)
    document = read_pdf(data)
    at = document.text.index("Entry1")
    mark = Mark(Span(at, at + 60), "Entry", "Entry: «Ægir» 🚢", (230, 159, 0))
    copy = mark_pdf(original(document, "pdf", data), [mark])
    assert document.text == read_pdf(copy).text
    raw, found = pdfium.raw, []
    before, after = pdfium.PdfDocument(data), pdfium.PdfDocument(copy)
    for number, page in enumerate(after):
        for index in range(raw.FPDFPage_GetAnnotCount(page.raw)):
            annotation = raw.FPDFPage_GetAnnot(page.raw, index)
            quads = raw.FPDFAnnot_CountAttachmentPoints(annotation)
            size = raw.FPDFAnnot_GetStringValue(annotation, b"Contents", None, 0)
            buffer = (pdfium.raw.FPDF_WCHAR * (size // 2))()
            raw.FPDFAnnot_GetStringValue(annotation, b"Contents", buffer, size)
            found.append((number + 1, quads, bytes(buffer).decode("utf-16-le").rstrip("\0")))
            raw.FPDFPage_CloseAnnot(annotation)
    assert [
        (place.page, len(place.boxes), mark.note) for place in document.places(mark.span)
    ] == found
    page = found[0][0] - 1
    assert before[page].render().to_numpy().sum() != after[page].render().to_numpy().sum()


def test_pdfs_that_a_package_makes_lead_back_to_their_pages() -> None:
    """Another maker with fonts of its own: each word of its text is under its boxes."""
    figure = pytest.importorskip("matplotlib.figure").Figure()
    axes = figure.subplots()
    axes.set_title("Ships seen off Skagen")
    axes.set_xlabel("day of the voyage")
    axes.text(0.2, 0.5, "the Tern")
    target = io.BytesIO()
    figure.savefig(target, format="pdf")
    document = read_pdf(target.getvalue())
    for said in ("Ships seen off Skagen", "day of the voyage", "the Tern"):
        at = document.text.index(said)
        assert said.replace(" ", "") == under(target.getvalue(), document, Span(at, at + len(said)))


def test_boxes_are_the_same_however_they_are_held(monkeypatch: pytest.MonkeyPatch) -> None:
    """Looked up in the file, of all pages kept, in copies, and for many threads at once."""
    data, document = read_typeset(2, 2)
    spans = [Span(at, at + 40) for at in range(0, len(document.text) - 40, 300)]
    places = [document.places(span) for span in spans]
    assert all(place.boxes for each in places for place in each)
    monkeypatch.setattr("codeie.documents.readers.pdf._LARGE", 0)
    monkeypatch.setattr("codeie.documents.readers.pdf_boxes._PAGES", 1)
    kept = read_pdf(data)
    copies = [pickle.loads(pickle.dumps(one)) for one in (document, kept)]  # noqa: S301 - our own
    for other in (kept, *copies):
        with ThreadPoolExecutor(4) as threads:
            assert places == list(threads.map(other.places, spans))
