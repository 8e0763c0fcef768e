"""PubMed's and BioC's files, and slides."""

from __future__ import annotations

import io
import json

import pytest

from codeie import Document, Span
from codeie.documents import read
from codeie.errors import InputError
from codeie.places import BlockKind

PUBMED = """<?xml version="1.0"?>
<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD" "https://example.org/pubmed.dtd">
<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>7</PMID><Article>
<Journal><JournalIssue><PubDate><Year>2001</Year></PubDate></JournalIssue><Title>J</Title></Journal>
<ArticleTitle>Gulls of <i>Skagen</i> &amp; Ribe</ArticleTitle><Abstract>
<AbstractText Label="AIM">To count.</AbstractText><AbstractText>Many
were.</AbstractText></Abstract></Article></MedlineCitation></PubmedArticle></PubmedArticleSet>"""
PASSAGES = [("title", 0, "Gulls of Skagen"), ("abstract", 16, "We counted them.")]
BIOC = (
    "<collection><document><id>9</id>"
    + "".join(
        f"<passage><infon key='type'>{kind}</infon><offset>{at}</offset><text>{text}</text></passage>"
        for kind, at, text in PASSAGES
    )
    + "</document></collection>"
)


def test_an_article_has_its_title_and_its_abstract() -> None:
    """With labels, whatever the title has in it; no DTD is looked for."""
    pytest.importorskip("lxml")
    document = read(PUBMED.encode(), format="xml")
    assert document == Document(
        "# Gulls of Skagen & Ribe\n\nAIM: To count.\n\nMany were.",
        "7",
        {"journal": "J", "year": "2001"},
    )
    (place,) = document.places(Span(11, 17))
    assert place.path == (
        "PubmedArticleSet > PubmedArticle:nth-of-type(1) > MedlineCitation > Article > ArticleTitle"
    )
    assert (9, 15) == (place.start, place.end)


@pytest.mark.parametrize("form", ["xml", "json"])
def test_passages_of_bioc_stand_at_their_offsets(form: str) -> None:
    """So annotations of others fit; the title is a heading."""
    passages = [
        {"infons": {"type": kind}, "offset": at, "text": text} for kind, at, text in PASSAGES
    ]
    data = json.dumps({"documents": [{"id": "9", "passages": passages}]})
    if form == "xml":
        pytest.importorskip("lxml")
        data = BIOC
    document = read(data.encode(), format=form)
    assert (document.id, document.text) == ("9", "Gulls of Skagen\nWe counted them.")
    for _, at, text in PASSAGES:
        assert document.text[at : at + len(text)] == text
    (place,) = document.places(Span(19, 26))
    assert (place.start, place.end) == (3, 10)
    assert place.path == (
        "/documents/0/passages/1/text"
        if form == "json"
        else "collection > document:nth-of-type(1) > passage:nth-of-type(2) > text"
    )
    assert document.layout is not None
    assert [BlockKind.HEADING, BlockKind.PARAGRAPH] == [one.kind for one in document.layout.blocks]


def test_offsets_that_do_not_fit_are_not_followed() -> None:
    """Passages then stand on lines of their own; nothing is lost or made long."""
    passages = [{"offset": at, "text": "abc"} for at in (10**9, 0, "x", 1)]
    text = read(json.dumps({"documents": [{"passages": passages}]}).encode(), format="json").text
    assert text.split() == ["abc"] * 4
    assert len(text) < 40


def test_xml_that_is_made_to_harm_is_an_error() -> None:
    """Entities are not expanded, no file is read, and what does not end is told."""
    pytest.importorskip("lxml")
    for declared in ('<!ENTITY x "boom">', '<!ENTITY x SYSTEM "file:///etc/hostname">'):
        evil = PUBMED.replace("To count.", "&x;")
        start, end = evil.index("<!DOCTYPE"), evil.index(">", evil.index("<!DOCTYPE")) + 1
        evil = f"{evil[:start]}<!DOCTYPE PubmedArticleSet [{declared}]>{evil[end:]}"
        with pytest.raises(InputError, match="declares entities, which are not expanded"):
            read(evil.encode(), format="xml")
    with pytest.raises(InputError, match="is not XML, or is damaged"):
        read(PUBMED[:-30].encode(), format="xml")
    with pytest.raises(InputError, match="is not XML, or is damaged"):
        read(f"<collection>{'<a>' * 100_000}".encode(), format="xml")


def test_other_xml_is_the_text_that_it_is() -> None:
    """As any file is whose kind is not known."""
    pytest.importorskip("lxml")
    assert read(b"<log><day>x</day></log>", format="xml").text == "<log><day>x</day></log>"


def test_slides_have_titles_texts_tables_and_notes() -> None:
    """Each with its slide and shape; notes are told apart."""
    pptx = pytest.importorskip("pptx")
    file = pptx.Presentation()
    slide = file.slides.add_slide(file.slide_layouts[1])
    slide.shapes.title.text = "The Log"
    slide.placeholders[1].text = "one\ntwo"
    slide.notes_slide.notes_text_frame.text = "Say it slowly."
    slide = file.slides.add_slide(file.slide_layouts[6])
    table = slide.shapes.add_table(2, 2, 0, 0, 99, 99).table
    for at, said in enumerate(("Ship", "Masts", "Tern", "2")):
        table.cell(at // 2, at % 2).text = said
    target = io.BytesIO()
    file.save(target)
    document = read(target.getvalue(), format="pptx")
    assert document.text == (
        "# The Log\n\none\ntwo\n\nSay it slowly.\n\n| Ship | Masts |\n| --- | --- |\n| Tern | 2 |"
    )
    at = document.text.index("slowly")
    (place,) = document.places(Span(at, at + 6))
    assert ("slide 1/notes/p[1]", 7, 13) == (place.path, place.start, place.end)
    assert document.text == (
        read(target.getvalue(), format="pptx", without=["note"]).text.replace(
            "two\n\n", "two\n\nSay it slowly.\n\n"
        )
    )
    with pytest.raises(InputError, match="is not a PowerPoint file, or is damaged"):
        read(b"PK", format="pptx")
