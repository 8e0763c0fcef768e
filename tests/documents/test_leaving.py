"""Parts that are left out of a document, with what is left in its places."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codeie import Span
from codeie.documents import read
from codeie.errors import InputError

PARAGRAPH = st.sampled_from(
    [
        "The Tern left.",
        "> said before",
        "```\ncode\n```",
        "# 7. References",
        "## Part",
        "# Next",
        "[1] Somebody: A Book.",
    ]
)


@given(st.lists(PARAGRAPH, max_size=8))
def test_what_is_left_has_its_places_and_the_rest_is_counted(paragraphs: list[str]) -> None:
    """References end at the next heading of their level; all is told with its length."""
    text = "\n\n".join(paragraphs)
    data = text.encode()
    short = read(data, format="markdown", without=["references", "code"])
    kept, open_ = [], False
    for paragraph in paragraphs:
        if paragraph.startswith("# "):
            open_ = "References" in paragraph
        if not open_ and not paragraph.startswith("```"):
            kept.append(paragraph)
    assert "".join(kept).split() == "".join(short.text.replace("\n\n", "")).split()
    for at in range(len(short.text)):
        (place,) = short.places(Span(at, at + 1))
        assert place.source is not None
        assert short.text[at] == text[slice(*place.source)]
    gone = any("References" in one for one in paragraphs) or any("```" in one for one in paragraphs)
    assert gone == bool(short.diagnostics)


@pytest.mark.parametrize(
    "heading",
    ["References", "7 REFERENCES", "Literatur", "IV. Bibliography", "参考文献", "Works Cited:"],
)
def test_the_section_of_works_cited_is_known_by_its_heading(heading: str) -> None:
    """In some languages, with or without a number."""
    text = f"# Log\n\nThe Tern.\n\n## {heading}\n\nA book.\n\n## Annex\n\nMore.\n"
    document = read(text.encode(), format="markdown", without=["references"])
    assert document.text == "# Log\n\nThe Tern.\n\n## Annex\n\nMore.\n"
    (told,) = document.diagnostics
    size = len(f"## {heading}\n\nA book.\n\n")
    assert (
        told.message
        == f"the references of the file ({size} characters) are left out, as was asked."
    )


def test_a_heading_that_only_begins_like_it_is_none() -> None:
    """A section about references is read."""
    text = "# References in wartime\n\nMany.\n"
    assert text == read(text.encode(), format="markdown", without=["references"]).text


def test_boilerplate_of_a_page_is_left_out() -> None:
    """Menus, headers and footers; those of an article are its own."""
    pytest.importorskip("selectolax")
    page = (
        b"<header>Site<nav>Menu</nav></header><main><article><header>Title</header>Text"
        b"</article></main><footer>Imprint</footer>"
    )
    assert "Title\n\nText" == read(page, format="html", without="boilerplate").text.strip()


def test_a_part_that_is_none_is_an_error() -> None:
    """It says which there are."""
    with pytest.raises(
        InputError, match="there is no part 'ads' to leave out; there are boilerplate"
    ):
        read(b"", format="text", without=["ads"])
