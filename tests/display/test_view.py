"""Texts with arcs in blocks, answers by lines, and the page around them."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from codeie.diagnostics import Code, Diagnostic, Position
from codeie.display import (
    Arc,
    Mark,
    Written,
    listing_html,
    page_end,
    page_section,
    page_start,
    pen_for,
    reader_html,
    view_html,
    visible,
)
from codeie.display._arcs import string_arcs
from codeie.display._blocks import blocks_of
from codeie.types import Span

HOSTILE = """</style></script><script>alert('x')</script>" onload="x" '&amp;<!--"""


class _Reader(HTMLParser):
    """What a browser would make of it: elements with attributes, and the text outside names."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.own = ""
        self.scripts: list[str] = []
        self.feed(source)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in {"input", "meta"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert tag == self.open.pop()

    def handle_data(self, data: str) -> None:
        if "script" in self.open:
            self.scripts.append(data)
        elif not {"bdi", "i", "style"} & set(self.open):
            self.own += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment got in: {data}")


def _classes(source: str) -> list[set[str]]:
    return [
        set((found["class"] or "").split())
        for _, found in _Reader(source).elements
        if "class" in found
    ]


def _mark(start: int, end: int, label: str = "A", item: int = 1) -> Mark:
    return Mark(Span(start, end), label, key=str(item), items=(item,))


@given(st.text(max_size=60), st.lists(st.integers(0, 58), max_size=6), st.text(max_size=5))
def test_the_whole_text_is_there_unchanged(text: str, starts: list[int], words: str) -> None:
    """Whatever is marked and joined, outside names and arcs there is the text, made visible."""
    marks = [_mark(at, at + 2, item=n) for n, at in enumerate(starts) if at + 2 <= len(text)]
    arcs = [Arc(0, at, "R", words, (9,)) for at in range(1, len(marks))]
    assert visible(text) == _Reader(reader_html(text, marks, arcs)).own


def test_long_texts_are_cut_at_line_breaks_outside_marks() -> None:
    """A block ends after the first line break past its length that no mark runs over."""
    text = "word word\n" * 600
    blocks = blocks_of(text, [_mark(1990, 2025)])
    assert [(0, 2030), (2030, 4040), (4040, 6000)] == blocks
    assert text == "".join(text[start:end] for start, end in blocks)


def test_a_text_without_a_break_is_cut_all_the_same() -> None:
    """At a space if there is one, else anywhere but inside a Windows line break."""
    assert [(0, 20_000), (20_000, 30_000)] == blocks_of("x" * 30_000, [])
    assert (0, 15_001) == blocks_of("x" * 15_000 + " " + "x" * 9_000, [])[0]
    assert (0, 19_999) == blocks_of("x" * 19_999 + "\r\n" + "x" * 9, [])[0]
    # A mark over everything does not keep it whole.
    assert (0, 2010) == blocks_of("word word\n" * 2500, [_mark(0, 25_000)])[0]
    assert [(0, 0)] == blocks_of("", [])


@given(st.lists(st.tuples(st.integers(0, 19), st.integers(0, 19)), max_size=25))
def test_arcs_of_one_height_do_not_run_over_each_other(pairs: list[tuple[int, int]]) -> None:
    """Two arcs of a block share a level only if one ends before the other starts."""
    marks = [_mark(at * 10, at * 10 + 4, item=at) for at in range(20)]
    arcs = [Arc(source, target, "R", "r") for source, target in pairs if source != target]
    drawn = dict.fromkeys(marks, 0)
    (strung,), anchors = string_arcs("word word " * 20, marks, arcs, [(0, 200)], drawn)
    for at, one in enumerate(strung):
        for other in strung[:at]:
            if one.level == other.level:
                assert one.second <= other.first or other.second <= one.first
        assert anchors[marks[one.first]].rows >= one.level


def test_an_arc_between_blocks_is_two_halves_that_name_each_other() -> None:
    """Each half runs off its block and says which mark the other end is at."""
    text = "Ada.\n" + "word word\n" * 300 + "Acme"
    marks = [_mark(0, 3, "Person", 1), _mark(len(text) - 4, len(text), "Firm", 2)]
    html = reader_html(text, marks, [Arc(0, 1, "WorksFor", items=(3,))])
    assert ["WorksFor → Firm 2", "WorksFor ← Person 1"] == re.findall("<b>(.*?)</b>", html)
    assert 2 == sum("codeie-half" in each for each in _classes(html))
    assert 1 == html.count('class="codeie-t"')


def test_arcs_in_texts_from_right_to_left_are_turned_round() -> None:
    """The paragraph of its first mark decides, by its first strong letter."""
    text = "1 Ada Acme\n1 עדה אקמה"
    marks = [_mark(2, 5), _mark(6, 10), _mark(13, 16), _mark(17, 21)]
    html = reader_html(text, marks, [Arc(0, 1, "R", items=(1,)), Arc(2, 3, "R", items=(2,))])
    arcs = [each for each in _classes(html) if "codeie-arc" in each]
    assert [False, True] == ["codeie-back" in each for each in arcs]


def test_arcs_that_cannot_be_drawn_are_counted() -> None:
    """One whose end is outside the text, and those above the twelfth level."""
    marks = [_mark(0, 1), _mark(1, 2), _mark(5, 9)]
    arcs = [Arc(0, 1, "R", str(number), (1,)) for number in range(13)]
    html = reader_html("abc", marks, [*arcs, Arc(0, 2, "R", items=(1,))])
    assert "2 connections are not drawn" in html
    assert "1 mark is not shown: outside the text." in html


def test_thousands_of_overlapping_marks_are_drawn_or_counted() -> None:
    """As many as have room under the text are drawn, and the output says how many are not."""
    html = reader_html("x" * 3000, [_mark(at, 3000, item=at) for at in range(2999)])
    assert "2,991 marks are not shown: where too many lie to be drawn." in html
    assert len(html) < 100_000


def test_hostile_strings_are_neither_elements_nor_rules() -> None:
    """Whatever labels, words, classes and texts hold, there is one script, and it is ours."""
    marks = [_mark(0, 3, HOSTILE, 1), _mark(4, 7, "B", 2)]
    reader = reader_html(HOSTILE, marks, [Arc(0, 1, HOSTILE, HOSTILE, (3,))])
    pen = pen_for([HOSTILE], [HOSTILE, "B"])
    wrong = [Diagnostic(Code.REPAIRED, HOSTILE, position=Position(1, 5, 1, 2))]
    listing = listing_html(HOSTILE, [Written(0, 9, 1, HOSTILE)], wrong, pen)
    read = _Reader(view_html([reader, listing], pen, {HOSTILE: 1, "B": 2}))
    (script,) = read.scripts
    (plain,) = _Reader(view_html([], pen, {})).scripts
    assert plain == script
    assert HOSTILE in read.own
    assert not {name for _, found in read.elements for name in found if name.startswith("on")}


# Answers.


@given(st.text(alphabet="ab\r\n(\"'#=", max_size=40), st.lists(st.integers(0, 45), max_size=3))
def test_an_answer_is_shown_unchanged(code: str, places: list[int]) -> None:
    """Outside the notes of diagnostics there is the answer, whatever the places."""
    wrong = [Diagnostic(Code.REPAIRED, "~", position=Position(at, at + 1, 1, 1)) for at in places]
    written = [Written(0, len(code), 1, "A")] if code else []
    html = listing_html(code, written, wrong, pen_for(["A"], []))
    notes = '<span style="display:block'
    kept = re.sub(f"{notes}.*?</span></span>", "", html)
    assert visible(code) == _Reader(kept).own.removeprefix("\n")
    assert sum(at <= len(code) for at in places) == html.count(notes)


def test_lines_know_their_items_and_what_was_wrong_stands_under_them() -> None:
    """A line has the numbers of all items in it; a diagnostic underlines its place."""
    code = "[A(1), A(2),\nA(\n3)]"
    written = [Written(1, 5, 1, "A"), Written(7, 11, 2, "A"), Written(13, 18, 3, "A")]
    wrong = [Diagnostic(Code.REPAIRED, "Odd.", position=Position(15, 17, 2, 3))]
    html = listing_html(code, written, wrong, pen_for(["A"], []))
    assert ["1 2", "3", "3"] == re.findall('class="codeie-line codeie-k0" data-i="([^"]*)"', html)
    after = (
        html.index("Odd.</span>")
        if "Odd.</span>" in html
        else html.index("Odd.", html.index("display:block"))
    )
    assert html.index('title="Odd."') < after < html.index("3", after)


# Pages.


def test_a_page_allows_no_script_but_its_own() -> None:
    """The policy of the page names the script by its hash, and forbids all that would be loaded."""
    page = page_start("<T>") + page_section(view_html([], pen_for([], []), {})) + page_end()
    read = _Reader(page.removeprefix("<!doctype html>"))
    policy = next(
        found["content"]
        for _, found in read.elements
        if "Content-Security" in str(found.get("http-equiv"))
    )
    assert re.fullmatch(
        "default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-[A-Za-z0-9+/]{43}='",
        policy or "",
    )
    assert "<title>&lt;T&gt;</title>" in page
    assert "://" not in page
    for word in ("innerHTML", "eval", "fetch", "document.write", "<!--", "</"):
        assert word not in read.scripts[0]
