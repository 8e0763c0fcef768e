"""SciIE and DyGIE JSON lines: a document on each line, token offsets with inclusive ends."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Literal, get_args

from codeie.datasets._build import TokenRecord
from codeie.datasets._files import Limits
from codeie.datasets._json import Node, read_json_lines
from codeie.datasets._record import GoldCluster, GoldRelation, Record
from codeie.datasets._tokens import Spacing, join_sentences
from codeie.datasets._warnings import Oddity
from codeie.errors import InputError
from codeie.wording import counted

__all__ = ["Unit", "read_dygie"]

Unit = Literal["document", "sentence"]


def read_dygie(
    path: Path,
    *,
    unit: Unit = "document",
    spacing: Spacing = "space",
    separator: str = " ",
    limits: Limits = Limits(),
) -> Iterator[Record]:
    """Read documents with entities, relations and coreference.

    Indices in the file run through the whole document and include the last token.

    Args:
        path: The file.
        unit: What one record is; published scores are by sentence, and coreference between
            sentences is only in documents.
        spacing: What is between tokens in the text.
        separator: What is between sentences.
        limits: How large what is read may be.

    Raises:
        DatasetError: If a line is not of the format.
        InputError: If there is no such unit.
    """
    if unit not in get_args(Unit):
        raise InputError(f"no unit {unit!r}; there are {', '.join(get_args(Unit))}")
    for number, line in enumerate(read_json_lines(path, limits), 1):
        key = line.get("doc_key")
        name = key.string() if key is not None else f"{path.stem}-{number}"
        sentences = [sentence.strings() for sentence in line.at("sentences").items()]
        starts = [0]
        for tokens in sentences:
            starts.append(starts[-1] + len(tokens))
        ner, relations = (
            _by_sentence(line, "ner", sentences),
            _by_sentence(line, "relations", sentences),
        )
        if unit == "document":
            built = TokenRecord(name, join_sentences(sentences, spacing, separator), line.place)
            reader = _Reader(built, 0, starts[-1])
            for mentions in ner:
                reader.mentions(mentions)
            found = [relation for nodes in relations for relation in reader.relations(nodes)]
            clusters = list(reader.clusters(line))  # adds mentions, so before the record
            yield built.record(relations=found, clusters=clusters)
            continue
        for index, (first, end) in enumerate(pairwise(starts)):
            joined = join_sentences([sentences[index]], spacing)
            built = TokenRecord(f"{name}-{index + 1}", joined, line.place)
            reader = _Reader(built, first, end - first)
            reader.mentions(ner[index])
            yield built.record(relations=list(reader.relations(relations[index])))


def _by_sentence(line: Node, key: str, sentences: list[list[str]]) -> list[list[Node]]:
    nodes = line.get(key)
    if nodes is None:
        return [[] for _ in sentences]
    found = [list(sentence.items()) for sentence in nodes.items()]
    if len(found) != len(sentences):
        nodes.fail(f"is for {counted(len(found), 'sentence')}, and there are {len(sentences)}")
    return found


class _Reader:
    """Reads one unit, whose tokens begin at ``first`` of the document's."""

    def __init__(self, built: TokenRecord, first: int, length: int) -> None:
        self._built = built
        self._first = first
        self._length = length
        self._ids: dict[tuple[int, int], str] = {}

    def _tokens(self, start: Node, end: Node) -> tuple[int, int]:
        first = start.integer() - self._first
        last = end.integer() - self._first
        if not 0 <= first <= last < self._length:
            start.fail(f"to {end.value} is not within the tokens of its sentence")
        return first, last + 1

    def mentions(self, nodes: list[Node]) -> None:
        for node in nodes:
            start, end, label, *_ = node.tuple(3)
            span = self._tokens(start, end)
            if span in self._ids:
                message = f"tokens {span[0]} to {span[1]} are a mention twice"
                self._built.warn(Oddity.REPEATED_RECORD, message)
            self._ids.setdefault(span, self._built.mention(*span, label.string()))

    def relations(self, nodes: list[Node]) -> Iterator[GoldRelation]:
        for node in nodes:
            ends = node.tuple(5)
            spans = self._tokens(ends[0], ends[1]), self._tokens(ends[2], ends[3])
            ids = [self._ids.get(span) for span in spans]
            if ids[0] is None or ids[1] is None:
                node.fail("relates tokens that are no mention")
            yield GoldRelation(ends[4].string(), ids[0], ids[1])

    def clusters(self, line: Node) -> Iterator[GoldCluster]:
        nodes = line.get("clusters")
        for number, node in enumerate(nodes.items() if nodes is not None else (), 1):
            members = []
            for mention in node.items():
                start, end, *_ = mention.tuple(2)
                span = self._tokens(start, end)
                # Coreference reaches mentions that carry no type.
                members.append(self._ids.get(span) or self._untyped(span))
            yield GoldCluster(f"C{number}", tuple(members))

    def _untyped(self, span: tuple[int, int]) -> str:
        return self._ids.setdefault(span, self._built.mention(*span, ""))
