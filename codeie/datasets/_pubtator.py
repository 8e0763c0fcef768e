"""PubTator: title, abstract and mentions with character offsets, blank lines between."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from codeie.datasets._files import Limits, Line, Place, read_lines
from codeie.datasets._record import GoldCluster, GoldRelation, Record
from codeie.datasets._spans import TextRecord
from codeie.datasets._told import told

__all__ = ["read_pubtator"]

_HEAD = re.compile(r"([^|\t]{1,100})\|([ta])\|(.*)")


@told
def read_pubtator(path: Path, *, limits: Limits = Limits()) -> Iterator[Record]:
    """Read abstracts; the text is the title, one space, and the abstract.

    A mention's concept ids (joined in the file by ``|`` or ``+``) are its attribute
    ``concepts``. A line of four columns relates two concepts; their mentions are clusters then.

    Args:
        path: The file.
        limits: How large what is read may be.

    Raises:
        DatasetError: If a line is not of the format.
    """
    block: list[Line] = []
    for line in read_lines(path, limits):
        if line.text.strip():
            block.append(line)
        elif block:
            yield _document(str(path), block)
            block = []
    if block:
        yield _document(str(path), block)


def _document(path: str, block: list[Line]) -> Record:
    heads = [_HEAD.fullmatch(line.text) for line in block[:2]]
    place = Place(path, block[0].number)
    if heads[0] is None or heads[0][2] != "t":
        place.fail(f"expected 'ID|t|title', got {block[0].text[:80]!r}")
    if len(heads) < 2 or heads[1] is None or heads[1][2] != "a" or heads[1][1] != heads[0][1]:
        place.fail(f"expected a line '{heads[0][1]}|a|abstract' after the title")
    built = TextRecord(heads[0][1], f"{heads[0][3]} {heads[1][3]}", place)
    concepts: dict[str, list[str]] = {}
    pairs: list[tuple[Place, list[str]]] = []
    for line in block[2:]:
        at = Place(path, line.number)
        cells = line.text.split("\t")
        if cells[0] != heads[0][1]:
            at.fail(f"a line of {cells[0][:80]!r} among those of {heads[0][1]!r}")
        if len(cells) == 4:
            pairs.append((at, cells))
            continue
        if len(cells) < 5 or not (cells[1].isdecimal() and cells[2].isdecimal()):
            at.fail("expected 'ID, start, end, text, type, concept' divided by tabs")
        names = tuple(name.strip() for name in re.split(r"[|+]", "".join(cells[5:6])))
        name = built.mention(
            f"T{line.number - block[0].number - 1}",
            cells[4],
            [(_offset(cells[1]), _offset(cells[2]))],
            cells[3],
            place=at,
            attributes={"concepts": tuple(filter(None, names))},
        )
        for concept in names:
            concepts.setdefault(concept, []).append(name)
    relations = []
    for at, cells in pairs:
        for concept in cells[2:]:
            if concept not in concepts:
                at.fail(f"relates {concept[:80]!r}, which no mention is of")
        relations.append(GoldRelation(cells[1], cells[2], cells[3]))
    used = dict.fromkeys(end for relation in relations for end in (relation.head, relation.tail))
    clusters = [GoldCluster(concept, tuple(concepts[concept])) for concept in used]
    return built.record(relations=relations, clusters=clusters)


def _offset(cell: str) -> int:
    # No text is longer than what 12 digits count, and int() is slow on thousands of them.
    return int(cell[:12])
