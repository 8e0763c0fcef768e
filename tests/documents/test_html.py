"""Pages: the visible text, what is what in it, and the way back to the source and the element."""

from __future__ import annotations

import html
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codeie import Document, Span
from codeie.documents import Limits, read
from codeie.documents.marking import Mark, mark_html, original
from codeie.errors import InputError
from codeie.places import BlockKind

pytest.importorskip("selectolax")

WORD = st.sampled_from(
    [
        "Tern",
        "left",
        "&amp;",
        "&lt;b&gt;",
        "&nbsp;x",
        "it's",
        '"so"',
        "ß",
        "&notin;",
        "&#128674;",
        "&bogus;",
        "a&b",
        "x́",
        "1 < 2",
        "\r\n",
        "&#xD;",
        "&NotEqualTilde;",
        "\x00",
        "&shy;",
    ]
)
TAG = st.sampled_from(
    [
        "p",
        "div",
        "b",
        "i",
        "li",
        "ul",
        "ol",
        "table",
        "tr",
        "td",
        "th",
        "h2",
        "pre",
        "span",
        "a",
        "section",
        "nav",
        "article",
        "br",
        "caption",
    ]
)
PIECE = st.one_of(
    st.lists(WORD, max_size=4).map(" ".join),
    st.sampled_from([" ", "\n", "   ", "<!-- it's <b> -->", "<br/>", "<p title='a > b'>", "</p >"]),
    st.sampled_from(["<script>if (a < b) '<p>'</script>", "<style>p {}</style>", "<textarea>x<"]),
    st.sampled_from(["<?php x ?>", "<![CDATA[x]]>", "< p", "<p", "</", "<a href=it's>", "&"]),
    TAG.map("<{}>".format),
    TAG.map("</{}>".format),
)
PAGES = st.lists(PIECE, max_size=14).map("".join)


def page(source: str, **choices: bool) -> Document:
    """A page that is read."""
    return read(source.encode(), format="html", **choices)  # type: ignore[arg-type]


def words(text: str) -> list[str]:
    """What a text says, however it is spaced."""
    return re.findall(r"[^ \t\n\r\f]+", text)


@given(PAGES)
def test_each_piece_is_where_it_is_said_to_be(source: str) -> None:
    """In the source, after its character references are read; and in the element of its path."""
    from selectolax.lexbor import LexborHTMLParser

    document = page(source)
    tree = LexborHTMLParser(source)
    assert document.layout is not None
    for piece in document.layout.pieces:
        text = document.text[piece.start : piece.end]
        place = piece.place
        element = tree.css_first(place.path)
        assert element is not None
        nodes = element.traverse(include_text=True)
        content = "".join(node.text_content or "" for node in nodes if node.is_text_node)
        content = content[place.start : place.end]
        assert words(text) == words(content)
        assert place.end - place.start == len(text)
        if place.source is not None:
            assert words(text) == words(html.unescape(source[slice(*place.source)]))


@given(st.lists(st.tuples(TAG, st.lists(st.sampled_from("abc"), max_size=3).map("".join))))
def test_no_visible_word_is_lost(parts: list[tuple[str, str]]) -> None:
    """Whatever lies in what, all words are there once, in the order of the tree."""
    from selectolax.lexbor import LexborHTMLParser

    source = "".join(f"<{tag}>{text}" for tag, text in parts)
    body = LexborHTMLParser(source).body
    seen = body.text(separator="") if body is not None else ""
    text = page(source, markdown=False).text
    assert re.sub(r"\s", "", seen) == re.sub(r"\s|[|-]", "", text)


