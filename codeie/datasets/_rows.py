"""Rows of Hugging Face ``datasets`` (or any mappings): no dependency, only their shape."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from codeie.datasets._build import TokenRecord
from codeie.datasets._files import Place
from codeie.datasets._json import Node
from codeie.datasets._record import Record
from codeie.datasets._spans import TextRecord
from codeie.datasets._tags import Scheme, decode_tags
from codeie.datasets._tokens import Spacing, join_tokens
from codeie.wording import counted

__all__ = ["read_rows"]


def read_rows(
    rows: Iterable[Mapping[str, Any]],
    *,
    tokens: str = "tokens",
    tags: str = "ner_tags",
    names: Sequence[str] | None = None,
    text: str = "text",
    entities: str = "entities",
    scheme: Scheme = "bio",
    spacing: Spacing = "space",
) -> Iterator[Record]:
    """Read rows that hold tokens and tags, or a text and entities with character offsets.

    Args:
        rows: A split of a Hugging Face dataset, or any rows.
        tokens: The column of tokens; rows without it hold ``text``.
        tags: The column of tags: strings, or numbers of ``names``.
        names: The tags' names; by default those that the rows' ``features`` declare.
        text: The column of texts.
        entities: The column of ``{"start", "end", "label"}`` (or ``"type"``), ends exclusive.
        scheme: How tags mark mentions.
        spacing: What is between tokens in the text.

    Raises:
        DatasetError: If a row is not of that shape; its line is the row's number.
    """
    known = list(names) if names is not None else _declared(rows, tags)
    for number, row in enumerate(rows, 1):
        place = Place("rows", number)
        node = Node(dict(row), place)
        key = row.get("id")
        name = f"row-{number}" if key is None else str(key)
        if row.get(tokens) is None:
            yield _from_text(node, name, text, entities)
            continue
        words = _listed(node.at(tokens)).strings()
        built = TokenRecord(name, join_tokens(words, spacing), place)
        labels = _labels(_listed(node.at(tags)), known)
        if len(labels) != len(words):
            place.fail(f"{counted(len(labels), 'tag')} for {counted(len(words), 'token')}")
        for span in decode_tags(labels, scheme):
            if span.oddity is not None:
                built.warn(span.oddity, f"{labels[span.start]} breaks the scheme {scheme}")
            built.mention(span.start, span.end, span.type)
        yield built.record()


def _declared(rows: object, tags: str) -> list[str]:
    # datasets.Sequence(ClassLabel(names=…)); newer versions call the first List.
    features = getattr(rows, "features", None) or {}
    feature = features.get(tags)
    inner = getattr(feature, "feature", feature)
    return list(getattr(inner, "names", None) or [])


def _listed(node: Node) -> Node:
    # Columns come as lists, tuples or arrays, depending on the format the rows are set to.
    if isinstance(node.value, Iterable) and not isinstance(node.value, str):
        value = node.value.tolist() if hasattr(node.value, "tolist") else list(node.value)
        return Node(value, node.place, node.trail)
    return node


def _labels(node: Node, names: list[str]) -> list[str]:
    return [
        tag.value if isinstance(tag.value, str) else names[tag.index(len(names))]
        for tag in node.items()
    ]


def _from_text(node: Node, name: str, text: str, entities: str) -> Record:
    built = TextRecord(name, node.at(text).string(), node.place)
    listed = node.get(entities)
    for number, entity in enumerate(listed.items() if listed is not None else (), 1):
        length = len(built.text)
        start = entity.at("start").index(length)
        end = entity.at("end").index(length, inclusive=True)
        if start >= end:
            entity.fail(f"ends at {end}, before its start {start}")
        label = entity.get("label") or entity.at("type")
        built.mention(f"T{number}", label.string(), [(start, end)], built.text[start:end])
    return built.record()
