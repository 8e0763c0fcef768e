"""The basic values."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codeie import Document, Entity, NotInText, Span

spans = st.tuples(st.integers(0, 30), st.integers(1, 10)).map(lambda p: Span(p[0], p[0] + p[1]))


@pytest.mark.parametrize(("start", "end"), [(0, 0), (3, 2), (-1, 4)])
def test_a_span_is_never_empty_or_negative(start: int, end: int) -> None:
    """A place that covers nothing cannot be made."""
    with pytest.raises(ValueError, match=r"0 <= start < end, got \("):
        Span(start, end)


@given(spans, spans)
def test_overlap_and_cover_agree_with_sets(one: Span, other: Span) -> None:
    """Two spans overlap, and one covers the other, exactly when their code points say so."""
    left, right = set(range(one.start, one.end)), set(range(other.start, other.end))
    assert bool(left & right) == one.overlaps(other)
    assert (right <= left) == one.covers(other)
    assert len(left) == len(one)


def test_a_span_gives_back_its_piece_of_the_text() -> None:
    """Offsets count code points, so a character outside the BMP counts once."""
    assert Span(2, 5).of("🚢 Ada") == "Ada"


def test_markers_leave_dataclasses_as_they_are() -> None:
    """A marker adds neither fields nor a dictionary to a class with slots."""

    @dataclass(slots=True)
    class Ship(Entity):
        name: str

    assert not hasattr(Ship("Fram"), "__dict__")


def test_a_document_may_have_a_name_and_more() -> None:
    """Documents carry an id and metadata along."""
    assert Document("x") == Document("x", None, {})
    assert repr(NotInText) == "NotInText"
