"""SpERT JSON and its BILOU sibling: a list of sentences, relations by index of entity."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from codeie.datasets._build import TokenRecord
from codeie.datasets._files import Limits
from codeie.datasets._json import Node, read_json
from codeie.datasets._record import GoldRelation, Record
from codeie.datasets._tags import Scheme, decode_tags
from codeie.datasets._tokens import Spacing, join_tokens
from codeie.errors import DatasetError
from codeie.wording import counted

__all__ = ["read_spert", "read_tagged_json"]


def read_spert(
    path: Path, *, spacing: Spacing = "space", limits: Limits = Limits()
) -> Iterator[Record]:
    """Read sentences with ``entities`` whose ends are exclusive, and ``relations`` between them.

    Args:
        path: The file: one JSON array.
        spacing: What is between tokens in the text.
        limits: How large what is read may be.

    Raises:
        DatasetError: If a sentence is not of the format.
    """

    def entities(node: Node, built: TokenRecord, length: int) -> list[str]:
        return [
            built.mention(
                entity.at("start").index(length),
                entity.at("end").index(length, inclusive=True),
                entity.at("type").string(),
            )
            for entity in node.at("entities").items()
        ]

    return _sentences(path, spacing, limits, entities)


def read_tagged_json(
    path: Path,
    *,
    scheme: Scheme = "bilou",
    spacing: Spacing = "space",
    limits: Limits = Limits(),
) -> Iterator[Record]:
    """Read sentences with ``tags``; a relation's head and tail count mentions in reading order.

    Args:
        path: The file: one JSON array.
        scheme: How tags mark mentions.
        spacing: What is between tokens in the text.
        limits: How large what is read may be.

    Raises:
        DatasetError: If a sentence is not of the format.
    """

    def entities(node: Node, built: TokenRecord, length: int) -> list[str]:
        tags = node.at("tags")
        if len(tags.strings()) != length:
            tags.fail(f"are {len(tags.strings())}, for {counted(length, 'token')}")
        try:
            spans = decode_tags(tags.strings(), scheme)
        except DatasetError as error:
            tags.fail(f"cannot be read: {error}")
        for span in spans:
            if span.oddity is not None:
                built.warn(span.oddity, f"tags {span.start} to {span.end} break {scheme}")
        return [built.mention(span.start, span.end, span.type) for span in spans]

    return _sentences(path, spacing, limits, entities)


def _sentences(
    path: Path,
    spacing: Spacing,
    limits: Limits,
    entities: Callable[[Node, TokenRecord, int], list[str]],
) -> Iterator[Record]:
    for number, node in enumerate(read_json(path, limits).items(), 1):
        tokens = node.at("tokens").strings()
        key = node.get("orig_id")
        name = f"{path.stem}-{number}" if key is None else str(key.value)
        built = TokenRecord(name, join_tokens(tokens, spacing), node.place)
        ids = entities(node, built, len(tokens))
        relations = [
            GoldRelation(
                relation.at("type").string(),
                ids[relation.at("head").index(len(ids))],
                ids[relation.at("tail").index(len(ids))],
            )
            for relation in node.at("relations").items()
        ]
        yield built.record(relations=relations)
