"""WikiEvents: documents whose events take mentions from anywhere in them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from codeie.datasets._build import TokenRecord
from codeie.datasets._files import Limits
from codeie.datasets._json import Node, read_json_lines
from codeie.datasets._record import GoldArgument, GoldEvent, GoldRelation, Record
from codeie.datasets._tokens import Spacing, join_tokens
from codeie.datasets._told import told
from codeie.datasets._warnings import Oddity

__all__ = ["read_wikievents"]


@told
def read_wikievents(
    path: Path, *, spacing: Spacing = "space", limits: Limits = Limits()
) -> Iterator[Record]:
    """Read documents.

    The character offsets in the file do not index its ``text`` (12,165 of 12,875 tokens of the
    development part are elsewhere), so that the text is put together from the tokens.

    Args:
        path: The file.
        spacing: What is between tokens in the text.
        limits: How large what is read may be.

    Raises:
        DatasetError: If a line is not of the format.
    """
    for line in read_json_lines(path, limits):
        tokens = line.at("tokens").strings()
        joined = join_tokens(tokens, spacing)
        built = TokenRecord(line.at("doc_id").string(), joined, line.place)
        known: set[str] = set()
        for mention in line.at("entity_mentions").items():
            name = mention.at("id").string()
            if name in known:
                mention.fail(f"has the id {name!r} of another")
            known.add(name)
            label = mention.at("entity_type").string()
            _mention(mention, name, label, built, tokens)
        events = [
            _event(event, built, known, tokens) for event in line.at("event_mentions").items()
        ]
        yield built.record(relations=list(_relations(line, known)), events=events)


def _mention(node: Node, name: str, label: str, built: TokenRecord, tokens: list[str]) -> str:
    start = node.at("start").index(len(tokens))
    end = node.at("end").index(len(tokens), inclusive=True)
    text = node.at("text").string()
    # The file's string is as it was before tokens: "al-Sham" for "al - Sham".
    if "".join(text.split()) != "".join("".join(tokens[start:end]).split()):
        spelt = " ".join(tokens[start:end])[:80]
        built.warn(Oddity.NAME_DIFFERS, f"{node.trail} {text[:80]!r} is {spelt!r}")
    sentence = node.get("sent_idx")
    attributes = {} if sentence is None else {"sentence": sentence.integer()}
    return built.mention(start, end, label, name=name, attributes=attributes)


def _event(node: Node, built: TokenRecord, known: set[str], tokens: list[str]) -> GoldEvent:
    name, label = node.at("id").string(), node.at("event_type").string()
    trigger = _mention(node.at("trigger"), f"{name}.trigger", label, built, tokens)
    arguments = []
    for argument in node.at("arguments").items():
        target = argument.at("entity_id").string()
        if target not in known:
            argument.fail(f"refers to the mention {target[:80]!r}, which is not there")
        arguments.append(GoldArgument(argument.at("role").string(), target))
    return GoldEvent(name, label, trigger, tuple(arguments))


def _relations(line: Node, known: set[str]) -> Iterator[GoldRelation]:
    nodes = line.get("relation_mentions")
    for node in nodes.items() if nodes is not None else ():
        ends = [argument.at("entity_id").string() for argument in node.at("arguments").tuple(2)]
        if not known.issuperset(ends):
            node.fail("refers to a mention that is not there")
        yield GoldRelation(node.at("relation_type").string(), ends[0], ends[1])