def test_what_a_reader_sees_of_a_page() -> None:
    """Headings, lists and tables are Markdown; white space is folded as browsers do."""
    source = """<!doctype html><html lang=en><head><title>A  log</title><style>p {}</style></head>
    <nav><a href=#>Home</a></nav>
    <h1>The   log of the <i>Tern</i></h1>
    <p title="it's > fine">She left
      Skagen &amp; came&nbsp;back.<br>Nobody&shy; was there<!-- no --> then.
    <ul><li>one<ul><li>deep</ul><li>two</ul>
    <ol><li>first<li><p>second</p></ol>
    <table><caption>Ships</caption><tr><th>Name<th colspan=2>Masts<tr><td>Tern<td>2<td><p>x<p>y
    </table><table><tr><td><h2>Far</h2><td>away</table><pre>
a
  b &lt;</pre><div hidden>secret</div><script>no</script><noscript>old</noscript><footer>bye"""
    document = page(source)
    assert (
        "Home\n\n# The log of the Tern\n\nShe left Skagen & came\xa0back.\nNobody was there then."
        "\n\n- one\n  - deep\n- two\n\n1. first\n2. second\n\nShips\n| Name | Masts | |\n"
        "| --- | --- | --- |\n| Tern | 2 | x y |\n\n## Far\n\naway\n\na\n  b <\n\nbye"
    ) == document.text
    assert {"title": "A log", "language": "en"} == document.metadata
    (told,) = document.diagnostics
    assert "9 characters that the file does not show are left out." == told.message
    assert document.layout is not None
    assert [
        (BlockKind.BOILERPLATE, 0, "Home"),
        (BlockKind.HEADING, 1, "# The log of the Tern"),
        (BlockKind.PARAGRAPH, 0, "She left"),
        (BlockKind.ITEM, 0, "- one"),
        (BlockKind.ITEM, 1, "  - deep"),
        (BlockKind.ITEM, 0, "- two"),
        (BlockKind.ITEM, 0, "1. first"),
        (BlockKind.ITEM, 0, "2. second"),
        (BlockKind.TABLE, 0, "Ships"),
        (BlockKind.ROW, 0, "| Name | Masts | |"),
        (BlockKind.ROW, 0, "| Tern | 2 | x y |"),
        (BlockKind.HEADING, 2, "## Far"),
        (BlockKind.CODE, 0, "a"),
        (BlockKind.BOILERPLATE, 0, "bye"),
    ] == [
        (
            one.kind,
            one.level,
            document.text[one.start : one.end].partition("\n")[0].partition(" Skagen")[0],
        )
        for one in document.layout.blocks
    ]


def test_without_markdown_there_are_only_the_page_s_own_characters() -> None:
    """Cells are apart by tabs, and nothing is written before headings and items."""
    source = "<h2>Log</h2><ul><li>one</ul><table><tr><td>a<td>b</table>"
    assert "Log\n\none\n\na\tb" == page(source, markdown=False).text


def test_a_place_is_an_element_and_a_range_of_the_source() -> None:
    """A span over several elements has a place in each."""
    source = "<body><p>At <b>Ska&shy;gen</b> port"
    document = page(source)
    assert "At Skagen port" == document.text
    inner = "html > body > p:nth-of-type(1) > b:nth-of-type(1)"
    assert [
        (inner, 0, 7, "Ska&shy;gen"),
        ("html > body > p:nth-of-type(1)", 11, 15, "port"),
    ] == [
        (place.path, place.start, place.end, source[slice(*(place.source or (0, 0)))])
        for place in document.places(Span(3, 14))
    ]


@pytest.mark.parametrize(
    "head",
    ["<meta charset=windows-1252>", "<meta http-equiv=x content='text/html; charset=latin1'>"],
)
def test_a_page_says_its_encoding(head: str) -> None:
    """It is believed, but for what browsers take for another; what is told counts before it."""
    source = f"{head}<p>“Öl”</p>"
    assert "“Öl”" == read(source.encode("cp1252"), format="html").text
    assert "“Öl”" == read(source.encode("utf-8"), format="html", encoding="utf-8").text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p " * 20_000, ""),
        ("<!--" * 20_000, ""),
        ("<a b='" * 20_000, ""),
        ("&" * 50_000, "&" * 50_000),
        ("<" * 50_000, "<" * 50_000),
        ("<table>" * 100 + "x", "x"),
        ("<b>x" * 5_000, None),
        ("<script>" + "</scrip" * 20_000, ""),
    ],
    ids=range(8),
)
def test_a_page_that_is_made_to_harm_costs_little(source: str, text: str | None) -> None:
    """What does not end, and what lies in each other, is read in time or is an error."""
    if text is None:
        with pytest.raises(InputError, match="elements lie more than 256 deep in each other"):
            page(source)
    else:
        assert text == read(source.encode(), format="html", limits=Limits(seconds=2)).text


