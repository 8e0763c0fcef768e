"""The places of pages are those of browsers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from codeie import Span
from codeie.documents import read
from codeie.documents.marking import Mark, mark_html, original

if TYPE_CHECKING:
    from playwright.sync_api import Page

PAGE = """<!doctype html><meta charset=utf-8><title>Log</title>
<h1>The   log of the <i>Tern</i> 🚢</h1><p title="it's > fine">She left
Ska&shy;gen &amp; came&nbsp;back.<br>Nobody<!-- no --> came. <b>one <p>two</b> three</p>
<table>moved<tr><td>a<td>b <b>c</b></table><ul><li>x<ul><li>y</ul><li>z</ul>
<pre>
a
  b &lt;</pre><o:p>odd</o:p><svg><text>drawn</text></svg><div hidden>no</div><p>end"""
CONTENT = """places => places.map(([path, start, end]) => {
    const element = document.querySelector(path);
    return element === null ? null : [...element.textContent].slice(start, end).join("");
})"""
VISIBLE = """() => [...document.querySelectorAll("mark.codeie")].map(one => [one.textContent,
    getComputedStyle(one).backgroundColor, one.getBoundingClientRect().width > 0, one.title])"""


def test_a_browser_finds_each_piece_by_its_path(
    opened: Callable[..., Page], tmp_path: Path
) -> None:
    """By querySelector, and offsets in the code points of the element's textContent."""
    pytest.importorskip("selectolax")
    path = tmp_path / "page.html"
    path.write_text(PAGE, encoding="utf-8")
    document = read(path)
    assert document.layout is not None
    pieces = document.layout.pieces
    found = opened(path).evaluate(
        CONTENT, [[one.place.path, one.place.start, one.place.end] for one in pieces]
    )
    assert [document.text[one.start : one.end].split() for one in pieces] == [
        (said or "").split() for said in found
    ]


def test_marks_are_seen_on_the_page(opened: Callable[..., Page], tmp_path: Path) -> None:
    """In their colour, with their note, around the text of the span and nothing else."""
    pytest.importorskip("selectolax")
    document = read(PAGE.encode(), format="html")
    at = document.text.index("Tern")
    mark = Mark(Span(at, document.text.index(" & came")), "x", 'a <b> "note"', (230, 159, 0))
    path = tmp_path / "marked.html"
    path.write_bytes(mark_html(original(document, "html", PAGE.encode()), [mark]))
    seen = opened(path).evaluate(VISIBLE)
    assert "".join("".join(text.split()) for text, *_ in seen) == "Tern🚢SheleftSkagen"
    assert {("rgba(230, 159, 0, 0.35)", True, 'a <b> "note"')} == {
        (colour, shown, note) for _, colour, shown, note in seen
    }
