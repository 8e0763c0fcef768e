"""Where documents are cut whose headings, tables and lists are known."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codeie import Chunks, Entity, Extractor
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
