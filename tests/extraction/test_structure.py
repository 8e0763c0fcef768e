"""Where documents are cut whose headings, tables and lists are known."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codeie import Chunks, Entity, Extractor, Span
from codeie.documents import read
from codeie.places import BlockKind
from codeie.testing import ScriptedClient

LINE = "Nothing was seen all day from the light. "
TABLE = "| Ship | Port |\n|---|---|\n" + "| Tern | Skagen |\n" * 8
LIST = "".join(f"- item {number} of a long list\n" for number in range(6))


@dataclass
class Ship(Entity):
    name: str


def pieces(text: str, size: int = 600) -> list[str]:
    """What is asked about, piece by piece."""
    found: dict[Span, str] = {}
    chunks = Chunks(size, progress=lambda done: found.update({done.span: done.span.of(text)}))
    extractor = Extractor([Ship], model=ScriptedClient(lambda _prompt: "[]"), chunk=chunks)
    extractor(read(text.encode(), format="markdown"))
    return [found[span] for span in sorted(found)] or [text]


def asked(text: str, size: int = 300) -> list[str]:
    """What the model sees, piece by piece."""
    extractor = Extractor([Ship], model=ScriptedClient(lambda _prompt: "[]"), chunk=Chunks(size))
    extraction = extractor(read(text.encode(), format="markdown"))
    return [step.prompt.text for step in extraction.steps]


def test_a_piece_begins_with_a_section() -> None:
    """Even where paragraphs would make pieces of more equal length."""
    text = f"# One\n\n{LINE * 5}\n\n{LINE * 5}\n\n# Two\n\n{LINE * 5}\n\n{LINE * 2}\n"
    first, second = pieces(text)
    assert second.startswith("# Two\n")
    assert first + second == text


def test_a_table_is_not_cut_where_it_fits() -> None:
    """It is in one piece, with what is before or behind it."""
    text = f"{LINE * 9}\n\n{TABLE}\n{LINE * 6}\n"
    assert any(TABLE in piece for piece in pieces(text))


@given(
    st.lists(
        st.sampled_from(
            [f"{LINE * 3}\n", f"{LINE}\n", TABLE, LIST, "# A part\n", "## A section\n"]
        ),
        min_size=1,
        max_size=14,
    )
)
def test_no_piece_ends_with_a_heading_or_within_a_row(blocks: list[str]) -> None:
    """Pieces are the whole text, and what belongs together is together."""
    text = "\n".join(blocks)
    document = read(text.encode(), format="markdown")
    parts = pieces(text, 800)
    assert "".join(parts) == text or not text.strip()
    assert document.layout is not None
    ends = []
    for part in parts[:-1]:
        ends.append((ends[-1] if ends else 0) + len(part))
    for block in document.layout.blocks:
        if block.kind in (BlockKind.ROW, BlockKind.HEADING):
            assert not [end for end in ends if block.start < end < block.end]
    # A heading at the very end of a piece would be cut off from what it is over.
    for end in ends:
        before = text[:end].rstrip().rpartition("\n")[2]
        assert not before.startswith("#")


@pytest.mark.parametrize("size", [200, 400])
def test_what_is_longer_than_a_piece_is_cut_between_rows(size: int) -> None:
    """A long table has whole rows in every piece."""
    text = "| Ship | Port |\n|---|---|\n" + "| Tern | Skagen |\n" * 60
    assert all(piece.endswith("|\n") for piece in pieces(text, size))


def test_a_piece_is_shown_under_the_headings_that_it_stands_under() -> None:
    """Those of all levels, which are not over a piece that begins with a heading of its own."""
    text = (
        f"# The log\n\n{LINE}\n\n## May\n\n{LINE * 6}\n\n{LINE * 6}\n\n## June\n\n{LINE * 7}\n\n"
        f"# Another\n\n{LINE * 6}\n"
    )
    shown = [piece.partition(LINE)[0] for piece in asked(text)]
    assert shown == [
        "# The log\n\n",
        "# The log\n\n## May\n\n",
        "# The log\n\n## June\n\n",
        "# Another\n\n",
    ]


def test_places_are_those_of_the_text_and_not_of_what_is_shown_above_it() -> None:
    """Also a string that a heading above it has, too; and one that is only there is told."""
    text = f"# The Tern\n\n{LINE * 6}\n\n{LINE * 3}The Tern came back. {LINE * 3}\n"
    answers = ["[]", '[Ship("Tern"), Ship("The Tern came")]']
    extractor = Extractor([Ship], model=ScriptedClient(answers), chunk=Chunks(300))
    extraction = extractor(read(text.encode(), format="markdown"))
    assert extraction.steps[1].prompt.text.startswith("# The Tern\n\nNothing")
    assert [item.span.start for item in extraction.items if item.span] == [
        text.index("Tern came"),
        text.index("The Tern came"),
    ]


def test_a_piece_of_a_table_is_shown_under_its_first_row() -> None:
    """With the rule below it; a table that begins in a piece has it there already."""
    text = "# Ships\n\n| Ship | Port |\n|---|---|\n" + "| Tern | Skagen |\n" * 40
    first, *others = asked(text)
    assert first.startswith("# Ships\n\n| Ship")
    assert others
    for piece in others:
        assert piece.startswith("# Ships\n\n| Ship | Port |\n|---|---|\n| Tern")


def test_what_is_shown_above_a_piece_is_bounded() -> None:
    """Of headings that are long, the innermost are shown."""
    text = f"# {'a' * 380}\n\n## {'b' * 380}\n\n{LINE * 20}"
    last = asked(text)[-1]
    assert last.startswith(f"## {'b' * 380}\n\nNothing")
