"""Unified JSON: a list of sentences, entities and relations as arrays of token offsets."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from codeie.datasets._build import TokenRecord
from codeie.datasets._files import Limits
from codeie.datasets._json import Node, read_json
from codeie.datasets._record import GoldRelation, Record
from codeie.datasets._tokens import Spacing, join_tokens

__all__ = ["read_unified"]


def read_unified(
    path: Path, *, spacing: Spacing = "space", limits: Limits = Limits()
) -> Iterator[Record]:
    """Read sentences with ``[start, end, type]`` and ``[start, end, start, end, type]``.

    Ends are exclusive. An entity that is listed once takes part in any number of relations.

    Args:
        path: The file: one JSON array.
        spacing: What is between tokens in the text.
        limits: How large what is read may be.

    Raises:
        DatasetError: If a sentence is not of the format.
    """
    for number, node in enumerate(read_json(path, limits).items(), 1):
        tokens = node.at("tokens").strings()
        built = TokenRecord(f"{path.stem}-{number}", join_tokens(tokens, spacing), node.place)
        ids: dict[tuple[int, int], str] = {}
        for entity in node.at("entities").items():
            start, end, label, *_ = entity.tuple(3)
            span = start.integer(), end.integer()
            ids.setdefault(span, built.mention(*span, label.string()))
        relations = [_relation(relation, ids) for relation in node.at("relations").items()]
        yield built.record(relations=relations)


def _relation(node: Node, ids: dict[tuple[int, int], str]) -> GoldRelation:
    head_start, head_end, tail_start, tail_end, label, *_ = node.tuple(5)
    head = ids.get((head_start.integer(), head_end.integer()))
    tail = ids.get((tail_start.integer(), tail_end.integer()))
    if head is None or tail is None:
        node.fail("relates tokens that are no entity")
    return GoldRelation(label.string(), head, tail)
