"""DocRED: documents whose relations hold between entities, each a cluster of mentions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from codeie.datasets._build import TokenRecord
from codeie.datasets._files import Limits
from codeie.datasets._json import Node, read_json
from codeie.datasets._record import GoldCluster, GoldRelation, Record
from codeie.datasets._tokens import Spacing, join_sentences
from codeie.datasets._told import told
from codeie.datasets._warnings import Oddity

__all__ = ["read_docred"]


@told
def read_docred(
    path: Path,
    *,
    spacing: Spacing = "space",
    separator: str = " ",
    limits: Limits = Limits(),
) -> Iterator[Record]:
    """Read documents; relations refer to clusters, and carry their evidence sentences.

    Args:
        path: The file: one JSON array.
        spacing: What is between tokens in the text.
        separator: What is between sentences.
        limits: How large what is read may be.

    Raises:
        DatasetError: If a document is not of the format.
    """
    for node in read_json(path, limits).items():
        sentences = [sentence.strings() for sentence in node.at("sents").items()]
        joined = join_sentences(sentences, spacing, separator)
        built = TokenRecord(node.at("title").string(), joined, node.place)
        starts = [0]
        for tokens in sentences:
            starts.append(starts[-1] + len(tokens))
        clusters = [
            _cluster(entity, number, built, sentences, starts)
            for number, entity in enumerate(node.at("vertexSet").items())
        ]
        labels = node.get("labels")
        relations = [
            _relation(label, clusters) for label in (labels.items() if labels is not None else ())
        ]
        yield built.record(relations=relations, clusters=clusters)


def _cluster(
    entity: Node,
    number: int,
    built: TokenRecord,
    sentences: list[list[str]],
    starts: list[int],
) -> GoldCluster:
    ids = []
    for mention in entity.items():
        sentence = mention.at("sent_id").index(len(sentences))
        first, end = mention.at("pos").tuple(2)[:2]
        length = len(sentences[sentence])
        span = first.index(length), end.index(length, inclusive=True)
        label, name = mention.at("type").string(), mention.at("name").string()
        spelt = " ".join(sentences[sentence][slice(*span)])
        if name != spelt:
            built.warn(Oddity.NAME_DIFFERS, f"{mention.trail} {name[:80]!r} is {spelt[:80]!r}")
        ids.append(
            built.mention(
                starts[sentence] + span[0],
                starts[sentence] + span[1],
                label,
                attributes={"name": name, "sentence": sentence},
            )
        )
    if not ids:
        entity.fail("is an entity without a mention")
    types = list(dict.fromkeys(mention.type for mention in built.mentions[-len(ids) :]))
    if len(types) > 1:
        message = f"{entity.trail} has mentions of types {', '.join(types)}; {types[0]} counts"
        built.warn(Oddity.MIXED_TYPES, message)
    return GoldCluster(f"V{number}", tuple(ids), types[0])


def _relation(label: Node, clusters: list[GoldCluster]) -> GoldRelation:
    head, tail = (label.at(key).index(len(clusters)) for key in ("h", "t"))
    evidence = label.get("evidence")
    sentences = [] if evidence is None else [node.integer() for node in evidence.items()]
    return GoldRelation(
        label.at("r").string(),
        clusters[head].id,
        clusters[tail].id,
        {"evidence": tuple(sentences)},
    )
