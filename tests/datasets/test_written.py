"""What is written can be read again, unchanged."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codeie.datasets import (
    GoldArgument,
    GoldCluster,
    GoldEvent,
    GoldMention,
    GoldModifier,
    GoldRelation,
    Record,
    read_brat,
    read_jsonl,
    write_brat,
    write_jsonl,
)
from codeie.errors import DatasetError
from codeie.types import Document, Span

LABEL = st.from_regex(r"[A-Za-z_]{1,8}", fullmatch=True)
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\r\n\0"), min_size=1)


@st.composite
def records(draw: st.DrawFn) -> Record:
    """Records whose ids are numbered as the brat writer numbers them."""
    text = draw(TEXTS.filter(lambda text: text == text.strip() and text))
    mentions = []
    for number in range(1, draw(st.integers(1, 4)) + 1):
        cuts = sorted(draw(st.sets(st.integers(0, len(text)), min_size=2, max_size=4)))
        pairs = list(zip(cuts[::2], cuts[1::2], strict=False))
        parts = tuple(Span(start, end) for start, end in pairs)
        covered = " ".join(part.of(text) for part in parts)
        mentions.append(GoldMention(f"T{number}", draw(LABEL), parts, covered))
    ids = [mention.id for mention in mentions]
    count = draw(st.integers(0, 3))
    targets = st.sampled_from(ids + [f"E{number}" for number in range(1, count + 1)])
    arguments = st.lists(st.builds(GoldArgument, LABEL, targets), max_size=2).map(tuple)
    modifiers = st.lists(st.builds(GoldModifier, LABEL, st.sampled_from(["", "High"])), max_size=2)
    events = [
        GoldEvent(
            f"E{number}",
            draw(LABEL),
            draw(st.sampled_from(ids)),
            draw(arguments),
            tuple(draw(modifiers)),
        )
        for number in range(1, count + 1)
    ]
    relations = draw(st.lists(st.builds(GoldRelation, LABEL, targets, targets), max_size=2))
    members = st.lists(st.sampled_from(ids), min_size=2, max_size=3).map(tuple)
    clusters = [
        GoldCluster(f"*{number}", draw(members), draw(LABEL))
        for number in range(1, draw(st.integers(0, 2)) + 1)
    ]
    return Record(
        Document(text, "doc"), tuple(mentions), tuple(relations), tuple(events), tuple(clusters)
    )


@given(record=records())
def test_brat_there_and_back(record: Record, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Mentions with gaps, events in events, modifiers, relations and clusters survive."""
    path = write_brat(record, tmp_path_factory.mktemp("brat"))
    assert [record] == list(read_brat(path))


@given(record=records())
def test_json_lines_there_and_back(
    record: Record, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """All that a record holds survives; text with any line separator too."""
    path = tmp_path_factory.mktemp("jsonl") / "gold.jsonl"
    changed = replace(
        record,
        document=replace(record.document, metadata={"year": 1840}),
        tokens=record.mentions[0].parts,
    )
    assert 2 == write_jsonl([record, changed], path)
    assert [record, changed] == list(read_jsonl(path))


def test_json_lines_name_what_has_no_name(tmp_path: Path) -> None:
    """A document without a name gets the file's and its line."""
    path = tmp_path / "gold.jsonl"
    write_jsonl([Record(Document("a"))], path)
    assert [Document("a", "gold-1")] == [record.document for record in read_jsonl(path)]


def test_brat_leaves_out_what_it_has_no_line_for(tmp_path: Path) -> None:
    """A mention without a place takes with it what hangs on it."""
    record = Record(
        Document("ab\ncd", "doc"),
        (GoldMention("x", "X", (), "zz"), GoldMention("y", "Y", (Span(0, 5),), "ab\ncd")),
        (GoldRelation("R", "x", "y"),),
        (
            GoldEvent("e", "E", "x"),
            GoldEvent("f", "F", "y", (GoldArgument("A", "x"), GoldArgument("B", "e"))),
        ),
        (GoldCluster("c", ("x", "y"), "C"), GoldCluster("d", ("y",))),
    )
    path = write_brat(record, tmp_path)
    assert "T1\tY 0 5\tab cd\nE1\tF:T1\n" == path.with_suffix(".ann").read_text()
    (found,) = read_brat(path)
    assert ((), "ab\ncd") == (found.warnings, found.mentions[0].text)


@pytest.mark.parametrize("name", [None, "", "../up", "a/b"])
def test_a_name_that_is_a_path_is_refused(name: str | None, tmp_path: Path) -> None:
    """Nothing is written outside of the folder."""
    with pytest.raises(DatasetError, match="is no name for a file"):
        write_brat(Record(Document("a", name)), tmp_path)
