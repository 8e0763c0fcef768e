"""Cutting texts so that marks may overlap in any way."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from codeie.display._layout import Gap, Layer, Mark, Segment, Tag, lay_out
from codeie.display._windows import Window, windows
from codeie.types import Span

TEXT = "alpha beta gamma delta"


def _mark(words: str, label: str = "A", *parts: str) -> Mark:
    return Mark(_span(words), label, parts=tuple(_span(part) for part in parts))


def _span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, list[Mark]]:
    """A text with marks anywhere in it, some of them discontinuous."""
    text = draw(st.text(alphabet="ab \n\r", min_size=1, max_size=60))
    places = st.lists(st.integers(0, len(text)), min_size=2, max_size=4, unique=True).map(sorted)
    marks = []
    for number, at in enumerate(draw(st.lists(places, max_size=12))):
        ends = zip(at[::2], at[1::2], strict=False)
        pieces = [Span(start, end) for start, end in ends]
        parts = tuple(pieces) if len(pieces) > 1 else ()
        marks.append(
            Mark(Span(pieces[0].start, pieces[-1].end), f"L{number % 3}", str(number), "", parts)
        )
    return text, marks


@given(marked_texts(), st.integers(0, 70), st.integers(0, 10))
def test_the_pieces_are_the_whole_text(
    case: tuple[str, list[Mark]], limit: int, context: int
) -> None:
    """Segments and gaps follow each other without hole or overlap, from start to end."""
    text, marks = case
    pieces = lay_out(text, marks, limit=limit, context=context).pieces
    ends = [0, *(piece.end for piece in pieces)]
    assert ends[:-1] == [piece.start for piece in pieces]
    assert len(text) == ends[-1]
    assert all(piece.start < piece.end for piece in pieces)


@given(marked_texts())
def test_each_segment_has_the_marks_that_cover_it(case: tuple[str, list[Mark]]) -> None:
    """A mark is among the layers of exactly the segments that lie in one of its pieces."""
    text, marks = case
    layout = lay_out(text, marks)
    drawn = {layer.mark.key for piece in layout.pieces for layer in _layers(piece)}
    for piece in layout.pieces:
        place = Span(piece.start, piece.end)
        expected = {
            mark.key
            for mark in marks
            if mark.key in drawn and any(part.covers(place) for part in mark.pieces)
        }
        assert expected == {layer.mark.key for layer in _layers(piece) if not layer.joins}


@given(marked_texts())
def test_a_mark_keeps_its_level_and_shares_it_with_no_other(case: tuple[str, list[Mark]]) -> None:
    """Every mark has one level wherever it is, and no two marks of a segment have the same."""
    text, marks = case
    levels: dict[str, set[int]] = {}
    for piece in lay_out(text, marks).pieces:
        layers = _layers(piece)
        assert sorted({layer.level for layer in layers}) == [layer.level for layer in layers]
        for layer in layers:
            levels.setdefault(layer.mark.key, set()).add(layer.level)
    assert all(len(found) == 1 for found in levels.values())


@given(marked_texts())
def test_every_mark_is_opened_and_named_once(case: tuple[str, list[Mark]]) -> None:
    """Each drawn mark ends with one name, and has as many openings as pieces."""
    text, marks = case
    layout = lay_out(text, marks)
    named = [tag.mark.key for p in layout.pieces for tag in _closes(p) if tag.last]
    assert len(set(named)) == len(named)
    lost = sum("too many" in note for note in layout.notes)
    assert lost or sorted(mark.key for mark in marks) == sorted(named)
    opened = [mark.key for p in layout.pieces if isinstance(p, Segment) for mark in p.opens]
    closed = [tag.mark.key for p in layout.pieces for tag in _closes(p)]
    assert sorted(opened) == sorted(closed)


def _layers(piece: Segment | Gap) -> tuple[Layer, ...]:
    return piece.layers if isinstance(piece, Segment) else ()


def _closes(piece: Segment | Gap) -> tuple[Tag, ...]:
    return piece.closes if isinstance(piece, Segment) else ()


def test_crossing_marks_are_cut_where_they_cross() -> None:
    """Two marks that cross give three stretches: the first alone, both, the second alone."""
    one, two = _mark("alpha beta"), _mark("beta gamma", "B")
    layout = lay_out(TEXT, [two, one])
    assert (
        Segment(0, 6, (Layer(one, 0),), opens=(one,)),
        Segment(6, 10, (Layer(one, 0), Layer(two, 1)), opens=(two,), closes=(Tag(one),)),
        Segment(10, 16, (Layer(two, 1),), closes=(Tag(two),)),
        Segment(16, 22),
    ) == layout.pieces
    assert 2 == layout.levels


def test_a_nested_mark_lies_nearer_to_the_text() -> None:
    """The inner mark gets the first line, and its name comes before the outer one's."""
    outer, inner = _mark("alpha beta gamma"), _mark("gamma", "B")
    (first, second, _) = lay_out(TEXT, [outer, inner]).pieces
    assert isinstance(second, Segment)
    assert (Layer(inner, 0), Layer(outer, 1)) == second.layers
    assert (Tag(inner), Tag(outer)) == second.closes
    assert isinstance(first, Segment)
    assert (Layer(outer, 1),) == first.layers


