"""Pages of PDFs as images: drawn, bounded, and each at its place in the text."""

from __future__ import annotations

import struct
import zlib

import pytest
from pdfs import made

from codeie.documents import read
from codeie.errors import InputError

pytest.importorskip("pypdfium2")

SHIP = (60.0, 700.0, 12.0, "The Tern left Skagen in the morning.")
QUAY = (60.0, 700.0, 12.0, "The quay was empty when they came back.")


def test_each_page_is_an_image_at_its_place() -> None:
    """A page's image stands where its text begins; one without text where the one before does."""
    document = read(made([[SHIP], [], [QUAY]]), format="pdf", images=True)
    assert [image.name for image in document.images] == ["page 1", "page 2", "page 3"]
    places = [image.at for image in document.images]
    assert places == [0, 0, document.text.index("The quay")]
    assert {(image.width, image.height) for image in document.images} == {(1109, 1568)}
    # A page that is shown is not lost, though it has no text.
    assert document.diagnostics == ()


def test_what_is_drawn_is_the_page() -> None:
    """The bytes are a whole PNG: white paper, and dark where the letters are."""
    image = read(made([[SHIP]]), format="pdf", images=True).images[0]
    (length,) = struct.unpack(">I", image.data[33:37])
    rows = zlib.decompress(image.data[41 : 41 + length])
    wide = 1 + 3 * image.width
    assert len(rows) == wide * image.height
    top = rows[: 100 * wide]
    band = rows[(842 - 712) * 1568 // 842 * wide : (842 - 698) * 1568 // 842 * wide]
    assert set(top) == {0, 255}  # each row's filter, and white
    assert sum(value < 60 for value in band) > 1_000


def test_a_scan_is_a_document_of_images() -> None:
    """A PDF without text can be read with its images, and the error without says so."""
    scan = made([[], []])
    with pytest.raises(InputError, match=r"no text; use OCR first, or .*images=True"):
        read(scan, format="pdf")
    document = read(scan, format="pdf", images=True)
    assert (document.text, len(document.images)) == ("", 2)
    assert [image.at for image in document.images] == [None, None]


def test_too_many_pages_are_an_error() -> None:
    """More pages than images may stand beside a text are not drawn."""
    with pytest.raises(InputError, match="has 101 pages, and at most 100 images"):
        read(made([[]] * 101), format="pdf", images=True)
