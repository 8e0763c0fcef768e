"""Marked texts, tables and diagnostics as HTML."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codeie.diagnostics import Code, Diagnostic, Position, Severity
from codeie.display import (
    Label,
    Mark,
    annotated_html,
    code_html,
    colours,
    details_html,
    diagnostics_html,
    note_html,
    table_html,
    visible,
)
from codeie.types import Span

HOSTILE = """</div><script>alert('x')</script>" onload="x" '&amp;<!--"""
VOID = {"br", "meta"}


class _Reader(HTMLParser):
    """What a browser would make of it: text, elements with attributes, and whether it is sound."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text = ""
        self.own = ""  # the text outside labels
        self.feed(source)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert tag == self.open.pop()

    def handle_data(self, data: str) -> None:
        self.text += data
        if "bdi" not in self.open:
            self.own += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment got in: {data}")


def _only_ours(source: str) -> _Reader:
    """Read it, and check that only our own elements and attributes are there."""
    read = _Reader(source)
    for tag, attributes in read.elements:
        assert tag in {
            "div", "span", "bdi", "table", "caption", "thead", "tbody", "tr", "th", "td",
            "pre", "details", "summary",
        }  # fmt: skip
        assert set(attributes) <= {
            "aria-label", "dir", "open", "role", "style", "tabindex", "title",
        }  # fmt: skip
        assert "url(" not in (attributes.get("style") or "")
    return read


@given(st.text(max_size=40), st.text(max_size=10), st.lists(st.integers(0, 38), max_size=6))
def test_the_text_is_shown_unchanged(text: str, label: str, starts: list[int]) -> None:
    """Whatever the marks, the text outside the labels is the text, made visible."""
    marks = [Mark(Span(at, at + 2), label) for at in starts if at + 2 <= len(text)]
    read = _only_ours(annotated_html(text, marks))
    assert visible(text) == read.own


def test_hostile_strings_stay_text() -> None:
    """Markup in the text, a label, a key or a title is shown, never obeyed."""
    label, key = "<script>'\"&", "</bdi>"
    read = _only_ours(annotated_html(HOSTILE, [Mark(Span(0, 5), label, key, HOSTILE)]))
    assert HOSTILE == read.own
    assert f"{label}\xa0{key}" in read.text
    assert f"{label} {key}: {HOSTILE}" == read.elements[1][1]["title"]


def test_hostile_cells_stay_text() -> None:
    """Markup in headers, cells, labels, captions and names of a table is shown, never obeyed."""
    read = _only_ours(table_html([HOSTILE, "x"], [(HOSTILE, Label(HOSTILE))], caption=HOSTILE))
    assert HOSTILE == read.elements[0][1]["aria-label"]
    assert 4 * HOSTILE == read.text.replace("x" + HOSTILE, HOSTILE, 1)


def test_hostile_diagnostics_notes_and_code_stay_text() -> None:
    """Markup in diagnostics, notes, headings and code is shown, never obeyed."""
    diagnostic = Diagnostic(Code.REPAIRED, HOSTILE, excerpt=HOSTILE, path=HOSTILE)
    for source in (
        diagnostics_html([diagnostic]),
        note_html(HOSTILE, problem=True),
        details_html(HOSTILE, ""),
        code_html(HOSTILE),
    ):
        assert HOSTILE in _only_ours(source).text


def test_titles_keep_their_lines() -> None:
    """A line break in a title is written so that no parser folds it."""
    html = annotated_html("ab", [Mark(Span(0, 1), "A", title="one\ntwo")])
    assert 'title="A: one&#10;two"' in html


def test_every_mark_has_its_own_line() -> None:
    """A place under two marks is underlined twice, in two colours and at two heights."""
    html = annotated_html("abc", [Mark(Span(0, 2), "A"), Mark(Span(1, 3), "B")])
    both = [a["style"] for tag, a in _only_ours(html).elements if tag == "span"]
    assert any("#56b4e9;padding-bottom:0px" in (style or "") for style in both)
    assert any("#e69f00;padding-bottom:5px" in (style or "") for style in both)


def test_lines_go_on_under_the_labels_of_other_marks() -> None:
    """Where an inner mark's label stands, the outer mark is still underlined."""
    html = annotated_html("abc", [Mark(Span(0, 3), "outer"), Mark(Span(0, 1), "inner")])
    outer = 'border-bottom:3px solid #e69f00;padding-bottom:5px"><bdi title="inner"'
    assert outer in html


