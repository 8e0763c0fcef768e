"""The layout of a document: where each stretch of its text stands in the file."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from codeie import Document, Span
from codeie.documents._content import Content
from codeie.documents._writing import Writing
from codeie.places import Block, BlockKind, Box, Place, PlaceKind

# What a reader writes: a stretch of the file, or something of its own.
WRITTEN = st.lists(
    st.tuples(st.booleans(), st.text("abc\n", min_size=1, max_size=6)), min_size=1, max_size=12
)


def written(parts: list[tuple[bool, str]]) -> tuple[Document, str]:
    """A document whose pieces stand one after the other in a file, and the text of that file."""
    writing, file = Writing(Content("a", b""), "text"), ""
    for quoted, text in parts:
        if quoted:
            place = Place(PlaceKind.TEXT, "", len(file), len(file) + len(text))
            writing.quote(text, place)
            file += text
        else:
            writing.say(text)
    return writing.document("a"), file


@given(WRITTEN, st.data())
def test_places_hold_what_the_span_has_of_the_file(
    parts: list[tuple[bool, str]], data: st.DataObject
) -> None:
    """Of any stretch, the places have exactly its code points that were not written by a reader."""
    document, file = written(parts)
    start = data.draw(st.integers(0, len(document.text) - 1))
    end = data.draw(st.integers(start + 1, len(document.text)))
    own, at = "", 0
    for quoted, text in parts:
        own += text[max(0, start - at) : max(0, end - at)] if quoted else ""
        at += len(text)
    places = document.places(Span(start, end))
    assert own == "".join(file[place.start : place.end] for place in places)


@given(WRITTEN, st.data())
def test_what_is_kept_of_a_document_keeps_its_places(
    parts: list[tuple[bool, str]], data: st.DataObject
) -> None:
    """A character that is kept has the place that it had."""
    document, _ = written(parts)
    keep = [data.draw(st.booleans()) for _ in document.text]
    spans = [Span(at, at + 1) for at, kept in enumerate(keep) if kept]
    short = document.kept(spans)
    assert "".join(span.of(document.text) for span in spans) == short.text
    assert [document.places(span) for span in spans] == [
        short.places(Span(at, at + 1)) for at in range(len(spans))
    ]


class Typed:
    """Glyphs of a page with two lines, of 8 characters and of all others."""

    def around(self, page: int, start: int, end: int) -> tuple[Box, ...]:
        """One box, as the characters stand in one line."""
        assert page == 2
        left, bottom = (0, 20) if start < 8 else (9, 10)
        return (Box(start - left, bottom, end - left, bottom + 8),)


def test_a_stretch_on_a_page_has_a_box_for_each_line() -> None:
    """Its characters' boxes are put together line by line, and a page is one place."""
    writing = Writing(Content("a", b""), "pdf")
    writing.glyphs = Typed()

    def line(text: str) -> None:
        place = Place(PlaceKind.PAGE, "2", writing.length, writing.length + len(text))
        writing.quote(text, place)

    line("The Tern")
    writing.say(" ")
    line("left.")
    (place,) = writing.document("a").places(Span(4, 11))
    assert (2, (Box(4, 20, 8, 28), Box(0, 10, 2, 18))) == (place.page, place.boxes)
    (kept,) = writing.document("a").kept([Span(5, 12)]).places(Span(0, 3))
    assert (Box(5, 20, 8, 28),) == kept.boxes


def test_blocks_are_those_of_what_is_kept() -> None:
    """A block that is cut is as long as what is left of it; one that is left out is gone."""
    writing = Writing(Content("a", b""), "text")
    for kind in (BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.TABLE):
        with writing.block(kind, 1):
            writing.say("abcd")
    layout = writing.document("a").kept([Span(2, 4), Span(10, 12)]).layout
    assert layout is not None
    assert (Block(0, 2, BlockKind.HEADING, 1), Block(2, 4, BlockKind.TABLE, 1)) == layout.blocks