def test_marks_of_its_own_do_not_mislead() -> None:
    """A page with the private characters that places are found by has no places in its source."""
    source = "<p>a\U0010fffd\U00100000\U00100000b</p><p>&#x10fffd;&#x100000;&#x100001;c</p>"
    for text in (source, source[source.index("<p>&") :]):
        document = page(text)
        assert document.layout is not None
        assert {None} == {piece.place.source for piece in document.layout.pieces}
        assert document.text.endswith("\U0010fffd\U00100000\U00100001c")


@given(PAGES, st.data())
def test_marking_adds_elements_and_changes_nothing(source: str, data: st.DataObject) -> None:
    """The page is what it was when the marks are taken off, and they stand around the spans."""
    document = page(source)
    spans = []
    for _ in range(3 * bool(document.text)):
        start = data.draw(st.integers(0, len(document.text) - 1))
        spans.append(Span(start, data.draw(st.integers(start + 1, len(document.text)))))
    marks = [Mark(span, f"<{number}>", 'a "note"', (1, 2, 3)) for number, span in enumerate(spans)]
    done = mark_html(original(document, "html", source.encode()), marks).decode()
    assert source == re.sub(r"<mark class=\"codeie\"[^<>]*>|</mark>", "", done)
    assert document.text == page(done).text


@given(PAGES, st.data())
def test_the_text_in_marks_is_that_of_the_span(source: str, data: st.DataObject) -> None:
    """All of it that has a place in the source, and nothing else, as a browser's tree has it."""
    from selectolax.lexbor import LexborHTMLParser

    document = page(source)
    if not document.text or document.layout is None:
        return
    start = data.draw(st.integers(0, len(document.text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(document.text))))
    placed = "".join(
        document.text[max(piece.start, span.start) : min(piece.end, span.end)]
        for piece in document.layout.pieces_in(span.start, span.end)
        if piece.place.source is not None
    )
    mark = Mark(span, "a", "b", (1, 2, 3))
    done = mark_html(original(document, "html", source.encode()), [mark]).decode()
    inside = "".join(one.text() for one in LexborHTMLParser(done).css("mark.codeie"))
    assert sorted("".join(placed.split())) == sorted("".join(inside.split()))


def test_a_page_is_marked_in_its_own_encoding() -> None:
    """Its bytes stay as they are, and a note may have letters that it lacks."""
    source = "<meta charset=latin1><p>Café <i>Ægir</i> shut</p>".encode("cp1252")
    document = read(source, format="html")
    at = document.text.index("Ægir")
    mark = Mark(Span(at - 2, at + 4), "Café", "Łódź <&>", (86, 180, 233))
    marked = mark_html(original(document, "html", source), [mark]).decode("cp1252")
    element = (
        '<mark class="codeie" data-label="Café" title="&#321;ód&#378; &lt;&amp;&gt;" '
        'style="background-color:rgba(86,180,233,0.35);color:inherit">'
    )
    assert (
        f"<meta charset=latin1><p>Caf{element}é</mark> <i>{element}Ægir</mark></i> shut</p>"
    ) == marked


def test_another_page_is_not_marked() -> None:
    """One that was changed since it was read, and a text that is no page, are errors."""
    document = page("<p>a")
    with pytest.raises(InputError, match="source is not the file that the document was read from"):
        original(document, "html", b"<p>b")
    with pytest.raises(InputError, match="only documents read from html can be marked in it"):
        original(Document("a"), "html", b"<p>b")
    with pytest.raises(InputError, match="read from bytes; give them"):
        original(document, "html", None)
    with pytest.raises(InputError, match=r"gone\.html cannot be read: No such file"):
        original(document, "html", "gone.html")


@pytest.mark.parametrize("opening", ["<div>", "<B>", "<x/>", '<div class="a">'])
def test_a_page_of_elements_in_each_other_is_refused_at_once(opening: str) -> None:
    """Before it is parsed, which would take a minute for such a page of a megabyte."""
    begun = time.process_time()
    with pytest.raises(InputError, match="elements lie in each other"):
        read((opening * 300_000).encode(), format="html")
    assert time.process_time() - begun < 10


def test_elements_that_never_lie_in_each_other_may_be_many() -> None:
    """Such as items, cells and line breaks that nobody closes."""
    page = "<ul>" + "<li>a<br>" * 6000 + "</ul><table>" + "<tr><td>b" * 3000 + "</table>"
    assert read(page.encode(), format="html").text.count("a") == 6000