def test_discontinuous_marks_are_dotted_between_their_pieces() -> None:
    """The gap of a discontinuous mark has a thin dotted line and no background."""
    mark = Mark(Span(0, 5), "A", parts=(Span(0, 1), Span(4, 5)))
    html = annotated_html("ab cd", [mark])
    assert '<span title="A" style="border-bottom:1px dotted #56b4e9;padding-bottom:0px">b c' in html
    assert 1 == html.count(">A</bdi>")
    assert 1 == html.count(">⋯</bdi>")


def test_each_paragraph_finds_its_own_direction() -> None:
    """Right-to-left text is set right to left, and labels do not disturb its order."""
    html = annotated_html("מרים", [Mark(Span(0, 4), "Person")])
    assert html.startswith('<div dir="auto" style="white-space:pre-wrap;')
    assert "unicode-bidi:plaintext" in html
    assert "<bdi " in html


def test_what_is_left_out_is_said() -> None:
    """A shortened text shows how much is missing, where, and says so below."""
    html = annotated_html("word " * 2000, [Mark(Span(5000, 5004), "A")], limit=100, context=10)
    assert "⋯ 4,990 characters ⋯" in html
    assert "of 10,000 characters are shown, the surroundings of the marks." in html


def test_a_line_break_cut_in_two_is_one() -> None:
    """A mark that ends between the halves of a Windows line break draws it once."""
    html = annotated_html("a\r\nb", [Mark(Span(0, 2), "A")])
    assert "U+000D" not in html
    assert 1 == html.count("\n")


def test_labels_have_the_colour_of_their_place() -> None:
    """The caller's order of labels decides colours, so they agree between texts and tables."""
    labels = ["Place", "Person"]
    html = annotated_html("ab", [Mark(Span(0, 1), "Person")], labels=labels)
    table = table_html(["class"], [(Label("Person"),)], labels=labels)
    assert "#e69f00" in html
    assert "#e69f00" in table
    assert "#56b4e9" not in html + table


def test_long_labels_are_shortened_but_kept_in_the_title() -> None:
    """A very long label does not fill the page; its title has all of it."""
    html = annotated_html("ab", [Mark(Span(0, 1), "L" * 100)])
    assert f">{'L' * 47}…</bdi>" in html
    assert f'title="{"L" * 100}"' in html


def test_tables_set_numbers_apart_and_leave_nothing_for_none() -> None:
    """Numbers are set to the right with separators; ``None`` is an empty cell."""
    html = table_html(["n", "x", "f"], [(1234, None, 0.5)])
    assert re.search(r'<td style="[^"]*text-align:right[^"]*">1,234</td>', html)
    assert re.search(r'<td dir="auto" style="[^"]*"></td>', html)
    assert ">0.5</td>" in html


def test_long_tables_say_what_is_missing() -> None:
    """Rows beyond the limit are counted below the table."""
    html = table_html(["n"], [(number,) for number in range(5)], limit=2)
    assert 3 == html.count("<tr")
    assert "3 more rows are not shown." in html


def test_diagnostics_are_counted_and_folded() -> None:
    """The summary counts by severity; each entry has sign, message, code and place."""
    diagnostics = [
        Diagnostic(Code.UNGROUNDED, "Not there.", Severity.WARNING, path="$[0].name"),
        Diagnostic(Code.UNKNOWN_CLASS, "No such class.", position=Position(4, 9, 2, 1), excerpt="Persn("),
    ]  # fmt: skip
    read = _only_ours(diagnostics_html(diagnostics))
    assert (
        "2 diagnostics: 1 error, 1 warning"
        "! warning Not there. ungrounded · $[0].name"
        "✗ error No such class. unknown-class · line 2, column 1Persn("
    ) == read.text
    assert "open" not in read.elements[0][1]
    assert "open" in _only_ours(diagnostics_html(diagnostics, opened=True)).elements[0][1]


