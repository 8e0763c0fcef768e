"""Images beside a text: what their headers say, what is refused, and which piece they go with."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pictures import gif, jpeg, png, webp

from codeie import Document, Image, Span
from codeie.errors import InputError
from codeie.images import as_images

sizes = st.integers(1, 9_000)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (png(40, 30), "image/png"),
        (jpeg(40, 30), "image/jpeg"),
        (jpeg(40, 30, b"\xff\xff\xff\xdb\x00\x03a\xff\x01"), "image/jpeg"),
        (gif(40, 30), "image/gif"),
        (webp("VP8 ", 40, 30), "image/webp"),
        (webp("VP8L", 40, 30), "image/webp"),
        (webp("VP8X", 40, 30), "image/webp"),
    ],
)
def test_headers_say_kind_and_size(data: bytes, kind: str) -> None:
    """Of each kind of image the header is read, whatever stands before the size."""
    image = Image(data)
    assert (image.media_type, image.width, image.height) == (kind, 40, 30)
    assert image.data_url == f"data:{kind};base64,{base64.b64encode(data).decode()}"


@given(sizes, sizes, st.sampled_from(["VP8 ", "VP8L", "VP8X", "jpeg", "gif"]))
def test_any_size_is_read(width: int, height: int, kind: str) -> None:
    """The size is what was written, for all sizes."""
    make = {"jpeg": jpeg, "gif": gif}.get(kind) or (lambda w, h: webp(kind, w, h))
    image = Image(make(width, height))
    assert (image.width, image.height) == (width, height)


@given(st.sampled_from([png(), jpeg(4, 3), gif(4, 3), webp("VP8X", 4, 3)]), st.data())
def test_damaged_bytes_are_one_error(data: bytes, draw: st.DataObject) -> None:
    """However the bytes are cut or changed, an image comes of them or an `InputError`."""
    damaged = bytearray(data[: draw.draw(st.integers(0, len(data)))])
    for place in draw.draw(st.lists(st.integers(0, max(0, len(damaged) - 1)), max_size=4)):
        if damaged:
            damaged[place] = draw.draw(st.integers(0, 255))
    try:
        image = Image(bytes(damaged))
    except InputError:
        return
    assert image.width > 0
    assert image.height > 0


def test_what_is_refused(tmp_path: Path) -> None:
    """What is no image, is too large, is empty or is somewhere else is an error that says so."""
    with pytest.raises(InputError, match="not an image that models take"):
        Image(b"<svg xmlns='http://www.w3.org/2000/svg'/>")
    with pytest.raises(InputError, match="does not say how large"):
        Image(png()[:18])
    with pytest.raises(InputError, match="does not say how large"):
        Image(gif(0, 3))
    with pytest.raises(InputError, match="50,000 x 50,000 pixels; the most is 100,000,000"):
        Image(gif(50_000, 50_000))
    with pytest.raises(InputError, match="the most is 20,971,520"):
        Image(bytes(20 * 2**20 + 1))
    with pytest.raises(InputError, match="is an address, and images are never fetched"):
        Document("A ship.", images=["https://example.org/ship.png"])  # type: ignore[list-item]
    with pytest.raises(InputError, match="is an address"):
        Image.read(Image(png()).data_url)
    with pytest.raises(InputError, match="cannot be read"):
        Image.read(tmp_path / "none.png")
    with pytest.raises(InputError, match="images are a list, got bytes"):
        as_images(png())  # type: ignore[arg-type]
    with pytest.raises(InputError, match="or a path, got int"):
        as_images([7])  # type: ignore[list-item]
    with pytest.raises(InputError, match="more than 100 images"):
        as_images([png()] * 101)
    with pytest.raises(InputError, match="is the bytes of its file, got str"):
        Image("ship.png")  # type: ignore[arg-type]


def test_a_document_takes_paths_bytes_and_images(tmp_path: Path) -> None:
    """A path is read, bytes are taken, and what a document has are images; a file has its name."""
    file = tmp_path / "ship.png"
    file.write_bytes(png(shade=1))
    document = Document("A ship.", images=[file, png(shade=2), Image(png(shade=3), "A tern")])  # type: ignore[list-item]
    assert [image.name for image in document.images] == ["ship.png", "", ""]
    assert repr(document.images[2]) == "Image('image/png', 4 x 3, caption='A tern')"
    assert len({image.sha256 for image in document.images}) == 3
    assert document != Document("A ship.")


def test_pieces_have_the_images_that_stand_in_them() -> None:
    """An image goes with the piece that it stands in, moved along; one of no place with all."""
    here, there, all_over = Image(png(), at=4), Image(png(), at=12), Image(png())
    document = Document("The Tern left Skagen.", images=[here, there, all_over])
    first, second = document.part(Span(0, 9)), document.part(Span(9, 21))
    assert [image.at for image in first.images] == [4, None]
    assert [image.at for image in second.images] == [3, None]
    assert [image.at for image in document.kept([Span(0, 3), Span(8, 21)]).images] == [7, None]