def test_the_pieces_of_a_discontinuous_mark_are_joined() -> None:
    """Between two pieces the mark goes on as a joining layer; only the last piece is named."""
    mark = _mark("alpha beta gamma", "A", "alpha", "gamma")
    segments = lay_out(TEXT, [mark]).pieces
    assert (
        Segment(0, 5, (Layer(mark, 0),), opens=(mark,), closes=(Tag(mark, last=False),)),
        Segment(5, 11, (Layer(mark, 0, joins=True),)),
        Segment(11, 16, (Layer(mark, 0),), opens=(mark,), closes=(Tag(mark),)),
        Segment(16, 22),
    ) == segments


def test_marks_beyond_the_text_are_counted() -> None:
    """A mark that ends after the text is not drawn, and a note says so."""
    layout = lay_out("ab", [Mark(Span(1, 3), "A"), Mark(Span(0, 1), "A")])
    assert ("1 mark is not shown: outside the text.",) == layout.notes


def test_marks_that_lie_too_thick_are_counted() -> None:
    """Of more than eight marks at one place eight are drawn, and a note counts the rest."""
    layout = lay_out("abc", [Mark(Span(0, 2), f"L{number}") for number in range(10)])
    assert 8 == layout.levels
    assert ("2 marks are not shown: where too many lie to be drawn.",) == layout.notes


def test_a_long_text_is_shown_around_its_marks() -> None:
    """Of a text beyond the limit only the surroundings of marks are shown, cut between words."""
    text = "word " * 1000
    mark = Mark(Span(2500, 2504), "A")
    layout = lay_out(text, [mark], limit=100, context=12)
    gap, before, at, after, rest = layout.pieces
    assert (Gap(0, 2485), Gap(2519, 5000)) == (gap, rest)
    assert (2485, 2500) == (before.start, before.end)
    assert Segment(2500, 2504, (Layer(mark, 0),), (mark,), (Tag(mark),)) == at
    assert (2504, 2519) == (after.start, after.end)
    assert (
        "Shortened: 34 of 5,000 characters are shown, the surroundings of the marks.",
    ) == layout.notes


def test_a_long_text_without_marks_shows_its_beginning() -> None:
    """Without marks the beginning is shown, and the note says that it is that."""
    layout = lay_out("word " * 1000, [], limit=100)
    assert (Segment(0, 79), Gap(79, 5000)) == layout.pieces
    assert ("Shortened: 79 of 5,000 characters are shown, the beginning.",) == layout.notes


def test_marks_in_what_is_left_out_are_counted() -> None:
    """Marks that the limit leaves no room for are counted in a note."""
    marks = [Mark(Span(at, at + 4), "A") for at in (0, 1000, 2000, 3000)]
    layout = lay_out("word " * 1000, marks, limit=60, context=10)
    assert "1 mark is not shown: in the parts left out." == layout.notes[1]


@given(st.integers(0, 400), st.integers(0, 60), st.lists(st.integers(0, 380), max_size=6))
def test_windows_keep_to_the_limit(limit: int, context: int, starts: list[int]) -> None:
    """Windows are in order, apart from each other, inside the text and within the limit."""
    text = "some words of a text " * 19
    found = windows(text, [Span(at, at + 9) for at in starts], limit, context)
    shown = sum(window.end - window.start for window in found)
    assert shown <= limit
    assert all(one.end < two.start for one, two in pairwise(found))
    assert all(0 <= window.start <= window.end <= len(text) for window in found)


def test_a_mark_may_run_through_what_is_left_out() -> None:
    """A mark longer than the limit is shown as far as there is room, with its name there."""
    text = "word " * 1000
    mark = Mark(Span(0, 5000), "A")
    segment, gap = lay_out(text, [mark], limit=50).pieces
    assert Segment(0, 50, (Layer(mark, 0),), (mark,), (Tag(mark),)) == segment
    assert Gap(50, 5000) == gap


def test_a_short_text_is_one_window() -> None:
    """A text within the limit is shown whole, also the empty one."""
    assert (Window(0, 0),) == windows("", [], 10, 5)
    assert (Window(0, 3),) == windows("abc", [Span(0, 1)], 3, 0)


def test_a_text_without_spaces_is_cut_where_it_must_be() -> None:
    """Where no word ends nearby, the cut is exactly the context away from the mark."""
    assert (Window(490, 511),) == windows("x" * 1000, [Span(500, 501)], 100, 10)
