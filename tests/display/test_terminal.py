"""Marked texts, tables and diagnostics for the terminal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from codeie.diagnostics import Code, Diagnostic, Severity
from codeie.display import (
    Label,
    Mark,
    annotated_text,
    code_text,
    diagnostics_text,
    plain,
    table_text,
    visible,
)
from codeie.types import Span


def test_marks_are_bracketed_and_named() -> None:
    """Brackets and labels carry the meaning without colours, also where marks nest."""
    text = "The University of Leeds is old."
    marks = [Mark(Span(4, 23), "Organization", "1"), Mark(Span(18, 23), "Place", "2")]
    assert (
        "The [University of [Leeds](Place 2)](Organization 1) is old."
        == annotated_text(text, marks).plain
    )


def test_pieces_of_a_discontinuous_mark_point_to_its_end() -> None:
    """Each piece has brackets; only the last one has the name."""
    mark = Mark(Span(0, 5), "A", parts=(Span(0, 1), Span(4, 5)))
    assert "[a](…)b c[d](A)" == annotated_text("ab cd", [mark]).plain


def test_colours_agree_with_the_labels_order() -> None:
    """A label's colour is that of its place in the caller's list, in texts and in tables."""
    labels = ["Place", "Person"]
    text = annotated_text("ab", [Mark(Span(0, 1), "Person")], labels=labels)
    assert {"bold #e69f00", "underline #e69f00", "#e69f00"} == {str(s.style) for s in text.spans}
    # Not as it is written: rich keeps how it once wrote a style, with however many colours.
    drawn = Console(width=40).render(table_text(["class"], [(Label("Person"),)], labels=labels))
    styles = [one.style for one in drawn if one.text.strip() == "Person"]
    assert ["#e69f00"] == [style.color.name for style in styles if style and style.color]


def test_shortened_texts_say_so() -> None:
    """What is left out is counted where it was, and the note stands below."""
    text = annotated_text("word " * 2000, [Mark(Span(5000, 5004), "A")], limit=100, context=10)
    assert text.plain.startswith(" … 4,990 characters … ")
    assert text.plain.endswith("characters are shown, the surroundings of the marks.")


@given(st.text(max_size=60))
def test_no_text_controls_the_terminal(text: str) -> None:
    """Nothing that a text, label, cell or message holds reaches the terminal as a control."""
    mark = [Mark(Span(0, 1), text, text)] if text else []
    for renderable in (
        annotated_text(text, mark),
        table_text([text], [(text,), (Label(text),)], caption=text),
        diagnostics_text([Diagnostic(Code.REPAIRED, text, path=text)]),
        code_text(text),
    ):
        printed = plain(renderable, width=200)
        assert printed == visible(printed)


def test_tables_align_numbers_and_count_what_is_missing() -> None:
    """Columns of numbers are set to the right, and rows beyond the limit are counted."""
    table = table_text(["n", "x"], [(1, "a"), (1234, None), (0.5, "c")], caption="Things", limit=2)
    lines = [line.rstrip() for line in plain(table).splitlines()]
    assert [
        "Things",
        "",
        "     n   x",
        " ─────────",
        "     1   a",
        " 1,234",
        "",
        "1 more row is not shown.",
    ] == lines


def test_an_empty_table_has_its_headers() -> None:
    """Without rows the headers still stand."""
    assert "n" in plain(table_text(["n"], []))


def test_diagnostics_take_a_line_each() -> None:
    """First the count, then sign, message, code and path; beyond the limit a count."""
    diagnostics = [
        Diagnostic(Code.UNGROUNDED, "Not\nthere.", Severity.WARNING, path="$[0].name"),
        Diagnostic(Code.REPAIRED, "Closed."),
        Diagnostic(Code.EMPTY_TEXT, "Empty.", Severity.NOTE),
    ]
    assert (
        "3 diagnostics: 1 error, 1 warning, 1 note\n"
        "  ! Not there. [ungrounded] $[0].name\n"
        "  ✗ Closed. [repaired]\n"
        "  1 more diagnostic is not shown." == diagnostics_text(diagnostics, limit=2).plain
    )
    assert "" == diagnostics_text([]).plain


def test_code_keeps_its_text() -> None:
    """Code is coloured and otherwise unchanged; what is beyond the limit is counted."""
    assert "class A: pass" == code_text("class A: pass").plain
    assert "cla\n10 more characters are not shown." == code_text("class A: pass", limit=3).plain


def test_in_a_notebook_nothing_is_shown_beside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where rich would display by itself, the text is returned all the same, once."""
    monkeypatch.setattr("rich.console._is_jupyter", lambda: True)
    assert "class A" == plain(code_text("class A"))