def test_no_diagnostics_are_no_html() -> None:
    """Where there is nothing to say, nothing is said."""
    assert "" == diagnostics_html([])


def test_very_many_diagnostics_are_counted() -> None:
    """Beyond the limit diagnostics are counted, not shown."""
    html = diagnostics_html([Diagnostic(Code.REPAIRED, "r")] * 5, limit=2)
    assert "5 diagnostics: 5 errors" in html
    assert "3 more diagnostics are not shown." in html


def test_code_is_coloured_by_kind() -> None:
    """Keywords, class names, strings, numbers and comments differ; the text is unchanged."""
    code = 'class A(B):\n    x: int = 3  # why\n    y = "s"\n'
    html = code_html(code)
    assert code == _only_ours(html).text
    assert '<span style="color:var(--codeie-keyword,#8e6bd8)">class</span>' in html
    assert '<span style="color:var(--codeie-name,#2f81d6);font-weight:600">A</span>' in html
    assert (
        '<span style="color:var(--codeie-comment,#7f7f7f);font-style:italic"># why</span>' in html
    )


@given(st.text(max_size=60) | st.text(alphabet='a\r\n#"', max_size=20))
def test_any_code_is_shown_whole(code: str) -> None:
    """Broken code, and text that is no code at all, is shown as it is."""
    assert visible(code) == _only_ours(code_html(code)).text


def test_code_brings_its_own_font() -> None:
    """Notebooks give <pre> a proportional font and break its words, so both are set inline."""
    diagnostic = Diagnostic(Code.REPAIRED, "r", excerpt="x = 1")
    for html in (code_html("x"), diagnostics_html([diagnostic])):
        (style,) = [a["style"] or "" for tag, a in _only_ours(html).elements if tag == "pre"]
        assert "monospace;" in style
        assert "word-break:normal" in style


def test_prose_is_not_coloured() -> None:
    """Words of a sentence are no keywords; without highlighting they stay as they are."""
    html = code_html("if there is none, return with <it>", highlight=False)
    assert "color:var" not in html
    assert "if there is none, return with &lt;it&gt;</pre>" in html


def test_long_code_says_what_is_missing() -> None:
    """Code beyond the limit is cut, and the output says by how much."""
    assert "90 more characters are not shown." in code_html("x" * 100, limit=10)


@pytest.mark.parametrize(
    ("hidden", "shown"),
    [
        ("\x00", "⟨U+0000⟩"),
        ("\x1b[31m", "⟨U+001B⟩[31m"),
        ("\x9b31m", "⟨U+009B⟩31m"),
        ("a\rb", "a⟨U+000D⟩b"),
        ("\u202e", "⟨U+202E⟩"),
        ("\ufeff", "⟨U+FEFF⟩"),
        ("\ud800", "⟨U+D800⟩"),
        ("\U000e0041", "⟨U+E0041⟩"),
        ("a\r\nb\tc", "a\nb\tc"),
        ("می\u200cخواهم 👩\u200d🔬", "می\u200cخواهم 👩\u200d🔬"),
    ],
)
def test_hidden_characters_become_visible(hidden: str, shown: str) -> None:
    """What would vanish or take over the terminal is spelled out; what scripts need stays."""
    assert shown == visible(hidden)


@given(st.text())
def test_everything_visible_can_be_written(text: str) -> None:
    """The result can be encoded, and making it visible again changes nothing."""
    shown = visible(text)
    assert shown == visible(shown)
    assert shown == shown.encode().decode()


def test_colours_are_those_of_the_place_in_the_list() -> None:
    """The first labels get different colours; later ones the same with another line."""
    names = [f"L{number}" for number in range(30)]
    found = colours([*names, "L0"])
    assert names == list(found)
    assert 7 == len({colour.hex for colour in found.values()})
    assert 28 == len(set(found.values()))
    assert ("#56b4e9", "solid") == (found["L0"].hex, found["L0"].line)
    assert ("#56b4e9", "dashed") == (found["L7"].hex, found["L7"].line)
    assert found["L0"] == found["L28"]
